//! Public image backbones by hub name: their embedding instead of the shipped one.
