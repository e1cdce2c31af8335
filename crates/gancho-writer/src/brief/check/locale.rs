//! Language, market and form of address against one another and against the words of the brief.

use super::{Checked, Class, ProblemKind};
use crate::brief::{Address, Brief, Market};
use gancho_copy::{Language, detect_language};

pub(super) fn check(brief: &Brief, checked: &mut Checked) {
    let (market, language) = (brief.market, brief.language);
    if market.language() != language {
        let kind = ProblemKind::OtherMarket { market: market.code(), language: language.code() };
        checked.report("market", Class::Warn, kind);
    }
    let unusual = match brief.address {
        Address::Vosotros => market != Market::EsEs,
        Address::Vos => matches!(market, Market::EsEs | Market::EsMx),
        _ => false,
    };
    if brief.address.language() != language || unusual {
        let usual =
            if market.language() == language { market } else { Market::usual(language) }.usual_address();
        let (address, market, usual_code) = (brief.address.code(), market.code(), usual.code());
        let kind = ProblemKind::UnusualAddress { address, market, usual: usual_code };
        checked.report("address", Class::Warn, kind);
        if brief.address.language() != language {
            checked.brief.address = usual;
        }
    }
    let texts: Vec<&str> =
        checked.brief.benefits.iter().chain(&checked.brief.proof).map(String::as_str).collect();
    let sample: String = texts.join(". ").chars().take(2_000).collect();
    let found = detect_language(&sample);
    let words = gancho_copy::words(&sample).count();
    if found.language != language
        && found.language != Language::Other
        && found.confidence >= 0.95
        && words >= 6
    {
        let kind = ProblemKind::OtherLanguage { found: found.language.code(), wanted: language.code() };
        checked.report("language", Class::Warn, kind);
    }
}
