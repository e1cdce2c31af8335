//! Duplicates, look-alikes and diversity of sets, from vectors and hashes.
//!
//! A [`Collection`] holds what is known of many pictures: unit embeddings, perceptual hashes, a small [`Grid`] of
//! luma each. [`Collection::pairs`] finds what belongs together: the nearest embeddings, exactly, by blocked matrix
//! products ([`Vectors`]), and near hashes propose pairs; laying one grid upon the other ([`Agreement`]) tells copies
//! from the same art with other words ([`Relation`]); what is left are look-alikes. [`diversity`] says how many
//! distinct concepts a set holds and which of its members add least.
//!
//! There is no index: all pairs of embeddings are multiplied, in time that grows with the square of the set and
//! memory that grows with the set. That is exact, and enough for some 200,000 pictures.
//!
//! Results depend neither on the number of threads nor on the order of a pair.
//!
//! **Must not know:** pictures, files, models, advertising.

mod agreement;
mod clusters;
mod collection;
mod diversity;
mod grid;
mod hashes;
mod placement;
mod relation;
mod vectors;

pub use agreement::Agreement;
pub use clusters::{Cluster, SAME_TOPIC_COSINE, clusters};
pub use collection::{Collection, Likeness, Pair, Wanted};
pub use diversity::{Diversity, Drop, UNRELATED_COSINE, concept_similarity, diversity};
pub use grid::{Grid, SIDE, TextMask};
pub use hashes::{Dhash, Pdq};
pub use relation::{
    LEAST_OVERLAP, LOOK_ALIKE_COSINE, Relation, SAME_ART, SAME_TEXT_CHANGE, SAME_TEXT_CHANGE_MOVED,
};
pub use vectors::{Neighbor, Vectors, WidthError};
