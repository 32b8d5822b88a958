//! Numbers that are no quantities: years, designations, model names, clock times, telephone numbers, list numbers.

use std::ops::Range;

use sayso_parse::{Dep, Tag};

use crate::atoms::Kind;
use crate::figures::looks_year;
use crate::numbers::{Number, Shape};
use crate::units::View;

/// Whether the number is a name or a date rather than a quantity. `start` is the first atom with currency or sign;
/// `unit`: it has a unit or currency.
pub(crate) fn is_name(
    v: &View<'_>,
    n: &Number,
    start: usize,
    unit: bool,
    sentence: Range<usize>,
) -> bool {
    let atoms = v.atoms;
    let before = if start > sentence.start {
        atoms.text(start - 1)
    } else {
        ""
    };
    let after = if n.end < sentence.end {
        atoms.text(n.end)
    } else {
        ""
    };
    let digits = n.shape == Shape::Digits;
    if n.shape == Shape::Ordinal {
        return false;
    }
    if n.shape == Shape::Multiple {
        // "double the price", "twice as many"; not "a double room", "doubles".
        return !matches!(
            after,
            "the" | "as" | "that" | "its" | "their" | "his" | "what" | "a"
        );
    }
    if digits {
        // Joined to letters or to other digits by signs: "B-52", "Covid-19", "1:30", "2/3/99", "a@5".
        if start > sentence.start && atoms.glued(start) && start == n.start {
            let p = atoms.all.get(start - 1).map(|a| a.kind);
            if p == Some(Kind::Word) {
                return true;
            }
            if atoms.dash(start - 1) && atoms.glued(start - 1) && start >= sentence.start + 2 {
                let q = atoms.all.get(start - 2).map(|a| a.kind);
                if q == Some(Kind::Word)
                    && !unit
                    && !v.lex.numerals.contains_key(atoms.word(start - 2))
                    && atoms.word(start - 2) != "to"
                {
                    return true;
                }
            }
            if matches!(before, ":" | "@" | "_" | "#" | "/" | "." | "*" | "=")
                && !(before == "/" && unit)
            {
                return true;
            }
            if matches!(before, "'" | "\u{2019}")
                && n.value
                    .is_some_and(|x| x < rust_decimal::Decimal::ONE_HUNDRED)
                && !unit
            {
                return true;
            }
        }
        if before == "#" && !unit {
            return true;
        }
        if atoms.glued(n.end) {
            let joined = atoms.glued(n.end + 1);
            if matches!(after, ":" | "_" | "@") && joined && atoms.number(n.end + 1).is_some() {
                return true;
            }
            if after == "/" && joined && atoms.number(n.end + 1).is_some() && !unit {
                return true;
            }
            // "5G", "4x4", "737s": letters that are no unit.
            if atoms.all.get(n.end).map(|a| a.kind) == Some(Kind::Word)
                && !unit
                && !matches!(after, "x")
            {
                return true;
            }
        }
        if n.bare_year && !unit && n.value.is_some_and(looks_year) && is_year(v, n, before, after) {
            return true;
        }
        if !unit && (address(v, n, &sentence) || chained(v, n, &sentence)) {
            return true;
        }
        if !unit && (telephone(v, n, &sentence) || enumerates(v, n, &sentence)) {
            return true;
        }
        // "the 700 block of East Road"
        if !unit
            && v.lex.address_nouns.contains(after)
            && v.atoms.is(n.end + 1, "of")
            && v.written(n.end + 2, n.end + 3)
                .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        {
            return true;
        }
        if !unit && n.end == n.start + 1 && part_of_name(v, n, &sentence) {
            return true;
        }
        // A score or record: "2-1", "33-35".
        if score(v, n, &sentence) && !unit {
            return true;
        }
    }
    // Number of a list: "1." or "1)" at the start.
    if digits
        && start == sentence.start
        && !unit
        && matches!(after, "." | ")")
        && v.token(n.start) + 1 < v.parse.len() as u32
    {
        let part_start = v.text[..atoms.all[start].start as usize]
            .trim_end_matches([' ', '\t'])
            .ends_with('\n')
            || atoms.all[start].start == 0;
        if part_start && !atoms.glued(n.end + 1) && n.end + 1 < sentence.end {
            return true;
        }
    }
    if unit {
        return false;
    }
    if labelled(v, n, start, &sentence) {
        return true;
    }
    if !digits && n.end == n.start + 1 && atoms.is(n.start, "one") {
        return pronoun_one(v, n.start, &sentence);
    }
    false
}

