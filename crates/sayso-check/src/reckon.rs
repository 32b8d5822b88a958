//! Reckoning with figures as written: what a written number may stand for, sums and products, and how they are shown.

use sayso_model::{Decimal, Exactness, Figure, FigureKind};

/// The interval of values that a figure may stand for. `None` at an end means open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach {
    /// Least value.
    pub low: Option<Decimal>,
    /// Greatest value.
    pub high: Option<Decimal>,
}

impl Reach {
    /// A single value.
    pub const fn point(value: Decimal) -> Reach {
        Reach {
            low: Some(value),
            high: Some(value),
        }
    }

    /// `value` give or take `slack`.
    pub fn around(value: Decimal, slack: Decimal) -> Reach {
        Reach {
            low: value.checked_sub(slack),
            high: value.checked_add(slack),
        }
    }

    /// What a figure may stand for, read strictly: a plain whole number stands for itself, a number with decimals or
    /// a word of scale ("1.4 million") for whatever rounds to it, "about" for a tenth more or less.
    pub fn of(figure: &Figure) -> Reach {
        let Some(value) = figure.value() else {
            return Reach {
                low: None,
                high: None,
            };
        };
        match figure.exactness {
            Exactness::Bound | Exactness::Range => Reach {
                low: figure.low,
                high: figure.high,
            },
            Exactness::Approximate | Exactness::Vague => {
                Reach::around(value, share(value, 10).max(half(step(figure))))
            }
            Exactness::Exact | Exactness::Implicit => {
                let plain = figure.kind == FigureKind::Cardinal && step(figure) <= Decimal::ONE;
                Reach::around(
                    value,
                    if plain && value.fract().is_zero() {
                        Decimal::ZERO
                    } else {
                        half(step(figure))
                    },
                )
            }
        }
    }

    /// What a figure may stand for where writers round without saying so (products, rates, shares): half of the last
    /// digit that counts, where two digits at least are taken to count.
    pub fn loose(figure: &Figure) -> Reach {
        let strict = Reach::of(figure);
        let Some(value) = figure.value() else {
            return strict;
        };
        if matches!(figure.exactness, Exactness::Bound | Exactness::Range) {
            return strict;
        }
        let slack = half(round_step(value)).max(half(step(figure)));
        let wide = Reach::around(value, slack);
        Reach {
            low: least(strict.low, wide.low),
            high: greatest(strict.high, wide.high),
        }
    }

    /// Widened by so many per cent of itself on both sides.
    pub fn widened(self, percent: u32) -> Reach {
        Reach {
            low: self.low.and_then(|v| v.checked_sub(share(v, percent))),
            high: self.high.and_then(|v| v.checked_add(share(v, percent))),
        }
    }

    /// Whether some value lies in both.
    pub fn meets(self, other: Reach) -> bool {
        let below = |low: Option<Decimal>, high: Option<Decimal>| match (low, high) {
            (Some(l), Some(h)) => l <= h,
            _ => true,
        };
        below(self.low, other.high) && below(other.low, self.high)
    }

    /// End by end; an end that is open on either side, or too large to reckon with, is open.
    pub fn plus(self, other: Reach) -> Reach {
        let add = |a: Option<Decimal>, b: Option<Decimal>| a?.checked_add(b?);
        Reach {
            low: add(self.low, other.low),
            high: add(self.high, other.high),
        }
    }

    /// Product of two reaches of which no value is negative.
    pub fn times(self, other: Reach) -> Reach {
        let mul = |a: Option<Decimal>, b: Option<Decimal>| a?.checked_mul(b?);
        Reach {
            low: mul(self.low, other.low),
            high: mul(self.high, other.high),
        }
    }

    /// Quotient of two reaches of which no value is negative; a divisor that may be zero opens the upper end.
    pub fn over(self, other: Reach) -> Reach {
        let div = |a: Option<Decimal>, b: Option<Decimal>| a?.checked_div(b?);
        Reach {
            low: div(self.low, other.high),
            high: div(self.high, other.low),
        }
    }
}

fn least(a: Option<Decimal>, b: Option<Decimal>) -> Option<Decimal> {
    Some(a?.min(b?))
}

fn greatest(a: Option<Decimal>, b: Option<Decimal>) -> Option<Decimal> {
    Some(a?.max(b?))
}

fn half(value: Decimal) -> Decimal {
    value / Decimal::TWO
}

/// So many per cent of a value's size.
pub fn share(value: Decimal, percent: u32) -> Decimal {
    (value.abs() / Decimal::ONE_HUNDRED)
        .checked_mul(Decimal::from(percent))
        .unwrap_or(Decimal::MAX)
}

/// The value of one in the last written place: 0.1 for "3.7", 100,000 for "3.7 million", 1 for "1,200", a million for
/// "three million".
pub fn step(figure: &Figure) -> Decimal {
    let Some(value) = figure.value() else {
        return Decimal::ONE;
    };
    let written = digits(&figure.text);
    match written.parse::<Decimal>() {
        Ok(mantissa) if !mantissa.is_zero() => {
            let place = Decimal::new(
                1,
                written
                    .rsplit_once('.')
                    .map_or(0, |(_, d)| d.len() as u32)
                    .min(28),
            );
            value
                .abs()
                .checked_div(mantissa)
                .and_then(|scale| scale.checked_mul(place))
                .unwrap_or(Decimal::ONE)
        }
        // A number in words: "nine" is exact, "three million" is not.
        _ if value.fract().is_zero() && value.abs() >= Decimal::ONE_THOUSAND => {
            leading_step(value, 1)
        }
        _ if value.fract().is_zero() => Decimal::ONE,
        _ => Decimal::new(1, 1),
    }
}

