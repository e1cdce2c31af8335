//! `see`: everything that each picture tells, and drawings of it.

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use gancho_evidence::{Keep, Outcome, Timings, Watch};
use gancho_report::{Locale, Messages, SightRecord, SightReport};
use rayon::prelude::*;

use crate::embed::pictures_in_order;
use crate::records::{self, Context};
use crate::{Engine, Error, overlay, sights};

/// Characters of a drawing's name that come from the picture's.
const LONGEST_NAME: usize = 48;

/// What to look at.
#[derive(Debug, Clone, Default)]
pub struct SeeRequest {
    /// Pictures, folders, globs, manifests.
    pub inputs: Vec<String>,
    /// `gancho.toml` of another place than the library's root.
    pub config: Option<PathBuf>,
    /// Let manifests name pictures outside their folder.
    pub allow_outside: bool,
    /// Language of messages.
    pub locale: Locale,
}

/// What was seen.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The records.
    pub report: SightReport,
    /// The file of each sight.
    files: Vec<PathBuf>,
    /// Where the time went.
    pub timings: Timings,
}

/// One drawing: its file name, unlike that of any other, and the bytes of a PNG.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// Letters, digits, dots, dashes and underscores, ending in `.sight.png`.
    pub name: String,
    /// The picture.
    pub png: Vec<u8>,
}

impl Engine {
    /// Looks at every picture of the inputs, in input order: rows of a manifest by line, files of a folder
    /// by path. Creatives without a picture are passed over.
    ///
    /// # Errors
    /// [`Error`] when the run as a whole cannot be done. Single files and rows at fault are in the report.
    pub fn see(&mut self, request: &SeeRequest, watch: &dyn Watch) -> Result<Seen, Error> {
        let messages = Messages::new(request.locale);
        let library = pictures_in_order(&request.inputs, request.config.clone(), request.allow_outside)?;
        let keep = Keep { embeddings: false, maps: true };
        let (gathered, _) = self.gather(&library.creatives, keep, watch)?;
        let (mut sights, mut files, mut quarantine) = (Vec::new(), Vec::new(), Vec::new());
        for (creative, outcome) in library.creatives.iter().zip(gathered.outcomes) {
            match outcome {
                Outcome::Refused(error) => quarantine.push(records::quarantined(creative, &error, &messages)),
                Outcome::Known(evidence) => {
                    if let (Some(picture), Some(file)) = (&evidence.picture, &creative.picture) {
                        sights.push(sights::record(&creative.path, picture));
                        files.push(file.clone());
                    }
                }
            }
        }
        let context = Context { messages: &messages };
        let faults = library.faults.iter().map(|it| context.fault_record(it)).collect();
        Ok(Seen { report: SightReport { sights, quarantine, faults }, files, timings: gathered.timings })
    }

    /// Draws what was seen over each picture and hands the drawings to `write`, from several threads and in
    /// no order. Returns how many there were: a file that is no longer there, or no longer a picture, has none.
    ///
    /// # Errors
    /// [`Error`] when it is interrupted or cannot start; within it, what `write` failed with first.
    pub fn draw(
        &self,
        seen: &Seen,
        write: &(dyn Fn(&Drawing) -> io::Result<()> + Sync),
        watch: &dyn Watch,
    ) -> Result<io::Result<usize>, Error> {
        let names = names(&seen.report.sights);
        let total = names.len();
        let (limits, done) = (*self.limits(), AtomicUsize::new(0));
        let all: Vec<_> = names.into_iter().zip(&seen.files).zip(&seen.report.sights).collect();
        let draw = |((name, file), record): ((String, &PathBuf), &SightRecord)| {
            if watch.interrupted() {
                return Ok(0);
            }
            let drawn = match overlay::png(file, record, &limits) {
                Some(png) => write(&Drawing { name, png }).map(|()| 1),
                None => Ok(0),
            };
            watch.advanced(done.fetch_add(1, Ordering::Relaxed) + 1, total);
            drawn
        };
        let drawn =
            self.workers()?.install(|| all.into_par_iter().map(draw).try_reduce(|| 0, |a, b| Ok(a + b)));
        if watch.interrupted() {
            return Err(self.cache.interrupted(done.into_inner(), total).into());
        }
        Ok(drawn)
    }
}

/// A file name for each drawing: the picture's own without what a file system or a shell may mind, and
/// numbered where another has it, large and small letters being the same.
fn names(sights: &[SightRecord]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    sights
        .iter()
        .map(|it| {
            let stem = safe(&it.path);
            let numbered = (2u64..).map(|number| format!("{stem}-{number}"));
            let mut free = std::iter::once(stem.clone()).chain(numbered);
            let name = free.find(|it| taken.insert(it.to_lowercase())).unwrap_or(stem.clone());
            format!("{name}.sight.png")
        })
        .collect()
}

/// The last part of a path: letters and digits of any script, dots, dashes and underscores.
fn safe(path: &str) -> String {
    let last = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let safe: String = last
        .chars()
        .map(|it| if it.is_alphanumeric() || matches!(it, '.' | '-' | '_') { it } else { '-' })
        .take(LONGEST_NAME)
        .collect();
    // A leading dot hides a file, a leading dash makes it look like an option.
    let safe = safe.trim_start_matches(['.', '-']);
    if safe.is_empty() { "picture".to_owned() } else { safe.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_drawings_have_one_name() {
        let named = |path: &str| SightRecord { path: path.to_owned(), ..crate::overlay::tests::record(1, 1) };
        let sights = ["a/hero.jpg", "b/hero.jpg", "hero.jpg-2", "c/HERO.jpg"].map(named);
        assert_eq!(
            names(&sights),
            ["hero.jpg.sight.png", "hero.jpg-2.sight.png", "hero.jpg-2-2.sight.png", "HERO.jpg-3.sight.png"]
        );
    }

    #[test]
    fn names_are_safe() {
        assert_eq!(safe("ads/verano 2026/héroe #1.jpg"), "héroe--1.jpg");
        assert_eq!(safe("..\\..\\-rf"), "rf");
        assert_eq!(safe("a/.."), "picture");
        assert_eq!(safe(&"x".repeat(300)).len(), LONGEST_NAME);
    }
}
