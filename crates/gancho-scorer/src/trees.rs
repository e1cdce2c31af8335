//! Boosted regression trees: fitting, prediction and exact contributions.
//!
//! Fitting is forust's; what it grows is copied into [`Ensemble`], a compact form with its own
//! versioned file layout. Contributions are TreeSHAP (Lundberg et al. 2020, algorithm 2, path
//! dependent), computed here in double precision because the sum has to meet the score to 1e-9.
//! Fitting runs on one thread: results never depend on how many there are.

use forust_ml::objective::ObjectiveType;
use forust_ml::sampler::SampleMethod;
use forust_ml::{GradientBooster, Matrix};
use serde::{Deserialize, Serialize};

use crate::error::ScorerError;
use crate::shap;

/// Depth past which a tree is refused: contributions keep their paths on the stack.
pub const DEEPEST: usize = 8;

/// How an [`Ensemble`] is grown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Number of trees.
    pub trees: usize,
    /// Learning rate, in (0, 1].
    pub rate: f32,
    /// Greatest depth of a tree, at most [`DEEPEST`].
    pub depth: usize,
    /// Least sum of row weights in a leaf.
    pub leaf_weight: f32,
    /// Ridge penalty on leaf values.
    pub l2: f32,
    /// Share of rows drawn for each tree, in (0, 1].
    pub row_share: f32,
    /// Share of columns drawn for each tree, in (0, 1].
    pub column_share: f64,
    /// Seed of the draws.
    pub seed: u64,
}

/// One tree as parallel lists; node 0 is the root, and a node whose `left` is 0 is a leaf.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tree {
    pub(crate) feature: Vec<u32>,
    /// Values below the threshold go left.
    pub(crate) threshold: Vec<f64>,
    pub(crate) left: Vec<u32>,
    pub(crate) right: Vec<u32>,
    /// Where a missing value goes: 1 left, 0 right.
    pub(crate) missing_left: Vec<u8>,
    /// Leaf values; zero elsewhere.
    pub(crate) value: Vec<f64>,
    /// Weight of the training rows that reached a node. Inner nodes hold the exact sum of their
    /// children, so that contributions add up.
    pub(crate) cover: Vec<f64>,
}

impl Tree {
    pub(crate) fn is_leaf(&self, node: usize) -> bool {
        self.left[node] == 0
    }

    /// The child that a row goes to, then the other one.
    pub(crate) fn children(&self, node: usize, row: &[f64]) -> (usize, usize) {
        let value = row[self.feature[node] as usize];
        let goes_left =
            if value.is_nan() { self.missing_left[node] == 1 } else { value < self.threshold[node] };
        let (left, right) = (self.left[node] as usize, self.right[node] as usize);
        if goes_left { (left, right) } else { (right, left) }
    }

    fn predict(&self, row: &[f64]) -> f64 {
        let mut node = 0;
        while !self.is_leaf(node) {
            node = self.children(node, row).0;
        }
        self.value[node]
    }

    fn expected(&self) -> f64 {
        let leaves = (0..self.left.len()).filter(|node| self.is_leaf(*node));
        leaves.map(|node| self.value[node] * self.cover[node] / self.cover[0]).sum()
    }

    /// Checks what a file claims, and makes inner covers the sum of their children.
    fn settle(&mut self, columns: usize) -> Result<(), String> {
        let nodes = self.left.len();
        let lengths = [self.feature.len(), self.threshold.len(), self.right.len(), self.missing_left.len()];
        if nodes == 0 || lengths.iter().any(|it| *it != nodes) || self.value.len() != nodes {
            return Err("a tree's lists differ in length or are empty".into());
        }
        if self.cover.len() != nodes || self.cover.iter().chain(&self.value).any(|it| !it.is_finite()) {
            return Err("a tree holds a value that is not finite".into());
        }
        let mut depth = vec![0_usize; nodes];
        for node in (0..nodes).filter(|it| self.left[*it] != 0) {
            for child in [self.left[node] as usize, self.right[node] as usize] {
                // Children come after their parent, so no walk can go round in circles.
                if child <= node || child >= nodes || depth[node] == DEEPEST {
                    return Err(format!("node {node} has an impossible child or lies too deep"));
                }
                depth[child] = depth[node] + 1;
            }
            if self.feature[node] as usize >= columns || self.threshold[node].is_nan() {
                return Err(format!("node {node} splits on an unknown feature"));
            }
        }
        for node in (0..nodes).rev() {
            self.cover[node] = if self.is_leaf(node) {
                self.cover[node].max(1e-6)
            } else {
                self.cover[self.left[node] as usize] + self.cover[self.right[node] as usize]
            };
        }
        Ok(())
    }
}

