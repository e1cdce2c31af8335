//! Form of address: tú, usted, vos, vosotros or ustedes, one of them all through.
//!
//! Pronouns and possessives tell, and so do verbs where their form belongs to one person: imperatives at the head of a
//! clause, verbs with pronouns behind them, the present and future of the second person. *Su* and *lo* may speak of a
//! third person and tell nothing. Words that the brief itself has in that place are left alone.

use super::context::{Context, Line};
use super::{Violation, ViolationKind};
use crate::brief::Address;
use crate::verbs::{Person, VERBS};
use gancho_copy::Language;

pub(super) fn check(line: &Line<'_>, context: &Context, out: &mut Vec<Violation>) {
    let wanted = context.brief.address;
    if context.language() != Language::Es || wanted == Address::You {
        return;
    }
    let mut calls = false;
    for at in 0..line.tokens.len() {
        let token = &line.tokens[at];
        let head = heads_clause(line, at) || calls && at > 0 && matches!(line.at(at - 1), "y" | "e" | "o");
        if head || token.opens_sentence() {
            calls = false;
        }
        let Some(found) = speaks_to(line, at, head) else { continue };
        calls |= head;
        if !agrees(found, wanted) && !line.is_own(token.start, token.end) && !is_briefs(line, at, context) {
            out.push(line.word(ViolationKind::WrongAddress, at, Some(wanted.code())));
        }
    }
}

/// What a word says of the person it speaks to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Only(Person),
    /// tú or vos: te, tu, tuyo, -rás.
    Familiar,
    /// vos or vosotros: *venís*.
    VosOrVosotros,
}

fn agrees(sign: Sign, wanted: Address) -> bool {
    match sign {
        Sign::Only(Person::Tu) => wanted == Address::Tu,
        Sign::Only(Person::Vos) => wanted == Address::Vos,
        Sign::Only(Person::Usted) => wanted == Address::Usted,
        Sign::Only(Person::Vosotros) => wanted == Address::Vosotros,
        Sign::Only(Person::Ustedes) => wanted == Address::Ustedes,
        Sign::Familiar => matches!(wanted, Address::Tu | Address::Vos),
        Sign::VosOrVosotros => matches!(wanted, Address::Vos | Address::Vosotros),
    }
}

fn speaks_to(line: &Line<'_>, at: usize, head: bool) -> Option<Sign> {
    let lower = line.tokens[at].text.to_lowercase();
    let word = lower.as_str();
    match word {
        "tú" | "ti" | "contigo" => return Some(Sign::Only(Person::Tu)),
        "vos" => return Some(Sign::Only(Person::Vos)),
        "tu" | "tus" | "te" | "tuyo" | "tuya" | "tuyos" | "tuyas" => return Some(Sign::Familiar),
        "usted" | "ud" => return Some(Sign::Only(Person::Usted)),
        "ustedes" | "uds" => return Some(Sign::Only(Person::Ustedes)),
        "vosotros" | "vosotras" | "vuestro" | "vuestra" | "vuestros" | "vuestras" | "os" => {
            return Some(Sign::Only(Person::Vosotros));
        }
        _ => {}
    }
    if word.ends_with("áis") || word.ends_with("éis") {
        return Some(Sign::Only(Person::Vosotros)).filter(|_| !matches!(word, "seis"));
    }
    // The future: *ahorrarás*, but not *atrás*.
    let future = word.ends_with("arás") || word.ends_with("erás") || word.ends_with("irás");
    if future && !matches!(word, "serás") {
        return Some(Sign::Familiar);
    }
    if VERBS.vos_present.contains(word) && word.ends_with('s') && word.contains(['á', 'é', 'í', 'o']) {
        return Some(if word.ends_with("ís") { Sign::VosOrVosotros } else { Sign::Only(Person::Vos) });
    }
    if VERBS.vos.contains(word) && word.ends_with(['á', 'é', 'í']) && !is_preterite(line, at) {
        return Some(Sign::Only(Person::Vos));
    }
    if let Some(person) = VERBS.with_pronouns(word) {
        return Some(Sign::Only(person));
    }
    if VERBS.tu_present.contains(word) && !is_noun_here(line, at) {
        return Some(Sign::Only(Person::Tu));
    }
    // *No esperes*, *cuando compres*: tú or vos.
    let led = at > 0 && matches!(line.at(at - 1), "no" | "que" | "cuando" | "mientras" | "donde");
    if led && word.strip_suffix('s').is_some_and(|it| VERBS.usted.contains(it)) {
        return Some(Sign::Familiar);
    }
    if head { imperative(line, at, word) } else { None }
}

/// *Recibí* and *pedí* may be the past of the first person: after a subject or *ya no* they are.
fn is_preterite(line: &Line<'_>, at: usize) -> bool {
    at > 0 && matches!(line.at(at - 1), "yo" | "lo" | "la" | "me")
}

/// A bare imperative at the head of a clause.
fn imperative(line: &Line<'_>, at: usize, word: &str) -> Option<Sign> {
    if VERBS.vosotros.contains(word) {
        return Some(Sign::Only(Person::Vosotros));
    }
    let negative = at > 0 && line.at(at - 1) == "no";
    if VERBS.usted.contains(word) && !is_noun_like(line, at, word) {
        return Some(Sign::Only(Person::Usted));
    }
    if VERBS.ustedes.contains(word) {
        return Some(Sign::Only(Person::Ustedes));
    }
    // `¿Busca seguro?` asks usted, and *puede pagar* tells it.
    let told = matches!(word, "puede" | "quiere" | "necesita" | "sabe" | "queda" | "vale" | "entiende");
    let asked = line.tokens[line.sentence(at).start].gap.contains('¿');
    let call = VERBS.tu.contains(word) && !negative && !told && !asked && !is_noun_like(line, at, word);
    // *Da* is the form of both.
    let sign = if VERBS.vos.contains(word) { Sign::Familiar } else { Sign::Only(Person::Tu) };
    call.then_some(sign)
}

