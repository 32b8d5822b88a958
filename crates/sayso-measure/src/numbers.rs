//! The grammar of numbers: digits, words, fractions, magnitudes, vague words.
//!
//! It works on atoms alone, so that it holds for any text. Values that a [`Decimal`] cannot hold give no number.

use rust_decimal::Decimal;

use crate::atoms::{Atoms, Kind, is_vulgar};
use crate::lexicon::{Lexicon, Numeral};

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// "6,000", "2.5 million"
    Digits,
    /// "three and a half thousand"
    Words,
    /// "21st", "third"
    Ordinal,
    /// "two thirds", "half"
    Fraction,
    /// "twice"
    Multiple,
    /// "dozens", "several hundred"
    Vague,
}

/// A number and the atoms it covers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Number {
    pub start: usize,
    pub end: usize,
    /// Nothing for a vague number.
    pub value: Option<Decimal>,
    pub shape: Shape,
    /// Magnitude that was multiplied in, for ranges that name it once ("2-3 million"); 1 without.
    pub scale: Decimal,
    /// Whether it could be a year: four bare digits.
    pub bare_year: bool,
}

/// What may be read as a short magnitude after digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Short {
    /// An amount of money: every short form, also after a space.
    Money,
    /// Anything else: only forms that are no unit ("bn", "k").
    Plain,
    /// A counted noun follows: "m" is a million too.
    Counted,
}

/// The number that starts at atom `i` and ends before `limit`.
pub(crate) fn number_at(
    lex: &Lexicon,
    atoms: &Atoms,
    i: usize,
    limit: usize,
    short: Short,
) -> Option<Number> {
    if i >= limit {
        return None;
    }
    let mut n = match atoms.all.get(i)?.kind {
        Kind::Number => in_digits(lex, atoms, i, limit, short),
        Kind::Word => in_words(lex, atoms, i, limit),
        _ => None,
    }?;
    // Zeros that arithmetic left behind mean nothing; written ones ("2.40") are kept.
    if n.end > n.start + 1 {
        n.value = n.value.map(|v| v.normalize());
    }
    Some(n)
}

/// A scale word at `i`, perhaps after a hyphen that touches it: one past it, and its value.
fn scale_at(lex: &Lexicon, atoms: &Atoms, i: usize, limit: usize) -> Option<(usize, Decimal)> {
    let at = if atoms.dash(i) && atoms.glued(i) && atoms.glued(i + 1) {
        i + 1
    } else {
        i
    };
    if at >= limit {
        return None;
    }
    match lex.numerals.get(atoms.word(at)) {
        Some(&Numeral::Scale(s)) => Some((at + 1, s)),
        _ => None,
    }
}

/// "and a half", "and three quarters" at `i`: one past it, and its value.
fn and_fraction(lex: &Lexicon, atoms: &Atoms, i: usize, limit: usize) -> Option<(usize, Decimal)> {
    let dash = usize::from(atoms.dash(i));
    if i + 2 + dash >= limit || !atoms.is(i + dash, "and") {
        return None;
    }
    let mut j = i + dash + 1;
    if atoms.dash(j) {
        j += 1;
    }
    let count = match atoms.word(j) {
        "a" => Decimal::ONE,
        w => match lex.numerals.get(w) {
            Some(&Numeral::Cardinal(c)) => c,
            _ => return None,
        },
    };
    j += 1;
    if atoms.dash(j) {
        j += 1;
    }
    let denominator = *lex.fractions.get(atoms.word(j))?;
    if j >= limit || denominator > 10 {
        return None;
    }
    Some((j + 1, count.checked_div(Decimal::from(denominator))?))
}