/// Whether bare digits are a part of a name: "S&P 500", "737 Max"; or a player's number, "Ida Holm (4)".
fn part_of_name(v: &View<'_>, n: &Number, sentence: &Range<usize>) -> bool {
    let i = n.start;
    let capital = |k: usize| v.written(k, k + 1).starts_with(char::is_uppercase);
    if let Some((from, common)) = v.lex.numbered_names.before(v.atoms, sentence.start, i) {
        // "Dow" and "planet" are also words: a name has its capital, and nothing is counted.
        if !common || capital(from) && v.tag(n.end) != Tag::Nns {
            return true;
        }
    }
    // "the Norland 100 index", "the Kiln 9 missile": a count would have a plural noun behind it.
    if i > sentence.start
        && capital(i - 1)
        && matches!(v.tag(i - 1), Tag::Nnp | Tag::Nnps)
        && !v.atoms.glued(i)
        && one_thing(v, n.end)
        && !v.lex.collective.contains(v.atoms.word(n.end))
        && n.value.is_some_and(|x| x > rust_decimal::Decimal::ONE)
        && !v.calendar_word(i - 1)
    {
        return true;
    }
    if v.lex.models.contains(v.atoms.text(i)) && n.end < sentence.end {
        let maker = i > sentence.start && capital(i - 1) && v.noun(i - 1);
        if v.tag(n.end) == Tag::Nnp && capital(n.end) || maker {
            return true;
        }
    }
    if i > sentence.start
        && v.atoms.is(i - 1, "(")
        && v.atoms.is(n.end, ")")
        && n.value.is_some_and(|x| x < rust_decimal::Decimal::TEN)
        && i >= sentence.start + 2
    {
        return i >= sentence.start + 3 && v.full_name(v.token(i - 2));
    }
    false
}

/// Whether the nouns that start at atom `i` name one thing or are a name: "index", "night club", "News".
fn one_thing(v: &View<'_>, i: usize) -> bool {
    let glued_name = v.tag(i) == Tag::Nnp && v.written(i, i + 1).starts_with(char::is_uppercase);
    let singular = (i..i + 3).find(|&k| v.tag(k) != Tag::Nn);
    let ends_plural = singular.is_some_and(|k| v.tag(k) == Tag::Nns);
    glued_name && !v.noun(i + 1) || v.tag(i) == Tag::Nn && !ends_plural && !v.noun(i + 3)
}

/// Three digits and four, as local telephone numbers are written, or the area code before them: "555-0142",
/// "(302) 555-0142"; a number that one calls: "called 911".
fn telephone(v: &View<'_>, n: &Number, sentence: &Range<usize>) -> bool {
    let digits = |k: usize, len: u32| {
        v.atoms.all.get(k).is_some_and(|a| {
            matches!(a.kind, Kind::Number | Kind::Odd) && !a.formatted && a.end - a.start == len
        })
    };
    let joined = |k: usize| v.atoms.dash(k) && v.atoms.glued(k) && v.atoms.glued(k + 1);
    let local =
        |k: usize| digits(k, 3) && joined(k + 1) && digits(k + 2, 4) && v.tag(k + 3) != Tag::Nns;
    let i = n.start;
    let code = v.atoms.is(n.end, ")") && local(n.end + 1);
    let second = i >= sentence.start + 2 && local(i - 2);
    let dialled = digits(i, 3)
        && i > sentence.start
        && v.lex.dialling.contains(v.lemma(i - 1))
        && !v.noun(n.end);
    local(i) || second || code || dialled
}

/// A number of a list within a sentence: "1) …; 2) …". A bracket that was opened is another.
fn enumerates(v: &View<'_>, n: &Number, sentence: &Range<usize>) -> bool {
    let from = n.start.saturating_sub(24).max(sentence.start);
    let depth = (from..n.start).fold(0i32, |d, k| match v.atoms.text(k) {
        "(" => d + 1,
        ")" => d - 1,
        _ => d,
    });
    v.atoms.is(n.end, ")")
        && v.atoms.glued(n.end)
        && depth <= 0
        && n.end + 1 < sentence.end
        && n.value
            .is_some_and(|x| x <= rust_decimal::Decimal::from(30) && x.fract().is_zero())
        && (n.start == sentence.start
            || matches!(
                v.atoms.text(n.start - 1),
                ";" | ":" | "," | "." | "and" | "or" | "("
            ))
}

