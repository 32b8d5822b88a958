//! Numbers to figures: ranges, bounds, units, rates.

use rust_decimal::Decimal;
use sayso_model::{Exactness, Figure, FigureKind, Span};

use crate::atoms::Kind;
use crate::lexicon::Softener;
use crate::money;
use crate::names::is_name;
use crate::numbers::{Number, Shape, Short, number_at};
use crate::units::{Unit, View, currency_before, denominators, unit_at};

/// A figure and the atoms it came from.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// Atoms of the figure with bound words, without denominators.
    pub atoms: std::ops::Range<usize>,
    /// Atoms of the number alone, with unit.
    pub core: std::ops::Range<usize>,
    /// Atom of the last number word: where the tree hangs.
    pub anchor: usize,
    /// Atoms of the unit, if it has one.
    pub unit: Option<std::ops::Range<usize>>,
    pub figure: Figure,
}

/// A number with its currency or unit.
#[derive(Clone, Debug)]
struct Amount {
    start: usize,
    end: usize,
    number: Number,
    value: Option<Decimal>,
    unit: Option<Unit>,
    unit_atoms: Option<std::ops::Range<usize>>,
}

/// The figures of one sentence, in order. `taken` tells atoms that are part of a date or time of day.
pub(crate) fn figures(
    v: &View<'_>,
    sentence: std::ops::Range<usize>,
    taken: &[bool],
    out: &mut Vec<Found>,
) {
    let first = out.len();
    let mut i = sentence.start;
    while i < sentence.end {
        if taken.get(i).copied().unwrap_or(false) {
            i += 1;
            continue;
        }
        let floor = match out.get(first..).and_then(<[Found]>::last) {
            Some(f) => f.atoms.end,
            None => sentence.start,
        };
        match amount_at(v, i, floor, sentence.end, taken) {
            Some(a) => {
                if is_name(v, &a.number, a.start, a.unit.is_some(), sentence.clone()) {
                    i = a.number.end.max(i + 1);
                    continue;
                }
                let found = figure(v, a, floor, sentence.end, taken);
                i = found.core.end.max(found.atoms.end).max(i + 1);
                out.push(found);
            }
            None => i += 1,
        }
    }
}

/// What a number is followed by decides which short magnitudes it can have.
fn short_form(v: &View<'_>, i: usize, money: bool) -> Short {
    if money {
        return Short::Money;
    }
    // "4.3M" is no metre; "5m people": a plural noun after the letter.
    let after = i + 2;
    if v.written(i + 1, i + 2) == "M"
        && !if v.noun(after) {
            v.atoms.glued(after)
        } else {
            false
        }
    {
        return Short::Counted;
    }
    if v.atoms.is(i + 1, "m")
        && matches!(v.tag(after), sayso_parse::Tag::Nns | sayso_parse::Tag::Nnps)
    {
        return Short::Counted;
    }
    if v.atoms.is(i + 1, "m") && v.noun(after) && v.noun(after + 1) {
        return Short::Counted;
    }
    Short::Plain
}