fn in_digits(lex: &Lexicon, atoms: &Atoms, i: usize, limit: usize, short: Short) -> Option<Number> {
    let first = atoms.all.get(i)?;
    let mut value = first.value;
    let mut end = i + 1;
    let mut number = Number {
        start: i,
        end,
        value: Some(value),
        shape: Shape::Digits,
        scale: Decimal::ONE,
        bare_year: !first.formatted && first.end - first.start == 4,
    };
    if is_vulgar(atoms.text(i)) {
        number.shape = Shape::Fraction;
    }
    if atoms.glued(end) {
        match atoms.word(end) {
            "st" | "nd" | "rd" | "th" => {
                number.end = end + 1;
                number.shape = Shape::Ordinal;
                return Some(number);
            }
            // A decade: "1990s".
            "s" => return None,
            _ => {}
        }
    }
    // "1/2", "2 1/2", "2-1/2", "2½"
    if let Some((next, part)) = slashed(atoms, i, limit) {
        number.end = next;
        number.value = Some(part);
        number.shape = Shape::Fraction;
        number.bare_year = false;
        return Some(number);
    }
    if !first.formatted {
        let gap = usize::from(atoms.dash(end) && atoms.glued(end) && atoms.glued(end + 1));
        if let Some((next, part)) = slashed(atoms, end + gap, limit) {
            value = value.checked_add(part)?;
            end = next;
            number.bare_year = false;
        } else if end < limit && atoms.glued(end) && is_vulgar(atoms.text(end)) {
            value = value.checked_add(atoms.number(end)?)?;
            end += 1;
            number.bare_year = false;
        }
    }
    if let Some((next, part)) = and_fraction(lex, atoms, end, limit) {
        value = value.checked_add(part)?;
        end = next;
    }
    if let Some((next, factor)) = power_of_ten(atoms, end, limit) {
        value = value.checked_mul(factor)?;
        end = next;
        number.bare_year = false;
    }
    let before = end;
    while let Some((next, s)) = scale_at(lex, atoms, end, limit) {
        value = value.checked_mul(s)?;
        number.scale = number.scale.checked_mul(s)?;
        end = next;
    }
    if end == before && end < limit {
        let word = atoms.word(end);
        if let Some(&s) = lex.short_scales.get(word) {
            let glued = atoms.glued(end);
            // Letters that are also units or lone capitals.
            let unit_too = matches!(word, "m" | "b" | "t" | "mm" | "mil" | "cr");
            let takes = match short {
                Short::Money => glued || !matches!(word, "k" | "t" | "b" | "mil") || word == "k",
                Short::Counted => glued && (!unit_too || word == "m"), // the caller has looked at what follows
                Short::Plain => (glued || word.len() >= 2) && !unit_too,
            };
            if takes {
                value = value.checked_mul(s)?;
                number.scale = s;
                end += 1;
            }
        }
    }
    if end > before {
        number.bare_year = false;
    }
    number.end = end;
    number.value = Some(value);
    Some(number)
}

/// "×10−8", "x 10^6" at `i`: one past it, and the power.
fn power_of_ten(atoms: &Atoms, i: usize, limit: usize) -> Option<(usize, Decimal)> {
    let times = matches!(atoms.text(i), "\u{d7}" | "x" | "*");
    if !times || atoms.number(i + 1)? != Decimal::TEN {
        return None;
    }
    let caret = atoms.is(i + 2, "^");
    let mut k = i + 2 + usize::from(caret);
    let negative = atoms.dash(k) && atoms.glued(k);
    if !caret && !negative {
        return None;
    }
    k += usize::from(negative);
    if k >= limit || !atoms.glued(k) {
        return None;
    }
    let exponent = u32::try_from(atoms.number(k)?).ok().filter(|&e| e <= 24)?;
    let power = if negative {
        Decimal::new(1, exponent)
    } else {
        Decimal::from(10u128.checked_pow(exponent)?)
    };
    Some((k + 1, power))
}

/// "1/2" at `i`: one past it, and its value. Only denominators that people write so.
fn slashed(atoms: &Atoms, i: usize, limit: usize) -> Option<(usize, Decimal)> {
    if i + 2 >= limit
        || !matches!(atoms.text(i + 1), "/" | "\u{2044}")
        || !atoms.glued(i + 1)
        || !atoms.glued(i + 2)
    {
        return None;
    }
    let (a, b) = (atoms.number(i)?, atoms.number(i + 2)?);
    let usual = [2u32, 3, 4, 5, 6, 8, 16, 32, 64, 128]
        .iter()
        .any(|&d| b == Decimal::from(d));
    if !usual || a >= b || a.is_zero() || (atoms.is(i + 3, "/") && atoms.glued(i + 3)) {
        return None;
    }
    Some((i + 3, a.checked_div(b)?))
}

