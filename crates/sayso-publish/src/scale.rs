//! Numbers and days on an axis.

use sayso_model::Date;

use crate::words;

/// Steps of 1, 2 or 5 times a power of ten from 0 to at least `most`, about `wanted` of them.
pub fn number_ticks(most: f64, wanted: usize) -> Vec<f64> {
    if !most.is_finite() || most <= 0.0 {
        return vec![0.0, 1.0];
    }
    let rough = most / wanted.max(1) as f64;
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|m| m * power)
        .find(|s| *s >= rough * 0.999)
        .unwrap_or(10.0 * power);
    // A count of things has no half.
    let step = if (1.0..=4.0).contains(&most) {
        1.0
    } else {
        step
    };
    let last = (most / step).ceil() as usize;
    (0..=last).map(|i| i as f64 * step).collect()
}

/// Days on which an axis is marked, each with its label; `wanted` at most.
pub fn day_ticks(first: Date, last: Date, wanted: usize) -> Vec<(Date, String)> {
    let span = days_between(first, last).max(1);
    let wanted = wanted.max(2) as i64;
    let mut out = Vec::new();
    if span <= 14 * wanted {
        let step = [1, 2, 7, 14, 28]
            .into_iter()
            .find(|s| span / s < wanted)
            .unwrap_or(28);
        let mut at = Some(first);
        while let Some(d) = at.filter(|d| *d <= last) {
            out.push((d, format!("{} {}", d.day(), short(d))));
            at = plus_days(d, step);
        }
    } else {
        let months = (span / 30).max(1);
        let step = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600]
            .into_iter()
            .find(|s| months / s < wanted)
            .unwrap_or(1200);
        let mut number = i64::from(first.year()) * 12 + i64::from(first.month()) - 1;
        number = (number + step - 1).div_euclid(step) * step;
        while let Some(d) = month_start(number).filter(|d| *d <= last) {
            if d >= first {
                let label = if step >= 12 {
                    d.year().to_string()
                } else {
                    format!("{} {}", short(d), d.year())
                };
                out.push((d, label));
            }
            number += step;
        }
    }
    out
}

fn short(d: Date) -> &'static str {
    let month = words::month(d.month());
    month.get(..3).unwrap_or(month)
}

fn month_start(number: i64) -> Option<Date> {
    let year = i16::try_from(number.div_euclid(12)).ok()?;
    let month = i8::try_from(number.rem_euclid(12) + 1).ok()?;
    Date::new(year, month, 1).ok()
}

fn plus_days(d: Date, n: i64) -> Option<Date> {
    d.checked_add(jiff::Span::new().try_days(n).ok()?).ok()
}

/// Days from one to the other.
pub fn days_between(a: Date, b: Date) -> i64 {
    a.until(b).map_or(0, |s| i64::from(s.get_days()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_ticks_are_round_and_reach_the_top() {
        assert_eq!(number_ticks(6000.0, 4), [0.0, 2000.0, 4000.0, 6000.0]);
        assert_eq!(number_ticks(3.0, 5), [0.0, 1.0, 2.0, 3.0]);
        assert_eq!(number_ticks(0.0, 5), [0.0, 1.0]);
        for most in [0.3, 7.0, 81.0, 4999.0, 5001.0, 1.2e9] {
            let ticks = number_ticks(most, 5);
            assert!(*ticks.last().unwrap() >= most, "{most}: {ticks:?}");
            assert!(ticks.len() <= 8, "{most}: {ticks:?}");
        }
    }

    #[test]
    fn day_ticks_lie_in_the_stretch_and_are_few() {
        let d = Date::constant;
        for (a, b) in [
            (d(2031, 6, 3), d(2031, 6, 3)),
            (d(2031, 6, 3), d(2031, 6, 12)),
            (d(2031, 1, 5), d(2031, 6, 15)),
            (d(2030, 11, 20), d(2034, 6, 15)),
            (d(1891, 11, 20), d(2034, 6, 15)),
        ] {
            let ticks = day_ticks(a, b, 6);
            assert!((1..=7).contains(&ticks.len()), "{a} {b}: {ticks:?}");
            assert!(ticks.iter().all(|t| a <= t.0 && t.0 <= b), "{ticks:?}");
        }
        let half_year = day_ticks(d(2031, 1, 5), d(2031, 6, 15), 6);
        assert_eq!(half_year[0].1, "Feb 2031");
    }
}
