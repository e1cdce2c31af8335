//! A session: variants stream in, a person asks for others, chooses, saves; and the file of it replays.

use std::collections::BTreeSet;
use std::path::PathBuf;

use gancho_evidence::Watch;
use gancho_report::{VariantRecord, WritingRecord};
use gancho_writer::{Brief, Field, Gate, Limit, Placement};
use serde::{Deserialize, Serialize};

use super::WriteRequest;
use super::order::{But, Order};
use crate::{Engine, Error};

/// Variants that an order brings where nobody said how many.
const USUAL: usize = 4;
/// Most variants of one order.
const MOST: usize = 50;
/// How much shorter «shorter» is.
const SHORTER: f64 = 0.75;
/// Variants that are made to find some that are like another.
const TO_CHOOSE_FROM: usize = 60;
/// The format of session files.
const FORMAT: &str = "gancho.session/1";

/// What a session is at any moment.
#[derive(Debug, Clone)]
pub struct Session {
    brief: Brief,
    request: WriteRequest,
    /// Everything shown; the number of a variant is its place from 1.
    shown: Vec<VariantRecord>,
    kept: BTreeSet<usize>,
    field: Option<Field>,
    /// Orders that brought variants or changed the choice, as they were typed.
    orders: Vec<String>,
    turn: u64,
    saved: bool,
}

/// What an order came to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reply {
    /// Variants to show, numbered.
    pub variants: Vec<VariantRecord>,
    /// What became of the brief, where something was written.
    pub writing: Option<WritingRecord>,
    /// Something to say: a key of the catalogue without `write-session-`, and what it is about.
    pub say: Option<(&'static str, Vec<(&'static str, String)>)>,
    /// A file to write.
    pub save: Option<PathBuf>,
    /// Whether the session is over.
    pub over: bool,
}

/// A session on disk.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionFile {
    /// `gancho.session/1`.
    pub format: String,
    /// Version of gancho that wrote it.
    pub gancho: String,
    /// What wrote the variants.
    pub engine: String,
    /// The seed.
    pub seed: u64,
    /// The orders, as they were typed.
    pub orders: Vec<String>,
    /// Numbers of the variants that were chosen.
    pub kept: Vec<usize>,
    /// The brief.
    pub brief: serde_json::Value,
}

/// A file that is no session.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{detail}")]
pub struct SessionError {
    /// What is wrong.
    pub detail: String,
}

impl Session {
    /// A session that has shown nothing yet.
    pub fn new(brief: Brief, request: WriteRequest) -> Self {
        let (shown, kept, orders) = (Vec::new(), BTreeSet::new(), Vec::new());
        Self { brief, request, shown, kept, field: None, orders, turn: 0, saved: true }
    }

    /// Reads a session file; [`Session::new`] and its orders, one after the other, give the same variants again.
    ///
    /// # Errors
    /// [`SessionError`] when the file is none, or of another version.
    pub fn file(text: &str) -> Result<(SessionFile, Brief), SessionError> {
        let wrong = |detail: String| SessionError { detail };
        let file: SessionFile = toml::from_str(text).map_err(|it| wrong(it.message().to_owned()))?;
        if file.format != FORMAT {
            return Err(wrong(format!("`{}` is not `{FORMAT}`", file.format)));
        }
        let brief = Brief::from_value(&file.brief).map_err(|it| wrong(it.to_string()))?;
        Ok((file, brief))
    }

    /// The session as a file.
    ///
    /// # Errors
    /// [`SessionError`] when the brief cannot be written down.
    pub fn to_file(&self) -> Result<String, SessionError> {
        let wrong = |detail: String| SessionError { detail };
        let file = SessionFile {
            format: FORMAT.to_owned(),
            gancho: env!("CARGO_PKG_VERSION").to_owned(),
            engine: "composer".to_owned(),
            seed: self.request.seed,
            orders: self.orders.clone(),
            kept: self.kept.iter().copied().collect(),
            brief: serde_json::to_value(&self.request.briefs[0]).map_err(|it| wrong(it.to_string()))?,
        };
        toml::to_string(&file).map_err(|it| wrong(it.to_string()))
    }

