//! Creatives on disk: manifests, sidecars, performance exports, comments.
//!
//! Its one purpose is to turn what the user has (pictures, folders, globs, tables, mixed as they
//! come) into a list of [`Creative`]s and a list of what was wrong. [`Library::open`] is the door;
//! [`Fault`] is one wrong row or file, which never stops the rest; [`LibraryError`] says why nothing
//! at all could be used; [`Config`] is the library's `gancho.toml`; [`read_comments`] reads a
//! comments file alone. It must not open a picture, know a tensor, or rank anything.
//!
//! # What is used without being asked for
//!
//! In the root of a folder that is an input: one manifest, the first of `library.*`, `manifest.*`,
//! `creatives.*` (`csv`, `tsv`, `jsonl`, `json`, `xlsx`, `parquet`, in this order); every
//! `performance.*` and `comments.*` of these kinds; and `gancho.toml` in the library's root. They
//! are listed in [`Library::picked_up`]. Pictures that the manifest does not name are creatives too.
//! Other files are listed in [`Library::skipped`]; hidden ones (`.name`) are not looked at.
//!
//! # Identity
//!
//! The library's root is the deepest folder that contains all inputs. A creative's id is the one
//! given, else its picture's path relative to that root, '/'-separated, else `manifest#row`. Rows
//! without an id that share a picture get `path#2`, `path#3` from the second on. Creatives are sorted by
//! id, so nothing depends on the order in which a disk lists its folders.
//!
//! # How cells are read
//!
//! Headers are English or Spanish (one table, in `columns.rs`). Text tables are UTF-8, UTF-16 or
//! Windows-1252, separated by `,` `;` tab or `|`. The decimal mark is decided per column from cells
//! that can be read in one way only, the order of dates per file; where nothing tells, the values
//! are left out and a fault asks the question, which `decimal` and `dates` in `gancho.toml` answer.
//! Nothing is guessed. A count that is blank is unknown, not zero.
//!
//! Performance files are understood by [`exports`], which looks for the header, leaves out totals and
//! decides marks once per file; [`exports::import`] gives their rows one by one.
//!
//! # Limits
//!
//! Tables of 512 MiB and 5 million rows, cells of 64 KiB, sidecars of 256 KiB, 64 levels of folders.
//! A table costs about its own bytes twice over while it is read, plus eight bytes per cell.
//! A path never leaves the inputs' folders and the manifests' own, links resolved, unless
//! [`Options::allow_outside`]; it is refused by its text before the disk is asked.

mod columns;
mod comment_stream;
mod comments;
mod config;
mod creative;
mod dates;
mod decimal;
mod encoding;
mod error;
pub mod exports;
mod fault;
mod figures;
mod join;
mod library;
mod manifest;
mod note;
mod numbers;
mod paths;
mod performance;
mod settings;
mod sidecar;
mod table;
mod walk;

pub use comment_stream::{CommentRow, CommentStream};
pub use comments::{CommentFile, read_comments};
pub use config::{Brand, Config, History, PriorSettings, Words};
pub use creative::{Comment, Copy, Creative, Origin, Performance};
pub use dates::DateOrder;
pub use decimal::Decimal;
pub use error::{ERROR_CODES, LibraryError};
pub use fault::{FAULT_CODES, Fault, FaultKind};
pub use join::Joined;
pub use library::{Library, Options, PickedUp, Skipped};
pub use note::{NOTE_CODES, Note, NoteKind};
pub use numbers::DecimalMark;
pub use walk::{Role, SkipReason};
