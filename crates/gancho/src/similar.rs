//! `similar`: duplicates, the same art with other words, look-alikes, and how diverse a library is.

use std::time::Instant;

use gancho_evidence::{CacheNote, Keep, Outcome, PictureEvidence, Watch};
use gancho_library::{Creative, Library};
use gancho_report::{
    Counts, DiversityRecord, DropRecord, Locale, ManifestRecord, Messages, QuarantineRecord, SimilarEvidence,
    SimilarRecord, SimilarReport, schema,
};
use gancho_similarity::{
    Collection, Dhash, Grid, Likeness, Pair, Pdq, TextMask, UNRELATED_COSINE, Wanted, diversity,
};

use crate::records::{self, Context, rounded};
use crate::{Engine, Error};

/// Creatives whose evidence is held at once; of each only what is compared stays.
const GATHERED_TOGETHER: usize = 4096;

/// Level of the map of text from which a cell counts as text: a probability of a half.
const TEXT_LEVEL: u8 = 128;

/// What to compare, and how to talk about it.
#[derive(Debug, Clone)]
pub struct SimilarRequest {
    /// Pictures, folders, globs, manifests.
    pub inputs: Vec<String>,
    /// Pictures to compare them with; with each other when empty.
    pub against: Vec<String>,
    /// Let manifests name pictures outside their folder.
    pub allow_outside: bool,
    /// Least cosine of a look-alike.
    pub min_similarity: f32,
    /// Most look-alikes of one picture.
    pub top: usize,
    /// Measure diversity and name up to so many pictures that add least.
    pub drops: Option<usize>,
    /// Language of messages.
    pub locale: Locale,
}

impl Default for SimilarRequest {
    fn default() -> Self {
        let Wanted { min_similarity, top } = Wanted::default();
        Self {
            inputs: Vec::new(),
            against: Vec::new(),
            allow_outside: false,
            min_similarity,
            top,
            drops: None,
            locale: Locale::default(),
        }
    }
}

impl SimilarRequest {
    /// Opens the library that is compared: no picture is read yet.
    ///
    /// # Errors
    /// [`Error::Library`] when nothing at all can be used.
    pub fn open(&self) -> Result<Library, Error> {
        self.open_inputs(&self.inputs)
    }

    fn open_inputs(&self, inputs: &[String]) -> Result<Library, Error> {
        let options = gancho_library::Options {
            allow_outside: self.allow_outside,
            ..gancho_library::Options::default()
        };
        let mut library = Library::open(inputs, &options)?;
        library.creatives.retain(|it| it.picture.is_some());
        Ok(library)
    }
}

/// Pictures that can be compared, and what happened on the way.
struct Looked {
    collection: Collection,
    /// Id and pixels of each picture of the collection.
    pictures: Vec<(String, u64)>,
    quarantine: Vec<QuarantineRecord>,
    cached: u64,
    notes: Vec<CacheNote>,
}

impl Engine {
    /// Compares the pictures of a library, which `request` opened, with each other or with `request.against`.
    ///
    /// # Errors
    /// [`Error`] when the run as a whole cannot be done. Single files and rows at fault are in the report.
    pub fn similar(
        &mut self,
        library: &Library,
        request: &SimilarRequest,
        watch: &dyn Watch,
    ) -> Result<SimilarReport, Error> {
        let began = Instant::now();
        let messages = Messages::new(request.locale);
        let context = Context { messages: &messages };
        let base = match &request.against[..] {
            [] => None,
            inputs => Some(request.open_inputs(inputs)?),
        };
        let new = self.look(&library.creatives, &messages, watch)?;
        let old = match &base {
            Some(base) => Some(self.look(&base.creatives, &messages, watch)?),
            None => None,
        };
        let wanted = Wanted { min_similarity: request.min_similarity, top: request.top };
        let stop = || watch.interrupted();
        let pairs = self.workers()?.install(|| match &old {
            Some(old) => new.collection.pairs_with(&old.collection, &wanted, &stop),
            None => new.collection.pairs(&wanted, &stop),
        });
        let total = new.pictures.len() + old.as_ref().map_or(0, |it| it.pictures.len());
        let Some(pairs) = pairs else {
            return Err(self.cache.interrupted(total, total).into());
        };
        let seconds = old.as_ref().unwrap_or(&new);
        let pairs = pairs.iter().map(|it| similar_record(it, &new, seconds)).collect();
        let measured =
            request.drops.map(|drops| self.workers().map(|it| it.install(|| diversity_record(&new, drops))));
        let faults: Vec<_> = std::iter::once(library)
            .chain(&base)
            .flat_map(|it| &it.faults)
            .map(|fault| context.fault_record(fault))
            .collect();
        let mut notes = records::library_notes(library, &messages);
        let mut quarantine = new.quarantine;
        let mut cached = new.cached;
        let mut cache_notes = new.notes;
        if let Some(old) = old {
            quarantine.extend(old.quarantine);
            cached += old.cached;
            cache_notes.extend(old.notes);
        }
        notes.extend(cache_notes.iter().map(|note| records::cache_note(note, &messages)));
        quarantine.sort_by(|a, b| a.path.cmp(&b.path));
        let creatives = library.creatives.len() + base.as_ref().map_or(0, |it| it.creatives.len());
        let counts = Counts {
            creatives: creatives as u64,
            scored: total as u64,
            quarantined: quarantine.len() as u64,
            faults: faults.len() as u64,
            cached,
        };
        let manifest = ManifestRecord {
            schema: schema::Manifest,
            gancho: env!("CARGO_PKG_VERSION").to_owned(),
            models: self.models.iter().filter(|it| it.id == crate::engine::VISION).cloned().collect(),
            device: self.device.clone(),
            counts,
            skill: None,
            notes,
            seconds: began.elapsed().as_secs_f64(),
        };
        Ok(SimilarReport { pairs, diversity: measured.transpose()?, quarantine, faults, manifest })
    }

