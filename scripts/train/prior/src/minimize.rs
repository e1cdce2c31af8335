//! Limited-memory BFGS for smooth convex functions, with a backtracking line search.

use std::collections::VecDeque;

const MEMORY: usize = 10;
const MOST_STEPS: usize = 200;
const TOLERANCE: f64 = 1e-5;

/// Finds the minimum of a function that returns its value and fills in its gradient.
pub(crate) fn minimize(mut at: Vec<f64>, mut function: impl FnMut(&[f64], &mut [f64]) -> f64) -> Vec<f64> {
    let mut gradient = vec![0.0; at.len()];
    let mut value = function(&at, &mut gradient);
    let mut memory: VecDeque<(Vec<f64>, Vec<f64>)> = VecDeque::new();
    let first = norm(&gradient);
    for _ in 0..MOST_STEPS {
        if norm(&gradient) <= TOLERANCE * first.max(1e-12) {
            break;
        }
        let direction = direction(&gradient, &memory);
        let slope = dot(&direction, &gradient);
        let mut length = if memory.is_empty() { 1.0 / norm(&gradient).max(1.0) } else { 1.0 };
        let mut next_gradient = vec![0.0; at.len()];
        let (next, next_value) = loop {
            let next: Vec<f64> = at.iter().zip(&direction).map(|(it, step)| it + length * step).collect();
            let next_value = function(&next, &mut next_gradient);
            if next_value <= value + 1e-4 * length * slope || length < 1e-12 {
                break (next, next_value);
            }
            length /= 2.0;
        };
        let step: Vec<f64> = next.iter().zip(&at).map(|(next, it)| next - it).collect();
        let change: Vec<f64> = next_gradient.iter().zip(&gradient).map(|(next, it)| next - it).collect();
        if dot(&step, &change) <= 0.0 {
            break;
        }
        memory.push_back((step, change));
        if memory.len() > MEMORY {
            memory.pop_front();
        }
        (at, value, gradient) = (next, next_value, next_gradient);
    }
    at
}

/// The two-loop recursion: the inverse Hessian, as far as remembered, times minus the gradient.
fn direction(gradient: &[f64], memory: &VecDeque<(Vec<f64>, Vec<f64>)>) -> Vec<f64> {
    let mut direction: Vec<f64> = gradient.iter().map(|it| -it).collect();
    let mut factors = Vec::new();
    for (step, change) in memory.iter().rev() {
        let factor = dot(step, &direction) / dot(step, change);
        add(&mut direction, -factor, change);
        factors.push(factor);
    }
    if let Some((step, change)) = memory.back() {
        let scale = dot(step, change) / dot(change, change);
        direction.iter_mut().for_each(|it| *it *= scale);
    }
    for ((step, change), factor) in memory.iter().zip(factors.iter().rev()) {
        let back = dot(change, &direction) / dot(step, change);
        add(&mut direction, factor - back, step);
    }
    direction
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn norm(a: &[f64]) -> f64 {
    dot(a, a).sqrt()
}

fn add(into: &mut [f64], factor: f64, other: &[f64]) {
    into.iter_mut().zip(other).for_each(|(into, other)| *into += factor * other);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_narrow_bowl_is_minimized() {
        let found = minimize(vec![5.0, -3.0, 1.0], |at, gradient| {
            let scale = [1.0, 30.0, 900.0];
            (0..3).for_each(|it| gradient[it] = scale[it] * (at[it] - 1.0));
            (0..3).map(|it| 0.5 * scale[it] * (at[it] - 1.0_f64).powi(2)).sum()
        });
        assert!(found.iter().all(|it| (it - 1.0).abs() < 1e-3), "{found:?}");
    }
}
