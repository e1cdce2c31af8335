//! Growing one tree, leaf by leaf.
//!
//! The leaf whose split gains most is cut next (leaf-wise growth, Ke et al. 2017), until there are leaves enough
//! or nothing gains. Of two children only the smaller one's rows are visited; the other's histogram is what
//! remains of their parent's. Threads share out blocks of columns.

use std::ops::Range;

use rayon::prelude::*;

use crate::bins::{Binned, LANES, MISSING};
use crate::histogram::{
    Block, Cell, Packing, add, add_rows, add_rows_of_lane, clear, difference, subtract_child,
};
use crate::settings::Settings;
use crate::split::{Limits, Parent, Prefixes, Split, best_split, better};
use crate::tree::{Branch, Leaf, Tree};

/// Updates of cells that are worth handing to another thread.
const WORK_PER_TASK: usize = 1 << 14;

/// A tree without values, and what was known while it grew.
pub(crate) struct Grown {
    pub(crate) tree: Tree,
    /// For each branch, the bin that it cuts after.
    pub(crate) bins: Vec<u8>,
    /// For each branch, what it gained, in units of the loss.
    pub(crate) gains: Vec<f64>,
    /// For each leaf, its part of [`Grower::order`].
    pub(crate) ranges: Vec<Range<usize>>,
}

/// A leaf that can be cut.
struct Open<const K: usize> {
    leaf: usize,
    /// The branch above, and whether this is its left child.
    above: Option<(usize, bool)>,
    depth: usize,
    parent: Parent<K>,
    split: Split,
    histograms: Vec<Block<K>>,
}

/// A child that may become [`Open`].
struct Candidate<const K: usize> {
    leaf: usize,
    above: Option<(usize, bool)>,
    depth: usize,
    parent: Parent<K>,
}

/// Columns of a block that a tree may use.
struct Chosen {
    block: usize,
    lanes: Vec<usize>,
}

/// Grows trees over one table, keeping its memory from tree to tree.
pub(crate) struct Grower<'a, const K: usize> {
    binned: &'a Binned,
    settings: &'a Settings,
    /// Numbers of the training rows in the table; everywhere else rows are positions in this list.
    table_rows: &'a [u32],
    /// Rows by leaf.
    pub(crate) order: Vec<u32>,
    scratch: Vec<u32>,
    cells: Vec<Cell<K>>,
    /// The rows of one leaf side by side: numbers in the table, and cells.
    leaf_rows: Vec<u32>,
    leaf_cells: Vec<Cell<K>>,
    /// Histograms that no leaf needs at present.
    pool: Vec<Vec<Block<K>>>,
    chosen: Vec<Chosen>,
}

impl<'a, const K: usize> Grower<'a, K> {
    pub(crate) fn new(binned: &'a Binned, settings: &'a Settings, table_rows: &'a [u32]) -> Self {
        Self {
            binned,
            settings,
            table_rows,
            order: Vec::new(),
            scratch: vec![0; table_rows.len()],
            cells: vec![[0; K]; table_rows.len()],
            leaf_rows: Vec::new(),
            leaf_cells: Vec::new(),
            pool: Vec::new(),
            chosen: Vec::new(),
        }
    }

