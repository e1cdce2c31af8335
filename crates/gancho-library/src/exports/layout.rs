//! Which column of an export gives which field.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::error::ExportError;
use super::header::is_same;
use super::headers::{self, Meaning, Rate};
use super::mapping::Mapping;
use super::platform;
use super::row::{Field, Nature};
use super::warning::ImportWarning;
use crate::figures::quoted;
use crate::numbers::Quantity;

/// Where the days of a row stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// A column of single days.
    Day(usize),
    /// A column of first days of weeks.
    Week(usize),
    /// A column of months.
    Month(usize),
    /// Columns of first and last days.
    Span { start: Option<usize>, end: Option<usize> },
    /// Nowhere.
    Nowhere,
}

/// The columns of a file and what they give.
#[derive(Debug)]
pub(crate) struct Layout {
    /// Headers as written.
    pub headers: Vec<String>,
    /// Column of each field, dates aside, and whether it is in millionths.
    pub fields: BTreeMap<Field, (usize, bool)>,
    pub when: When,
    /// All columns with dates, whether they are used or not.
    pub date_columns: Vec<usize>,
    /// What the results are, where the header of their column says it.
    pub result_type: Option<String>,
    pub rates: Vec<(usize, Rate)>,
    pub actions: Option<usize>,
    pub action_values: Option<usize>,
    /// Columns that give no field and are no rates.
    pub extra: Vec<usize>,
    /// Currency in the header of the money, else the only one in any header.
    pub currency: Option<String>,
    pub warnings: Vec<ImportWarning>,
}

/// Facts about the columns of a file.
pub(crate) struct Cells<'a> {
    /// Whether a column holds anything but blanks and zeros.
    pub is_filled: &'a dyn Fn(usize) -> bool,
    /// Whether any cell of a column is a date.
    pub has_dates: &'a dyn Fn(usize) -> bool,
    /// Whether two columns are equal cell by cell.
    pub is_equal: &'a dyn Fn(usize, usize) -> bool,
}

/// A column with its meaning and rank.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    column: usize,
    meaning: Meaning,
    rank: usize,
}

impl Layout {
    /// Finds the columns of all fields.
    pub(crate) fn of(
        headers: Vec<String>,
        mapping: &Mapping,
        platform: Option<&str>,
        cells: &Cells<'_>,
        file: &str,
    ) -> Result<Layout, ExportError> {
        let mut layout = Layout {
            headers,
            fields: BTreeMap::new(),
            when: When::Nowhere,
            date_columns: Vec::new(),
            result_type: None,
            rates: Vec::new(),
            actions: None,
            action_values: None,
            extra: Vec::new(),
            currency: None,
            warnings: Vec::new(),
        };
        let repeated = layout.repeated(cells);
        let mapped = layout.mapped(mapping, file)?;
        let mut candidates = layout.candidates(platform, &mapped, &repeated);
        candidates.extend(mapped.iter().map(|(field, column)| Candidate {
            column: *column,
            meaning: Meaning::Field(*field),
            rank: 0,
        }));
        // A column `day` of numbers from 1 to 31 has no dates.
        let is_of_days = |it: &Candidate| {
            matches!(it.meaning.field(), Some(Field::DateStart | Field::DateEnd)) && it.rank > 0
        };
        candidates.retain(|it| !is_of_days(it) || (cells.has_dates)(it.column));
        candidates.sort_by_key(|it| (it.rank, it.column));
        layout.choose(&candidates, &mapped, cells);
        layout.name_only_clicks(platform, &mapped);
        layout.find_currency();
        layout.extra = layout.unused();
        Ok(layout)
    }

