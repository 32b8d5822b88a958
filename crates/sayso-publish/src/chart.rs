//! Charts as SVG: figures by source over time, and figures by source where there is no time to put them in order by.
//!
//! A figure is drawn as what it says: a dot for its best value, a bar from low to high, an open end where it has no
//! bound. Each source has one colour and one shape, so that neither is needed alone. Every figure is a link to its
//! words. Numbers become floating point here and nowhere else, to be drawn.

use maud::{Markup, html};
use rust_decimal::prelude::ToPrimitive;
use sayso_model::{Date, Decimal, Figure};

use crate::scale::{day_ticks, days_between, number_ticks};
use crate::series::{Point, Series};
use crate::view::View;
use crate::words;

/// From so many figures on, marks are drawn where they fall and without labels: there is no room to be found, and
/// looking for it would take the square of their number.
const CROWDED: usize = 150;

/// How many colours and shapes there are; a ninth source begins again with another shape.
const STYLES: usize = 8;

/// The class that gives a source's colour, by its place among the series' origins.
fn colour(place: usize) -> String {
    format!("c{}", place % STYLES)
}

/// What is drawn of a figure.
struct Extent {
    low: Option<f64>,
    best: Option<f64>,
    high: Option<f64>,
}

impl Extent {
    fn of(f: &Figure) -> Extent {
        let float = |d: Option<Decimal>| d.and_then(|d| d.to_f64());
        Extent {
            low: float(f.low),
            best: float(f.best),
            high: float(f.high),
        }
    }

    /// The value its mark stands at.
    fn at(&self) -> f64 {
        match (self.best, self.low, self.high) {
            (Some(b), _, _) => b,
            (None, Some(l), Some(h)) => (l + h) / 2.0,
            (None, l, h) => l.or(h).unwrap_or(0.0),
        }
    }

    fn top(&self) -> f64 {
        self.at()
            .max(self.high.unwrap_or(0.0))
            .max(self.low.unwrap_or(0.0))
    }

    /// Ends of the bar; an end of `None` is open.
    fn bar(&self) -> Option<(Option<f64>, Option<f64>)> {
        match (self.low, self.high) {
            (Some(l), Some(h)) if l < h => Some((Some(l), Some(h))),
            (Some(l), None) if self.best.is_none() => Some((Some(l), None)),
            (None, Some(h)) if self.best.is_none() => Some((None, Some(h))),
            _ => None,
        }
    }

    /// Whether the mark stands at a bound or between two, not at a value that was given.
    fn hollow(&self) -> bool {
        self.best.is_none()
    }
}

/// A mark of a source, centred.
fn shape(place: usize, x: f64, y: f64, r: f64, hollow: bool) -> Markup {
    let class = if hollow { "mark hollow" } else { "mark" };
    let path = |points: &[(f64, f64)]| {
        let mut d = String::new();
        for (i, (dx, dy)) in points.iter().enumerate() {
            let step = if i == 0 { 'M' } else { 'L' };
            d += &format!("{step}{:.1} {:.1}", x + dx * r, y + dy * r);
        }
        html! { path class=(class) d={ (d) "Z" } {} }
    };
    // Colours repeat after eight sources; the shape moves on by one each time, so that no pair repeats before 64.
    match (place + place / STYLES) % STYLES {
        0 => {
            html! { circle class=(class) cx=(format!("{x:.1}")) cy=(format!("{y:.1}")) r=(r) {} }
        }
        1 => path(&[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]),
        2 => path(&[(0.0, -1.2), (1.1, 0.8), (-1.1, 0.8)]),
        3 => path(&[(0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)]),
        4 => path(&[(0.0, 1.2), (1.1, -0.8), (-1.1, -0.8)]),
        5 => path(&[
            (-0.4, -1.15),
            (0.4, -1.15),
            (0.4, -0.4),
            (1.15, -0.4),
            (1.15, 0.4),
            (0.4, 0.4),
            (0.4, 1.15),
            (-0.4, 1.15),
            (-0.4, 0.4),
            (-1.15, 0.4),
            (-1.15, -0.4),
            (-0.4, -0.4),
        ]),
        6 => path(&[
            (-0.6, -1.05),
            (0.6, -1.05),
            (1.2, 0.0),
            (0.6, 1.05),
            (-0.6, 1.05),
            (-1.2, 0.0),
        ]),
        _ => path(&[
            (0.0, -1.3),
            (0.4, -0.4),
            (1.3, 0.0),
            (0.4, 0.4),
            (0.0, 1.3),
            (-0.4, 0.4),
            (-1.3, 0.0),
            (-0.4, -0.4),
        ]),
    }
}

