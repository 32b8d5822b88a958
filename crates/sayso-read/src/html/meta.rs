//! What a page says of itself: headline, author, outlet, date of publication.

use super::content::overlap;
use super::hints::Hints as Names;
use super::page::{Page, TimeTag};
use crate::{Hints, dates, text};
use sayso_model::{Date, Located, Part, PartKind, Published, Span};
use serde_json::Value;

/// What linked data says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    headline: Option<String>,
    authors: Vec<String>,
    publisher: Option<String>,
    published: Option<String>,
    modified: Option<String>,
}

/// The metadata of a document.
pub(crate) struct Metadata {
    pub title: Option<Located>,
    pub byline: Option<Located>,
    pub outlet: Option<Located>,
    pub published: Option<Published>,
}

/// Kinds of linked data that describe a page's main text, the surest first.
const ARTICLES: &[&str] = &[
    "NewsArticle",
    "ReportageNewsArticle",
    "Article",
    "BlogPosting",
    "AnalysisNewsArticle",
    "OpinionNewsArticle",
    "LiveBlogPosting",
    "Report",
    "ScholarlyArticle",
    "TechArticle",
    "Review",
    "Recipe",
    "WebPage",
    "VideoObject",
];

impl Facts {
    /// Reads the linked data of a page.
    pub fn of(page: &Page) -> Facts {
        let mut best: Option<(usize, Facts)> = None;
        for script in &page.data {
            let Some(value) = parse(script) else { continue };
            // A flat list of the objects worth a look; nesting is followed a few steps only.
            let mut open = vec![(&value, 0)];
            while let Some((v, depth)) = open.pop() {
                match v {
                    Value::Array(items) => {
                        open.extend(items.iter().take(200).map(|i| (i, depth + 1)))
                    }
                    Value::Object(o) => {
                        for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                            if let Some(inner) = o.get(key)
                                && depth < 6
                            {
                                open.push((inner, depth + 1));
                            }
                        }
                        let kind = rank(o.get("@type"));
                        if let Some(kind) = kind
                            && best.as_ref().is_none_or(|(k, f)| {
                                kind < *k || (kind == *k && f.published.is_none())
                            })
                        {
                            let facts = facts(v);
                            if facts.published.is_some() || facts.headline.is_some() {
                                // A lesser object may know what a better one leaves out.
                                let old = best.take().map(|b| b.1).unwrap_or_default();
                                best = Some((kind, facts.or(old)));
                            }
                        } else if let (Some(_), Some((_, b))) = (kind, best.as_mut()) {
                            *b = std::mem::take(b).or(facts(v));
                        }
                    }
                    _ => {}
                }
            }
        }
        best.map(|b| b.1).unwrap_or_default()
    }

    fn or(self, other: Facts) -> Facts {
        Facts {
            headline: self.headline.or(other.headline),
            authors: if self.authors.is_empty() {
                other.authors
            } else {
                self.authors
            },
            publisher: self.publisher.or(other.publisher),
            published: self.published.or(other.published),
            modified: self.modified.or(other.modified),
        }
    }

    /// What the page's head calls it, the surest first.
    pub fn titles(&self, page: &Page) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        out.extend(self.headline.clone());
        for key in [
            "og:title",
            "twitter:title",
            "dc.title",
            "sailthru.title",
            "parsely-title",
            "headline",
        ] {
            out.extend(meta(page, key).map(str::to_owned));
        }
        let title = page.title.split_whitespace().collect::<Vec<_>>().join(" ");
        if !title.is_empty() {
            out.push(title);
        }
        out
    }

    /// Headline, author, outlet and date, from all that is known.
    pub fn metadata(
        &self,
        html: &str,
        page: &Page,
        parts: &[Part],
        given: &Hints,
        url: Option<&str>,
    ) -> Metadata {
        let outlet = given
            .outlet
            .clone()
            .or_else(|| meta(page, "og:site_name").map(clean))
            .or_else(|| self.publisher.clone())
            .or_else(|| {
                [
                    "application-name",
                    "dc.publisher",
                    "publisher",
                    "cre",
                    "al:android:app_name",
                ]
                .iter()
                .find_map(|k| meta(page, k).map(clean))
            })
            .filter(|s| !s.is_empty());
        let in_text = parts.iter().find(|p| p.kind == PartKind::Title);
        let head = self
            .titles(page)
            .into_iter()
            .find(|t| !t.is_empty())
            .map(|t| without_outlet(&clean(&t), outlet.as_deref()));
        let title = match (&given.title, in_text, head) {
            (Some(t), p, _) => Some(Located {
                text: t.clone(),
                span: p.map(|p| p.span),
            }),
            (None, Some(p), head) => {
                let words = p
                    .span
                    .of(&page.text)
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ");
                Some(Located {
                    text: if words.is_empty() {
                        head.unwrap_or_default()
                    } else {
                        words
                    },
                    span: Some(p.span),
                })
            }
            (None, None, Some(t)) if !t.is_empty() => Some(Located {
                text: t,
                span: None,
            }),
            _ => None,
        };
        let byline = self.byline(page, parts);
        let published = text::given_date(given).or_else(|| self.published(html, page, parts, url));
        Metadata {
            title,
            byline,
            outlet: outlet.map(|text| Located { text, span: None }),
            published,
        }
    }

    fn byline(&self, page: &Page, parts: &[Part]) -> Option<Located> {
        let place = |name: &str| -> Option<Span<sayso_model::Text>> {
            let at = page.text.find(name)?;
            Some(Span::new(at as u32, (at + name.len()) as u32))
        };
        if !self.authors.is_empty() {
            let name = self.authors.join(", ");
            return Some(Located {
                span: place(&name),
                text: name,
            });
        }
        for key in [
            "author",
            "article:author",
            "dc.creator",
            "dcterms.creator",
            "sailthru.author",
            "parsely-author",
            "byl",
            "twitter:data1",
        ] {
            if let Some(v) = meta(page, key).map(clean)
                && v.len() <= 200
                && !v.contains("://")
                && !v.starts_with('@')
                && v.chars().any(char::is_alphabetic)
                && !(key.starts_with("twitter") && v.chars().any(|c| c.is_ascii_digit()))
            {
                let (s, e) = text::names(&v);
                let name = v[s..e].to_owned();
                return Some(Located {
                    span: place(&name),
                    text: name,
                });
            }
        }
        if let Some(p) = parts.iter().find(|p| p.kind == PartKind::Byline) {
            let line = p.span.of(&page.text);
            let (s, e) = text::names(line);
            let span = Span::new(p.span.start + s as u32, p.span.start + e as u32);
            return Some(Located {
                text: span.of(&page.text).to_owned(),
                span: Some(span),
            });
        }
        let b = page.blocks.iter().find(|b| {
            let h = page.nodes[b.node as usize].hints;
            h.has(Names::BYLINE)
                && !h.has(Names::COMMENTS)
                && (4..=120).contains(&(b.end - b.start))
        })?;
        let line = page.text.get(b.start as usize..b.end as usize)?;
        let (s, e) = text::names(line);
        let span = Span::new(b.start + s as u32, b.start + e as u32);
        Some(Located {
            text: span.of(&page.text).to_owned(),
            span: Some(span),
        })
    }

    fn published(
        &self,
        html: &str,
        page: &Page,
        parts: &[Part],
        url: Option<&str>,
    ) -> Option<Published> {
        let address = url.and_then(dates::in_address);
        let said = |value: &str, from: &str| {
            let date = day(value, page)?;
            // Clocks in a page's head often run on universal time; the address then has the outlet's own day.
            if let Some(a) = address
                && a != date
                && universal_shift(value, a, date)
            {
                return Some(Published {
                    date: a,
                    value: a.to_string(),
                    found_in: "url".into(),
                    span: None,
                });
            }
            Some(Published {
                date,
                value: value.trim().to_owned(),
                found_in: from.to_owned(),
                span: None,
            })
        };
        let of_meta = |keys: &[&str]| {
            keys.iter()
                .find_map(|k| meta(page, k).and_then(|v| said(v, "meta")))
        };
        if let Some(p) = self.published.as_deref().and_then(|v| said(v, "json-ld")) {
            return Some(p);
        }
        if let Some(p) = of_meta(PUBLISHED) {
            return Some(p);
        }
        let body = parts
            .iter()
            .find(|p| matches!(p.kind, PartKind::Title))
            .or_else(|| parts.iter().find(|p| p.kind.is_content()))
            .map_or(0, |p| p.span.start);
        if let Some(p) = times(page, body) {
            return Some(p);
        }
        if let Some(date) = address {
            return Some(Published {
                date,
                value: date.to_string(),
                found_in: "url".into(),
                span: None,
            });
        }
        words(page, parts, body)
            .or_else(|| of_meta(OTHER))
            .or_else(|| self.modified.as_deref().and_then(|v| said(v, "json-ld")))
            .or_else(|| of_meta(MODIFIED))
            .or_else(|| in_script(html).and_then(|v| said(v, "json-ld")))
            .or_else(|| anywhere(page))
            .or_else(|| {
                let date = ["og:image", "twitter:image"]
                    .iter()
                    .find_map(|k| dates::in_address(meta(page, k)?))?;
                Some(Published {
                    date,
                    value: date.to_string(),
                    found_in: "url".into(),
                    span: None,
                })
            })
    }
}

