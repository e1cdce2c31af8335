//! Performance files: plain tables of counts, several rows per creative summed.
//!
//! A row with a figure that cannot be read is left out whole: half of a row would bend every rate.
//! Figures from such files replace those of the manifest; several files add up.

use crate::columns::{self, Layout};
use crate::creative::{Creative, Performance};
use crate::fault::{Fault, FaultKind};
use crate::figures::{Figures, quoted};
use crate::join::{Index, Joined, KEYS};
use crate::library::Options;
use crate::note::Note;
use crate::table::Table;

/// Sums the rows of a table into `sums`, one place per creative.
pub(crate) fn read(
    table: &Table,
    index: &Index,
    options: &Options,
    sums: &mut [Option<Performance>],
    faults: &mut Vec<Fault>,
    notes: &mut Vec<Note>,
) -> (Joined, Vec<String>) {
    let mut joined = Joined { file: table.file.clone(), ..Joined::default() };
    if table.columns.is_empty() {
        return (joined, Vec::new());
    }
    let layout = Layout::of(table, columns::PERFORMANCE, faults);
    let figures = Figures::of(table, &layout, options, faults, notes);
    if !layout.has_any(KEYS) {
        let kind = FaultKind::MissingColumns {
            wanted: "id, creative, image".into(),
            found: quoted(&table.columns.join(", ")),
        };
        faults.push(Fault::of_file(&table.file, kind));
        return (joined, Vec::new());
    }
    for row in 0..table.num_rows() {
        joined.rows += 1;
        let Some((name, at)) = index.find_row(table, &layout, row, KEYS, faults) else {
            joined.left_out += 1;
            faults.push(table.fault(row, FaultKind::NoCreativeNamed));
            continue;
        };
        let (performance, is_clean) = figures.read(table, row, faults);
        match at {
            _ if !is_clean => joined.left_out += 1,
            None => *joined.unmatched.entry(name).or_default() += 1,
            Some(at) => {
                joined.matched += 1;
                sums[at].get_or_insert_default().add(&performance);
            }
        }
    }
    (joined, layout.unknown_headers(table))
}

/// Puts the sums into their creatives.
pub(crate) fn attach(creatives: &mut [Creative], sums: Vec<Option<Performance>>) {
    for (creative, sum) in creatives.iter_mut().zip(sums) {
        if let Some(sum) = sum.filter(|it| !it.is_empty()) {
            creative.performance = Some(sum);
        }
    }
}