/// A sum of regression trees over a fixed list of columns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ensemble {
    columns: usize,
    start: f64,
    trees: Vec<Tree>,
}

impl Ensemble {
    /// An ensemble without trees: it predicts zero everywhere.
    pub fn empty(columns: usize) -> Self {
        Self { columns, start: 0.0, trees: Vec::new() }
    }

    /// Grows trees for squared loss; a start value of zero suits targets centered within groups.
    ///
    /// `values` is column-major, `rows * columns` long, NaN where a value is missing; `weights`
    /// are row weights above zero.
    ///
    /// # Errors
    /// [`ScorerError::Boosting`] when lengths do not fit or the booster refuses the data.
    pub fn fit(
        values: &[f64],
        columns: usize,
        target: &[f64],
        weights: &[f64],
        settings: &Settings,
    ) -> Result<Self, ScorerError> {
        let fault = |detail: String| ScorerError::Boosting { detail };
        if columns == 0 || target.len() < 2 || values.len() != columns * target.len() {
            return Ok(Self::empty(columns));
        }
        if weights.len() != target.len() || settings.depth > DEEPEST {
            return Err(fault("weights and targets differ in number, or the depth is too large".into()));
        }
        let sampling = if settings.row_share < 1.0 { SampleMethod::Random } else { SampleMethod::None };
        let mut booster = GradientBooster::default()
            .set_objective_type(ObjectiveType::SquaredLoss)
            .set_iterations(settings.trees)
            .set_learning_rate(settings.rate)
            .set_max_depth(settings.depth)
            .set_min_leaf_weight(settings.leaf_weight)
            .set_l2(settings.l2)
            .set_subsample(settings.row_share)
            .set_sample_method(sampling)
            .set_colsample_bytree(settings.column_share)
            .set_base_score(0.0)
            .set_initialize_base_score(false)
            .set_seed(settings.seed)
            .set_parallel(false)
            .set_num_threads(Some(1));
        let matrix = Matrix::new(values, target.len(), columns);
        booster.fit(&matrix, target, weights, None).map_err(|it| fault(it.to_string()))?;
        let trees = booster.trees.iter().map(copy_tree).collect();
        Self { columns, start: 0.0, trees }.checked().map_err(fault)
    }

    /// Checks an ensemble that was read from a file.
    pub(crate) fn checked(mut self) -> Result<Self, String> {
        if !self.start.is_finite() {
            return Err("the start value is not finite".into());
        }
        for tree in &mut self.trees {
            tree.settle(self.columns)?;
        }
        Ok(self)
    }

    /// Number of columns a row must have.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Number of trees.
    pub fn len(&self) -> usize {
        self.trees.len()
    }

    /// Whether there are no trees.
    pub fn is_empty(&self) -> bool {
        self.trees.is_empty()
    }

    /// Predicts one row; NaN stands for a missing value.
    pub fn predict(&self, row: &[f64]) -> f64 {
        self.start + self.trees.iter().map(|it| it.predict(row)).sum::<f64>()
    }

    /// The mean prediction over the training rows: what contributions start from.
    pub fn expected(&self) -> f64 {
        self.start + self.trees.iter().map(Tree::expected).sum::<f64>()
    }

    /// Adds each column's Shapley contribution to `into`; their sum is `predict - expected`.
    pub fn add_contributions(&self, row: &[f64], into: &mut [f64]) {
        for tree in &self.trees {
            shap::add(tree, row, into);
        }
    }
}

