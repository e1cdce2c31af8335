//! The five shapes of a report, each written to any `Write`.
//!
//! [`jsonl`], [`json`] and [`csv`] are for programs: versioned, decimal point, no language.
//! [`table`] is for a terminal, [`html`] for everybody else. What `see` found has its own three:
//! [`sights_jsonl`], [`sights_json`] and, for a terminal, [`sights`]. Comments are written one by one by
//! [`CommentWriter`], and all together by [`comments_summary`].

mod comments;
mod csv;
mod explanation;
mod html;
mod json;
mod plain;
mod sight;
mod similar;
mod table;

pub use comments::{CommentWriter, CommentsFormat, comments_summary, comments_summary_json};
pub use csv::csv;
pub use html::html;
pub use json::{embeddings, json, jsonl, sights_json, sights_jsonl};
pub(crate) use sight::place_of;
pub use sight::sights;
pub use similar::{
    copy_matches_csv, copy_matches_json, copy_matches_jsonl, copy_matches_table, similar_csv, similar_json,
    similar_jsonl, similar_table,
};
pub use table::table;