    /// Grows a tree on the given rows and columns, both ascending; `None` when not even the root can be cut.
    pub(crate) fn grow(
        &mut self,
        derivatives: &[[f64; 2]],
        rows: &[u32],
        columns: &[u32],
        packing: Packing<K>,
    ) -> Option<Grown> {
        self.order.clear();
        self.order.extend_from_slice(rows);
        self.choose(columns);
        let mut total = [0; K];
        for row in rows {
            let cell = packing.pack(derivatives[*row as usize]);
            self.cells[*row as usize] = cell;
            add(&mut total, cell);
        }
        let limits = self.limits(packing);
        let mut grown = Grown {
            tree: Tree { branches: Vec::new(), leaves: vec![Leaf { value: 0.0, cover: 0.0 }], depth: 0 },
            bins: Vec::new(),
            gains: Vec::new(),
            ranges: std::iter::once(0..rows.len()).collect(),
        };
        let parent = Parent { total, bounds: [f64::NEG_INFINITY, f64::INFINITY] };
        let root = Candidate { leaf: 0, above: None, depth: 0, parent };
        let mut open: Vec<Open<K>> = self.open_root(root, &grown, &limits).into_iter().collect();
        while let Some(next) = take_best(&mut open) {
            let is_last = grown.ranges.len() + 1 == self.settings.leaves;
            let (histograms, children) = self.cut(next, &mut grown, &limits);
            if is_last {
                self.pool.push(histograms);
                break;
            }
            self.open_children(histograms, children, &grown, &limits, &mut open);
        }
        self.pool.extend(open.into_iter().map(|it| it.histograms));
        if grown.tree.branches.is_empty() {
            return None;
        }
        Some(grown)
    }

    fn limits(&self, packing: Packing<K>) -> Limits<K> {
        // A leaf of no curvature at all would have no finite value.
        let min_hessian = packing.hessian(self.settings.min_leaf_hessian).max(1.0);
        let min_rows = self.settings.min_leaf_rows as i64;
        Limits {
            packing,
            l2: packing.hessian(self.settings.l2),
            min_hessian,
            // Where each second derivative is one, their sum is the count.
            min_rows: if K == 1 { min_rows.max(min_hessian.ceil() as i64) } else { min_rows },
            is_bounded: self.settings.is_monotone(),
        }
    }

    fn choose(&mut self, columns: &[u32]) {
        self.chosen.clear();
        for columns in columns.chunk_by(|a, b| *a as usize / LANES == *b as usize / LANES) {
            let lanes = columns.iter().map(|it| *it as usize % LANES).collect();
            self.chosen.push(Chosen { block: columns[0] as usize / LANES, lanes });
        }
    }

    /// Cuts a leaf; gives back its histograms and its children, left and right.
    fn cut(
        &mut self,
        leaf: Open<K>,
        grown: &mut Grown,
        limits: &Limits<K>,
    ) -> (Vec<Block<K>>, [Candidate<K>; 2]) {
        let Open { leaf, above, depth, parent, split, histograms } = leaf;
        let (branch, right_leaf) = (grown.tree.branches.len(), grown.ranges.len());
        if let Some((above, is_left)) = above {
            let above = &mut grown.tree.branches[above];
            *(if is_left { &mut above.left } else { &mut above.right }) = branch as i32;
        }
        grown.tree.branches.push(Branch {
            column: split.column,
            threshold: self.binned.threshold(split.column as usize, split.bin),
            missing_left: split.missing_left,
            left: !(leaf as i32),
            right: !(right_leaf as i32),
            cover: 0.0,
        });
        grown.tree.leaves.push(Leaf { value: 0.0, cover: 0.0 });
        grown.bins.push(split.bin);
        grown.gains.push(limits.packing.unscale_gain(split.gain));
        let range = grown.ranges[leaf].clone();
        let middle = range.start + split.left_rows;
        let left_total = self.partition(range.clone(), &split);
        grown.ranges[leaf] = range.start..middle;
        grown.ranges.push(middle..range.end);
        let right_total = difference(parent.total, left_total);
        let (mut left_bounds, mut right_bounds) = (parent.bounds, parent.bounds);
        let sign = if grown.tree.branches[branch].orders_values() {
            self.settings.monotone(split.column as usize)
        } else {
            0
        };
        // Neither child may ever cross the middle of the two outputs (LightGBM's basic method).
        let middle = split.outputs[0] / 2.0 + split.outputs[1] / 2.0;
        match sign {
            1 => (left_bounds[1], right_bounds[0]) = (middle, middle),
            -1 => (left_bounds[0], right_bounds[1]) = (middle, middle),
            _ => {}
        }
        let child = |leaf, is_left, total, bounds| Candidate {
            leaf,
            above: Some((branch, is_left)),
            depth: depth + 1,
            parent: Parent { total, bounds },
        };
        let children =
            [child(leaf, true, left_total, left_bounds), child(right_leaf, false, right_total, right_bounds)];
        (histograms, children)
    }