fn in_words(lex: &Lexicon, atoms: &Atoms, i: usize, limit: usize) -> Option<Number> {
    let word = atoms.word(i);
    let plain = |end: usize, value: Option<Decimal>, shape: Shape| Number {
        start: i,
        end,
        value,
        shape,
        scale: Decimal::ONE,
        bare_year: false,
    };
    match word {
        "half" => return half(lex, atoms, i, limit),
        "several" | "few" | "many" | "multiple" | "numerous" | "couple" => {
            // "several hundred", "a few thousand", "a couple of hundred"
            let mut j = i + 1;
            if word == "couple" && atoms.is(j, "of") {
                j += 1;
            }
            let (end, _) = scale_at(lex, atoms, j, limit).or_else(|| {
                (lex.numerals.get(atoms.word(j)) == Some(&Numeral::Vague))
                    .then_some((j + 1, Decimal::ONE))
            })?;
            let mut n = plain(vague_end(lex, atoms, end, limit), None, Shape::Vague);
            if i > 0 && matches!(atoms.word(i - 1), "a" | "the") && word != "several" {
                n.start = i - 1;
            }
            return Some(n);
        }
        "a" | "an" => {
            if let Some((end, s)) = scale_at(lex, atoms, i + 1, limit) {
                if atoms.dash(i + 1) {
                    return None;
                }
                return words_from(lex, atoms, i, end, limit, s);
            }
            if matches!(atoms.word(i + 1), "few" | "couple") {
                let mut n = in_words(lex, atoms, i + 1, limit)?;
                n.start = i;
                return Some(n);
            }
            // "a half turn", "a half-hour"
            let unit = i + 2 + usize::from(atoms.dash(i + 2));
            if atoms.is(i + 1, "half") && lex.unit_names.after(atoms, unit, limit).is_some() {
                return Some(plain(i + 2, Some(Decimal::new(5, 1)), Shape::Words));
            }
            if atoms.is(i + 1, "half") && atoms.dash(i + 2) {
                // "a half-million"
                let mut n = half(lex, atoms, i + 1, limit)?;
                n.start = i;
                return Some(n);
            }
            if let Some(&d) = lex.fractions.get(atoms.word(i + 1)) {
                return fraction(lex, atoms, i, i + 2, limit, Decimal::ONE, d, true);
            }
            return None;
        }
        _ => {}
    }
    if let Some(&m) = lex.multiples.get(word) {
        return Some(plain(i + 1, Some(m), Shape::Multiple));
    }
    match lex.numerals.get(word).copied() {
        Some(Numeral::Vague) => {
            let end = vague_end(lex, atoms, i + 1, limit);
            // "scores" and "tens" are also other words.
            if matches!(word, "scores" | "tens") && !atoms.is(i + 1, "of") {
                return None;
            }
            Some(plain(end, None, Shape::Vague))
        }
        Some(Numeral::Cardinal(c)) => {
            // "two thirds", "one-fifth"
            let j =
                i + 1 + usize::from(atoms.dash(i + 1) && atoms.glued(i + 1) == atoms.glued(i + 2));
            if j < limit
                && c < Decimal::from(20)
                && let Some(&d) = lex.fractions.get(atoms.word(j))
                && let Some(n) = fraction(lex, atoms, i, j + 1, limit, c, d, j > i + 1)
            {
                return Some(n);
            }
            // "twenty-first"
            if j < limit
                && c >= Decimal::from(20)
                && c < Decimal::ONE_HUNDRED
                && let Some(&o) = lex.ordinals.get(atoms.word(j))
                && o < 10
            {
                return Some(plain(
                    j + 1,
                    c.checked_add(Decimal::from(o)),
                    Shape::Ordinal,
                ));
            }
            words_from(lex, atoms, i, i + 1, limit, c)
        }
        // "hundred" counts only as part of a larger number.
        Some(Numeral::Scale(_)) => None,
        None => {
            let &o = lex.ordinals.get(word)?;
            Some(plain(i + 1, Some(Decimal::from(o)), Shape::Ordinal))
        }
    }
}

