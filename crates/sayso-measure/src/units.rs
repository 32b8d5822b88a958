//! Units and currencies beside a number, and the denominators of a rate.

use sayso_model::{Per, Span};
use sayso_parse::{Parse, Pos, Tag};

use crate::atoms::{Atoms, Kind};
use crate::lexicon::Lexicon;

/// What stands beside a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Index into [`Lexicon::units`].
    Measure(u16),
    /// Index into [`Lexicon::currencies`].
    Currency(u16),
    /// "6-year-old", "aged 6": years, months or days of age.
    Age(u16),
    /// "three times"
    Times,
}

/// Text that rules look at besides the atoms.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub lex: &'a Lexicon,
    pub atoms: &'a Atoms,
    pub parse: &'a Parse,
    pub text: &'a str,
}

impl View<'_> {
    /// The words as written between two atoms, the second not included.
    pub fn written(&self, start: usize, end: usize) -> &str {
        let (Some(a), Some(b)) = (
            self.atoms.all.get(start),
            self.atoms.all.get(end.max(1) - 1),
        ) else {
            return "";
        };
        self.text
            .get(a.start as usize..b.end as usize)
            .unwrap_or("")
    }

    /// The token of an atom.
    pub fn token(&self, atom: usize) -> u32 {
        self.atoms.all.get(atom).map_or(0, |a| a.token)
    }

    /// The tokens of a range of atoms; a number with spaces ("10 000") covers several.
    pub fn tokens(&self, atoms: &std::ops::Range<usize>) -> std::ops::Range<u32> {
        let first = self.token(atoms.start);
        let last = atoms.end.max(1) - 1;
        let mut end = self.token(last) + 1;
        let to = self.atoms.all.get(last).map_or(0, |a| a.end);
        while self
            .parse
            .tokens
            .get(end as usize)
            .is_some_and(|t| t.start < to)
        {
            end += 1;
        }
        first..end
    }

    /// Whether a token ends a name of two words at least, as people have.
    pub fn full_name(&self, token: u32) -> bool {
        let name = |t: u32| (t as usize) < self.parse.len() && self.parse.tag(t) == Tag::Nnp;
        token > 0 && name(token) && name(token - 1) && self.parse.head(token - 1) == token
    }

    /// Whether an atom is a word of the calendar: "May", "Tuesday", "winter".
    pub fn calendar_word(&self, atom: usize) -> bool {
        self.when_word(self.atoms.word(atom))
    }

    /// Whether a word, in lower case, says when: a month, a weekday, a season, a length of time.
    pub fn when_word(&self, word: &str) -> bool {
        self.lex.months.contains_key(word)
            || self.lex.weekdays.contains_key(word)
            || self.lex.seasons.contains_key(word)
            || self.lex.time_units.contains_key(word)
            || self.lex.day_parts.contains_key(word)
    }

    /// Fine part of speech of an atom's token; `Xx` past the end.
    pub fn tag(&self, atom: usize) -> Tag {
        match self.atoms.all.get(atom) {
            Some(a) if (a.token as usize) < self.parse.len() => self.parse.tag(a.token),
            _ => Tag::Xx,
        }
    }

    /// Coarse part of speech of an atom's token.
    pub fn pos(&self, atom: usize) -> Pos {
        match self.atoms.all.get(atom) {
            Some(a) if (a.token as usize) < self.parse.len() => self.parse.pos(a.token),
            _ => Pos::X,
        }
    }

    /// Coarse part of speech of a token.
    pub fn pos_of(&self, token: u32) -> Pos {
        if (token as usize) < self.parse.len() {
            self.parse.pos(token)
        } else {
            Pos::X
        }
    }

    /// Lemma of an atom's token, in lower case where it is not a name.
    pub fn lemma(&self, atom: usize) -> &str {
        match self.atoms.all.get(atom) {
            Some(a) if (a.token as usize) < self.parse.len() => self.parse.lemma(a.token),
            _ => "",
        }
    }

    /// Whether an atom's token is a noun or name.
    pub fn noun(&self, atom: usize) -> bool {
        is_noun(self.tag(atom))
    }
}

/// Whether a tag is a noun's or a name's.
pub(crate) fn is_noun(tag: Tag) -> bool {
    matches!(tag, Tag::Nn | Tag::Nns | Tag::Nnp | Tag::Nnps)
}