fn amount_at(v: &View<'_>, i: usize, floor: usize, limit: usize, taken: &[bool]) -> Option<Amount> {
    let mut at = i;
    let mut negative = false;
    let mut unit = None;
    let mut unit_atoms = None;
    // A sign that touches the number and nothing before: "-1.3%", "(−5)".
    if v.atoms.dash(at) || v.atoms.is(at, "+") {
        let free =
            !v.atoms.glued(at) || matches!(v.atoms.text(at.wrapping_sub(1)), "(" | "[" | "/");
        let touches = v.atoms.glued(at + 1);
        let number_before =
            at > floor && v.atoms.number(at - 1).is_some() && !v.atoms.is(at + 2, "%");
        if !free || !touches || number_before || v.atoms.text(at) == "\u{2014}" {
            return None;
        }
        negative = v.atoms.dash(at);
        at += 1;
        if v.atoms.all.get(at)?.kind == Kind::Word && currency_before(v, at, limit).is_none() {
            return None;
        }
    }
    if v.atoms.is(at, "minus")
        && (v.atoms.number(at + 1).is_some() || v.lex.numerals.contains_key(v.atoms.word(at + 1)))
    {
        negative = true;
        at += 1;
    }
    let mut banker = None;
    if let Some((end, id, scale)) = money::banker_code(v, at)
        .filter(|&(end, ..)| v.atoms.number(end).is_some())
        .or_else(|| money::named_before(v, at, limit))
        .or_else(|| money::lost_sign(v, at, limit))
    {
        // "MAUD 60", "dollar 22.5 million"
        unit = Some(Unit::Currency(id));
        unit_atoms = Some(at..end);
        banker = Some(scale);
        at = end;
    } else if let Some((end, id)) = currency_before(v, at, limit) {
        unit = Some(Unit::Currency(id));
        unit_atoms = Some(at..end);
        at = end;
        // "$-5m"
        if v.atoms.dash(at) && v.atoms.glued(at) && v.atoms.glued(at + 1) {
            negative = true;
            at += 1;
        }
    }
    if taken.get(at).copied().unwrap_or(false) {
        return None;
    }
    let number = number_at(v.lex, v.atoms, at, limit, short_form(v, at, unit.is_some()))?;
    let mut end = number.end;
    // A unit after the number; a currency sign before it does not exclude a name after it ("A$5 dollars" is rare).
    match unit {
        None => {
            let scaled = number.scale > Decimal::ONE_HUNDRED;
            if !matches!(number.shape, Shape::Ordinal | Shape::Multiple)
                && let Some((after, u)) = unit_at(v, end, limit, scaled)
            {
                // "half a percent", "one and a half hours" have their unit; "one second" is left to times.
                unit_atoms = Some(end..after);
                unit = Some(u);
                end = after;
            } else if !matches!(number.shape, Shape::Ordinal | Shape::Multiple)
                && let Some((name, id)) = unit_before(v, i, floor)
            {
                unit_atoms = Some(name..name + 1);
                unit = Some(Unit::Measure(id));
            }
        }
        Some(Unit::Currency(_)) => {
            // "$58 US", "$75 U.S.", "$5 million Canadian", "$5 million dollars"
            if let Some((after, Unit::Currency(_))) = unit_at(v, end, limit, true)
                && v.atoms.word(after - 1).len() > 3
            {
                end = after;
            } else if let Some((after, id)) = money::qualifier(v, end, limit) {
                unit = Some(Unit::Currency(id));
                end = after;
            }
        }
        _ => {}
    }
    let mut value = number.value;
    if let Some(Unit::Currency(c)) = unit {
        let named_after = unit_atoms.as_ref().is_some_and(|u| u.start >= number.end);
        if let Some((after, x)) = money::tail(v, &number, c, named_after, end, limit) {
            end = after;
            value = Some(x);
        }
    } else if unit.is_none()
        && let Some((after, c, scale)) = money::banker_code(v, end)
    {
        // "30 MUSD"
        unit_atoms = Some(end..after);
        unit = Some(Unit::Currency(c));
        value = value
            .and_then(|x| x.checked_mul(scale))
            .map(|x| x.normalize());
        end = after;
    } else if unit.is_none()
        && let Some(after) = inches_after_feet(v, i, end, limit)
    {
        unit = v.lex.unit_by_name("inch").map(Unit::Measure);
        unit_atoms = Some(end..after);
        end = after;
    }
    if let Some(scale) = banker {
        value = value
            .and_then(|x| x.checked_mul(scale))
            .map(|x| x.normalize());
    }
    // "one in five", "nine out of ten", "one of every three"
    let (number, value) = match ratio(v, &number, unit.is_some(), limit) {
        Some((n, x)) => {
            end = n.end;
            (n, Some(x))
        }
        None => (number, value),
    };
    let value = value.map(|n| if negative { -n } else { n });
    Some(Amount {
        start: i,
        end,
        value,
        number,
        unit,
        unit_atoms,
    })
}

/// The unit that is named before the number at `i`: its atom, and the unit. "magnitude 6.8", "a magnitude of 6.8".
fn unit_before(v: &View<'_>, i: usize, floor: usize) -> Option<(usize, u16)> {
    let last = i.checked_sub(1)?;
    let name = if v.atoms.is(last, "of") {
        last.checked_sub(1)?
    } else {
        last
    };
    let id = v.lex.units_before.get(v.atoms.word(name))?;
    (name >= floor).then_some((name, *id))
}

