//! What each column adds to one tree's answer: exact Shapley values (TreeSHAP, path dependent).
//!
//! The game is that of Lundberg et al. 2020, algorithm 2: an unknown column sends a row down both sides, in the
//! proportions of the training rows. Their algorithm keeps sums over all subset sizes; here the same value is
//! taken from Owen's integral (1972), in which every other column is known with probability `t`:
//!
//! `phi_i = integral over t in [0, 1] of sum over leaves of v * (one_i - zero_i) * prod over j != i of
//! (zero_j + t * (one_j - zero_j))`
//!
//! where `zero` is the share of training rows that pass a column's questions on the way to the leaf and `one`
//! tells whether the row itself does. The integrand is a polynomial of a degree below the tree's depth, so a
//! Gauss-Legendre rule of half as many points gives the integral exactly. All factors lie above zero, so one can
//! be divided out without cancellation, which the recursion over subset sizes suffers from in deep trees; and
//! sums over leaves are shared on the way up (as in Yu et al. 2022), so that an edge costs one pass over points.

use std::sync::OnceLock;

use crate::tree::{Child, MAX_DEPTH, Tree, leaf_number};

/// Points and weights of a quadrature on [0, 1].
struct Rule {
    points: Vec<f64>,
    weights: Vec<f64>,
}

/// A branch on the way down, with all earlier ones on its column taken together.
#[derive(Clone, Copy)]
struct Step {
    column: u32,
    zero: f64,
    one: f64,
}

impl Step {
    fn factor(self, point: f64) -> f64 {
        self.zero + point * (self.one - self.zero)
    }
}

/// Memory for [`add`], kept from tree to tree.
#[derive(Default)]
pub(crate) struct Scratch {
    /// For each depth and point, the product of factors on the way down.
    products: Vec<f64>,
    /// For each depth and point, the weighted sum over the leaves below.
    sums: Vec<f64>,
    path: Vec<Step>,
}

/// Adds each column's contribution for `row` to `into`.
pub(crate) fn add(tree: &Tree, row: &[f32], into: &mut [f64], scratch: &mut Scratch) {
    let rule = rule(tree.depth);
    let points = rule.points.len();
    scratch.products.clear();
    scratch.products.resize((tree.depth + 1) * points, 1.0);
    scratch.sums.clear();
    scratch.sums.resize((tree.depth + 1) * points, 0.0);
    scratch.path.clear();
    Walk { tree, row, rule, into, scratch }.visit(0, 0);
}

struct Walk<'a> {
    tree: &'a Tree,
    row: &'a [f32],
    rule: &'static Rule,
    into: &'a mut [f64],
    scratch: &'a mut Scratch,
}

impl Walk<'_> {
    /// Leaves the sums over the leaves of `child`, which lies at `depth`, in the scratch.
    fn visit(&mut self, child: Child, depth: usize) {
        let points = self.rule.points.len();
        let here = depth * points;
        if let Some(leaf) = leaf_number(child) {
            let value = self.tree.leaves[leaf].value;
            for point in 0..points {
                self.scratch.sums[here + point] =
                    self.rule.weights[point] * value * self.scratch.products[here + point];
            }
            return;
        }
        let branch = &self.tree.branches[child as usize];
        let goes_left = branch.goes_left(self.row);
        let unseen = Step { column: branch.column, zero: 1.0, one: 1.0 };
        let earlier = self.scratch.path.iter().rev().find(|it| it.column == branch.column);
        let earlier = *earlier.unwrap_or(&unseen);
        self.scratch.sums[here..here + points].fill(0.0);
        for (next, passes) in [(branch.left, goes_left), (branch.right, !goes_left)] {
            let zero = earlier.zero * self.tree.cover(next) / branch.cover;
            let step = Step { zero, one: if passes { earlier.one } else { 0.0 }, ..earlier };
            self.descend(next, depth + 1, earlier, step);
        }
    }

    /// Visits a child along an edge, credits the edge's column, and hands the sums on to the parent.
    fn descend(&mut self, next: Child, depth: usize, earlier: Step, step: Step) {
        let points = self.rule.points.len();
        let (above, here) = ((depth - 1) * points, depth * points);
        for (point, at) in self.rule.points.iter().enumerate() {
            let ratio = step.factor(*at) / earlier.factor(*at);
            self.scratch.products[here + point] = self.scratch.products[above + point] * ratio;
        }
        self.scratch.path.push(step);
        self.visit(next, depth);
        self.scratch.path.pop();
        let mut contribution = 0.0;
        for (point, at) in self.rule.points.iter().enumerate() {
            let sum = self.scratch.sums[here + point];
            self.scratch.sums[above + point] += sum;
            // The edge above on the same column has credited these leaves, or will: that is taken back.
            let credit = (step.one - step.zero) / step.factor(*at);
            contribution += sum * (credit - (earlier.one - earlier.zero) / earlier.factor(*at));
        }
        self.into[step.column as usize] += contribution;
    }
}

/// The rule that is exact for trees of this depth.
fn rule(depth: usize) -> &'static Rule {
    static RULES: OnceLock<Vec<Rule>> = OnceLock::new();
    let rules = RULES.get_or_init(|| (1..=MAX_DEPTH.div_ceil(2)).map(gauss_legendre).collect());
    &rules[depth.div_ceil(2) - 1]
}

/// The rule of `count` points, exact for polynomials of degree `2 * count - 1`.
fn gauss_legendre(count: usize) -> Rule {
    let mut rule = Rule { points: Vec::new(), weights: Vec::new() };
    for index in 0..count {
        // Newton's steps from Tricomi's estimate of the root of the Legendre polynomial.
        let mut root = (std::f64::consts::PI * (index as f64 + 0.75) / (count as f64 + 0.5)).cos();
        let mut slope = 1.0;
        for _ in 0..8 {
            let value;
            (value, slope) = legendre(count, root);
            root -= value / slope;
        }
        rule.points.push((1.0 + root) / 2.0);
        rule.weights.push(1.0 / ((1.0 - root * root) * slope * slope));
    }
    rule
}

