//! Which texts run together.
//!
//! A batch of a transformer is as long as its longest text. On the CPU only texts of one length share a batch, so
//! that nothing is padded and attention needs no mask. A GPU compiles anew for each shape, so there lengths are
//! rounded up to a multiple of 16 and batches filled up.

use std::collections::BTreeMap;
use std::ops::Range;

/// Rows of a batch times its length, at most, on the CPU: the weights of a layer then stay in the cache of the
/// processor while the batch passes.
const CPU_TOKENS: usize = 512;
/// Lengths on a GPU are multiples of this.
const GPU_STEP: usize = 16;

/// Texts that run together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bucket {
    /// Positions of the texts in the order given.
    pub(crate) texts: Vec<usize>,
    /// Rows of the tensor; those after the texts are padding.
    pub(crate) rows: usize,
    /// Tokens of each row; shorter texts are padded.
    pub(crate) length: usize,
}

/// Groups texts of these lengths. Every text is in exactly one bucket.
pub(crate) fn buckets(lengths: &[usize], on_cpu: bool, gpu_rows: usize) -> Vec<Bucket> {
    let mut by_length: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, &length) in lengths.iter().enumerate() {
        let length = if on_cpu { length.max(1) } else { length.max(1).next_multiple_of(GPU_STEP) };
        by_length.entry(length).or_default().push(at);
    }
    let mut result = Vec::new();
    for (length, texts) in by_length {
        let most = if on_cpu { (CPU_TOKENS / length).max(1) } else { gpu_rows.max(1) };
        for part in texts.chunks(most) {
            let rows = if on_cpu { part.len() } else { most };
            result.push(Bucket { texts: part.to_vec(), rows, length });
        }
    }
    result
}

impl Bucket {
    /// The ids of its rows one after the other; `padding` where a row has ended.
    pub(crate) fn ids(&self, texts: &[&[u32]], padding: u32) -> Vec<u32> {
        let mut ids = Vec::with_capacity(self.rows * self.length);
        for &at in &self.texts {
            ids.extend_from_slice(texts[at]);
            ids.resize(ids.len().next_multiple_of(self.length), padding);
        }
        ids.resize(self.rows * self.length, padding);
        ids
    }

    /// Where the rows have ended, row by row; nothing when all are full. A row without a text counts as full, since
    /// attention over nothing is no number.
    pub(crate) fn ended(&self, texts: &[&[u32]]) -> Option<Vec<bool>> {
        if self.texts.iter().all(|&at| texts[at].len() == self.length) {
            return None;
        }
        let row = |end: usize| (0..self.length).map(move |at| at >= end);
        let filled = self.texts.iter().flat_map(|&at| row(texts[at].len()));
        Some(filled.chain(self.surplus().flat_map(|_| row(self.length))).collect())
    }

    fn surplus(&self) -> Range<usize> {
        self.texts.len()..self.rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cpu_pads_nothing() {
        let found = buckets(&[3, 5, 3, 0], true, 8);
        let bucket = |texts: &[usize], length| Bucket { texts: texts.to_vec(), rows: texts.len(), length };
        assert_eq!(found, [bucket(&[3], 1), bucket(&[0, 2], 3), bucket(&[1], 5)]);
        assert_eq!(buckets(&[100; 11], true, 8).iter().map(|it| it.rows).collect::<Vec<_>>(), [5, 5, 1]);
    }

    #[test]
    fn a_gpu_meets_few_shapes() {
        let found = buckets(&[3, 17, 16], false, 4);
        assert_eq!(found.iter().map(|it| (it.rows, it.length)).collect::<Vec<_>>(), [(4, 16), (4, 32)]);
        let texts: Vec<Vec<u32>> = vec![vec![7; 3], vec![8; 17], vec![9; 16]];
        let texts: Vec<&[u32]> = texts.iter().map(Vec::as_slice).collect();
        let ids = found[0].ids(&texts, 1);
        assert_eq!((ids.len(), &ids[..4], ids[16], ids[32]), (64, &[7, 7, 7, 1][..], 9, 1));
        let ended = found[0].ended(&texts).expect("a short row");
        assert_eq!((ended[2], ended[3], ended[16..].iter().any(|it| *it)), (false, true, false));
    }

    proptest::proptest! {
        #[test]
        fn every_text_runs_once(lengths in proptest::collection::vec(0usize..130, 0..60), cpu: bool) {
            let mut seen: Vec<usize> = buckets(&lengths, cpu, 8).into_iter().flat_map(|it| it.texts).collect();
            seen.sort_unstable();
            proptest::prop_assert_eq!(seen, (0..lengths.len()).collect::<Vec<_>>());
        }
    }
}
