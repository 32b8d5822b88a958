//! A dossier made by hand: an invented ferry, invented outlets. Every span is found by its words.

use std::collections::BTreeMap;

use sayso_model::{
    Act, Cell, Claim, Count, Date, Decimal, Document, DocumentId, Dossier, DossierEntry, Evidence,
    Exactness, Figure, FigureKind, Finding, Located, Modality, Part, PartKind, Phrase, PlaceRef,
    Polarity, Published, Quote, Severity, SourceKind, SourceLink, SourceMap, Span, Text, Timex,
    TimexKind, When,
};

/// A document under construction.
pub struct Making {
    entry: DossierEntry,
}

/// Who says a claim, outermost relay first: words, name, kind.
pub type Chain<'a> = &'a [(&'a str, &'a str, SourceKind)];

impl Making {
    pub fn new(outlet: &str, date: Date, title: &str) -> Making {
        let mut making = Making {
            entry: DossierEntry {
                document: Document {
                    id: DocumentId::of(title.as_bytes()),
                    from: Some(format!(
                        "{}.html",
                        title.split(' ').next().unwrap_or("x").to_lowercase()
                    )),
                    title: None,
                    byline: None,
                    outlet: Some(Located {
                        text: outlet.into(),
                        span: None,
                    }),
                    published: Some(Published {
                        date,
                        value: date.to_string(),
                        found_in: "given".into(),
                        span: None,
                    }),
                    language: Some("en".into()),
                    text: String::new(),
                    parts: Vec::new(),
                    map: SourceMap::default(),
                    troubles: Vec::new(),
                },
                claims: Vec::new(),
                findings: Vec::new(),
                times: Vec::new(),
            },
        };
        let span = making.part(PartKind::Title, title);
        making.entry.document.title = Some(Located {
            text: title.into(),
            span: Some(span),
        });
        making
    }

    pub fn part(&mut self, kind: PartKind, words: &str) -> Span<Text> {
        let text = &mut self.entry.document.text;
        let start = text.len() as u32;
        text.push_str(words);
        let span = Span::new(start, text.len() as u32);
        text.push_str("\n\n");
        self.entry.document.parts.push(Part { span, kind });
        span
    }

    pub fn row(&mut self, table: u32, row: u32, cells: &[&str]) {
        for (column, words) in cells.iter().enumerate() {
            let cell = Cell {
                table,
                row,
                column: column as u32,
                header: row == 0,
            };
            self.part(PartKind::Cell(cell), words);
        }
    }

    /// The last place at which the words stand.
    pub fn find(&self, words: &str) -> Span<Text> {
        let at = self
            .entry
            .document
            .text
            .rfind(words)
            .unwrap_or_else(|| panic!("no {words:?}"));
        Span::new(at as u32, (at + words.len()) as u32)
    }

    pub fn within(&self, outer: &str, words: &str) -> Span<Text> {
        let start = self.find(outer).start;
        let joined = |i: &usize| outer[..*i].ends_with(|c: char| c.is_alphanumeric());
        let mut places = outer.match_indices(words).map(|m| m.0);
        let at = places.find(|i| !joined(i));
        let at = at.unwrap_or_else(|| panic!("no {words:?} in {outer:?}")) as u32;
        Span::new(start + at, start + at + words.len() as u32)
    }

    fn phrase(&self, span: Span<Text>, head: &str) -> Phrase {
        Phrase {
            span,
            text: span.of(&self.entry.document.text).into(),
            head: head.into(),
        }
    }