/// Whether four bare digits are a year here.
fn is_year(v: &View<'_>, n: &Number, before: &str, after: &str) -> bool {
    if matches!(
        before,
        "in" | "since"
            | "until"
            | "till"
            | "by"
            | "during"
            | "of"
            | "early"
            | "late"
            | "mid"
            | "from"
            | "before"
            | "after"
            | "("
            | "year"
            | "circa"
            | "between"
            | "fiscal"
    ) && !v.noun(n.end)
    {
        return true;
    }
    if n.value.is_none_or(|x| x < 1800.into()) {
        return false;
    }
    // A counted plural right after ("2000 hires") makes a round number a quantity.
    let counted = v.tag(n.end) == Tag::Nns;
    if counted && !matches!(after, "elections" | "olympics" | "games") {
        let x = n.value.unwrap_or_default();
        return !(x % rust_decimal::Decimal::TEN).is_zero();
    }
    true
}

/// Whether the number is part of a score: digits, dash, digits, both small, falling or among words of play.
fn score(v: &View<'_>, n: &Number, sentence: &Range<usize>) -> bool {
    let small = |k: usize| v.atoms.number(k).filter(|x| x.scale() == 0);
    let pair = if v.atoms.dash(n.end) && v.atoms.glued(n.end) && v.atoms.glued(n.end + 1) {
        small(n.start).zip(small(n.end + 1))
    } else if n.start >= sentence.start + 2
        && v.atoms.dash(n.start - 1)
        && v.atoms.glued(n.start)
        && v.atoms.glued(n.start - 1)
    {
        small(n.start - 2).zip(small(n.start))
    } else {
        None
    };
    let Some((a, b)) = pair else { return false };
    if a >= b {
        return true;
    }
    let from = n.start.saturating_sub(8).max(sentence.start);
    b < 200.into()
        && (from..(n.end + 8).min(sentence.end)).any(|k| {
            matches!(
                v.atoms.word(k),
                "win"
                    | "won"
                    | "wins"
                    | "beat"
                    | "beats"
                    | "loss"
                    | "lost"
                    | "lose"
                    | "defeat"
                    | "defeated"
                    | "draw"
                    | "drew"
                    | "victory"
                    | "score"
                    | "scored"
                    | "lead"
                    | "led"
                    | "trailed"
                    | "vote"
                    | "voted"
                    | "record"
                    | "season"
                    | "game"
                    | "tied"
                    | "tie"
            )
        })
}

/// A house number: capitalised words up to "Street" and the like follow.
fn address(v: &View<'_>, n: &Number, sentence: &Range<usize>) -> bool {
    let mut k = n.end;
    while k < sentence.end && k < n.end + 5 {
        let word = v.atoms.text(k);
        if k > n.end
            && v.lex.streets.contains_key(word)
            && v.written(k, k + 1).starts_with(char::is_uppercase)
        {
            return true;
        }
        let capital = v
            .written(k, k + 1)
            .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        if !capital && !matches!(word, "." | "st" | "nd" | "rd" | "th") {
            return false;
        }
        if v.lex.streets.contains_key(word) {
            return true;
        }
        k += 1;
    }
    false
}

/// Part of an account or telephone number: groups of digits joined by dashes that are no range.
fn chained(v: &View<'_>, n: &Number, sentence: &Range<usize>) -> bool {
    let joined = |k: usize| v.atoms.dash(k) && v.atoms.glued(k) && v.atoms.glued(k + 1);
    let digit = |k: usize| {
        matches!(
            v.atoms.all.get(k).map(|a| a.kind),
            Some(Kind::Number | Kind::Odd)
        )
    };
    let after = joined(n.end) && digit(n.end + 1);
    let before = n.start >= sentence.start + 2 && joined(n.start - 1) && digit(n.start - 2);
    after && joined(n.end + 2) && digit(n.end + 3)
        || before
            && (after || n.start >= sentence.start + 4 && joined(n.start - 3) && digit(n.start - 4))
}

