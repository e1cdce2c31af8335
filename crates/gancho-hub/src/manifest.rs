//! `manifest.toml`: which files there are, what they must be, and where they come from.

use serde::{Deserialize, Serialize};

use crate::WeightsError;

/// The models of one set of weights, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// One entry per trained file.
    #[serde(default)]
    pub models: Vec<Entry>,
}

/// A trained file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The name by which code and people ask for it.
    pub id: String,
    /// Version; part of the key of everything that was computed with it.
    pub version: String,
    /// The file, beside the manifest.
    pub file: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its SHA-256, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// The network in one line.
    pub architecture: String,
    /// The licence of the weights, as an SPDX expression.
    pub license: String,
    /// The model card, a Markdown file beside the manifest.
    pub card: String,
    /// Whose work it was made from.
    #[serde(default)]
    pub attribution: String,
    /// How to make it again.
    pub produced_by: ProducedBy,
}

/// What produced a trained file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProducedBy {
    /// The training program, as a path in the repository.
    pub program: String,
    /// The commit of that program.
    pub commit: String,
    /// The data, by name.
    pub data: String,
}

impl Entry {
    /// Names these very weights: what was computed with others does not go with them.
    pub fn fingerprint(&self) -> String {
        format!("{}@{} {}", self.id, self.version, self.sha256)
    }
}

impl Manifest {
    /// Reads a manifest. `file` is its name in error messages.
    ///
    /// # Errors
    /// [`WeightsError::BadManifest`] with the line, for text that is not TOML, unknown or missing
    /// keys, a name used twice, a hash of the wrong form, or a file outside the manifest's folder.
    pub fn parse(text: &str, file: &str) -> Result<Self, WeightsError> {
        let bad =
            |line: u64, detail: String| WeightsError::BadManifest { file: file.to_owned(), line, detail };
        let manifest: Self = toml::from_str(text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start);
            bad(line_at(text, start), error.message().to_owned())
        })?;
        for (index, entry) in manifest.models.iter().enumerate() {
            let complain =
                |detail: String| bad(line_of_entry(text, index), format!("model `{}`: {detail}", entry.id));
            if manifest.models[..index].iter().any(|it| it.id == entry.id) {
                return Err(complain("the name is used twice".to_owned()));
            }
            entry.check().map_err(complain)?;
        }
        Ok(manifest)
    }

    /// The entry with this name.
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.models.iter().find(|it| it.id == id)
    }

    /// The known name that differs from `id` in the fewest letters.
    pub fn nearest(&self, id: &str) -> Option<&str> {
        self.models.iter().map(|it| it.id.as_str()).min_by_key(|known| edit_distance(known, id))
    }
}

impl Entry {
    fn check(&self) -> Result<(), String> {
        let hex = |it: u8| it.is_ascii_digit() || (b'a'..=b'f').contains(&it);
        if self.sha256.len() != 64 || !self.sha256.bytes().all(hex) {
            return Err("sha256 must be 64 lower-case hexadecimal digits".to_owned());
        }
        for file in [&self.file, &self.card] {
            // A manifest from elsewhere must not reach outside its folder.
            if file.is_empty() || file.starts_with('.') || file.contains(['/', '\\', ':']) {
                return Err(format!("`{file}` must be a plain file name beside the manifest"));
            }
        }
        Ok(())
    }
}

fn line_at(text: &str, offset: usize) -> u64 {
    1 + text.bytes().take(offset).filter(|it| *it == b'\n').count() as u64
}

/// The line of the `index`-th `[[models]]`; the first line when entries are written inline.
fn line_of_entry(text: &str, index: usize) -> u64 {
    let headers = text.lines().enumerate().filter(|(_, line)| line.trim_start().starts_with("[[models]]"));
    headers.map(|(line, _)| line as u64 + 1).nth(index).unwrap_or(1)
}

/// Insertions, deletions and exchanges that turn one word into the other (Levenshtein).
fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let exchange = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = exchange.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(id: &str, file: &str, sha256: &str) -> String {
        format!(
            "[[models]]\nid = \"{id}\"\nversion = \"1\"\nfile = \"{file}\"\nbytes = 3\nsha256 = \"{sha256}\"\n\
             architecture = \"a\"\nlicense = \"MIT\"\ncard = \"card.md\"\n\
             produced_by = {{ program = \"p\", commit = \"c\", data = \"d\" }}\n"
        )
    }

    fn line_and_detail(text: &str) -> (u64, String) {
        match Manifest::parse(text, "manifest.toml") {
            Err(WeightsError::BadManifest { line, detail, .. }) => (line, detail),
            other => panic!("must be refused, was {other:?}"),
        }
    }

    #[test]
    fn a_manifest_is_read_and_entries_are_found_by_name() {
        let manifest =
            Manifest::parse(&text("vision", "v.safetensors", &"0a".repeat(32)), "m").expect("valid");
        assert_eq!(manifest.entry("vision").map(|it| it.bytes), Some(3));
        assert_eq!(manifest.entry("Vision"), None);
        assert_eq!(Manifest::parse("", "m"), Ok(Manifest { models: Vec::new() }));
    }

    #[test]
    fn faults_are_named_with_their_line() {
        let good = text("vision", "v.safetensors", &"0a".repeat(32));
        assert_eq!(line_and_detail("models = [\n").0, 1);
        let (line, detail) = line_and_detail(&good.replace("bytes = 3", "bytes = \"3\""));
        assert_eq!(line, 5, "{detail}");
        let (line, detail) = line_and_detail(&format!("{good}{}", good.replace("license", "licence")));
        assert!(line > 10 && detail.contains("licence"), "{line}: {detail}");
        let (line, detail) = line_and_detail(&format!("{good}\n{good}"));
        assert_eq!((line, detail.as_str()), (12, "model `vision`: the name is used twice"));
    }

    #[test]
    fn a_file_outside_the_folder_is_refused() {
        for file in ["../v", "/etc/passwd", "a/b", "a\\\\b", "c:v", "", ".hidden"] {
            let (line, detail) = line_and_detail(&text("vision", file, &"0a".repeat(32)));
            assert!(line == 1 && detail.contains("plain file name"), "{file}: {detail}");
        }
    }

    #[test]
    fn a_hash_of_another_form_is_refused() {
        for hash in ["", "0a", &"0A".repeat(32), &"0g".repeat(32)] {
            assert!(line_and_detail(&text("vision", "v", hash)).1.contains("sha256"), "{hash}");
        }
    }

    #[test]
    fn the_nearest_name_is_the_one_with_the_fewest_changes() {
        let both = text("vision", "v", &"0a".repeat(32)) + &text("headline", "h", &"0a".repeat(32));
        let manifest = Manifest::parse(&both, "m").expect("valid");
        assert_eq!(manifest.nearest("vison"), Some("vision"));
        assert_eq!(manifest.nearest("headlines"), Some("headline"));
        assert_eq!(edit_distance("kitten", "sitting"), 3);
        assert_eq!(edit_distance("", "año"), 3);
    }
}
