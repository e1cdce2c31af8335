//! Sharpness, noise and natural-scene statistics of one plane of luma.
//!
//! Structure function of lag `n`: mean squared difference of pixels `n` apart. White noise of variance v adds 2v
//! to every lag alike, blur lowers the short lags only. Noise: Immerkaer 1996, "Fast noise variance estimation",
//! CVIU 64(2). MSCN, mean-subtracted contrast-normalized luma, and the use of its moments: Mittal, Moorthy, Bovik
//! 2012, "No-reference image quality assessment in the spatial domain", IEEE TIP 21(12), with a binomial window
//! of 5 x 5 in place of a Gaussian of 7 x 7.

use super::tiles::{HALF, Tile};
use super::{level, percentile};

/// Lags of the structure functions, in pixels.
const LAGS: [usize; 4] = [1, 2, 4, 8];
/// Binomial window, close to a Gaussian of standard deviation 1.
const WINDOW: [f32; 5] = [0.0625, 0.25, 0.375, 0.25, 0.0625];

/// What one tile shows at one scale. Energies are means over pixels.
pub(super) struct Trace {
    laplacian: f32,
    noise: f32,
    across: [f32; 4],
    down: [f32; 4],
    diagonal: [f32; 2],
    /// Mean fourth powers of differences at lags 1 and 4.
    fourth: [f32; 2],
    sign_changes: f32,
    mscn: [f32; 5],
}

/// Room for the intermediate rows of a plane of `N` x `N`.
pub(super) struct Plane<const N: usize> {
    smooth: [[f32; N]; N],
    square: [[f32; N]; N],
    mscn: [[f32; N]; N],
}

/// Adds `f(x)` for every column to one of `N` sums: columns are independent, so the compiler can vectorize.
fn sum<const N: usize>(sums: &mut [f32; N], count: usize, f: impl Fn(usize) -> f32) {
    for (x, it) in sums[..count].iter_mut().enumerate() {
        *it += f(x);
    }
}

fn mean<const N: usize>(sums: &[f32; N], count: usize) -> f32 {
    sums.iter().sum::<f32>() / count.max(1) as f32
}

impl<const N: usize> Plane<N> {
    pub(super) fn new() -> Self {
        Self { smooth: [[0.0; N]; N], square: [[0.0; N]; N], mscn: [[0.0; N]; N] }
    }

    pub(super) fn measure(&mut self, luma: &[[f32; N]; N]) -> Trace {
        let (across, down) =
            (LAGS.map(|it| self::across(luma, it, 2)), LAGS.map(|it| self::down(luma, it, 2)));
        let (laplacian, noise) = second_differences(luma);
        Trace {
            laplacian,
            noise,
            across,
            down,
            diagonal: diagonals(luma),
            fourth: [1, 4].map(|it| 0.5 * (self::across(luma, it, 4) + self::down(luma, it, 4))),
            sign_changes: sign_changes(luma),
            mscn: self.mscn(luma),
        }
    }