/// Keys of `meta` tags that hold the day of publication, the surest first.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "article:published",
    "datepublished",
    "og:published_time",
    "og:article:published_time",
    "og:pubdate",
    "rnews:datepublished",
    "pubdate",
    "publishdate",
    "publish_date",
    "publish-date",
    "published",
    "published_time",
    "published-date",
    "publication_date",
    "publication-date",
    "publicationdate",
    "originalpublicationdate",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "article_date_original",
    "article-publish-date",
    "dateposted",
    "datecreated",
    "article.created",
    "article:created",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "bt:pubdate",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "date",
    "displaydate",
    "sort_date",
    "release_date",
    "citation_publication_date",
    "citation_date",
    "created",
    "blogger:published",
    "pdate",
    "ptime",
    "vr:published_time",
    "timestamp",
    "post_date",
    "_pubdate",
    "video:release_date",
    "uploaddate",
    "doc_date",
    "og:publish_date",
    "article_publication_date",
    "article:publication_date",
    "creationdatetime",
    "rbpubdate",
    "shareaholic:article_published_time",
    "mediator_published_time",
    "analyticsattributes.articledate",
    "buildtime",
    "gentime",
    "last-updated-date-published",
];
const OTHER: &[&str] = &[
    "dc.date.available",
    "dcterms.available",
    "issued",
    "og:regdate",
    "regdate",
];
const MODIFIED: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dateupdated",
    "lastmod",
    "last-modified",
    "modified",
    "updated_time",
    "dcterms.modified",
    "dc.date.modified",
    "article:modified",
    "lastmodified",
    "revision_date",
];

