//! Results as the scorer learns from them: one case per creative, campaign and context.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::learn::target::Counts;
use crate::prior::{Field, Prior};
use crate::record::Row;

/// Prefix of what belongs to the delivery, not to the creative.
pub(crate) const CONTEXT: &str = "context.";
/// Campaign of results that name none.
pub(crate) const NO_GROUP: &str = "";

/// Named columns of one length; NaN where a value is missing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Features {
    /// Names.
    pub names: Vec<String>,
    /// One list a name.
    pub columns: Vec<Vec<f32>>,
}

impl Features {
    /// Collects maps of named numbers into columns, names in order.
    pub fn of<'a>(
        rows: impl ExactSizeIterator<Item = &'a BTreeMap<String, f64>> + Clone,
        keep: impl Fn(&str) -> bool,
    ) -> Self {
        let mut columns: BTreeMap<&str, Vec<f32>> = BTreeMap::new();
        let count = rows.len();
        for (at, row) in rows.enumerate() {
            for (name, value) in row.iter().filter(|it| keep(it.0) && (*it.1 as f32).is_finite()) {
                let column = columns.entry(name).or_insert_with(|| vec![f32::NAN; count]);
                column[at] = *value as f32;
            }
        }
        let (names, columns) = columns.into_iter().map(|(name, column)| (name.to_owned(), column)).unzip();
        Self { names, columns }
    }

    /// The columns that a test accepts.
    pub fn only(&self, keep: impl Fn(&str) -> bool) -> Self {
        let kept = self.names.iter().zip(&self.columns).filter(|it| keep(it.0));
        let (names, columns) = kept.map(|(name, column)| (name.clone(), column.clone())).unzip();
        Self { names, columns }
    }

    /// The columns of these names, in their order, as a model was taught them; NaN where one is not known, and 0 for
    /// a category that nobody is in.
    pub(crate) fn arranged(&self, names: &[String], rows: usize) -> Self {
        let column = |name: &String| match self.names.iter().position(|it| it == name) {
            Some(at) => self.columns[at].clone(),
            None => vec![if name.contains('=') { 0.0 } else { f32::NAN }; rows],
        };
        Self { names: names.to_vec(), columns: names.iter().map(column).collect() }
    }
}

/// All results of a history.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cases {
    /// Ids of creatives, sorted.
    pub creatives: Vec<String>,
    /// What is known about each creative; shared, for it is large and never changes.
    pub content: Arc<Features>,
    /// What the prior says of each creative (log-ratio); 0 where it says nothing.
    pub prior: Vec<f64>,
    /// What is known about each case's delivery.
    pub context: Features,
    /// Names of campaigns, sorted.
    pub groups: Vec<String>,
    /// Number of each case's creative.
    pub creative: Vec<usize>,
    /// Number of each case's campaign.
    pub group: Vec<usize>,
    /// Day of each case, counted from 1970-01-01.
    pub day: Vec<Option<i64>>,
    /// What each case earned.
    pub counts: Vec<Counts>,
}

impl Cases {
    /// Collects the results of rows, in the order of their ids.
    pub fn of(rows: &[&Row], prior: Option<&Prior>) -> Self {
        let mut rows = rows.to_vec();
        rows.sort_by(|a, b| a.id.cmp(&b.id));
        let content = Features::of(rows.iter().map(|it| &it.features), |it| !it.starts_with(CONTEXT));
        let says = |row: &Row| prior.filter(|_| Field::of(row).is_some()).map_or(0.0, |it| it.log_ratio(row));
        let mut cases = Self {
            creatives: rows.iter().map(|it| it.id.clone()).collect(),
            prior: rows.iter().map(|it| says(it)).collect(),
            content: Arc::new(content),
            ..Self::default()
        };
        let mut contexts = Vec::new();
        let mut groups = Vec::new();
        for (creative, row) in rows.iter().enumerate() {
            for seen in &row.observations {
                let mut context: BTreeMap<String, f64> = row
                    .features
                    .range(CONTEXT.to_owned()..)
                    .take_while(|it| it.0.starts_with(CONTEXT))
                    .map(|(name, value)| (name.clone(), *value))
                    .collect();
                context.extend(seen.context.iter().map(|(name, value)| (name.clone(), *value)));
                contexts.push(context);
                groups.push(seen.group.as_deref().or(row.group.as_deref()).unwrap_or(NO_GROUP));
                cases.creative.push(creative);
                cases.day.push(seen.day);
                cases.counts.push(seen.counts);
            }
        }
        let mut names = groups.clone();
        names.sort_unstable();
        names.dedup();
        cases.group = groups.iter().map(|it| names.binary_search(it).unwrap_or(0)).collect();
        cases.groups = names.into_iter().map(str::to_owned).collect();
        cases.context = Features::of(contexts.iter(), |_| true);
        cases.settle_context();
        cases
    }

    /// A missing category is "not this one": its indicator is 0, so that trees need not tell it from unknown.
    fn settle_context(&mut self) {
        for (name, column) in self.context.names.iter().zip(&mut self.context.columns) {
            if name.contains('=') {
                column.iter_mut().filter(|it| it.is_nan()).for_each(|it| *it = 0.0);
            }
        }
    }

    /// Campaigns with a single creative count as one library: inside of them there is nothing to compare.
    pub(crate) fn gather_singles(&mut self) {
        let mut first: Vec<Option<usize>> = vec![None; self.groups.len()];
        let mut several = vec![false; self.groups.len()];
        for (group, creative) in self.group.iter().zip(&self.creative) {
            several[*group] |= first[*group].get_or_insert(*creative) != creative;
        }
        if self.group.iter().all(|it| several[*it]) {
            return;
        }
        // The name of no campaign sorts first.
        let has_library = self.groups.first().is_some_and(|it| it == NO_GROUP);
        let shift = usize::from(!has_library);
        if !has_library {
            self.groups.insert(0, NO_GROUP.to_owned());
        }
        self.group.iter_mut().for_each(|it| *it = if several[*it] { *it + shift } else { 0 });
    }

    /// The cases that a test accepts; creatives and campaigns keep their numbers.
    pub(crate) fn filter(&self, keep: &[usize]) -> Self {
        let pick = |it: &Vec<f32>| keep.iter().map(|at| it[*at]).collect();
        Self {
            creatives: self.creatives.clone(),
            content: Arc::clone(&self.content),
            prior: self.prior.clone(),
            context: Features {
                names: self.context.names.clone(),
                columns: self.context.columns.iter().map(pick).collect(),
            },
            groups: self.groups.clone(),
            creative: keep.iter().map(|it| self.creative[*it]).collect(),
            group: keep.iter().map(|it| self.group[*it]).collect(),
            day: keep.iter().map(|it| self.day[*it]).collect(),
            counts: keep.iter().map(|it| self.counts[*it]).collect(),
        }
    }

    /// Creatives and campaigns of the given cases.
    pub(crate) fn filter_lists(&self, keep: &[usize]) -> (Vec<usize>, Vec<usize>) {
        keep.iter().map(|it| (self.creative[*it], self.group[*it])).unzip()
    }

    /// Number of cases.
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// Whether there are no cases.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }
}