    /// What is saved: the chosen variants, or all of them.
    pub fn chosen(&self) -> Vec<VariantRecord> {
        let all = self.shown.iter().enumerate().map(|(at, it)| (at + 1, it));
        all.filter(|(number, _)| self.kept.is_empty() || self.kept.contains(number))
            .map(|(_, it)| it.clone())
            .collect()
    }

    /// The field that is shown alone.
    pub fn field(&self) -> Option<Field> {
        self.field
    }

    /// Whether something was chosen or shown that no file holds.
    pub fn is_unsaved(&self) -> bool {
        !self.saved
    }

    /// Says that everything chosen is in a file.
    pub fn saved(&mut self) {
        self.saved = true;
    }

    /// The first variants.
    ///
    /// # Errors
    /// As [`Engine::write`].
    pub fn begin(&mut self, engine: &mut Engine, watch: &dyn Watch) -> Result<Reply, Error> {
        self.write(self.brief.clone(), USUAL, engine, watch)
    }

    /// Does what was asked.
    ///
    /// # Errors
    /// As [`Engine::write`].
    pub fn obey(
        &mut self,
        order: &Order,
        typed: &str,
        engine: &mut Engine,
        watch: &dyn Watch,
    ) -> Result<Reply, Error> {
        if let Some(number) = numbers_of(order).into_iter().find(|it| *it == 0 || *it > self.shown.len()) {
            let args = vec![("number", number.to_string()), ("count", self.shown.len().to_string())];
            return Ok(Reply { say: Some(("no-number", args)), ..Reply::default() });
        }
        if changes(order) {
            self.orders.push(typed.trim().to_owned());
            self.saved = false;
        }
        let say = |key, args| Reply { say: Some((key, args)), ..Reply::default() };
        match order {
            Order::More(count) => self.write(self.brief.clone(), count.unwrap_or(USUAL), engine, watch),
            Order::Shorter(number) => {
                let brief = self.shortened(*number);
                let reply = self.write(brief, USUAL, engine, watch)?;
                Ok(if reply.variants.is_empty() { say("nothing-shorter", Vec::new()) } else { reply })
            }
            Order::Like(number, but) => self.like(*number, *but, engine, watch),
            Order::Keep(numbers) => {
                self.kept.extend(numbers);
                Ok(say("kept", vec![("count", self.kept.len().to_string())]))
            }
            Order::Drop(numbers) => {
                self.kept.retain(|it| !numbers.contains(it));
                Ok(say("kept", vec![("count", self.kept.len().to_string())]))
            }
            Order::Field(field) => {
                let known = self.brief.resolved_placement();
                if let Some(field) = field.filter(|it| known.spec(*it).is_none()) {
                    let names: Vec<&str> = known.fields.iter().map(|it| it.field.code()).collect();
                    let args = vec![("field", field.code().to_owned()), ("known", names.join(", "))];
                    return Ok(say("unknown-field", args));
                }
                self.field = *field;
                Ok(Reply { variants: self.chosen(), ..Reply::default() })
            }
            Order::Placement(name) => {
                if Placement::named(name).is_none() {
                    let known: Vec<&str> = Placement::all().iter().map(|it| it.name.as_str()).collect();
                    let args = vec![("placement", name.clone()), ("known", known.join(", "))];
                    return Ok(say("unknown-placement", args));
                }
                // Limits of the brief were those of its own placement.
                (self.brief.placement, self.field) = (name.clone(), None);
                self.brief.limits.clear();
                let reply = self.write(self.brief.clone(), USUAL, engine, watch)?;
                Ok(Reply { say: Some(("placement", vec![("placement", name.clone())])), ..reply })
            }
            Order::Show => Ok(Reply { variants: self.chosen(), ..Reply::default() }),
            Order::Save(path) => Ok(Reply { save: Some(path.clone()), ..Reply::default() }),
            Order::Help => Ok(say("help", Vec::new())),
            Order::Quit => Ok(Reply { over: true, ..Reply::default() }),
        }
    }

