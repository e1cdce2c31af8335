//! Web addresses, hashtags and mentions: counted, and taken out before anything is read as prose.

/// What was found, and what is left to read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Entities {
    pub(crate) prose: String,
    pub(crate) urls: usize,
    pub(crate) hashtags: usize,
    pub(crate) mentions: usize,
}

/// Last labels that make `name.label` an address although it has no scheme.
const TOP_LEVEL: &[&str] = &[
    "com", "es", "mx", "ar", "co", "net", "org", "io", "app", "shop", "store", "us", "uk", "eu", "info",
    "ly", "cl", "pe", "edu", "gov", "dev", "tv", "gl", "cat", "online", "site",
];

pub(crate) fn extract(text: &str) -> Entities {
    let mut found = Entities::default();
    for (row, line) in text.lines().enumerate() {
        if row > 0 {
            found.prose.push('\n');
        }
        for (column, chunk) in line.split(' ').enumerate() {
            if column > 0 {
                found.prose.push(' ');
            }
            extract_chunk(chunk, &mut found);
        }
    }
    found
}

fn extract_chunk(chunk: &str, found: &mut Entities) {
    let body = chunk.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '/' | '@' | '#'));
    if is_address(body) {
        found.urls += 1;
        // The punctuation around an address still ends its sentence.
        let tail = chunk.rfind(body).map_or("", |at| &chunk[at + body.len()..]);
        found.prose.push_str(tail);
        return;
    }
    let mut before = ' ';
    let mut rest = chunk.chars().peekable();
    while let Some(c) = rest.next() {
        let opens = matches!(c, '#' | '@') && !before.is_alphanumeric();
        if !opens {
            found.prose.push(c);
            before = c;
            continue;
        }
        let (mut length, mut letters) = (0, 0);
        let mut name = String::new();
        while let Some(next) = rest.peek().copied().filter(|n| n.is_alphanumeric() || *n == '_') {
            length += 1;
            letters += usize::from(!next.is_numeric());
            name.push(next);
            rest.next();
        }
        // `#1` is a rank and `@ 5` a price: a tag needs a letter.
        if c == '#' && letters > 0 {
            found.hashtags += 1;
        } else if c == '@' && length > 0 {
            found.mentions += 1;
        } else {
            found.prose.push(c);
            found.prose.push_str(&name);
        }
        before = ' ';
    }
}

/// `https://…`, `www.…`, `tienda.es/oferta`, and mail addresses.
pub(crate) fn is_address(body: &str) -> bool {
    let lower = body.get(..8).unwrap_or(body).to_ascii_lowercase();
    if lower.starts_with("http://") || lower.starts_with("https://") || lower.starts_with("www.") {
        return body.len() > 7;
    }
    let host = body.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.split_once('@').map_or(host, |(user, host)| if user.is_empty() { "" } else { host });
    let Some((name, last)) = host.rsplit_once('.') else { return false };
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    name.chars().any(|c| c.is_ascii_alphabetic()) && name.chars().all(plain) && TOP_LEVEL.contains(&last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> (String, usize, usize, usize) {
        let found = extract(text);
        (found.prose, found.urls, found.hashtags, found.mentions)
    }

    #[test]
    fn addresses_tags_and_mentions_leave_the_prose() {
        assert_eq!(of("Ver https://a.es/x?y=1. Ya"), ("Ver . Ya".into(), 1, 0, 0));
        assert_eq!(of("Mira tienda.es/hoy #Oferta#Ya @marca!"), ("Mira   !".into(), 1, 2, 1));
        assert_eq!(of("Escribe a hola@tienda.com"), ("Escribe a ".into(), 1, 0, 0));
    }

    #[test]
    fn ranks_decimals_and_missing_spaces_are_prose() {
        assert_eq!(of("El #1 de 2.5 kg"), ("El #1 de 2.5 kg".into(), 0, 0, 0));
        assert_eq!(of("Fin.Otra vez"), ("Fin.Otra vez".into(), 0, 0, 0));
        assert_eq!(of("@ 5 €"), ("@ 5 €".into(), 0, 0, 0));
    }
}
