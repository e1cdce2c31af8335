//! The history that is learned from: creatives with their evidence, and what they earned where.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use gancho_evidence::{Evidence, Keep, Outcome, Watch};
use gancho_library::exports::{self, ExportError, Mapping, PerformanceRow, import};
use gancho_library::{Creative, Library, Role};
use gancho_report::{Locale, Messages, NoteRecord, QuarantineRecord};
use gancho_scorer::learn::{Cases, HoldOut, Objective, Target};
use gancho_scorer::{ContentKey, Row};

use super::index::Index;
use super::mapping::LearnMapping;
use super::observations::{self, ResultRow};
use super::table;
use crate::features;
use crate::{Engine, Error, records};

/// What to learn from, and how.
#[derive(Debug, Clone, Default)]
pub struct LearnRequest {
    /// Pictures, folders, globs, manifests; nothing where the performance rows say all there is to know.
    pub inputs: Vec<String>,
    /// Performance exports.
    pub performance: Vec<PathBuf>,
    /// What the columns of the exports mean.
    pub mapping: Option<PathBuf>,
    /// `gancho.toml` of another place than the library's root.
    pub config: Option<PathBuf>,
    /// Let manifests name pictures outside their folder.
    pub allow_outside: bool,
    /// The ratio to explain.
    pub target: Target,
    /// What growing aims at.
    pub objective: Objective,
    /// What is held out together.
    pub hold_out: HoldOut,
    /// Let the same picture or text stand on both sides of a split.
    pub allow_leaks: bool,
    /// Whether the copy is of the publisher that the prior was learned from.
    pub at_home: bool,
    /// Language of messages.
    pub locale: Locale,
}

/// A history, ready to be learned from.
#[derive(Debug, Default)]
pub struct Sample {
    /// Results with the features of their creatives.
    pub cases: Cases,
    /// What each creative of the cases shows.
    pub keys: Vec<ContentKey>,
    /// What a reader has to know.
    pub notes: Vec<NoteRecord>,
    /// Files that were left out.
    pub quarantine: Vec<QuarantineRecord>,
    /// Rows of results read.
    pub rows: u64,
}

impl Engine {
    /// Collects the history that a request names.
    ///
    /// # Errors
    /// [`Error`] when nothing can be used.
    pub fn sample(&mut self, request: &LearnRequest, watch: &dyn Watch) -> Result<Sample, Error> {
        let messages = Messages::new(request.locale);
        let (importing, learning) = mappings(request)?;
        let mut rows: Vec<PerformanceRow> = Vec::new();
        let mut notes = Vec::new();
        let library = match request.inputs.is_empty() {
            true => None,
            false => Some(open(request)?),
        };
        let own = library.iter().flat_map(performance_of);
        for file in request.performance.iter().cloned().chain(own) {
            let imported = import(&file, &importing, &exports::Options::default()).map_err(Box::new)?;
            notes.extend(imported.warnings.iter().map(|it| records::import_note(it, &messages)));
            rows.extend(imported.rows);
        }
        let known = match library {
            None => table::described(&rows, &learning),
            Some(library) => joined(library, &rows, &learning, &messages, &mut notes),
        };
        if !known.other_results.is_empty() {
            notes.push(records::other_results_note(&known.other_results, &messages));
        }
        let mut sample = self.evidence_of(known, &learning, request.at_home, watch, &messages)?;
        sample.rows = rows.len() as u64;
        notes.append(&mut sample.notes);
        sample.notes = notes;
        Ok(sample)
    }

    /// Gathers what is known about the creatives and puts it beside their results.
    fn evidence_of(
        &mut self,
        known: table::Described,
        learning: &LearnMapping,
        at_home: bool,
        watch: &dyn Watch,
        messages: &Messages,
    ) -> Result<Sample, Error> {
        let table::Described { creatives, features, rows, .. } = known;
        let mut sample = Sample::default();
        let (gathered, cache_notes) =
            self.gather(&creatives, Keep { embeddings: true, maps: false }, watch)?;
        sample.notes.extend(cache_notes.iter().map(|it| records::cache_note(it, messages)));
        let mut outcomes = gathered.outcomes;
        let mut copies: Vec<_> = outcomes
            .iter_mut()
            .filter_map(|it| match it {
                Outcome::Known(evidence) => evidence.copy.as_mut(),
                Outcome::Refused(_) => None,
            })
            .collect();
        self.read_meanings(&mut copies, watch)?;
        let season = learning.season.unwrap_or(true);
        let mut seen = observations::observations(&rows, &learning.context(), season);
        let mut lines: Vec<(Row, ContentKey)> = Vec::new();
        for (at, (creative, outcome)) in creatives.iter().zip(outcomes).enumerate() {
            match outcome {
                Outcome::Known(evidence) => {
                    let mut row = features::row(creative, &evidence, at_home);
                    row.features.extend(features[at].iter().map(|(name, value)| (name.clone(), *value)));
                    row.observations = seen.remove(&at).unwrap_or_default();
                    lines.push((row, content_key(&evidence)));
                }
                Outcome::Refused(error) => {
                    sample.quarantine.push(records::quarantined(creative, &error, messages));
                }
            }
        }
        // As `Cases::of` sorts them.
        lines.sort_by(|a, b| a.0.id.cmp(&b.0.id));
        sample.cases =
            Cases::of(&lines.iter().map(|it| &it.0).collect::<Vec<_>>(), self.scorers.prior.as_ref());
        sample.keys = lines.into_iter().map(|it| it.1).collect();
        Ok(sample)
    }
}

