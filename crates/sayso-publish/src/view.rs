//! The dossier numbered and named: claims, sources and findings in the order in which the page tells them.

use std::collections::{BTreeSet, HashMap};

use sayso_model::{
    Claim, ClaimId, CodePoints, Dossier, DossierEntry, Finding, Severity, SourceKind,
};

use crate::words;

/// A claim with its number and its sources.
pub struct ClaimView<'a> {
    /// Number on the page, from 1.
    pub number: usize,
    /// Index of its document.
    pub document: usize,
    /// The claim.
    pub claim: &'a Claim,
    /// Its origin: index into [`View::sources`].
    pub origin: usize,
    /// Those who relay it, outermost first.
    pub relays: Vec<usize>,
}

impl ClaimView<'_> {
    /// Id of its row in the table of claims.
    pub fn row(&self) -> String {
        format!("claim-{}", self.number)
    }

    /// Id of its words in its document.
    pub fn said(&self) -> String {
        format!("said-{}", self.number)
    }
}

/// A source and the claims that come from it.
pub struct SourceView {
    /// Its name.
    pub name: String,
    /// What kind of source; for an outlet's own voice [`SourceKind::Own`].
    pub kind: SourceKind,
    /// Claims that come from it, by index.
    pub origin_of: Vec<usize>,
    /// Claims that it relays, by index.
    pub relays: Vec<usize>,
}

/// A finding with its number.
pub struct FindingView<'a> {
    /// Number on the page, from 1.
    pub number: usize,
    /// Index of its document.
    pub document: usize,
    /// The finding.
    pub finding: &'a Finding,
}

impl FindingView<'_> {
    /// Id of the finding in its section.
    pub fn id(&self) -> String {
        format!("finding-{}", self.number)
    }

    /// Id of the words it is about.
    pub fn words(&self) -> String {
        format!("found-{}", self.number)
    }
}

/// The dossier as the page tells it.
pub struct View<'a> {
    /// Title.
    pub title: &'a str,
    /// Its documents in order of publication, those without a date last.
    pub documents: Vec<&'a DossierEntry>,
    /// Index of the text of each document.
    pub points: Vec<CodePoints>,
    /// Every claim, in order of document and text.
    pub claims: Vec<ClaimView<'a>>,
    /// Every source, those with most claims first.
    pub sources: Vec<SourceView>,
    /// Every finding, the gravest first.
    pub findings: Vec<FindingView<'a>>,
    /// Ids of words that are anchored in the documents' texts; set once those are made.
    pub placed: BTreeSet<String>,
    by_id: HashMap<ClaimId, usize>,
}

impl<'a> View<'a> {
    /// Numbers and names what is in a dossier.
    pub fn new(dossier: &'a Dossier) -> View<'a> {
        let mut sources = Sources::default();
        let mut claims: Vec<ClaimView<'a>> = Vec::new();
        let mut findings = Vec::new();
        let mut documents: Vec<&DossierEntry> = dossier.documents.iter().collect();
        documents.sort_by_key(|d| {
            let day = d.document.published.as_ref().map(|p| p.date);
            (day.is_none(), day)
        });
        for (document, &entry) in documents.iter().enumerate() {
            let mut of_document: Vec<&Claim> = entry.claims.iter().collect();
            of_document.sort_by_key(|c| (c.sentence, c.figure.as_ref().map(|f| f.span), c.id));
            for claim in of_document {
                let index = claims.len();
                let (origin, relays) = sources.chain(entry, claim, index);
                claims.push(ClaimView {
                    number: index + 1,
                    document,
                    claim,
                    origin,
                    relays,
                });
            }
            findings.extend(entry.findings.iter().map(|f| (document, f)));
        }
        findings.sort_by_key(|&(document, f)| (std::cmp::Reverse(f.severity), document, f.span));
        let by_id = claims.iter().map(|c| (c.claim.id, c.number - 1)).collect();
        let mut view = View {
            title: &dossier.title,
            points: documents
                .iter()
                .map(|d| CodePoints::new(&d.document.text))
                .collect(),
            documents,
            claims,
            sources: sources.list,
            findings: findings
                .into_iter()
                .enumerate()
                .map(|(i, (document, finding))| FindingView {
                    number: i + 1,
                    document,
                    finding,
                })
                .collect(),
            placed: BTreeSet::new(),
            by_id,
        };
        view.order_sources();
        view
    }

    fn order_sources(&mut self) {
        let mut order: Vec<usize> = (0..self.sources.len()).collect();
        let key = |s: &SourceView| {
            let own = s.kind == SourceKind::Own;
            (
                own,
                std::cmp::Reverse(s.origin_of.len()),
                s.name.to_lowercase(),
            )
        };
        order.sort_by_key(|&i| key(&self.sources[i]));
        let mut place = vec![0; order.len()];
        for (new, &old) in order.iter().enumerate() {
            place[old] = new;
        }
        self.sources.sort_by_key(key);
        for claim in &mut self.claims {
            claim.origin = place[claim.origin];
            claim.relays.iter_mut().for_each(|r| *r = place[*r]);
        }
    }

    /// The claim of this id.
    pub fn claim(&self, id: ClaimId) -> Option<&ClaimView<'a>> {
        self.by_id.get(&id).and_then(|&i| self.claims.get(i))
    }

