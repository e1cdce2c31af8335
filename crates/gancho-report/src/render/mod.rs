//! The five shapes of a report, each written to any `Write`.
//!
//! [`jsonl`], [`json`] and [`csv`] are for programs: versioned, decimal point, no language.
//! [`table`] is for a terminal, [`html`] for everybody else. What `see` found has its own three:
//! [`sights_jsonl`], [`sights_json`] and, for a terminal, [`sights`]. Comments are written one by one by
//! [`CommentWriter`], and all together by [`comments_summary`]. Backtests are told as stories: [`backtest_table`],
//! [`backtest_html`], and [`markdown`] for model cards.

mod backtest;
mod comments;
mod csv;
mod explanation;
mod html;
mod json;
mod markdown;
mod performance;
mod plain;
mod sight;
mod similar;
mod story;
mod table;
mod writing;

pub use backtest::{
    backtest_html, backtest_json, backtest_jsonl, backtest_table, drift_json, drift_jsonl, drift_table,
};
pub use comments::{CommentWriter, CommentsFormat, comments_summary, comments_summary_json};
pub use csv::{csv, guarded};
pub use html::html;
pub use json::{embeddings, json, jsonl, sights_json, sights_jsonl};
pub use markdown::{escaped, markdown};
pub use performance::{performance_csv, performance_jsonl, performance_table};
pub(crate) use sight::place_of;
pub use sight::sights;
pub use similar::{
    copy_matches_csv, copy_matches_json, copy_matches_jsonl, copy_matches_table, similar_csv, similar_json,
    similar_jsonl, similar_table,
};
pub use table::table;
pub use writing::{variant_lines, writing_csv, writing_json, writing_jsonl, writing_table};
