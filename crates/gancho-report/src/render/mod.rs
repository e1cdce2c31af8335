//! The five shapes of a report, each written to any `Write`.
//!
//! [`jsonl`], [`json`] and [`csv`] are for programs: versioned, decimal point, no language.
//! [`table`] is for a terminal, [`html`] for everybody else.

mod csv;
mod html;
mod json;
mod plain;
mod similar;
mod table;

pub use csv::csv;
pub use html::html;
pub use json::{embeddings, json, jsonl};
pub use similar::{similar_csv, similar_json, similar_jsonl, similar_table};
pub use table::table;
