//! Which creative of a library a row of results means: by id, by path, by file name, by the ad's name.

use std::collections::HashMap;

use gancho_library::Creative;
use gancho_library::exports::PerformanceRow;

/// Columns of exports that may hold an id without being an ad's.
const ID_HEADERS: [&str; 4] = ["id", "creative", "creatividad", "file"];

/// Creatives by what rows may call them.
pub(crate) struct Index {
    by_name: HashMap<String, Option<usize>>,
}

impl Index {
    pub(crate) fn of(creatives: &[Creative]) -> Self {
        let mut by_name: HashMap<String, Option<usize>> = HashMap::new();
        let mut names = |pass: &dyn Fn(&Creative) -> Option<String>| {
            let mut of_pass: HashMap<String, Option<usize>> = HashMap::new();
            for (at, creative) in creatives.iter().enumerate() {
                if let Some(name) = pass(creative).filter(|it| !it.is_empty()) {
                    // Two creatives of one name: the name alone means neither.
                    of_pass.entry(name).and_modify(|it| *it = None).or_insert(Some(at));
                }
            }
            for (name, at) in of_pass {
                by_name.entry(name).or_insert(at);
            }
        };
        let file = |it: &Creative| it.path.rsplit('/').next().map(str::to_owned);
        names(&|it| Some(it.id.clone()));
        names(&|it| Some(it.path.clone()));
        names(&file);
        names(&|it| file(it).and_then(|it| Some(it.rsplit_once('.')?.0.to_owned())));
        Self { by_name }
    }

    /// The creative of a row.
    pub(crate) fn of_row(&self, row: &PerformanceRow) -> Option<usize> {
        let ids = ID_HEADERS.iter().filter_map(|header| {
            row.extra.iter().find(|(name, _)| name.eq_ignore_ascii_case(header)).map(|it| it.1.as_str())
        });
        let known = [&row.ad_id, &row.image, &row.ad].into_iter().filter_map(|it| it.as_deref());
        ids.chain(known).find_map(|it| self.by_name.get(it).copied().flatten())
    }
}
