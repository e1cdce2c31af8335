//! Rows that sum up other rows: told by evidence, left out, and checked against the rows.
//!
//! The evidence is a label (`Total: Cuenta`, `Resultados de 4 anuncios`), or that no name is filled and
//! the figures are at least those of all other rows together, or that a row with fewer names than the
//! others has exactly their sums.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::labels::{self, Label, MAX_LABEL};
use super::layout::{Layout, When};
use super::reading::Records;
use super::row::{Field, PerformanceRow};
use super::rows::is_gap;
use super::skip::SkipReason;
use super::warning::ImportWarning;
use crate::columns::folded_words;
use crate::decimal::Decimal;
use crate::figures::quoted;

/// A record below the header that may be a row of data.
#[derive(Debug)]
pub(crate) struct Candidate {
    /// Row of the table.
    pub row: usize,
    pub read: PerformanceRow,
    /// Which run of rows under one header it belongs to.
    pub block: usize,
}

/// Rows with the same names: how many, and the sums of their telling figures.
type Group = (u64, [Option<Decimal>; TELLING.len()]);

/// Columns in which labels are looked for.
const MAX_WORDS: usize = 2048;

/// Totals of one file that are compared with the rows.
const MAX_CHECKED: usize = 16;

/// Figures that add up and are in most files: these tell a sum.
const TELLING: [Field; 4] = [Field::Impressions, Field::Spend, Field::Clicks, Field::LinkClicks];

/// Finds what each candidate is, other than data, and what the totals say about the rows.
pub(crate) fn find(
    records: &Records,
    layout: &Layout,
    candidates: &[Candidate],
) -> (Vec<Option<SkipReason>>, Vec<ImportWarning>) {
    let finder = Finder::of(records, layout, candidates);
    let mut reasons: Vec<_> = (0..candidates.len()).map(|it| finder.labelled(it)).collect();
    finder.add_subtotals(&mut reasons);
    finder.add_nameless(&mut reasons);
    finder.add_averages(&mut reasons);
    let warnings = finder.check(&reasons);
    (reasons, warnings)
}

struct Finder<'a> {
    records: &'a Records,
    layout: &'a Layout,
    candidates: &'a [Candidate],
    /// Columns that name what a row is about, in the order of the file.
    names: Vec<usize>,
    /// Columns with words: names, and all others that are neither figures nor rates.
    words: Vec<usize>,
    /// The first cell of each candidate that reads like the label of a sum, with its column.
    labels: Vec<Option<(usize, Label)>>,
    /// Names of the columns in which a label names what it sums up.
    named: HashMap<usize, HashSet<String>>,
}

