//! Which blocks of a page are the article, and what each of them is.
//!
//! Every block is weighed: prose counts for the element it stands in, links, short scraps and furniture count against
//! it. The element whose blocks weigh most is the article's; within it what is furniture by its name, its links or its
//! words is set aside, and so are scraps before the first and after the last prose.

use super::hints::Hints;
use super::page::{Block, Node, Page};
use super::tags::Tag;
use crate::furniture::{self, is_chrome, is_credit, is_source_heading};
use crate::lines::ends_sentence;
use crate::plain::{is_byline, is_dateline};
use sayso_model::{Cell, Part, PartKind, Span};
use std::collections::HashMap;

/// What was found out about a block.
#[derive(Clone, Copy, Debug, Default)]
struct Weighed {
    words: u32,
    /// Share of its bytes that are links.
    links: f32,
    /// Ends as a sentence does, and is long enough for one.
    sentence: bool,
    chrome: bool,
    struck: bool,
    weight: f32,
}

/// The parts of a page; `titles` are what its head calls it.
pub(crate) fn parts(page: &Page, titles: &[&str]) -> Vec<Part> {
    let words: Vec<&str> = page
        .blocks
        .iter()
        .map(|b| {
            page.text
                .get(b.start as usize..b.end as usize)
                .unwrap_or("")
        })
        .collect();
    let mut weighed: Vec<Weighed> = page
        .blocks
        .iter()
        .zip(&words)
        .map(|(b, s)| look(page, b, s))
        .collect();
    let mut struck = struck(page, &weighed);
    teasers(page, &weighed, &mut struck);
    for (w, b) in weighed.iter_mut().zip(&page.blocks) {
        w.struck = struck[b.node as usize];
        w.weight = weigh(page, b, w);
    }
    let headline = titles.iter().find_map(|t| {
        (0..words.len()).find(|&i| {
            node(page, page.blocks[i].node).place.heading > 0 && furniture::same_words(words[i], t)
        })
    });
    let range = article(page, &mut weighed, headline);
    let mut kinds = kinds(page, &words, &weighed, range.clone());
    let title = title(page, &words, titles, &range);
    trim(page, &words, &weighed, &mut kinds, range, title);
    tables(page, &words, &mut kinds);
    page.blocks
        .iter()
        .zip(kinds)
        .map(|(b, kind)| Part {
            span: Span::new(b.start, b.end),
            kind,
        })
        .collect()
}

fn node(page: &Page, n: u32) -> &Node {
    &page.nodes[n as usize]
}

fn look(_page: &Page, b: &Block, s: &str) -> Weighed {
    // Scripts without blanks between words: two characters make about one.
    let dense = s
        .chars()
        .filter(|c| {
            ('\u{2e80}'..='\u{9fff}').contains(c)
                || ('\u{ac00}'..='\u{d7af}').contains(c)
                || ('\u{0e00}'..='\u{0eff}').contains(c)
        })
        .count();
    let count = s.split_whitespace().count().max(dense / 2) as u32;
    Weighed {
        words: count,
        links: b.link as f32 / (b.end - b.start).max(1) as f32,
        sentence: count >= 4 && ends_sentence(s),
        chrome: is_chrome(s),
        ..Weighed::default()
    }
}

/// Whether a block is prose by itself.
fn prose(w: &Weighed) -> bool {
    !w.chrome && w.links < 0.5 && ((w.sentence && w.words >= 7) || w.words >= 25)
}

/// Which elements are furniture by tag or name. One that holds most of the page's prose is not.
fn struck(page: &Page, weighed: &[Weighed]) -> Vec<bool> {
    let mut mass = vec![0u32; page.nodes.len()];
    for (b, w) in page.blocks.iter().zip(weighed) {
        if prose(w) {
            mass[b.node as usize] += w.words;
        }
    }
    for n in (1..page.nodes.len()).rev() {
        mass[page.nodes[n].parent as usize] += mass[n];
    }
    let total = mass[0].max(1) as f32;
    let mut out = vec![false; page.nodes.len()];
    for n in 1..page.nodes.len() {
        let x = &page.nodes[n];
        let share = mass[n] as f32 / total;
        let h = x.hints;
        if h.has(Hints::POST) {
            // A post set into the article stands in a frame named for sharing; it is read for what it says.
            continue;
        }
        let own = match x.tag {
            Tag::Nav | Tag::Footer | Tag::Button => share < 0.5,
            Tag::Aside | Tag::Form => share < 0.4,
            _ => false,
        } || (h.has(Hints::COMMENTS) && share < 0.9)
            || (h.has(Hints::HIDDEN) && share < 0.5)
            || (h.has(Hints::CHROME) && share < if h.has(Hints::BODY) { 0.2 } else { 0.35 });
        out[n] = out[x.parent as usize] || own;
    }
    out
}

