//! Why a table, a target or a model file was refused.

use serde::Serialize;

/// What went wrong, where, and what to do.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum BoostingError {
    /// Two lists that belong together differ in length.
    #[error("{list} has {found} entries where {expected} are needed; give one per row or column")]
    Length {
        /// Which list.
        list: String,
        /// Its length.
        found: usize,
        /// The length it must have.
        expected: usize,
    },
    /// A number that is neither finite nor missing.
    #[error("column {column} is infinite in row {row}; clip it, or mark it as missing (NaN)")]
    Infinite {
        /// Column, from zero.
        column: usize,
        /// Row, from zero.
        row: usize,
    },
    /// More rows than sums of whole numbers have room for.
    #[error("{rows} rows are more than the limit of {limit}; draw a sample")]
    TooManyRows {
        /// Rows given.
        rows: usize,
        /// Rows allowed.
        limit: usize,
    },
    /// No row to learn from, or none with weight.
    #[error("there is no {part} row with a weight above zero; give at least one")]
    NoRows {
        /// `training` or `held-out`.
        part: String,
    },
    /// A row number past the end of the table.
    #[error("row {row} does not exist in a table of {rows} rows; row numbers start at zero")]
    UnknownRow {
        /// The number given.
        row: u32,
        /// Rows of the table.
        rows: usize,
    },
    /// A row named twice among the training rows, the held-out rows, or both.
    #[error("row {row} is named twice; name each row once, and use weights to count it more often")]
    RepeatedRow {
        /// The row, from zero.
        row: u32,
    },
    /// A value, weight or offset that the loss cannot take.
    #[error("the {what} of row {row} is {value}, but must be {allowed}; correct or leave out the row")]
    Target {
        /// `value`, `weight` or `offset`.
        what: String,
        /// Row, from zero.
        row: u32,
        /// The number given.
        value: f64,
        /// What is allowed, in words.
        allowed: String,
    },
    /// Ranking needs to know what is ranked against what.
    #[error("ranking needs groups; give each row the number of the group that it is ranked in")]
    NoGroups,
    /// A setting out of its range.
    #[error("setting `{name}` is {value}, but must be {allowed}")]
    Setting {
        /// Name of the field.
        name: String,
        /// The number given.
        value: f64,
        /// What is allowed, in words.
        allowed: String,
    },
    /// A gradient or margin overflowed.
    #[error(
        "fitting diverged in round {round}; lower the learning rate, or look for extreme values and offsets"
    )]
    Diverged {
        /// Round, from zero.
        round: usize,
    },
    /// Not a model file, or one of another version.
    #[error(
        "this is not a model that can be read here: the format is `{found}`, not `{expected}`; fit it again"
    )]
    Format {
        /// What the file says.
        found: String,
        /// What it should say.
        expected: String,
    },
    /// A model file that is not JSON of the right form.
    #[error("the model file is damaged ({detail}); fetch or fit it again")]
    Damaged {
        /// The parser's words.
        detail: String,
    },
    /// A tree of a model file that cannot be walked.
    #[error("tree {tree} of the model file is damaged at node {node}: {detail}; fetch or fit it again")]
    DamagedTree {
        /// Tree, from zero.
        tree: usize,
        /// Node, from zero.
        node: usize,
        /// What is wrong with it.
        detail: String,
    },
}