/// The Legendre polynomial of a degree and its slope, by Bonnet's recursion.
fn legendre(degree: usize, at: f64) -> (f64, f64) {
    let (mut before, mut value) = (1.0, at);
    for n in 2..=degree {
        let n = n as f64;
        (before, value) = (value, ((2.0 * n - 1.0) * at * value - (n - 1.0) * before) / n);
    }
    (value, degree as f64 * (at * value - before) / (at * at - 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{Branch, Leaf};
    use proptest::prelude::*;

    /// A tree of any shape from a list of random numbers: each one splits a leaf.
    fn tree_of(cuts: &[(usize, u32, f32, bool)], covers: &[f64]) -> Tree {
        let mut tree = Tree { branches: Vec::new(), leaves: Vec::new(), depth: 0 };
        let mut slots: Vec<Option<(usize, bool)>> = vec![None];
        for (branch, (which, column, threshold, missing_left)) in cuts.iter().copied().enumerate() {
            if let Some((above, is_left)) = slots.swap_remove(which % slots.len()) {
                let above = &mut tree.branches[above];
                *(if is_left { &mut above.left } else { &mut above.right }) = branch as Child;
            }
            let (left, right) = (0, 0);
            tree.branches.push(Branch { column, threshold, missing_left, left, right, cover: 0.0 });
            slots.extend([Some((branch, true)), Some((branch, false))]);
        }
        for (leaf, (above, is_left)) in slots.into_iter().flatten().enumerate() {
            let above = &mut tree.branches[above];
            *(if is_left { &mut above.left } else { &mut above.right }) = !(leaf as Child);
            tree.leaves.push(Leaf { value: (leaf as f64 * 1.7).sin(), cover: covers[leaf % covers.len()] });
        }
        tree.complete();
        tree
    }

    /// Expectation of a tree when only some columns are known.
    fn expectation(tree: &Tree, row: &[f32], known: u32, child: Child) -> f64 {
        if let Some(leaf) = leaf_number(child) {
            return tree.leaves[leaf].value;
        }
        let branch = &tree.branches[child as usize];
        if known & (1 << branch.column) != 0 {
            return expectation(
                tree,
                row,
                known,
                if branch.goes_left(row) { branch.left } else { branch.right },
            );
        }
        let part = |child| expectation(tree, row, known, child) * tree.cover(child) / branch.cover;
        part(branch.left) + part(branch.right)
    }

    fn by_definition(tree: &Tree, row: &[f32], column: usize) -> f64 {
        let factorial = |n: u32| (1..=n).map(f64::from).product::<f64>();
        let columns = row.len() as u32;
        let mut sum = 0.0;
        for others in (0..1_u32 << columns).filter(|it| it & (1 << column) == 0) {
            let size = others.count_ones();
            let weight = factorial(size) * factorial(columns - size - 1) / factorial(columns);
            let with = expectation(tree, row, others | (1 << column), 0);
            sum += weight * (with - expectation(tree, row, others, 0));
        }
        sum
    }

    fn contributions(tree: &Tree, row: &[f32]) -> Vec<f64> {
        let mut found = vec![0.0; row.len()];
        add(tree, row, &mut found, &mut Scratch::default());
        found
    }

    fn numbers() -> impl Strategy<Value = f32> {
        prop_oneof![4 => -1.0_f32..1.0, 1 => Just(f32::NAN)]
    }

    proptest! {
        #[test]
        fn contributions_are_shapley_values_by_definition(
            cuts in prop::collection::vec((0..64_usize, 0..5_u32, -1.0_f32..1.0, any::<bool>()), 1..20),
            covers in prop::collection::vec(0.001_f64..50.0, 1..8),
            row in prop::collection::vec(numbers(), 5),
        ) {
            let tree = tree_of(&cuts, &covers);
            for (column, found) in contributions(&tree, &row).into_iter().enumerate() {
                let expected = by_definition(&tree, &row, column);
                prop_assert!((found - expected).abs() < 1e-12, "column {column}: {found} against {expected}");
            }
        }
    }

    #[test]
    fn the_deepest_chain_adds_up() {
        // Each split cuts the last leaf again on a column of its own: as deep, and as long a path, as can be.
        let row: Vec<f32> = (0..MAX_DEPTH).map(|it| if it % 3 == 0 { 1.0 } else { -1.0 }).collect();
        for covers in [vec![1.0], vec![1e6, 1.0], vec![1.0, 3e5, 7.0]] {
            for depth in 1..=MAX_DEPTH {
                let chain: Vec<_> = (0..depth).map(|it| (it, it as u32, 0.0, true)).collect();
                let tree = tree_of(&chain, &covers);
                assert_eq!(tree.depth, depth);
                let sum: f64 = contributions(&tree, &row).iter().sum();
                assert!((tree.expected() + sum - tree.value(&row)).abs() < 1e-12, "depth {depth}");
            }
        }
    }

    #[test]
    fn rules_integrate_the_powers_they_promise() {
        for count in 1..=32 {
            let Rule { points, weights } = gauss_legendre(count);
            for power in [0, 1, 2 * count as i32 - 2, 2 * count as i32 - 1] {
                let sum: f64 = points.iter().zip(&weights).map(|(at, weight)| weight * at.powi(power)).sum();
                assert!((sum - 1.0 / f64::from(power + 1)).abs() < 1e-14, "{count} points, power {power}");
            }
        }
    }
}
