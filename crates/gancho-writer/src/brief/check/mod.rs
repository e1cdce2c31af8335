//! What is wrong with a brief, and what is left of it.

use super::Brief;
use crate::placement::Placement;
use crate::variant::Field;
use serde::Serialize;
use std::collections::BTreeSet;

/// How much of the work a problem stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Worth knowing; changes nothing.
    Note,
    /// Something is left out, the rest is written.
    Warn,
    /// A field of the ad is not written.
    RefuseField,
    /// Nothing is written.
    Refuse,
}

/// What becomes of a brief; the words of the briefs' `expect`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Copy is written.
    Generate,
    /// Copy is written; something was left out.
    GenerateWithWarning,
    /// Some fields of the ad are not written.
    RefuseField,
    /// Nothing is written.
    Refuse,
}

/// One problem: where, how grave, and what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Path of the field of the brief, as in `benefits[2]`.
    pub field: String,
    /// How grave.
    pub class: Class,
    /// What is wrong. Its serde tag is the code in the message catalogues; `Display` says what to do.
    #[serde(flatten)]
    pub kind: ProblemKind,
}

/// The kinds of problem. Quoted texts are shortened to 80 characters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum ProblemKind {
    /// Neither brand nor product.
    #[error("there is neither brand nor product; give at least one of them")]
    NothingToAdvertise,
}

/// Why a text of the brief is not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It gives orders to the writer.
    Injection,
    /// It promises what no ad may promise.
    Prohibited,
    /// It contradicts another text.
    Contradiction,
    /// It holds a forbidden word.
    Forbidden,
    /// It fits no field.
    TooLong,
    /// It asserts something of the reader.
    Audience,
    /// The platform refuses its characters.
    Characters,
}

/// A text of the brief that is not used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dropped {
    /// Path of its field.
    pub field: String,
    /// The text.
    pub text: String,
    /// Why.
    pub reason: Reason,
}

/// A brief without what must not be used, and what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The brief, with injected, prohibited, contradictory and unusable texts left out.
    pub brief: Brief,
    /// The placement, with the brief's own limits.
    pub placement: Placement,
    /// What is wrong, in the order of the fields.
    pub problems: Vec<Problem>,
    /// Texts that were left out and whose words must not come back.
    pub dropped: Vec<Dropped>,
    /// Fields of the ad that cannot be written.
    pub refused: BTreeSet<Field>,
}

impl Checked {
    /// What becomes of the brief.
    pub fn verdict(&self) -> Verdict {
        match self.problems.iter().map(|it| it.class).max() {
            None | Some(Class::Note) => Verdict::Generate,
            Some(Class::Warn) => Verdict::GenerateWithWarning,
            Some(Class::RefuseField) => Verdict::RefuseField,
            Some(Class::Refuse) => Verdict::Refuse,
        }
    }
}

pub(super) fn check(brief: &Brief) -> Checked {
    let mut problems = Vec::new();
    if brief.brand.trim().is_empty() && brief.product.trim().is_empty() {
        let field = "product".to_owned();
        problems.push(Problem { field, class: Class::Refuse, kind: ProblemKind::NothingToAdvertise });
    }
    let (brief, placement) = (brief.clone(), brief.resolved_placement());
    Checked { brief, placement, problems, dropped: Vec::new(), refused: BTreeSet::new() }
}
