//! What can go wrong before a network runs.

use serde::Serialize;

/// Why no device could be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum DeviceError {
    /// The text after `--device` is none of the known forms.
    #[error("`{given}` is not a device; use auto, cpu, gpu, wgpu, wgpu:N, cuda or cuda:N")]
    UnknownChoice {
        /// What was written.
        given: String,
    },
    /// The device needs a Cargo feature that this program was built without.
    #[error(
        "device `{wanted}` is not part of this program, which was built without the feature `{feature}`; \
         use --device auto, or build with --features {feature}"
    )]
    NotInBuild {
        /// The device that was asked for.
        wanted: String,
        /// The Cargo feature that is missing.
        feature: String,
    },
    /// The device was asked for by name and cannot be used.
    #[error(
        "device `{wanted}` cannot be used; tried: {tried}; use --device auto to run on the best device that works"
    )]
    Unavailable {
        /// The device that was asked for.
        wanted: String,
        /// What was tried and why it failed, one after the other.
        tried: String,
    },
    /// The operating system gave no worker threads.
    #[error("{threads} worker threads could not be started: {detail}; use a smaller --threads")]
    NoThreads {
        /// How many were asked for.
        threads: usize,
        /// What the system said.
        detail: String,
    },
}

impl DeviceError {
    /// Every code this type serializes with.
    pub const CODES: &[&str] = &["unknown-choice", "not-in-build", "unavailable", "no-threads"];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_codes_is_complete() {
        let text = || String::from("x");
        let one_of_each = [
            DeviceError::UnknownChoice { given: text() },
            DeviceError::NotInBuild { wanted: text(), feature: text() },
            DeviceError::Unavailable { wanted: text(), tried: text() },
            DeviceError::NoThreads { threads: 1, detail: text() },
        ];
        let codes: Vec<String> = one_of_each
            .iter()
            .map(|it| {
                serde_json::to_value(it).expect("plain fields")["code"].as_str().expect("a tag").to_owned()
            })
            .collect();
        assert_eq!(codes, DeviceError::CODES);
    }
}
