//! Names of models on the hub.

use std::fmt;
use std::str::FromStr;

use crate::HubError;

/// Most characters of an owner or a model, as the hub allows.
const MAX_PART: usize = 96;

/// A model on the hub: `owner/model`, with `@revision` when a branch, tag or commit is meant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ModelName {
    id: String,
    revision: Option<String>,
}

impl ModelName {
    /// `owner/model`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The branch, tag or commit that was named.
    pub fn revision(&self) -> Option<&str> {
        self.revision.as_deref()
    }
}

impl FromStr for ModelName {
    type Err = HubError;

    /// # Errors
    /// [`HubError::BadName`] for anything but `owner/model` or `owner/model@revision`.
    fn from_str(text: &str) -> Result<Self, HubError> {
        let bad = || HubError::BadName { name: text.to_owned() };
        let (id, revision) = match text.split_once('@') {
            Some((id, revision)) => (id, Some(revision)),
            None => (text, None),
        };
        let (owner, model) = id.split_once('/').ok_or_else(bad)?;
        // Both become names of folders, the revision becomes a path below `refs`.
        let sound = is_part(owner) && is_part(model) && revision.is_none_or(|it| it.split('/').all(is_part));
        if !sound {
            return Err(bad());
        }
        Ok(Self { id: id.to_owned(), revision: revision.map(str::to_owned) })
    }
}

impl fmt::Display for ModelName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.revision {
            Some(revision) => write!(out, "{}@{revision}", self.id),
            None => out.write_str(&self.id),
        }
    }
}

/// The hub's rule: letters, digits, `-`, `_` and `.`, not at an end, and never `--` or `..`.
fn is_part(text: &str) -> bool {
    let allowed = |it: u8| it.is_ascii_alphanumeric() || b"-_.".contains(&it);
    !text.is_empty()
        && text.len() <= MAX_PART
        && text.bytes().all(allowed)
        && !text.starts_with(['-', '.'])
        && !text.ends_with(['-', '.'])
        && !text.contains("--")
        && !text.contains("..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_carry_a_revision() {
        let plain: ModelName = "timm/resnet50.a1_in1k".parse().expect("a name");
        assert_eq!((plain.id(), plain.revision()), ("timm/resnet50.a1_in1k", None));
        let pinned: ModelName = "timm/resnet50.a1_in1k@refs/pr/3".parse().expect("a name");
        assert_eq!((pinned.id(), pinned.revision()), ("timm/resnet50.a1_in1k", Some("refs/pr/3")));
        assert_eq!(pinned.to_string(), "timm/resnet50.a1_in1k@refs/pr/3");
    }

    #[test]
    fn what_could_leave_the_cache_is_no_name() {
        let long = format!("a/{}", "b".repeat(97));
        for text in [
            "", "resnet50", "a/", "/b", "a/b/c", "../b", "a/..", "a/b@", "a/b@../c", "a/b@/c", "a b/c",
            "a/b--c", &long,
        ] {
            assert_eq!(text.parse::<ModelName>(), Err(HubError::BadName { name: text.to_owned() }), "{text}");
        }
    }
}
