//! The pipeline from creative to evidence, and its cache.
