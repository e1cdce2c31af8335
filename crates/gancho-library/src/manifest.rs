//! Manifests: one row per creative.

use std::path::Path;

use crate::columns::{self, Field, Layout};
use crate::creative::{Copy, Creative, Origin};
use crate::dates::{self, DateOrder};
use crate::fault::{Fault, FaultKind};
use crate::figures::{Figures, quoted};
use crate::library::Options;
use crate::note::Note;
use crate::paths::{self, Resolver};
use crate::table::Table;

/// Fields of which a manifest needs at least one.
const CONTENT: &[Field] =
    &[Field::Image, Field::PrimaryText, Field::Headline, Field::Description, Field::CallToAction];

/// What a manifest gave.
#[derive(Debug, Default)]
pub(crate) struct Manifest {
    pub creatives: Vec<Creative>,
    pub unknown: Vec<String>,
}

/// What stays the same for all rows.
struct Reader<'a> {
    table: &'a Table,
    layout: Layout,
    figures: Figures,
    dates: Option<DateOrder>,
    /// Folder of the manifest, canonical.
    folder: &'a Path,
    root: &'a Path,
}

/// Reads all rows of a manifest that lies in `folder`.
pub(crate) fn read(
    table: &Table,
    folder: &Path,
    root: &Path,
    options: &Options,
    resolver: &mut Resolver,
    faults: &mut Vec<Fault>,
    notes: &mut Vec<Note>,
) -> Manifest {
    if table.columns.is_empty() {
        return Manifest::default();
    }
    let layout = Layout::of(table, columns::MANIFEST, faults);
    if !layout.has_any(CONTENT) {
        let found = quoted(&table.columns.join(", "));
        let kind = FaultKind::MissingColumns { wanted: "image, primary_text, headline".into(), found };
        faults.push(Fault::of_file(&table.file, kind));
        return Manifest::default();
    }
    let figures = Figures::of(table, &layout, options, faults, notes);
    let dates = date_order(table, &layout, options, faults);
    let reader = Reader { table, layout, figures, dates, folder, root };
    let creatives = (0..table.num_rows()).filter_map(|row| reader.creative(row, resolver, faults)).collect();
    Manifest { creatives, unknown: reader.layout.unknown_headers(table) }
}