/// One past "of thousands" and the like after a vague word.
fn vague_end(lex: &Lexicon, atoms: &Atoms, mut end: usize, limit: usize) -> usize {
    while end + 1 < limit
        && matches!(atoms.word(end), "of" | "or" | "and" | "to")
        && lex.numerals.get(atoms.word(end + 1)) == Some(&Numeral::Vague)
    {
        end += 2;
    }
    end
}

/// "half", where it is a number: "half of", "half the", "half a million", "half an hour", "by half".
fn half(lex: &Lexicon, atoms: &Atoms, i: usize, limit: usize) -> Option<Number> {
    let half = Decimal::new(5, 1);
    let mut n = Number {
        start: i,
        end: i + 1,
        value: Some(half),
        shape: Shape::Fraction,
        scale: Decimal::ONE,
        bare_year: false,
    };
    let scaled = match (atoms.word(i + 1), atoms.dash(i + 1)) {
        ("a" | "an", _) => scale_at(lex, atoms, i + 2, limit),
        (_, true) => scale_at(lex, atoms, i + 1, limit),
        _ => scale_at(lex, atoms, i + 1, limit),
    };
    if let Some((end, s)) = scaled {
        n.end = end;
        n.value = half.checked_mul(s);
        n.scale = s;
        n.shape = Shape::Words;
        return Some(n);
    }
    let previous = if i > 0 { atoms.word(i - 1) } else { "" };
    if lex.ordinals.contains_key(previous)
        || matches!(
            previous,
            "last"
                | "latter"
                | "former"
                | "other"
                | "better"
                | "next"
                | "this"
                | "each"
                | "either"
                | "top"
                | "bottom"
                | "early"
                | "late"
                | "northern"
                | "southern"
                | "eastern"
                | "western"
        )
    {
        return None;
    }
    match atoms.word(i + 1) {
        "a" | "an" => {
            n.end = i + 2;
            Some(n)
        }
        "of" | "the" | "its" | "their" | "his" | "her" | "our" | "my" | "your" | "all"
        | "those" | "these" => Some(n),
        _ if matches!(
            previous,
            "by" | "nearly" | "almost" | "about" | "roughly" | "than" | "least" | "only" | "around"
        ) && !atoms.dash(i + 1) =>
        {
            Some(n)
        }
        _ => None,
    }
}

/// A fraction of words, `count` over `denominator`, if what follows fits one. `sure`: a hyphen joins the two.
#[expect(clippy::too_many_arguments, reason = "one step of the grammar")]
fn fraction(
    lex: &Lexicon,
    atoms: &Atoms,
    start: usize,
    end: usize,
    limit: usize,
    count: Decimal,
    denominator: u32,
    sure: bool,
) -> Option<Number> {
    let name = atoms.word(end - 1);
    let next = if end < limit { atoms.word(end) } else { "" };
    let plural = name.ends_with('s') || name == "halves";
    let article = matches!(atoms.word(start), "a" | "an");
    let open = next.is_empty()
        || matches!(
            next,
            "of" | "in"
                | "from"
                | "more"
                | "less"
                | "fewer"
                | "to"
                | "by"
                | "as"
                | "on"
                | "and"
                | "since"
                | "are"
                | "were"
                | "is"
                | "was"
                | "have"
                | "had"
                | "said"
                | "say"
        );
    // "a quarter million"
    if name == "quarter"
        && let Some((after, s)) = scale_at(lex, atoms, end, limit)
    {
        return Some(Number {
            start,
            end: after,
            value: count
                .checked_div(Decimal::from(4))
                .and_then(|v| v.checked_mul(s)),
            shape: Shape::Words,
            scale: s,
            bare_year: false,
        });
    }
    let scaled = scale_at(lex, atoms, end, limit).is_some();
    let fits = if name.starts_with("quarter") {
        // The quarter of a year or a game needs another sign.
        next == "of" || (sure && !article) || (plural && scaled)
    } else if article {
        // "a third man" is an ordinal.
        open && (next == "of" || name != "half" || next.is_empty())
    } else if plural {
        true
    } else {
        count == Decimal::ONE && (open || sure)
    };
    if !fits {
        return None;
    }
    let mut n = Number {
        start,
        end,
        value: count.checked_div(Decimal::from(denominator)),
        shape: Shape::Fraction,
        scale: Decimal::ONE,
        bare_year: false,
    };
    // "three quarters billion"
    if let Some((after, s)) = scale_at(lex, atoms, end, limit)
        && s >= Decimal::ONE_THOUSAND
    {
        n.end = after;
        n.value = count
            .checked_mul(s)
            .and_then(|x| x.checked_div(Decimal::from(denominator)));
        n.scale = s;
        n.shape = Shape::Words;
    }
    // "a quarter of a million"
    if next == "of"
        && matches!(atoms.word(end + 1), "a" | "an")
        && let Some((after, s)) = scale_at(lex, atoms, end + 2, limit)
    {
        n.end = after;
        n.value = n.value.and_then(|v| v.checked_mul(s));
        n.scale = s;
        n.shape = Shape::Words;
    }
    n.value.is_some().then_some(n)
}

