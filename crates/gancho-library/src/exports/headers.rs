//! What the headers of exports mean: the table `headers.txt`, read once.

use std::collections::HashMap;
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;

use super::row::Field;

/// The table. Its own comments say how it is written.
const TABLE: &str = include_str!("headers.txt");

/// Codes of ISO 4217 that advertising accounts may have. `ALL` is left out: `CLICKS (ALL)` is no money.
const CURRENCIES: &str = "AED AFN AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD \
                          CAD CDF CHF CLF CLP CNH CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL \
                          GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF \
                          KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN \
                          NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK \
                          SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED \
                          VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL";

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Meaning {
    /// A field of the row.
    Field(Field),
    /// An amount in millionths of the currency.
    Micros(Field),
    /// Results of the kind that the header names.
    NamedResults,
    /// A date that stands for itself.
    Day,
    /// A date that stands for the seven days from it on.
    Week,
    /// A date that stands for its month.
    Month,
    /// A rate, to check its parts.
    Rate(Rate),
    /// `actions` of the Marketing API.
    Actions,
    /// `action_values` of the Marketing API.
    ActionValues,
    /// Known, and of no use here.
    Other,
}

/// A rate of two figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Rate {
    /// Clicks per impression; of which kind, the platform knows.
    Ctr,
    /// All clicks per impression.
    CtrAll,
    /// Link clicks per impression.
    CtrLink,
    /// Spend per click.
    Cpc,
    /// Spend per click of all.
    CpcAll,
    /// Spend per link click.
    CpcLink,
    /// Spend per thousand impressions.
    Cpm,
    /// Impressions per person.
    Frequency,
    /// Spend per result.
    CostPerResult,
}

impl Meaning {
    /// The field that a column of this meaning fills.
    pub(crate) fn field(self) -> Option<Field> {
        match self {
            Meaning::Field(field) | Meaning::Micros(field) => Some(field),
            Meaning::NamedResults => Some(Field::Results),
            Meaning::Day | Meaning::Week | Meaning::Month => Some(Field::DateStart),
            _ => None,
        }
    }

    /// Whether a column of this meaning holds figures of ads.
    pub(crate) fn is_figure(self) -> bool {
        self.field().is_some_and(Field::is_figure) || matches!(self, Meaning::Actions | Meaning::ActionValues)
    }
}

/// A header of the table.
#[derive(Debug)]
pub(crate) struct Known {
    pub meaning: Meaning,
    /// Place in the table: of two columns that mean one thing the lower is used.
    pub rank: usize,
    /// Platform without which it means nothing.
    only: Option<&'static str>,
    /// Platforms that write it, with weights.
    pub hints: Vec<(&'static str, u32)>,
}

/// What a header means on a platform, or on an unknown one.
pub(crate) fn known(header: &str, platform: Option<&str>) -> Option<&'static Known> {
    let (folded, _) = folded(header);
    let all = table().get(folded.as_str())?;
    all.iter()
        .find(|it| it.only.is_some() && it.only == platform)
        .or_else(|| all.iter().find(|it| it.only.is_none()))
}

/// A header as it is compared, and the currency that stood in brackets behind it.
///
/// Lower-case letters and digits without accents; the currency in brackets is taken off.
pub(crate) fn folded(header: &str) -> (String, Option<String>) {
    let (rest, currency) = without_currency(header.trim());
    let plain: String = rest.nfkd().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    // Costs are `costo` in Latin America and `coste` in Spain, and so are all names with them.
    (plain.replace("costo", "coste"), currency)
}

/// Takes `(USD)`, `[USD]`, `(€)` off the end.
fn without_currency(header: &str) -> (&str, Option<String>) {
    // `Cost USD`: a code that stands behind without brackets.
    if let Some((rest, code)) = header.rsplit_once([' ', ','])
        && is_code(code)
    {
        return (rest.trim_end(), Some(code.to_owned()));
    }
    let inner = |open: char, close: char| {
        let begin = header.strip_suffix(close)?.rfind(open)?;
        Some((header[..begin].trim_end(), header[begin + 1..header.len() - 1].trim()))
    };
    let Some((rest, inside)) = inner('(', ')').or_else(|| inner('[', ']')) else { return (header, None) };
    match inside {
        _ if rest.is_empty() => (header, None),
        "€" => (rest, Some("EUR".into())),
        "£" => (rest, Some("GBP".into())),
        "US$" => (rest, Some("USD".into())),
        // Many currencies are dollars or pesos.
        "$" => (rest, None),
        "MX$" => (rest, Some("MXN".into())),
        "R$" => (rest, Some("BRL".into())),
        "S/" | "S/." => (rest, Some("PEN".into())),
        code if is_code(code) => (rest, Some(code.to_owned())),
        _ => (header, None),
    }
}

fn is_code(text: &str) -> bool {
    text.len() == 3 && CURRENCIES.split(' ').any(|it| it == text)
}

fn table() -> &'static HashMap<String, Vec<Known>> {
    static KNOWN: OnceLock<HashMap<String, Vec<Known>>> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let mut table: HashMap<String, Vec<Known>> = HashMap::new();
        for (rank, (meaning, platforms, header)) in entries().enumerate() {
            let Some(meaning) = meaning_of(meaning) else { continue };
            let only = platforms.strip_suffix('!');
            let hints = match only {
                Some(_) => Vec::new(),
                None => platforms.split(',').filter_map(hint).collect(),
            };
            table.entry(folded(header).0).or_default().push(Known { meaning, rank, only, hints });
        }
        table
    })
}