/// A currency symbol or code that starts at atom `i` and has a number after it: one past it, and the currency.
pub(crate) fn currency_before(v: &View<'_>, i: usize, limit: usize) -> Option<(usize, u16)> {
    let (end, id) = match v.lex.currency_after.after(v.atoms, i, limit) {
        Some((end, id)) if case_fits(v, i, end) => (end, id),
        _ => {
            // An ISO code, in capitals: "USD 5 million".
            let &id = v.lex.currency_codes.get(v.atoms.word(i))?;
            let written = v.written(i, i + 1);
            if written.len() != 3 || !written.chars().all(|c| c.is_ascii_uppercase()) {
                return None;
            }
            (i + 1, id)
        }
    };
    // "music's $500": the letter belongs to the word before.
    let torn = v.atoms.glued(i)
        && v.atoms.all.get(i).map(|a| a.kind) == Some(Kind::Word)
        && i > 0
        && matches!(v.atoms.text(i - 1), "'" | "\u{2019}" | ".");
    if torn {
        return None;
    }
    let number = v.atoms.number(end).is_some()
        || v.atoms.dash(end)
            && v.atoms.glued(end)
            && v.atoms.glued(end + 1)
            && v.atoms.number(end + 1).is_some();
    number.then_some((end, id))
}

/// Whether a symbol with letters is written as the pack has it, by its capitals.
fn case_fits(v: &View<'_>, start: usize, end: usize) -> bool {
    let written = v.written(start, end);
    if !written.contains(|c: char| c.is_ascii_alphabetic()) {
        return true;
    }
    // "c" and "p" stand only after a number; "c$" for "C$" is at times all in small letters.
    let spelled: String = written.chars().filter(|c| !c.is_whitespace()).collect();
    let letters = spelled.chars().all(|c| c.is_ascii_lowercase());
    // "a $500 loan" has an article before its sign.
    if written.starts_with(['a', 'A']) && written.contains(' ') {
        return false;
    }
    !letters && (spelled.contains('$') || v.lex.currency_spelled.contains(&spelled))
}

