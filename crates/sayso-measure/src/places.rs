//! Places named in a document, as the entity recogniser marks them; countries are resolved by the packs.

use sayso_model::{Place, Span};
use sayso_packs::Packs;
use sayso_parse::{EntityType, Parse};

/// Places in order of the text. Only countries and their adjectives are resolved; other names stay as written.
pub(crate) fn places(text: &str, parse: &Parse, packs: &Packs) -> Vec<Place> {
    let mut out = Vec::new();
    for e in &parse.entities {
        let kind = match e.label {
            EntityType::Gpe => "populated",
            EntityType::Loc => "location",
            EntityType::Fac => "facility",
            EntityType::Norp => "nationality",
            _ => continue,
        };
        let mut tokens = e.tokens.clone();
        while tokens.start + 1 < tokens.end && parse.lower(tokens.start) == "the" {
            tokens.start += 1;
        }
        while tokens.start + 1 < tokens.end
            && matches!(parse.lower(tokens.end - 1), "'s" | "'" | ",")
        {
            tokens.end -= 1;
        }
        let bytes = parse.bytes(tokens);
        let Some(name) = text.get(bytes.start as usize..bytes.end as usize) else {
            continue;
        };
        let country = packs.countries(&name.to_lowercase()).next();
        // A nationality that no country has ("Catholic") is no place.
        if e.label == EntityType::Norp && country.is_none() {
            continue;
        }
        let code = country.map(|c| c.code.clone()).filter(|c| !c.is_empty());
        out.push(Place {
            span: Span::new(bytes.start, bytes.end),
            name: country.map_or_else(|| name.to_owned(), |c| c.name.clone()),
            id: code.as_ref().map(|c| format!("iso:{c}")),
            lat: None,
            lon: None,
            kind: Some(
                match (e.label, country) {
                    (EntityType::Norp, _) => "nationality",
                    (_, Some(_)) => "country",
                    _ => kind,
                }
                .to_owned(),
            ),
            region: None,
            country: code,
            alternatives: Vec::new(),
        });
    }
    out
}