/// Meaning, platforms and header of each header of the table.
fn entries() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let lines = TABLE.lines().filter(|it| !it.starts_with('#') && !it.trim().is_empty());
    let parts = lines.filter_map(|line| {
        let mut parts = line.splitn(3, '|').map(str::trim);
        Some((parts.next()?, parts.next()?, parts.next()?))
    });
    parts.flat_map(|(meaning, platforms, headers)| {
        headers.split(';').map(move |it| (meaning, platforms, it.trim()))
    })
}

fn hint(text: &'static str) -> Option<(&'static str, u32)> {
    let (platform, weight) = text.trim().split_once(' ')?;
    Some((platform, weight.trim().parse().ok()?))
}

fn meaning_of(text: &str) -> Option<Meaning> {
    let field = |name: &str| Field::ALL.into_iter().find(|it| it.name() == name);
    Some(match text {
        "day" => Meaning::Day,
        "week" => Meaning::Week,
        "month" => Meaning::Month,
        "actions" => Meaning::Actions,
        "action_values" => Meaning::ActionValues,
        "other" => Meaning::Other,
        "results*" => Meaning::NamedResults,
        "rate ctr" => Meaning::Rate(Rate::Ctr),
        "rate ctr_all" => Meaning::Rate(Rate::CtrAll),
        "rate ctr_link" => Meaning::Rate(Rate::CtrLink),
        "rate cpc" => Meaning::Rate(Rate::Cpc),
        "rate cpc_all" => Meaning::Rate(Rate::CpcAll),
        "rate cpc_link" => Meaning::Rate(Rate::CpcLink),
        "rate cpm" => Meaning::Rate(Rate::Cpm),
        "rate frequency" => Meaning::Rate(Rate::Frequency),
        "rate cost_per_result" => Meaning::Rate(Rate::CostPerResult),
        name => match name.strip_suffix("/micros") {
            Some(name) => Meaning::Micros(field(name)?),
            None => Meaning::Field(field(name)?),
        },
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_well_formed() {
        let mut seen = std::collections::HashMap::new();
        for (meaning, platforms, header) in entries() {
            assert!(meaning_of(meaning).is_some(), "{meaning} is no meaning");
            assert!(!folded(header).0.is_empty(), "`{header}` of {meaning}");
            let is_well_formed = platforms == "-"
                || platforms.ends_with('!')
                || platforms.split(',').all(|it| hint(it).is_some());
            assert!(is_well_formed, "{platforms}");
            let only = platforms.strip_suffix('!');
            let before = seen.insert((folded(header).0, only), (meaning, header));
            assert!(before.is_none(), "`{header}` of {meaning} and {before:?} are one header");
        }
        for field in Field::ALL {
            assert!(
                entries().any(|it| meaning_of(it.0).and_then(Meaning::field) == Some(field)),
                "no header means {field:?}"
            );
            assert!(known(field.name(), None).is_some_and(|it| it.meaning.field().is_some()), "{field:?}");
        }
    }

    #[test]
    fn spellings_of_one_header_are_one() {
        for (a, b) in [
            ("Importe gastado (EUR)", "IMPORTE GASTADO [USD]"),
            ("CPM (costo por mil impresiones) (USD)", "CPM (coste por mil impresiones)"),
            ("Reproducciones de vídeo hasta el 25%", "Reproducciones de video hasta el 25 %"),
            ("Ad Set Name", "ad_set_name"),
            ("7 Day Total Sales ", "7 Day Total Sales"),
            ("Spend ($)", "spend"),
        ] {
            assert_eq!(folded(a).0, folded(b).0);
        }
        assert_eq!(folded("Amount spent (MXN)").1.as_deref(), Some("MXN"));
        assert_eq!(folded("Coste (€)").1.as_deref(), Some("EUR"));
        assert_eq!(folded("Cost USD"), ("cost".into(), Some("USD".into())));
        assert_eq!(folded("Gasto (S/)"), ("gasto".into(), Some("PEN".into())));
        for header in ["Conversions [MMP]", "Clicks (all)", "(USD)", "Results (7-day click)"] {
            assert_eq!(folded(header).1, None, "{header}");
        }
    }

    #[test]
    fn neighbours_are_not_confused() {
        let meaning = |header, platform| known(header, platform).map(|it| it.meaning);
        assert_eq!(meaning("Amount Spent Today (USD)", None), Some(Meaning::Other));
        assert_eq!(meaning("Amount Spent (USD)", None), Some(Meaning::Field(Field::Spend)));
        assert_eq!(meaning("Outbound clicks", None), Some(Meaning::Other));
        assert_eq!(meaning("Outbound clicks", Some("pinterest")), Some(Meaning::Field(Field::LinkClicks)));
        assert_eq!(meaning("Platform", Some("meta")), Some(Meaning::Field(Field::Placement)));
        assert_eq!(meaning("Platform", None), Some(Meaning::Field(Field::Platform)));
        assert_eq!(meaning("Cost per result", None), Some(Meaning::Rate(Rate::CostPerResult)));
        assert_eq!(meaning("Cost per Website Lead (USD)", None), None);
        assert_eq!(meaning("metrics.cost_micros", None), Some(Meaning::Micros(Field::Spend)));
    }
}