/// A noun before the number makes it a designation: "Resolution 2397", "page 5", "Group 2".
fn labelled(v: &View<'_>, n: &Number, start: usize, sentence: &Range<usize>) -> bool {
    if start <= sentence.start {
        return false;
    }
    let mut k = start - 1;
    if v.atoms.is(k, ".") && k > sentence.start {
        k -= 1;
        if !matches!(
            v.atoms.word(k),
            "no" | "nos" | "art" | "sec" | "par" | "p" | "pp" | "vol" | "fig" | "ch"
        ) {
            return false;
        }
        return v.tag(n.end) != Tag::Nns;
    }
    let word = v.atoms.word(k);
    if word.is_empty() {
        return false;
    }
    // A plural noun after is counted, whatever stands before.
    let counted = v.tag(n.end) == Tag::Nns;
    let capital = v.written(k, k + 1).starts_with(|c: char| c.is_uppercase());
    let singular = v.lex.labelled.contains_key(word);
    if singular && !counted {
        // "number of", "level 5", "the top 10".
        return true;
    }
    // A name before a bare number: "Apollo 13", "Windows 10", "Planet 9"; the tree hangs the number on the name.
    let token = v.token(n.start);
    let name_token = v.token(k);
    let hangs = v.parse.head(token) == name_token
        && matches!(
            v.parse.dep(token),
            Dep::Nummod | Dep::Nmod | Dep::Appos | Dep::Npadvmod
        );
    // "Ida Holm 44 has gone": an age.
    if hangs && v.full_name(name_token) && matches!(v.tag(n.end), Tag::Vbz | Tag::Vbd | Tag::Md) {
        return false;
    }
    if capital && !counted && hangs && matches!(v.tag(k), Tag::Nnp | Tag::Nnps) && !v.noun(n.end) {
        return true;
    }
    false
}

/// "one" that stands for a person or thing, or has another work than counting.
fn pronoun_one(v: &View<'_>, i: usize, sentence: &Range<usize>) -> bool {
    let before = if i > sentence.start {
        v.atoms.text(i - 1)
    } else {
        ""
    };
    let after = if i + 1 < sentence.end {
        v.atoms.text(i + 1)
    } else {
        ""
    };
    if matches!(
        before,
        "no" | "any"
            | "every"
            | "some"
            | "each"
            | "this"
            | "that"
            | "the"
            | "which"
            | "another"
            | "a"
            | "an"
            | "square"
            | "number"
    ) && !(before == "the" && v.noun(i + 1))
    {
        return true;
    }
    if after == "another"
        || after == "day" && before != "for"
        || after == "'"
        || after == "\u{2019}"
        || after == "-" && v.atoms.is(i + 2, "off")
    {
        return true;
    }
    // A generic subject: "one must", "one can".
    if matches!(v.tag(i + 1), Tag::Md | Tag::Vbz | Tag::Vbd) && v.tag(i) == Tag::Prp {
        return true;
    }
    // "the big one", "a good one"
    if matches!(v.tag(i.wrapping_sub(1)), Tag::Jj | Tag::Jjr | Tag::Jjs)
        && i > sentence.start
        && !v.noun(i + 1)
    {
        return true;
    }
    // "get one", "the last one": a thing already named.
    let token = v.token(i);
    // "one in three" counts, "hands on one in order to" does not.
    if after == "in" && !v.noun(i + 1) {
        let next = v.atoms.word(i + 2);
        let number = v.atoms.number(i + 2).is_some() || v.lex.numerals.contains_key(next);
        if !(number || matches!(next, "every" | "each")) {
            return true;
        }
    }
    let counting = matches!(
        v.parse.dep(token),
        Dep::Nummod | Dep::Amod | Dep::Quantmod | Dep::Compound | Dep::Npadvmod
    );
    if !counting
        && !v.noun(i + 1)
        && !matches!(
            after,
            "of" | "in"
                | "out"
                | "or"
                | "and"
                | ","
                | "to"
                | "-"
                | "hundred"
                | "percent"
                | "per"
                | "more"
                | "third"
        )
        && !matches!(v.tag(i + 1), Tag::Jj | Tag::Jjs)
    {
        return true;
    }
    matches!(v.tag(i), Tag::Prp) || matches!(v.tag(i), Tag::Nn) && after != "of"
}