/// The unit that starts at atom `i`, right after a number that ends there: one past it, and the unit.
///
/// `scaled`: the number had a magnitude word, so that "pounds" is money; `singular`: the number is one.
pub(crate) fn unit_at(v: &View<'_>, i: usize, limit: usize, scaled: bool) -> Option<(usize, Unit)> {
    // "30-year", and "30 - year" where the text was cut into words.
    let loose = v.atoms.dash(i)
        && !v.atoms.glued(i)
        && !v.atoms.glued(i + 1)
        && v.atoms.word(i + 1).len() > 2
        && !v.atoms.word(i + 1).ends_with('s');
    let dashed = loose || v.atoms.dash(i) && v.atoms.glued(i) && v.atoms.glued(i + 1);
    let at = if dashed { i + 1 } else { i };
    if at >= limit {
        return None;
    }
    if v.lex.age_marks.contains(v.atoms.word(at)) {
        return Some((at + 1, Unit::Age(v.lex.year)));
    }
    // Money, by name: "dollars", "Australian dollars", "euros".
    let currency = v.lex.currency_names.after(v.atoms, at, limit);
    let measure = v
        .lex
        .unit_names
        .after(v.atoms, at, limit)
        // "m2" and "ft2" are written together; capitals tell "Nm" from "nm".
        .filter(|&(end, _)| (at + 1..end).all(|k| v.atoms.number(k).is_none() || v.atoms.glued(k)))
        .filter(|&(end, _)| {
            end > at + 1
                || v.written(at, end).len() > 3
                || v.lex.symbol(v.written(at, end)).is_none()
        });
    let symbol = v
        .lex
        .unit_symbols
        .after(v.atoms, at, limit)
        .filter(|&(end, _)| measure.is_some_and(|(m, _)| end > m))
        .and_then(|(end, _)| Some((end, v.lex.symbol(v.written(at, end))?)));
    // "km²" is no kilometre.
    if let Some((end, id)) = symbol {
        return Some((end, Unit::Measure(id)));
    }
    if let Some((end, id)) = currency {
        let longer = measure.is_none_or(|(m, _)| end >= m);
        let last = v.atoms.word(end - 1);
        let noun = !matches!(v.pos(end - 1), Pos::Verb | Pos::Aux | Pos::Adj)
            || end > at + 1
            || !v.lex.currency_homonyms.contains(last);
        let long = last.len() > 1 || v.atoms.glued(at);
        if longer && noun && long {
            if matches!(last, "pound" | "pounds")
                && end == at + 1
                && !scaled
                && !pounds_are_money(v, at, limit)
            {
                let pound = v.lex.units.iter().position(|u| u.name == "pound-mass")?;
                return Some((end, Unit::Measure(pound as u16)));
            }
            return Some((end, Unit::Currency(id)));
        }
    }
    if let Some((end, id)) = measure {
        let word = v.atoms.word(end - 1);
        let short = word.len() <= 2
            && v.atoms
                .all
                .get(end - 1)
                .is_some_and(|a| a.kind == Kind::Word);
        // "in" and the like are left out of the pack; other two-letter names must not be another word's part.
        let verb = matches!(v.pos(end - 1), Pos::Verb | Pos::Aux)
            && end == at + 1
            && !v.atoms.glued(at)
            && !dashed;
        let glued = short && v.atoms.glued(end) && !v.atoms.word(end).is_empty();
        let sure = (!verb || word.ends_with('s')) && !glued;
        let cut = v.atoms.dash(end) && v.atoms.is(end + 1, "old") && (v.atoms.glued(end) || loose)
            || v.atoms.is(end, "old");
        if sure {
            let time = v
                .lex
                .units
                .get(id as usize)
                .is_some_and(|u| u.dimension == "time");
            if time && cut {
                let next = if v.atoms.is(end, "old") {
                    end + 1
                } else {
                    end + 2
                };
                // "6-year-olds" keeps its noun.
                return Some((next, Unit::Age(id)));
            }
            if time && v.atoms.is(end, "of") && v.atoms.is(end + 1, "age") {
                return Some((end + 2, Unit::Age(id)));
            }
            return Some((end, Unit::Measure(id)));
        }
    }
    // A symbol of letters that is also another unit's, or a word: "18 R", "150 kn".
    if !dashed
        && let Some((end, id)) = v.lex.currency_after.after(v.atoms, at, limit)
        && end == at + 1
        && v.lex.currency_spelled.contains(v.written(at, end))
        && v.lex
            .currencies
            .get(id as usize)
            .is_some_and(|code| context_speaks(v, code, at, limit))
    {
        return Some((end, Unit::Currency(id)));
    }
    // Symbols, whose case counts.
    if let Some((end, _)) = v.lex.unit_symbols.after(v.atoms, at, limit) {
        let written = v.written(at, end);
        if let Some(id) = symbol_here(v, written, at, limit) {
            let letters = written.chars().all(|c| c.is_ascii_alphabetic());
            let one = written.len() == 1 && letters;
            // A lone letter must touch the number, or stand after a space with no name after it.
            let last = v.atoms.is(end, ".") && end + 1 >= limit;
            let alone = !v.noun(end) && !v.atoms.is(end, ".")
                || last
                || v.atoms.glued(at)
                || matches!(written, "W" | "V")
                    && v.atoms.number(end).is_none()
                    && !v.atoms.is(end, ".");
            let joined = v.atoms.glued(end)
                && matches!(
                    v.atoms.all.get(end).map(|a| a.kind),
                    Some(Kind::Word | Kind::Number)
                );
            let rate = v.atoms.is(end, "/") && v.atoms.glued(end);
            // A closing quotation mark is no inch.
            let quote = written == "\""
                && (at.saturating_sub(120)..at)
                    .filter(|&k| v.atoms.is(k, "\""))
                    .count()
                    % 2
                    == 1;
            let sure = !one
                || (alone
                    && (v.atoms.glued(at)
                        || dashed
                        || rate
                        || v.lex.extents.contains(v.atoms.word(end))
                        || matches!(written, "C" | "F" | "K" | "W" | "V")));
            if sure && !quote && (!letters || !joined) {
                return Some((end, Unit::Measure(id)));
            }
        }
    }
    if !dashed {
        // "5€", "300 USD"
        if let Some((end, id)) = v.lex.currency_after.after(v.atoms, at, limit) {
            let letters = v
                .written(at, end)
                .contains(|c: char| c.is_ascii_alphabetic());
            let followed = v.atoms.number(end).is_some() && !v.atoms.glued(at);
            if !followed
                && ((!letters && v.atoms.glued(at))
                    || (letters
                        && v.atoms.glued(at)
                        && end == at + 1
                        && matches!(v.atoms.word(at), "c" | "p")
                        && !(v.atoms.glued(end)
                            && matches!(
                                v.atoms.all.get(end).map(|a| a.kind),
                                Some(Kind::Word | Kind::Number)
                            ))))
            {
                return Some((end, Unit::Currency(id)));
            }
            if !followed && !letters && !v.atoms.glued(at) {
                return Some((end, Unit::Currency(id)));
            }
        }
        if let Some(&id) = v.lex.currency_codes.get(v.atoms.word(at)) {
            let written = v.written(at, at + 1);
            if written.len() == 3
                && written.chars().all(|c| c.is_ascii_uppercase())
                && (v.atoms.number(at + 1).is_none() || v.atoms.text(at + 1).len() == 2)
            {
                return Some((at + 1, Unit::Currency(id)));
            }
        }
    }
    match v.atoms.word(at) {
        "times" | "fold" | "x" if v.atoms.word(at) != "x" || v.atoms.glued(at) => {
            // "the Times" and "5x7" are others.
            let name = v.written(at, at + 1).starts_with('T');
            let product = v.atoms.number(at + 1).is_some() && v.atoms.glued(at + 1);
            (!name && !product).then_some((at + 1, Unit::Times))
        }
        _ => None,
    }
}

