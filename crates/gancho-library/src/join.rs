//! Which creative a row of figures or a comment means: by id, else by file name.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use crate::columns::{Field, Layout};
use crate::creative::Creative;
use crate::fault::Fault;
use crate::table::Table;

/// How a performance or comments file met the library.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Joined {
    /// The file.
    pub file: String,
    /// Rows read, header not counted.
    pub rows: u64,
    /// Rows that name a creative of this library and were used.
    pub matched: u64,
    /// Rows with a fault, left out.
    pub left_out: u64,
    /// Names that no creative of this library has, with their rows.
    pub unmatched: BTreeMap<String, u64>,
}

/// Columns that may name the creative, best first.
pub(crate) const KEYS: &[Field] = &[Field::Id, Field::Creative, Field::Image, Field::Name];

/// Finds creatives by id, relative path, or file name where it is unique.
#[derive(Debug)]
pub(crate) struct Index {
    by_id: HashMap<String, usize>,
    by_path: HashMap<String, Option<usize>>,
    by_name: HashMap<String, Option<usize>>,
}

impl Index {
    pub(crate) fn of(creatives: &[Creative]) -> Index {
        let mut index = Index { by_id: HashMap::new(), by_path: HashMap::new(), by_name: HashMap::new() };
        for (at, creative) in creatives.iter().enumerate() {
            index.by_id.insert(creative.id.clone(), at);
            if creative.path.is_empty() {
                continue;
            }
            // Two creatives of one name: the name alone means neither.
            let unique = |map: &mut HashMap<String, Option<usize>>, key: &str| {
                map.entry(key.to_owned()).and_modify(|it| *it = None).or_insert(Some(at));
            };
            unique(&mut index.by_path, &creative.path);
            unique(&mut index.by_name, file_name(&creative.path));
        }
        index
    }

    /// The creative that a name means.
    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        if let Some(at) = self.by_id.get(name) {
            return Some(*at);
        }
        let slashed = name.replace('\\', "/");
        let path = slashed.trim_start_matches("./");
        if let Some(at) = self.by_path.get(path) {
            return *at;
        }
        self.by_name.get(file_name(path)).copied().flatten()
    }

    /// The creative that a row means, and the name it was found by or reported under.
    pub(crate) fn find_row(
        &self,
        table: &Table,
        layout: &Layout,
        row: usize,
        keys: &[Field],
        faults: &mut Vec<Fault>,
    ) -> Option<(String, Option<usize>)> {
        let mut first = None;
        for column in keys.iter().filter_map(|it| layout.column(*it)) {
            let Some(name) = table.text(row, column, faults) else { continue };
            if let Some(at) = self.find(name) {
                return Some((name.to_owned(), Some(at)));
            }
            first.get_or_insert_with(|| name.to_owned());
        }
        first.map(|it| (it, None))
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