/// "2 in" after "12 ft": one past it. "in" alone is no unit.
fn inches_after_feet(v: &View<'_>, start: usize, end: usize, limit: usize) -> Option<usize> {
    let feet = start >= 2
        && matches!(v.atoms.text(start - 1), "ft" | "feet" | "foot" | "'")
        && v.atoms.number(start - 2).is_some();
    let closes = end + 1 >= limit
        || !v.noun(end + 1)
            && !matches!(v.tag(end + 1), sayso_parse::Tag::Dt | sayso_parse::Tag::Cd);
    (feet && v.atoms.is(end, "in") && closes).then_some(end + 1)
}

/// Whether a bare number is an age: "Anna Novak, 66, said", "aged 35", "over the age of 21".
fn is_age(v: &View<'_>, a: &Amount, start: usize, end: usize) -> bool {
    let Some(x) = a.value else { return false };
    if a.unit.is_some()
        || x < Decimal::ONE
        || x > Decimal::from(120)
        || !x.fract().is_zero()
        || start == 0
    {
        return false;
    }
    let back = |n: usize| start.checked_sub(n).map_or("", |k| v.atoms.text(k));
    if matches!(back(1), "aged" | "age" | "ages")
        || back(1) == "of" && matches!(back(2), "age" | "ages")
    {
        return true;
    }
    if is_old(v, a, start, end) {
        return true;
    }
    let closes = matches!(v.atoms.text(end), "," | ")" | ".");
    let opens = match back(1) {
        "," => closes,
        "(" => v.atoms.is(end, ")") && x >= Decimal::TEN,
        _ => false,
    };
    let person = start >= 2 && {
        let t = v.token(start - 2);
        v.parse
            .tokens
            .get(t as usize)
            .is_some_and(|t| t.tag == sayso_parse::Tag::Nnp)
    };
    opens && person && a.number.shape == Shape::Digits && v.atoms.number(end + 1).is_none()
}

/// A bare number that says how old a person is: "she was 10", "who turned 44", "Ida Holm 44 has gone".
fn is_old(v: &View<'_>, a: &Amount, start: usize, end: usize) -> bool {
    use sayso_parse::{Dep, Tag};
    let shift = matches!(v.atoms.word(end), "next" | "last" | "this");
    if v.noun(end) || matches!(v.tag(end), Tag::Jj | Tag::Cd) && !shift {
        return false;
    }
    let parse = v.parse;
    let token = v.token(a.number.end - 1);
    if token as usize >= parse.len() {
        return false;
    }
    let person = |t: u32| matches!(parse.lower(t), "he" | "she" | "who" | "i") || v.full_name(t);
    let head = parse.head(token);
    if matches!(parse.dep(token), Dep::Attr | Dep::Acomp | Dep::Dobj)
        && matches!(parse.lemma(head), "be" | "turn")
        && a.number.shape != Shape::Vague
    {
        return parse
            .children(head)
            .iter()
            .any(|&c| matches!(parse.dep(c), Dep::Nsubj) && person(c));
    }
    // Right between a full name and its verb.
    a.number.shape == Shape::Digits
        && start >= 2
        && parse.dep(token) == Dep::Nummod
        && head == v.token(start - 1)
        && v.full_name(head)
        && matches!(v.tag(end), Tag::Vbz | Tag::Vbd | Tag::Md)
}