/// The mark of a source by itself, for the legend.
pub fn legend_mark(place: usize) -> Markup {
    html! {
        svg.key width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" {
            g class=(colour(place)) { (shape(place, 8.0, 8.0, 5.0, false)) }
        }
    }
}

/// What a screen reader says of a figure.
fn spoken(view: &View<'_>, p: &Point<'_>) -> String {
    format!(
        "{}, {}: {}",
        view.sources[p.origin].name,
        p.when,
        words::brief(&p.figure.text, 80)
    )
}

fn short_amount(p: &Point<'_>) -> String {
    words::amount(p.figure).unwrap_or_default()
}

/// A chart of a series at one width: over time where it has two days or more, else by source.
pub fn chart(view: &View<'_>, series: &Series<'_>, id: &str, width: f64) -> Markup {
    if series.days() > 1 {
        over_time(view, series, id, width)
    } else {
        by_source(view, series, id, width)
    }
}

fn frame(
    series: &Series<'_>,
    id: &str,
    width: f64,
    height: f64,
    how: &str,
    content: &Markup,
) -> Markup {
    html! {
        svg.chart role="group" aria-labelledby={ (id) "-title " (id) "-desc" }
            viewBox={ "0 0 " (width) " " (height) } width=(width) height=(height)
            style={ "max-width:" (width) "px" } {
            title id={ (id) "-title" } { (series.title()) }
            desc id={ (id) "-desc" } {
                (words::count(series.points.len(), "figure")) " from "
                (words::count(series.origins().len(), "source")) ", " (how)
                ". The table with it holds the same figures."
            }
            (content)
        }
    }
}