    /// Columns whose header stands earlier already; each header is named once.
    fn repeated(&mut self, cells: &Cells<'_>) -> HashSet<usize> {
        let mut first: HashMap<&str, usize> = HashMap::new();
        let (mut repeated, mut named) = (HashSet::new(), HashSet::new());
        for (column, header) in self.headers.iter().enumerate().filter(|it| !it.1.is_empty()) {
            match first.get(header.as_str()) {
                None => {
                    first.insert(header, column);
                }
                Some(before) => {
                    repeated.insert(column);
                    if named.insert(header.as_str()) {
                        let header = header.clone();
                        self.warnings.push(match (cells.is_equal)(*before, column) {
                            true => ImportWarning::RepeatedColumn { header },
                            false => ImportWarning::RepeatedColumnDiffers { header },
                        });
                    }
                }
            }
        }
        repeated
    }

    fn mapped(&self, mapping: &Mapping, file: &str) -> Result<BTreeMap<Field, usize>, ExportError> {
        let find = |header: &str| {
            let exact = self.headers.iter().position(|it| it == header.trim());
            exact.or_else(|| self.headers.iter().position(|it| is_same(it, header)))
        };
        let place = |(field, header): (&Field, &String)| match find(header) {
            Some(column) => Ok((*field, column)),
            None => Err(ExportError::MappedColumnMissing {
                file: file.to_owned(),
                field: field.name().to_owned(),
                header: header.clone(),
                found: quoted(&self.headers.join(", ")),
            }),
        };
        mapping.columns.iter().map(place).collect()
    }

    fn candidates(
        &self,
        platform: Option<&str>,
        mapped: &BTreeMap<Field, usize>,
        repeated: &HashSet<usize>,
    ) -> Vec<Candidate> {
        let is_free = |column: &usize| !repeated.contains(column) && !mapped.values().any(|it| it == column);
        let known = |column: usize| {
            let known = headers::known(&self.headers[column], platform)?;
            Some(Candidate { column, meaning: known.meaning, rank: known.rank + 1 })
        };
        (0..self.headers.len()).filter(is_free).filter_map(known).collect()
    }

    /// Gives each field its best column. A column of results that holds nothing but blanks and zeros
    /// leaves its place to the next.
    fn choose(&mut self, candidates: &[Candidate], mapped: &BTreeMap<Field, usize>, cells: &Cells<'_>) {
        let is_mapped = |field: Field| mapped.contains_key(&field);
        for it in candidates {
            match it.meaning {
                Meaning::Rate(rate) => self.rates.push((it.column, rate)),
                Meaning::Actions => self.actions = self.actions.or(Some(it.column)),
                Meaning::ActionValues => self.action_values = self.action_values.or(Some(it.column)),
                Meaning::Other => {}
                Meaning::Day | Meaning::Week | Meaning::Month => self.date_columns.push(it.column),
                Meaning::Field(Field::DateStart | Field::DateEnd) => self.date_columns.push(it.column),
                Meaning::Field(Field::Results) | Meaning::NamedResults => {}
                Meaning::Field(field) | Meaning::Micros(field) => {
                    let is_micros = matches!(it.meaning, Meaning::Micros(_)) && !is_mapped(field);
                    match self.fields.get(&field) {
                        None => {
                            self.fields.insert(field, (it.column, is_micros));
                        }
                        Some((used, _)) if field.is_figure() && !is_mapped(field) => {
                            self.warnings.push(ImportWarning::CompetingColumns {
                                field: field.name().to_owned(),
                                used: self.headers[*used].clone(),
                                other: self.headers[it.column].clone(),
                            });
                        }
                        Some(_) => {}
                    }
                }
            }
        }
        let results: Vec<&Candidate> =
            candidates.iter().filter(|it| it.meaning.field() == Some(Field::Results)).collect();
        let best = results.iter().find(|it| it.rank == 0 || (cells.is_filled)(it.column)).or(results.first());
        if let Some(it) = best {
            self.fields.insert(Field::Results, (it.column, false));
            let names_them = it.meaning == Meaning::NamedResults || it.rank == 0;
            self.result_type = names_them.then(|| self.headers[it.column].clone());
        }
        self.when = self.when_of(candidates, mapped);
    }