    /// Where a claim's words are: a link to them, or to their document where they lie in none of its parts.
    pub fn to_said(&self, c: &ClaimView<'_>) -> String {
        self.to(c.said(), c.document)
    }

    /// As [`View::to_said`], for an id of words of a document.
    pub fn to(&self, id: String, document: usize) -> String {
        if self.placed.contains(&id) {
            format!("#{id}")
        } else {
            format!("#document-{}", document + 1)
        }
    }

    /// Headline of a document, else where it came from.
    pub fn document_title(&self, document: usize) -> &str {
        let d = &self.documents[document].document;
        d.title
            .as_ref()
            .map(|t| t.text.as_str())
            .or_else(|| d.from.as_deref().map(file_name))
            .unwrap_or("Untitled document")
    }

    /// The outlet of a document, else its headline.
    pub fn outlet(&self, document: usize) -> &str {
        outlet(self.documents[document])
    }

    /// How many findings are of this severity.
    pub fn severity(&self, severity: Severity) -> usize {
        self.findings
            .iter()
            .filter(|f| f.finding.severity == severity)
            .count()
    }

    /// How many sources at least one claim comes from.
    pub fn origins(&self) -> usize {
        self.sources
            .iter()
            .filter(|s| !s.origin_of.is_empty())
            .count()
    }

    /// What a claim is about, in a few words: "Killed or injured: North Korean troops".
    pub fn about(&self, claim: &Claim) -> String {
        let frame = words::name(&claim.frame);
        let first_role = || roles(claim).first().map(|r| r.1);
        match thing(claim).or_else(first_role) {
            Some(thing) => format!("{frame}: {}", words::brief(thing, 80)),
            None => frame,
        }
    }
}

/// The words for what a claim counts.
pub fn thing(claim: &Claim) -> Option<&str> {
    let counted = claim.figure.as_ref().and_then(|f| f.thing.as_ref());
    counted.map(|p| p.text.as_str())
}

/// The roles of a claim apart from what it counts: their names and words.
pub fn roles(claim: &Claim) -> Vec<(&str, &str)> {
    let counted = claim.figure.as_ref().and_then(|f| f.thing.as_ref());
    claim
        .roles
        .iter()
        .flat_map(|(role, fillers)| fillers.iter().map(move |f| (role.as_str(), &f.phrase)))
        .filter(|(_, p)| counted.is_none_or(|c| !c.span.overlaps(p.span)))
        .map(|(role, p)| (role, p.text.as_str()))
        .collect()
}

fn outlet(entry: &DossierEntry) -> &str {
    let d = &entry.document;
    d.outlet
        .as_ref()
        .map(|o| o.text.as_str())
        .or_else(|| d.from.as_deref().map(file_name))
        .unwrap_or("the document itself")
}

/// An address as it is; of a path the file's name alone, since the folders of who published are nobody's business.
pub fn file_name(from: &str) -> &str {
    if from.contains("://") {
        return from;
    }
    from.rsplit(['/', '\\'])
        .find(|part| !part.is_empty())
        .unwrap_or(from)
}

/// Sources by name: the entity they were resolved to, else their words.
#[derive(Default)]
struct Sources {
    list: Vec<SourceView>,
    by_name: HashMap<String, usize>,
}

impl Sources {
    fn named(&mut self, name: &str, kind: SourceKind) -> usize {
        let key = name.to_lowercase();
        if let Some(&known) = self.by_name.get(&key) {
            return known;
        }
        self.list.push(SourceView {
            name: name.to_owned(),
            kind,
            origin_of: Vec::new(),
            relays: Vec::new(),
        });
        self.by_name.insert(key, self.list.len() - 1);
        self.list.len() - 1
    }

    fn chain(&mut self, entry: &DossierEntry, claim: &Claim, index: usize) -> (usize, Vec<usize>) {
        let mut links: Vec<usize> = claim
            .attribution
            .iter()
            .filter(|l| l.kind != SourceKind::Own)
            .map(|l| {
                let words = words::brief(&l.source.text, 90);
                self.named(l.entity.as_deref().unwrap_or(&words), l.kind)
            })
            .collect();
        let origin = links
            .pop()
            .unwrap_or_else(|| self.named(outlet(entry), SourceKind::Own));
        self.list[origin].origin_of.push(index);
        for &relay in &links {
            self.list[relay].relays.push(index);
        }
        (origin, links)
    }
}