fn open(request: &LearnRequest) -> Result<Library, Error> {
    let options = gancho_library::Options {
        allow_outside: request.allow_outside,
        config: request.config.clone(),
        ..gancho_library::Options::default()
    };
    Ok(Library::open(&request.inputs, &options)?)
}

/// Performance files that lie in the library's own folder.
fn performance_of(library: &Library) -> impl Iterator<Item = PathBuf> {
    let used = library.picked_up.iter().filter(|it| it.role == Role::Performance);
    used.map(|it| library.root.join(&it.file)).collect::<Vec<_>>().into_iter()
}

/// Creatives of a library with the rows that name them.
fn joined(
    library: Library,
    rows: &[PerformanceRow],
    learning: &LearnMapping,
    messages: &Messages,
    notes: &mut Vec<NoteRecord>,
) -> table::Described {
    notes.extend(records::library_notes(&library, messages));
    let (context, group) = (learning.context(), learning.group());
    let reading = table::Reading::of(rows);
    let index = Index::of(&library.creatives);
    let mut results: Vec<ResultRow> = Vec::new();
    let mut strangers = 0_u64;
    for row in rows {
        let Some(creative) = index.of_row(row) else {
            strangers += 1;
            continue;
        };
        let own = &library.creatives[creative];
        results.push(ResultRow {
            creative,
            group: table::joined(row, &group).or_else(|| own.campaign.clone()),
            day: row.date_start.as_deref().or(own.start.as_deref()).and_then(table::day),
            counts: reading.counts(row, learning),
            context: context.iter().map(|it| table::cell(row, it).or_else(|| own_cell(own, it))).collect(),
        });
    }
    if strangers > 0 {
        notes.push(records::strangers_note(strangers, messages));
    }
    let seen: BTreeSet<usize> = results.iter().map(|it| it.creative).collect();
    for (creative, own) in library.creatives.iter().enumerate().filter(|it| !seen.contains(&it.0)) {
        // Figures of the manifest itself: one row a creative.
        let Some(counts) = features::counts(own) else { continue };
        results.push(ResultRow {
            creative,
            group: own.campaign.clone(),
            day: own.start.as_deref().and_then(table::day),
            counts,
            context: context.iter().map(|it| own_cell(own, it)).collect(),
        });
    }
    let features = vec![BTreeMap::new(); library.creatives.len()];
    table::Described {
        creatives: library.creatives,
        features,
        rows: results,
        other_results: reading.other_kinds,
    }
}

/// What a creative's own columns say of its delivery.
pub(super) fn own_cell(creative: &Creative, key: &str) -> Option<String> {
    match key {
        "platform" => creative.platform.clone(),
        "placement" => creative.placement.clone(),
        "ad_set" => creative.ad_set.clone(),
        "audience" => creative.audience.clone(),
        "market" => creative.market.clone(),
        other => creative.extra.get(other).cloned(),
    }
}

fn content_key(evidence: &Evidence) -> ContentKey {
    ContentKey {
        picture: evidence.picture.as_ref().map(|it| it.content_key.clone()),
        text: evidence.copy.as_ref().map(|it| it.content_key.clone()),
    }
}

/// The mapping file, as the importer reads it and as learning reads it.
fn mappings(request: &LearnRequest) -> Result<(Mapping, LearnMapping), Error> {
    let Some(file) = &request.mapping else { return Ok((Mapping::default(), LearnMapping::default())) };
    let importing = Mapping::read(file).map_err(Box::new)?;
    let name = file.to_string_lossy().replace('\\', "/");
    let unreadable = |detail: String| Box::new(ExportError::MappingUnreadable { file: name.clone(), detail });
    let text = std::fs::read_to_string(file).map_err(|it| unreadable(it.to_string()))?;
    Ok((importing, LearnMapping::parse(&text).map_err(unreadable)?))
}
