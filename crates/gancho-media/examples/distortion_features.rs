//! Prints the traces of distortion and the terms of complexity of pictures as CSV.
//!
//! `distortion_features < LIST > FEATURES.csv`, a path on each line of LIST. Pictures are decoded as the product
//! decodes them; a file that cannot be read is named on standard error and left out.

#![allow(clippy::print_stderr)]

use std::io::{BufWriter, Write as _, stdin, stdout};
use std::path::Path;

use gancho_media::{Complexity, Detail, DistortionFeatures, Limits, Measures, decode, read_bytes};

fn main() -> std::io::Result<()> {
    let mut out = BufWriter::new(stdout().lock());
    write!(out, "file,{}", DistortionFeatures::names().join(","))?;
    writeln!(out, ",jpeg_bits,edge_density,segments,color_entropy,complexity")?;
    for line in stdin().lines() {
        let line = line?;
        let limits = Limits::default();
        let read = read_bytes(Path::new(&line), &limits);
        let decoded = read.and_then(|bytes| decode(&bytes, &limits, Detail::AtLeast(512)));
        let picture = match decoded {
            Ok(picture) => picture,
            Err(error) => {
                eprintln!("{line}: {error}");
                continue;
            }
        };
        write!(out, "{line}")?;
        for value in DistortionFeatures::of(&picture.pixels).values() {
            write!(out, ",{value}")?;
        }
        let complexity = Complexity::of(&picture.pixels, &Measures::of(&picture.pixels));
        let it = complexity.terms;
        write!(out, ",{},{},{},{}", it.jpeg_bits, it.edge_density, it.segments, it.color_entropy)?;
        writeln!(out, ",{}", complexity.score)?;
    }
    Ok(())
}
