//! What regions of a picture add, and which changes of it gain.

use gancho_evidence::{EvidenceError, Pipeline, Watch};
use gancho_report::{EditRecord, Messages, RegionEffectRecord, region_text};

use super::brand::Brand;
use super::counterfactual::Subject;
use super::edits;
use super::variants::{Variant, variants};
use crate::records::rounded;

/// What was found by looking again.
#[derive(Debug, Default)]
pub(crate) struct Look {
    /// Regions, strongest first.
    pub(crate) regions: Vec<RegionEffectRecord>,
    /// Changes of the picture with what they gain.
    pub(crate) edits: Vec<EditRecord>,
}

/// Sees the variants of a creative's picture, where it has one that counts; nothing when the person interrupted.
///
/// # Errors
/// [`EvidenceError`] when the network fails.
pub(crate) fn look(
    subject: &Subject,
    brand: &Brand,
    pipeline: &Pipeline,
    messages: &Messages,
    watch: &dyn Watch,
) -> Result<Option<Look>, EvidenceError> {
    let mut look = Look::default();
    let (Some(seen), Some(file)) = (&subject.evidence.picture, &subject.creative.picture) else {
        return Ok(Some(look));
    };
    if !subject.looks_at_pictures() {
        return Ok(Some(look));
    }
    // A file that has gone since it was scored is no reason to lose the ranking.
    let Ok(picture) = pipeline.decode(file) else { return Ok(Some(look)) };
    let variants = variants(seen, brand.requires());
    let make = |at: usize| variants[at].of(&picture);
    let Some(changed) = pipeline.see_variants(variants.len(), &make, watch)? else { return Ok(None) };
    let size = [f64::from(seen.width), f64::from(seen.height)];
    for (variant, changed) in variants.iter().zip(&changed) {
        let Some(what_if) = subject.with_picture(changed) else { continue };
        if let Variant::Filled(region) = variant {
            // Adding zero turns -0.0 into 0.0.
            let effect = rounded(-what_if.gain) + 0.0;
            let text = region_text(messages, region.kind, region.area, size, effect);
            let kind = region.kind.to_owned();
            look.regions.push(RegionEffectRecord { area: region.area, kind, effect, text });
        }
        // The program cannot read what a text in a picture says, so it may be what the brand requires.
        let fits = !(brand.requires() && matches!(variant, Variant::Filled(_)));
        look.edits.extend(edits::of_picture(variant, seen, changed, what_if).filter(|_| fits));
    }
    look.regions.sort_by(|a, b| b.effect.abs().total_cmp(&a.effect.abs()));
    Ok(Some(look))
}
