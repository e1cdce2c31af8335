//! The binary `gancho`.
fn main() {}