    /// A claim of `frame`: in `sentence`, `figure` (its words and its numbers) counts `thing`.
    pub fn claim(
        &mut self,
        sentence: &str,
        frame: &str,
        (figure, low, best, high): (&str, Option<i64>, Option<i64>, Option<i64>),
        (thing, head): (&str, &str),
        chain: Chain<'_>,
        as_of: Date,
    ) -> &mut Claim {
        let document = self.entry.document.id;
        let sentence_span = self.find(sentence);
        let number = |n: Option<i64>| n.map(Decimal::from);
        let thing = (!thing.is_empty()).then(|| self.phrase(self.within(sentence, thing), head));
        let figure = Figure {
            span: self.within(sentence, figure),
            text: figure.into(),
            low: number(low),
            best: number(best),
            high: number(high),
            low_open: figure.starts_with("more than"),
            high_open: false,
            exactness: if figure.starts_with("about") {
                Exactness::Approximate
            } else {
                Exactness::Exact
            },
            kind: if figure.starts_with('€') {
                FigureKind::Money
            } else {
                FigureKind::Cardinal
            },
            unit: None,
            currency: figure.starts_with('€').then(|| "EUR".into()),
            per: Vec::new(),
            change: None,
            thing,
            concepts: Vec::new(),
        };
        let attribution = chain
            .iter()
            .map(|(words, name, kind)| SourceLink {
                source: self.phrase(self.find(words), "x"),
                entity: Some((*name).into()).filter(|n: &String| !n.is_empty()),
                cue: None,
                kind: *kind,
                act: Act::Speech,
                country: None,
            })
            .collect();
        let when = |date: Date| When {
            value: date.to_string(),
            interval: Some((date, date)),
            span: None,
        };
        let published = self.entry.document.published.as_ref().map(|p| when(p.date));
        let roles = BTreeMap::new();
        self.entry.claims.push(Claim {
            id: Claim::identify(document, frame, sentence_span, None, Some(&figure), &roles),
            document,
            frame: frame.into(),
            roles,
            figure: Some(figure),
            part_of: None,
            count: Some(Count::Cumulative),
            main: false,
            historic: false,
            attribution,
            quote: Quote::Indirect,
            polarity: Polarity::Affirmed,
            modality: Modality::Asserted,
            hedge: None,
            due: None,
            as_of: Some(when(as_of)),
            event_time: None,
            said_at: None,
            published,
            place: None,
            trigger: None,
            sentence: sentence_span,
            cell: None,
            why: Vec::new(),
        });
        self.entry.claims.last_mut().unwrap()
    }

    pub fn finding(
        &mut self,
        code: &'static str,
        severity: Severity,
        message: &str,
        words: &str,
        evidence: Vec<Evidence>,
        help: Option<&str>,
    ) {
        let span = self.find(words);
        self.entry.findings.push(Finding {
            code,
            severity,
            message: message.into(),
            span,
            evidence,
            help: help.map(str::to_owned),
        });
    }

    pub fn time(&mut self, words: &str, date: Date) {
        let span = self.find(words);
        self.entry.times.push(Timex {
            span,
            kind: TimexKind::Date,
            value: date.to_string(),
            modifier: None,
            relation: None,
            interval: Some((date, date)),
            flaw: None,
            ucdp: None,
        });
    }

    pub fn done(self) -> DossierEntry {
        self.entry
    }
}

fn d(month: i8, day: i8) -> Date {
    Date::constant(2031, month, day)
}

fn place(making: &Making, words: &str) -> PlaceRef {
    PlaceRef {
        text: words.into(),
        id: None,
        span: making.find(words),
    }
}

const GUARD: (&str, &str, SourceKind) = (
    "the Coast Guard",
    "Skerry Coast Guard",
    SourceKind::Official,
);
const BOARD: (&str, &str, SourceKind) =
    ("Harbour Board", "Åsvik Harbour Board", SourceKind::Official);
const UNION: (&str, &str, SourceKind) =
    ("the Seamen’s Union", "Seamen’s Union", SourceKind::Person);

/// The story of the ferry Kestrel in four documents.
pub fn dossier() -> Dossier {
    Dossier {
        title: "The loss of the ferry Kestrel off Åsvik".into(),
        documents: vec![first_night(), wire_copy(), a_week_on(), accounts()],
    }
}