fn meta<'a>(page: &'a Page, key: &str) -> Option<&'a str> {
    page.meta
        .iter()
        .find(|(k, v)| k == key && !v.trim().is_empty())
        .map(|(_, v)| v.trim())
}

fn clean(s: &str) -> String {
    s.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A title without the outlet's name before or after it.
fn without_outlet(title: &str, outlet: Option<&str>) -> String {
    for mark in [" | ", " – ", " — ", " - ", " :: ", " » ", " • ", " · "] {
        if let Some((head, tail)) = title.rsplit_once(mark) {
            let site = outlet.is_some_and(|o| overlap(o, tail) >= 0.5);
            if site
                || (mark == " | "
                    && tail.split_whitespace().count() <= 4
                    && head.split_whitespace().count() > 3)
            {
                return without_outlet(head.trim(), outlet);
            }
            if let Some((first, rest)) = title.split_once(mark)
                && outlet.is_some_and(|o| overlap(o, first) >= 0.99)
            {
                return rest.trim().to_owned();
            }
        }
    }
    title.to_owned()
}

/// The day of a date as pages write them, a UNIX time included.
fn day(value: &str, page: &Page) -> Option<Date> {
    let value = value.trim();
    if value.bytes().all(|b| b.is_ascii_digit()) && matches!(value.len(), 10 | 13) {
        let seconds: i64 = value[..10].parse().ok()?;
        let days = i32::try_from(seconds / 86_400).ok()?;
        return civil(days);
    }
    dates::first_by(value, day_first(page)).map(|f| f.date)
}

/// Whether a time on the universal clock and a day on the outlet's own can be the same moment: the small hours of the
/// day after it, or the afternoon of the day before.
fn universal_shift(value: &str, own: Date, universal: Date) -> bool {
    let v = value.trim();
    let Some(clock) = v.split(['T', ' ']).nth(1) else {
        return false;
    };
    if clock.contains(['+', '-']) && !clock.contains("+00:00") && !clock.contains("+0000") {
        return false;
    }
    let Some(hour) = clock.get(..2).and_then(|h| h.parse::<u32>().ok()) else {
        return false;
    };
    (own.tomorrow().ok() == Some(universal) && hour < 10)
        || (own.yesterday().ok() == Some(universal) && hour >= 13)
}

/// Whether the page's language puts the day before the month where both are numbers.
fn day_first(page: &Page) -> bool {
    let l = page.language.to_ascii_lowercase();
    !l.is_empty() && !matches!(l.as_str(), "en" | "en-us" | "en_us" | "en-ca" | "en-ph")
}

/// A date of publication in the data a page's scripts work with.
fn in_script(html: &str) -> Option<&str> {
    SCRIPT_KEYS.iter().find_map(|key| {
        let at = html.find(key)? + key.len();
        let rest = html.get(at..)?.trim_start_matches([' ', ':', '\\', '"']);
        let end = rest
            .find(['"', '\\', ','])
            .filter(|e| (8..40).contains(e))?;
        rest.get(..end)
    })
}

const SCRIPT_KEYS: &[&str] = &[
    "\"datePublished\"",
    "\"publishedDate\"",
    "\"publishDate\"",
    "\"publish_date\"",
    "\"pubDate\"",
    "\"published_at\"",
    "\"publishedAt\"",
    "\"firstPublished\"",
];

/// The civil date of a day counted from 1970-01-01 (H. Hinnant, "chrono-compatible low-level date algorithms").
fn civil(days: i32) -> Option<Date> {
    let z = i64::from(days) + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = yoe + era * 400 + i64::from(month <= 2);
    Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(doy - (153 * mp + 2) / 5 + 1).ok()?,
    )
    .ok()
}

