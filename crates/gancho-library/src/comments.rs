//! Comments files: what people answered below the ads.

use std::path::Path;

use crate::columns::{self, Field, Layout};
use crate::creative::{Comment, Creative, Origin};
use crate::fault::{Fault, FaultKind};
use crate::figures::{number_at, quoted};
use crate::join::{Index, Joined};
use crate::library::Options;
use crate::note::Note;
use crate::numbers::{self, DecimalMark, Quantity};
use crate::table::{self, Table};

/// Columns that may name the creative; `id` is the comment's own.
const KEYS: &[Field] = &[Field::Creative, Field::Image, Field::Name];

/// A comments file read on its own, without a library.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CommentFile {
    /// The comments, in the order of the file.
    pub comments: Vec<Comment>,
    /// Rows that could not be read, or the file as a whole.
    pub faults: Vec<Fault>,
    /// What was recognized.
    pub notes: Vec<Note>,
    /// Columns without a meaning.
    pub unknown_columns: Vec<String>,
}

/// Reads a comments file without a library: `creative_id` stays empty and no creative is needed.
pub fn read_comments(path: &Path, options: &Options) -> CommentFile {
    let file = path.to_string_lossy().replace('\\', "/");
    let reading = table::read(path, &file, options);
    let mut read = CommentFile { faults: reading.faults, notes: reading.notes, ..CommentFile::default() };
    if let Some(table) = reading.table {
        let index = Index::of(&[]);
        let (comments, _, unknown) = of_table(&table, &index, &[], &mut read.faults);
        (read.comments, read.unknown_columns) = (comments, unknown);
    }
    read
}

/// Reads the rows of a table and finds their creatives.
pub(crate) fn of_table(
    table: &Table,
    index: &Index,
    creatives: &[Creative],
    faults: &mut Vec<Fault>,
) -> (Vec<Comment>, Joined, Vec<String>) {
    let mut joined = Joined { file: table.file.clone(), ..Joined::default() };
    if table.columns.is_empty() {
        return (Vec::new(), joined, Vec::new());
    }
    let layout = Layout::of(table, columns::COMMENTS, faults);
    let Some(text_column) = layout.column(Field::Text) else {
        let found = quoted(&table.columns.join(", "));
        let kind = FaultKind::MissingColumns { wanted: "text".into(), found };
        faults.push(Fault::of_file(&table.file, kind));
        return (Vec::new(), joined, Vec::new());
    };
    let mut comments = Vec::with_capacity(table.num_rows());
    for row in 0..table.num_rows() {
        joined.rows += 1;
        let before = faults.len();
        let Some(text) = table.text(row, text_column, faults) else {
            joined.left_out += 1;
            if faults.len() == before {
                faults.push(table.fault(row, FaultKind::EmptyComment));
            }
            continue;
        };
        let named = index.find_row(table, &layout, row, KEYS, faults);
        let creative_id = match &named {
            Some((_, Some(at))) => {
                joined.matched += 1;
                creatives.get(*at).map(|it| it.id.clone())
            }
            Some((name, None)) => {
                *joined.unmatched.entry(name.clone()).or_default() += 1;
                None
            }
            None => None,
        };
        let mut field = |field| Some(table.text(row, layout.column(field)?, faults)?.to_owned());
        let mut comment = Comment {
            row: row as u64 + 1,
            id: field(Field::Id),
            creative: named.map(|it| it.0),
            creative_id,
            text: text.to_owned(),
            author: field(Field::Author),
            created_at: field(Field::CreatedAt),
            parent: field(Field::Parent),
            likes: None,
            origin: Origin { file: table.file.clone(), line: table.line(row) },
        };
        comment.likes = layout.column(Field::Likes).and_then(|column| likes(table, row, column, faults));
        comments.push(comment);
    }
    (comments, joined, layout.unknown_headers(table))
}

/// Likes are counts, so either mark can only mean thousands.
fn likes(table: &Table, row: usize, column: usize, faults: &mut Vec<Fault>) -> Option<u64> {
    let with_point = numbers::read(table.cell(row, column).text, DecimalMark::Point, Quantity::Count);
    let mark = if with_point.is_some() { DecimalMark::Point } else { DecimalMark::Comma };
    let number = number_at(table, row, column, Quantity::Count, mark, faults)?;
    let (header, value) = (table.columns[column].clone(), quoted(table.cell(row, column).text));
    let kind = match number.count() {
        Some(count) if !number.is_negative() => return Some(count),
        Some(_) => FaultKind::NegativeCount { header, value },
        None => FaultKind::BadNumber { header, value },
    };
    faults.push(table.fault_at(row, column, kind));
    None
}