/// Lists whose items all begin with a link and go on in words are teasers of other pages.
/// One that holds most of the page's prose is the page itself.
fn teasers(page: &Page, weighed: &[Weighed], struck: &mut [bool]) {
    let mut lists: HashMap<u32, (u32, u32, u32)> = HashMap::new();
    let mut seen = u32::MAX;
    let mut total = 0;
    for (b, w) in page.blocks.iter().zip(weighed) {
        let words = if prose(w) { w.words } else { 0 };
        total += words;
        let n = node(page, b.node);
        // The item is the element itself or the one around it.
        let item = if n.tag == Tag::Li {
            b.node
        } else if node(page, n.parent).tag == Tag::Li {
            n.parent
        } else {
            continue;
        };
        let list = node(page, item).parent;
        // A numbered list is the page's own.
        if node(page, list).tag != Tag::Ul {
            continue;
        }
        let e = lists.entry(list).or_default();
        e.2 += words;
        if item == seen {
            continue;
        }
        seen = item;
        e.0 += 1;
        e.1 += u32::from(b.leads);
    }
    lists.retain(|_, (all, linked, words)| *all >= 3 && all == linked && *words * 2 < total);
    if lists.is_empty() {
        return;
    }
    let mut within = vec![false; page.nodes.len()];
    for n in 1..page.nodes.len() {
        within[n] = lists.contains_key(&(n as u32)) || within[page.nodes[n].parent as usize];
        struck[n] |= within[n];
    }
}

fn weigh(page: &Page, b: &Block, w: &Weighed) -> f32 {
    let place = node(page, b.node).place;
    let words = w.words as f32;
    if w.struck {
        return -0.5 * words.min(60.0) - 1.0;
    }
    if w.chrome {
        return -4.0;
    }
    if w.links > 0.5 {
        return -2.0 - words.min(20.0);
    }
    if prose(w) {
        return words * (1.0 - w.links) * if place.caption { 0.0 } else { 1.0 };
    }
    if place.heading > 0 {
        return 0.0;
    }
    if place.table > 0 {
        return 0.0;
    }
    if place.item {
        return if w.links < 0.2 {
            words.min(10.0) * 0.3
        } else {
            -2.0
        };
    }
    match w.words {
        0..=4 => -1.5,
        5..=9 => -0.5,
        _ => words * 0.3,
    }
}

