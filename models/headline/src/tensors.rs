//! Reading and writing what both models have in common: named lists in a safetensors file with a format.

use std::collections::HashMap;

use half::f16;
use safetensors::SafeTensorError;
use safetensors::tensor::{Dtype, SafeTensors, TensorView, serialize};

use crate::error::HeadlineError;

/// A file that names the format it was expected to have.
pub(crate) struct Lists<'a> {
    tensors: SafeTensors<'a>,
}

impl<'a> Lists<'a> {
    /// Opens a file of one format.
    pub(crate) fn open(bytes: &'a [u8], format: &str) -> Result<Self, HeadlineError> {
        let (_, metadata) = SafeTensors::read_metadata(bytes).map_err(|it| refused(&it))?;
        let found = metadata.metadata().as_ref().and_then(|it| it.get("format")).cloned().unwrap_or_default();
        if found != format {
            return Err(HeadlineError::Format { found, expected: format.into() });
        }
        Ok(Self { tensors: SafeTensors::deserialize(bytes).map_err(|it| refused(&it))? })
    }

    /// A text.
    pub(crate) fn text(&self, name: &str) -> Result<String, HeadlineError> {
        Ok(String::from_utf8_lossy(self.raw(name, Dtype::U8)?).into_owned())
    }

    /// Unsigned whole numbers.
    pub(crate) fn whole(&self, name: &str) -> Result<Vec<u32>, HeadlineError> {
        let bytes = self.raw(name, Dtype::U32)?;
        Ok(bytes.chunks_exact(4).map(|it| u32::from_le_bytes([it[0], it[1], it[2], it[3]])).collect())
    }

    /// Numbers in half precision.
    pub(crate) fn halves(&self, name: &str) -> Result<Vec<f32>, HeadlineError> {
        let bytes = self.raw(name, Dtype::F16)?;
        Ok(bytes.chunks_exact(2).map(|it| f16::from_le_bytes([it[0], it[1]]).to_f32()).collect())
    }

    fn raw(&self, name: &str, dtype: Dtype) -> Result<&'a [u8], HeadlineError> {
        let fault = |detail: String| HeadlineError::Tensor { tensor: name.into(), detail };
        let tensor = self.tensors.tensor(name).map_err(|it| fault(it.to_string()))?;
        if tensor.dtype() != dtype || tensor.shape().len() != 1 {
            return Err(fault(format!("expected one dimension of {dtype:?}, found {:?}", tensor.dtype())));
        }
        Ok(tensor.data())
    }
}

/// A list on its way into a file: name, type, bytes.
pub(crate) type List<'a> = (&'a str, Dtype, Vec<u8>);

/// Writes lists as a file of one format.
pub(crate) fn write(format: &str, lists: &[List]) -> Result<Vec<u8>, HeadlineError> {
    let mut views = Vec::new();
    for (name, dtype, bytes) in lists {
        let shape = vec![8 * bytes.len() / dtype.bitsize()];
        views.push((*name, TensorView::new(*dtype, shape, bytes).map_err(|it| refused(&it))?));
    }
    // One entry and no more: a map of several would be written in another order in every run.
    let metadata = HashMap::from([("format".to_owned(), format.to_owned())]);
    serialize(views, Some(metadata)).map_err(|it| refused(&it))
}

/// The bytes of numbers in half precision.
pub(crate) fn to_halves(values: &[f32]) -> Vec<u8> {
    values.iter().flat_map(|it| f16::from_f32(*it).to_le_bytes()).collect()
}

fn refused(error: &SafeTensorError) -> HeadlineError {
    HeadlineError::NotSafetensors { detail: error.to_string() }
}