fn first_night() -> DossierEntry {
    let mut m = Making::new(
        "The Skerry Courier (sample)",
        d(3, 4),
        "Ferry Kestrel sinks off Åsvik in gale",
    );
    m.part(PartKind::Chrome, "Home · Shipping · Tides · Subscribe");
    m.part(PartKind::Byline, "By Ingrid Strand");
    m.part(PartKind::Paragraph, "The ferry Kestrel went down two miles off Åsvik late on 3 March 2031. At least 12 passengers drowned, the Coast Guard said on Tuesday, and about 40 were missing.");
    m.part(PartKind::Paragraph, "The Harbour Board put the missing at 35 to 45. “We do not know how many were aboard,” said its chair, <Olaf & Sons> agent Olaf Strand.");
    m.part(PartKind::Heading(5), "What is known");
    m.part(
        PartKind::ListItem,
        "Aboard: 120 passengers by the manifest.",
    );
    m.part(PartKind::ListItem, "Crew: 9 sailors, all saved.");
    m.part(PartKind::Caption, "The pier at Åsvik on Tuesday morning.");
    m.part(PartKind::Credit, "Photograph: Skerry Courier");
    let s = "At least 12 passengers drowned, the Coast Guard said on Tuesday, and about 40 were missing.";
    let at = place(&m, "Åsvik late").text;
    let where_ = PlaceRef {
        text: "Åsvik".into(),
        id: None,
        span: m.within(&at, "Åsvik"),
    };
    m.claim(
        s,
        "drowned",
        ("At least 12", Some(12), None, None),
        ("passengers", "passenger"),
        &[GUARD],
        d(3, 4),
    )
    .place = Some(where_);
    m.claim(
        s,
        "missing",
        ("about 40", Some(40), Some(40), Some(40)),
        ("", ""),
        &[GUARD],
        d(3, 4),
    );
    m.claim(
        "The Harbour Board put the missing at 35 to 45.",
        "missing",
        ("35 to 45", Some(35), None, Some(45)),
        ("", ""),
        &[BOARD],
        d(3, 4),
    );
    m.claim(
        "Aboard: 120 passengers by the manifest.",
        "aboard",
        ("120", Some(120), Some(120), Some(120)),
        ("passengers", "passenger"),
        &[],
        d(3, 4),
    );
    m.time("3 March 2031", d(3, 3));
    m.time("Tuesday, and", d(3, 4));
    m.done()
}

fn wire_copy() -> DossierEntry {
    let mut m = Making::new(
        "Morning Ledger (sample)",
        d(3, 5),
        "Twelve feared drowned as ferry sinks",
    );
    m.part(PartKind::Paragraph, "At least 12 passengers drowned when the Kestrel sank, the Skerry Courier reported, citing the Coast Guard. The Seamen’s Union denied that the crew had left first: the Seamen’s Union said 18 passengers drowned.");
    m.part(
        PartKind::Quotation,
        "Nobody counted them on and nobody counted them off.",
    );
    m.part(PartKind::Question, "Was the weather known?");
    m.part(
        PartKind::Answer,
        "Yes. A gale was forecast on 2 March 2031. The next sailing is planned for April.",
    );
    let courier = (
        "the Skerry Courier",
        "The Skerry Courier (sample)",
        SourceKind::Outlet,
    );
    m.claim("At least 12 passengers drowned when the Kestrel sank, the Skerry Courier reported, citing the Coast Guard.", "drowned", ("At least 12", Some(12), None, None), ("passengers", "passenger"), &[courier, GUARD], d(3, 4));
    let c = m.claim("The Seamen’s Union denied that the crew had left first: the Seamen’s Union said 18 passengers drowned.", "drowned", ("18", Some(18), Some(18), Some(18)), ("passengers", "passenger"), &[UNION], d(3, 5));
    c.modality = Modality::Hedged;
    m.time("2 March 2031", d(3, 2));
    m.done()
}

