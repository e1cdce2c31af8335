//! Fitting texts into fields: the longest realisation that a field holds, and never a cut word.

use super::bank::{Fit, Frame, Line};
use super::pattern::{Form, Piece, Slot};
use super::realize::{Choice, Draft, OFFER, PRODUCT, Realizer, Used, benefit_bit, proof_bit};
use crate::placement::{Counting, FieldSpec};
use gancho_copy::Language;

/// What a field takes, by its length and place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A title: one phrase, no full stop.
    Title,
    /// A long title: a phrase or a sentence or two, no full stop at the end.
    LongTitle,
    /// A short line that is no title.
    Line,
    /// A text of one idea and an invitation.
    Body,
    /// A text of several ideas.
    Long,
}

impl Shape {
    /// The shape of a field. The borders follow the bank: its titles stay below 60 characters, its one-idea
    /// texts below 200.
    pub(crate) fn of(spec: &FieldSpec) -> Self {
        match (spec.field.is_title(), spec.max_chars) {
            (true, 0..60) => Self::Title,
            (true, _) => Self::LongTitle,
            (false, 0..46) => Self::Line,
            (false, 46..200) => Self::Body,
            (false, _) => Self::Long,
        }
    }

    /// Whether frames of that kind are for it.
    pub(crate) fn takes(self, fit: Fit) -> bool {
        match self {
            Self::Title => fit == Fit::Headline,
            Self::LongTitle => fit != Fit::Line,
            Self::Line => fit != Fit::Body,
            Self::Body | Self::Long => fit == Fit::Body,
        }
    }

    /// Whether the full stop at the end is left out.
    pub(crate) fn is_title(self) -> bool {
        matches!(self, Self::Title | Self::LongTitle | Self::Line)
    }
}

/// A field to be filled.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Room {
    pub(crate) shape: Shape,
    pub(crate) limit: usize,
    pub(crate) counting: Counting,
}

impl Room {
    pub(crate) fn length(&self, text: &str) -> usize {
        // Every way of counting counts ASCII alike, but for addresses on X, which come out longer here.
        if text.is_ascii() && self.counting != Counting::Weighted {
            text.len()
        } else {
            self.counting.length(text)
        }
    }

    pub(crate) fn holds(&self, draft: &Draft) -> bool {
        self.length(&draft.sentence.finish(self.shape.is_title())) <= self.limit
    }
}

/// A mention that the brief requires, in the words that will carry it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mention {
    /// What must be found.
    pub(crate) wanted: String,
    /// It is in the brand's name: a text that names the brand has it.
    pub(crate) named: bool,
    /// The facts that hold it, with their bits.
    pub(crate) carriers: Vec<(String, Used)>,
}

impl Mention {
    /// The mentions of a brief. One that is a fact or part of one is carried by the whole fact.
    pub(crate) fn all(realizer: &Realizer) -> Vec<Self> {
        let facts = &realizer.facts;
        let mention = |wanted: &String| {
            let small = wanted.to_lowercase();
            let has = |text: &str| text.to_lowercase().contains(&small);
            let mut carriers = Vec::new();
            for (i, benefit) in facts.benefits.iter().enumerate().filter(|(_, it)| has(&it.text)) {
                carriers.push((benefit.text.clone(), benefit_bit(i)));
            }
            carriers
                .extend(facts.offer.iter().filter(|it| has(&it.whole)).map(|it| (it.whole.clone(), OFFER)));
            for (i, proof) in facts.proofs.iter().enumerate().filter(|(_, it)| has(&it.text)) {
                carriers.push((proof.text.clone(), proof_bit(i)));
            }
            let names = facts.product.iter().flat_map(|it| &it.names).filter_map(|it| it.form(Form::Bare));
            // A name of one word makes no sentence.
            let names = names.filter(|it| it.contains(' '));
            let mut names: Vec<&str> = names.filter(|it| has(it)).collect();
            names.sort_by_key(|it| it.len());
            carriers.extend(names.first().map(|it| ((*it).to_owned(), PRODUCT)));
            let named = facts.brand.as_deref().is_some_and(has);
            Self { wanted: wanted.clone(), named, carriers }
        };
        facts.required.iter().map(mention).collect()
    }

    /// Whether a text has it: exactly where it is a code or figure, else in any case.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        text.contains(&self.wanted) || text.to_lowercase().contains(&self.wanted.to_lowercase())
    }
}

