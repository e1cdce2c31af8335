//! A file of weights that is read tensor by tensor and must be used up.
//!
//! Two formats: safetensors, and what `torch.save` writes, whose pickle is parsed and never executed.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Display;
use std::path::Path;

use half::{bf16, f16};
use pytorch_reader::PytorchReader;
use safetensors::SafeTensors;
use safetensors::tensor::Dtype;

use crate::LoadError;
use crate::weights::listed;

/// A file of weights from elsewhere, read by name.
///
/// A network that is built by taking each of its tensors from here, and then calls
/// [`Checkpoint::finish`], knows that the file fits: nothing was missing, nothing is left over.
#[derive(Debug)]
pub struct Checkpoint<'a> {
    file: Source<'a>,
    unread: BTreeSet<String>,
    missing: Vec<String>,
    fault: Option<LoadError>,
}

/// Where tensors come from.
#[derive(Debug)]
enum Source<'a> {
    Safetensors(SafeTensors<'a>),
    Pickle(Box<PytorchReader>),
}

/// A tensor as it lies in a file.
struct Stored<'a> {
    kind: Kind,
    shape: Vec<usize>,
    bytes: Cow<'a, [u8]>,
}

/// Kinds of numbers that weights may be.
#[derive(Clone, Copy)]
enum Kind {
    F16,
    Bf16,
    F32,
    /// Rows of signed bytes, each to be multiplied with its number in the tensor `NAME.scale`.
    Rows,
}

impl<'a> Checkpoint<'a> {
    /// Reads the header of a safetensors file.
    ///
    /// # Errors
    /// [`LoadError::UnreadableWeights`].
    pub fn read(bytes: &'a [u8]) -> Result<Self, LoadError> {
        let file = SafeTensors::deserialize(bytes).map_err(unreadable)?;
        let unread = file.names().into_iter().map(str::to_owned).collect();
        Ok(Self { file: Source::Safetensors(file), unread, missing: Vec::new(), fault: None })
    }

    /// Reads what `torch.save` wrote of a `state_dict`. Nothing in its pickle is executed.
    ///
    /// # Errors
    /// [`LoadError::UnreadableWeights`].
    pub fn read_pickle(path: &Path) -> Result<Self, LoadError> {
        let file = PytorchReader::new(path).map_err(unreadable)?;
        let unread = file.keys().into_iter().collect();
        Ok(Self { file: Source::Pickle(Box::new(file)), unread, missing: Vec::new(), fault: None })
    }

    /// Whether the file has a tensor of this name that was not taken yet.
    pub fn has(&self, name: &str) -> bool {
        self.unread.contains(name)
    }

    /// Takes a tensor of this shape in single precision; nothing when it cannot be had, which
    /// [`Checkpoint::finish`] then reports.
    pub fn take(&mut self, name: &str, shape: &[usize]) -> Option<Vec<f32>> {
        self.unread.remove(name);
        match self.values(name, shape) {
            Ok(Some(values)) => Some(values),
            Ok(None) => {
                self.missing.push(name.to_owned());
                None
            }
            Err(error) => {
                self.fault.get_or_insert(error);
                None
            }
        }
    }

    fn values(&mut self, name: &str, shape: &[usize]) -> Result<Option<Vec<f32>>, LoadError> {
        let mut scales = Vec::new();
        if self.file.is_rows(name)
            && let &[rows, _] = shape
        {
            let Some(found) = self.take(&format!("{name}.scale"), &[rows]) else {
                return Ok(Some(Vec::new()));
            };
            scales = found;
        }
        let Some(stored) = self.file.tensor(name)? else { return Ok(None) };
        if stored.shape != shape {
            return Err(LoadError::WrongShape {
                tensor: name.to_owned(),
                expected: format!("{shape:?}"),
                found: format!("{:?}", stored.shape),
            });
        }
        let values = match (stored.kind, shape) {
            (Kind::Rows, &[_, width]) => {
                let row = |(row, scale): (&[u8], &f32)| {
                    let scale = *scale;
                    row.iter().map(move |it| f32::from(it.cast_signed()) * scale).collect::<Vec<f32>>()
                };
                stored.bytes.chunks_exact(width.max(1)).zip(&scales).flat_map(row).collect()
            }
            (Kind::Rows, _) => {
                return Err(LoadError::WrongKind { tensor: name.to_owned(), found: "I8".to_owned() });
            }
            (kind, _) => floats(kind, &stored.bytes),
        };
        match values.iter().filter(|it| !it.is_finite()).count() {
            0 => Ok(Some(values)),
            count => Err(LoadError::NotFinite { tensor: name.to_owned(), count }),
        }
    }

