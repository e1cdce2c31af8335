//! A safetensors file that is read tensor by tensor and must be used up.

use std::collections::BTreeSet;

use half::{bf16, f16};
use safetensors::SafeTensors;
use safetensors::tensor::{Dtype, TensorView};

use crate::LoadError;
use crate::weights::listed;

/// A file of weights from elsewhere, read by name.
///
/// A network that is built by taking each of its tensors from here, and then calls
/// [`Checkpoint::finish`], knows that the file fits: nothing was missing, nothing is left over.
#[derive(Debug)]
pub struct Checkpoint<'a> {
    file: SafeTensors<'a>,
    unread: BTreeSet<String>,
    missing: Vec<String>,
    fault: Option<LoadError>,
}

impl<'a> Checkpoint<'a> {
    /// Reads the header of a safetensors file.
    ///
    /// # Errors
    /// [`LoadError::UnreadableWeights`].
    pub fn read(bytes: &'a [u8]) -> Result<Self, LoadError> {
        let file = SafeTensors::deserialize(bytes)
            .map_err(|error| LoadError::UnreadableWeights { detail: error.to_string() })?;
        let unread = file.names().into_iter().map(str::to_owned).collect();
        Ok(Self { file, unread, missing: Vec::new(), fault: None })
    }

    /// Takes a tensor of this shape in single precision; nothing when it cannot be had, which
    /// [`Checkpoint::finish`] then reports.
    pub fn take(&mut self, name: &str, shape: &[usize]) -> Option<Vec<f32>> {
        self.unread.remove(name);
        let Ok(tensor) = self.file.tensor(name) else {
            self.missing.push(name.to_owned());
            return None;
        };
        let values = if tensor.shape() == shape {
            floats(name, &tensor)
        } else {
            Err(LoadError::WrongShape {
                tensor: name.to_owned(),
                expected: format!("{shape:?}"),
                found: format!("{:?}", tensor.shape()),
            })
        };
        match values {
            Ok(values) => Some(values),
            Err(error) => {
                self.fault.get_or_insert(error);
                None
            }
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

fn floats(name: &str, tensor: &TensorView<'_>) -> Result<Vec<f32>, LoadError> {
    let pairs = || tensor.data().chunks_exact(2).map(|it| [it[0], it[1]]);
    let values: Vec<f32> = match tensor.dtype() {
        Dtype::F16 => pairs().map(|it| f16::from_le_bytes(it).to_f32()).collect(),
        Dtype::BF16 => pairs().map(|it| bf16::from_le_bytes(it).to_f32()).collect(),
        Dtype::F32 => {
            let words = tensor.data().chunks_exact(4).map(|it| [it[0], it[1], it[2], it[3]]);
            words.map(f32::from_le_bytes).collect()
        }
        other => return Err(LoadError::WrongKind { tensor: name.to_owned(), found: format!("{other:?}") }),
    };
    match values.iter().filter(|it| !it.is_finite()).count() {
        0 => Ok(values),
        count => Err(LoadError::NotFinite { tensor: name.to_owned(), count }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