/// The blocks of the element whose blocks weigh most.
fn article(
    page: &Page,
    weighed: &mut [Weighed],
    headline: Option<usize>,
) -> std::ops::Range<usize> {
    let count = page.nodes.len();
    let mut sum = vec![0f32; count];
    let mut last: Vec<u32> = (0..count as u32).collect();
    for (b, w) in page.blocks.iter().zip(weighed.iter()) {
        sum[b.node as usize] += w.weight;
    }
    for n in (1..count).rev() {
        let parent = page.nodes[n].parent as usize;
        sum[parent] += sum[n];
        last[parent] = last[parent].max(last[n]);
    }
    let score = |n: usize| {
        let x = &page.nodes[n];
        let factor = match x.tag {
            Tag::Article => 1.05,
            Tag::Main => 1.02,
            _ => 1.0,
        } * if x.hints.has(Hints::BODY) { 1.1 } else { 1.0 };
        sum[n] * factor
    };
    let mut best = 0;
    for n in 1..count {
        if score(n) >= score(best) {
            best = n;
        }
    }
    // Within it, the element that is called the article's body, where it holds most of what counts.
    let mut inner = None;
    for n in best + 1..=last[best] as usize {
        let x = &page.nodes[n];
        let named = if x.hints.has(Hints::BODY) {
            0.55
        } else if x.tag == Tag::Article {
            0.7
        } else {
            continue;
        };
        if sum[n] >= named * sum[best] && inner.is_none_or(|i: usize| sum[n] >= sum[i] * 0.98) {
            inner = Some(n);
        }
    }
    // A body that comes in pieces is the element around them.
    let pieces: f32 = inner.map_or(0.0, |i| {
        (best + 1..=last[best] as usize)
            .filter(|&n| n > last[i] as usize || (n < i && last[n] < i as u32))
            .filter(|&n| page.nodes[n].hints.has(Hints::BODY))
            .map(|n| sum[n].max(0.0))
            .fold(0.0, f32::max)
    });
    let best = inner.filter(|_| pieces < 0.1 * sum[best]).unwrap_or(best);
    // Of two articles, the one that holds the headline.
    let mut best = best;
    if let Some(h) = headline.map(|i| page.blocks[i].node)
        && page.nodes[best].tag == Tag::Article
        && !(best as u32 <= h && h <= last[best])
    {
        let mut n = h as usize;
        for _ in 0..64 {
            if page.nodes[n].tag == Tag::Article && sum[n] >= 50.0 {
                best = n;
                break;
            }
            if n == 0 {
                break;
            }
            n = page.nodes[n].parent as usize;
        }
    }
    // Other articles set into it are teasers, where it has words of its own.
    let mut outside = sum[best];
    let mut n = best + 1;
    let mut others = Vec::new();
    while n <= last[best] as usize {
        if page.nodes[n].tag == Tag::Article {
            outside -= sum[n].max(0.0);
            others.push((n as u32, last[n]));
            n = last[n] as usize + 1;
        } else {
            n += 1;
        }
    }
    if outside < 0.25 * sum[best] {
        others.clear();
    }
    for (b, w) in page.blocks.iter().zip(weighed.iter_mut()) {
        w.struck |= others.iter().any(|(s, e)| *s <= b.node && b.node <= *e);
    }
    let inside = |b: &Block| b.node as usize >= best && b.node <= last[best];
    let first = page.blocks.iter().position(inside).unwrap_or(0);
    let end = page.blocks.iter().rposition(inside).map_or(0, |i| i + 1);
    first..end
}

/// The role of each block, before the ends are trimmed.
fn kinds(
    page: &Page,
    words: &[&str],
    weighed: &[Weighed],
    range: std::ops::Range<usize>,
) -> Vec<PartKind> {
    let mut sources = false;
    let mut out = Vec::with_capacity(words.len());
    let main = main_parent(page, weighed, &range);
    let posts = posts(page);
    for (i, (b, w)) in page.blocks.iter().zip(weighed).enumerate() {
        let s = words[i];
        let n = node(page, b.node);
        let place = n.place;
        // A line that is all link is furniture, but for a paragraph among the article's own and another's post.
        let linked = w.links > 0.6
            && !(place.table > 0
                || (w.sentence && w.words >= 12)
                || (place.heading > 0 && w.words >= 3 && Some(n.parent) == main)
                || (n.tag == Tag::P
                    && Some(n.parent) == main
                    && s.chars().any(char::is_lowercase))
                || posts[b.node as usize]);
        let furniture = !range.contains(&i) || w.struck || w.chrome || linked;
        let kind = if furniture {
            PartKind::Chrome
        } else if place.caption {
            if is_credit(s) || n.hints.has(Hints::CREDIT) && !n.hints.has(Hints::CAPTION) {
                PartKind::Credit
            } else {
                PartKind::Caption
            }
        } else if place.figure && !prose(w) {
            PartKind::Caption
        } else if place.heading > 0 {
            PartKind::Heading(place.heading)
        } else if place.table > 0 {
            PartKind::Cell(Cell {
                table: place.table - 1,
                row: place.row,
                column: place.column,
                header: place.header,
            })
        } else if place.quote {
            PartKind::Quotation
        } else if place.item {
            if sources {
                PartKind::SourceEntry
            } else {
                PartKind::ListItem
            }
        } else if s.starts_with('©') && w.words <= 40 && w.words > 5 {
            PartKind::Caption
        } else if is_credit(s) && w.words <= 15 {
            PartKind::Credit
        } else {
            PartKind::Paragraph
        };
        match kind {
            PartKind::Heading(_) => sources = is_source_heading(s),
            PartKind::Paragraph => sources = is_source_heading(s),
            _ => {}
        }
        out.push(kind);
    }
    out
}