/// A ratio of two counts: the number up to its end, and its value. A noun after the second says of what.
fn ratio(v: &View<'_>, n: &Number, unit: bool, limit: usize) -> Option<(Number, Decimal)> {
    if unit || n.bare_year || !matches!(n.shape, Shape::Digits | Shape::Words) {
        return None;
    }
    let mut at = n.end;
    let (out_of, every) = match (v.atoms.word(at), v.atoms.word(at + 1), v.atoms.word(at + 2)) {
        ("out", "of", "every") => (true, 3),
        ("out", "of", _) => (true, 2),
        ("in" | "of", "every", _) => (true, 2),
        ("in", _, _) => (false, 1),
        _ => return None,
    };
    at += every;
    let m = number_at(v.lex, v.atoms, at, limit, Short::Plain)?;
    let (a, b) = (n.value?, m.value?);
    let counted = v.noun(m.end) && v.tag(m.end) != sayso_parse::Tag::Nnp;
    let time = v.lex.time_units.contains_key(v.atoms.word(m.end));
    let small = a.fract().is_zero()
        && b.fract().is_zero()
        && a > Decimal::ZERO
        && a < b
        && b <= Decimal::from(1_000_000);
    let fits = m.shape == n.shape
        && small
        && !m.bare_year
        && !time
        && (out_of || (a == Decimal::ONE && counted));
    if !fits {
        return None;
    }
    let mut whole = n.clone();
    whole.end = m.end;
    whole.shape = Shape::Fraction;
    let x = a.checked_div(b)?.normalize();
    whole.value = Some(x);
    Some((whole, x))
}

/// Builds the figure that starts with an amount: looks for a second end, for bounds, for denominators.
fn figure(v: &View<'_>, a: Amount, floor: usize, limit: usize, taken: &[bool]) -> Found {
    let mut start = a.start;
    let mut end = a.end;
    let mut anchor = a.number.end - 1;
    let mut low = a.value;
    let mut best = a.value;
    let mut high = a.value;
    let mut exactness = if a.value.is_none() {
        Exactness::Vague
    } else {
        Exactness::Exact
    };
    let mut unit = a.unit;
    let mut unit_atoms = a.unit_atoms.clone();
    let mut low_open = false;
    let mut high_open = false;
    let range = second(v, &a, floor, limit, taken);
    if let Some((b, first, from)) = range {
        start = from;
        end = b.end;
        anchor = b.number.end - 1;
        low = first.min(b.value);
        high = first.max(b.value);
        best = None;
        exactness = Exactness::Range;
        if b.unit.is_some() {
            unit = b.unit;
            unit_atoms = b.unit_atoms.clone();
        }
    } else if a.number.shape != Shape::Ordinal {
        // Words after the number: "6,000 or more", "600-odd", "6,000+".
        if let Some((after, s)) = v.lex.after.after(v.atoms, end, limit)
            && softens_after(v, end, after)
        {
            apply(
                s,
                a.value,
                &mut low,
                &mut best,
                &mut high,
                &mut low_open,
                &mut high_open,
                &mut exactness,
            );
            end = after;
            if unit.is_none()
                && let Some((after, u)) = unit_at(v, end, limit, false)
            {
                unit_atoms = Some(end..after);
                unit = Some(u);
                end = after;
            }
        }
    }
    let core = start..end;
    // Words before: the nearest decides, others only widen the span.
    let mut decided = exactness != Exactness::Exact;
    let is_range = exactness == Exactness::Range;
    if a.number.shape != Shape::Ordinal {
        while let Some((from, s)) = v.lex.before.before(v.atoms, floor, start) {
            if !softens_before(v, from, start, s, unit) {
                break;
            }
            start = from;
            if is_range {
                // "about 14 to 18": both ends are soft.
                if matches!(s, Softener::About | Softener::Nearly) {
                    exactness = Exactness::Approximate;
                }
                continue;
            }
            if !decided
                || (exactness == Exactness::Approximate
                    && s != Softener::About
                    && s != Softener::Nearly)
            {
                let soft = exactness == Exactness::Approximate;
                low = a.value;
                best = a.value;
                high = a.value;
                apply(
                    s,
                    a.value,
                    &mut low,
                    &mut best,
                    &mut high,
                    &mut low_open,
                    &mut high_open,
                    &mut exactness,
                );
                // "up to roughly 350": a bound, and a soft one.
                if soft && exactness == Exactness::Bound {
                    exactness = Exactness::Approximate;
                }
                decided = true;
            }
        }
    }
    // "under the age of 5 years", "aged 5 months"
    if let Some(Unit::Measure(u)) = unit
        && a.start > 0
        && (v.atoms.is(a.start - 1, "aged")
            || a.start > 1
                && v.atoms.is(a.start - 1, "of")
                && matches!(v.atoms.word(a.start - 2), "age" | "ages"))
        && v.lex
            .units
            .get(u as usize)
            .is_some_and(|u| u.dimension == "time")
    {
        unit = Some(Unit::Age(u));
    }
    if let Some((from, s)) = v.lex.age_bounds.before(v.atoms, floor, start)
        && !decided
    {
        start = from;
        apply(
            s,
            a.value,
            &mut low,
            &mut best,
            &mut high,
            &mut low_open,
            &mut high_open,
            &mut exactness,
        );
    }
    let kind = kind(v, &a, unit);
    let rate = matches!(
        kind,
        FigureKind::Money | FigureKind::Percent | FigureKind::Measure | FigureKind::Ratio
    );
    let (per_end, per) = if a.number.shape == Shape::Ordinal {
        (end, Vec::new())
    } else {
        denominators(v, end, limit, rate)
    };
    let text = v.written(start, end).to_owned();
    let span = match (v.atoms.all.get(start), v.atoms.all.get(end - 1)) {
        (Some(x), Some(y)) => Span::new(x.start, y.end),
        _ => Span::new(0, 0),
    };
    let aged = kind == FigureKind::Cardinal
        && per.is_empty()
        && exactness != Exactness::Vague
        && is_age(v, &a, a.start, end);
    let kind = if aged { FigureKind::Age } else { kind };
    let (mut unit_name, currency) = unit_words(v, unit);
    if aged {
        unit_name = Some("year".to_owned());
    }
    Found {
        atoms: start..per_end.max(end),
        core,
        anchor,
        unit: unit_atoms,
        figure: Figure {
            span,
            text,
            low,
            best,
            high,
            low_open,
            high_open,
            exactness,
            kind,
            unit: unit_name,
            currency,
            per,
            change: None,
            thing: None,
            concepts: Vec::new(),
        },
    }
}

