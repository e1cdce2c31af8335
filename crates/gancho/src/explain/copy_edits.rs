//! Changes of the copy that a marketer could make on Monday: each from the copy's own words, a plainer word of the
//! lexicon, or a headline of the same campaign.

use gancho_copy::{Language, TextFeatures, UnitKind, graphemes, sentence_ranges, units};
use gancho_library::Copy;

use super::brand::Brand;
use super::lexicon::{CALL_TO_ACTION, Lexicon};
use super::marks;
use super::rewrite::{FIELDS, capitalized, field, replaced, with_field, without};

/// Longest text that may become a headline, where the library has no longer one: what feeds show of it.
const HEADLINE: usize = 40;
/// Longest headline that is turned into a question: more words read as a claim with a mark behind it.
const QUESTION_WORDS: usize = 8;
/// Headlines of other creatives that are tried.
const SIBLINGS: usize = 40;

/// A change of the copy.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CopyEdit {
    /// The stable code.
    pub(crate) kind: &'static str,
    /// The field of which `before` and `after` are the texts.
    pub(crate) field: &'static str,
    /// The whole copy, changed.
    pub(crate) copy: Copy,
}

/// What edits of one creative's copy are made from.
#[derive(Debug)]
pub(crate) struct Material<'a> {
    pub(crate) copy: &'a Copy,
    pub(crate) language: Language,
    pub(crate) brand: &'a Brand,
    /// Headlines of the same campaign in the same language, in the order of their ids.
    pub(crate) siblings: Vec<&'a str>,
    /// Graphemes of the longest headline of the library.
    pub(crate) longest_headline: usize,
}

