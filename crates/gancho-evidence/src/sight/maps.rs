//! Maps in one byte a cell.
//!
//! Whatever is read off a map is read off its bytes, so a map that comes out of the cache, or out of a
//! record, gives the readings that stand beside it.

use gancho_vision::Grid;
use serde::{Deserialize, Serialize};

/// Where people look: one byte a cell, the square root of the cell's share of the largest one.
///
/// The root spends the bytes where a map has most of its cells, far below the peak: the smallest step is
/// 1/65,025 of the peak, the largest 1/128 of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AttentionMap {
    /// Cells along a side; 0 when the map was not kept.
    pub side: u32,
    #[serde(with = "bytes")]
    levels: Vec<u8>,
}

/// Where text is: one byte a cell, 255 times the probability.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TextMap {
    /// Cells along a side; 0 when the map was not kept.
    pub side: u32,
    #[serde(with = "bytes")]
    levels: Vec<u8>,
}

impl AttentionMap {
    /// Takes a map of shares. What is not a positive number counts as none; a map without any attention
    /// is even.
    pub fn of(grid: &Grid) -> Self {
        let (side, values) = whole(grid);
        let peak = values.iter().copied().fold(0.0, f32::max);
        let level = |it: f32| if peak > 0.0 { (255.0 * (it / peak).sqrt()).round() as u8 } else { 255 };
        Self { side, levels: values.into_iter().map(level).collect() }
    }

    /// Shares of attention, row by row from the top left, summing to 1; empty when not kept.
    pub fn shares(&self) -> Vec<f64> {
        let total: u64 = self.levels.iter().map(|it| u64::from(*it).pow(2)).sum();
        self.levels.iter().map(|it| f64::from(*it).powi(2) / total.max(1) as f64).collect()
    }
}

impl TextMap {
    /// The cells, row by row from the top left; empty when the map was not kept.
    pub fn levels(&self) -> &[u8] {
        &self.levels
    }

    /// Takes a map of probabilities. What is not a number counts as no text.
    pub fn of(grid: &Grid) -> Self {
        let (side, values) = whole(grid);
        let level = |it: f32| (it.min(1.0) * 255.0).round() as u8;
        Self { side, levels: values.into_iter().map(level).collect() }
    }

    /// The probabilities.
    pub fn probabilities(&self) -> Grid {
        let values = self.levels.iter().map(|it| f32::from(*it) / 255.0).collect();
        Grid { side: self.side as usize, values }
    }
}

/// Side and values of a map: as many as its side says, at least one, none negative or not finite.
fn whole(grid: &Grid) -> (u32, Vec<f32>) {
    let side = grid.side.max(1);
    let mut values: Vec<f32> =
        grid.values.iter().map(|it| if it.is_finite() { it.max(0.0) } else { 0.0 }).collect();
    values.resize(side * side, 0.0);
    (side as u32, values)
}

/// Bytes as bytes: MessagePack would write a vector of numbers at up to two bytes each.
mod bytes {
    use std::fmt;

    use serde::de::{SeqAccess, Visitor};
    use serde::{Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(bytes)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        deserializer.deserialize_byte_buf(Bytes)
    }

    struct Bytes;

    impl<'de> Visitor<'de> for Bytes {
        type Value = Vec<u8>;

        fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
            out.write_str("bytes")
        }

        fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
            Ok(bytes.to_vec())
        }

        fn visit_byte_buf<E>(self, bytes: Vec<u8>) -> Result<Vec<u8>, E> {
            Ok(bytes)
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<u8>, A::Error> {
            let mut bytes = Vec::new();
            while let Some(byte) = items.next_element()? {
                bytes.push(byte);
            }
            Ok(bytes)
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn shares_sum_to_one_and_keep_their_proportions() {
        let map = AttentionMap::of(&Grid { side: 2, values: vec![0.64, 0.16, 0.16, 0.04] });
        // Levels 255, 128 (127.5), 128 and 64 (63.75): within a hundredth of a share.
        let shares = map.shares();
        assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        for (found, wanted) in shares.iter().zip([0.64, 0.16, 0.16, 0.04]) {
            assert!((found - wanted).abs() < 0.004, "{shares:?}");
        }
    }

    #[test]
    fn a_faint_cell_is_not_lost() {
        let mut values = vec![1e-4; 44 * 44];
        values[0] = 1.0;
        let shares = AttentionMap::of(&Grid { side: 44, values }).shares();
        // 1,935 cells of 1e-4 are 16 % of the whole. Level 3, for 2.55, makes them 21 %; in linear bytes
        // all of them would be nothing.
        let faint: f64 = shares[1..].iter().sum();
        assert!((faint - 0.211).abs() < 0.002, "{faint}");
    }

    #[test]
    fn nonsense_becomes_an_even_map() {
        for values in [vec![f32::NAN; 4], vec![-1.0; 4], Vec::new()] {
            assert_eq!(AttentionMap::of(&Grid { side: 2, values }).shares(), [0.25; 4]);
        }
        assert_eq!(AttentionMap::of(&Grid { side: 0, values: Vec::new() }).shares(), [1.0]);
    }

    #[test]
    fn the_cache_gives_back_the_same_bytes() {
        let map = TextMap::of(&Grid { side: 2, values: vec![0.0, 0.2, 0.5, 7.0] });
        let stored = rmp_serde::to_vec_named(&map).unwrap();
        assert_eq!(rmp_serde::from_slice::<TextMap>(&stored).unwrap(), map);
        assert_eq!(map.probabilities().values, [0.0, 0.2, 128.0 / 255.0, 1.0]);
    }
}
