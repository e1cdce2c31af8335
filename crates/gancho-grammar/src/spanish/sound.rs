//! Syllables, stress and the written accent (*Ortografía* 2010, chapter II).

/// One letter without its acute accent; `ü` and `ñ` stay.
pub(crate) fn plain(c: char) -> char {
    match c {
        'á' => 'a',
        'é' => 'e',
        'í' => 'i',
        'ó' => 'o',
        'ú' => 'u',
        'Á' => 'A',
        'É' => 'E',
        'Í' => 'I',
        'Ó' => 'O',
        'Ú' => 'U',
        other => other,
    }
}

/// A word without acute accents.
pub(crate) fn unaccented(word: &str) -> String {
    word.chars().map(plain).collect()
}

fn acute(c: char) -> char {
    match c {
        'a' => 'á',
        'e' => 'é',
        'i' => 'í',
        'o' => 'ó',
        'u' => 'ú',
        other => other,
    }
}

pub(crate) fn is_accented(c: char) -> bool {
    plain(c) != c
}

pub(crate) fn is_vowel(c: char) -> bool {
    matches!(plain(c), 'a' | 'e' | 'i' | 'o' | 'u' | 'ü')
}

fn is_open(c: char) -> bool {
    matches!(plain(c), 'a' | 'e' | 'o')
}

/// Vowels of each syllable, as ranges of positions in a lower-case word.
fn nuclei(word: &[char]) -> Vec<Vec<usize>> {
    let mut found: Vec<Vec<usize>> = Vec::new();
    // Whether only silent letters lie between this position and the last vowel.
    let mut touching = false;
    for (at, &c) in word.iter().enumerate() {
        let before = at.checked_sub(1).map(|i| word[i]);
        let after = word.get(at + 1).copied();
        let silent_u = c == 'u'
            && (before == Some('q') || before == Some('g'))
            && after.is_some_and(|next| matches!(plain(next), 'e' | 'i'));
        let final_y = c == 'y' && at + 1 == word.len();
        if silent_u || !(is_vowel(c) || final_y) {
            // An h between vowels does not part them.
            touching = touching && c == 'h' && after.is_some_and(is_vowel);
            continue;
        }
        // Next to the vowel before it, and no second open vowel: a-ho-rra, but en-viáis.
        let joins = touching
            && found.last().is_some_and(|nucleus| {
                let second_open = is_open(c) && nucleus.iter().any(|&i| is_open(word[i]));
                nucleus.len() < 3 && !second_open && nucleus.last().is_some_and(|&i| glides(word[i], c))
            });
        match found.last_mut() {
            Some(last) if joins => last.push(at),
            _ => found.push(vec![at]),
        }
        touching = true;
    }
    found
}

/// Whether two vowels in a row make one syllable.
fn glides(a: char, b: char) -> bool {
    let hiatus = |open: char, closed: char| is_open(open) && !is_open(closed) && is_accented(closed);
    if is_open(a) && is_open(b) {
        return false;
    }
    plain(a) != plain(b) && !hiatus(a, b) && !hiatus(b, a)
}

/// How many syllables a lower-case word has.
pub(crate) fn syllables(word: &str) -> usize {
    nuclei(&word.chars().collect::<Vec<_>>()).len()
}

fn default_nucleus(word: &[char], count: usize) -> usize {
    let ends_open = match word {
        [.., before, 's'] => is_vowel(*before),
        [.., before, 'n'] => is_vowel(*before),
        [.., last] => is_vowel(*last),
        [] => false,
    };
    if ends_open { count.saturating_sub(2) } else { count.saturating_sub(1) }
}

/// Index of the stressed syllable of a lower-case word, from the front.
pub(crate) fn stressed_syllable(word: &str) -> Option<usize> {
    let chars: Vec<char> = word.chars().collect();
    let nuclei = nuclei(&chars);
    if nuclei.is_empty() {
        return None;
    }
    let written = nuclei.iter().position(|nucleus| nucleus.iter().any(|&i| is_accented(chars[i])));
    Some(written.unwrap_or_else(|| default_nucleus(&chars, nuclei.len())))
}

/// Position, in characters, of the stressed vowel of a lower-case word.
pub(crate) fn stressed_vowel(word: &str) -> Option<usize> {
    let chars: Vec<char> = word.chars().collect();
    if let Some(at) = chars.iter().position(|&c| is_accented(c)) {
        return Some(at);
    }
    let nuclei = nuclei(&chars);
    let nucleus = nuclei.get(default_nucleus(&chars, nuclei.len()))?;
    nucleus.iter().copied().find(|&i| is_open(chars[i])).or_else(|| nucleus.last().copied())
}

/// Whether the stress lies on the last syllable.
pub(crate) fn is_oxytone(word: &str) -> bool {
    stressed_syllable(word).is_some_and(|at| at + 1 == syllables(word))
}

/// The word with the accent that the rules ask for when the vowel at `stress` (in characters) bears the stress.
pub(crate) fn accentuate(word: &str, stress: usize) -> String {
    let bare: Vec<char> = word.chars().map(plain).collect();
    let Some(&vowel) = bare.get(stress) else { return word.to_owned() };
    let nuclei = nuclei(&bare);
    let own = nuclei.iter().position(|nucleus| nucleus.contains(&stress));
    let needs = touches_open(&bare, stress) || own != Some(default_nucleus(&bare, nuclei.len()));
    let mut spelled = bare;
    if needs {
        spelled[stress] = acute(vowel);
    }
    spelled.into_iter().collect()
}

/// A stressed i or u beside a, e or o is always written with an accent.
fn touches_open(word: &[char], at: usize) -> bool {
    if is_open(word[at]) {
        return false;
    }
    let over_h = |next: Option<usize>, step: isize| {
        let i = next?;
        let c = *word.get(i)?;
        if c == 'h' { word.get(i.checked_add_signed(step)?).copied() } else { Some(c) }
    };
    over_h(at.checked_sub(1), -1).is_some_and(is_open) || over_h(Some(at + 1), 1).is_some_and(is_open)
}

/// Appends an ending that leaves the stress where it is, moving the written accent as needed.
pub(crate) fn append(word: &str, ending: &str) -> String {
    let joined = format!("{word}{ending}");
    stressed_vowel(word).map_or(joined.clone(), |stress| accentuate(&joined, stress))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_by_hand() {
        for (word, count) in [
            ("ahorra", 3),
            ("cuida", 2),
            ("guía", 2),
            ("quiero", 2),
            ("ley", 1),
            ("suscribíos", 4),
            ("área", 3),
            ("agua", 2),
            ("prohíbe", 3),
            ("lingüística", 4),
            ("buey", 1),
            ("leer", 2),
            ("", 0),
        ] {
            assert_eq!(syllables(word), count, "{word}");
        }
    }

    #[test]
    fn endings_move_the_accent() {
        for (word, ending, whole) in [
            ("canción", "es", "canciones"),
            ("examen", "es", "exámenes"),
            ("país", "es", "países"),
            ("lápic", "es", "lápices"),
            ("ley", "es", "leyes"),
            ("reloj", "es", "relojes"),
            ("autobús", "es", "autobuses"),
            ("alemán", "a", "alemana"),
        ] {
            assert_eq!(append(word, ending), whole);
        }
    }
}
