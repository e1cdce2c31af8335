//! Copy that obeys its brief: the brief, the composer, and the gate that every written line must pass.
//!
//! * [`Brief`] says what is advertised; [`Brief::check`] finds what is wrong with it and leaves out what must not be
//!   used.
//! * [`Placement`] says which fields an ad has, how long they may be and how the platform counts.
//! * [`compose`] writes [`Variant`]s without any model: rhetorical frames, grammar, and the facts of the brief.
//! * [`Gate`] judges lines and whole [`Variant`]s against the brief, and mends what is safe to mend.
//!
//! Whoever writes the lines, a composer or a language model, the gate is the same. Everything is deterministic,
//! linear in the length of the text, and never panics on any string.
//!
//! This crate knows no model, publishes nothing, and states nothing that the brief does not.

mod brief;
mod compose;
mod facts;
mod gate;
mod personal;
mod placement;
mod stem;
mod variant;
mod verbs;
mod words;

pub use brief::{
    Address, Brief, BriefError, Checked, Class, Dropped, Gender, Limit, Market, Problem, ProblemKind, Reason,
    Verdict,
};
pub use compose::{Blocked, Candidate, ComposeError, Composed, Composer, compose};
pub use facts::{Atom, AtomKind, Facts, atoms, dates, names};
pub use gate::{Gate, Repair, Repaired, Violation, ViolationKind};
pub use placement::{Counting, FieldSpec, Placement, Strictness};
pub use variant::{Engine, Field, Variant};