/// Imperatives that are nouns or adjectives too (*compra directa*, *prueba gratis*, *entrega en 24 h*) count as verbs
/// only before what a verb takes; third persons (*ahorra 30 % de agua*) stand at the head of benefits.
fn is_noun_like(line: &Line<'_>, at: usize, word: &str) -> bool {
    const NOUNS: &[&str] = &[
        "compra", "reserva", "visita", "entrega", "prueba", "consulta", "descarga", "cuenta", "oferta",
        "regalo", "llama", "carga", "marca", "nota", "vista", "vive", "toma", "sal", "ve", "di", "recarga",
        "crea", "mejora", "renta", "cotice", "toque", "cambia", "corre", "gana", "paga", "pasa", "usa",
        "sube", "baja", "deja", "suma", "pinta", "cubre", "incluye", "reduce", "protege", "limpia",
        "refresca", "controla", "dura", "conecta", "une", "combina", "mantén", "cuida", "mueve", "queda",
        "recibe", "trabaja", "activa", "monta", "renueva", "cocine", "ordena", "abre", "ofrece", "cambie",
        "ajusta", "sonríe", "dona", "firma", "llega", "sirve", "nada", "seca", "corta", "llena", "anda",
        "mide", "presenta", "lava", "rema", "una", "entre", "pase", "monte", "goce", "arranque", "ajuste",
        "viaje", "apunte", "come", "ahorra", "lleva", "calcula", "busca", "vende", "suena", "trae", "viste",
        "rodea", "supera",
    ];
    const OBJECTS: &[&str] = &[
        "el", "la", "los", "las", "un", "una", "unos", "unas", "tu", "tus", "su", "sus", "este", "esta",
        "estos", "estas", "ya", "ahora", "hoy", "aqui", "lo", "nuestro", "nuestra", "nuestros", "nuestras",
        "mas", "mejor",
    ];
    if !NOUNS.contains(&word) {
        return false;
    }
    let next = line.tokens.get(at + 1);
    let object = next.is_some_and(|it| {
        line.follows(at + 1)
            && (OBJECTS.contains(&it.folded.as_str()) || it.has_digit() && !is_measure(line, at + 1))
    });
    !object
}

/// *Ahorra 30 % de agua*, *pesa 17 kg*: what a thing does.
fn is_measure(line: &Line<'_>, at: usize) -> bool {
    let token = &line.tokens[at];
    let rest = line.text[token.end..].trim_start();
    rest.starts_with('%') || crate::facts::unit_of(line.at(at + 1)).is_some()
}

/// *Las compras*, *dos pruebas*, *con reservas*: nouns in the plural, not verbs.
fn is_noun_here(line: &Line<'_>, at: usize) -> bool {
    const NOUNS: &[&str] = &[
        "compras",
        "reservas",
        "visitas",
        "entregas",
        "pruebas",
        "consultas",
        "descargas",
        "cuentas",
        "llamas",
        "ganas",
        "marcas",
        "notas",
        "vistas",
        "cargas",
        "recargas",
        "tomas",
        "pagas",
        "mejoras",
        "pasas",
        "copias",
        "bajas",
        "sumas",
        "pintas",
        "activas",
        "limpias",
        "cubres",
        "montas",
        "usas",
        "llaves",
        "ves",
        "sales",
        "quedas",
        "partes",
        "vas",
        "das",
        "ventas",
        "rodeas",
        "frescas",
        "dejas",
        "ofertas",
        "corres",
    ];
    if !NOUNS.contains(&line.at(at)) {
        return false;
    }
    // After these a verb of the second person stands.
    let verbal = ["si", "que", "cuando", "tu", "no", "donde", "como", "lo", "la", "te", "mientras", "cuanto"];
    at == 0 || !verbal.contains(&line.at(at - 1))
}

/// The head of a clause: the first word of a sentence, or what stands behind a colon, an opening mark, a dash, or a
/// lead such as *hoy*, *no*, *ahora*.
fn heads_clause(line: &Line<'_>, at: usize) -> bool {
    const LEADS: &[&str] = &["hoy", "ahora", "ya", "no", "entonces", "luego", "primero"];
    let token = &line.tokens[at];
    if token.opens_sentence() || token.gap.contains(['(', '–', ',']) {
        return true;
    }
    at > 0 && LEADS.contains(&line.at(at - 1)) && heads_clause(line, at - 1)
}

/// The brief has this very form before the same word, or alone as a text.
fn is_briefs(line: &Line<'_>, at: usize, context: &Context) -> bool {
    let form = line.tokens[at].text.to_lowercase();
    let next = line.tokens.get(at + 1).map(|it| it.text.to_lowercase());
    context.sources.iter().any(|text| {
        let words: Vec<String> = crate::words::tokens(text).iter().map(|it| it.text.to_lowercase()).collect();
        words
            .iter()
            .enumerate()
            .any(|(i, word)| *word == form && (next.is_none() || words.get(i + 1) == next.as_ref()))
    })
}
