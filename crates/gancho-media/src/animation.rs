//! Frames and duration, counted from the containers' own structure without decoding a frame.
//!
//! A walk stops at the first thing it does not understand and reports what it has counted: whether the
//! file is sound is for the decoder to say.

use crate::{Animation, Format};

/// Frames and duration of a GIF, WebP or PNG; `None` for a still picture.
pub(crate) fn count(bytes: &[u8], format: Format) -> Option<Animation> {
    let mut tally = Tally::default();
    match format {
        Format::Gif => gif(bytes, &mut tally),
        Format::WebP => webp(bytes, &mut tally),
        Format::Png => png(bytes, &mut tally),
        _ => None,
    };
    (tally.frames > 1).then_some(Animation { frames: tally.frames, duration_ms: tally.duration_ms })
}

/// Width and height that the first frame of a GIF claims, which may be far more than its canvas.
pub(crate) fn gif_frame_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut tally = Tally::default();
    gif(bytes, &mut tally);
    tally.first_frame
}

#[derive(Default)]
struct Tally {
    first_frame: Option<(u32, u32)>,
    frames: u32,
    duration_ms: u64,
}

impl Tally {
    fn add(&mut self, delay_ms: u64) {
        self.frames = self.frames.saturating_add(1);
        self.duration_ms = self.duration_ms.saturating_add(delay_ms);
    }
}

/// GIF 89a: delays are in hundredths of a second, in the graphic control extension before a frame.
fn gif(bytes: &[u8], tally: &mut Tally) -> Option<()> {
    let color_table = |packed: u8| if packed & 0x80 != 0 { 3 << ((packed & 7) + 1) } else { 0usize };
    let mut at = 13 + color_table(*bytes.get(10)?);
    let mut delay_ms = 0;
    loop {
        match *bytes.get(at)? {
            0x21 => {
                if *bytes.get(at + 1)? == 0xF9 {
                    let delay = bytes.get(at + 4..at + 6)?;
                    delay_ms = 10 * u64::from(u16::from_le_bytes([delay[0], delay[1]]));
                }
                at = skip_sub_blocks(bytes, at + 2)?;
            }
            0x2C => {
                let place = bytes.get(at + 5..at + 10)?;
                let side = |at: usize| u32::from(u16::from_le_bytes([place[at], place[at + 1]]));
                tally.first_frame.get_or_insert((side(0), side(2)));
                let packed = place[4];
                at = skip_sub_blocks(bytes, at + 11 + color_table(packed))?;
                tally.add(std::mem::take(&mut delay_ms));
            }
            _ => return None,
        }
    }
}

fn skip_sub_blocks(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    }
}

/// WebP: every frame is an `ANMF` chunk with its delay in milliseconds, 24 bits at offset 12.
fn webp(bytes: &[u8], tally: &mut Tally) -> Option<()> {
    let mut at = 12usize;
    loop {
        let head = bytes.get(at..at.checked_add(8)?)?;
        let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
        if &head[..4] == b"ANMF" {
            let delay = bytes.get(at + 20..at + 23)?;
            tally.add(u64::from(u32::from_le_bytes([delay[0], delay[1], delay[2], 0])));
        }
        at = at.checked_add(8)?.checked_add(length)?.checked_add(length & 1)?;
    }
}

/// APNG: every frame has an `fcTL` chunk with its delay as a fraction of a second.
fn png(bytes: &[u8], tally: &mut Tally) -> Option<()> {
    let mut at = 8usize;
    loop {
        let head = bytes.get(at..at.checked_add(8)?)?;
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        if &head[4..8] == b"fcTL" {
            let delay = bytes.get(at + 28..at + 32)?;
            let numerator = u64::from(u16::from_be_bytes([delay[0], delay[1]]));
            // A denominator of zero means hundredths (APNG 1.0).
            let denominator = match u16::from_be_bytes([delay[2], delay[3]]) {
                0 => 100,
                it => u64::from(it),
            };
            tally.add(numerator * 1000 / denominator);
        }
        at = at.checked_add(12)?.checked_add(length)?;
    }
}
