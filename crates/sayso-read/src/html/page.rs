//! From HTML tokens to a page: its text, the blocks of the text, the elements they stand in, and what its head says.
//!
//! The tokenizer (`html5gum`) gives each token its place in the page. A stack of open block elements takes the place
//! of a tree: elements within a line are not kept, but for links and times. Nothing recurses, and every step is
//! bounded, so a page takes time in proportion to its length whatever is in it.

use super::hints::{self, Hints};
use super::tags::{TAGS, Tag};
use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use sayso_model::{SourcePiece, Span};
use std::collections::HashMap;
use std::convert::Infallible;

/// Elements kept; in a page with more, the rest is read without them.
const MOST_NODES: usize = 4_000_000;
/// How far up the stack an end tag looks for its start.
const LOOK: usize = 400;
/// How far up an item, cell or row looks for the one it follows.
const LOOK_ITEM: usize = 48;
/// Bytes kept of scripts with data, and entries kept of the head.
const MOST_DATA: usize = 8 << 20;
const MOST_META: usize = 2000;
const MOST_SCRIPTS: usize = 500;

/// A block element.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    pub parent: u32,
    pub tag: Tag,
    pub hints: Hints,
    pub place: Place,
}

/// What a block stands in, as far as its role goes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Place {
    pub heading: u8,
    pub item: bool,
    pub quote: bool,
    pub caption: bool,
    pub figure: bool,
    pub pre: bool,
    /// Table number from 1, row and column from 0.
    pub table: u32,
    pub row: u32,
    pub column: u32,
    pub header: bool,
    pub term: bool,
}

/// A stretch of text between two breaks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Block {
    pub node: u32,
    pub start: u32,
    pub end: u32,
    /// Bytes of it that are links.
    pub link: u32,
    /// Whether its first words are a link.
    pub leads: bool,
}

/// A `time` element, or another that says when the page was published.
#[derive(Clone, Debug)]
pub(crate) struct TimeTag {
    /// The machine-readable value, if any.
    pub value: String,
    /// Where its words stand in the text.
    pub start: u32,
    pub end: u32,
    /// The block element it stands in.
    pub node: u32,
    /// Whether it is marked as the date of publication, or as another date.
    pub published: Option<bool>,
}

/// What was taken from a page.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub text: String,
    /// From the text to the decoded page.
    pub pieces: Vec<SourcePiece>,
    pub nodes: Vec<Node>,
    pub blocks: Vec<Block>,
    /// `meta` tags: name in lower case, content.
    pub meta: Vec<(String, String)>,
    pub title: String,
    /// Scripts of linked data.
    pub data: Vec<String>,
    pub times: Vec<TimeTag>,
    /// Whether elements were left out for number.
    pub crowded: bool,
    pub language: String,
}

struct Open {
    tag: Tag,
    node: u32,
}

#[derive(Default)]
struct Attributes {
    names: String,
    itemprop: String,
    key: String,
    content: String,
    datetime: String,
    title: String,
    kind: String,
    lang: String,
    hidden: bool,
    pubdate: bool,
    presentation: bool,
    colspan: u32,
}

impl Attributes {
    fn clear(&mut self) {
        self.names.clear();
        self.itemprop.clear();
        self.key.clear();
        self.content.clear();
        self.datetime.clear();
        self.title.clear();
        self.kind.clear();
        self.lang.clear();
        self.hidden = false;
        self.pubdate = false;
        self.presentation = false;
        self.colspan = 1;
    }
}

struct Builder<'a> {
    html: &'a str,
    page: Page,
    stack: Vec<Open>,
    open: [u32; TAGS],
    names: HashMap<String, Hints>,
    entities: HashMap<String, String>,
    attributes: Attributes,
    tag: Tag,
    tag_name: Vec<u8>,
    attribute: Vec<u8>,
    /// The element whose content is skipped, and how deep it is nested in itself.
    skip: Option<(Vec<u8>, u32)>,
    /// Where the content of a data script goes.
    data: bool,
    data_bytes: usize,
    in_title: bool,
    /// Depth of the stack at which the open link began.
    link: Option<usize>,
    leads: bool,
    time: Option<usize>,
    // The block being built.
    start: usize,
    link_bytes: u32,
    space: Option<(usize, usize)>,
    breaks: u32,
    tables: u32,
    last_row: (u32, u32),
}

