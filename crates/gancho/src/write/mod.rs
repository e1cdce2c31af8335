//! `write`: copy for a brief, through the gate, ranked by the scorer.
//!
//! A writer proposes ([`gancho_writer::compose`] from rhetorical frames), the gate of [`gancho_writer`] stops what breaks
//! a rule, and the scorer orders what is left. Everything that was left out is counted.

mod briefs;
mod improve;
mod merit;
mod order;
mod records;
mod session;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::Instant;

use gancho_evidence::{CopyEvidence, Evidence, Watch};
use gancho_library::{Copy, Creative, Library};
use gancho_report::{Counts, Locale, ManifestRecord, Messages, WritingRecord, WritingReport, schema};
use gancho_scorer::{Ranking, Row, score};
use gancho_writer::{Brief, Composed, Field, Gate, Variant, compose};

use crate::features::row;
use crate::records::{prior_carries_little, ranking_notes, scorer_options};
use crate::{Engine, Error};

pub use briefs::{BriefFault, brief_in_words, briefs, example, usual_market, with_fields};
pub use improve::Improvement;
pub use merit::{Objective, ObjectiveError};
pub use order::{But, Order, OrderError};
pub use session::{Reply, Session, SessionError, SessionFile};

/// What to write.
#[derive(Debug, Clone)]
pub struct WriteRequest {
    /// The briefs.
    pub briefs: Vec<Brief>,
    /// Variants for each.
    pub count: usize,
    /// Where the choice begins: the same seed gives the same variants.
    pub seed: u64,
    /// What is weighed.
    pub objective: Objective,
    /// Lines that exist already: nothing nearly the same is written.
    pub against: Vec<String>,
    /// Language of messages.
    pub locale: Locale,
}

impl WriteRequest {
    /// Variants where nobody said how many.
    pub const USUAL_COUNT: usize = 12;

    /// Every text of a library, to be written around.
    pub fn lines_of(library: &Library) -> Vec<String> {
        let texts = |it: &Creative| {
            let copy = it.copy.clone();
            [copy.headline, copy.primary_text, copy.description].into_iter().flatten()
        };
        library.creatives.iter().flat_map(texts).collect()
    }
}

impl Engine {
    /// Writes variants for each brief. A brief that cannot be written for is no error: its record says why.
    ///
    /// # Errors
    /// [`Error`] when the language model fails, and when the person interrupted.
    pub fn write(&mut self, request: &WriteRequest, watch: &dyn Watch) -> Result<WritingReport, Error> {
        let began = Instant::now();
        let messages = Messages::new(request.locale);
        let (mut variants, mut writings) = (Vec::new(), Vec::new());
        for (done, brief) in request.briefs.iter().enumerate() {
            let (written, writing) = self.write_one(brief, request, &messages, watch)?;
            variants.extend(written);
            writings.push(writing);
            watch.advanced(done + 1, request.briefs.len());
        }
        let written = variants.len() as u64;
        let counts = Counts { creatives: written, scored: written, ..Counts::default() };
        let manifest = ManifestRecord {
            schema: schema::Manifest,
            gancho: env!("CARGO_PKG_VERSION").to_owned(),
            models: self.models.clone(),
            device: self.device.clone(),
            counts,
            skill: None,
            notes: Vec::new(),
            seconds: crate::records::rounded_to(began.elapsed().as_secs_f64(), 2),
        };
        Ok(WritingReport { variants, writings, manifest })
    }

