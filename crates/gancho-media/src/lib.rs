//! Pixels: decode, orient, colour-manage, measure, hash.
