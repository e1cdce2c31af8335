//! Numbers in files that come back to the last bit.
//!
//! Readers of JSON differ in how they round the last digit of a number; text is the same everywhere, and Rust reads
//! the shortest text of a number back exactly.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A number, written as text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Exact(pub(crate) f64);

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Whoever writes a file by hand may write plain numbers.
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "a number is missing: write it as one, or as text")]
        enum Written {
            Text(String),
            Number(f64),
        }
        let (number, text) = match Written::deserialize(deserializer)? {
            Written::Number(number) => (number, number.to_string()),
            Written::Text(text) => (text.parse().unwrap_or(f64::NAN), text),
        };
        if number.is_finite() {
            return Ok(Self(number));
        }
        // Text can say `NaN` and `inf`, which a number in JSON cannot.
        Err(serde::de::Error::custom(format!("`{text}` is no finite number")))
    }
}

/// Numbers for a file.
pub(crate) fn write(numbers: &[f64]) -> Vec<Exact> {
    numbers.iter().copied().map(Exact).collect()
}

/// Numbers from a file.
pub(crate) fn read(numbers: Vec<Exact>) -> Vec<f64> {
    numbers.into_iter().map(|it| it.0).collect()
}