/// Reads the tokens of a page.
pub(crate) fn page(html: &str) -> Page {
    let mut b = Builder {
        html,
        page: Page::default(),
        stack: Vec::new(),
        open: [0; TAGS],
        names: HashMap::new(),
        entities: HashMap::new(),
        attributes: Attributes::default(),
        tag: Tag::Inline,
        tag_name: Vec::new(),
        attribute: Vec::new(),
        skip: None,
        data: false,
        data_bytes: 0,
        in_title: false,
        link: None,
        leads: false,
        time: None,
        start: 0,
        link_bytes: 0,
        space: None,
        breaks: 0,
        tables: 0,
        last_row: (0, 0),
    };
    b.page.text.reserve(html.len() / 8);
    b.page.nodes.push(Node {
        parent: 0,
        tag: Tag::Root,
        hints: Hints::default(),
        place: Place::default(),
    });
    b.stack.push(Open {
        tag: Tag::Root,
        node: 0,
    });
    {
        let mut emitter = CallbackEmitter::new(
            |event: CallbackEvent<'_>, span: html5gum::Span<usize>| -> Option<Infallible> {
                b.event(event, span.start, span.end);
                None
            },
        );
        emitter.naively_switch_states(true);
        match Tokenizer::new_with_emitter(html, emitter).finish() {
            Ok(()) => {}
            Err(never) => match never {},
        }
    }
    b.flush();
    b.page
}