#[expect(clippy::too_many_arguments, reason = "the fields of a figure")]
fn apply(
    s: Softener,
    value: Option<Decimal>,
    low: &mut Option<Decimal>,
    best: &mut Option<Decimal>,
    high: &mut Option<Decimal>,
    low_open: &mut bool,
    high_open: &mut bool,
    exactness: &mut Exactness,
) {
    if value.is_none() {
        return; // vague stays vague
    }
    match s {
        Softener::AtLeast | Softener::MoreThan => {
            *best = None;
            *high = None;
            *low_open = s == Softener::MoreThan;
            *exactness = Exactness::Bound;
        }
        Softener::AtMost | Softener::LessThan => {
            *best = None;
            *low = None;
            *high_open = s == Softener::LessThan;
            *exactness = Exactness::Bound;
        }
        Softener::Nearly => {
            *low = None;
            *high_open = true;
            *exactness = Exactness::Approximate;
        }
        Softener::About => *exactness = Exactness::Approximate,
    }
}

/// Whether the words after a number soften it here.
fn softens_after(v: &View<'_>, from: usize, to: usize) -> bool {
    // "40 and up to 60": what looks like an end of the one bound begins the next.
    if v.atoms.is(to, "to") && v.atoms.number(to + 1).is_some() {
        return false;
    }
    let word = v.atoms.text(from);
    match word {
        // "5+" but not "5 + 6".
        "+" => v.atoms.glued(from) && v.atoms.number(to).is_none(),
        "plus" => v.atoms.number(to).is_none() && !v.noun(to),
        "at" | "tops" | "maximum" => !v.noun(to),
        "-" => v.atoms.glued(from),
        "odd" => true,
        "ish" => v.atoms.glued(from),
        "or" if v.atoms.is(from + 1, "so") || v.atoms.is(from + 1, "thereabouts") => true,
        _ => true,
    }
}