fn copy_tree(grown: &forust_ml::tree::Tree) -> Tree {
    // A tree's nodes may be listed out of order; walking from the root puts parents first.
    let mut order = vec![0_usize];
    let mut place = vec![0_u32; grown.nodes.len()];
    let mut at = 0;
    while at < order.len() {
        let node = &grown.nodes[order[at]];
        place[order[at]] = at as u32;
        if !node.is_leaf {
            order.extend([node.left_child, node.right_child]);
        }
        at += 1;
    }
    let nodes = || order.iter().map(|it| &grown.nodes[*it]);
    let child = |is_leaf: bool, index: usize| if is_leaf { 0 } else { place[index] };
    Tree {
        feature: nodes().map(|it| if it.is_leaf { 0 } else { it.split_feature as u32 }).collect(),
        threshold: nodes().map(|it| if it.is_leaf { 0.0 } else { it.split_value }).collect(),
        left: nodes().map(|it| child(it.is_leaf, it.left_child)).collect(),
        right: nodes().map(|it| child(it.is_leaf, it.right_child)).collect(),
        missing_left: nodes().map(|it| u8::from(!it.is_leaf && it.missing_node == it.left_child)).collect(),
        value: nodes().map(|it| if it.is_leaf { f64::from(it.weight_value) } else { 0.0 }).collect(),
        cover: nodes().map(|it| f64::from(it.hessian_sum)).collect(),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    pub(crate) const SETTINGS: Settings = Settings {
        trees: 40,
        rate: 0.1,
        depth: 4,
        leaf_weight: 3.0,
        l2: 1.0,
        row_share: 1.0,
        column_share: 1.0,
        seed: 7,
    };

    /// Column-major values with holes, and a target with an interaction.
    pub(crate) fn sample(rows: usize) -> (Vec<f64>, Vec<f64>) {
        let number = |row: usize, column: u64| {
            let bits = crate::hash::mix(row as u64 * 31 + column);
            (bits >> 11) as f64 / (1_u64 << 53) as f64
        };
        let mut values = Vec::new();
        for column in 0..4 {
            for row in 0..rows {
                let missing = column == 2 && row % 5 == 0;
                values.push(if missing { f64::NAN } else { number(row, column) });
            }
        }
        let target = (0..rows)
            .map(|row| number(row, 0) * 2.0 + if number(row, 1) > 0.5 { number(row, 3) } else { -0.3 })
            .collect();
        (values, target)
    }

    #[test]
    fn trees_learn_interactions_and_walk_around_holes() {
        let (values, target) = sample(400);
        let ensemble = Ensemble::fit(&values, 4, &target, &vec![1.0; 400], &SETTINGS).unwrap();
        let mean = target.iter().sum::<f64>() / 400.0;
        let (mut error, mut spread) = (0.0, 0.0);
        for row in 0..400 {
            let features: Vec<f64> = (0..4).map(|column| values[column * 400 + row]).collect();
            error += (ensemble.predict(&features) - target[row]).powi(2);
            spread += (target[row] - mean).powi(2);
        }
        assert!(error < 0.1 * spread, "{error} against {spread}");
    }

    #[test]
    fn a_tree_from_a_hostile_file_is_refused() {
        let (values, target) = sample(60);
        let good = Ensemble::fit(&values, 4, &target, &vec![1.0; 60], &SETTINGS).unwrap();
        let mut round = good.clone();
        round.trees[0].left[0] = 0;
        round.trees[0].right[0] = 0;
        assert!(round.checked().is_ok());
        let mut circle = good.clone();
        let inner = circle.trees[0].left.iter().rposition(|it| *it != 0).unwrap();
        circle.trees[0].left[inner] = inner as u32;
        assert!(circle.checked().is_err());
        let mut column = good.clone();
        column.trees[0].feature[0] = 99;
        assert!(column.checked().is_err());
        let mut short = good;
        short.trees[0].value.pop();
        assert!(short.checked().is_err());
    }
}
