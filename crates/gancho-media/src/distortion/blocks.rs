//! The grid that JPEG leaves.

use super::tiles::SIDE;

/// Side of a JPEG block. A grid of 4, of a JPEG decoded at half its size, shows as well.
const BLOCK: usize = 8;
/// A pixel is level when it differs by less than this many levels from the next one both ways.
const LEVEL: f32 = 0.6;

/// Steps between neighboring pixels by their phase in the grid of 8, rows and columns apart.
#[derive(Default)]
pub(super) struct Blocks {
    /// Sum over tiles of the mean step.
    all: [[f32; BLOCK]; 2],
    /// The same, each tile divided by its own mean step, so that smooth tiles count as much as busy ones.
    smooth: [[f32; BLOCK]; 2],
    level: f32,
    tiles: f32,
}

impl Blocks {
    pub(super) fn add(&mut self, luma: &[[f32; SIDE]; SIDE]) {
        let (mut columns, mut rows, mut level) = ([0.0f32; SIDE], [0.0f32; SIDE], [0.0f32; SIDE]);
        for y in 0..SIDE - 1 {
            let (here, below) = (&luma[y], &luma[y + 1]);
            let mut down = [0.0f32; SIDE];
            for x in 0..SIDE - 1 {
                let (right, under) = ((here[x + 1] - here[x]).abs(), (below[x] - here[x]).abs());
                columns[x] += right;
                down[x] = under;
                level[x] += if right < LEVEL && under < LEVEL { 1.0 } else { 0.0 };
            }
            rows[y] = down.iter().sum();
        }
        for (axis, steps) in [columns, rows].into_iter().enumerate() {
            let mut phases = [0.0; BLOCK];
            // The last phase has one step less, because the tile ends there.
            steps.iter().enumerate().for_each(|(at, it)| phases[at % BLOCK] += it);
            let counts: [f32; BLOCK] = std::array::from_fn(|it| {
                if it == BLOCK - 1 { (SIDE / BLOCK - 1) as f32 } else { (SIDE / BLOCK) as f32 }
            });
            let means: [f32; BLOCK] = std::array::from_fn(|it| phases[it] / counts[it] / (SIDE - 1) as f32);
            let middle = means.iter().sum::<f32>() / BLOCK as f32;
            for (phase, mean) in means.iter().enumerate() {
                self.all[axis][phase] += mean;
                self.smooth[axis][phase] += mean / (middle + 0.1);
            }
        }
        self.level += level.iter().sum::<f32>() / ((SIDE - 1) * (SIDE - 1)) as f32;
        self.tiles += 1.0;
    }

    /// Excess of the strongest phase over the median one, for all steps and for smooth tiles, in `log2`; and the
    /// share of level pixels.
    pub(super) fn describe(&self) -> [f32; 3] {
        let excess = |sums: &[[f32; BLOCK]; 2], floor: f32| {
            let one = |phases: &[f32; BLOCK]| {
                let mut sorted = phases.map(|it| it / self.tiles.max(1.0));
                sorted.sort_by(f32::total_cmp);
                let middle = 0.5 * (sorted[BLOCK / 2 - 1] + sorted[BLOCK / 2]);
                ((sorted[BLOCK - 1] + floor) / (middle + floor)).log2()
            };
            0.5 * (one(&sums[0]) + one(&sums[1]))
        };
        [excess(&self.all, 0.1), excess(&self.smooth, 0.05), self.level / self.tiles.max(1.0)]
    }
}
