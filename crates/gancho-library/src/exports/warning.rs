//! What a reader of imported rows must be told, though the rows stand.
//!
//! Each kind is said once per file or column, with how often it was met and where first: a file of a
//! million rows gives no million warnings.

use serde::Serialize;

/// One warning about one file. Catalogue area: `import-warning`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum ImportWarning {
    /// A totals row and the rows disagree by more than rounding.
    #[error(
        "the total in record {record} says {total} for {field}, the rows add up to {sum}; was the export filtered?"
    )]
    TotalsDiffer {
        /// Record of the total.
        record: u64,
        /// The field.
        field: String,
        /// What the total says.
        total: String,
        /// Sum of the rows.
        sum: String,
    },
    /// The reach of a total is not the sum of the rows. That is how reach is.
    #[error(
        "the total in record {record} says {total} for reach, the rows {sum}: people are counted once, reach does not add up"
    )]
    TotalsReach {
        /// Record of the total.
        record: u64,
        /// What the total says.
        total: String,
        /// Sum of the rows.
        sum: String,
    },
    /// One ad has several rows for the same days.
    #[error("{ads} ads have several rows for the same days, cut by {by}; add them up before ranking ads")]
    BreakdownRows {
        /// Fields that cut the figures.
        by: String,
        /// Ads with several rows.
        ads: u64,
    },
    /// Two columns have the same header.
    #[error("the column `{header}` appears twice with equal values; the first is used")]
    RepeatedColumn {
        /// The header.
        header: String,
    },
    /// Two columns have the same header and differ.
    #[error("the column `{header}` appears twice with different values; the first is used")]
    RepeatedColumnDiffers {
        /// The header.
        header: String,
    },
    /// Two columns mean the same thing.
    #[error("`{used}` and `{other}` both mean {field}; `{used}` is used")]
    CompetingColumns {
        /// The field.
        field: String,
        /// Header in use.
        used: String,
        /// Header set aside.
        other: String,
    },
    /// No row has a date.
    #[error("the rows carry no date; say the period in a mapping file: period = \"2025-10-01/2025-10-31\"")]
    NoDates,
    /// No row has a date, but the file's name has two.
    #[error(
        "the rows carry no date; the file's name says {period}. If that is the period, say so in a mapping file: \
         period = \"{period}\""
    )]
    DatesInFileName {
        /// The period of the name.
        period: String,
    },
    /// Money in several currencies.
    #[error("money is in {currencies}; never add them up without a rate")]
    MixedCurrency {
        /// The codes.
        currencies: String,
    },
    /// Nothing tells the currency of the money.
    #[error(
        "nothing in the file tells the currency of the money; say it in a mapping file: currency = \"EUR\""
    )]
    UnknownCurrency,
    /// Negative figures.
    #[error(
        "{cells} figures are negative, the first in record {record}: corrections, kept so that sums agree with the invoice"
    )]
    NegativeValues {
        /// How many.
        cells: u64,
        /// Record of the first.
        record: u64,
    },
    /// Exact duplicates were left out.
    #[error("{rows} rows repeat others cell by cell and were left out, the first is record {record}")]
    DuplicateRows {
        /// How many.
        rows: u64,
        /// Record of the first.
        record: u64,
    },
    /// Equal rows were kept, since different ads may have the same name and small figures.
    #[error(
        "{rows} rows are equal to others and were kept, the first is record {record}: without an id they may be different ads"
    )]
    EqualRows {
        /// How many.
        rows: u64,
        /// Record of the first.
        record: u64,
    },
    /// Texts that a spreadsheet would take for formulas.
    #[error(
        "{cells} texts begin with = + - or @, the first in record {record}; they are text here and must be escaped in a spreadsheet"
    )]
    FormulaLikeText {
        /// How many.
        cells: u64,
        /// Record of the first.
        record: u64,
    },
    /// Texts with characters that change the direction of writing.
    #[error(
        "{cells} texts have characters that turn the direction of writing, the first in record {record}; names may not be what they look like"
    )]
    BidiControl {
        /// How many.
        cells: u64,
        /// Record of the first.
        record: u64,
    },
    /// Texts with control characters.
    #[error("{cells} cells have control characters, the first in record {record}")]
    ControlCharacters {
        /// How many.
        cells: u64,
        /// Record of the first.
        record: u64,
    },
    /// A cell far longer than any field of an ad.
    #[error("record {record}, field {position} (`{header}`) has {bytes} bytes; {cells} cells are that long")]
    HugeCell {
        /// Record of the first.
        record: u64,
        /// Its field, from 1.
        position: u64,
        /// Its column.
        header: String,
        /// Its length.
        bytes: u64,
        /// How many.
        cells: u64,
    },
    /// Cells that should be numbers and are not.
    #[error(
        "{cells} cells of `{header}` are no numbers and were left out, the first in record {record}: `{value}`"
    )]
    BadNumber {
        /// The column.
        header: String,
        /// The first cell.
        value: String,
        /// Its record.
        record: u64,
        /// How many.
        cells: u64,
    },
    /// Cells that should be dates and are not.
    #[error(
        "{cells} cells of `{header}` are no dates and were left out, the first in record {record}: `{value}`"
    )]
    BadDate {
        /// The column.
        header: String,
        /// The first cell.
        value: String,
        /// Its record.
        record: u64,
        /// How many.
        cells: u64,
    },
    /// Ids that a spreadsheet rounded.
    #[error(
        "{cells} ids of `{header}` went through a spreadsheet that rounded them, the first in record {record}: `{value}`; \
         export again and do not open the file before"
    )]
    RoundedId {
        /// The column.
        header: String,
        /// The first cell.
        value: String,
        /// Its record.
        record: u64,
        /// How many.
        cells: u64,
    },
    /// A rate does not fit the figures it is made of.
    #[error(
        "`{header}` does not fit its parts in {cells} records, the first is {record}: it says {written}, the parts give {computed}"
    )]
    RateDiffers {
        /// The column.
        header: String,
        /// Record of the first.
        record: u64,
        /// The rate as written.
        written: String,
        /// The rate of the parts.
        computed: String,
        /// How many.
        cells: u64,
    },
    /// Another table follows in the same file.
    #[error(
        "another table begins in record {record}; it states the same money in another way, so it was left out"
    )]
    OtherTable {
        /// Its first record.
        record: u64,
    },
    /// Several sheets of a workbook hold tables.
    #[error("{sheets} sheets hold performance; `{used}` was read")]
    OtherSheets {
        /// Name of the sheet that was read.
        used: String,
        /// How many hold a table.
        sheets: u64,
    },
    /// Records that end before the header does.
    #[error("{records} records end too early, the first is {record}; what they lack is unknown")]
    ShortRecords {
        /// How many.
        records: u64,
        /// The first.
        record: u64,
    },
    /// Bytes that are no text in the file's encoding.
    #[error("{cells} cells have bytes that are no text, the first in record {record}; they stand as U+FFFD")]
    InvalidBytes {
        /// How many.
        cells: u64,
        /// Record of the first.
        record: u64,
    },
    /// Results of several kinds.
    #[error("results are of several kinds ({kinds}); never add or compare them across kinds")]
    MixedResults {
        /// The kinds, the first few.
        kinds: String,
    },
    /// More clicks than impressions.
    #[error(
        "{rows} rows have more clicks than impressions, the first is record {record}; are the columns swapped?"
    )]
    ClicksExceedImpressions {
        /// How many.
        rows: u64,
        /// Record of the first.
        record: u64,
    },
}