fn a_week_on() -> DossierEntry {
    let mut m = Making::new(
        "Northern Wire (sample)",
        d(3, 11),
        "Kestrel: the count a week on",
    );
    m.part(PartKind::Paragraph, "The Coast Guard said on 10 March 2031 that 31 passengers drowned and 24 are missing, which it put at 56 in all.");
    m.part(PartKind::Paragraph, "The Harbour Board counts 29 passengers drowned as of 9 March 2031; more than 33 passengers drowned by 11 March 2031, the Seamen’s Union said.");
    m.part(PartKind::Caption, "Passengers drowned, by who counts");
    m.row(0, 0, &["Who counts", "Day", "Drowned"]);
    m.row(0, 1, &["Skerry Coast Guard", "10 March", "31"]);
    m.row(0, 2, &["Åsvik Harbour Board", "9 March", "29"]);
    m.part(PartKind::SourceEntry, "Skerry Coast Guard, notice 14");
    m.part(PartKind::SourceEntry, "Åsvik Harbour Board, minutes");
    let s = "The Coast Guard said on 10 March 2031 that 31 passengers drowned and 24 are missing, which it put at 56 in all.";
    let guard = ("The Coast Guard", GUARD.1, GUARD.2);
    m.claim(
        s,
        "drowned",
        ("31", Some(31), Some(31), Some(31)),
        ("passengers", "passenger"),
        &[guard],
        d(3, 10),
    );
    m.claim(
        s,
        "missing",
        ("24", Some(24), Some(24), Some(24)),
        ("", ""),
        &[guard],
        d(3, 10),
    );
    let s = "The Harbour Board counts 29 passengers drowned as of 9 March 2031; more than 33 passengers drowned by 11 March 2031, the Seamen’s Union said.";
    m.claim(
        s,
        "drowned",
        ("29", Some(29), Some(29), Some(29)),
        ("passengers", "passenger"),
        &[BOARD],
        d(3, 9),
    );
    m.claim(
        s,
        "drowned",
        ("more than 33", Some(33), None, None),
        ("passengers", "passenger"),
        &[UNION],
        d(3, 11),
    );
    m.claim(
        "31",
        "drowned",
        ("31", Some(31), Some(31), Some(31)),
        ("", ""),
        &[("Skerry Coast Guard", GUARD.1, GUARD.2)],
        d(3, 10),
    )
    .part_of = None;
    let first = m.entry.claims[0].clone();
    let evidence = vec![
        Evidence::Words {
            span: m.within(s, "29 passengers drowned"),
            note: "another count in the same document".into(),
        },
        Evidence::Claim {
            id: first.id,
            span: first.sentence,
            note: "31 drowned".into(),
        },
        Evidence::Reckoning {
            note: "31 + 24 = 55, not 56".into(),
        },
        Evidence::Entry {
            entry: "core/sums".into(),
            note: "A total is the sum of its parts.".into(),
            source: vec!["https://example.org/sums".into()],
            verified: true,
        },
    ];
    m.finding(
        "A001",
        Severity::Error,
        "the parts come to 55, not 56",
        "56 in all",
        evidence,
        Some("give the total that the parts make, or say what else it counts"),
    );
    m.finding(
        "S001",
        Severity::Information,
        "two counts of the drowned stand in one document",
        "29 passengers drowned as of 9 March 2031; more than 33",
        vec![],
        None,
    );
    for (words, day) in [
        ("10 March 2031", 10),
        ("9 March 2031;", 9),
        ("11 March 2031", 11),
    ] {
        m.time(words, d(3, day));
    }
    m.done()
}

fn accounts() -> DossierEntry {
    let mut m = Making::new(
        "The Skerry Courier (sample)",
        d(4, 2),
        "What the Kestrel’s owners will pay",
    );
    m.part(
        PartKind::Paragraph,
        "The owners offered €4,000 to each family. The Seamen’s Union asked for €25,000.",
    );
    m.claim(
        "The owners offered €4,000 to each family.",
        "pay",
        ("€4,000", Some(4000), Some(4000), Some(4000)),
        ("", ""),
        &[("The owners", "", SourceKind::Person)],
        d(4, 2),
    );
    m.claim(
        "The Seamen’s Union asked for €25,000.",
        "pay",
        ("€25,000", Some(25000), Some(25000), Some(25000)),
        ("", ""),
        &[("The Seamen’s Union", UNION.1, UNION.2)],
        d(4, 2),
    );
    m.finding(
        "F001",
        Severity::Warning,
        "two sums for the same thing",
        "€25,000",
        vec![],
        None,
    );
    m.done()
}