impl<'a> Finder<'a> {
    fn of(records: &'a Records, layout: &'a Layout, candidates: &'a [Candidate]) -> Finder<'a> {
        let is_used = |column: usize| {
            candidates.iter().any(|it| !is_gap(records.table.cell(it.row, column).text.trim()))
        };
        let of_fields = |wanted: fn(Field) -> bool| -> Vec<usize> {
            let columns = layout.fields.iter().filter(|it| wanted(*it.0)).map(|it| it.1.0);
            columns.filter(|it| is_used(*it)).collect()
        };
        let mut names = of_fields(|it| it.is_identity() || it.is_breakdown());
        if names.is_empty() {
            names = layout.extra.iter().copied().filter(|it| is_of_words(records, candidates, *it)).collect();
        }
        if names.is_empty()
            && let When::Day(column) | When::Week(column) | When::Month(column) = layout.when
        {
            names.push(column);
        }
        let figures = layout.figures().into_iter().map(|it| it.0);
        let numbers: HashSet<usize> = figures.chain(layout.rates.iter().map(|it| it.0)).collect();
        let words = (0..layout.headers.len().min(MAX_WORDS)).filter(|it| !numbers.contains(it)).collect();
        let (labels, named) = (Vec::new(), HashMap::new());
        let mut finder = Finder { records, layout, candidates, names, words, labels, named };
        let mut known = HashMap::new();
        finder.labels = candidates.iter().map(|it| finder.label(it, &mut known)).collect();
        for (column, kind) in finder.labels.iter().flatten() {
            if matches!(kind, Label::TotalOf(_)) && !finder.named.contains_key(column) {
                let names =
                    candidates.iter().map(|it| folded_words(finder.text(it, *column)).trim().to_owned());
                finder.named.insert(*column, names.collect());
            }
        }
        finder
    }

    fn text(&self, candidate: &Candidate, column: usize) -> &str {
        self.records.table.cell(candidate.row, column).text.trim()
    }

    /// The first cell of a row that reads like the label of a sum, with its column.
    fn label(
        &self,
        candidate: &Candidate,
        known: &mut HashMap<&'a str, Option<Label>>,
    ) -> Option<(usize, Label)> {
        // GA4 writes its label behind the last column.
        let behind = self.layout.headers.len()..self.records.table.width(candidate.row);
        let mut columns = self.words.iter().copied().chain(behind);
        columns.find_map(|column| {
            let text = self.records.table.cell(candidate.row, column).text.trim();
            // Names repeat from row to row; what cannot be a label is not kept.
            if text.len() > MAX_LABEL || !text.contains(char::is_alphabetic) {
                return None;
            }
            known.entry(text).or_insert_with(|| labels::read(text)).clone().map(|it| (column, it))
        })
    }

    /// Whether all names of a row are gaps, but for its label.
    fn is_nameless(&self, candidate: &Candidate, label: Option<usize>) -> bool {
        self.names.iter().all(|it| Some(*it) == label || is_gap(self.text(candidate, *it)))
    }

    fn labelled(&self, at: usize) -> Option<SkipReason> {
        let candidate = &self.candidates[at];
        let (column, kind) = self.labels[at].as_ref()?;
        let label = quoted(self.text(candidate, *column));
        // An id is a row of data, whatever its name.
        if candidate.read.ad_id.is_some() && self.layout.column(Field::AdId) != Some(*column) {
            return None;
        }
        let is_nameless = self.is_nameless(candidate, Some(*column));
        match kind {
            Label::Total if is_nameless => Some(SkipReason::Total { label: Some(label) }),
            // A campaign may be called `Total Body`; what is summed up has rows of its own name.
            Label::TotalOf(name) => {
                let is_name = self.named.get(column).is_some_and(|it| it.contains(name));
                is_name.then_some(SkipReason::Subtotal { label })
            }
            _ => None,
        }
    }

    /// Rows that are called averages, and are the mean of the others or stand beside their total.
    fn add_averages(&self, reasons: &mut [Option<SkipReason>]) {
        let means = self.means(reasons);
        for (at, candidate) in self.candidates.iter().enumerate() {
            let Some((column, Label::Average)) = &self.labels[at] else { continue };
            let is_total = |it: usize| matches!(reasons.get(it), Some(Some(SkipReason::Total { .. })));
            let is_beside = is_total(at + 1) || at.checked_sub(1).is_some_and(is_total);
            let is_evident = is_beside || is_mean(candidate, &means);
            if reasons[at].is_none() && is_evident && self.is_nameless(candidate, Some(*column)) {
                reasons[at] = Some(SkipReason::Average { label: quoted(self.text(candidate, *column)) });
            }
        }
    }

    /// Means of the telling figures over the rows of data without a label, by block.
    fn means(&self, reasons: &[Option<SkipReason>]) -> HashMap<(usize, Field), f64> {
        let mut sums: HashMap<(usize, Field), (f64, f64)> = HashMap::new();
        let is_data = |at: &usize| self.labels[*at].is_none() && reasons[*at].is_none();
        for candidate in (0..self.candidates.len()).filter(is_data).map(|it| &self.candidates[it]) {
            for field in TELLING {
                if let Some(value) = candidate.read.figure(field) {
                    let sum = sums.entry((candidate.block, field)).or_default();
                    *sum = (sum.0 + value.to_f64(), sum.1 + 1.0);
                }
            }
        }
        sums.into_iter().map(|(key, (sum, count))| (key, sum / count)).collect()
    }

    /// Rows without any name: the sum of the others, or somebody's own figure.
    fn add_nameless(&self, reasons: &mut [Option<SkipReason>]) {
        if self.names.is_empty() {
            return;
        }
        let nameless: Vec<usize> = (0..self.candidates.len())
            .filter(|it| reasons[*it].is_none() && self.is_nameless(&self.candidates[*it], None))
            .collect();
        // A file in which most rows have no name is one in which names are missing.
        if nameless.len() > 3 && nameless.len() * 2 > self.candidates.len() {
            return;
        }
        let is_average = |at: usize| matches!(self.labels[at], Some((_, Label::Average)));
        let apart: HashSet<usize> = nameless.iter().copied().collect();
        let sums = self.sums(|at| reasons[at].is_none() && !apart.contains(&at) && !is_average(at));
        for at in nameless {
            let candidate = &self.candidates[at];
            let figures = Field::ALL.iter().filter(|it| candidate.read.figure(**it).is_some()).count();
            let is_sum = TELLING.iter().all(|field| {
                let sum = sums.get(&(candidate.block, *field)).copied().unwrap_or(Decimal::ZERO);
                // Rounding apart; a total of rows that somebody took out is larger.
                candidate.read.figure(*field).is_none_or(|it| it.to_f64() >= 0.98 * sum.to_f64() - 0.01)
            });
            reasons[at] = match figures {
                0 => Some(SkipReason::Footnote),
                1 if self.layout.figures().len() > 1 => Some(SkipReason::Stray),
                _ if is_sum => Some(SkipReason::Total { label: None }),
                _ => None,
            };
        }
    }

    /// Sums of the telling figures over the rows that are wanted, by block.
    fn sums(&self, is_wanted: impl Fn(usize) -> bool) -> HashMap<(usize, Field), Decimal> {
        let mut sums = HashMap::new();
        for (_, candidate) in self.candidates.iter().enumerate().filter(|it| is_wanted(it.0)) {
            for field in TELLING {
                if let Some(value) = candidate.read.figure(field) {
                    let sum = sums.entry((candidate.block, field)).or_insert(Decimal::ZERO);
                    *sum = sum.checked_add(value).unwrap_or(*sum);
                }
            }
        }
        sums
    }

    /// Rows that have fewer names than the others and exactly their sums.
    fn add_subtotals(&self, reasons: &mut [Option<SkipReason>]) {
        let mut dimensions = self.names.clone();
        if let When::Day(column) | When::Week(column) | When::Month(column) = self.layout.when
            && !dimensions.contains(&column)
        {
            dimensions.push(column);
        }
        if dimensions.len() < 2 || dimensions.len() > 64 {
            return;
        }
        let filled = |candidate: &Candidate| {
            let bits = dimensions.iter().enumerate().filter(|it| !is_gap(self.text(candidate, *it.1)));
            bits.fold(0u64, |mask, it| mask | 1 << it.0)
        };
        let masks: Vec<u64> = self.candidates.iter().map(filled).collect();
        let is_open: Vec<bool> = reasons.iter().map(Option::is_none).collect();
        let open = |at: &usize| is_open[*at];
        let full = (0..masks.len()).filter(open).fold(0, |all, it| all | masks[it]);
        let mut partial: Vec<u64> =
            (0..masks.len()).filter(open).map(|it| masks[it]).filter(|it| *it != full && *it != 0).collect();
        partial.sort_unstable();
        partial.dedup();
        let mut in_block: HashMap<usize, u64> = HashMap::new();
        for at in (0..masks.len()).filter(open).filter(|it| masks[*it] == full) {
            *in_block.entry(self.candidates[at].block).or_default() += 1;
        }
        // Each level of a report is one set of names; more sets are gaps, not levels.
        for mask in partial.into_iter().take(8) {
            let key = |at: usize| {
                let candidate = &self.candidates[at];
                let columns = dimensions.iter().enumerate().filter(|it| mask & 1 << it.0 != 0);
                let names = columns.map(|it| self.text(candidate, *it.1)).collect::<Vec<_>>();
                (candidate.block, names.join("\u{1f}"))
            };
            let mut groups: HashMap<(usize, String), Group> = HashMap::new();
            for at in (0..masks.len()).filter(|it| reasons[*it].is_none() && masks[*it] == full) {
                let group = groups.entry(key(at)).or_default();
                group.0 += 1;
                for (sum, field) in group.1.iter_mut().zip(TELLING) {
                    let value = self.candidates[at].read.figure(field);
                    *sum = match (*sum, value) {
                        (Some(sum), Some(value)) => sum.checked_add(value),
                        (sum, value) => sum.or(value),
                    };
                }
            }
            let of_mask: Vec<usize> =
                (0..masks.len()).filter(|it| reasons[*it].is_none() && masks[*it] == mask).collect();
            for at in of_mask {
                let key = key(at);
                let Some((rows, sums)) = groups.get(&key) else { continue };
                if is_sum_of(&self.candidates[at].read, *rows, sums) {
                    let candidate = &self.candidates[at];
                    let is_of_all = in_block.get(&candidate.block) == Some(rows);
                    reasons[at] = Some(match is_of_all && self.is_nameless(candidate, None) {
                        true => SkipReason::Total { label: None },
                        false => SkipReason::Subtotal { label: quoted(&key.1.replace('\u{1f}', ", ")) },
                    });
                }
            }
        }
    }

    /// Compares what totals say with the rows.
    fn check(&self, reasons: &[Option<SkipReason>]) -> Vec<ImportWarning> {
        let mut warnings = Vec::new();
        let mut checked: Vec<(usize, Option<String>)> = Vec::new();
        for (at, candidate) in self.candidates.iter().enumerate() {
            let Some(SkipReason::Total { label }) = &reasons[at] else { continue };
            let part = label.as_deref().unwrap_or_default().split_once(':');
            let part = part.map(|it| folded_words(it.1.trim())).filter(|it| !labels::is_whole(it));
            // Several totals of the same rows say the same.
            let key = (candidate.block, part.clone());
            if checked.contains(&key) || checked.len() >= MAX_CHECKED {
                continue;
            }
            checked.push(key);
            let is_of_part = |it: &Candidate| match &part {
                None => true,
                Some(part) => self.words.iter().any(|column| folded_words(self.text(it, *column)) == *part),
            };
            let rows: Vec<&PerformanceRow> = self
                .candidates
                .iter()
                .zip(reasons)
                .filter(|it| it.1.is_none() && it.0.block == candidate.block && is_of_part(it.0))
                .map(|it| &it.0.read)
                .collect();
            // A total of a network that no column names cannot be checked.
            if rows.is_empty() && part.is_some() {
                continue;
            }
            compare(&candidate.read, &rows, &mut warnings);
        }
        warnings
    }
}

/// Whether the figures of a row are means of the others.
fn is_mean(candidate: &Candidate, means: &HashMap<(usize, Field), f64>) -> bool {
    TELLING.iter().any(|field| {
        let (Some(said), Some(mean)) = (candidate.read.figure(*field), means.get(&(candidate.block, *field)))
        else {
            return false;
        };
        (said.to_f64() - mean).abs() <= 0.01 * mean.abs() + 0.5
    })
}

/// Whether most cells of a column are words.
fn is_of_words(records: &Records, candidates: &[Candidate], column: usize) -> bool {
    let texts =
        candidates.iter().map(|it| records.table.cell(it.row, column)).filter(|it| !is_gap(it.text.trim()));
    let (mut words, mut all) = (0u64, 0u64);
    for cell in texts {
        all += 1;
        words += u64::from(!cell.typed && cell.text.contains(char::is_alphabetic));
    }
    words * 2 > all
}

/// Whether a row's figures are these sums, more of them other than zero than chance explains.
fn is_sum_of(row: &PerformanceRow, rows: u64, sums: &[Option<Decimal>; TELLING.len()]) -> bool {
    let mut telling = 0;
    for (field, sum) in TELLING.into_iter().zip(sums) {
        match (row.figure(field), sum) {
            (Some(value), Some(sum)) => {
                let Some(difference) = value.checked_sub(*sum) else { return false };
                if difference.abs() > tolerance(field, rows) {
                    return false;
                }
                telling += u32::from(!value.is_zero());
            }
            (Some(value), None) if !value.is_zero() => return false,
            (None, Some(sum)) if !sum.is_zero() => return false,
            _ => {}
        }
    }
    // One row of few impressions is the same as another by chance.
    let is_large = row.impressions.is_some_and(|it| it.abs() >= 100);
    telling >= 2 && (rows >= 2 || is_large)
}

/// What rounding may make of a sum: a cent for each row of money, nothing for counts.
fn tolerance(field: Field, rows: u64) -> Decimal {
    match field {
        Field::Spend | Field::Revenue | Field::Results => {
            Decimal::new(i128::from(rows), 2).unwrap_or(Decimal::ZERO)
        }
        _ => Decimal::ZERO,
    }
}

fn compare(total: &PerformanceRow, rows: &[&PerformanceRow], warnings: &mut Vec<ImportWarning>) {
    let kinds = rows.iter().filter_map(|it| it.result_type.as_deref()).collect::<BTreeSet<_>>();
    let currencies = rows.iter().filter_map(|it| it.currency.as_deref()).collect::<BTreeSet<_>>();
    for field in Field::ALL.into_iter().filter(|it| it.is_figure()) {
        let Some(said) = total.figure(field) else { continue };
        // What does not add up is not compared.
        let is_mixed = (field == Field::Results && kinds.len() > 1)
            || (matches!(field, Field::Spend | Field::Revenue) && currencies.len() > 1);
        let values = rows.iter().filter_map(|it| it.figure(field));
        let (mut sum, mut count) = (Decimal::ZERO, 0);
        for value in values {
            (sum, count) = (sum.checked_add(value).unwrap_or(sum), count + 1);
        }
        // Figures that only totals state are not split over the rows.
        if is_mixed || count == 0 {
            continue;
        }
        let difference = said.checked_sub(sum).unwrap_or(Decimal::ZERO).abs();
        if difference <= tolerance(field, rows.len() as u64) {
            continue;
        }
        let (record, total, sum) = (total.record, said.to_string(), sum.to_string());
        warnings.push(match field {
            Field::Reach => ImportWarning::TotalsReach { record, total, sum },
            _ => ImportWarning::TotalsDiffer { record, field: field.name().to_owned(), total, sum },
        });
    }
}
