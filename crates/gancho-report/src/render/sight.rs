//! What pictures tell, in a few lines each: on a terminal, and in the words beside a thumbnail.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::plain::{one_line, wrapped};
use crate::{Messages, SightReadings, SightReport};

/// Names of the nine thirds, row by row: the last part of the keys `see-at-…`.
const PLACES: [&str; 9] =
    ["top-left", "top", "top-right", "left", "center", "right", "bottom-left", "bottom", "bottom-right"];
/// Shapes in the order in which placements are talked about.
const SHAPES: [&str; 4] = ["1:1", "4:5", "9:16", "16:9"];

/// Writes a few lines per picture, then what was left out.
///
/// # Errors
/// What the writer gives.
pub fn sights(
    report: &SightReport,
    messages: &Messages,
    width: usize,
    colored: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (on, off) = if colored { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
    for sight in &report.sights {
        let size = [f64::from(sight.width), f64::from(sight.height)];
        writeln!(out, "{on}{}{off}", one_line(&sight.path))?;
        // As text: a size in pixels is not grouped by thousands.
        let (width_px, height_px) = (sight.width.to_string(), sight.height.to_string());
        let pixels = [("width", width_px.into()), ("height", height_px.into())];
        writeln!(out, "  {}", messages.text("see-size", &pixels))?;
        for line in words(&sight.readings, size, messages) {
            writeln!(out, "{}", wrapped(&one_line(&line), width, "  ", "    "))?;
        }
        writeln!(out)?;
    }
    let quarantine: Vec<_> = report.quarantine.iter().map(|it| (it.path.clone(), &it.detail)).collect();
    let faults: Vec<_> = report.faults.iter().map(|it| (it.place(), &it.detail)).collect();
    for (key, items) in [("table-quarantine", quarantine), ("table-faults", faults)] {
        if !items.is_empty() {
            writeln!(out, "{on}{}{off}", messages.text(key, &[("count", items.len().into())]))?;
        }
        for (place, detail) in items {
            writeln!(out, "  {}", one_line(&place))?;
            writeln!(out, "{}", wrapped(&one_line(detail), width, "    ", "    "))?;
        }
    }
    Ok(())
}

/// What was seen, one sentence a line.
pub(in crate::render) fn words(readings: &SightReadings, size: [f64; 2], messages: &Messages) -> Vec<String> {
    let percent = |share: f64| messages.locale().percent(share, 0);
    let label = messages.text(&format!("kind-{}", readings.kind.label.replace('_', "-")), &[]);
    let sure = readings.kind.scores.get(&readings.kind.label).copied().unwrap_or(0.0);
    let kind = messages.text("see-kind", &[("kind", label.into()), ("sure", percent(sure).into())]);
    let attention = messages.text(
        "see-attention",
        &[
            ("text", percent(readings.attention.on_text).into()),
            ("faces", percent(readings.attention.on_faces).into()),
            ("center", percent(readings.attention.on_center).into()),
            ("unattended", percent(readings.attention.unattended_share).into()),
        ],
    );
    let faces = messages.text("see-faces", &[("count", readings.faces.len().into())]);
    let mut lines = vec![
        kind,
        eye(readings, size, messages),
        attention,
        text(readings, messages),
        faces,
        crops(readings, messages),
    ];
    lines.extend(readings.quality.as_ref().and_then(|it| quality(it, messages)));
    lines.extend(readings.complexity.map(|score| {
        let score = messages.locale().decimal(score, 0);
        messages.text("see-complexity", &[("score", score.into())])
    }));
    lines
}

/// The third of each side in which a place lies: the last part of a key `see-at-…`.
pub(crate) fn place_of(at: [f64; 2], size: [f64; 2]) -> &'static str {
    let third = |place: f64, length: f64| ((3.0 * place / length.max(1.0)) as usize).min(2);
    PLACES[3 * third(at[1], size[1]) + third(at[0], size[0])]
}

/// Each part in hundredths: a person compares 83 and 79 sooner than 0.83 and 0.79.
fn quality(parts: &BTreeMap<String, f64>, messages: &Messages) -> Option<String> {
    let hundredths = |part: &str| Some(messages.locale().decimal(100.0 * parts.get(part)?, 0));
    let mut args = Vec::new();
    for part in ["overall", "blur", "noise", "compression", "exposure"] {
        args.push((part, hundredths(part)?.into()));
    }
    Some(messages.text("see-quality", &args))
}

fn eye(readings: &SightReadings, size: [f64; 2], messages: &Messages) -> String {
    let stop = |(index, it): (usize, &crate::FocalPointRecord)| {
        let place = messages.text(&format!("see-at-{}", place_of([it.x, it.y], size)), &[]);
        format!("{} {place} {}", index + 1, messages.locale().percent(it.share, 0))
    };
    let stops: Vec<String> = readings.attention.focal_points.iter().enumerate().map(stop).collect();
    if stops.is_empty() {
        return messages.text("see-eye-none", &[]);
    }
    messages.text("see-eye", &[("stops", stops.join(", ").into())])
}

fn text(readings: &SightReadings, messages: &Messages) -> String {
    let text = &readings.text;
    let lowest = text.boxes.iter().filter_map(|it| it.contrast).min_by(f64::total_cmp);
    let contrast = match lowest {
        Some(ratio) => {
            let ratio = messages.locale().decimal(ratio, 1);
            messages.text("see-contrast", &[("ratio", ratio.into())])
        }
        None => messages.text("see-contrast-none", &[]),
    };
    let area = messages.locale().percent(text.area, 0);
    match text.boxes.len() {
        0 => messages.text("see-text-none", &[]),
        count => messages.text(
            "see-text",
            &[("area", area.into()), ("count", count.into()), ("contrast", contrast.into())],
        ),
    }
}

fn crops(readings: &SightReadings, messages: &Messages) -> String {
    let percent = |share: f64| messages.locale().percent(share, 0);
    let crop = |shape: &str| {
        let lost = readings.crops.get(shape)?.centered;
        let mut words = format!("{shape} {}", percent(lost.attention_lost));
        if !readings.text.boxes.is_empty() {
            words += &format!(" / {}", percent(lost.text_lost));
        }
        Some(words)
    };
    let shapes: Vec<String> = SHAPES.into_iter().filter_map(crop).collect();
    let key = if readings.text.boxes.is_empty() { "see-crops" } else { "see-crops-with-text" };
    messages.text(key, &[("shapes", shapes.join(", ").into())])
}