/// The rest of a number of words whose first part, up to `end`, has the value `current`.
fn words_from(
    lex: &Lexicon,
    atoms: &Atoms,
    start: usize,
    mut end: usize,
    limit: usize,
    current: Decimal,
) -> Option<Number> {
    let hundred = Decimal::ONE_HUNDRED;
    let thousand = Decimal::ONE_THOUSAND;
    let twenty = Decimal::from(20);
    let ten = Decimal::TEN;
    let mut total = Decimal::ZERO;
    let mut current = Some(current);
    // The group that the last cardinal closed: nothing smaller may follow "five", a digit may follow "forty".
    let mut last_scale = Decimal::ZERO;
    let mut scale = Decimal::ONE;
    let mut lone = current.unwrap_or_default();
    if end > start + 1
        && let Some(&Numeral::Scale(s)) = lex.numerals.get(atoms.word(end - 1))
    {
        last_scale = s;
        scale = s;
        lone = Decimal::ZERO;
        if s >= thousand {
            total = s;
            current = None;
        }
    }
    while end < limit {
        if let Some((next, part)) = and_fraction(lex, atoms, end, limit) {
            current = Some(current.unwrap_or_default().checked_add(part)?);
            end = next;
            if let Some((after, s)) = scale_at(lex, atoms, end, limit) {
                current = Some(current.unwrap_or_default().checked_mul(s)?);
                scale = s;
                end = after;
            }
            break;
        }
        if let Some((next, s)) = scale_at(lex, atoms, end, limit) {
            let c = current.unwrap_or(Decimal::ONE);
            if s < thousand {
                // "hundred", "dozen"
                if current.is_none() || c >= hundred {
                    break;
                }
                current = Some(c.checked_mul(s)?);
            } else if let Some(c) = current {
                total = total.checked_add(c.checked_mul(s)?)?;
                current = None;
            } else if total > Decimal::ZERO {
                // "two hundred thousand million"
                total = total.checked_mul(s)?;
            } else {
                break;
            }
            last_scale = s;
            scale = s;
            lone = Decimal::ZERO;
            end = next;
            continue;
        }
        let mut at = end;
        let mut anded = false;
        if atoms.dash(at) && atoms.glued(at) && atoms.glued(at + 1) {
            at += 1;
        } else if atoms.is(at, "and") && last_scale >= hundred && last_scale != Decimal::from(12) {
            at += 1;
            anded = true;
        } else if atoms.is(at, "point") {
            // "two point five"
            let (mut digits, mut k, mut unit) = (Decimal::ZERO, at + 1, Decimal::new(1, 1));
            while let Some(&Numeral::Cardinal(c)) = lex.numerals.get(atoms.word(k)) {
                if c >= ten || k >= limit || k > at + 6 {
                    break;
                }
                digits = digits.checked_add(c.checked_mul(unit)?)?;
                unit = unit.checked_mul(Decimal::new(1, 1))?;
                k += 1;
            }
            if k == at + 1 {
                break;
            }
            current = Some(current.unwrap_or_default().checked_add(digits)?);
            end = k;
            continue;
        }
        if at >= limit {
            break;
        }
        let Some(&Numeral::Cardinal(c)) = lex.numerals.get(atoms.word(at)) else {
            break;
        };
        let joins = if last_scale.is_zero() {
            // "forty-two", "forty two"
            lone >= twenty && lone < hundred && c > Decimal::ZERO && c < ten && !anded
        } else if lone.is_zero() {
            c > Decimal::ZERO && c < last_scale
        } else {
            lone >= twenty && c > Decimal::ZERO && c < ten && !anded
        };
        if !joins {
            break;
        }
        // "one hundred and two hundred" are two numbers.
        if anded
            && let Some((_, s)) = scale_at(lex, atoms, at + 1, limit)
            && s >= last_scale
        {
            break;
        }
        current = Some(current.unwrap_or_default().checked_add(c)?);
        lone = c;
        end = at + 1;
        if anded && c >= twenty {
            lone = c;
        }
    }
    let value = total.checked_add(current.unwrap_or_default())?;
    Some(Number {
        start,
        end,
        value: Some(value),
        shape: Shape::Words,
        scale,
        bare_year: false,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use sayso_packs::Packs;

    use super::*;

    fn read(text: &str) -> Option<(String, Shape, usize)> {
        let lex = Lexicon::new(Packs::builtin());
        let atoms = Atoms::of_text(text);
        let n = number_at(&lex, &atoms, 0, atoms.all.len(), Short::Plain)?;
        let value = n
            .value
            .map_or("?".to_owned(), |v| v.normalize().to_string());
        Some((value, n.shape, atoms.all.len() - n.end))
    }

    #[test]
    fn numbers_in_every_written_form() {
        for (text, value, shape, left) in [
            ("6,000", "6000", Shape::Digits, 0),
            ("2.5 million", "2500000", Shape::Digits, 0),
            ("12bn", "12000000000", Shape::Digits, 0),
            ("1,00,000", "100000", Shape::Digits, 0),
            ("10\u{a0}500", "10500", Shape::Digits, 0),
            ("10 000", "10000", Shape::Digits, 0),
            ("1'200", "1200", Shape::Digits, 0),
            ("3.000,50", "3000.5", Shape::Digits, 0),
            ("1.234.567", "1234567", Shape::Digits, 0),
            ("2.5×10^3", "2500", Shape::Digits, 0),
            ("3×10−2", "0.03", Shape::Digits, 0),
            ("three quarters billion", "750000000", Shape::Words, 0),
            ("a half mile", "0.5", Shape::Words, 1),
            ("hundreds to thousands", "?", Shape::Vague, 0),
            ("2½", "2.5", Shape::Digits, 0),
            ("3 1/2", "3.5", Shape::Digits, 0),
            ("forty-two", "42", Shape::Words, 0),
            ("one hundred and twenty-five", "125", Shape::Words, 0),
            (
                "two million three hundred thousand and six",
                "2300006",
                Shape::Words,
                0,
            ),
            ("three and a half thousand", "3500", Shape::Words, 0),
            ("a dozen", "12", Shape::Words, 0),
            ("half a million", "500000", Shape::Words, 0),
            ("a quarter of a million", "250000", Shape::Words, 0),
            (
                "two thirds of",
                "0.6666666666666666666666666667",
                Shape::Fraction,
                1,
            ),
            ("one hundred and two hundred", "100", Shape::Words, 3),
            ("twenty-first", "21", Shape::Ordinal, 0),
            ("38th", "38", Shape::Ordinal, 0),
            ("tens of thousands", "?", Shape::Vague, 0),
            ("several hundred", "?", Shape::Vague, 0),
            ("two point five", "2.5", Shape::Words, 0),
        ] {
            assert_eq!(read(text), Some((value.to_owned(), shape, left)), "{text}");
        }
        for text in [
            "a",
            "the",
            "1.2.3",
            "1990s",
            "million",
            "99999999999999999999999999999999",
            "",
        ] {
            assert_eq!(read(text), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "([0-9]{1,40}|[,.\u{2013}/½-]| |hundred|million|billion|trillion|and|a|half|quarter|of|two|forty|third|dozen|bn|k|m|point){0,24}") {
            let lex = Lexicon::new(Packs::builtin());
            let atoms = Atoms::of_text(&text);
            for i in 0..atoms.all.len() {
                for short in [Short::Money, Short::Plain, Short::Counted] {
                    if let Some(n) = number_at(&lex, &atoms, i, atoms.all.len(), short) {
                        prop_assert!(n.start <= i && n.end > i && n.end <= atoms.all.len());
                    }
                }
            }
        }
    }
}