impl Material<'_> {
    /// All edits within the brand's limits, each once.
    pub(crate) fn edits(&self) -> Vec<CopyEdit> {
        let mut edits = Vec::new();
        for name in FIELDS {
            if let Some(text) = field(self.copy, name) {
                self.of_field(name, text, &mut edits);
            }
        }
        edits.extend(self.question());
        edits.extend(self.fields_swapped());
        edits.extend(self.siblings());
        let mut seen: Vec<Copy> = Vec::new();
        edits.retain(|it| {
            let fits =
                it.copy != *self.copy && !seen.contains(&it.copy) && self.brand.allows(self.copy, &it.copy);
            if fits {
                seen.push(it.copy.clone());
            }
            fits
        });
        edits
    }

    fn edit(&self, kind: &'static str, name: &'static str, text: &str) -> CopyEdit {
        CopyEdit { kind, field: name, copy: with_field(self.copy, name, text) }
    }

    fn of_field(&self, name: &'static str, text: &str, edits: &mut Vec<CopyEdit>) {
        let emoji = units(text).into_iter().filter(|it| it.kind == UnitKind::Emoji);
        edits.extend(emoji.map(|it| self.edit("drop-word", name, &without(text, &it.range))));
        self.shorter(name, text, edits);
        if let Some(lexicon) = Lexicon::of_language(self.language) {
            self.plainer(lexicon, name, text, edits);
        }
        let keeps = |word: &str| self.brand.keeps(word);
        edits.extend(marks::lowered(text, &keeps).map(|it| self.edit("fix-capitals", name, &it)));
        let fixed = marks::fixed(text, self.language).into_iter();
        edits.extend(fixed.map(|it| self.edit("fix-marks", name, &it)));
    }

    /// One sentence less, or the first alone; not where a text states conditions.
    fn shorter(&self, name: &'static str, text: &str, edits: &mut Vec<CopyEdit>) {
        let sentences = sentence_ranges(text);
        let lexicon = Lexicon::of_language(self.language);
        // What is left would offer without its conditions, or bind without an offer.
        if lexicon.is_none_or(|it| it.has_conditions(text)) {
            return;
        }
        let [first, _, ..] = &sentences[..] else { return };
        edits.push(self.edit("first-sentence", name, &text[..first.end]));
        for sentence in &sentences {
            let kind = if text[sentence.clone()].ends_with('?') { "drop-question" } else { "drop-sentence" };
            edits.push(self.edit(kind, name, &without(text, sentence)));
        }
    }

    /// Single swaps of the lexicon, and all together.
    fn plainer(&self, lexicon: &Lexicon, name: &'static str, text: &str, edits: &mut Vec<CopyEdit>) {
        let action = self.copy.call_to_action.as_deref().map(str::to_lowercase);
        let mut swaps = lexicon.swaps(text);
        swaps.retain(|(place, to)| {
            let written = &text[place.clone()];
            (*to != CALL_TO_ACTION || action.is_some()) && !self.brand.keeps(written)
        });
        let swapped = |text: &str, (place, to): &(std::ops::Range<usize>, &str)| match *to {
            CALL_TO_ACTION => replaced(text, place, action.as_deref().unwrap_or_default()),
            to => replaced(text, place, to),
        };
        for swap in &swaps {
            let kind = if swap.1.is_empty() { "drop-word" } else { "swap-words" };
            edits.push(self.edit(kind, name, &swapped(text, swap)));
        }
        if swaps.len() > 1 {
            // From the back, so that the places of the others stay true.
            let all = swaps.iter().rev().fold(text.to_owned(), |text, swap| swapped(&text, swap));
            edits.push(self.edit("swap-words", name, &all));
        }
    }

    /// The headline as a question: it claims less in the same words.
    fn question(&self) -> Option<CopyEdit> {
        let text = field(self.copy, "headline")?;
        let features = TextFeatures::of(text, self.language);
        let few = features.words.is_some_and(|it| it <= QUESTION_WORDS as f64);
        let plain = !text.contains(['?', '¿', '!', '¡', ':', '*', '\n']) && sentence_ranges(text).len() == 1;
        // Nobody asks an order.
        let stated = features.imperative_opener == Some(0.0);
        if !few || !plain || !stated || features.digits != Some(0.0) {
            return None;
        }
        let body = text.trim_end_matches(['.', '…', ' ']);
        let asked = if self.language == Language::Es { format!("¿{body}?") } else { format!("{body}?") };
        Some(self.edit("ask-question", "headline", &asked))
    }

    /// The first sentence of the text as headline, and the headline in its place.
    fn fields_swapped(&self) -> Option<CopyEdit> {
        let (headline, text) = (field(self.copy, "headline")?, field(self.copy, "primary_text")?);
        let first = sentence_ranges(text).into_iter().next()?;
        let lead = text[first.clone()].trim_end_matches('.');
        if graphemes(lead) > self.longest_headline.max(HEADLINE) || text[..first.start].trim() != "" {
            return None;
        }
        let ended =
            headline.ends_with(|it: char| !it.is_alphanumeric()) || text[first.end..].trim().is_empty();
        let begin = if ended { headline.to_owned() } else { format!("{headline}.") };
        let copy = with_field(self.copy, "primary_text", &format!("{begin}{}", &text[first.end..]));
        Some(CopyEdit {
            kind: "swap-fields",
            field: "headline",
            copy: with_field(&copy, "headline", &capitalized(lead)),
        })
    }

    /// Headlines of the campaign that offer nothing that this copy does not.
    fn siblings(&self) -> Vec<CopyEdit> {
        let (Some(lexicon), true) = (Lexicon::of_language(self.language), self.copy.headline.is_some())
        else {
            return Vec::new();
        };
        let copy = self.copy;
        let own = [&copy.headline, &copy.primary_text, &copy.description]
            .map(|it| it.as_deref().unwrap_or(""))
            .join("\n");
        let mut headlines: Vec<&str> = Vec::new();
        for headline in &self.siblings {
            if !headlines.contains(headline) && !lexicon.offers_more(headline, &own) {
                headlines.push(headline);
            }
        }
        headlines.into_iter().take(SIBLINGS).map(|it| self.edit("sibling-headline", "headline", it)).collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use gancho_library::Config;
    use proptest::prelude::*;

    fn copy(headline: &str, primary_text: &str) -> Copy {
        let text = |it: &str| Some(it.to_owned()).filter(|it| !it.trim().is_empty());
        Copy { headline: text(headline), primary_text: text(primary_text), ..Copy::default() }
    }

    fn material<'a>(
        copy: &'a Copy,
        language: Language,
        brand: &'a Brand,
        siblings: &[&'a str],
    ) -> Material<'a> {
        Material { copy, language, brand, siblings: siblings.to_vec(), longest_headline: 0 }
    }

    /// Code, headline and text of every edit.
    fn edits(copy: &Copy, language: Language, siblings: &[&str]) -> Vec<(&'static str, String, String)> {
        let brand = Brand::default();
        let found = material(copy, language, &brand, siblings).edits();
        let text = |it: &Option<String>| it.clone().unwrap_or_default();
        found.iter().map(|it| (it.kind, text(&it.copy.headline), text(&it.copy.primary_text))).collect()
    }

    fn has(found: &[(&str, String, String)], kind: &str, headline: &str, text: &str) -> bool {
        found.iter().any(|it| (it.0, it.1.as_str(), it.2.as_str()) == (kind, headline, text))
    }

    #[test]
    fn each_sort_of_edit_is_proposed() {
        let own = copy(
            "El otoño dura poco",
            "¿Vienes? Las lengas se ponen rojas. Cabañas realmente tranquilas 🔥.",
        );
        let found = edits(&own, Language::Es, &["Hotel mil estrellas", "El otoño dura poco"]);
        let (headline, text) = ("El otoño dura poco", own.primary_text.clone().unwrap());
        assert!(has(&found, "ask-question", "¿El otoño dura poco?", &text), "{found:?}");
        assert!(has(&found, "sibling-headline", "Hotel mil estrellas", &text));
        assert!(has(
            &found,
            "drop-question",
            headline,
            "Las lengas se ponen rojas. Cabañas realmente tranquilas 🔥."
        ));
        assert!(has(&found, "drop-sentence", headline, "¿Vienes? Cabañas realmente tranquilas 🔥."));
        assert!(has(&found, "first-sentence", headline, "¿Vienes?"));
        assert!(has(&found, "drop-word", headline, &text.replace(" realmente", "")));
        assert!(has(&found, "drop-word", headline, &text.replace(" 🔥", "")));
        let swapped = "El otoño dura poco. Las lengas se ponen rojas. Cabañas realmente tranquilas 🔥.";
        assert!(has(&found, "swap-fields", "¿Vienes?", swapped));
        assert!(
            found.iter().all(|it| it.1 != own.headline.clone().unwrap() || it.2 != text),
            "no edit changes nothing"
        );
    }

    #[test]
    fn capitals_signs_and_empty_phrases_are_put_in_order() {
        let mut own = copy("GRAN PLAN!!", "Click here to see the plan");
        let found = edits(&own, Language::En, &[]);
        assert!(has(&found, "fix-capitals", "Gran plan!!", "Click here to see the plan"), "{found:?}");
        assert!(has(&found, "fix-marks", "GRAN PLAN!", "Click here to see the plan"));
        assert!(has(&found, "drop-word", "GRAN PLAN!!", "See the plan"));
        // Without a call to action there is nothing concrete to put in its place.
        own.primary_text = Some("Click here".into());
        assert!(!edits(&own, Language::En, &[]).iter().any(|it| it.0 == "swap-words"));
        own.call_to_action = Some("Shop now".into());
        assert!(has(&edits(&own, Language::En, &[]), "swap-words", "GRAN PLAN!!", "Shop now"));
    }

    #[test]
    fn what_binds_or_offers_is_left_alone() {
        let own = copy("Tu café", "Compra dos y llévate tres. Oferta válida hasta el 30.");
        let found = edits(&own, Language::Es, &["Café gratis", "Un 20 % menos", "El lunes huele bien"]);
        assert!(!found.iter().any(|it| it.0 == "first-sentence"));
        assert!(!has(&found, "drop-sentence", "Tu café", "Compra dos y llévate tres."));
        let borrowed: Vec<&str> =
            found.iter().filter(|it| it.0 == "sibling-headline").map(|it| it.1.as_str()).collect();
        assert_eq!(borrowed, ["El lunes huele bien"]);
    }

    #[test]
    fn an_order_and_a_figure_are_not_asked() {
        for headline in ["Compra tu café", "Desde 10 al día", "¿Ya?", "Uno. Dos."] {
            let found = edits(&copy(headline, ""), Language::Es, &[]);
            assert!(!found.iter().any(|it| it.0 == "ask-question"), "{headline}");
        }
    }

    fn words() -> impl Strategy<Value = String> {
        let pieces = [
            "el mejor",
            "café",
            "CAFÉ",
            "OFERTA",
            "gratis",
            "Zankia",
            "20 %",
            "7,92 €",
            "¿Vienes?",
            "Ya!",
            "realmente",
            "haz clic aquí",
            "haz clic aquí para",
            "ver",
            "bebe con moderación",
            "🔥",
            "hoy.",
            "Una.",
            "nuevo",
            "*",
            "\n",
        ];
        prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..9).prop_map(|it| it.join(" "))
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// No edit adds a forbidden word, loses a required one or a name of the brand, or adds a digit.
        #[test]
        fn the_brand_is_obeyed_and_nothing_is_invented(headline in words(), text in words(), siblings in prop::collection::vec(words(), 0..4)) {
            let mut config = Config::default();
            config.words.forbidden = vec!["gratis".to_owned(), "un buen café".to_owned()];
            config.words.required = vec!["bebe con moderación".to_owned()];
            config.brand.names = vec!["Zankia".to_owned()];
            let (brand, own) = (Brand::of(&config), copy(&headline, &text));
            let siblings: Vec<&str> = siblings.iter().map(String::as_str).collect();
            let all = |copy: &Copy| FIELDS.iter().filter_map(|it| field(copy, it)).collect::<Vec<_>>().join("\n").to_lowercase();
            let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
            let was = all(&own);
            for edit in material(&own, Language::Es, &brand, &siblings).edits() {
                let is = all(&edit.copy);
                for name in FIELDS.iter().filter(|it| field(&own, it) != field(&edit.copy, it)) {
                    let changed = field(&edit.copy, name).unwrap_or("").to_lowercase();
                    prop_assert!(!changed.contains("gratis") && !changed.contains("un buen café"), "{:?}", edit);
                }
                for kept in ["bebe con moderación", "zankia"] {
                    prop_assert!(!was.contains(kept) || is.contains(kept), "{:?} lost {}", edit, kept);
                }
                prop_assert!(digits(&is) <= digits(&was), "{:?}", edit);
                prop_assert!(edit.copy != own);
            }
        }
    }
}