    /// Passes over a tensor that may be there and that the network has no use for.
    pub fn skip(&mut self, name: &str) {
        self.unread.remove(name);
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// The first [`LoadError`] for a tensor of another shape or kind or with values that are not
    /// finite; else for all that were missing; else for all that were neither taken nor skipped.
    pub fn finish(self) -> Result<(), LoadError> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        if !self.missing.is_empty() {
            return Err(LoadError::MissingTensors {
                count: self.missing.len(),
                tensors: listed(self.missing),
            });
        }
        if !self.unread.is_empty() {
            let names: Vec<String> = self.unread.into_iter().collect();
            return Err(LoadError::UnusedTensors { count: names.len(), tensors: listed(names) });
        }
        Ok(())
    }
}

impl Source<'_> {
    fn is_rows(&self, name: &str) -> bool {
        matches!(self, Source::Safetensors(file) if file.tensor(name).is_ok_and(|it| it.dtype() == Dtype::I8))
    }

    fn tensor(&self, name: &str) -> Result<Option<Stored<'_>>, LoadError> {
        let wrong = |found: String| LoadError::WrongKind { tensor: name.to_owned(), found };
        Ok(match self {
            Source::Safetensors(file) => {
                let Ok(tensor) = file.tensor(name) else { return Ok(None) };
                let kind = match tensor.dtype() {
                    Dtype::F16 => Kind::F16,
                    Dtype::BF16 => Kind::Bf16,
                    Dtype::F32 => Kind::F32,
                    Dtype::I8 => Kind::Rows,
                    other => return Err(wrong(format!("{other:?}"))),
                };
                Some(Stored { kind, shape: tensor.shape().to_vec(), bytes: Cow::Borrowed(tensor.data()) })
            }
            Source::Pickle(file) => {
                use pytorch_reader::DType;
                let Some(tensor) = file.get(name) else { return Ok(None) };
                let kind = match tensor.dtype() {
                    DType::F16 => Kind::F16,
                    DType::BF16 => Kind::Bf16,
                    DType::F32 => Kind::F32,
                    other => return Err(wrong(format!("{other:?}"))),
                };
                let bytes = Cow::Owned(tensor.read().map_err(unreadable)?);
                Some(Stored { kind, shape: tensor.shape().to_vec(), bytes })
            }
        })
    }
}

fn unreadable(error: impl Display) -> LoadError {
    LoadError::UnreadableWeights { detail: error.to_string() }
}