    /// Mean |m|, m^2, m^4, and mean products with the next pixel along an axis and along a diagonal.
    fn mscn(&mut self, luma: &[[f32; N]; N]) -> [f32; 5] {
        const EDGE: usize = 2;
        let mut squares = [[0.0; N]; 5];
        for y in EDGE..N - EDGE {
            let rows: [&[f32; N]; 5] = std::array::from_fn(|it| &luma[y + it - EDGE]);
            for x in 0..N {
                let (mut first, mut second) = (0.0, 0.0);
                for (row, weight) in rows.iter().zip(WINDOW) {
                    first += weight * row[x];
                    second += weight * row[x] * row[x];
                }
                self.smooth[y][x] = first;
                self.square[y][x] = second;
            }
        }
        for (y, here) in luma.iter().enumerate().take(N - EDGE).skip(EDGE) {
            let (smooth, square) = (&self.smooth[y], &self.square[y]);
            let out = &mut self.mscn[y];
            for x in EDGE..N - EDGE {
                let (mut first, mut second) = (0.0, 0.0);
                for (offset, weight) in WINDOW.iter().enumerate() {
                    first += weight * smooth[x + offset - EDGE];
                    second += weight * square[x + offset - EDGE];
                }
                let deviation = (second - first * first).max(0.0).sqrt();
                out[x] = (here[x] - first) / (deviation + 1.0);
            }
        }
        let end = N - EDGE - 1;
        for y in EDGE..end {
            let (here, below) = (&self.mscn[y][EDGE..], &self.mscn[y + 1][EDGE..]);
            let count = end - EDGE;
            sum(&mut squares[0], count, |x| here[x].abs());
            sum(&mut squares[1], count, |x| here[x] * here[x]);
            sum(&mut squares[2], count, |x| here[x] * here[x] * here[x] * here[x]);
            sum(&mut squares[3], count, |x| 0.5 * here[x] * (here[x + 1] + below[x]));
            sum(&mut squares[4], count, |x| here[x] * below[x + 1]);
        }
        squares.map(|it| mean(&it, (end - EDGE) * (end - EDGE)))
    }
}

/// Mean power of differences `lag` pixels apart in rows.
fn across<const N: usize>(luma: &[[f32; N]; N], lag: usize, power: u32) -> f32 {
    let mut sums = [0.0; N];
    for row in luma {
        let far = &row[lag..];
        sum(&mut sums, N - lag, |x| powered(far[x] - row[x], power));
    }
    mean(&sums, (N - lag) * N)
}

/// Mean power of differences `lag` pixels apart in columns.
fn down<const N: usize>(luma: &[[f32; N]; N], lag: usize, power: u32) -> f32 {
    let mut sums = [0.0; N];
    for (row, far) in luma.iter().zip(&luma[lag..]) {
        sum(&mut sums, N, |x| powered(far[x] - row[x], power));
    }
    mean(&sums, (N - lag) * N)
}

fn powered(difference: f32, power: u32) -> f32 {
    let square = difference * difference;
    if power == 2 { square } else { square * square }
}

/// Mean squared differences along both diagonals.
fn diagonals<const N: usize>(luma: &[[f32; N]; N]) -> [f32; 2] {
    let mut sums = [[0.0; N]; 2];
    for (above, below) in luma.iter().zip(&luma[1..]) {
        sum(&mut sums[0], N - 1, |x| powered(below[x + 1] - above[x], 2));
        sum(&mut sums[1], N - 1, |x| powered(below[x] - above[x + 1], 2));
    }
    sums.map(|it| mean(&it, (N - 1) * (N - 1)))
}

/// Energy of the four-neighbor Laplacian, and Immerkaer's standard deviation of noise.
fn second_differences<const N: usize>(luma: &[[f32; N]; N]) -> (f32, f32) {
    let (mut energy, mut rough) = ([0.0; N], [0.0; N]);
    for y in 1..N - 1 {
        let (above, here, below) = (&luma[y - 1], &luma[y], &luma[y + 1]);
        let mut down = [0.0; N];
        for x in 0..N {
            down[x] = above[x] - 2.0 * here[x] + below[x];
        }
        sum(&mut energy, N - 2, |x| {
            let laplacian = down[x + 1] + here[x] - 2.0 * here[x + 1] + here[x + 2];
            laplacian * laplacian
        });
        sum(&mut rough, N - 2, |x| (down[x] - 2.0 * down[x + 1] + down[x + 2]).abs());
    }
    let count = (N - 2) * (N - 2);
    (mean(&energy, count), (std::f32::consts::PI / 2.0).sqrt() / 6.0 * mean(&rough, count))
}