    /// Gathers what is compared, a part of the creatives at a time: of the rest of the evidence nothing stays.
    fn look(
        &mut self,
        creatives: &[Creative],
        messages: &Messages,
        watch: &dyn Watch,
    ) -> Result<Looked, Error> {
        let mut looked = Looked {
            collection: Collection::new(self.embedding_len()),
            pictures: Vec::new(),
            quarantine: Vec::new(),
            cached: 0,
            notes: Vec::new(),
        };
        for (part, some) in creatives.chunks(GATHERED_TOGETHER).enumerate() {
            let watch = Part { watch, before: part * GATHERED_TOGETHER, total: creatives.len() };
            let keep = Keep { embeddings: true, maps: true };
            let (gathered, notes) = self.gather(some, keep, &watch)?;
            looked.cached += gathered.cached as u64;
            looked.notes.extend(notes);
            for (creative, outcome) in some.iter().zip(gathered.outcomes) {
                match outcome {
                    Outcome::Refused(error) => {
                        looked.quarantine.push(records::quarantined(creative, &error, messages));
                    }
                    Outcome::Known(evidence) => {
                        let Some(picture) = &evidence.picture else { continue };
                        let Some(likeness) = likeness(picture) else { continue };
                        if looked.collection.push(&picture.embedding, likeness).is_ok() {
                            let pixels = u64::from(picture.width) * u64::from(picture.height);
                            looked.pictures.push((creative.id.clone(), pixels));
                        }
                    }
                }
            }
        }
        Ok(looked)
    }
}

/// What is compared of a picture. Evidence that this program wrote always has it.
fn likeness(picture: &PictureEvidence) -> Option<Likeness> {
    Some(Likeness {
        pdq: Pdq::parse(&picture.hashes.pdq)?,
        dhash: Dhash::parse(&picture.hashes.dhash)?,
        grid: Grid::new(picture.signature.luma())?,
        text: TextMask::new(picture.sight.text.levels(), picture.sight.text.side as usize, TEXT_LEVEL),
    })
}

fn similar_record(pair: &Pair, new: &Looked, base: &Looked) -> SimilarRecord {
    let number = |it: f32| rounded(f64::from(it));
    let agreement = &pair.agreement;
    SimilarRecord {
        schema: schema::Similar,
        a: new.pictures[pair.a].0.clone(),
        b: base.pictures[pair.b].0.clone(),
        relation: pair.relation.as_str().to_owned(),
        similarity: number(pair.cosine),
        evidence: SimilarEvidence {
            pdq_distance: pair.pdq_distance,
            dhash_distance: pair.dhash_distance,
            structure: number(agreement.structure),
            art: number(agreement.art),
            overlap: number(agreement.overlap),
            moved: agreement.moved,
            changed: number(agreement.changed),
            change: number(agreement.change),
            changed_in_text: agreement.changed_in_text.map(number),
        },
    }
}

fn diversity_record(looked: &Looked, drops: usize) -> DiversityRecord {
    let worth: Vec<u64> = looked.pictures.iter().map(|it| it.1).collect();
    let measured = diversity(looked.collection.vectors(), &worth, drops);
    let pictures = looked.pictures.len() as u64;
    let id = |row: usize| looked.pictures[row].0.clone();
    let steps = measured.drops.iter().zip(1..);
    DiversityRecord {
        schema: schema::Diversity,
        pictures,
        concepts: rounded(measured.concepts),
        order: 2,
        unrelated_cosine: rounded(f64::from(UNRELATED_COSINE)),
        drops: steps
            .map(|(it, dropped)| DropRecord {
                id: id(it.row),
                like: id(it.like),
                similarity: rounded(f64::from(it.cosine)),
                remaining: pictures - dropped,
                concepts: rounded(it.concepts),
            })
            .collect(),
    }
}

/// Progress of one part of the creatives as progress of all.
struct Part<'a> {
    watch: &'a dyn Watch,
    before: usize,
    total: usize,
}

impl Watch for Part<'_> {
    fn advanced(&self, done: usize, _total: usize) {
        self.watch.advanced(self.before + done, self.total);
    }

    fn interrupted(&self) -> bool {
        self.watch.interrupted()
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_signature_is_a_grid() {
        assert_eq!(gancho_media::SIGNATURE_SIDE as usize, gancho_similarity::SIDE);
    }
}