/// Codes of all [`ImportWarning`]s (area `import-warning`).
pub const WARNING_CODES: &[&str] = &[
    "totals-differ",
    "totals-reach",
    "breakdown-rows",
    "repeated-column",
    "repeated-column-differs",
    "competing-columns",
    "no-dates",
    "dates-in-file-name",
    "mixed-currency",
    "unknown-currency",
    "negative-values",
    "duplicate-rows",
    "equal-rows",
    "formula-like-text",
    "bidi-control",
    "control-characters",
    "huge-cell",
    "bad-number",
    "bad-date",
    "rounded-id",
    "rate-differs",
    "other-table",
    "other-sheets",
    "short-records",
    "invalid-bytes",
    "mixed-results",
    "clicks-exceed-impressions",
];

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_the_serde_tags() {
        use ImportWarning::*;
        let s = || "x".to_owned();
        let (cells, rows, record) = (1, 1, 1);
        let all = [
            TotalsDiffer { record, field: s(), total: s(), sum: s() },
            TotalsReach { record, total: s(), sum: s() },
            BreakdownRows { by: s(), ads: 1 },
            RepeatedColumn { header: s() },
            RepeatedColumnDiffers { header: s() },
            CompetingColumns { field: s(), used: s(), other: s() },
            NoDates,
            DatesInFileName { period: s() },
            MixedCurrency { currencies: s() },
            UnknownCurrency,
            NegativeValues { cells, record },
            DuplicateRows { rows, record },
            EqualRows { rows, record },
            FormulaLikeText { cells, record },
            BidiControl { cells, record },
            ControlCharacters { cells, record },
            HugeCell { record, position: 1, header: s(), bytes: 1, cells },
            BadNumber { header: s(), value: s(), record, cells },
            BadDate { header: s(), value: s(), record, cells },
            RoundedId { header: s(), value: s(), record, cells },
            RateDiffers { header: s(), record, written: s(), computed: s(), cells },
            OtherTable { record },
            OtherSheets { used: s(), sheets: 2 },
            ShortRecords { records: 1, record },
            InvalidBytes { cells, record },
            MixedResults { kinds: s() },
            ClicksExceedImpressions { rows, record },
        ];
        let tags: Vec<String> = all
            .iter()
            .map(|it| serde_json::to_value(it).unwrap()["code"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(tags, WARNING_CODES);
        let variants = include_str!("warning.rs").split("pub enum ImportWarning").nth(1).unwrap();
        assert_eq!(variants.split("\n}\n").next().unwrap().matches("#[error(").count(), WARNING_CODES.len());
        for warning in &all {
            assert!(!warning.to_string().ends_with('.'), "{warning}");
        }
    }
}
