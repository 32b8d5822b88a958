//! Amounts of money in less usual orders: "15 dollars 50", "75 USD million", "30 MUSD", "dollar 22.5 million".

use rust_decimal::Decimal;

use crate::lexicon::Numeral;
use crate::numbers::{Number, Short, number_at};
use crate::units::View;

/// What belongs to an amount after its currency, which ends before atom `end`: hundredths, or a magnitude. One past it,
/// and the value of the whole. `named_after`: the currency stands after the number.
pub(crate) fn tail(
    v: &View<'_>,
    number: &Number,
    currency: u16,
    named_after: bool,
    end: usize,
    limit: usize,
) -> Option<(usize, Decimal)> {
    let whole = number.value?;
    if end >= limit {
        return None;
    }
    // "75 USD million", "$22 US million"
    if number.scale == Decimal::ONE
        && let Some(&Numeral::Scale(s)) = v.lex.numerals.get(v.atoms.word(end))
        && s >= Decimal::ONE_THOUSAND
    {
        return Some((end + 1, whole.checked_mul(s)?.normalize()));
    }
    if !named_after || is_hundredth(v, currency) || !whole.fract().is_zero() {
        return None;
    }
    // "three dollars and forty-five cents", "15 dollars 50"
    let at = end + usize::from(v.atoms.is(end, "and"));
    let n = number_at(v.lex, v.atoms, at, limit, Short::Plain)?;
    let part = n
        .value
        .filter(|x| *x < Decimal::ONE_HUNDRED && x.fract().is_zero())?;
    let sum = || {
        Some(
            whole
                .checked_add(part.checked_div(Decimal::ONE_HUNDRED)?)?
                .normalize(),
        )
    };
    if let Some((after, c)) = v.lex.currency_names.after(v.atoms, n.end, limit)
        && is_hundredth(v, c)
    {
        return Some((after, sum()?));
    }
    let two_digits = at == end && v.atoms.number(at).is_some() && v.atoms.text(at).len() == 2;
    let free = n.end == at + 1
        && !v.noun(n.end)
        && !v.atoms.glued(n.end)
        && number.scale == Decimal::ONE
        && v.lex.unit_names.after(v.atoms, n.end, limit).is_none();
    let closed = n.end >= limit
        || v.atoms
            .text(n.end)
            .starts_with(|c: char| c.is_ascii_punctuation());
    (two_digits && (free || closed))
        .then(sum)
        .flatten()
        .map(|x| (n.end, x))
}

/// A currency sign that transliteration to ASCII turned into letters: "PS8.1bn". The amount must look like one, since
/// the letters also name things ("PS5").
pub(crate) fn lost_sign(v: &View<'_>, i: usize, limit: usize) -> Option<(usize, u16, Decimal)> {
    let &id = v.lex.lost_signs.get(v.written(i, i + 1))?;
    if !v.atoms.glued(i + 1) || v.atoms.glued(i) && i > 0 && !v.atoms.is(i - 1, "(") {
        return None;
    }
    let n = number_at(v.lex, v.atoms, i + 1, limit, Short::Money)?;
    let formatted = v.atoms.all.get(i + 1).is_some_and(|a| a.formatted);
    let amount = formatted || n.scale > Decimal::ONE || v.atoms.text(i + 1).len() > 1;
    amount.then_some((i + 1, id, Decimal::ONE))
}

/// The country behind an amount with a sign that several currencies share: "$75 U.S. a barrel", "$5 million Canadian".
pub(crate) fn qualifier(v: &View<'_>, i: usize, limit: usize) -> Option<(usize, u16)> {
    let (end, id) = v.lex.currency_qualifiers.after(v.atoms, i, limit)?;
    let capital = v
        .written(i, i + 1)
        .starts_with(|c: char| c.is_ascii_uppercase());
    let adjective = v.noun(end) || v.tag(end) == sayso_parse::Tag::Jj;
    (capital && !adjective).then_some((end, id))
}

/// Whether the currency is a hundredth of another, which the packs give a code that is not in ISO 4217.
pub(crate) fn is_hundredth(v: &View<'_>, currency: u16) -> bool {
    v.lex
        .currencies
        .get(currency as usize)
        .is_some_and(|c| matches!(c.as_str(), "USC" | "GBX" | "MYS"))
}

/// An ISO code with the letter of a magnitude before it, at atom `i`: one past it, the currency, the magnitude.
pub(crate) fn banker_code(v: &View<'_>, i: usize) -> Option<(usize, u16, Decimal)> {
    let written = v.written(i, i + 1);
    if written.len() != 4 || !written.bytes().all(|b| b.is_ascii_uppercase()) {
        return None;
    }
    let word = v.atoms.word(i);
    let (letter, code) = (word.get(..1)?, word.get(1..)?);
    let &id = v.lex.currency_codes.get(code)?;
    let &scale = v.lex.currency_prefixes.get(letter)?;
    Some((i + 1, id, scale))
}

/// The name of a currency before an amount that can be nothing else: "dollar 22.5 million".
pub(crate) fn named_before(v: &View<'_>, i: usize, limit: usize) -> Option<(usize, u16, Decimal)> {
    let (end, id) = v.lex.currency_names.after(v.atoms, i, limit)?;
    if end != i + 1 || v.atoms.number(end).is_none() || v.atoms.glued(end) {
        return None;
    }
    let n = number_at(v.lex, v.atoms, end, limit, Short::Money)?;
    let own = v.lex.currency_names.after(v.atoms, n.end, limit).is_some();
    (n.scale > Decimal::ONE_THOUSAND && !own).then_some((end, id, Decimal::ONE))
}
