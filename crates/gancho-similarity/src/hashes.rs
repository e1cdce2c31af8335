//! Perceptual hashes as bits, and how many of them differ.

/// A PDQ hash: 256 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pdq([u64; 4]);

impl Pdq {
    /// Reads 64 hexadecimal digits; `None` for anything else.
    pub fn parse(hex: &str) -> Option<Self> {
        if hex.len() != 64 || !hex.is_ascii() {
            return None;
        }
        let mut words = [0; 4];
        for (index, word) in words.iter_mut().enumerate() {
            *word = u64::from_str_radix(&hex[index * 16..][..16], 16).ok()?;
        }
        Some(Self(words))
    }

    /// Bits that differ, 0 to 256; unrelated pictures differ in about 128.
    pub fn distance(self, other: Self) -> u32 {
        self.0.iter().zip(other.0).map(|(a, b)| (a ^ b).count_ones()).sum()
    }
}

/// A difference hash: 64 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dhash(u64);

impl Dhash {
    /// Reads 16 hexadecimal digits; `None` for anything else.
    pub fn parse(hex: &str) -> Option<Self> {
        if hex.len() != 16 {
            return None;
        }
        u64::from_str_radix(hex, 16).ok().map(Self)
    }

    /// Bits that differ, 0 to 64; unrelated pictures differ in about 32.
    pub fn distance(self, other: Self) -> u32 {
        (self.0 ^ other.0).count_ones()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_count_bits() {
        let zero = Pdq::parse(&"0".repeat(64)).expect("hexadecimal");
        let some = Pdq::parse(&format!("{}f{}1", "0".repeat(40), "0".repeat(22))).expect("hexadecimal");
        assert_eq!(zero.distance(some), 5);
        let [a, b] =
            ["00000000000000ff", "800000000000000f"].map(|it| Dhash::parse(it).expect("hexadecimal"));
        assert_eq!(a.distance(b), 5);
    }

    #[test]
    fn what_is_no_hash_is_refused() {
        assert_eq!(Pdq::parse("12"), None);
        assert_eq!(Pdq::parse(&"g".repeat(64)), None);
        assert_eq!(Pdq::parse(&"é".repeat(32)), None);
        assert_eq!(Dhash::parse("00000000000000000"), None);
    }
}
