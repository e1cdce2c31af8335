//! Separated text: `,` `;` tab or `|`, quoted as RFC 4180 says.

use std::io::Read;

use super::{Limits, MAX_COLUMNS, Places, Reading, Shape, Table};
use crate::fault::{Fault, FaultKind};
use crate::note::{Note, NoteKind};

/// Separators that are recognized, and their names for notes.
pub(crate) const SEPARATORS: [(u8, &str); 4] =
    [(b',', "comma"), (b';', "semicolon"), (b'\t', "tab"), (b'|', "bar")];

/// Reads a table whose first row is the header.
pub(super) fn read(text: String, file: &str, is_tsv: bool, limits: Limits) -> Reading {
    let mut reading = Reading::default();
    let (separator, start) = separator(&text, is_tsv);
    let usual = if is_tsv { b'\t' } else { b',' };
    if separator != usual
        && let Some((_, name)) = SEPARATORS.iter().find(|it| it.0 == separator)
    {
        let kind = NoteKind::Separator { separator: (*name).to_owned() };
        reading.notes.push(Note { file: file.to_owned(), kind });
    }
    walk(text, file, (separator, start), limits, Shape::Headed, reading)
}

/// Reads every record as a row, blank ones too.
pub(crate) fn records(text: String, file: &str, separator: u8, limits: Limits) -> Reading {
    walk(text, file, (separator, 0), limits, Shape::Records, Reading::default())
}

/// Reads record by record from `start`.
fn walk(
    text: String,
    file: &str,
    (separator, start): (u8, usize),
    limits: Limits,
    shape: Shape,
    mut reading: Reading,
) -> Reading {
    let first_line = 1 + text[..start].matches('\n').count() as u64;
    let mut table = Table::new(file, Places::Grid);
    let mut reader = reader(separator, &text.as_bytes()[start..]);
    let mut record = csv::StringRecord::new();
    // Where the record before ended.
    let mut end = start;
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let kind = FaultKind::BrokenTable { detail: error.to_string() };
                reading.faults.push(Fault::of_file(file, kind));
                break;
            }
        }
        if table.num_rows() as u64 >= limits.rows {
            let kind = FaultKind::TooManyRows { limit: limits.rows };
            reading.faults.push(Fault::of_file(file, kind));
            break;
        }
        let place = record.position().map_or((0, 1), |it| (it.byte() as usize, it.line()));
        let (offset, line) = after_line_ends(&text, start + place.0, first_line - 1 + place.1);
        if shape == Shape::Records {
            for empty_line in empty_lines(&text, end, offset) {
                // Lines that end in a carriage return alone are not counted.
                table.begin_row(line.saturating_sub(empty_line), offset);
            }
        }
        end = (start + reader.position().byte() as usize).min(text.len());
        if is_unclosed(&text[offset..], end >= text.len()) {
            let kind = FaultKind::UnclosedQuote;
            reading.faults.push(Fault { file: file.into(), line: Some(line), column: None, kind });
            if shape == Shape::Records {
                table.begin_row(line, offset);
            }
            break;
        }
        match shape {
            Shape::Headed => take(&mut table, &record, offset, line, &mut reading.faults),
            Shape::Records => {
                table.begin_row(line, offset);
                record.iter().take(MAX_COLUMNS).for_each(|it| table.push_as_written(it, false));
            }
        }
    }
    drop(reader);
    table.places = Places::Text(text, char::from(separator));
    reading.table = Some(table);
    reading
}

/// Records without a character, which the reader passes over: how many lines before the next record
/// each of them stands.
fn empty_lines(text: &str, end: usize, offset: usize) -> impl Iterator<Item = u64> + use<> {
    let mut passed = &text.as_bytes()[end.min(offset)..offset];
    // The reader stops inside of `\r\n`, after the record that these end.
    if end > 0 && text.as_bytes()[end - 1] == b'\r' {
        passed = passed.strip_prefix(b"\n").unwrap_or(passed);
    }
    let ends =
        passed.iter().enumerate().filter(|(at, it)| **it == b'\n' || passed.get(at + 1) != Some(&b'\n'));
    (1..=ends.count() as u64).rev()
}

/// The separator of a table, and where it begins.
pub(crate) fn separator(text: &str, is_tsv: bool) -> (u8, usize) {
    // Excel writes and understands a first line that names the separator.
    let (declared, start) = declared_separator(text);
    (declared.unwrap_or_else(|| if is_tsv { b'\t' } else { sniff(text) }), start)
}

/// A reader of records that may differ in width, the header being one of them.
pub(crate) fn reader<R: Read>(separator: u8, text: R) -> csv::Reader<R> {
    csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text)
}

