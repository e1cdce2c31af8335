//! Words: counts, readability, language, linguistic features.
