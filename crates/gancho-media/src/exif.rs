//! The orientation tag of an EXIF block, and whether the block is broken.
//!
//! `image` reads the same tag but cannot tell a missing tag from a broken block; people want to know.

/// Reads tag 0x0112 of the first directory (EXIF 2.32, section 4.6.4).
///
/// `block` begins at the TIFF header, or at the `Exif\0\0` that some writers leave before it.
/// `Ok(None)` means that the block is sound and says nothing of orientation.
pub(crate) fn orientation(block: &[u8]) -> Result<Option<u8>, &'static str> {
    let block = block.strip_prefix(b"Exif\0\0").unwrap_or(block);
    let little = match block.get(..4) {
        Some([b'I', b'I', 42, 0]) => true,
        Some([b'M', b'M', 0, 42]) => false,
        _ => return Err("no TIFF header"),
    };
    let short = |at: usize| -> Option<u16> {
        let two = block.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(two) } else { u16::from_be_bytes(two) })
    };
    let long = |at: usize| -> Option<u32> {
        let (a, b) = (short(at)?, short(at.checked_add(2)?)?);
        let (low, high) = if little { (a, b) } else { (b, a) };
        Some(u32::from(high) << 16 | u32::from(low))
    };

    let directory = long(4).ok_or("the header is cut off")? as usize;
    let entries = short(directory).ok_or("the directory lies outside the block")?;
    for index in 0..usize::from(entries) {
        let entry = directory.saturating_add(2).saturating_add(index * 12);
        let tag = short(entry).ok_or("the directory is cut off")?;
        if tag != 0x0112 {
            continue;
        }
        // Type 3 is SHORT; some writers use LONG (4), whose value then needs all four bytes.
        let value = match short(entry + 2) {
            Some(3) => short(entry + 8).map(u32::from),
            Some(4) => long(entry + 8),
            Some(_) => return Err("the orientation has a wrong type"),
            None => None,
        };
        return match value {
            Some(value @ 1..=8) => Ok(Some(value as u8)),
            // Zero is what cameras write for "unknown".
            Some(0) => Ok(None),
            Some(_) => Err("the orientation is not one of 1 to 8"),
            None => Err("the directory is cut off"),
        };
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(value: u8) -> Vec<u8> {
        [&b"MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"[..], &[value, 0, 0, 0, 0, 0, 0]].concat()
    }

    #[test]
    fn reads_both_byte_orders_and_the_stray_prefix() {
        assert_eq!(orientation(&block(6)), Ok(Some(6)));
        assert_eq!(orientation(&[&b"Exif\0\0"[..], &block(8)].concat()), Ok(Some(8)));
        let little = b"II\x2A\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x03\0\0\0\0\0\0\0";
        assert_eq!(orientation(little), Ok(Some(3)));
    }

    #[test]
    fn tells_absent_from_broken() {
        assert_eq!(orientation(b"II\x2A\0\x08\0\0\0\0\0\0\0\0\0"), Ok(None));
        assert_eq!(orientation(&block(0)), Ok(None));
        assert_eq!(orientation(&block(9)), Err("the orientation is not one of 1 to 8"));
        assert_eq!(orientation(b"II\x2A\0\xF0\xFF\xFF\xFF"), Err("the directory lies outside the block"));
        assert_eq!(orientation(&block(6)[..12]), Err("the directory is cut off"));
        assert_eq!(orientation(b"garbage"), Err("no TIFF header"));
        assert_eq!(orientation(b""), Err("no TIFF header"));
    }
}