/// Room on each side of the drawing.
struct Margins {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

fn over_time(view: &View<'_>, series: &Series<'_>, id: &str, width: f64) -> Markup {
    let narrow = width < 500.0;
    let height = if narrow { 260.0 } else { 340.0 };
    let dated: Vec<(Date, &Point<'_>)> = series
        .points
        .iter()
        .filter_map(|p| p.day.map(|d| (d, p)))
        .collect();
    let top = dated
        .iter()
        .map(|(_, p)| {
            let e = Extent::of(p.figure);
            let open = e.bar().is_some_and(|b| b.1.is_none());
            e.top() * if open { 1.12 } else { 1.0 }
        })
        .fold(0.0, f64::max);
    let ticks = number_ticks(top, if narrow { 4 } else { 5 });
    let reach = ticks.last().copied().unwrap_or(1.0).max(top);
    let tick_words: Vec<String> = ticks.iter().map(|t| tick_label(*t)).collect();
    let longest = tick_words.iter().map(|t| t.chars().count()).max();
    let m = Margins {
        left: 14.0 + 7.2 * longest.unwrap_or(1) as f64,
        right: if narrow { 14.0 } else { 56.0 },
        top: 14.0,
        bottom: 30.0,
    };
    let (first, last) = match (dated.first(), dated.last()) {
        (Some(a), Some(b)) => (a.0, b.0),
        _ => return html! {},
    };
    // Air on both sides, so that no mark lies on the edge.
    let span = days_between(first, last).max(1) as f64;
    let pad = span * 0.05 + 0.5;
    let x = |d: Date| {
        let t = (days_between(first, d) as f64 + pad) / (span + 2.0 * pad);
        m.left + t * (width - m.left - m.right)
    };
    let y = |v: f64| height - m.bottom - (v / reach).clamp(0.0, 1.0) * (height - m.top - m.bottom);
    let origins = series.origins();
    let place = |p: &Point<'_>| origins.iter().position(|o| *o == p.origin).unwrap_or(0);
    // Marks that would cover each other stand side by side about their day.
    let crowded = dated.len() > CROWDED;
    let mut spots: Vec<(f64, f64)> = Vec::new();
    for (d, p) in &dated {
        let (at, height) = (x(*d), y(Extent::of(p.figure).at()));
        let step = [0.0, 14.0, -14.0, 28.0, -28.0].into_iter().find(|step| {
            let free =
                |s: &(f64, f64)| (s.0 - at - step).abs() > 12.0 || (s.1 - height).abs() > 12.0;
            crowded || spots.iter().all(free)
        });
        spots.push((at + step.unwrap_or(0.0), height));
    }
    let mut boxes = Boxes::new(m.left, width, height - m.bottom);
    boxes.full = crowded;
    for (at, height) in &spots {
        boxes.take(at - 7.0, height - 7.0, 14.0, 14.0);
    }
    let content = html! {
        g.axis aria-hidden="true" {
            @for (tick, label) in ticks.iter().zip(&tick_words) {
                line class=(if *tick == 0.0 { "base" } else { "grid" }) x1=(px(m.left)) x2=(px(width - m.right))
                    y1=(px(y(*tick))) y2=(px(y(*tick))) {}
                text.num x=(px(m.left - 8.0)) y=(px(y(*tick) + 4.0)) { (label) }
            }
            @for (d, label) in day_ticks(first, last, if narrow { 4 } else { 7 }) {
                line.tick x1=(px(x(d))) x2=(px(x(d))) y1=(px(height - m.bottom)) y2=(px(height - m.bottom + 5.0)) {}
                text.day x=(px(x(d))) y=(px(height - 8.0)) { (label) }
            }
        }
        @for origin in &origins {
            @let own: Vec<_> = dated.iter().zip(&spots).filter(|((_, p), _)| p.origin == *origin).collect();
            @if own.len() > 1 {
                polyline class={ "path " (colour(place(own[0].0.1))) } aria-hidden="true" points=(own.iter()
                    .map(|(_, spot)| format!("{},{}", px(spot.0), px(spot.1)))
                    .collect::<Vec<_>>().join(" ")) {}
            }
        }
        @for ((_, p), (at, mark)) in dated.iter().zip(&spots) {
            @let e = Extent::of(p.figure);
            a class=(colour(place(p))) href=(view.to_said(p.claims[0])) {
                title { (spoken(view, p)) }
                @if let Some((low, high)) = e.bar() {
                    (bar_upright(*at, low.map(&y), high.map(&y), *mark, (m.top, height - m.bottom)))
                }
                (shape(place(p), *at, *mark, 5.5, e.hollow()))
                @let label = short_amount(p);
                @if let Some((lx, ly, anchor)) = boxes.label(*at, *mark, &label) {
                    text.value x=(px(lx)) y=(px(ly)) text-anchor=(anchor) aria-hidden="true" { (label) }
                }
            }
        }
    };
    frame(
        series,
        id,
        width,
        height,
        "by the day each counts as of",
        &content,
    )
}

/// A bar from low to high; an open end runs on a little and ends in an arrow.
fn bar_upright(x: f64, low: Option<f64>, high: Option<f64>, at: f64, edge: (f64, f64)) -> Markup {
    let up = high.unwrap_or_else(|| (at - 26.0).max(edge.0));
    let down = low.unwrap_or_else(|| (at + 26.0).min(edge.1));
    let end = |y: f64, closed: bool, way: f64| {
        if closed {
            format!("M{} {}h10", px(x - 5.0), px(y))
        } else {
            let back = px(y + way * 6.0);
            format!(
                "M{} {back}L{} {}L{} {back}",
                px(x - 4.5),
                px(x),
                px(y),
                px(x + 4.5)
            )
        }
    };
    html! {
        path.bar d={ "M" (px(x)) " " (px(down)) "V" (px(up)) (end(up, high.is_some(), 1.0))
            (end(down, low.is_some(), -1.0)) } {}
    }
}

fn bar_level(y: f64, low: Option<f64>, high: Option<f64>, at: f64, edge: (f64, f64)) -> Markup {
    let right = high.unwrap_or_else(|| (at + 30.0).min(edge.1));
    let left = low.unwrap_or_else(|| (at - 30.0).max(edge.0));
    let end = |x: f64, closed: bool, way: f64| {
        if closed {
            format!("M{} {}v10", px(x), px(y - 5.0))
        } else {
            let back = px(x + way * 6.0);
            format!(
                "M{back} {}L{} {}L{back} {}",
                px(y - 4.5),
                px(x),
                px(y),
                px(y + 4.5)
            )
        }
    };
    html! {
        path.bar d={ "M" (px(left)) " " (px(y)) "H" (px(right)) (end(right, high.is_some(), -1.0))
            (end(left, low.is_some(), 1.0)) } {}
    }
}

fn by_source(view: &View<'_>, series: &Series<'_>, id: &str, width: f64) -> Markup {
    const ROW: f64 = 46.0;
    let m = Margins {
        left: 8.0,
        right: room_for_values(series),
        top: 6.0,
        bottom: 30.0,
    };
    let height = m.top + m.bottom + ROW * series.points.len() as f64;
    let top = series
        .points
        .iter()
        .map(|p| Extent::of(p.figure).top())
        .fold(0.0, f64::max);
    let ticks = number_ticks(top, if width < 500.0 { 3 } else { 6 });
    let reach = ticks.last().copied().unwrap_or(1.0).max(top);
    let x = |v: f64| m.left + (v / reach).clamp(0.0, 1.0) * (width - m.left - m.right);
    let origins = series.origins();
    let place = |p: &Point<'_>| origins.iter().position(|o| *o == p.origin).unwrap_or(0);
    let room = ((width - 20.0) / 7.0) as usize;
    let content = html! {
        g.axis aria-hidden="true" {
            @for tick in &ticks {
                line class=(if *tick == 0.0 { "base" } else { "grid" }) x1=(px(x(*tick))) x2=(px(x(*tick)))
                    y1=(px(m.top)) y2=(px(height - m.bottom)) {}
                text.day x=(px(x(*tick).max(10.0))) y=(px(height - 8.0)) { (tick_label(*tick)) }
            }
        }
        @for (i, p) in series.points.iter().enumerate() {
            @let e = Extent::of(p.figure);
            @let middle = m.top + ROW * (i as f64 + 0.5) + 9.0;
            a class=(colour(place(p))) href=(view.to_said(p.claims[0])) {
                title { (spoken(view, p)) }
                text.name x=(px(m.left + 4.0)) y=(px(middle - 15.0)) aria-hidden="true" {
                    @let name = &view.sources[p.origin].name;
                    @if origins.len() < series.points.len() { (words::brief(&format!("{name}, {}", p.when), room)) }
                    @else { (words::brief(name, room)) }
                }
                line.lead x1=(px(m.left)) x2=(px(x(e.at()))) y1=(px(middle)) y2=(px(middle)) {}
                @if let Some((low, high)) = e.bar() {
                    (bar_level(middle, low.map(&x), high.map(&x), x(e.at()), (m.left, width)))
                }
                (shape(place(p), x(e.at()), middle, 5.5, e.hollow()))
                text.value x=(px(x(e.bar().and_then(|b| b.1).unwrap_or(e.at())) + 12.0
                    + if e.bar().is_some_and(|b| b.1.is_none()) { 26.0 } else { 0.0 })) y=(px(middle + 4.0))
                    aria-hidden="true" { (short_amount(p)) }
            }
        }
    };
    frame(series, id, width, height, "by source", &content)
}

/// Width that the values at the ends of rows need, with the arrow of an open end.
fn room_for_values(series: &Series<'_>) -> f64 {
    let width = |p: &Point<'_>| {
        let open = Extent::of(p.figure).bar().is_some_and(|b| b.1.is_none());
        18.0 + 7.6 * short_amount(p).chars().count() as f64 + if open { 26.0 } else { 0.0 }
    };
    series.points.iter().map(width).fold(44.0, f64::max)
}

fn px(v: f64) -> String {
    let text = format!("{v:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

fn tick_label(v: f64) -> String {
    let scaled = |by: f64, unit: &str| {
        let text = format!("{:.1}", v / by);
        format!("{}{unit}", text.strip_suffix(".0").unwrap_or(&text))
    };
    if v >= 1e9 {
        scaled(1e9, "bn")
    } else if v >= 1e6 {
        scaled(1e6, "m")
    } else {
        Decimal::from_f64_retain(v).map_or_else(|| v.to_string(), |d| words::number(d.round_dp(6)))
    }
}

/// Places that are taken, so that no label covers a mark or another label.
struct Boxes {
    taken: Vec<[f64; 4]>,
    left: f64,
    width: f64,
    bottom: f64,
    full: bool,
}

impl Boxes {
    fn new(left: f64, width: f64, bottom: f64) -> Boxes {
        Boxes {
            taken: Vec::new(),
            left,
            width,
            bottom,
            full: false,
        }
    }

    fn take(&mut self, x: f64, y: f64, w: f64, h: f64) {
        self.taken.push([x, y, x + w, y + h]);
    }

    fn free(&self, b: [f64; 4]) -> bool {
        let inside = b[0] >= self.left && b[2] <= self.width && b[1] >= 0.0 && b[3] <= self.bottom;
        let clear = |t: &[f64; 4]| b[2] <= t[0] || t[2] <= b[0] || b[3] <= t[1] || t[3] <= b[1];
        inside && self.taken.iter().all(clear)
    }

    /// Where a label by a mark at `(x, y)` has room: right, left, above or below of it; `None` where there is none
    /// (the table holds the number).
    fn label(&mut self, x: f64, y: f64, text: &str) -> Option<(f64, f64, &'static str)> {
        if self.full {
            return None;
        }
        let w = 7.0 * text.chars().count() as f64;
        let places = [
            (x + 10.0, y + 4.0, "start", x + 9.0),
            (x - 10.0, y + 4.0, "end", x - 9.0 - w),
            (x, y - 12.0, "middle", x - w / 2.0),
            (x, y + 20.0, "middle", x - w / 2.0),
        ];
        for (lx, ly, anchor, left) in places {
            let area = [left, ly - 11.0, left + w, ly + 3.0];
            if !text.is_empty() && self.free(area) {
                self.taken.push(area);
                return Some((lx, ly, anchor));
            }
        }
        None
    }
}