    /// Moves a leaf's rows so that those going left come first, each side in order; sums up the left side.
    fn partition(&mut self, range: Range<usize>, split: &Split) -> Cell<K> {
        let codes = self.binned.block(split.column as usize / LANES);
        let lane = split.column as usize % LANES;
        let rows = &mut self.order[range];
        let (mut lefts, mut rights) = (0, 0);
        let mut total = [0; K];
        for at in 0..rows.len() {
            let row = rows[at];
            let code = codes[self.table_rows[row as usize] as usize][lane];
            let goes_left = if code == MISSING { split.missing_left } else { code <= split.bin };
            // Written to both sides, counted on one: no branch to mispredict.
            rows[lefts] = row;
            self.scratch[rights] = row;
            lefts += usize::from(goes_left);
            rights += usize::from(!goes_left);
            if goes_left {
                add(&mut total, self.cells[row as usize]);
            }
        }
        debug_assert_eq!(lefts, split.left_rows);
        rows[lefts..].copy_from_slice(&self.scratch[..rights]);
        total
    }

    /// Lays a leaf's rows side by side for [`add_rows`].
    fn gather(&mut self, range: Range<usize>) {
        let rows = &self.order[range];
        self.leaf_rows.clear();
        self.leaf_rows.extend(rows.iter().map(|it| self.table_rows[*it as usize]));
        self.leaf_cells.clear();
        self.leaf_cells.extend(rows.iter().map(|it| self.cells[*it as usize]));
    }

    fn can_be_cut(&self, candidate: &Candidate<K>, grown: &Grown) -> bool {
        let rows = grown.ranges[candidate.leaf].len();
        rows >= 2 * self.settings.min_leaf_rows && candidate.depth < self.settings.depth
    }

    fn open_root(&mut self, root: Candidate<K>, grown: &Grown, limits: &Limits<K>) -> Option<Open<K>> {
        if !self.can_be_cut(&root, grown) {
            return None;
        }
        let mut histograms = self.spare_histograms();
        self.gather(grown.ranges[root.leaf].clone());
        let this = &*self;
        let found = this.each_block(&mut histograms, |chosen, block| {
            this.fill(chosen, block);
            this.best_of_block(chosen, block, &root.parent, limits)
        });
        self.open(root, found.into_iter().fold(None, better), histograms)
    }

    fn open_children(
        &mut self,
        mut histograms: Vec<Block<K>>,
        children: [Candidate<K>; 2],
        grown: &Grown,
        limits: &Limits<K>,
        open: &mut Vec<Open<K>>,
    ) {
        let [left, right] = children;
        let is_left_small = grown.ranges[left.leaf].len() <= grown.ranges[right.leaf].len();
        let (small, large) = if is_left_small { (left, right) } else { (right, left) };
        if !self.can_be_cut(&large, grown) {
            self.pool.push(histograms);
            return;
        }
        let cut_small = self.can_be_cut(&small, grown);
        let mut small_histograms = self.spare_histograms();
        self.gather(grown.ranges[small.leaf].clone());
        let this = &*self;
        let mut pairs: Vec<_> = small_histograms.iter_mut().zip(&mut histograms).collect();
        let found = this.each_block(&mut pairs, |chosen, (small_block, large_block)| {
            this.fill(chosen, small_block);
            for lane in &chosen.lanes {
                let bins = this.binned.bins(chosen.block * LANES + lane);
                subtract_child(&mut large_block[*lane], &small_block[*lane], bins);
            }
            let best =
                |block: &Block<K>, it: &Candidate<K>| this.best_of_block(chosen, block, &it.parent, limits);
            (if cut_small { best(small_block, &small) } else { None }, best(large_block, &large))
        });
        let (small_best, large_best) =
            found.into_iter().fold((None, None), |best, it| (better(best.0, it.0), better(best.1, it.1)));
        open.extend(self.open(small, small_best, small_histograms));
        open.extend(self.open(large, large_best, histograms));
    }