/// The element in which most of the article's prose stands directly, a paragraph's own parent.
fn main_parent(page: &Page, weighed: &[Weighed], range: &std::ops::Range<usize>) -> Option<u32> {
    let mut words: HashMap<u32, u32> = HashMap::new();
    for i in range.clone() {
        let n = node(page, page.blocks[i].node);
        if n.tag == Tag::P && !weighed[i].struck && prose(&weighed[i]) {
            *words.entry(n.parent).or_default() += weighed[i].words;
        }
    }
    words
        .into_iter()
        .max_by_key(|(n, w)| (*w, std::cmp::Reverse(*n)))
        .map(|(n, _)| n)
}

/// Which elements stand in another's post.
fn posts(page: &Page) -> Vec<bool> {
    let mut out = vec![false; page.nodes.len()];
    for n in 1..page.nodes.len() {
        let x = &page.nodes[n];
        out[n] = out[x.parent as usize] || x.hints.has(Hints::POST);
    }
    out
}

/// The block of the headline: the heading within or before the article that says what the page's head calls it.
fn title(
    page: &Page,
    words: &[&str],
    titles: &[&str],
    range: &std::ops::Range<usize>,
) -> Option<usize> {
    let headings = || {
        page.blocks
            .iter()
            .enumerate()
            .take(range.end)
            .filter(|(_, b)| (1..=2).contains(&node(page, b.node).place.heading))
    };
    for t in titles {
        let same = || {
            headings()
                .filter(|(i, _)| furniture::same_words(words[*i], t))
                .map(|(i, _)| i)
        };
        if let Some(i) = same()
            .find(|i| range.contains(i))
            .or_else(|| same().rfind(|i| *i < range.start))
        {
            return Some(i);
        }
    }
    let near = |i: usize| titles.iter().any(|t| overlap(words[i], t) >= 0.6);
    headings()
        .filter(|(i, b)| node(page, b.node).place.heading == 1 && near(*i))
        .map(|(i, _)| i)
        .next_back()
        .or_else(|| {
            let mut ones = headings()
                .filter(|(_, b)| node(page, b.node).place.heading == 1)
                .map(|(i, _)| i);
            let one = ones.next();
            if ones.next().is_none() { one } else { None }
        })
}

