//! Findings in the order in which a person reads them: sentences, bars and small tables, in one language.
//!
//! A [`Story`] is told once and drawn three ways: on a terminal, as Markdown and as a page.

mod backtest;
mod drift;

pub use backtest::{backtest, backtest_sections};
pub use drift::drift;

use serde::Serialize;

/// Everything that a report says.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Story {
    /// Head of a page.
    pub title: String,
    /// What matters most, first.
    pub lead: Vec<String>,
    /// Names and short values.
    pub facts: Vec<(String, String)>,
    /// The rest.
    pub sections: Vec<Section>,
}

/// One subject.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Section {
    /// Its head.
    pub title: String,
    /// What it says, in order.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Block {
    /// Sentences.
    Paragraph {
        /// The sentences.
        text: String,
    },
    /// Short remarks.
    List {
        /// One each.
        items: Vec<String>,
    },
    /// Figures on one scale.
    Bars(Bars),
    /// Rows of words and figures.
    Table(Table),
}

/// Figures on one scale, with marks to compare them with.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bars {
    /// What is measured.
    pub caption: String,
    /// One line each.
    pub rows: Vec<Bar>,
    /// Places of the scale that mean something, such as chance.
    pub marks: Vec<Mark>,
    /// Left end of the scale.
    pub low: f64,
    /// Right end.
    pub high: f64,
}

/// A figure with its interval.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bar {
    /// What it is of.
    pub label: String,
    /// The figure.
    pub value: f64,
    /// As it is written.
    pub words: String,
    /// Its interval.
    pub interval: Option<(f64, f64)>,
    /// The interval as it is written.
    pub interval_words: String,
    /// Whether it is what the report is about.
    pub is_main: bool,
}

/// A place of a scale.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mark {
    /// What it means, with its value.
    pub label: String,
    /// Where it is.
    pub value: f64,
}

/// Rows of words and figures; the first column is words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Table {
    /// Heads of columns.
    pub head: Vec<String>,
    /// One cell a column.
    pub rows: Vec<Vec<String>>,
}

impl Section {
    fn new(title: String) -> Self {
        Self { title, blocks: Vec::new() }
    }

    /// A section of sentences only.
    pub fn of_text(title: String, text: String) -> Self {
        Self::new(title).say(text)
    }

    /// A section of one table.
    pub fn of_table(title: String, head: Vec<String>, rows: Vec<Vec<String>>) -> Self {
        Self::new(title).show(Block::Table(Table { head, rows }))
    }

    /// A section of one list.
    pub fn of_list(title: String, items: Vec<String>) -> Self {
        Self::new(title).show(Block::List { items })
    }

    fn say(mut self, text: String) -> Self {
        self.blocks.push(Block::Paragraph { text });
        self
    }

    fn show(mut self, block: Block) -> Self {
        self.blocks.push(block);
        self
    }
}

impl Bars {
    /// Bars on a scale that begins at 0 or below and holds everything, ends rounded to tenths.
    fn of(caption: String, rows: Vec<Bar>, marks: Vec<Mark>) -> Self {
        let ends = |it: &Bar| it.interval.map_or([it.value; 3], |(low, high)| [low, it.value, high]);
        let all =
            || rows.iter().flat_map(ends).chain(marks.iter().map(|it| it.value)).filter(|it| it.is_finite());
        let low = (all().fold(0.0, f64::min) * 10.0).floor() / 10.0;
        let high = (all().fold(0.1, f64::max) * 10.0).ceil() / 10.0;
        Self { caption, rows, marks, low, high }
    }

    /// Place of a value on the scale, 0 to 1.
    pub fn place(&self, value: f64) -> f64 {
        if value.is_finite() { ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0) } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_holds_everything_and_begins_at_chance() {
        let bar = |value, interval| Bar {
            label: String::new(),
            value,
            words: String::new(),
            interval,
            interval_words: String::new(),
            is_main: false,
        };
        let scale = |rows| Bars::of(String::new(), rows, vec![Mark { label: String::new(), value: 0.64 }]);
        let it = scale(vec![bar(0.3, Some((0.21, 0.38)))]);
        assert_eq!((it.low, it.high), (0.0, 0.7));
        let it = scale(vec![bar(-0.1, Some((-0.33, 0.9))), bar(f64::NAN, None)]);
        assert_eq!((it.low, it.high), (-0.4, 0.9));
        assert_eq!((it.place(-9.0), it.place(9.0), it.place(f64::NAN)), (0.0, 1.0, 0.0));
        let nothing = Bars::of(String::new(), Vec::new(), Vec::new());
        assert_eq!((nothing.low, nothing.high), (0.0, 0.1));
    }
}
