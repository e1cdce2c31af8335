//! What comes back from a device.

use burn::tensor::Tensor;

/// The numbers of a tensor, row by row. This is where a lazy device computes, so this is where it fails.
///
/// # Errors
/// What its driver said.
pub fn values<const D: usize>(tensor: Tensor<D>) -> Result<Vec<f32>, String> {
    let data = tensor.try_into_data().map_err(|error| error.to_string())?;
    data.try_into_vec().map_err(|error| format!("{error:?}"))
}

/// The vector divided by its Euclidean length; `None` when it is not finite or has no direction.
pub fn unit(vector: &[f32]) -> Option<Vec<f32>> {
    let square: f64 = vector.iter().map(|it| f64::from(*it) * f64::from(*it)).sum();
    let length = square.sqrt();
    (length.is_finite() && length > 0.0)
        .then(|| vector.iter().map(|it| (f64::from(*it) / length) as f32).collect())
}

/// Exponentials divided by their sum, the largest logit taken off first. Not a number where a logit is none.
pub fn softmax(logits: &[f32]) -> Vec<f32> {
    let largest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f64> = logits.iter().map(|it| f64::from(it - largest).exp()).collect();
    let sum: f64 = powers.iter().sum();
    powers.iter().map(|it| (it / sum) as f32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vector_is_divided_by_its_length() {
        assert_eq!(unit(&[3.0, -4.0]), Some(vec![0.6, -0.8]));
        for bad in [&[0.0, 0.0][..], &[1.0, f32::NAN], &[f32::INFINITY, 1.0], &[]] {
            assert_eq!(unit(bad), None, "{bad:?}");
        }
        let huge = unit(&[f32::MAX, f32::MAX]).expect("its square fits an f64");
        assert!((huge[0] - 0.5f32.sqrt()).abs() < 1e-6);
    }

    #[test]
    fn probabilities_add_up_whatever_the_size_of_the_logits() {
        assert_eq!(softmax(&[1e30, 1e30]), [0.5, 0.5]);
        let odds = softmax(&[0.0, 3f32.ln()]);
        assert!((odds[1] - 0.75).abs() < 1e-6);
        assert!(softmax(&[0.0, f32::NAN]).iter().any(|it| it.is_nan()));
    }
}
