//! Sectors: what kind of thing is sold, as far as the invitation to act depends on it.

use super::words::Words;
use crate::words::fold;
use serde::Deserialize;

/// What kind of thing is sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Sector {
    Goods,
    Food,
    Restaurant,
    Care,
    Insurance,
    Finance,
    Energy,
    Software,
    Education,
    Travel,
    Service,
    /// Nothing tells: only invitations that suit anything.
    Other,
}

/// Narrow sectors before wide ones: «plan médico» is insurance before it is health.
const ORDER: [(Sector, &str); 11] = [
    (Sector::Insurance, "insurance"),
    (Sector::Restaurant, "restaurant"),
    (Sector::Food, "food"),
    (Sector::Care, "care"),
    (Sector::Finance, "finance"),
    (Sector::Energy, "energy"),
    (Sector::Software, "software"),
    (Sector::Education, "education"),
    (Sector::Travel, "travel"),
    (Sector::Goods, "goods"),
    (Sector::Service, "service"),
];

/// The sector of a category. The product is asked only for what narrows it, since «plan» and "kit" tell nothing.
pub(crate) fn sector(category: &str, product: &str, words: &Words) -> Sector {
    let category = format!("{} ", fold(category));
    let narrow = format!("{} ", fold(product));
    let told = |key: &str, text: &str| {
        let stems = words.sectors.get(key).map_or(&[][..], Vec::as_slice);
        stems.iter().any(|stem| text.match_indices(stem.as_str()).any(|(at, _)| begins_word(text, at)))
    };
    let begins = |stem: &String| narrow.starts_with(stem.as_str());
    if words.sectors.get("insurance").is_some_and(|stems| stems.iter().any(begins)) {
        return Sector::Insurance;
    }
    ORDER.iter().find(|(_, key)| told(key, &category)).map_or(Sector::Other, |(sector, _)| *sector)
}

fn begins_word(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::super::bank::Bank;
    use super::*;
    use gancho_copy::Language;

    #[test]
    fn categories_tell_the_sector() {
        let es = &Bank::of(Language::Es).words;
        assert_eq!(sector("alimentación", "Aceite de oliva", es), Sector::Food);
        assert_eq!(sector("salud", "Plan médico familiar 310", es), Sector::Insurance);
        assert_eq!(sector("salud", "Ortodoncia invisible", es), Sector::Care);
        assert_eq!(sector("electrodomésticos", "Lavadora de 19 kg", es), Sector::Goods);
        assert_eq!(sector("gastronomía", "Pizza", es), Sector::Restaurant);
        assert_eq!(sector("", "Cosa", es), Sector::Other);
        let en = &Bank::of(Language::En).words;
        assert_eq!(sector("food & drink", "Cold brew", en), Sector::Food);
        assert_eq!(sector("hardware", "Drill kit", en), Sector::Goods);
        assert_eq!(sector("software", "Tracking", en), Sector::Software);
    }
}