    fn open(
        &mut self,
        leaf: Candidate<K>,
        split: Option<Split>,
        histograms: Vec<Block<K>>,
    ) -> Option<Open<K>> {
        let Candidate { leaf, above, depth, parent } = leaf;
        let Some(split) = split else {
            self.pool.push(histograms);
            return None;
        };
        Some(Open { leaf, above, depth, parent, split, histograms })
    }

    fn spare_histograms(&mut self) -> Vec<Block<K>> {
        let mut spare = self.pool.pop().unwrap_or_default();
        spare.resize(self.chosen.len(), [[[0; K]; 256]; LANES]);
        spare
    }

    /// Calls `work` for each chosen block and its item, on as many threads as it is worth; results in order.
    fn each_block<T: Send, R: Send>(
        &self,
        items: &mut [T],
        work: impl Fn(&Chosen, &mut T) -> R + Sync,
    ) -> Vec<R> {
        let work_per_block = LANES * (self.leaf_rows.len() + 256);
        let least = WORK_PER_TASK.div_ceil(work_per_block);
        if items.len() < 2 * least || rayon::current_num_threads() == 1 {
            return self.chosen.iter().zip(items).map(|(chosen, item)| work(chosen, item)).collect();
        }
        let pairs = self.chosen.par_iter().zip(items).with_min_len(least);
        pairs.map(|(chosen, item)| work(chosen, item)).collect()
    }

    /// Histograms of the gathered rows.
    fn fill(&self, chosen: &Chosen, block: &mut Block<K>) {
        let codes = self.binned.block(chosen.block);
        if chosen.lanes.len() > LANES / 2 {
            // Lanes that are not wanted are counted along: cheaper than going through the rows again.
            for (lane, histogram) in block.iter_mut().enumerate() {
                let column = chosen.block * LANES + lane;
                clear(histogram, if column < self.binned.width() { self.binned.bins(column) } else { 1 });
            }
            return add_rows(block, codes, &self.leaf_rows, &self.leaf_cells);
        }
        for lane in &chosen.lanes {
            clear(&mut block[*lane], self.binned.bins(chosen.block * LANES + lane));
            add_rows_of_lane(&mut block[*lane], codes, *lane, &self.leaf_rows, &self.leaf_cells);
        }
    }

    fn best_of_block(
        &self,
        chosen: &Chosen,
        block: &Block<K>,
        parent: &Parent<K>,
        limits: &Limits<K>,
    ) -> Option<Split> {
        let mut prefixes = Prefixes::new();
        let of_lane = |lane: &usize| {
            let column = chosen.block * LANES + lane;
            let (bins, missing) =
                (&block[*lane][..self.binned.bins(column)], block[*lane][usize::from(MISSING)]);
            let monotone = self.settings.monotone(column);
            best_split(column, bins, missing, parent, limits, monotone, &mut prefixes)
        };
        chosen.lanes.iter().map(of_lane).fold(None, better)
    }
}

/// Takes out the leaf with the most gain, the oldest among equals.
fn take_best<const K: usize>(open: &mut Vec<Open<K>>) -> Option<Open<K>> {
    let best = (0..open.len()).reduce(|a, b| {
        let (first, second) = (&open[a], &open[b]);
        let is_better = second.split.gain > first.split.gain
            || (second.split.gain == first.split.gain && second.leaf < first.leaf);
        if is_better { b } else { a }
    })?;
    Some(open.swap_remove(best))
}
