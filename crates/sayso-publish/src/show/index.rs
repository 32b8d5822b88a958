//! What stands where and what hangs together, looked up once for the whole page.

use std::collections::HashMap;

use sayso_model::{ClaimId, Relation, Span, Text};

use super::Shown;

/// Look-ups over what is shown; numbers are indexes.
pub struct Index {
    /// Figures by their words.
    pub figures: HashMap<Span<Text>, usize>,
    /// Places by their words.
    pub places: HashMap<Span<Text>, usize>,
    /// Claims by id.
    pub claims: HashMap<ClaimId, usize>,
    /// The relations of each figure.
    pub relations: HashMap<usize, Vec<Relation>>,
}

impl Index {
    /// Of what is shown.
    pub fn new(shown: &Shown<'_>) -> Index {
        let mut relations: HashMap<usize, Vec<Relation>> = HashMap::new();
        for r in shown.relations {
            relations.entry(r.from as usize).or_default().push(*r);
            if r.to != r.from {
                relations.entry(r.to as usize).or_default().push(*r);
            }
        }
        let figures = shown.figures.iter().enumerate();
        let places = shown.places.iter().enumerate();
        let claims = shown.claims.iter().enumerate();
        Index {
            figures: figures.map(|(i, f)| (f.span, i)).collect(),
            places: places.map(|(i, p)| (p.span, i)).collect(),
            claims: claims.map(|(i, c)| (c.id, i)).collect(),
            relations,
        }
    }
}
