//! Sentence case in Spanish: capitals only at the start and in names (*Ortografía* 2010, IV).

use std::sync::LazyLock;

use super::marks::space_percent;
use crate::casing::Casing;

static CASING: LazyLock<Casing> = LazyLock::new(|| Casing::new(&["acronyms", "places", "days_es"], false));

/// A text in Spanish sentence case. A headline in capitals or with a Capital on Every Word is set small; in running
/// text a capital inside is taken for a name and stays. `names` keep the spelling in which they are given, acronyms
/// and places that are known get theirs, and `15%` becomes `15 %` with a no-break space.
///
/// ```
/// use gancho_grammar::spanish::sentence_case;
/// assert_eq!(sentence_case("OFERTA DE VERANO", &[]), "Oferta de verano");
/// assert_eq!(sentence_case("Descubre Olivar De Marta", &["Olivar de Marta"]), "Descubre Olivar de Marta");
/// ```
pub fn sentence_case(text: &str, names: &[&str]) -> String {
    space_percent(&CASING.sentence_case(text, names))
}

/// A text with its first word in lower case, to go inside a sentence; names and acronyms keep their capitals.
///
/// ```
/// use gancho_grammar::spanish::lower_first;
/// assert_eq!(lower_first("Envío gratis", &[]), "envío gratis");
/// assert_eq!(lower_first("USB-C incluido", &[]), "USB-C incluido");
/// assert_eq!(lower_first("Olivar de Marta", &["Olivar de Marta"]), "Olivar de Marta");
/// ```
pub fn lower_first(text: &str, names: &[&str]) -> String {
    CASING.lower_first(text, names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn running_text_keeps_its_names() {
        assert_eq!(sentence_case("compra en Zara hoy", &[]), "Compra en Zara hoy");
        assert_eq!(
            sentence_case("Gafas UV400 Para Viajar Por España", &[]),
            "Gafas UV400 para viajar por España"
        );
        assert_eq!(
            sentence_case("¡LLEGA EL BLACK FRIDAY! RESERVA YA", &[]),
            "¡Llega el Black Friday! Reserva ya"
        );
        assert_eq!(sentence_case("DVD", &[]), "DVD");
        assert_eq!(sentence_case("", &[]), "");
    }
}