    /// Writes for a brief, around everything that was shown.
    fn write(
        &mut self,
        brief: Brief,
        count: usize,
        engine: &mut Engine,
        watch: &dyn Watch,
    ) -> Result<Reply, Error> {
        let mut request = self.next(brief);
        request.count = count.clamp(1, MOST);
        let report = engine.write(&request, watch)?;
        Ok(self.show(report.variants, report.writings.into_iter().next()))
    }

    fn like(
        &mut self,
        number: usize,
        but: Option<But>,
        engine: &mut Engine,
        watch: &dyn Watch,
    ) -> Result<Reply, Error> {
        let model = self.shown[number - 1].clone();
        let mut brief = match but {
            Some(But::Shorter) => self.shortened(Some(number)),
            _ => self.brief.clone(),
        };
        if let Some(But::Address(address)) = but {
            brief.address = address;
        }
        let mut request = self.next(brief);
        request.count = TO_CHOOSE_FROM;
        if but.is_some() {
            // The same words in another form of address are what was asked for.
            request.against.clear();
        }
        let report = engine.write(&request, watch)?;
        let text = |it: &VariantRecord| it.fields.values().cloned().collect::<Vec<_>>().join("\n");
        let wanted = text(&model);
        let mut variants: Vec<(f64, VariantRecord)> = report
            .variants
            .into_iter()
            .map(|it| {
                let same = it.uses.iter().filter(|frame| model.uses.contains(frame)).count();
                (Gate::likeness(&text(&it), &wanted) + 0.5 * same as f64, it)
            })
            .collect();
        variants.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.rank.cmp(&b.1.rank)));
        let nearest = variants.into_iter().take(USUAL).map(|it| it.1).collect();
        let mut writing = report.writings.into_iter().next();
        if let Some(it) = writing.as_mut() {
            it.wanted = USUAL;
        }
        Ok(self.show(nearest, writing))
    }

    fn next(&mut self, brief: Brief) -> WriteRequest {
        let mut request = self.request.clone();
        request.seed = self.request.seed.wrapping_add(self.turn);
        self.turn += 1;
        request.against.extend(self.shown.iter().flat_map(|it| it.fields.values().cloned()));
        request.briefs = vec![brief];
        request
    }

    fn show(&mut self, mut variants: Vec<VariantRecord>, writing: Option<WritingRecord>) -> Reply {
        for variant in &mut variants {
            variant.rank = self.shown.len() + 1;
            self.shown.push(variant.clone());
            self.saved = false;
        }
        let writing = writing.map(|it| WritingRecord { written: variants.len(), ..it });
        Reply { variants, writing, ..Reply::default() }
    }

    /// The brief with limits below the lengths of a variant, or of the shortest shown.
    fn shortened(&self, number: Option<usize>) -> Brief {
        let mut brief = self.brief.clone();
        let like: Vec<&VariantRecord> = match number {
            Some(number) => vec![&self.shown[number - 1]],
            None => self.shown.iter().collect(),
        };
        for spec in self.brief.resolved_placement().fields {
            let lengths = like.iter().filter_map(|it| it.length.get(spec.field.code())).map(|it| it.chars);
            let lengths: Vec<usize> = lengths.collect();
            if lengths.is_empty() {
                continue;
            }
            let mean = lengths.iter().sum::<usize>() as f64 / lengths.len() as f64;
            let max_chars = ((mean * SHORTER) as usize).clamp(1, spec.max_chars);
            let count = Some(spec.count);
            brief.limits.insert(spec.field, Limit { max_chars: Some(max_chars), count });
        }
        brief
    }
}

/// Whether an order belongs into the file.
fn changes(order: &Order) -> bool {
    !matches!(order, Order::Show | Order::Save(_) | Order::Help | Order::Quit | Order::Field(_))
}

fn numbers_of(order: &Order) -> Vec<usize> {
    match order {
        Order::Shorter(Some(number)) | Order::Like(number, _) => vec![*number],
        Order::Keep(numbers) | Order::Drop(numbers) => numbers.clone(),
        _ => Vec::new(),
    }
}