/// Whether the words before a number bound it here, or have another work to do.
fn softens_before(v: &View<'_>, from: usize, to: usize, s: Softener, unit: Option<Unit>) -> bool {
    use sayso_parse::Dep;
    let token = v.token(from);
    let dep = if (token as usize) < v.parse.len() {
        v.parse.dep(token)
    } else {
        Dep::Dep
    };
    let word = v.atoms.word(from);
    let duration = match unit {
        Some(Unit::Measure(u)) => v
            .lex
            .units
            .get(u as usize)
            .is_some_and(|u| u.dimension == "time"),
        _ => false,
    };
    match word {
        // "over three years": all through them, where the preposition hangs on a verb or noun.
        "over" | "under" | "above" | "below" | "beyond" if to == from + 1 && duration => {
            dep != Dep::Prep
        }
        // "back up to 4.8": a way, not a bound.
        "up" if s == Softener::AtMost => {
            let before = if from > 0 { v.lemma(from - 1) } else { "" };
            let by_move = dep == Dep::Prt
                || before == "back"
                || v.lex.up.contains_key(before)
                || matches!(before, "go" | "move" | "come" | "get" | "add");
            !by_move
        }
        "some" => !matches!(v.atoms.word(from.wrapping_sub(1)), "and" | "then") || from == 0,
        "near" | "around" | "about" | "beyond" => true,
        _ => true,
    }
}

/// The second end of a range that begins with `a`: it, the first end with shared magnitude, and where the range starts.
fn second(
    v: &View<'_>,
    a: &Amount,
    floor: usize,
    limit: usize,
    taken: &[bool],
) -> Option<(Amount, Option<Decimal>, usize)> {
    if !matches!(
        a.number.shape,
        Shape::Digits | Shape::Words | Shape::Fraction | Shape::Vague
    ) || a.value.is_none() && a.number.shape != Shape::Vague
    {
        return None;
    }
    let before = if a.start > floor {
        v.atoms.word(a.start - 1)
    } else {
        ""
    };
    let connector = v.atoms.text(a.end);
    let dash = v.atoms.dash(a.end);
    let between = before == "between" && connector == "and";
    let spelled = connector == "to" || (connector == "and" && between);
    let or = connector == "or";
    let mut next = a.end + 1;
    let spelled = spelled || (before == "from" && connector == "up" && v.atoms.is(next, "to"));
    if connector == "up" {
        next += 1;
    }
    if dash && v.atoms.is(next, "to") && v.atoms.dash(next + 1) {
        next += 2; // "5-to-7"
    }
    if spelled && connector == "to" && before == "from" && v.atoms.is(next, "as") {
        return None;
    }
    if spelled {
        // "from 5 to about 7", "from 10 up to 15"
        if let Some((after, _)) = v.lex.before.after_forward(v.atoms, next, limit) {
            next = after;
        }
    }
    if !(dash || spelled || or) || taken.get(next).copied().unwrap_or(false) {
        return None;
    }
    if dash && (v.atoms.glued(a.end) != v.atoms.glued(next)) && v.atoms.text(a.end) != "\u{2013}" {
        return None;
    }
    let b = amount_at(v, next, next, limit, taken)?;
    if !matches!(
        b.number.shape,
        Shape::Digits | Shape::Words | Shape::Fraction | Shape::Vague
    ) {
        return None;
    }
    if v.atoms.dash(b.end) && v.atoms.glued(b.end) && v.atoms.number(b.end + 1).is_some() {
        return None; // "555-12-34"
    }
    // "cut by a third to 20 tonnes"
    if a.number.shape == Shape::Fraction && b.number.shape != Shape::Fraction && spelled {
        return None;
    }
    if a.value.is_none() || b.value.is_none() {
        // "hundreds to thousands" is as vague as its parts: kept whole.
        return None;
    }
    let (mut x, y) = (a.value?, b.value?);
    let currency = |u: Option<Unit>| match u {
        Some(Unit::Currency(c)) => Some(c),
        _ => None,
    };
    if let (Some(p), Some(q)) = (a.unit, b.unit)
        && p != q
    {
        return None;
    }
    if a.unit.is_some()
        && b.unit.is_none()
        && currency(a.unit).is_none()
        && before != "from"
        && !between
    {
        return None;
    }
    // "between 10 and 15 million", "$2-3 billion": the magnitude is said once.
    if a.number.scale == Decimal::ONE
        && b.number.scale > Decimal::ONE
        && x.abs() < y.abs().checked_div(b.number.scale)?
    {
        x = x.checked_mul(b.number.scale)?.normalize();
    }
    let change = changing(v, a.start, floor);
    if or {
        // "two or three weeks"
        let steps = y.checked_sub(x)?;
        return (a.unit.is_none()
            && steps == Decimal::ONE
            && x < Decimal::from(20)
            && a.number.shape == b.number.shape)
            .then_some((b, Some(x), a.start));
    }
    if dash {
        // Years, scores and the like are no range of a quantity; a range rises.
        if (a.number.bare_year
            && b.number.bare_year
            && b.unit.is_none()
            && looks_year(x)
            && looks_year(y))
            || x >= y
        {
            return None;
        }
        if a.unit.is_some() && b.unit.is_none() && currency(a.unit).is_none() {
            return None;
        }
        return Some((b, Some(x), a.start));
    }
    if between {
        return Some((b, Some(x), a.start - 1));
    }
    let from = before == "from";
    // "a density of 1.3 A/cm2 to 0.03 A/cm2"
    if before == "of" && !change && a.unit.is_some() && a.unit == b.unit && x > y {
        return Some((b, Some(x), a.start));
    }
    if from && change {
        return None; // a change from one level to another: two figures
    }
    if !from && (x >= y || (change && b.unit.is_none()) || (a.unit.is_some() && change)) {
        return None;
    }
    if x > y {
        return None;
    }
    let start = if from { a.start - 1 } else { a.start };
    Some((b, Some(x), start))
}

