//! Linear word and character n-gram model of headlines.
