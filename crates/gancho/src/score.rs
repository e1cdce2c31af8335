//! `score`: a library goes in, a ranked and explained report comes out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Instant;

use gancho_evidence::{CommentEvidence, Evidence, Keep, Outcome, Watch};
use gancho_library::{Creative, Library};
use gancho_report::{
    Basis, CopyRecord, Counts, Locale, ManifestRecord, Messages, QuarantineRecord, Report, ScoreRecord,
    schema,
};
use gancho_scorer::Ranker;

use crate::explain::{Explain, Explainer};
use crate::features::{counts, row};
use crate::records::{self, Context};
use crate::{Engine, Error, Timings, heat, learn, thumbnails};

/// Embeddings enter the scores only when there may be a history to learn from.
const LEAST_OUTCOMES: usize = 30;

/// Fewer comments than this say more about who happened to write than about the creative.
const LEAST_COMMENTS: usize = 5;

/// What to rank, and how to talk about it.
#[derive(Debug, Clone, Default)]
pub struct ScoreRequest {
    /// Pictures, folders, globs, manifests.
    pub inputs: Vec<String>,
    /// Performance tables beside those that the library itself holds.
    pub performance: Vec<PathBuf>,
    /// Comment tables.
    pub comments: Vec<PathBuf>,
    /// `gancho.toml` of another place than the library's root.
    pub config: Option<PathBuf>,
    /// What `gancho train` learned; that of `gancho.toml` when absent.
    pub model: Option<PathBuf>,
    /// Let manifests name pictures outside their folder.
    pub allow_outside: bool,
    /// Language of reasons and messages.
    pub locale: Locale,
    /// Make a thumbnail for each of the first so many creatives; 0 for formats without pictures.
    pub thumbnails: usize,
    /// How many creatives are explained down to the word and the region.
    pub explain: Explain,
}

impl ScoreRequest {
    /// A request with nothing but its inputs.
    pub fn new(inputs: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { inputs: inputs.into_iter().map(Into::into).collect(), ..Self::default() }
    }

    /// Opens the library: no picture is read yet, and its `gancho.toml` is known.
    ///
    /// # Errors
    /// [`Error::Library`] when nothing at all can be used.
    pub fn open(&self) -> Result<Library, Error> {
        let options = gancho_library::Options {
            allow_outside: self.allow_outside,
            performance: self.performance.clone(),
            comments: self.comments.clone(),
            config: self.config.clone(),
            ..gancho_library::Options::default()
        };
        Ok(Library::open(&self.inputs, &options)?)
    }
}

/// One creative on its way to the report: either its evidence, or why it was refused.
struct Judged<'a> {
    creative: &'a Creative,
    evidence: Evidence,
}

impl Engine {
    /// Ranks the creatives of a library, which `request` opened, and says where the time went.
    ///
    /// # Errors
    /// [`Error`] when the run as a whole cannot be done. Single files and rows at fault are in the report.
    pub fn score(
        &mut self,
        library: &Library,
        request: &ScoreRequest,
        watch: &dyn Watch,
    ) -> Result<(Report, Timings), Error> {
        let began = Instant::now();
        let messages = Messages::new(request.locale);
        let trained = match request.model.as_ref().or(library.config.history.model.as_ref()) {
            Some(path) => Some(learn::open_model(path)?),
            None => None,
        };
        let known = library.creatives.iter().filter(|it| counts(it).is_some()).count();
        // Maps stay only where all creatives get a thumbnail; of more, the best are looked at again below.
        let few = library.creatives.len() <= request.thumbnails;
        let keep = Keep { embeddings: known >= LEAST_OUTCOMES || trained.is_some(), maps: few };
        let (gathered, mut cache_notes) = self.gather(&library.creatives, keep, watch)?;

        let mut quarantine = Vec::new();
        let mut judged = Vec::with_capacity(library.creatives.len());
        for (creative, outcome) in library.creatives.iter().zip(gathered.outcomes) {
            match outcome {
                Outcome::Known(evidence) => judged.push(Judged { creative, evidence: *evidence }),
                Outcome::Refused(error) => quarantine.push(records::quarantined(creative, &error, &messages)),
            }
        }
        let mut comments = self.comment_evidence(library)?;
        for it in &mut judged {
            it.evidence.comments = comments.remove(&it.creative.id);
        }
        let mut copies: Vec<_> = judged.iter_mut().filter_map(|it| it.evidence.copy.as_mut()).collect();
        self.read_meanings(&mut copies, watch)?;
        let at_home = self.is_at_home(library);
        let mut rows: Vec<_> = judged.iter().map(|it| row(it.creative, &it.evidence, at_home)).collect();
        let creatives: Vec<&Creative> = judged.iter().map(|it| it.creative).collect();
        learn::add_context(&mut rows, &creatives);
        let mut models = self.models.clone();
        let mut scorers = self.scorers.clone();
        if let Some((history, record)) = trained {
            scorers.history = Some(history);
            models.push(record);
        }
        let (pool, options) = (self.workers()?, records::scorer_options());
        let ranker = pool.install(|| Ranker::of(&rows, &scorers, &options))?;
        let mut explanations = BTreeMap::new();
        if request.explain != Explain::default() {
            let explainer = Explainer {
                ranker: &ranker,
                known: judged.iter().zip(&rows).map(|(it, row)| (it.creative, &it.evidence, row)).collect(),
                config: &library.config,
                messages: &messages,
                pool: &pool,
                keep: Keep { maps: false, ..keep },
                watch,
            };
            let notes;
            (explanations, notes) = explainer.explain(request.explain, self)?;
            cache_notes.extend(notes);
        }
        let ranking = ranker.ranking;
        drop(rows);

        let by_id: BTreeMap<&str, &Judged> = judged.iter().map(|it| (it.creative.id.as_str(), it)).collect();
        let context = Context { messages: &messages };
        let scores: Vec<_> = ranking
            .scores
            .iter()
            .filter_map(|score| by_id.get(score.id.as_str()).map(|it| (score, it)))
            .map(|(score, it)| ScoreRecord {
                explanation: explanations.remove(&score.id),
                ..context.score_record(score, it.creative, &it.evidence)
            })
            .collect();
        let faults: Vec<_> = library.faults.iter().map(|fault| context.fault_record(fault)).collect();
        let thumbnails = scores
            .iter()
            .take(request.thumbnails)
            .filter_map(|it| by_id.get(it.id.as_str()))
            .filter_map(|it| {
                Some((it.creative.id.clone(), thumbnails::thumbnail(it.creative, self.limits())?))
            })
            .collect();
        let heat = match few {
            true => judged.iter().filter_map(|it| heat_of(it.creative, &it.evidence)).collect(),
            false => self.heat_of_the_first(request.thumbnails, &scores, &judged, watch)?,
        };
        let mut notes = records::ranking_notes(&ranking, &messages);
        if !at_home && scores.iter().any(rests_on_tests) {
            notes.extend(self.scorers.prior.as_ref().map(|it| records::prior_carries_little(it, &messages)));
        }
        notes.extend(records::library_notes(library, &messages));
        notes.extend(cache_notes.iter().map(|note| records::cache_note(note, &messages)));
        let counts = Counts {
            creatives: library.creatives.len() as u64,
            scored: scores.len() as u64,
            quarantined: quarantine.len() as u64,
            faults: faults.len() as u64,
            cached: gathered.cached as u64,
        };
        let manifest = ManifestRecord {
            schema: schema::Manifest,
            gancho: env!("CARGO_PKG_VERSION").to_owned(),
            models,
            device: self.device.clone(),
            counts,
            skill: ranking.skill.as_ref().map(|skill| records::skill_record(skill, &messages)),
            notes,
            seconds: began.elapsed().as_secs_f64(),
        };
        sort_quarantine(&mut quarantine);
        Ok((Report { scores, quarantine, faults, manifest, thumbnails, heat }, gathered.timings))
    }

