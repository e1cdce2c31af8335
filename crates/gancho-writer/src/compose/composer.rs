//! The composer: candidates for a brief, one whole ad at a time.

use super::bank::{Bank, Frame, Line};
use super::fit::{Mention, Room, Shape, append};
use super::material::Material;
use super::plan::{mix, shuffled, stratified, turn};
use super::realize::{BRAND, CALL, Choice, Draft, PRODUCT, Realizer, Used, benefit_bit};
use crate::brief::{Brief, Checked, Problem, Verdict};
use crate::variant::{Engine, Field, Variant};
use std::collections::BTreeMap;

/// Most candidates that one seed gives; the product of frames and facts is far larger.
const MOST: usize = 20_000;

/// Why there is nothing to compose.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ComposeError {
    /// The brief is refused as a whole.
    #[error("nothing can be written for this brief: {}", .problems.iter().map(|it| it.kind.to_string()).collect::<Vec<_>>().join("; "))]
    Refused {
        /// Why.
        problems: Vec<Problem>,
    },
    /// The placement has no field that may be written.
    #[error("the placement `{placement}` has no field to write; give its limits in the brief")]
    NoFields {
        /// Its name.
        placement: String,
    },
}

/// A whole ad: one text for every field of the placement.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The texts.
    pub fields: BTreeMap<Field, String>,
    /// The rhetorical family of its roomiest field.
    pub family: String,
    /// The frames, as in `headline:oferta`.
    pub frames: Vec<String>,
    /// How many facts of the brief it states.
    pub facts: usize,
    /// Its number in the order of the seed.
    pub number: usize,
    /// The seed.
    pub seed: u64,
}

impl From<Candidate> for Variant {
    fn from(candidate: Candidate) -> Self {
        let mut variant = Self::new(Engine::Composer, &candidate.family, candidate.fields);
        variant.uses = candidate.frames;
        variant.seed = candidate.seed;
        variant
    }
}

/// A field of the placement with the frames that can fill it.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) field: Field,
    pub(crate) room: Room,
    frames: Vec<&'static Frame>,
}

/// Writes candidates for one brief.
#[derive(Debug)]
pub struct Composer {
    realizer: Realizer,
    closers: Vec<&'static Line>,
    mentions: Vec<Mention>,
    /// In the order of writing: titles first, the roomiest last, because it takes what is still missing.
    places: Vec<Place>,
}

impl Composer {
    /// Prepares a brief: checks it, reads its facts, and finds the frames that they fill.
    ///
    /// # Errors
    /// [`ComposeError::Refused`] for a brief of which nothing may be written, [`ComposeError::NoFields`] for a
    /// placement without fields.
    pub fn new(brief: &Brief) -> Result<Self, ComposeError> {
        Self::of(&brief.check())
    }