fn floats(kind: Kind, bytes: &[u8]) -> Vec<f32> {
    let pairs = bytes.chunks_exact(2).map(|it| [it[0], it[1]]);
    match kind {
        Kind::F16 => pairs.map(|it| f16::from_le_bytes(it).to_f32()).collect(),
        Kind::Bf16 => pairs.map(|it| bf16::from_le_bytes(it).to_f32()).collect(),
        Kind::F32 => {
            let words = bytes.chunks_exact(4).map(|it| [it[0], it[1], it[2], it[3]]);
            words.map(f32::from_le_bytes).collect()
        }
        Kind::Rows => bytes.iter().map(|it| f32::from(it.cast_signed())).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use safetensors::tensor::TensorView;

    fn file(tensors: &[(&str, Dtype, &[u8])]) -> Vec<u8> {
        let views = tensors.iter().map(|(name, kind, bytes)| {
            let bits = if *kind == Dtype::F32 || *kind == Dtype::I32 { 4 } else { 2 };
            (*name, TensorView::new(*kind, vec![bytes.len() / bits], bytes).expect("a matching length"))
        });
        safetensors::serialize(views, None).expect("valid tensors")
    }

    /// 1.5 in each of the three kinds (IEEE 754: 0x3e00, 0x3fc00000; bfloat16 is its upper half).
    fn halves() -> Vec<u8> {
        file(&[
            ("a", Dtype::F16, &[0x00, 0x3e]),
            ("b", Dtype::BF16, &[0xc0, 0x3f]),
            ("c", Dtype::F32, &[0x00, 0x00, 0xc0, 0x3f]),
        ])
    }

    #[test]
    fn three_kinds_of_numbers_are_read() {
        let bytes = halves();
        let mut checkpoint = Checkpoint::read(&bytes).expect("a file");
        for name in ["a", "b", "c"] {
            assert_eq!(checkpoint.take(name, &[1]), Some(vec![1.5]), "{name}");
        }
        assert_eq!(checkpoint.finish(), Ok(()));
    }

    #[test]
    fn rows_of_bytes_have_a_scale_each() {
        let scales: Vec<u8> = [0.5f32, -2.0].iter().flat_map(|it| it.to_le_bytes()).collect();
        let views = [
            ("a", TensorView::new(Dtype::I8, vec![2, 3], &[1, 2, 0xff, 3, 0, 0x80]).expect("six bytes")),
            ("a.scale", TensorView::new(Dtype::F32, vec![2], &scales).expect("two numbers")),
        ];
        let bytes = safetensors::serialize(views, None).expect("valid tensors");
        let mut checkpoint = Checkpoint::read(&bytes).expect("a file");
        assert_eq!(checkpoint.take("a", &[2, 3]), Some(vec![0.5, 1.0, -0.5, -6.0, 0.0, 256.0]));
        assert_eq!(checkpoint.finish(), Ok(()));
        let view = TensorView::new(Dtype::I8, vec![1, 1], &[1]).expect("a byte");
        let bytes = safetensors::serialize([("a", view)], None).expect("valid tensors");
        let mut checkpoint = Checkpoint::read(&bytes).expect("a file");
        checkpoint.take("a", &[1, 1]);
        let expected = LoadError::MissingTensors { count: 1, tensors: "a.scale".into() };
        assert_eq!(checkpoint.finish(), Err(expected));
    }

    #[test]
    fn what_is_no_pickle_of_tensors_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("pytorch_model.bin");
        for bytes in [&b""[..], b"no file", b"cos\nsystem\n(S'true'\ntR."] {
            std::fs::write(&path, bytes).expect("a file");
            let result = Checkpoint::read_pickle(&path);
            assert!(matches!(result, Err(LoadError::UnreadableWeights { .. })), "{result:?}");
        }
    }

    #[test]
    fn what_is_missing_comes_before_what_is_left_over_and_both_are_named() {
        let bytes = halves();
        let mut checkpoint = Checkpoint::read(&bytes).expect("a file");
        assert_eq!(checkpoint.take("d", &[1]), None);
        checkpoint.skip("a");
        let expected = LoadError::MissingTensors { count: 1, tensors: "d".into() };
        assert_eq!(checkpoint.finish(), Err(expected));
        let mut checkpoint = Checkpoint::read(&bytes).expect("a file");
        checkpoint.skip("a");
        let expected = LoadError::UnusedTensors { count: 2, tensors: "b, c".into() };
        assert_eq!(checkpoint.finish(), Err(expected));
    }

    #[test]
    fn a_wrong_shape_kind_or_value_is_named() {
        let bytes = file(&[
            ("a", Dtype::I32, &[0; 4]),
            ("b", Dtype::F16, &[0x00, 0x7c]), // infinity
        ]);
        let reading = |name: &str, shape: &[usize]| {
            let mut checkpoint = Checkpoint::read(&bytes).expect("a file");
            assert_eq!(checkpoint.take(name, shape), None);
            checkpoint.finish().expect_err("a fault")
        };
        assert_eq!(reading("a", &[1]), LoadError::WrongKind { tensor: "a".into(), found: "I32".into() });
        assert_eq!(reading("b", &[1]), LoadError::NotFinite { tensor: "b".into(), count: 1 });
        let (expected, found) = ("[2, 1]".into(), "[1]".into());
        assert_eq!(reading("b", &[2, 1]), LoadError::WrongShape { tensor: "b".into(), expected, found });
        assert!(matches!(Checkpoint::read(b"no file"), Err(LoadError::UnreadableWeights { .. })));
    }
}