/// The unit that a symbol stands for here: where several have it, the one that a word of the sentence speaks for, else
/// the first of the packs.
fn symbol_here(v: &View<'_>, written: &str, at: usize, limit: usize) -> Option<u16> {
    let mut all = v.lex.symbols(written);
    let first = all.next()?;
    let Some(second) = all.next() else {
        return Some(first);
    };
    let spoken = |id: u16| {
        let name = v.lex.units.get(id as usize).map_or("", |u| u.name.as_str());
        context_speaks(v, name, at, limit)
    };
    let chosen = std::iter::once(second).chain(all).find(|&id| spoken(id));
    Some(match chosen {
        Some(id) if !spoken(first) => id,
        _ => first,
    })
}

/// Whether a word near atom `at` speaks for the unit or currency of this name or code.
fn context_speaks(v: &View<'_>, name: &str, at: usize, limit: usize) -> bool {
    (at.saturating_sub(30)..limit.min(at + 12)).any(|k| {
        v.lex
            .unit_context
            .get(v.atoms.word(k))
            .is_some_and(|units| units.iter().any(|u| u == name))
    })
}

/// Whether "pounds" is money here: the sentence speaks of paying, and nothing is weighed.
fn pounds_are_money(v: &View<'_>, at: usize, limit: usize) -> bool {
    if v.atoms.is(at + 1, "of") || v.atoms.is(at + 1, "per") && v.atoms.is(at + 2, "square") {
        return false;
    }
    let from = at.saturating_sub(14);
    let money = |w: &str| {
        matches!(
            w,
            "pay"
                | "pays"
                | "paid"
                | "cost"
                | "costs"
                | "costing"
                | "fine"
                | "fined"
                | "price"
                | "prices"
                | "worth"
                | "spend"
                | "spent"
                | "fee"
                | "salary"
                | "wage"
                | "wages"
                | "tax"
                | "ticket"
                | "tickets"
                | "sterling"
                | "earn"
                | "earned"
                | "bill"
                | "bills"
                | "fund"
                | "funding"
                | "money"
                | "£"
                | "sold"
                | "donated"
                | "raised"
                | "compensation"
                | "a"
        )
    };
    (from..limit.min(at + 8)).any(|k| k != at && v.atoms.word(k) != "a" && money(v.atoms.text(k)))
}