/// The date of a `time` element near the headline, or of one marked as the date of publication.
fn times(page: &Page, title: u32) -> Option<Published> {
    let read = |t: &TimeTag| -> Option<Published> {
        let words = page
            .text
            .get(t.start as usize..t.end as usize)
            .unwrap_or("")
            .trim();
        let value = if t.value.is_empty() {
            words
        } else {
            t.value.as_str()
        };
        let date = day(value, page).or_else(|| day(words, page))?;
        let span = (!words.is_empty() && dates::first(words).is_some()).then(|| {
            let lead = page.text[t.start as usize..].find(words).unwrap_or(0) as u32;
            Span::new(t.start + lead, t.start + lead + words.len() as u32)
        });
        Some(Published {
            date,
            value: value.to_owned(),
            found_in: "time".into(),
            span,
        })
    };
    let chrome = |t: &TimeTag| {
        let mut n = t.node;
        for _ in 0..12 {
            let x = &page.nodes[n as usize];
            if x.hints.has(Names::COMMENTS)
                || matches!(
                    x.tag,
                    super::tags::Tag::Aside | super::tags::Tag::Nav | super::tags::Tag::Footer
                )
            {
                return true;
            }
            if n == 0 {
                return false;
            }
            n = x.parent;
        }
        false
    };
    let far = |t: &TimeTag| t.start.abs_diff(title);
    let marked = page
        .times
        .iter()
        .filter(|t| t.published == Some(true) && !chrome(t))
        .min_by_key(|t| far(t))
        .and_then(read);
    marked
        .or_else(|| {
            page.times
                .iter()
                .filter(|t| t.published.is_none() && !chrome(t))
                .filter(|t| far(t) < 1500)
                .min_by_key(|t| far(t))
                .and_then(read)
        })
        .or_else(|| {
            page.times
                .iter()
                .filter(|t| !chrome(t) && t.published != Some(false))
                .min_by_key(|t| far(t))
                .and_then(read)
        })
}

/// A date in the words about the headline.
fn words(page: &Page, parts: &[Part], title: u32) -> Option<Published> {
    let of_part = |p: &Part, from: &str| {
        let s = p.span.of(&page.text);
        let f = dates::first_by(s, day_first(page))?;
        let span = Span::new(p.span.start + f.start as u32, p.span.start + f.end as u32);
        Some(Published {
            date: f.date,
            value: f.date.to_string(),
            found_in: from.into(),
            span: Some(span),
        })
    };
    for (kind, from) in [
        (PartKind::Dateline, "dateline"),
        (PartKind::Byline, "byline"),
    ] {
        if let Some(p) = parts
            .iter()
            .filter(|p| p.kind == kind)
            .find_map(|p| of_part(p, from))
        {
            return Some(p);
        }
    }
    // Short blocks that are dates by their element's name or by their words, the nearest to the headline.
    let mut found: Vec<(u32, &Part, bool)> = Vec::new();
    for (p, b) in parts.iter().zip(&page.blocks) {
        let s = p.span.of(&page.text);
        if s.len() > 200 || !s.bytes().any(|c| c.is_ascii_digit()) {
            continue;
        }
        let named = page.nodes[b.node as usize].hints;
        if named.has(Names::COMMENTS) {
            continue;
        }
        let lower = s.to_lowercase();
        let labelled =
            named.has(Names::DATE) || lower.contains("publish") || lower.contains("posted");
        let cost = p.span.start.abs_diff(title)
            + if labelled { 0 } else { 600 }
            + if p.span.start < title { 300 } else { 0 };
        found.push((cost, p, labelled));
    }
    found.sort_by_key(|f| f.0);
    found
        .iter()
        .filter(|f| f.0 < 4000)
        .find_map(|(_, p, _)| of_part(p, "dateline"))
}

