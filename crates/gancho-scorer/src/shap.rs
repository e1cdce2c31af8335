//! TreeSHAP: what each column adds to one tree's prediction.
//!
//! Lundberg et al. 2020 (Nature Machine Intelligence 2, 56-67), algorithm 2. Names follow the
//! paper: a path holds, for each column split on so far, the share of training rows that would
//! follow it when the column is unknown (`zero`) or known (`one`), and permutation weights.

use crate::trees::{DEEPEST, Tree};

#[derive(Clone, Copy, Default)]
struct Step {
    column: usize,
    zero: f64,
    one: f64,
    weight: f64,
}

/// The steps so far, on the stack: at most one more than a tree's depth, plus the root's.
#[derive(Clone, Copy)]
struct Path {
    steps: [Step; DEEPEST + 2],
    len: usize,
}

impl Path {
    fn extend(&mut self, column: usize, zero: f64, one: f64) {
        let depth = self.len;
        let weight = if depth == 0 { 1.0 } else { 0.0 };
        self.steps[depth] = Step { column, zero, one, weight };
        self.len += 1;
        for at in (0..depth).rev() {
            let weight = self.steps[at].weight;
            self.steps[at + 1].weight += one * weight * (at + 1) as f64 / (depth + 1) as f64;
            self.steps[at].weight = zero * weight * (depth - at) as f64 / (depth + 1) as f64;
        }
    }

    /// Takes a step out again, as if its column had never been split on.
    fn unwind(&mut self, index: usize) {
        let depth = self.len - 1;
        let Step { zero, one, .. } = self.steps[index];
        let mut next = self.steps[depth].weight;
        for at in (0..depth).rev() {
            if one != 0.0 {
                let weight = self.steps[at].weight;
                self.steps[at].weight = next * (depth + 1) as f64 / ((at + 1) as f64 * one);
                next = weight - self.steps[at].weight * zero * (depth - at) as f64 / (depth + 1) as f64;
            } else {
                self.steps[at].weight *= (depth + 1) as f64 / (zero * (depth - at) as f64);
            }
        }
        for at in index..depth {
            let Step { column, zero, one, .. } = self.steps[at + 1];
            self.steps[at] = Step { column, zero, one, ..self.steps[at] };
        }
        self.len -= 1;
    }

    /// Sum of the weights that [`Path::unwind`] would leave.
    fn unwound_sum(&self, index: usize) -> f64 {
        let mut copy = *self;
        copy.unwind(index);
        copy.steps[..copy.len].iter().map(|it| it.weight).sum()
    }
}

/// Adds each column's contribution for `row` to `into`.
pub(crate) fn add(tree: &Tree, row: &[f64], into: &mut [f64]) {
    let path = Path { steps: [Step::default(); DEEPEST + 2], len: 0 };
    // The root has no column of its own; no real column has this number.
    walk(tree, row, into, 0, path, Step { column: usize::MAX, zero: 1.0, one: 1.0, weight: 0.0 });
}

fn walk(tree: &Tree, row: &[f64], into: &mut [f64], node: usize, mut path: Path, step: Step) {
    path.extend(step.column, step.zero, step.one);
    if tree.is_leaf(node) {
        for index in 1..path.len {
            let Step { column, zero, one, .. } = path.steps[index];
            into[column] += path.unwound_sum(index) * (one - zero) * tree.value[node];
        }
        return;
    }
    let column = tree.feature[node] as usize;
    let (hot, cold) = tree.children(node, row);
    let (mut zero, mut one) = (1.0, 1.0);
    if let Some(index) = (1..path.len).find(|it| path.steps[*it].column == column) {
        (zero, one) = (path.steps[index].zero, path.steps[index].one);
        path.unwind(index);
    }
    for (child, one) in [(hot, one), (cold, 0.0)] {
        let zero = zero * tree.cover[child] / tree.cover[node];
        walk(tree, row, into, child, path, Step { column, zero, one, weight: 0.0 });
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::trees::tests::{SETTINGS, sample};
    use crate::trees::{Ensemble, Settings, Tree};

    /// Expectation of a tree when only some columns are known.
    fn expectation(tree: &Tree, row: &[f64], known: u32, node: usize) -> f64 {
        if tree.is_leaf(node) {
            return tree.value[node];
        }
        let (hot, cold) = tree.children(node, row);
        if known & (1 << tree.feature[node]) != 0 {
            return expectation(tree, row, known, hot);
        }
        let part = |child: usize| expectation(tree, row, known, child) * tree.cover[child] / tree.cover[node];
        part(hot) + part(cold)
    }

    #[test]
    fn contributions_are_shapley_values_by_definition() {
        let (values, target) = sample(120);
        let settings = Settings { trees: 1, rate: 1.0, ..SETTINGS };
        let ensemble = Ensemble::fit(&values, 4, &target, &vec![1.0; 120], &settings).unwrap();
        let file = serde_json::to_value(&ensemble).unwrap();
        let tree: Tree = serde_json::from_value(file["trees"][0].clone()).unwrap();
        let factorial = |n: u32| (1..=n).map(f64::from).product::<f64>();
        for at in [0, 5, 17] {
            let row: Vec<f64> = (0..4).map(|column| values[column * 120 + at]).collect();
            let mut found = vec![0.0; 4];
            super::add(&tree, &row, &mut found);
            for (column, found) in found.iter().enumerate() {
                let mut expected = 0.0;
                for others in (0..16_u32).filter(|it| it & (1 << column) == 0) {
                    let size = others.count_ones();
                    let weight = factorial(size) * factorial(3 - size) / factorial(4);
                    let with = expectation(&tree, &row, others | (1 << column), 0);
                    expected += weight * (with - expectation(&tree, &row, others, 0));
                }
                assert!((found - expected).abs() < 1e-12, "column {column}: {found} against {expected}");
            }
        }
    }

    #[test]
    fn contributions_add_up_to_the_prediction() {
        let (values, target) = sample(300);
        let ensemble = Ensemble::fit(&values, 4, &target, &vec![1.0; 300], &SETTINGS).unwrap();
        for at in 0..300 {
            let row: Vec<f64> = (0..4).map(|column| values[column * 300 + at]).collect();
            let mut parts = vec![0.0; 4];
            ensemble.add_contributions(&row, &mut parts);
            let sum = ensemble.expected() + parts.iter().sum::<f64>();
            assert!((sum - ensemble.predict(&row)).abs() < 1e-11);
        }
    }
}