/// Share of places where the slope changes its sign; noise has two thirds, smooth shading few. (One of the three
/// measures of Wang, Sheikh, Bovik 2002, "No-reference perceptual quality assessment of JPEG compressed images".)
fn sign_changes<const N: usize>(luma: &[[f32; N]; N]) -> f32 {
    let mut sums = [0.0; N];
    for row in luma {
        sum(&mut sums, N - 2, |x| {
            let product = (row[x + 1] - row[x]) * (row[x + 2] - row[x + 1]);
            if product < 0.0 { 1.0 } else { 0.0 }
        });
    }
    for y in 0..N - 2 {
        let (a, b, c) = (&luma[y], &luma[y + 1], &luma[y + 2]);
        sum(&mut sums, N, |x| if (b[x] - a[x]) * (c[x] - b[x]) < 0.0 { 1.0 } else { 0.0 });
    }
    mean(&sums, 2 * N * (N - 2))
}

/// Squared differences of both color planes at lags 1 and 2.
pub(super) fn chroma_energy(tile: &Tile) -> (f32, f32) {
    let both = |lag| {
        tile.chroma.iter().map(|it| across::<HALF>(it, lag, 2) + down::<HALF>(it, lag, 2)).sum::<f32>() / 4.0
    };
    (both(1), both(2))
}

/// Traces of all tiles at one scale.
pub(super) struct Traces {
    all: Vec<Trace>,
}

impl Traces {
    pub(super) fn new() -> Self {
        Self { all: Vec::with_capacity(super::TILES) }
    }

    pub(super) fn add(&mut self, trace: &Trace) {
        self.all.push(Trace { ..*trace });
    }

    fn sorted(&self, of: impl Fn(&Trace) -> f32) -> Vec<f32> {
        let mut values: Vec<f32> = self.all.iter().map(of).collect();
        values.sort_by(f32::total_cmp);
        values
    }

    fn mean(&self, of: impl Fn(&Trace) -> f32) -> f32 {
        self.all.iter().map(of).sum::<f32>() / self.all.len().max(1) as f32
    }

    /// The features named in `PER_SCALE`, in that order.
    pub(super) fn describe(&self, out: &mut Vec<f32>) {
        let laplacian = self.sorted(|it| level(it.laplacian));
        let noise = self.sorted(|it| level(it.noise));
        let weakest = self.sorted(|it| {
            level(it.across[0].min(it.down[0]).min(0.5 * it.diagonal[0]).min(0.5 * it.diagonal[1]))
        });
        let edges = self.sorted(|it| ((it.fourth[0] + 1.0) / (it.fourth[1] + 100.0)).log2());
        let variance = self.sorted(|it| it.mscn[1]);
        out.extend([0.1, 0.5, 0.9].map(|it| percentile(&laplacian, it)));
        out.extend([0.1, 0.5].map(|it| percentile(&noise, it)));
        out.extend([0.5, 0.9].map(|it| percentile(&weakest, it)));
        out.extend([0.5, 0.9].map(|it| percentile(&edges, it)));
        let lag: [f32; 4] = std::array::from_fn(|lag| level(self.mean(|it| it.across[lag] + it.down[lag])));
        out.extend([lag[0] - lag[1], lag[1] - lag[2], lag[2] - lag[3]]);
        let ratio = |a: f32, b: f32| (level(a) - level(b)).abs();
        out.push(ratio(self.mean(|it| it.across[0]), self.mean(|it| it.down[0])));
        out.push(ratio(self.mean(|it| it.diagonal[0]), self.mean(|it| it.diagonal[1])));
        out.push(self.mean(|it| it.sign_changes));
        let [absolute, square, fourth, neighbors, diagonal] =
            std::array::from_fn(|moment| self.mean(|it| it.mscn[moment]));
        out.extend([absolute, square, (fourth / (square * square + 1e-4) + 1e-2).log2()]);
        out.extend([neighbors / (square + 1e-3), diagonal / (square + 1e-3), percentile(&variance, 0.9)]);
    }
}
