//! The language of a text.

use whatlang::Lang;

/// Letters below which nothing but another script is said with confidence.
const SHORT: usize = 120;
/// Letters looked at.
const ENOUGH: usize = 4000;

/// ISO 639-1 code of the language of a text, `None` where it is too short or too mixed to tell.
///
/// English is given the benefit of the doubt: another language is named only where the detector (trigrams, `whatlang`)
/// is confident of it, or where the script is not Latin.
pub(crate) fn of(parts: &mut dyn Iterator<Item = &str>) -> Option<String> {
    let mut sample = String::new();
    for words in parts {
        let room = ENOUGH.saturating_sub(sample.len());
        if room == 0 {
            break;
        }
        sample.extend(words.chars().take(room));
        sample.push('\n');
    }
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 20 {
        return None;
    }
    let info = whatlang::detect(&sample)?;
    if info.lang() == Lang::Eng {
        return Some("en".to_owned());
    }
    let latin = info.script() == whatlang::Script::Latin;
    // The commonest English words settle what names and numbers confuse.
    let words = sample
        .split(|c: char| !c.is_alphabetic())
        .filter(|w| !w.is_empty());
    let (mut all, mut english) = (0usize, 0usize);
    for w in words {
        all += 1;
        english += usize::from(COMMON.iter().any(|c| c.eq_ignore_ascii_case(w)));
    }
    if english * 6 > all {
        return Some("en".to_owned());
    }
    if latin && letters < SHORT {
        return None;
    }
    (!latin || info.is_reliable() || english * 25 < all)
        .then(|| code(info.lang()))
        .flatten()
}

/// English words that are common there and rare elsewhere.
const COMMON: &[&str] = &[
    "the", "of", "and", "to", "in", "that", "for", "is", "was", "with", "on", "by", "at", "from",
    "were", "said", "has", "have", "had", "his", "their",
];

fn code(lang: Lang) -> Option<String> {
    let code = match lang.code() {
        "eng" => "en",
        "rus" => "ru",
        "cmn" => "zh",
        "spa" => "es",
        "por" => "pt",
        "ita" => "it",
        "ben" => "bn",
        "fra" => "fr",
        "deu" => "de",
        "ukr" => "uk",
        "kat" => "ka",
        "ara" => "ar",
        "hin" => "hi",
        "jpn" => "ja",
        "heb" => "he",
        "yid" => "yi",
        "pol" => "pl",
        "amh" => "am",
        "jav" => "jv",
        "kor" => "ko",
        "nob" => "nb",
        "dan" => "da",
        "swe" => "sv",
        "fin" => "fi",
        "tur" => "tr",
        "nld" => "nl",
        "hun" => "hu",
        "ces" => "cs",
        "ell" => "el",
        "bul" => "bg",
        "bel" => "be",
        "mar" => "mr",
        "kan" => "kn",
        "ron" => "ro",
        "slv" => "sl",
        "hrv" => "hr",
        "srp" => "sr",
        "mkd" => "mk",
        "lit" => "lt",
        "lav" => "lv",
        "est" => "et",
        "tam" => "ta",
        "vie" => "vi",
        "urd" => "ur",
        "tha" => "th",
        "guj" => "gu",
        "uzb" => "uz",
        "pan" => "pa",
        "aze" => "az",
        "ind" => "id",
        "tel" => "te",
        "pes" => "fa",
        "mal" => "ml",
        "ori" => "or",
        "mya" => "my",
        "nep" => "ne",
        "sin" => "si",
        "khm" => "km",
        "tuk" => "tk",
        "aka" => "ak",
        "zul" => "zu",
        "sna" => "sn",
        "afr" => "af",
        "lat" => "la",
        "slk" => "sk",
        "cat" => "ca",
        "tgl" => "tl",
        "hye" => "hy",
        "epo" => "eo",
        "cym" => "cy",
        _ => return None,
    };
    Some(code.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(s: &str) -> Option<String> {
        of(&mut std::iter::once(s))
    }

    #[test]
    fn english_keeps_the_benefit_of_the_doubt() {
        let german = "Die neun Kräne am Nordkai standen am Freitag still, teilte der Hafenvorstand mit. Er will in der kommenden Woche erneut zusammentreten und die Mannschaften anhören.";
        assert_eq!(one(german).as_deref(), Some("de"));
        assert_eq!(one("Die Kräne").as_deref(), None);
        assert_eq!(
            one("Краны остановились в пятницу утром на северном причале").as_deref(),
            Some("ru")
        );
        assert_eq!(one("Nine cranes stopped at Leith on Friday, the board said, and will not run before May.").as_deref(), Some("en"));
        let names = "Juan Pérez Gómez of Ciudad Juárez, María de la Cruz of San Luis Potosí and Ángel Domínguez of Nuevo León were on the boat with José Luis Ibáñez.";
        assert_eq!(one(names).as_deref(), Some("en"));
    }
}
