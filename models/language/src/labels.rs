//! Labels of public classifiers, matched by name.

use crate::{LanguageError, Sentiment};

/// What a label of a sentiment model means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Polarity {
    /// A negative verdict.
    Negative,
    /// None.
    Neutral,
    /// A positive verdict.
    Positive,
}

/// Names in use on the hub, in small letters.
const NAMES: [(&str, Polarity); 16] = [
    ("negative", Polarity::Negative),
    ("neg", Polarity::Negative),
    ("negativo", Polarity::Negative),
    ("negatif", Polarity::Negative),
    ("n", Polarity::Negative),
    ("neutral", Polarity::Neutral),
    ("neu", Polarity::Neutral),
    ("neutro", Polarity::Neutral),
    ("none", Polarity::Neutral),
    ("mixed", Polarity::Neutral),
    ("positive", Polarity::Positive),
    ("pos", Polarity::Positive),
    ("positivo", Polarity::Positive),
    ("positif", Polarity::Positive),
    ("p", Polarity::Positive),
    ("very positive", Polarity::Positive),
];

/// Labels without a name, in the order that the cards of `cardiffnlp`'s models give them.
const CARDIFF: [(&str, Polarity); 3] =
    [("label_0", Polarity::Negative), ("label_1", Polarity::Neutral), ("label_2", Polarity::Positive)];

/// What each logit of a classifier means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Labels(Vec<Polarity>);

impl Labels {
    /// Matches the labels of a model, in the order of its logits. `cardiff` says whether labels without a name are
    /// those of that family; from anybody else they are refused, since their order is anyone's guess.
    pub(crate) fn matched(names: &[String], cardiff: bool) -> Result<Self, LanguageError> {
        let known = |name: &String| {
            let name = name.trim().to_lowercase();
            let unnamed = CARDIFF.iter().filter(|_| cardiff && names.len() == CARDIFF.len());
            NAMES.iter().chain(unnamed).find(|it| it.0 == name).map(|it| it.1)
        };
        let found: Option<Vec<Polarity>> = names.iter().map(known).collect();
        let has = |it: &[Polarity], wanted| it.contains(&wanted);
        match found {
            Some(it) if has(&it, Polarity::Negative) && has(&it, Polarity::Positive) => Ok(Self(it)),
            _ => Err(LanguageError::NoSentimentLabels { found: names.join(", ") }),
        }
    }

    /// Adds probabilities up by meaning. A model without a neutral label never says neutral.
    pub(crate) fn sentiment(&self, probabilities: &[f32]) -> Sentiment {
        let mut result = Sentiment::default();
        for (polarity, probability) in self.0.iter().zip(probabilities) {
            match polarity {
                Polarity::Negative => result.negative += probability,
                Polarity::Neutral => result.neutral += probability,
                Polarity::Positive => result.positive += probability,
            }
        }
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn the_order_of_labels_does_not_matter() {
        let probabilities = [0.5, 0.3, 0.2];
        for (text, expected) in [
            ("negative neutral positive", [0.5, 0.3, 0.2]),
            ("Positive Negative Neutral", [0.3, 0.2, 0.5]),
            ("POS NEU NEG", [0.2, 0.3, 0.5]),
        ] {
            let found = Labels::matched(&names(text), false).expect("known").sentiment(&probabilities);
            assert_eq!([found.negative, found.neutral, found.positive], expected, "{text}");
        }
        let two = Labels::matched(&names("POSITIVE NEGATIVE"), false).expect("two labels");
        assert_eq!(two.sentiment(&[0.75, 0.25]), Sentiment { negative: 0.25, neutral: 0.0, positive: 0.75 });
    }

    #[test]
    fn labels_without_a_name_are_cardiffs_or_nobodys() {
        let unnamed = names("LABEL_0 LABEL_1 LABEL_2");
        let found = Labels::matched(&unnamed, true).expect("Cardiff's").sentiment(&[0.5, 0.3, 0.2]);
        assert_eq!((found.negative, found.positive), (0.5, 0.2));
        assert!(Labels::matched(&unnamed, false).is_err());
        assert!(Labels::matched(&names("LABEL_0 LABEL_1"), true).is_err());
        let error = Labels::matched(&names("joy anger"), true).expect_err("feelings");
        assert_eq!(error, LanguageError::NoSentimentLabels { found: "joy, anger".into() });
        assert!(Labels::matched(&names("neutral positive"), false).is_err());
    }
}
