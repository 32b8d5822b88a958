//! Places named in a document, resolved or not.

use crate::{Span, Text};

/// A place name and what it was resolved to.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Where it stands.
    pub span: Span<Text>,
    /// Name in the gazetteer; the words themselves where it is not resolved.
    pub name: String,
    /// `geonames:NNN` or `iso:XX`, if resolved.
    pub id: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// `country`, `region`, `city`, `nationality`, …
    pub kind: Option<String>,
    /// First-level region that holds it.
    pub region: Option<String>,
    /// ISO 3166-1 alpha-2 code of the country.
    pub country: Option<String>,
    /// Other candidates, best first.
    pub alternatives: Vec<PlaceAlternative>,
}

/// Another place of the same name.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceAlternative {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Score, between 0 and 1.
    pub score: f64,
}
