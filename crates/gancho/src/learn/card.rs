//! The card of a trained model, in Markdown: what it is for, what it learned from, what it is worth, where it ends.

use gancho_report::story::{self, Section};
use gancho_report::{BacktestRecord, Locale, Messages, render};

use super::STALE_DAYS;

/// What a card has to know beside the record of the test.
#[derive(Debug, Clone, Copy)]
pub struct CardRequest<'a> {
    /// The model's file, as the reader will name it.
    pub file: &'a str,
    /// The command that made it, word by word.
    pub command: &'a [String],
    /// Whether the target rests on the platform's own attribution.
    pub attributed: bool,
    /// Language of the card.
    pub locale: Locale,
}

/// Writes the card.
pub fn card(record: &BacktestRecord, request: &CardRequest) -> String {
    let messages = Messages::new(request.locale);
    let words = Words { record, request, messages: &messages };
    let told = story::backtest(record, &messages);
    let mut sections = vec![words.purpose(), words.data()];
    sections.extend(told.sections);
    sections.extend([words.prior(), words.limits(), words.retrain()]);
    let title = render::escaped(&words.say("title", &[("target", words.target())]));
    let lead: Vec<String> = told.lead.iter().map(|it| render::escaped(it)).collect();
    format!("# {title}\n\n{}\n\n{}{}", lead.join("\n\n"), render::markdown(&sections), words.reproduce())
}

struct Words<'a> {
    record: &'a BacktestRecord,
    request: &'a CardRequest<'a>,
    messages: &'a Messages,
}

impl Words<'_> {
    fn plain(&self, key: &str) -> String {
        self.say(key, &[])
    }

    fn say(&self, key: &str, args: &[(&str, String)]) -> String {
        let args: Vec<_> = args.iter().map(|(name, text)| (*name, text.as_str().into())).collect();
        self.messages.text(&format!("model-card-{key}"), &args)
    }

    fn number(&self, value: f64, digits: usize) -> String {
        self.messages.locale().decimal(value, digits)
    }

    fn target(&self) -> String {
        self.messages.text(&format!("target-{}", self.record.options.target), &[])
    }

    fn purpose(&self) -> Section {
        let text = self.say("purpose-text", &[("file", self.request.file.to_owned())]);
        Section::of_text(self.plain("purpose"), text)
    }

    fn data(&self) -> Section {
        let counts = &self.record.counts;
        let count = |value: u64| self.number(value as f64, 0);
        let window = match &self.record.window {
            Some(it) => self.say("window-days", &[("first", it.first.clone()), ("last", it.last.clone())]),
            None => self.plain("window-unknown"),
        };
        let options = &self.record.options;
        let mut rows = vec![
            (self.plain("target"), self.target()),
            (self.plain("window"), window),
            (self.plain("creatives"), count(counts.creatives)),
            (self.plain("campaigns"), count(counts.campaigns)),
            (self.plain("cases"), count(counts.cases)),
        ];
        rows.extend(counts.features.iter().map(|(part, number)| {
            let known = self.messages.find(&format!("model-card-part-{part}"), &[]);
            (self.say("features", &[("part", known.unwrap_or_else(|| part.clone()))]), count(*number))
        }));
        rows.push((self.plain("context-features"), count(counts.context_features)));
        rows.push((self.plain("objective"), self.plain(&format!("objective-{}", options.objective))));
        rows.push((self.plain("held"), self.plain(&format!("held-{}", options.hold_out))));
        let head = [self.plain("what"), self.plain("value")];
        Section::of_table(
            self.plain("data"),
            head.into(),
            rows.into_iter().map(|it| vec![it.0, it.1]).collect(),
        )
    }

    fn prior(&self) -> Section {
        let text = match self.record.prior {
            None => self.plain("prior-none"),
            Some(it) => {
                let args = [("mean", it.mean), ("deviation", it.deviation), ("slope", it.slope)];
                self.say("prior-text", &args.map(|(name, value)| (name, self.number(value, 2))))
            }
        };
        Section::of_text(self.plain("prior"), text)
    }

    fn limits(&self) -> Section {
        let mut limits = Vec::new();
        if self.record.verdict == gancho_report::Verdict::NoSkill {
            limits.push("limit-skill");
        }
        limits.push("limit-association");
        if self.request.attributed {
            limits.push("limit-attribution");
        }
        limits.extend(["limit-delivery", "limit-alike"]);
        Section::of_list(self.plain("limits"), limits.into_iter().map(|it| self.plain(it)).collect())
    }

    fn retrain(&self) -> Section {
        let args = [("days", STALE_DAYS.to_string()), ("file", self.request.file.to_owned())];
        Section::of_text(self.plain("retrain"), self.say("retrain-text", &args))
    }

    fn reproduce(&self) -> String {
        let text = self.say("reproduce-text", &[("version", self.record.gancho.clone())]);
        let words: Vec<String> = self.request.command.iter().map(|it| quoted(it)).collect();
        let head = render::escaped(&self.plain("reproduce"));
        // Indented, not fenced: no file name can end the block.
        format!("## {head}\n\n{}\n\n    {}\n", render::escaped(&text), words.join(" "))
    }
}

/// A word as a shell reads it, on one line.
fn quoted(word: &str) -> String {
    let is_plain = |it: char| it.is_alphanumeric() || "-_./=:,+@%".contains(it);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    let one_line: String = word.chars().map(|it| if it.is_control() { '\u{fffd}' } else { it }).collect();
    format!("'{}'", one_line.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_as_a_shell_needs() {
        assert_eq!(quoted("--target"), "--target");
        assert_eq!(quoted("año nuevo.csv"), "'año nuevo.csv'");
        assert_eq!(quoted("it's\n# x"), "'it'\\''s\u{fffd}# x'");
        assert_eq!(quoted(""), "''");
    }
}