    fn when_of(&self, candidates: &[Candidate], mapped: &BTreeMap<Field, usize>) -> When {
        let of = |meaning: Meaning| candidates.iter().find(|it| it.meaning == meaning).map(|it| it.column);
        let (start, end) = (of(Meaning::Field(Field::DateStart)), of(Meaning::Field(Field::DateEnd)));
        if mapped.contains_key(&Field::DateStart) || mapped.contains_key(&Field::DateEnd) {
            return When::Span { start, end };
        }
        None.or(of(Meaning::Day).map(When::Day))
            .or(of(Meaning::Week).map(When::Week))
            .or(of(Meaning::Month).map(When::Month))
            .unwrap_or(match (start, end) {
                (None, None) => When::Nowhere,
                (start, end) => When::Span { start, end },
            })
    }

    /// Where a platform has one kind of click, it is `clicks`, whatever the platform calls it.
    fn name_only_clicks(&mut self, platform: Option<&str>, mapped: &BTreeMap<Field, usize>) {
        if platform::has_link_clicks(platform)
            || self.fields.contains_key(&Field::Clicks)
            || mapped.contains_key(&Field::LinkClicks)
        {
            return;
        }
        if let Some(column) = self.fields.remove(&Field::LinkClicks) {
            self.fields.insert(Field::Clicks, column);
        }
    }

    fn find_currency(&mut self) {
        let of = |column: usize| match headers::folded(&self.headers[column]) {
            (header, None) if header.ends_with("inusd") || header.ends_with("microdollar") => {
                Some("USD".into())
            }
            (_, currency) => currency,
        };
        let of_field = |field: Field| self.fields.get(&field).and_then(|it| of(it.0));
        self.currency = of_field(Field::Spend).or_else(|| of_field(Field::Revenue)).or_else(|| {
            let mut all: Vec<String> = (0..self.headers.len()).filter_map(of).collect();
            all.sort_unstable();
            all.dedup();
            if all.len() == 1 { all.pop() } else { None }
        });
    }

    fn unused(&self) -> Vec<usize> {
        let of_when = match self.when {
            When::Day(column) | When::Week(column) | When::Month(column) => vec![column],
            When::Span { start, end } => [start, end].into_iter().flatten().collect(),
            When::Nowhere => vec![],
        };
        let mut used: Vec<usize> = self.fields.values().map(|it| it.0).chain(of_when).collect();
        used.extend(self.rates.iter().map(|it| it.0));
        used.extend(self.actions.into_iter().chain(self.action_values));
        let used: HashSet<usize> = used.into_iter().collect();
        let mut seen = HashSet::new();
        let is_new = |it: &usize| !self.headers[*it].is_empty() && seen.insert(self.headers[*it].as_str());
        (0..self.headers.len()).filter(is_new).filter(|it| !used.contains(it)).collect()
    }

    /// Columns of figures, and what they count.
    pub(crate) fn figures(&self) -> Vec<(usize, Quantity)> {
        let quantity = |field: Field| match field.nature() {
            Nature::Count => Some(Quantity::Count),
            Nature::Amount => Some(Quantity::Amount),
            _ => None,
        };
        self.fields.iter().filter_map(|(field, it)| Some((it.0, quantity(*field)?))).collect()
    }

    /// Column of a field.
    pub(crate) fn column(&self, field: Field) -> Option<usize> {
        self.fields.get(&field).map(|it| it.0)
    }

    /// Which header gave which field.
    pub(crate) fn by_header(&self) -> BTreeMap<Field, String> {
        let mut columns: BTreeMap<Field, String> =
            self.fields.iter().map(|(field, it)| (*field, self.headers[it.0].clone())).collect();
        let mut date = |field, column: Option<usize>| {
            if let Some(column) = column {
                columns.insert(field, self.headers[column].clone());
            }
        };
        match self.when {
            When::Day(column) | When::Week(column) | When::Month(column) => {
                date(Field::DateStart, Some(column));
            }
            When::Span { start, end } => {
                date(Field::DateStart, start);
                date(Field::DateEnd, end);
            }
            When::Nowhere => {}
        }
        columns
    }
}
