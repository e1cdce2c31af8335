//! A stand-in for `VisionModel::see` until the network has its heads: true embeddings, and maps made of
//! edges, so that everything downstream can be built and looked at. Nothing it says is a finding.
//!
//! To be deleted with its one call in `pipeline.rs`.

use gancho_vision::{ATTENTION_SIDE, Grid, Input, Kinds, Sight, TEXT_SIDE, VisionError, VisionModel};

pub(crate) fn see(vision: &VisionModel, inputs: &[Input]) -> Result<Vec<Sight>, VisionError> {
    let embeddings = vision.embed(inputs)?;
    let sights = embeddings.into_iter().zip(inputs).map(|(embedding, input)| Sight {
        embedding,
        attention: attention(input),
        text: text(input),
        faces: Vec::new(),
        kind: Kinds { photo: 0.25, design: 0.25, screenshot: 0.25, logo_or_packshot: 0.25 },
    });
    Ok(sights.collect())
}

/// Mean horizontal slope of the green channel in each cell.
fn edges(input: &Input, cells: usize) -> Vec<f32> {
    let plane = input.values().len() / 3;
    let side = plane.isqrt();
    let green = &input.values()[plane..2 * plane];
    let (mut sums, mut counts) = (vec![0.0f32; cells * cells], vec![0.0f32; cells * cells]);
    for y in 0..side {
        for x in 1..side {
            let cell = (y * cells / side) * cells + x * cells / side;
            sums[cell] += (green[y * side + x] - green[y * side + x - 1]).abs();
            counts[cell] += 1.0;
        }
    }
    sums.into_iter().zip(counts).map(|(sum, count): (f32, f32)| sum / count.max(1.0)).collect()
}

fn smoothed(values: &[f32], side: usize, reach: usize) -> Vec<f32> {
    (0..side * side)
        .map(|at| {
            let (x, y) = (at % side, at / side);
            let (rows, columns) = (
                y.saturating_sub(reach)..(y + reach + 1).min(side),
                x.saturating_sub(reach)..(x + reach + 1).min(side),
            );
            let count = (rows.len() * columns.len()) as f32;
            rows.flat_map(|row| columns.clone().map(move |column| values[row * side + column])).sum::<f32>()
                / count
        })
        .collect()
}

fn attention(input: &Input) -> Grid {
    let side = ATTENTION_SIDE;
    let mut values = smoothed(&smoothed(&edges(input, side), side, 2), side, 2);
    for (at, value) in values.iter_mut().enumerate() {
        let off = |it: usize| (it as f32 + 0.5) / side as f32 - 0.5;
        let away = off(at % side).powi(2) + off(at / side).powi(2);
        *value = (*value + 0.01).powi(2) * (-6.0 * away).exp();
    }
    let sum: f32 = values.iter().sum();
    Grid { side, values: values.into_iter().map(|it| it / sum).collect() }
}

fn text(input: &Input) -> Grid {
    let side = TEXT_SIDE;
    let values = smoothed(&edges(input, side), side, 1);
    Grid { side, values: values.into_iter().map(|it| (it * 1.4 - 0.1).clamp(0.0, 1.0)).collect() }
}