pub(crate) fn looks_year(n: Decimal) -> bool {
    n.scale() == 0 && n >= Decimal::from(1000) && n < Decimal::from(2200)
}

/// Whether a word of change stands shortly before atom `at`, in the same clause.
pub(crate) fn changing(v: &View<'_>, at: usize, floor: usize) -> bool {
    let from = at.saturating_sub(8).max(floor);
    for k in (from..at).rev() {
        let text = v.atoms.text(k);
        if matches!(text, "," | ";" | ":" | "(" | ")" | "and" | "but") {
            return false;
        }
        if matches!(
            text,
            "range" | "ranges" | "ranging" | "ranged" | "vary" | "varies" | "varying"
        ) {
            return false;
        }
        // A verb or particle of change anywhere in the clause; a noun only right before "from".
        let moves = matches!(
            v.pos(k),
            sayso_parse::Pos::Verb
                | sayso_parse::Pos::Adv
                | sayso_parse::Pos::Adp
                | sayso_parse::Pos::Part
        ) || k + 2 == at;
        if !moves {
            continue;
        }
        let lemma = v.lemma(k);
        if v.lex.up.contains_key(lemma)
            || v.lex.down.contains_key(lemma)
            || v.lex.up.contains_key(text)
            || v.lex.down.contains_key(text)
        {
            return true;
        }
    }
    false
}

fn kind(v: &View<'_>, a: &Amount, unit: Option<Unit>) -> FigureKind {
    match unit {
        Some(Unit::Currency(_)) => FigureKind::Money,
        Some(Unit::Age(_)) => FigureKind::Age,
        Some(Unit::Times) => FigureKind::Ratio,
        Some(Unit::Measure(u)) => match v.lex.units.get(u as usize).map(|u| u.dimension.as_str()) {
            Some("percent") => FigureKind::Percent,
            Some("time") => FigureKind::Duration,
            _ => FigureKind::Measure,
        },
        None => match a.number.shape {
            Shape::Ordinal => FigureKind::Ordinal,
            Shape::Fraction | Shape::Multiple => FigureKind::Ratio,
            _ => FigureKind::Cardinal,
        },
    }
}

/// Unit name and currency code of a figure.
fn unit_words(v: &View<'_>, unit: Option<Unit>) -> (Option<String>, Option<String>) {
    match unit {
        Some(Unit::Currency(c)) => {
            let code = v.lex.currencies.get(c as usize).cloned();
            match code.as_deref() {
                // A hundredth is a unit of its currency.
                Some("USC") => (Some("cent".to_owned()), Some("USD".to_owned())),
                Some("GBX") => (Some("penny".to_owned()), Some("GBP".to_owned())),
                Some("MYS") => (Some("sen".to_owned()), Some("MYR".to_owned())),
                Some("SAT") => (Some("satoshi".to_owned()), Some("BTC".to_owned())),
                _ => (None, code),
            }
        }
        Some(Unit::Measure(u) | Unit::Age(u)) => {
            (v.lex.units.get(u as usize).map(|u| u.name.clone()), None)
        }
        Some(Unit::Times) | None => (None, None),
    }
}
