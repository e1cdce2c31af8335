//! Fills a network from a safetensors file, strictly.
//!
//! Weights lie on disk in half precision and are cast to single precision on the way in, because
//! the CPU backend computes in that. Tensors are named as in PyTorch's `state_dict`, and linear
//! layers lie in PyTorch's order `[out, in]`.

use burn::module::Module;
use burn::tensor::DType;
use burn_store::{
    ApplyError, FloatCastAdapter, ModuleAdapter, ModuleSnapshot, PyTorchToBurnAdapter, SafetensorsStore,
};
use half::{bf16, f16};
use safetensors::SafeTensors;
use safetensors::tensor::{Dtype, TensorView};
use serde::Serialize;

/// Why a weights file does not fill a network.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum LoadError {
    /// The bytes are not a safetensors file.
    #[error("the weights are not a readable safetensors file: {detail}")]
    UnreadableWeights {
        /// What the reader said.
        detail: String,
    },
    /// The network needs tensors that the file lacks.
    #[error("the weights lack {count} tensors of this network: {tensors}; they belong to another version")]
    MissingTensors {
        /// How many.
        count: usize,
        /// Their names, separated by commas.
        tensors: String,
    },
    /// The file has tensors that the network does not know.
    #[error(
        "the weights have {count} tensors that this network does not: {tensors}; they belong to another version"
    )]
    UnusedTensors {
        /// How many.
        count: usize,
        /// Their names, separated by commas.
        tensors: String,
    },
    /// A tensor has another shape than the network's.
    #[error("tensor `{tensor}` of the weights has shape {found}, the network needs {expected}")]
    WrongShape {
        /// Its name.
        tensor: String,
        /// The network's shape; a linear layer's is `[in, out]` here.
        expected: String,
        /// The file's shape, in the same order.
        found: String,
    },
    /// A tensor is not of a floating-point kind.
    #[error("tensor `{tensor}` of the weights holds {found}; expected F16, BF16 or F32")]
    WrongKind {
        /// Its name.
        tensor: String,
        /// The kind of number it holds.
        found: String,
    },
    /// A tensor holds infinities or values that are not numbers.
    #[error("tensor `{tensor}` of the weights holds {count} values that are not finite numbers")]
    NotFinite {
        /// Its name.
        tensor: String,
        /// How many.
        count: usize,
    },
}

impl LoadError {
    /// Every code this type serializes with.
    pub const CODES: &[&str] = &[
        "unreadable-weights",
        "missing-tensors",
        "unused-tensors",
        "wrong-shape",
        "wrong-kind",
        "not-finite",
    ];
}

/// Fills `network` from the bytes of a safetensors file, in single precision.
///
/// The file must fit exactly. Tensor names are the network's field names joined by dots.
///
/// # Errors
/// A [`LoadError`] for a tensor that is missing, unused, of another shape or kind, or not finite.
/// The network is then partly filled and must not be used.
pub fn load_weights<M: Module + ModuleSnapshot>(network: &mut M, bytes: &[u8]) -> Result<(), LoadError> {
    let unreadable = |detail: String| LoadError::UnreadableWeights { detail };
    let file = SafeTensors::deserialize(bytes).map_err(|error| unreadable(error.to_string()))?;
    for (name, tensor) in file.tensors() {
        check_values(&name, &tensor)?;
    }
    let mut store = SafetensorsStore::from_bytes(Some(bytes.to_vec()))
        .with_from_adapter(PyTorchToBurnAdapter.chain(FloatCastAdapter::to(DType::F32)))
        // Both off: what is wrong then comes back as fields instead of one sentence.
        .allow_partial(true)
        .validate(false);
    let applied = network.load_from(&mut store).map_err(|error| unreadable(error.to_string()))?;
    if let Some(error) = applied.errors.into_iter().next() {
        return Err(from_apply(error));
    }
    if !applied.missing.is_empty() {
        let names: Vec<String> = applied.missing.into_iter().map(|(name, _)| name).collect();
        return Err(LoadError::MissingTensors { count: names.len(), tensors: listed(names) });
    }
    if !applied.unused.is_empty() {
        let names = applied.unused;
        return Err(LoadError::UnusedTensors { count: names.len(), tensors: listed(names) });
    }
    Ok(())
}

/// At most five names, in order: a wrong file misses a hundred.
pub(crate) fn listed(mut names: Vec<String>) -> String {
    names.sort();
    let more = names.len() > 5;
    names.truncate(5);
    names.join(", ") + if more { ", …" } else { "" }
}

fn from_apply(error: ApplyError) -> LoadError {
    match error {
        ApplyError::ShapeMismatch { path, expected, found } => LoadError::WrongShape {
            tensor: path,
            expected: format!("{:?}", expected.as_slice()),
            found: format!("{:?}", found.as_slice()),
        },
        ApplyError::DTypeMismatch { path, found, .. } => {
            LoadError::WrongKind { tensor: path, found: format!("{found:?}") }
        }
        ApplyError::AdapterError { path, message } | ApplyError::LoadError { path, message } => {
            LoadError::UnreadableWeights { detail: format!("{path}: {message}") }
        }
    }
}