    fn write_one(
        &mut self,
        brief: &Brief,
        request: &WriteRequest,
        messages: &Messages,
        watch: &dyn Watch,
    ) -> Result<(Vec<gancho_report::VariantRecord>, WritingRecord), Error> {
        let checked = brief.check();
        let mut record = records::writing(brief, &checked, request, messages);
        let gate = Gate::new(&checked).with_library(request.against.iter().map(String::as_str));
        let failed: RefCell<Option<Error>> = RefCell::new(None);
        let engine = RefCell::new(self);
        let rate = |pool: &[Variant]| {
            let rated = engine
                .borrow_mut()
                .rank(pool, watch)
                .map(|ranking| merit::of(pool, &by_number(&ranking, pool.len()), brief, &request.objective));
            rated.unwrap_or_else(|error| {
                failed.borrow_mut().get_or_insert(error);
                vec![0.0; pool.len()]
            })
        };
        let composed = match compose(brief, &gate, request.count, request.seed, &rate) {
            Ok(composed) => composed,
            Err(_) => return Ok((Vec::new(), record)),
        };
        if let Some(error) = failed.into_inner() {
            return Err(error);
        }
        let Composed { variants, dropped, judged, passed, notes } = composed;
        let engine = engine.into_inner();
        let ranking = engine.rank(&variants, watch)?;
        let order = merit::order(&variants, &by_number(&ranking, variants.len()), brief, &request.objective);
        let placement = brief.resolved_placement();
        let written: Vec<_> = order
            .iter()
            .enumerate()
            .filter_map(|(place, at)| {
                let score = ranking.scores.iter().find(|it| it.id == number(*at))?;
                Some(records::variant(place + 1, &variants[*at], score, brief, &placement, messages))
            })
            .collect();
        (record.written, record.judged, record.passed) = (written.len(), judged, passed);
        record.stopped = records::stopped(&dropped, messages);
        record.notes = notes.iter().map(|it| records::blocked(it, messages)).collect();
        if !written.is_empty() {
            record.notes.extend(ranking_notes(&ranking, messages));
            record.notes.extend(engine.scorers.prior.as_ref().map(|it| prior_carries_little(it, messages)));
        }
        Ok((written, record))
    }

    /// Ranks variants among each other; the id of each is its number.
    fn rank(&mut self, variants: &[Variant], watch: &dyn Watch) -> Result<Ranking, Error> {
        let copies: Vec<Copy> = variants.iter().map(|it| copy_of(&it.fields)).collect();
        let rows = self.rows_of(&copies, watch)?;
        let pool = self.workers()?;
        Ok(pool.install(|| score(&rows, &self.scorers, &scorer_options()))?)
    }

    /// The rows of texts without pictures, numbered.
    fn rows_of(&mut self, copies: &[Copy], watch: &dyn Watch) -> Result<Vec<Row>, Error> {
        let pool = self.workers()?;
        let read = crate::explain::reread(self, copies, &pool, watch)?;
        let creative =
            |at: usize| Creative { id: number(at), copy: copies[at].clone(), ..Creative::default() };
        let evidence = |copy: Option<CopyEvidence>| Evidence { picture: None, copy, comments: None };
        Ok(read.into_iter().enumerate().map(|(at, it)| row(&creative(at), &evidence(it), false)).collect())
    }
}

/// Ids that sort as numbers do.
fn number(at: usize) -> String {
    format!("{at:06}")
}

/// Scores in the order of the variants.
fn by_number(ranking: &Ranking, count: usize) -> Vec<f64> {
    let scores: BTreeMap<&str, f64> = ranking.scores.iter().map(|it| (it.id.as_str(), it.score)).collect();
    (0..count).map(|at| scores.get(number(at).as_str()).copied().unwrap_or(50.0)).collect()
}

/// A variant as the scorer reads creatives: what stands in for the headline, the text, the description.
pub(crate) fn copy_of(fields: &BTreeMap<Field, String>) -> Copy {
    let first = |wanted: &[Field]| wanted.iter().find_map(|it| fields.get(it)).cloned();
    Copy {
        headline: first(&[Field::Headline, Field::LongHeadline, Field::Title, Field::Subject]),
        primary_text: first(&[
            Field::PrimaryText,
            Field::IntroText,
            Field::AdText,
            Field::Text,
            Field::Body,
            Field::Preheader,
        ]),
        description: first(&[Field::Description, Field::Footer]),
        call_to_action: first(&[Field::CallToAction]),
    }
}
