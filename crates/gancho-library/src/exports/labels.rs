//! Labels of rows that sum up others: `Total: Cuenta`, `Resultados de 4 anuncios`, `Media`.

use crate::columns::folded_words;

/// Longest label, in bytes.
pub(crate) const MAX_LABEL: usize = 200;

/// What a label says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Label {
    Total,
    /// The total of something that the label names.
    TotalOf(String),
    Average,
}

/// Whether a cell reads like the label of a sum.
pub(crate) fn is_label(text: &str) -> bool {
    read(text).is_some()
}

/// What a cell says, when it reads like the label of a sum.
pub(crate) fn read(text: &str) -> Option<Label> {
    if text.is_empty() || text.len() > MAX_LABEL {
        return None;
    }
    let folded = folded_words(text);
    let folded = folded.trim();
    const TOTALS: &[&str] = &[
        "total",
        "totals",
        "totales",
        "total general",
        "grand total",
        "gran total",
        "suma",
        "suma total",
        "sum",
        "sums",
        "subtotal",
        "subtotals",
        "subtotales",
        "sub-total",
        "total results",
        "resultados totales",
        "total geral",
        "totais",
        "overall total",
        "overall",
        "summary",
        "resumen",
        "total account",
        "total cuenta",
        "sum total",
    ];
    const AVERAGES: &[&str] = &[
        "media",
        "promedio",
        "average",
        "averages",
        "avg",
        "avg.",
        "mean",
        "medias",
        "promedios",
        "media total",
        "mediana",
        "median",
    ];
    const RESULTS: &[&str] = &["result", "results", "resultado", "resultados", "rows", "filas", "linhas"];
    let words: Vec<&str> =
        folded.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
    let is_number = |it: &&str| it.bytes().all(|byte| byte.is_ascii_digit());
    let first = words.first().copied().unwrap_or_default();
    let counts_results = words.iter().any(is_number)
        && words.iter().any(|it| RESULTS.contains(it))
        && (first.starts_with("total") || RESULTS.contains(&first) || is_number(&first))
        && words.len() <= 8;
    let is_total = TOTALS.contains(&folded)
        || [
            "total:",
            "totals:",
            "totales:",
            "overall total",
            "grand total",
            "total general",
            "deleted items total",
            "filtered total",
        ]
        .iter()
        .any(|it| folded.starts_with(it));
    if is_total || counts_results {
        return Some(Label::Total);
    }
    if AVERAGES.contains(&folded) {
        return Some(Label::Average);
    }
    let named = ["total ", "subtotal ", "subtotal: ", "total de ", "total of ", "total for "];
    let name =
        named.iter().rev().find_map(|it| folded.strip_prefix(it)).or_else(|| folded.strip_suffix(" total"));
    name.map(|it| Label::TotalOf(it.trim().to_owned()))
}

/// Whether what stands behind `Total:` is the whole report.
pub(crate) fn is_whole(part: &str) -> bool {
    const WHOLE: &[&str] = &[
        "account",
        "cuenta",
        "campaigns",
        "campanas",
        "ads",
        "anuncios",
        "ad groups",
        "grupos de anuncios",
        "keywords",
        "palabras clave",
        "ad sets",
        "conjuntos de anuncios",
        "all",
        "todo",
        "todos",
        "conta",
        "campanhas",
        "",
    ];
    WHOLE.contains(&part) || part.starts_with("all ") || part.starts_with("tod")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_sums() {
        for text in [
            "Total",
            "TOTALES",
            "Total: Cuenta",
            "Total: Búsqueda",
            "Total of 3 results",
            "Resultados de 4 anuncios",
            "Results from 12 ad sets",
            "73 resultados",
            "Grand total",
            "Total general",
        ] {
            assert_eq!(read(text), Some(Label::Total), "{text}");
        }
        for text in ["Media", "Promedio", "Average"] {
            assert_eq!(read(text), Some(Label::Average), "{text}");
        }
        assert_eq!(read("Total Rebajas"), Some(Label::TotalOf("rebajas".into())));
        assert_eq!(read("Rebajas Total"), Some(Label::TotalOf("rebajas".into())));
        for text in [
            "",
            "Totally new",
            "Resultados increíbles",
            "Media Markt",
            "3",
            "Rebajas",
            "Total_2025",
            "Results",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