    /// Whether the library says that its copy is of the publisher that the prior was learned from.
    fn is_at_home(&self, library: &Library) -> bool {
        let publisher = library.config.prior.publisher.as_ref();
        let prior = self.scorers.prior.as_ref();
        publisher.zip(prior).is_some_and(|(it, prior)| it.trim().eq_ignore_ascii_case(&prior.publisher))
    }

    /// What people answered below each creative of a library that has comments; spam and fewer than
    /// [`LEAST_COMMENTS`] say nothing.
    fn comment_evidence(&mut self, library: &Library) -> Result<BTreeMap<String, CommentEvidence>, Error> {
        let mut by_creative: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for comment in &library.comments {
            if let Some(id) = &comment.creative_id {
                by_creative.entry(id).or_default().push(&comment.text);
            }
        }
        by_creative.retain(|_, texts| texts.len() >= LEAST_COMMENTS);
        if by_creative.is_empty() {
            return Ok(BTreeMap::new());
        }
        let reader = self.reader()?;
        let mut evidence = BTreeMap::new();
        for (id, texts) in by_creative {
            let readings = reader.read(&texts)?;
            evidence.extend(CommentEvidence::of(readings.iter()).map(|it| (id.to_owned(), it)));
        }
        Ok(evidence)
    }

    /// Maps of attention for the first creatives of a ranking whose maps were not kept: out of the cache, or,
    /// without one, by looking again at those few.
    fn heat_of_the_first(
        &mut self,
        count: usize,
        scores: &[ScoreRecord],
        judged: &[Judged],
        watch: &dyn Watch,
    ) -> Result<BTreeMap<String, Vec<u8>>, Error> {
        let first: BTreeSet<&str> = scores.iter().take(count).map(|it| it.id.as_str()).collect();
        let creatives: Vec<Creative> = judged
            .iter()
            .filter(|it| first.contains(it.creative.id.as_str()))
            .map(|it| it.creative.clone())
            .collect();
        if creatives.is_empty() {
            return Ok(BTreeMap::new());
        }
        let (gathered, _) = self.gather(&creatives, Keep { embeddings: false, maps: true }, watch)?;
        let again = creatives.iter().zip(&gathered.outcomes);
        Ok(again
            .filter_map(|(creative, outcome)| match outcome {
                Outcome::Known(evidence) => heat_of(creative, evidence),
                Outcome::Refused(_) => None,
            })
            .collect())
    }
}

/// Whether headline tests have a say in a score.
fn rests_on_tests(score: &ScoreRecord) -> bool {
    let has_copy = score.evidence.copy != CopyRecord::default();
    matches!(score.basis, Basis::Prior) || (has_copy && matches!(score.basis, Basis::Blend))
}

/// The map of a creative's attention as a small picture, by id.
fn heat_of(creative: &Creative, evidence: &Evidence) -> Option<(String, Vec<u8>)> {
    let picture = evidence.picture.as_ref()?;
    Some((creative.id.clone(), heat::png(&picture.sight.attention)?))
}

fn sort_quarantine(quarantine: &mut [QuarantineRecord]) {
    quarantine.sort_by(|a, b| a.path.cmp(&b.path).then_with(|| a.id.cmp(&b.id)));
}
