//! Weights by name: manifest, verification, offline.