impl Builder<'_> {
    fn event(&mut self, event: CallbackEvent<'_>, start: usize, end: usize) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = Tag::of(name);
                self.tag_name.clear();
                self.tag_name.extend_from_slice(name);
                self.attributes.clear();
            }
            CallbackEvent::AttributeName { name } => {
                self.attribute.clear();
                self.attribute.extend_from_slice(name);
                match name {
                    b"hidden" => self.attributes.hidden = true,
                    b"pubdate" => self.attributes.pubdate = true,
                    _ => {}
                }
            }
            CallbackEvent::AttributeValue { value } => self.attribute_value(value),
            CallbackEvent::CloseStartTag { self_closing } => self.start_tag(self_closing),
            CallbackEvent::EndTag { name } => self.end_tag(name),
            CallbackEvent::String { value } => self.string(value, start, end),
            CallbackEvent::Comment { .. }
            | CallbackEvent::Doctype { .. }
            | CallbackEvent::Error(_) => {}
        }
    }

    fn attribute_value(&mut self, value: &[u8]) {
        let a = &mut self.attributes;
        let set = |to: &mut String| {
            if to.is_empty() && value.len() <= MOST_DATA {
                to.push_str(&String::from_utf8_lossy(value));
            }
        };
        match self.attribute.as_slice() {
            b"class" | b"id" | b"role" | b"data-testid" | b"data-component" | b"data-qa"
            | b"data-type" | b"data-module" => {
                if value.len() <= 1000 && a.names.len() <= 2000 {
                    a.names.push(' ');
                    a.names.push_str(&String::from_utf8_lossy(value));
                }
                a.presentation |= value == b"presentation" || value == b"none";
            }
            b"itemprop" => set(&mut a.itemprop),
            b"property" | b"name" | b"http-equiv" => set(&mut a.key),
            b"content" => set(&mut a.content),
            b"datetime" => set(&mut a.datetime),
            b"title" => set(&mut a.title),
            b"type" => set(&mut a.kind),
            b"lang" | b"xml:lang" => set(&mut a.lang),
            b"style" if value.len() < 400 => {
                let style: Vec<u8> = value
                    .iter()
                    .filter(|b| !b.is_ascii_whitespace())
                    .map(u8::to_ascii_lowercase)
                    .collect();
                a.hidden |= style.windows(12).any(|w| w == b"display:none")
                    || style.windows(17).any(|w| w == b"visibility:hidden");
            }
            b"aria-hidden" => a.hidden |= value == b"true",
            b"colspan" => {
                a.colspan = std::str::from_utf8(value)
                    .ok()
                    .and_then(|v| v.trim().parse().ok())
                    .unwrap_or(1)
                    .clamp(1, 100);
            }
            _ => {}
        }
    }

    /// What the element's names say; looked up once for each set of names.
    fn hints(&mut self) -> Hints {
        let mut h = if self.attributes.names.is_empty() {
            Hints::default()
        } else if let Some(h) = self.names.get(&self.attributes.names) {
            *h
        } else {
            let h = hints::of(&self.attributes.names);
            if self.names.len() < 100_000 {
                self.names.insert(self.attributes.names.clone(), h);
            }
            h
        };
        if self.attributes.hidden {
            h = h.with(Hints::HIDDEN);
        }
        match self.attributes.itemprop.as_str() {
            "articleBody" | "reviewBody" => h = h.with(Hints::BODY),
            "author" | "creator" => h = h.with(Hints::BYLINE),
            "headline" => h = h.with(Hints::TITLE),
            "caption" => h = h.with(Hints::CAPTION),
            "comment" => h = h.with(Hints::COMMENTS),
            _ => {}
        }
        h
    }

    fn start_tag(&mut self, self_closing: bool) {
        if let Some((name, depth)) = &mut self.skip {
            if *name == self.tag_name && !self_closing {
                *depth += 1;
            }
            return;
        }
        self.dates();
        // A control within a sentence must not break it.
        if self.tag == Tag::Button && self.stack.last().is_some_and(|o| o.tag == Tag::P) {
            self.skip = Some((self.tag_name.clone(), 1));
            return;
        }
        match self.tag {
            Tag::Skip => {
                if !self_closing || !matches!(self.tag_name.as_slice(), b"svg" | b"math") {
                    self.data = self.tag_name == b"script"
                        && self
                            .attributes
                            .kind
                            .eq_ignore_ascii_case("application/ld+json");
                    self.skip = Some((self.tag_name.clone(), 1));
                }
            }
            Tag::Meta => {
                let a = &self.attributes;
                let key = if a.key.is_empty() {
                    &a.itemprop
                } else {
                    &a.key
                };
                if !key.is_empty() && !a.content.is_empty() && self.page.meta.len() < MOST_META {
                    self.page.meta.push((key.to_lowercase(), a.content.clone()));
                }
            }
            Tag::Void => {}
            Tag::Title => {
                self.in_title = self.page.title.is_empty() && self.open[Tag::Body as usize] == 0
            }
            Tag::Html | Tag::Head => {
                if self.page.language.is_empty() {
                    self.page.language.push_str(&self.attributes.lang);
                }
            }
            Tag::Br => {
                self.breaks += 1;
                if self.breaks >= 2 {
                    self.flush();
                }
            }
            Tag::Hr => self.flush(),
            Tag::A => self.link = Some(self.stack.len()),
            Tag::Time => {}
            Tag::Inline => {
                let h = self.hints();
                if h.has(Hints::HIDDEN)
                    && matches!(
                        self.tag_name.as_slice(),
                        b"span" | b"em" | b"i" | b"b" | b"strong" | b"small" | b"label"
                    )
                {
                    self.skip = Some((self.tag_name.clone(), 1));
                } else if h.has(Hints::CAPTION) || h.has(Hints::CREDIT) {
                    // A caption within a line element is a block of its own.
                    self.flush();
                }
            }
            _ => self.block_start(),
        }
    }

    /// Notes an element that gives a date.
    fn dates(&mut self) {
        let a = &self.attributes;
        let property = a.itemprop.as_str();
        let published = match property {
            "datePublished" | "dateCreated" | "uploadDate" => Some(true),
            "dateModified" => Some(false),
            _ if a.pubdate => Some(true),
            _ => None,
        };
        let old = matches!(self.tag_name.as_slice(), b"abbr" | b"span")
            && (a.names.contains("published")
                || a.names.contains("dtstart")
                || a.names.contains("date"))
            && a.title.len() >= 8;
        if (self.tag == Tag::Time || published.is_some() || old)
            && self.tag != Tag::Meta
            && self.page.times.len() < 2000
        {
            let value = [&a.datetime, &a.content, &a.title]
                .into_iter()
                .find(|v| !v.is_empty())
                .cloned()
                .unwrap_or_default();
            let words = &a.names;
            let published = published.or_else(|| {
                let w = words.to_ascii_lowercase();
                if w.contains("publish")
                    || w.contains("pubdate")
                    || w.contains("entry-date")
                    || w.contains("posted")
                {
                    Some(!w.contains("updated") || w.contains("published"))
                } else if w.contains("updat") || w.contains("modif") {
                    Some(false)
                } else {
                    None
                }
            });
            let at = self.page.text.len() as u32;
            let node = self.stack.last().map_or(0, |o| o.node);
            self.page.times.push(TimeTag {
                value,
                start: at,
                end: at,
                node,
                published,
            });
            self.time = Some(self.page.times.len() - 1);
        }
    }

    fn pop(&mut self) {
        if self.stack.len() > 1
            && let Some(o) = self.stack.pop()
        {
            self.open[o.tag as usize] = self.open[o.tag as usize].saturating_sub(1);
            if self.link.is_some_and(|l| l > self.stack.len()) {
                self.link = None;
            }
        }
    }

    /// Closes the nearest of some elements, looking no further than a wall.
    fn close_nearest(&mut self, which: impl Fn(Tag) -> bool, wall: impl Fn(Tag) -> bool) {
        for back in 1..=LOOK_ITEM.min(self.stack.len() - 1) {
            let tag = self.stack[self.stack.len() - back].tag;
            if which(tag) {
                for _ in 0..back {
                    self.pop();
                }
                return;
            }
            if wall(tag) {
                return;
            }
        }
    }

    fn block_start(&mut self) {
        self.flush();
        let tag = self.tag;
        if self.stack.last().is_some_and(|o| o.tag == Tag::P) {
            self.pop();
        }
        match tag {
            Tag::Li => self.close_nearest(
                |t| t == Tag::Li,
                |t| matches!(t, Tag::Ul | Tag::Ol | Tag::Td | Tag::Table),
            ),
            Tag::Dd | Tag::Dt => self.close_nearest(
                |t| matches!(t, Tag::Dd | Tag::Dt),
                |t| matches!(t, Tag::Dl | Tag::Td),
            ),
            Tag::Td | Tag::Th => self.close_nearest(
                |t| matches!(t, Tag::Td | Tag::Th),
                |t| matches!(t, Tag::Tr | Tag::Table),
            ),
            Tag::Tr => self.close_nearest(|t| t == Tag::Tr, |t| t == Tag::Table),
            _ => {}
        }
        if tag.heading().is_some() && self.stack.last().is_some_and(|o| o.tag.heading().is_some()) {
            self.pop();
        }
        let parent = self.stack.last().map_or(0, |o| o.node);
        let node = if self.page.nodes.len() < MOST_NODES {
            let hints = self.hints();
            let place = self.place(parent, tag, hints);
            self.page.nodes.push(Node {
                parent,
                tag,
                hints,
                place,
            });
            (self.page.nodes.len() - 1) as u32
        } else {
            self.page.crowded = true;
            parent
        };
        self.open[tag as usize] += 1;
        self.stack.push(Open { tag, node });
    }

    fn place(&mut self, parent: u32, tag: Tag, hints: Hints) -> Place {
        let parent_node = &mut self.page.nodes[parent as usize];
        let mut p = parent_node.place;
        match tag {
            Tag::Table => {
                if !self.attributes.presentation {
                    self.tables += 1;
                    p.table = self.tables;
                } else {
                    p.table = 0;
                }
                (p.row, p.column, p.header) = (0, 0, false);
                self.last_row = (p.table, 0);
            }
            Tag::Tr => {
                if self.last_row.0 != p.table {
                    self.last_row = (p.table, 0);
                }
                p.row = self.last_row.1;
                self.last_row.1 += 1;
                p.column = 0;
            }
            Tag::Td | Tag::Th => {
                p.header = tag == Tag::Th;
                // The row keeps count of its columns.
                parent_node.place.column = p.column.saturating_add(self.attributes.colspan);
            }
            Tag::Li => p.item = true,
            Tag::Blockquote => p.quote = true,
            Tag::Figure => p.figure = true,
            Tag::Figcaption => p.caption = true,
            Tag::Caption => p.caption = true,
            Tag::Pre => p.pre = true,
            Tag::Dt => p.term = true,
            _ => {}
        }
        if let Some(level) = tag.heading() {
            p.heading = level;
        }
        if hints.has(Hints::CAPTION) || hints.has(Hints::CREDIT) {
            p.caption = true;
        }
        p
    }

    fn end_tag(&mut self, name: &[u8]) {
        if let Some((skipped, depth)) = &mut self.skip {
            let page_ends = matches!(name, b"body" | b"html");
            if skipped.as_slice() == name {
                *depth -= 1;
            }
            // A span hidden and never closed ends with its block.
            let inline = matches!(
                skipped.as_slice(),
                b"span" | b"em" | b"i" | b"b" | b"strong" | b"small" | b"label"
            );
            let block =
                inline && !matches!(Tag::of(name), Tag::Inline | Tag::A | Tag::Time | Tag::Skip);
            if *depth == 0 || page_ends || block {
                self.skip = None;
                self.data = false;
                if !block && !page_ends {
                    return;
                }
            } else {
                return;
            }
        }
        let tag = Tag::of(name);
        match tag {
            Tag::Skip | Tag::Void | Tag::Meta | Tag::Hr => {}
            Tag::Title => self.in_title = false,
            Tag::Br => {
                self.breaks += 1;
            }
            Tag::A => {
                self.link = None;
                self.end_time();
            }
            Tag::Time => self.end_time(),
            Tag::Inline => {
                self.end_time();
            }
            Tag::Html | Tag::Head | Tag::Body => self.flush(),
            _ => {
                self.flush();
                self.end_time();
                if self.open[tag as usize] == 0 {
                    return;
                }
                let table = matches!(tag, Tag::Table | Tag::Td | Tag::Th | Tag::Tr | Tag::Caption);
                for back in 1..=LOOK.min(self.stack.len() - 1) {
                    let t = self.stack[self.stack.len() - back].tag;
                    let same = t == tag || (tag.heading().is_some() && t.heading().is_some());
                    if same {
                        for _ in 0..back {
                            self.pop();
                        }
                        return;
                    }
                    if t.walls() && !table {
                        return;
                    }
                }
            }
        }
    }

    fn end_time(&mut self) {
        if let Some(i) = self.time.take()
            && let Some(t) = self.page.times.get_mut(i)
        {
            t.end = self.page.text.len() as u32;
        }
    }

    // ---- text

    fn string(&mut self, value: &[u8], start: usize, end: usize) {
        if self.skip.is_some() {
            if self.data
                && self.page.data.len() < MOST_SCRIPTS
                && self.data_bytes + value.len() < MOST_DATA
            {
                self.data_bytes += value.len();
                self.page
                    .data
                    .push(String::from_utf8_lossy(value).into_owned());
            }
            return;
        }
        if self.in_title {
            self.page.title.push_str(&String::from_utf8_lossy(value));
            return;
        }
        let html = self.html;
        let Some(source) = html.get(start..end) else {
            return;
        };
        // Plain runs go verbatim; white space, entities and line ends each make a piece of their own.
        let bytes = source.as_bytes();
        let mut i = 0;
        let mut run = 0;
        while i < bytes.len() {
            let b = bytes[i];
            let special = match b {
                b'&' | b'\n' | b'\t' | b'\r' | 0x0c | 0 => true,
                b' ' => true,
                0xC2 => bytes.get(i + 1) == Some(&0xA0),
                0xE2 => bytes.get(i + 1) == Some(&0x80) && bytes.get(i + 2) == Some(&0x8B),
                _ => false,
            };
            if !special {
                i += 1;
                continue;
            }
            self.verbatim(source, run, i, start);
            match b {
                b'&' => {
                    let (len, words) = self.entity(&source[i..]);
                    if words.chars().all(char::is_whitespace) {
                        self.blank(start + i, start + i + len, false);
                    } else {
                        self.decoded(&words, start + i, start + i + len);
                    }
                    i += len;
                }
                0xE2 => i += 3,
                0xC2 => {
                    self.blank(start + i, start + i + 2, false);
                    i += 2;
                }
                _ => {
                    let n = bytes[i..]
                        .iter()
                        .take_while(|b| matches!(b, b' ' | b'\n' | b'\t' | b'\r' | 0x0c | 0))
                        .count();
                    let lines = bytes[i..i + n].iter().filter(|b| **b == b'\n').count() as u32;
                    let pre = lines > 0
                        && self
                            .stack
                            .last()
                            .is_some_and(|o| self.page.nodes[o.node as usize].place.pre);
                    if pre {
                        self.breaks += lines;
                        if self.breaks >= 2 {
                            self.flush();
                        }
                    }
                    self.blank(start + i, start + i + n, n == 1 && b == b' ');
                    i += n;
                }
            }
            run = i;
        }
        self.verbatim(source, run, bytes.len(), start);
    }

    /// Notes white space; it is written when words follow in the same block.
    fn blank(&mut self, start: usize, end: usize, _same: bool) {
        if self.page.text.len() > self.start {
            self.space = match self.space {
                Some((s, e)) if e == start => Some((s, end)),
                Some(s) => Some(s),
                None => Some((start, end)),
            };
        }
    }

    fn before_words(&mut self) {
        let broke = std::mem::take(&mut self.breaks) > 0;
        let space = self.space.take();
        if self.page.text.len() == self.start {
            self.leads = self.link.is_some();
            return;
        }
        if broke {
            self.page.text.push('\n');
        } else if let Some((s, e)) = space {
            let at = self.page.text.len();
            self.page.text.push(' ');
            let same = e - s == 1 && self.html.as_bytes().get(s) == Some(&b' ');
            self.piece(at, at + 1, s, e, same);
            self.count(1);
        }
    }

    fn count(&mut self, bytes: usize) {
        if self.link.is_some() {
            self.link_bytes += bytes as u32;
        }
    }

    fn verbatim(&mut self, source: &str, from: usize, to: usize, offset: usize) {
        if from >= to {
            return;
        }
        if let Some(words) = source.get(from..to) {
            self.before_words();
            let at = self.page.text.len();
            self.page.text.push_str(words);
            self.piece(at, at + words.len(), offset + from, offset + to, true);
            self.count(words.len());
        }
    }

    fn decoded(&mut self, words: &str, start: usize, end: usize) {
        self.before_words();
        let at = self.page.text.len();
        self.page.text.push_str(words);
        self.piece(at, at + words.len(), start, end, false);
        self.count(words.len());
    }

    fn piece(&mut self, t0: usize, t1: usize, d0: usize, d1: usize, verbatim: bool) {
        if let Some(last) = self.page.pieces.last_mut()
            && verbatim
            && last.verbatim
            && last.text.end as usize == t0
            && last.bytes.end as usize == d0
        {
            last.text.end = t1 as u32;
            last.bytes.end = d1 as u32;
            return;
        }
        self.page.pieces.push(SourcePiece {
            text: Span::new(t0 as u32, t1 as u32),
            bytes: Span::new(d0 as u32, d1 as u32),
            verbatim,
        });
    }

    /// The length and the meaning of a character reference, or of the bare ampersand.
    fn entity(&mut self, s: &str) -> (usize, String) {
        let name = s
            .bytes()
            .skip(1)
            .take(40)
            .take_while(|b| b.is_ascii_alphanumeric() || *b == b'#')
            .count()
            + 1;
        let len = name + usize::from(s.as_bytes().get(name) == Some(&b';'));
        let reference = &s[..len];
        if len == 1 {
            return (1, "&".to_owned());
        }
        if let Some(known) = self.entities.get(reference) {
            return (len, known.clone());
        }
        // The tokenizer knows all references and the rules for those without a semicolon.
        let mut out = String::new();
        for token in Tokenizer::new(reference) {
            match token {
                Ok(html5gum::Token::String(v)) => out.push_str(&String::from_utf8_lossy(&v)),
                Ok(_) => {}
                Err(never) => match never {},
            }
        }
        if self.entities.len() < 10_000 {
            self.entities.insert(reference.to_owned(), out.clone());
        }
        (len, out)
    }

    /// Ends the block being built.
    fn flush(&mut self) {
        self.space = None;
        self.breaks = 0;
        let end = self.page.text.len();
        if end == self.start {
            return;
        }
        let node = self.stack.last().map_or(0, |o| o.node);
        self.page.blocks.push(Block {
            node,
            start: self.start as u32,
            end: end as u32,
            link: std::mem::take(&mut self.link_bytes),
            leads: self.leads,
        });
        self.page.text.push_str("\n\n");
        self.start = end + 2;
    }
}
