//! NumPy's file format, version 1.0: a header that names the shape, then rows of little-endian floats.
//!
//! Source: numpy.lib.format. The header is padded with blanks so that the data begins at a multiple of 64.

use std::io::{self, Write};

const MAGIC: &[u8] = b"\x93NUMPY\x01\x00";

/// Writes rows of equal length as a C-ordered array of `float32`, shape `[rows, columns]`.
pub(crate) fn write(rows: &[&[f32]], out: &mut dyn Write) -> io::Result<()> {
    let columns = rows.first().map_or(0, |row| row.len());
    let mut header =
        format!("{{'descr': '<f4', 'fortran_order': False, 'shape': ({}, {columns}), }}", rows.len())
            .into_bytes();
    let before = MAGIC.len() + 2;
    let padding = (64 - (before + header.len() + 1) % 64) % 64;
    header.resize(header.len() + padding, b' ');
    header.push(b'\n');
    out.write_all(MAGIC)?;
    out.write_all(&u16::try_from(header.len()).map_err(io::Error::other)?.to_le_bytes())?;
    out.write_all(&header)?;
    rows.iter().flat_map(|row| row.iter()).try_for_each(|value| out.write_all(&value.to_le_bytes()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn header_and_data_lie_where_numpy_reads_them() {
        let mut bytes = Vec::new();
        write(&[&[1.0, 2.0], &[-0.5, 4.0], &[0.0, 1.0]], &mut bytes).unwrap();
        let length = usize::from(u16::from_le_bytes([bytes[8], bytes[9]]));
        assert_eq!((10 + length) % 64, 0);
        let header = std::str::from_utf8(&bytes[10..10 + length]).unwrap();
        assert_eq!(header.trim_end(), "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }");
        assert!(header.ends_with('\n'));
        assert_eq!(bytes.len(), 10 + length + 24);
        assert_eq!(bytes[10 + length + 8..10 + length + 12], (-0.5f32).to_le_bytes());
    }
}