    /// Prepares a brief that is checked already.
    ///
    /// # Errors
    /// As [`Composer::new`].
    pub fn of(checked: &Checked) -> Result<Self, ComposeError> {
        if checked.verdict() == Verdict::Refuse {
            return Err(ComposeError::Refused { problems: checked.problems.clone() });
        }
        let facts = Material::read(checked);
        let bank = Bank::of(facts.language);
        let plural = facts.noun().is_some_and(gancho_grammar::Agreement::is_plural);
        let (sector, market) = (facts.sector, facts.market.code());
        let suits = |line: &&'static Line| line.scope.holds(sector, market, plural);
        let weighted = |line: &'static Line| std::iter::repeat_n(line, line.weight.max(1));
        let closers: Vec<&'static Line> = bank.closers.iter().filter(suits).flat_map(weighted).collect();
        let calls = bank.calls.iter().filter(suits).collect();
        let bare = facts.is_bare();
        let realizer = Realizer { facts, calls };
        let mentions = Mention::all(&realizer);
        let mut places = Vec::new();
        for spec in checked.placement.fields.iter().filter(|it| !checked.refused.contains(&it.field)) {
            let room =
                Room { shape: Shape::of(spec), limit: spec.max_chars, counting: checked.placement.counting };
            let fits = |frame: &&'static Frame| {
                room.shape.takes(frame.fit)
                    && !(room.shape == Shape::LongTitle && frame.is_legal())
                    && (bare || !frame.bare)
                    && frame.scope.holds(sector, market, plural)
                    && realizer.can(frame, &room)
            };
            let frames = bank.frames.iter().filter(fits).collect();
            places.push(Place { field: spec.field, room, frames });
        }
        places.sort_by_key(|it| (!it.room.shape.is_title(), it.room.limit, it.field));
        if places.is_empty() {
            return Err(ComposeError::NoFields { placement: checked.placement.name.clone() });
        }
        Ok(Self { realizer, closers, mentions, places })
    }

    /// Candidates in the order of a seed, made one by one as they are asked for.
    pub fn candidates(&self, seed: u64) -> impl Iterator<Item = Candidate> + '_ {
        let orders: Vec<Vec<&'static Frame>> = self
            .places
            .iter()
            .enumerate()
            .map(|(i, it)| stratified(&it.frames, mix(seed, i as u64)))
            .collect();
        let counts: Vec<usize> = orders.iter().map(Vec::len).collect();
        (0..MOST).filter_map(move |number| self.candidate(number, seed, &orders, &counts))
    }

    /// The fields that no frame can fill, with their limits.
    pub(crate) fn unfilled(&self) -> impl Iterator<Item = &Place> {
        self.places.iter().filter(|it| it.frames.is_empty())
    }

    /// The shortest text that a field could have, where none fits.
    pub(crate) fn shortest(&self, place: &Place) -> Option<String> {
        let facts = &self.realizer.facts;
        let room = Room { limit: usize::MAX, ..place.room };
        let bank = Bank::of(facts.language);
        let choice = Choice { name: usize::MAX, head: usize::MAX, ..self.choice(0, 0) };
        let empty = Draft::new(facts.language);
        let said =
            bank.frames.iter().filter(|it| room.shape.takes(it.fit)).flat_map(|frame| {
                frame.patterns.iter().filter_map(|it| self.realizer.add(&empty, it, &choice))
            });
        let texts = said.map(|it| it.sentence.finish(room.shape.is_title()));
        texts.min_by_key(|text| (room.length(text), text.clone()))
    }

    fn candidate(
        &self,
        number: usize,
        seed: u64,
        orders: &[Vec<&'static Frame>],
        counts: &[usize],
    ) -> Option<Candidate> {
        let dice = mix(seed ^ 0xC0FF_EE00, number as u64);
        let mut fields = BTreeMap::new();
        let mut frames = Vec::new();
        let mut family = String::new();
        let mut taken: Used = 0;
        let mut said: Used = 0;
        for (i, place) in self.places.iter().enumerate() {
            if counts[i] == 0 {
                continue;
            }
            let frame = orders[i][turn(number, i, counts)];
            let choice = self.choice(mix(dice, i as u64), taken);
            let last = i + 1 == self.places.len();
            let lacking = |it: &&Mention| !fields.values().any(|text: &String| it.is_in(text));
            let missing: Vec<&Mention> = self.mentions.iter().filter(|it| last && lacking(it)).collect();
            // What no fact carries is legal text: it comes last, and its room is kept free.
            let (legal, missing): (Vec<&Mention>, Vec<&Mention>) =
                missing.into_iter().partition(|it| it.carriers.is_empty() && !it.named);
            let kept: usize = legal.iter().map(|it| place.room.length(&it.wanted) + 2).sum();
            let room = Room { limit: place.room.limit.checked_sub(kept)?, ..place.room };
            let skip = [0, 0, 0, 1, 1, 2][(mix(dice, 90 + i as u64) % 6) as usize];
            let empty = Draft::new(self.realizer.facts.language);
            let draft = self.realizer.frame(frame, &choice, &room, skip, &missing, &empty)?;
            let mut draft =
                self.extend(draft, &room, &choice, orders.get(i).map_or(&[][..], Vec::as_slice), dice);
            for mention in legal {
                append(&mut draft, &mention.wanted, false);
            }
            taken |= draft.used & !(BRAND | PRODUCT);
            said |= draft.used;
            fields.insert(place.field, draft.sentence.finish(place.room.shape.is_title()));
            frames.push(format!("{}:{}", place.field.code(), frame.id));
            family.clone_from(&frame.family);
        }
        let written = !fields.is_empty();
        let facts = said.count_ones() as usize;
        written.then_some(Candidate { fields, family, frames, facts, number, seed })
    }

    fn choice(&self, dice: u64, taken: Used) -> Choice {
        let facts = &self.realizer.facts;
        let benefits: Vec<usize> = (0..facts.benefits.len()).collect();
        let mut benefits = shuffled(&benefits, dice);
        // What other fields have said comes last.
        benefits.sort_by_key(|it| taken & benefit_bit(*it) != 0);
        let proofs: Vec<usize> = (0..facts.proofs.len()).collect();
        let name = [0, 0, 1, 1, 2][(dice >> 20) as usize % 5];
        let proofs = shuffled(&proofs, dice >> 7);
        Choice { benefits, proofs, name, head: 0, call: (dice >> 33) as usize, taken }
    }

    /// Closing sentences, and in long fields further ideas, as long as there is room.
    fn extend(
        &self,
        draft: Draft,
        room: &Room,
        choice: &Choice,
        frames: &[&'static Frame],
        dice: u64,
    ) -> Draft {
        let mut draft = draft;
        if room.shape == Shape::Long {
            // One more idea, from another frame; its facts are new or it is left out.
            let start = (mix(dice, 77) % frames.len().max(1) as u64) as usize;
            let more = (0..frames.len()).find_map(|step| {
                let frame = frames[(start + step) % frames.len()];
                let next = self.realizer.frame(frame, choice, room, 0, &[], &draft)?;
                let news = next.used & !draft.used & !(BRAND | PRODUCT);
                (news.count_ones() > 0).then_some(next)
            });
            draft = more.unwrap_or(draft);
        }
        let most = match room.shape {
            Shape::Title | Shape::LongTitle | Shape::Line => 0,
            Shape::Body => [1, 1, 1, 1, 2, 0][(mix(dice, 78) % 6) as usize],
            Shape::Long => 2,
        };
        for step in 0..most {
            let start = mix(dice, 79 + step) as usize;
            let Some(next) = self.realizer.close(&draft, &self.closers, start, choice, room) else { break };
            draft = next;
            // The invitation is the last word.
            if draft.used & CALL != 0 {
                break;
            }
        }
        draft
    }
}
