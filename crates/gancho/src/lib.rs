//! The use cases as one Rust API.