impl Reader<'_> {
    fn creative(&self, row: usize, resolver: &mut Resolver, faults: &mut Vec<Fault>) -> Option<Creative> {
        let before = faults.len();
        let written = self.text(row, Field::Image, faults);
        let picture = written.as_deref().and_then(|it| self.picture(row, it, resolver, faults));
        let copy = Copy {
            primary_text: self.text(row, Field::PrimaryText, faults),
            headline: self.text(row, Field::Headline, faults),
            description: self.text(row, Field::Description, faults),
            call_to_action: self.text(row, Field::CallToAction, faults),
        };
        if picture.is_none() && copy.is_empty() {
            // A row whose picture was refused has its fault already.
            if faults.len() == before {
                faults.push(self.table.fault(row, FaultKind::NoPictureNoCopy));
            }
            return None;
        }
        let (performance, _) = self.figures.read(self.table, row, faults);
        let mut text = |field| self.text(row, field, faults);
        let mut creative = Creative {
            id: text(Field::Id).or_else(|| text(Field::Creative)).unwrap_or_default(),
            path: picture.as_deref().map(|it| paths::display(it, self.root)).unwrap_or_default(),
            picture,
            copy,
            campaign: text(Field::Campaign),
            ad_set: text(Field::AdSet),
            placement: text(Field::Placement),
            platform: text(Field::Platform),
            market: text(Field::Market),
            language: text(Field::Language),
            audience: text(Field::Audience),
            url: text(Field::Url),
            tags: text(Field::Tags).map(|it| tags(&it)).unwrap_or_default(),
            performance: (!performance.is_empty()).then_some(performance),
            origin: Origin { file: self.table.file.clone(), line: self.table.line(row) },
            ..Creative::default()
        };
        creative.start = self.day(row, Field::Start, faults);
        creative.end = self.day(row, Field::End, faults);
        for column in &self.layout.unknown {
            if !self.table.columns[*column].is_empty()
                && let Some(text) = self.table.text(row, *column, faults)
            {
                creative.extra.insert(self.table.columns[*column].clone(), text.to_owned());
            }
        }
        if creative.id.is_empty() {
            creative.id = match creative.path.as_str() {
                "" => format!("{}#{}", self.table.file, row + 1),
                path => path.to_owned(),
            };
        }
        Some(creative)
    }

    fn text(&self, row: usize, field: Field, faults: &mut Vec<Fault>) -> Option<String> {
        self.table.text(row, self.layout.column(field)?, faults).map(str::to_owned)
    }

    fn picture(
        &self,
        row: usize,
        written: &str,
        resolver: &mut Resolver,
        faults: &mut Vec<Fault>,
    ) -> Option<std::path::PathBuf> {
        let column = self.layout.column(Field::Image)?;
        match resolver.resolve(self.folder, written) {
            Ok(path) => Some(path),
            Err(kind) => {
                faults.push(self.table.fault_at(row, column, kind));
                None
            }
        }
    }

    fn day(&self, row: usize, field: Field, faults: &mut Vec<Fault>) -> Option<String> {
        let column = self.layout.column(field)?;
        let text = self.table.text(row, column, faults)?;
        if matches!(text, "-" | "--" | "—") {
            return None;
        }
        let Some(written) = dates::read(text) else {
            let kind = FaultKind::BadDate { header: self.table.columns[column].clone(), value: quoted(text) };
            faults.push(self.table.fault_at(row, column, kind));
            return None;
        };
        let order = match self.dates {
            Some(order) => order,
            // The file's fault names these dates already.
            None if written.proves().is_some() || written.is_open() => return None,
            None => DateOrder::DayMonth,
        };
        match written.day(order) {
            Some(day) => Some(day.to_string()),
            None => {
                let kind =
                    FaultKind::BadDate { header: self.table.columns[column].clone(), value: quoted(text) };
                faults.push(self.table.fault_at(row, column, kind));
                None
            }
        }
    }
}

/// The order that the dates of a file prove; all date columns of a file are written alike.
fn date_order(
    table: &Table,
    layout: &Layout,
    options: &Options,
    faults: &mut Vec<Fault>,
) -> Option<DateOrder> {
    if options.dates.is_some() {
        return options.dates;
    }
    let columns = [Field::Start, Field::End].into_iter().filter_map(|it| layout.column(it));
    let (mut day_first, mut month_first, mut open) = (None, None, None);
    for column in columns {
        for cell in table.column(column) {
            let Some(written) = dates::read(cell.text) else { continue };
            let seen = match written.proves() {
                Some(DateOrder::DayMonth) => &mut day_first,
                Some(DateOrder::MonthDay) => &mut month_first,
                None if written.is_open() => &mut open,
                None => continue,
            };
            seen.get_or_insert((column, cell.text));
        }
    }
    let kind = match (day_first, month_first, open) {
        (Some((_, example)), Some((_, other)), _) => {
            FaultKind::MixedDates { example: example.into(), other: other.into() }
        }
        (Some(_), None, _) => return Some(DateOrder::DayMonth),
        (None, Some(_), _) => return Some(DateOrder::MonthDay),
        (None, None, Some((column, example))) => {
            FaultKind::AmbiguousDates { header: table.columns[column].clone(), example: example.into() }
        }
        (None, None, None) => return None,
    };
    faults.push(Fault::of_file(&table.file, kind));
    None
}

/// Tags are separated by `;`, `|` or `,`.
fn tags(text: &str) -> Vec<String> {
    text.split([';', '|', ',']).map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned).collect()
}