/// Share of the shorter's words that stand in the other.
pub(crate) fn overlap(a: &str, b: &str) -> f32 {
    let set = |s: &str| -> std::collections::HashSet<String> {
        s.split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let (a, b) = (set(a), set(b));
    let least = a.len().min(b.len());
    if least == 0 {
        0.0
    } else {
        a.intersection(&b).count() as f32 / least as f32
    }
}

/// Sets aside what stands before the article's first words and after its last, and furniture between.
fn trim(
    page: &Page,
    words: &[&str],
    weighed: &[Weighed],
    kinds: &mut [PartKind],
    range: std::ops::Range<usize>,
    title: Option<usize>,
) {
    let mut start = range.start;
    if let Some(t) = title {
        kinds[t] = PartKind::Title;
        // What stands before the headline is not the article, unless it is most of it.
        let prose_in = |r: std::ops::Range<usize>| -> u32 {
            r.filter(|i| prose(&weighed[*i]) && !weighed[*i].struck)
                .map(|i| weighed[i].words)
                .sum()
        };
        if t >= range.start && prose_in(range.start..t) <= prose_in(t..range.end) / 2 {
            for k in &mut kinds[range.start..t] {
                *k = PartKind::Chrome;
            }
            start = t + 1;
        }
    }
    let content = |i: usize, kinds: &[PartKind]| {
        matches!(
            kinds[i],
            PartKind::Paragraph
                | PartKind::Quotation
                | PartKind::ListItem
                | PartKind::SourceEntry
                | PartKind::Cell(_)
        )
    };
    let main = main_parent(page, weighed, &range);
    let posts = posts(page);
    // A paragraph among the article's own may be short.
    let own = |i: usize| {
        let n = node(page, page.blocks[i].node);
        let w = &weighed[i];
        n.tag == Tag::P
            && Some(n.parent) == main
            && w.links < 0.6
            && ((w.sentence && w.words >= 4) || w.words >= 8)
            && !is_byline(words[i])
            && !is_dateline(words[i])
    };
    let first = (start..range.end).find(|&i| {
        content(i, kinds)
            && (prose(&weighed[i]) || own(i))
            && !matches!(kinds[i], PartKind::Cell(_))
    });
    let Some(first) = first else { return };
    // Between headline and first prose stand byline, date, tools and the standfirst.
    for i in start..first {
        kinds[i] = match &kinds[i] {
            PartKind::Caption | PartKind::Credit | PartKind::Title => kinds[i].clone(),
            PartKind::Chrome => PartKind::Chrome,
            _ if is_byline(words[i]) => PartKind::Byline,
            _ if is_dateline(words[i]) => PartKind::Dateline,
            PartKind::Heading(l) if weighed[i].words >= 3 && i + 1 == first => {
                PartKind::Heading(*l)
            }
            _ => PartKind::Chrome,
        };
    }
    let holds = |i: usize, kinds: &[PartKind]| {
        content(i, kinds)
            && match kinds[i] {
                PartKind::ListItem => weighed[i].links < 0.25,
                PartKind::Cell(_) | PartKind::SourceEntry => true,
                _ => prose(&weighed[i]) || own(i) || posts[page.blocks[i].node as usize],
            }
    };
    let mut last = (first..range.end)
        .rfind(|&i| holds(i, kinds))
        .unwrap_or(first);
    // The house's notes after the article's end.
    for _ in 0..12 {
        if last <= first || kinds[last] != PartKind::Paragraph || !furniture::is_closer(words[last])
        {
            break;
        }
        kinds[last] = if plain_start(words[last], "(reporting by")
            || plain_start(words[last], "reporting by")
        {
            PartKind::Credit
        } else {
            PartKind::Chrome
        };
        last = (first..last).rfind(|&i| holds(i, kinds)).unwrap_or(first);
    }
    let tail: Vec<usize> = (first + 1..=last)
        .rev()
        .filter(|&i| kinds[i] == PartKind::Paragraph && prose(&weighed[i]))
        .take(5)
        .collect();
    for i in tail {
        if furniture::is_closer(words[i]) && weighed[i].words <= 45 {
            kinds[i] = PartKind::Chrome;
        }
    }
    for k in kinds.iter_mut().take(range.end).skip(last + 1) {
        if !matches!(k, PartKind::Caption | PartKind::Credit) {
            *k = PartKind::Chrome;
        }
    }
    // Within: a heading over nothing but furniture is furniture.
    let mut i = first;
    while i <= last {
        if matches!(kinds[i], PartKind::Heading(_)) {
            let mut j = i + 1;
            while j <= last && matches!(kinds[j], PartKind::Chrome) {
                j += 1;
            }
            if (j > i + 2 || weighed[i].links > 0.5)
                && (j > last || matches!(kinds[j], PartKind::Heading(_)))
            {
                kinds[i] = PartKind::Chrome;
            }
        }
        i += 1;
    }
    // A line hard before a credit is what the picture shows.
    for i in first + 1..last {
        if kinds[i + 1] == PartKind::Credit
            && kinds[i] == PartKind::Paragraph
            && !weighed[i].sentence
            && weighed[i].words <= 25
        {
            kinds[i] = PartKind::Caption;
        }
    }
    for i in first..=last {
        if matches!(kinds[i], PartKind::Paragraph)
            && weighed[i].words <= 16
            && (is_byline(words[i]) && i <= first + 1)
        {
            kinds[i] = PartKind::Byline;
        }
    }
    let _ = page;
}

fn plain_start(s: &str, start: &str) -> bool {
    s.get(..start.len())
        .is_some_and(|h| h.eq_ignore_ascii_case(start))
}

/// Tables that only lay the page out are none; those that are left are numbered in order.
fn tables(page: &Page, words: &[&str], kinds: &mut [PartKind]) {
    #[derive(Default, Clone, Copy)]
    struct Shape {
        rows: u32,
        columns: u32,
        cells: u32,
        longest: usize,
        number: Option<u32>,
    }
    let mut shapes: HashMap<u32, Shape> = HashMap::new();
    for (i, k) in kinds.iter().enumerate() {
        if let PartKind::Cell(c) = k {
            let s = shapes.entry(c.table).or_default();
            s.rows = s.rows.max(c.row + 1);
            s.columns = s.columns.max(c.column + 1);
            s.cells += 1;
            s.longest = s.longest.max(words[i].len());
        }
    }
    let mut next = 0;
    for k in kinds.iter_mut() {
        let PartKind::Cell(c) = k else { continue };
        let Some(s) = shapes.get_mut(&c.table) else {
            continue;
        };
        if s.rows < 2 && s.cells < 4 || s.columns < 2 || s.longest > 700 {
            *k = PartKind::Paragraph;
            continue;
        }
        let number = *s.number.get_or_insert_with(|| {
            next += 1;
            next - 1
        });
        c.table = number;
    }
    let _ = page;
}