/// The denominators that start at atom `i`: "a month per soldier", "/kg", "each". One past them, and what they are.
///
/// `rate`: what stands before can be a rate on its own ("$5 a share"); a bare count takes only times ("5 a week").
pub(crate) fn denominators(
    v: &View<'_>,
    mut i: usize,
    limit: usize,
    rate: bool,
) -> (usize, Vec<Per>) {
    let mut out = Vec::new();
    while i < limit && out.len() < 4 {
        // "a 12-cent-a-share dividend"
        if v.atoms.dash(i)
            && v.atoms.glued(i)
            && v.atoms.glued(i + 1)
            && matches!(v.atoms.word(i + 1), "a" | "an" | "per")
            && v.atoms.dash(i + 2)
        {
            let end = i + 4;
            if end <= limit && !v.atoms.word(i + 3).is_empty() {
                let unit = v.atoms.word(i + 3).to_owned();
                out.push(per(v, i + 1, end, &unit));
                i = end;
                continue;
            }
        }
        let word = v.atoms.text(i);
        let mut at = i + 1;
        let time = |k: usize| {
            v.lex.time_units.contains_key(v.atoms.word(k)) && !v.atoms.word(k).ends_with('s')
                || matches!(v.atoms.word(k), "head" | "game" | "season")
        };
        // "a year earlier" says when.
        if v.lex.time_units.contains_key(v.atoms.word(at))
            && v.lex.time_shifts.contains(v.atoms.word(at + 1))
        {
            break;
        }
        let explicit = match word {
            "per" => true,
            "/" => v.atoms.glued(i) && v.atoms.glued(i + 1),
            "a" | "an" | "each" | "every" => false,
            "annually" | "yearly" | "monthly" | "weekly" | "daily" | "hourly" if rate => {
                let unit = match word {
                    "annually" | "yearly" => "year",
                    "monthly" => "month",
                    "weekly" => "week",
                    "daily" => "day",
                    _ => "hour",
                };
                // "daily newspaper" is no denominator.
                if v.noun(i + 1) && word != "annually" {
                    break;
                }
                out.push(per(v, i, i + 1, unit));
                i += 1;
                continue;
            }
            "apiece" => {
                out.push(per(v, i, i + 1, "each"));
                i += 1;
                continue;
            }
            _ => break,
        };
        if word == "each" && !time(at) && rate && !v.noun(at) {
            out.push(per(v, i, i + 1, "each"));
            i += 1;
            continue;
        }
        if !explicit {
            let allowed = time(at)
                || (rate
                    && matches!(word, "a" | "an")
                    && v.noun(at)
                    && singular(v, at)
                    && !v.noun(at + 1));
            if !allowed {
                break;
            }
        }
        // A named unit of one or more words, else the noun.
        if let Some((end, id)) = v.lex.unit_names.after(v.atoms, at, limit) {
            let name = v.lex.units.get(id as usize).map_or("", |u| u.name.as_str());
            out.push(per(v, i, end, name));
            i = end;
            continue;
        }
        if explicit
            && let Some((end, _)) = v.lex.unit_symbols.after(v.atoms, at, limit)
            && let Some(id) = v.lex.symbol(v.written(at, end))
        {
            let name = v.lex.units.get(id as usize).map_or("", |u| u.name.as_str());
            out.push(per(v, i, end, name));
            i = end;
            continue;
        }
        while at < limit
            && at < i + 4
            && matches!(v.tag(at), Tag::Jj | Tag::Nn | Tag::Nnp | Tag::Cd)
            && v.noun(at + 1)
        {
            at += 1;
        }
        if at >= limit || v.atoms.word(at).is_empty() || !(v.noun(at) || explicit) {
            break;
        }
        let unit = match v.lemma(at) {
            "" => v.atoms.text(at).to_owned(),
            l => l.to_ascii_lowercase(),
        };
        out.push(per(v, i, at + 1, &unit));
        i = at + 1;
    }
    (i, out)
}

fn singular(v: &View<'_>, at: usize) -> bool {
    matches!(v.tag(at), Tag::Nn | Tag::Nnp)
}

fn per(v: &View<'_>, start: usize, end: usize, unit: &str) -> Per {
    let (a, b) = (&v.atoms.all[start], &v.atoms.all[end - 1]);
    Per {
        text: v.written(start, end).to_owned(),
        unit: unit.to_owned(),
        span: Span::new(a.start, b.end),
    }
}