/// The last run of digits with its decimals in a figure's words, without grouping; empty if there is none.
fn digits(text: &str) -> String {
    let bytes = text.as_bytes();
    let Some(last) = bytes.iter().rposition(u8::is_ascii_digit) else {
        return String::new();
    };
    let mut out = Vec::new();
    for (i, &b) in bytes[..=last].iter().enumerate().rev() {
        let digit = |at: Option<usize>| {
            at.and_then(|at| bytes.get(at))
                .is_some_and(u8::is_ascii_digit)
        };
        let inner = digit(i.checked_sub(1)) && digit(Some(i + 1));
        match b {
            b'0'..=b'9' => out.push(b),
            b'.' if inner && !out.contains(&b'.') => out.push(b),
            b',' if inner => {}
            _ => break,
        }
    }
    out.reverse();
    String::from_utf8(out).unwrap_or_default()
}

/// The place value of the last digit that is not a trailing zero, keeping two digits at least.
fn round_step(value: Decimal) -> Decimal {
    if !value.fract().is_zero() {
        return Decimal::ZERO;
    }
    leading_step(value, 2)
}

fn leading_step(value: Decimal, keep: usize) -> Decimal {
    let written = value.abs().trunc().normalize().to_string();
    let zeros = written.bytes().rev().take_while(|&b| b == b'0').count();
    let places = zeros.min(written.len().saturating_sub(keep)).min(27) as u32;
    Decimal::from(10u128.pow(places))
}

/// A number for people: grouped, no needless zeros, at most two decimals, round millions as words.
pub fn show(value: Decimal) -> String {
    for (scale, name) in [
        (1_000_000_000_000u64, "trillion"),
        (1_000_000_000, "billion"),
        (1_000_000, "million"),
    ] {
        let scale = Decimal::from(scale);
        if value.abs() >= scale {
            let short = (value / scale).round_dp(3).normalize();
            if short.checked_mul(scale) == Some(value) {
                return format!("{short} {name}");
            }
            break;
        }
    }
    let rounded = if value.abs() >= Decimal::ONE_HUNDRED {
        value.round_dp(1)
    } else {
        value.round_dp(2)
    };
    let text = rounded.normalize().abs().to_string();
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::new();
    if rounded.is_sign_negative() && !rounded.is_zero() {
        out.push('-');
    }
    for (i, c) in whole.chars().enumerate() {
        // Four digits and more are grouped, as in "1,000".
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    if !rest.is_empty() {
        out.push('.');
        out.push_str(rest);
    }
    out
}

/// "1,000 + 5,000 = 6,000"
pub fn sum_line(parts: &[Decimal], sum: Decimal) -> String {
    line(parts, " + ", sum)
}

/// "2,000 × 6,000 = 12 million"
pub fn product_line(factors: &[Decimal], product: Decimal) -> String {
    line(factors, " × ", product)
}

fn line(of: &[Decimal], sign: &str, result: Decimal) -> String {
    let left: Vec<String> = of.iter().map(|&v| show(v)).collect();
    format!("{} = {}", left.join(sign), show(result))
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso_model::Span;

    fn figure(text: &str, value: &str, exactness: Exactness) -> Figure {
        let v = value.parse().ok();
        Figure {
            span: Span::new(0, text.len() as u32),
            text: text.into(),
            low: v,
            best: v,
            high: v,
            low_open: false,
            high_open: false,
            exactness,
            kind: FigureKind::Cardinal,
            unit: None,
            currency: None,
            per: vec![],
            change: None,
            thing: None,
            concepts: vec![],
        }
    }

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn the_last_written_place_follows_decimals_and_scale_words() {
        for (text, value, wanted) in [
            ("3.7 million", "3700000", "100000"),
            ("$12bn", "12000000000", "1000000000"),
            ("1,200", "1200", "1"),
            ("8.90", "8.90", "0.01"),
            ("three million", "3000000", "1000000"),
            ("nine", "9", "1"),
        ] {
            assert_eq!(
                step(&figure(text, value, Exactness::Exact)),
                dec(wanted),
                "{text}"
            );
        }
    }

    #[test]
    fn whole_numbers_stand_for_themselves_and_rounded_ones_for_more() {
        let exact = Reach::of(&figure("1,200", "1200", Exactness::Exact));
        assert!(!exact.meets(Reach::point(dec("1201"))));
        let rounded = Reach::of(&figure("3.7 million", "3700000", Exactness::Exact));
        assert!(rounded.meets(Reach::point(dec("3726000"))));
        assert!(!rounded.meets(Reach::point(dec("3760000"))));
        let about = Reach::of(&figure("about 400", "400", Exactness::Approximate));
        assert!(about.meets(Reach::point(dec("437"))) && !about.meets(Reach::point(dec("450"))));
    }

    #[test]
    fn numbers_are_shown_as_people_write_them() {
        for (value, wanted) in [
            ("8400000", "8.4 million"),
            ("69250", "69,250"),
            ("3726001", "3,726,001"),
            ("2.50", "2.5"),
            ("999", "999"),
            ("-4200", "-4,200"),
            ("33.3333", "33.33"),
        ] {
            assert_eq!(show(dec(value)), wanted);
        }
    }
}