/// Takes one record: the header, a row, or a fault.
fn take(table: &mut Table, record: &csv::StringRecord, offset: usize, line: u64, faults: &mut Vec<Fault>) {
    if record.iter().all(|it| it.trim().is_empty()) {
        return;
    }
    if table.columns.is_empty() {
        table.columns = record.iter().take(MAX_COLUMNS).map(|it| it.trim().to_owned()).collect();
        // Trailing separators make columns without a name.
        while table.columns.last().is_some_and(String::is_empty) {
            table.columns.pop();
        }
        return;
    }
    let width = table.columns.len();
    let mut fault =
        |kind| faults.push(Fault { file: table.file.clone(), line: Some(line), column: None, kind });
    let surplus = record.iter().skip(width).any(|it| !it.trim().is_empty());
    if record.len() < width || surplus {
        return fault(FaultKind::RaggedRow { expected: width as u64, found: record.len() as u64 });
    }
    if record.iter().take(width).map(str::trim).eq(table.columns.iter().map(String::as_str)) {
        return fault(FaultKind::RepeatedHeader);
    }
    table.begin_row(line, offset);
    for cell in record.iter().take(width) {
        table.push(cell, false);
    }
}

/// The reader counts the line ends that follow a record to the next one; we do not.
fn after_line_ends(text: &str, mut offset: usize, mut line: u64) -> (usize, u64) {
    while let Some(byte @ (b'\n' | b'\r')) = text.as_bytes().get(offset) {
        line += u64::from(*byte == b'\n');
        offset += 1;
    }
    (offset, line)
}

/// Whether a record that reaches the end of the file and spans lines has an odd number of quotes.
fn is_unclosed(rest: &str, reaches_the_end: bool) -> bool {
    reaches_the_end && rest.trim_end().contains('\n') && rest.matches('"').count() % 2 == 1
}

/// `sep=;` on the first line, and where the table begins.
fn declared_separator(text: &str) -> (Option<u8>, usize) {
    let end = text.find('\n').map_or(text.len(), |it| it + 1);
    match text[..end].trim_end_matches(['\r', '\n']).strip_prefix("sep=").map(str::as_bytes) {
        Some([separator]) if SEPARATORS.iter().any(|it| it.0 == *separator) => (Some(*separator), end),
        _ => (None, 0),
    }
}

/// The separator that the first line holds most often, outside quotes; the comma wins a draw.
fn sniff(text: &str) -> u8 {
    let mut counts = [0usize; SEPARATORS.len()];
    let mut quoted = false;
    for byte in text.trim_start().bytes().take(1 << 20) {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            _ => {
                if let Some(index) = SEPARATORS.iter().position(|it| it.0 == byte) {
                    counts[index] += 1;
                }
            }
        }
    }
    let best = (0..counts.len()).rev().max_by_key(|it| counts[*it]).unwrap_or(0);
    SEPARATORS[best].0
}

/// Line and character (both from 1) of a cell, in a record that begins at `offset` on `line`.
pub(super) fn locate(text: &str, offset: usize, line: u64, separator: char, cell: usize) -> (u64, u64) {
    let line_start = text[..offset].rfind(['\n', '\r']).map_or(0, |it| it + 1);
    let (mut line, mut column) = (line, 1 + text[line_start..offset].chars().count() as u64);
    let (mut quoted, mut left) = (false, cell);
    for it in text[offset..].chars() {
        if left == 0 {
            break;
        }
        match it {
            '"' => quoted = !quoted,
            _ if it == separator && !quoted => left -= 1,
            _ => {}
        }
        if it == '\n' {
            (line, column) = (line + 1, 1);
        } else {
            column += 1;
        }
    }
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Options;

    #[test]
    fn separators_are_told_by_the_first_line() {
        for (text, separator) in [
            ("id,image;x,headline\n", b','),
            ("id;image;headline\n1,2;3;4\n", b';'),
            ("id\timage\n", b'\t'),
            ("id|image\n", b'|'),
            ("image\n", b','),
            ("\"a,b,c\";d\n", b';'),
        ] {
            assert_eq!(sniff(text), separator, "{text}");
        }
    }

    #[test]
    fn places_count_quoted_line_breaks() {
        let text = "id,headline,clicks\r\n1,\"two\r\nlines\",x\r\n\r\n2,ñandú,y\r\n";
        let reading = read(text.to_owned(), "t.csv", false, Limits::of(&Options::default()));
        let table = reading.table.expect("a table");
        let place = |row, column| {
            let fault = table.fault_at(row, column, FaultKind::EmptyComment);
            (fault.line, fault.column)
        };
        assert_eq!(table.num_rows(), 2);
        assert_eq!(place(0, 0), (Some(2), Some(1)));
        assert_eq!(place(0, 2), (Some(3), Some(8)));
        assert_eq!(place(1, 2), (Some(5), Some(9)));
        assert_eq!(table.line(1), Some(5));
    }

    #[test]
    fn excel_may_declare_the_separator() {
        let reading =
            read("sep=;\nid;image\n1;a,b.png\n".to_owned(), "t.csv", false, Limits::of(&Options::default()));
        let table = reading.table.expect("a table");
        assert_eq!((table.cell(0, 1).text, table.line(0)), ("a,b.png", Some(3)));
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "[a-z,;\"\\n\\r\u{e9}|\\t]{0,80}") {
            let reading = read(text, "t.csv", false, Limits::of(&Options::default()));
            let table = reading.table.expect("always a table");
            for row in 0..table.num_rows() {
                for column in 0..table.columns.len() {
                    table.fault_at(row, column, FaultKind::EmptyComment);
                }
            }
        }
    }
}