/// Any date on the page, where nothing better is known: the one that stands most often.
fn anywhere(page: &Page) -> Option<Published> {
    let mut counts: std::collections::BTreeMap<Date, (u32, dates::Found)> =
        std::collections::BTreeMap::new();
    let mut end = page.text.len().min(400_000);
    while !page.text.is_char_boundary(end) {
        end -= 1;
    }
    for f in dates::scan(&page.text[..end]) {
        counts.entry(f.date).or_insert((0, f)).0 += 1;
    }
    let (_, f) = counts
        .into_values()
        .max_by_key(|(n, f)| (*n, std::cmp::Reverse(f.start)))?;
    Some(Published {
        date: f.date,
        value: f.date.to_string(),
        found_in: "dateline".into(),
        span: Some(Span::new(f.start as u32, f.end as u32)),
    })
}

/// Reads linked data, forgiving raw line breaks within strings and stray marks at the ends.
fn parse(script: &str) -> Option<Value> {
    let s = script
        .trim()
        .trim_start_matches("<!--")
        .trim_end_matches("-->")
        .trim();
    let s = s
        .trim_start_matches("//<![CDATA[")
        .trim_start_matches("<![CDATA[")
        .trim_end_matches("//]]>")
        .trim_end_matches("]]>")
        .trim()
        .trim_end_matches(';');
    serde_json::from_str(s).ok().or_else(|| {
        let calm: String = s
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        serde_json::from_str(&calm).ok()
    })
}

fn rank(kind: Option<&Value>) -> Option<usize> {
    let of = |s: &str| {
        ARTICLES.iter().position(|a| {
            *a == s
                .trim_start_matches("http://schema.org/")
                .trim_start_matches("https://schema.org/")
        })
    };
    match kind? {
        Value::String(s) => of(s),
        Value::Array(a) => a.iter().filter_map(|v| v.as_str().and_then(of)).min(),
        _ => None,
    }
}

fn facts(v: &Value) -> Facts {
    let word = |key: &str| {
        v.get(key)
            .and_then(Value::as_str)
            .map(clean)
            .filter(|s| !s.is_empty())
    };
    let names = |v: Option<&Value>| -> Vec<String> {
        let one = |v: &Value| match v {
            Value::String(s) => Some(clean(s)),
            Value::Object(o) => match o.get("name")? {
                Value::String(s) => Some(clean(s)),
                Value::Array(a) => Some(clean(
                    &a.iter()
                        .filter_map(Value::as_str)
                        .collect::<Vec<_>>()
                        .join(", "),
                )),
                _ => None,
            },
            _ => None,
        };
        match v {
            Some(Value::Array(a)) => a.iter().take(20).filter_map(one).collect(),
            Some(v) => one(v).into_iter().collect(),
            None => Vec::new(),
        }
    };
    let decode = |s: String| html_words(&s);
    Facts {
        headline: word("headline").or_else(|| word("name")).map(decode),
        authors: names(v.get("author"))
            .into_iter()
            .filter(|n| !n.is_empty() && n.len() < 120 && !n.contains("://"))
            .map(decode)
            .collect(),
        publisher: names(v.get("publisher"))
            .into_iter()
            .next()
            .filter(|n| !n.is_empty())
            .map(decode),
        published: word("datePublished")
            .or_else(|| word("dateCreated"))
            .or_else(|| word("uploadDate")),
        modified: word("dateModified"),
    }
}

/// Character references in linked data, which should have none but often does.
fn html_words(s: &str) -> String {
    if !s.contains('&') {
        return s.to_owned();
    }
    let page = super::page::page(s);
    clean(&page.text)
}
