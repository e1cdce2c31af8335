//! What a network makes of a text.

use gancho_inference::{softmax, unit};
use serde::{Deserialize, Serialize};

use crate::LanguageError;

/// Probabilities of the three classes of sentiment; they add up to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Sentiment {
    /// Of a negative verdict.
    pub negative: f32,
    /// Of none.
    pub neutral: f32,
    /// Of a positive one.
    pub positive: f32,
}

/// What the writer of a comment is after, as probabilities that add up to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Intent {
    /// Wants to know something.
    pub question: f32,
    /// Wants to buy, or has just bought.
    pub purchase: f32,
    /// Is not content.
    pub complaint: f32,
    /// Is content.
    pub praise: f32,
    /// Anything else.
    pub other: f32,
}

/// Everything that one pass tells of a text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    /// Unit vector; texts of like meaning lie close together, in Spanish and in English.
    pub embedding: Vec<f32>,
    /// Sentiment.
    pub sentiment: Sentiment,
    /// Intent.
    pub intent: Intent,
    /// Probability that the text insults, demeans or threatens.
    pub toxicity: f32,
    /// Probability that it advertises itself or tricks.
    pub spam: f32,
    /// Probability that it means the opposite of what it says. Says nothing about the polarity.
    pub irony: f32,
    /// Probability, for a headline, that it withholds what it is about.
    pub clickbait: f32,
}

/// The row as probabilities; `None` when a logit is not finite.
fn probabilities<const N: usize>(logits: &[f32]) -> Option<[f32; N]> {
    let row: [f32; N] = softmax(logits).try_into().ok()?;
    row.iter().all(|it| it.is_finite()).then_some(row)
}

/// The logit as a probability.
fn sigmoid(logit: f32) -> f32 {
    (1.0 / (1.0 + (-f64::from(logit)).exp())) as f32
}

impl Reading {
    /// Reads a row of the network: the sum of hidden states, then the logits of all heads.
    pub(crate) fn of_row(embedding: &[f32], logits: &[f32], row: usize) -> Result<Self, LanguageError> {
        let parts = || {
            let [negative, neutral, positive] = probabilities(&logits[..3])?;
            let [question, purchase, complaint, praise, other] = probabilities(&logits[3..8])?;
            let single = &logits[8..];
            if single.iter().any(|it| !it.is_finite()) {
                return None;
            }
            Some(Self {
                embedding: unit(embedding)?,
                sentiment: Sentiment { negative, neutral, positive },
                intent: Intent { question, purchase, complaint, praise, other },
                toxicity: sigmoid(single[0]),
                spam: sigmoid(single[1]),
                irony: sigmoid(single[2]),
                clickbait: sigmoid(single[3]),
            })
        };
        parts().ok_or(LanguageError::NotANumber { row })
    }
}

impl Sentiment {
    /// The labels of machine formats with their probabilities.
    pub fn scores(&self) -> [(&'static str, f32); 3] {
        [("negative", self.negative), ("neutral", self.neutral), ("positive", self.positive)]
    }

    /// The likeliest label; the first of equals.
    pub fn label(&self) -> &'static str {
        likeliest(&self.scores())
    }
}

impl Intent {
    /// The labels of machine formats with their probabilities.
    pub fn scores(&self) -> [(&'static str, f32); 5] {
        [
            ("question", self.question),
            ("purchase", self.purchase),
            ("complaint", self.complaint),
            ("praise", self.praise),
            ("other", self.other),
        ]
    }

    /// The likeliest label; the first of equals.
    pub fn label(&self) -> &'static str {
        likeliest(&self.scores())
    }
}

fn likeliest(scores: &[(&'static str, f32)]) -> &'static str {
    let mut best = ("", f32::NEG_INFINITY);
    for &(label, score) in scores {
        if score > best.1 {
            best = (label, score);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_read_in_the_order_of_the_heads() {
        let logits = [0.0, 9.0, 0.0, 0.0, 0.0, 9.0, 0.0, 0.0, 0.0, 9.0, -9.0, 0.0];
        let reading = Reading::of_row(&[3.0, 4.0], &logits, 0).expect("finite");
        assert_eq!((reading.sentiment.label(), reading.intent.label()), ("neutral", "complaint"));
        assert_eq!((reading.toxicity, reading.clickbait), (0.5, 0.5));
        assert!(reading.spam > 0.99 && reading.irony < 0.01);
        assert_eq!(reading.embedding, [0.6, 0.8]);
        assert_eq!(Sentiment::default().label(), "negative");
    }

    #[test]
    fn what_is_not_a_number_has_no_reading() {
        for at in [0, 4, 8, 11] {
            let mut logits = [0.0; 12];
            logits[at] = f32::NAN;
            assert_eq!(
                Reading::of_row(&[1.0], &logits, 7),
                Err(LanguageError::NotANumber { row: 7 }),
                "{at}"
            );
        }
        assert!(Reading::of_row(&[0.0, 0.0], &[0.0; 12], 0).is_err());
    }
}