fn check_values(name: &str, tensor: &TensorView<'_>) -> Result<(), LoadError> {
    let pairs = || tensor.data().chunks_exact(2).map(|it| [it[0], it[1]]);
    let count = match tensor.dtype() {
        Dtype::F16 => pairs().filter(|it| !f16::from_le_bytes(*it).is_finite()).count(),
        Dtype::BF16 => pairs().filter(|it| !bf16::from_le_bytes(*it).is_finite()).count(),
        Dtype::F32 => {
            let words = tensor.data().chunks_exact(4).map(|it| [it[0], it[1], it[2], it[3]]);
            words.filter(|it| !f32::from_le_bytes(*it).is_finite()).count()
        }
        other => return Err(LoadError::WrongKind { tensor: name.to_owned(), found: format!("{other:?}") }),
    };
    if count > 0 {
        return Err(LoadError::NotFinite { tensor: name.to_owned(), count });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use burn::nn::conv::{Conv2d, Conv2dConfig};
    use burn::nn::{Linear, LinearConfig};
    use burn::tensor::{Device, Tensor};

    use super::*;

    #[derive(Module, Debug)]
    struct Net {
        conv: Conv2d,
        fc: Linear,
    }

    fn net() -> Net {
        let device = Device::flex();
        Net {
            conv: Conv2dConfig::new([1, 2], [1, 1]).init(&device),
            fc: LinearConfig::new(2, 3).init(&device),
        }
    }

    type Stored = (&'static str, Vec<usize>, Vec<f32>);

    /// Weights that fit [`Net`], in PyTorch's names and order.
    fn fitting() -> Vec<Stored> {
        vec![
            ("conv.weight", vec![2, 1, 1, 1], vec![1.0, 2.0]),
            ("conv.bias", vec![2], vec![0.5, -0.5]),
            ("fc.weight", vec![3, 2], vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0]),
            ("fc.bias", vec![3], vec![0.0, 0.0, 1.0]),
        ]
    }

    fn half_precision(tensors: &[Stored]) -> Vec<u8> {
        let bytes: Vec<Vec<u8>> = tensors
            .iter()
            .map(|(_, _, values)| values.iter().flat_map(|it| f16::from_f32(*it).to_le_bytes()).collect())
            .collect();
        let views = tensors.iter().zip(&bytes).map(|((name, shape, _), bytes)| {
            (*name, TensorView::new(Dtype::F16, shape.clone(), bytes).expect("a matching length"))
        });
        safetensors::serialize(views, None).expect("valid tensors")
    }

    fn loaded(tensors: &[Stored]) -> Result<Net, LoadError> {
        let mut net = net();
        load_weights(&mut net, &half_precision(tensors)).map(|()| net)
    }

    #[test]
    fn half_precision_weights_are_cast_and_linear_layers_turned() {
        let net = loaded(&fitting()).expect("an exact fit");
        assert_eq!(net.conv.weight.val().dtype(), DType::F32);
        let input = Tensor::<2>::from_floats([[1.0, 10.0]], &Device::flex());
        let output: Vec<f32> = net.fc.forward(input).into_data().try_into_vec().expect("f32");
        assert_eq!(output, [21.0, 43.0, 66.0]);
    }

    #[test]
    fn a_missing_tensor_is_named() {
        let error = loaded(&fitting()[..3]).expect_err("no fc.bias");
        assert_eq!(error, LoadError::MissingTensors { count: 1, tensors: "fc.bias".into() });
    }

    #[test]
    fn an_unused_tensor_is_named() {
        let mut tensors = fitting();
        tensors.push(("head.weight", vec![1], vec![0.0]));
        let error = loaded(&tensors).expect_err("one too many");
        assert_eq!(error, LoadError::UnusedTensors { count: 1, tensors: "head.weight".into() });
    }

    #[test]
    fn a_wrong_shape_is_named_with_both_shapes() {
        let mut tensors = fitting();
        tensors[1] = ("conv.bias", vec![3], vec![0.0; 3]);
        let error = loaded(&tensors).expect_err("three biases for two channels");
        let expected =
            LoadError::WrongShape { tensor: "conv.bias".into(), expected: "[2]".into(), found: "[3]".into() };
        assert_eq!(error, expected);
    }

    #[test]
    fn values_that_are_not_numbers_are_refused() {
        for bad in [f32::NAN, f32::INFINITY, 1e6] {
            let mut tensors = fitting();
            tensors[1].2[0] = bad;
            let error = loaded(&tensors).expect_err("not finite in half precision");
            assert_eq!(error, LoadError::NotFinite { tensor: "conv.bias".into(), count: 1 });
        }
    }

    #[test]
    fn other_kinds_of_numbers_and_other_files_are_refused() {
        let view = TensorView::new(Dtype::U8, vec![2], &[1, 2]).expect("two bytes");
        let bytes = safetensors::serialize([("conv.bias", view)], None).expect("a valid file");
        let error = load_weights(&mut net(), &bytes).expect_err("bytes are no weights");
        assert_eq!(error, LoadError::WrongKind { tensor: "conv.bias".into(), found: "U8".into() });
        for bytes in [&b""[..], b"not a safetensors file", &half_precision(&fitting())[..40]] {
            let error = load_weights(&mut net(), bytes).expect_err("not a file of weights");
            assert!(matches!(error, LoadError::UnreadableWeights { .. }), "{error}");
        }
    }

    #[test]
    fn the_list_of_codes_is_complete() {
        let text = || String::from("x");
        let one_of_each = [
            LoadError::UnreadableWeights { detail: text() },
            LoadError::MissingTensors { count: 1, tensors: text() },
            LoadError::UnusedTensors { count: 1, tensors: text() },
            LoadError::WrongShape { tensor: text(), expected: text(), found: text() },
            LoadError::WrongKind { tensor: text(), found: text() },
            LoadError::NotFinite { tensor: text(), count: 1 },
        ];
        let codes: Vec<String> = one_of_each
            .iter()
            .map(|it| {
                serde_json::to_value(it).expect("plain fields")["code"].as_str().expect("a tag").to_owned()
            })
            .collect();
        assert_eq!(codes, LoadError::CODES);
    }
}