impl Realizer {
    /// A frame in a field, with every mention that is still missing: the longest realisation that fits.
    pub(crate) fn frame(
        &self,
        frame: &Frame,
        choice: &Choice,
        room: &Room,
        skip: usize,
        missing: &[&Mention],
        draft: &Draft,
    ) -> Option<Draft> {
        let skip = skip.min(frame.patterns.len() - 1);
        for pattern in &frame.patterns[skip..] {
            let names = self.names(pattern, room);
            for name in Self::first_name(pattern, choice.name).min(names - 1)..names {
                let choice = Choice { name, head: name, ..choice.clone() };
                let Some(core) = self.add(draft, pattern, &choice) else { continue };
                // Without room for the full stop of the field before, a longer name cannot fit either.
                let Some(whole) = self.mention(&core, missing, room) else { continue };
                if room.holds(&whole) {
                    return Some(whole);
                }
            }
        }
        None
    }

    /// Whether a frame can fill a field at all, whatever the choice.
    pub(crate) fn can(&self, frame: &Frame, room: &Room) -> bool {
        let count = self.facts.benefits.len();
        (0..count.max(1)).any(|turn| {
            let mut benefits: Vec<usize> = (0..count).collect();
            benefits.rotate_left(turn.min(count));
            let proofs = (0..self.facts.proofs.len()).collect();
            let choice = Choice { benefits, proofs, name: 0, head: 0, call: 0, taken: 0 };
            self.frame(frame, &choice, room, 0, &[], &Draft::new(self.facts.language)).is_some()
        })
    }

    /// How many names of the product a pattern can try. A bare head noun is for the narrowest fields.
    fn names(&self, pattern: &[Piece], room: &Room) -> usize {
        let has = |wanted: fn(&Slot) -> bool| {
            pattern.iter().any(|it| matches!(it, Piece::Slot(slot) if wanted(slot)))
        };
        let Some(product) = &self.facts.product else { return 1 };
        if has(|it| matches!(it, Slot::Product { .. })) {
            product.names.len().max(1)
        } else if has(|it| matches!(it, Slot::Head(_))) && room.limit <= self.narrow() {
            product.heads.len().max(1)
        } else {
            1
        }
    }

    /// Where the names begin: a choice may pass over the longest ones, but head nouns only shrink for want of room.
    fn first_name(pattern: &[Piece], chosen: usize) -> usize {
        let named = pattern.iter().any(|it| matches!(it, Piece::Slot(Slot::Product { .. })));
        if named { chosen } else { 0 }
    }

    /// Up to which limit a head noun may stand alone: "bike" says less than «bicicleta» beside its picture.
    fn narrow(&self) -> usize {
        if self.facts.language == Language::Es { 30 } else { 20 }
    }

    /// The mentions that a draft lacks, behind it: a fact that holds them where there is one, else verbatim.
    fn mention(&self, draft: &Draft, missing: &[&Mention], room: &Room) -> Option<Draft> {
        let mut next = draft.clone();
        for mention in missing {
            if mention.is_in(next.sentence.text()) {
                continue;
            }
            // The name alone is no sentence: another frame will say it.
            if mention.named && mention.carriers.is_empty() {
                return None;
            }
            let carried = mention.carriers.iter().find_map(|(text, bit)| {
                let mut trial = next.clone();
                (trial.used & bit == 0 && append(&mut trial, text, true)).then_some(())?;
                trial.used |= bit;
                room.holds(&trial).then_some(trial)
            });
            // A shorter realisation may leave the room that the fact needs; the bare words would be a scrap of it.
            let scrap = mention.carriers.iter().any(|(text, _)| room.length(text) < room.limit);
            next = match carried {
                Some(trial) => trial,
                None if scrap => return None,
                None => {
                    let mut trial = next.clone();
                    append(&mut trial, &mention.wanted, false);
                    trial
                }
            };
        }
        Some(next)
    }

    /// A closing sentence behind a draft, if one fits: the first from `start` on.
    pub(crate) fn close(
        &self,
        draft: &Draft,
        closers: &[&'static Line],
        start: usize,
        choice: &Choice,
        room: &Room,
    ) -> Option<Draft> {
        (0..closers.len()).find_map(|step| {
            let line = closers[(start + step) % closers.len()];
            line.patterns
                .iter()
                .find_map(|pattern| self.add(draft, pattern, choice).filter(|it| room.holds(it)))
        })
    }
}

/// A sentence of its own, behind what is there; `false` when it repeats a word, where that is `checked`.
pub(crate) fn append(draft: &mut Draft, text: &str, checked: bool) -> bool {
    if !draft.sentence.is_empty() {
        let open = !draft.sentence.text().ends_with(['.', '!', '?', '…']);
        draft.sentence.literal(if open { ". " } else { " " });
    }
    let fresh = if checked {
        draft.sentence.fact(text, false)
    } else {
        draft.sentence.word(text, false);
        true
    };
    draft.sentence.literal(".");
    fresh
}
