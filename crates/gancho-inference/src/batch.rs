//! Batches of one fixed size.

use std::ops::Range;

/// A stretch of items that fills one batch, the last one possibly not to the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// The items in it, as positions in the whole sequence.
    pub items: Range<usize>,
    /// How many rows of padding follow them, so that each batch has the same shape.
    pub padding: usize,
}

/// Cuts `num_items` into batches of exactly `batch_size` rows.
///
/// A GPU compiles and tunes its kernels for each shape it meets, so the last batch is padded
/// rather than cut short. `batch_size` 0 counts as 1.
pub fn fixed_batches(num_items: usize, batch_size: usize) -> impl Iterator<Item = Batch> {
    let batch_size = batch_size.max(1);
    (0..num_items).step_by(batch_size).map(move |start| {
        let end = (start + batch_size).min(num_items);
        Batch { items: start..end, padding: batch_size - (end - start) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_batch_is_padded_to_the_full_size() {
        let batches: Vec<Batch> = fixed_batches(7, 3).collect();
        assert_eq!(
            batches,
            [
                Batch { items: 0..3, padding: 0 },
                Batch { items: 3..6, padding: 0 },
                Batch { items: 6..7, padding: 2 }
            ]
        );
        assert_eq!(fixed_batches(6, 3).count(), 2);
        assert_eq!(fixed_batches(0, 3).count(), 0);
        assert_eq!(fixed_batches(2, 0).count(), 2);
    }
}
