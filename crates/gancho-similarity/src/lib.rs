//! Duplicates, look-alikes and diversity of sets, from vectors and hashes.
