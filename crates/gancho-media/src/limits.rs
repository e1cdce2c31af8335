//! What a picture may cost before it is refused.

/// Ceilings that are checked against a file's own claims before anything is decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Largest file, in bytes.
    pub max_bytes: u64,
    /// Largest picture, in pixels (width times height as stored).
    pub max_pixels: u64,
    /// Largest sum of buffers that decoding needs at one time, in bytes.
    pub max_memory: u64,
}

impl Default for Limits {
    /// 64 MiB of file, 100 megapixels, 1 GiB of memory.
    fn default() -> Self {
        Self { max_bytes: 64 << 20, max_pixels: 100_000_000, max_memory: 1 << 30 }
    }
}

/// How much of a picture's resolution the caller needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Every stored pixel.
    Full,
    /// A JPEG may be decoded at 1/2, 1/4 or 1/8 as long as its shorter side stays at least this long,
    /// in pixels. Other formats are decoded in full.
    AtLeast(u32),
}
