//! Claims as comma-separated values, a row a claim.

use std::io::Write;

use anyhow::Result;
use sayso_model::{Claim, CodePoints};

use super::{Read, flat, roles, who};

pub fn csv(out: &mut dyn Write, read: &[Read], wanted: &dyn Fn(&&Claim) -> bool) -> Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record([
        "id",
        "document",
        "from",
        "published",
        "frame",
        "low",
        "best",
        "high",
        "exactness",
        "unit",
        "currency",
        "thing",
        "figure_text",
        "roles",
        "source",
        "origin",
        "origin_kind",
        "polarity",
        "modality",
        "hedge",
        "place",
        "as_of",
        "event_time",
        "due",
        "part_of",
        "start",
        "end",
        "sentence",
    ])?;
    for Read {
        document, claims, ..
    } in read
    {
        let points = CodePoints::new(&document.text);
        for claim in claims.iter().filter(wanted) {
            let figure = claim.figure.as_ref();
            let number = |d: Option<sayso_model::Decimal>| {
                d.map(|d| d.normalize().to_string()).unwrap_or_default()
            };
            let when = |w: &Option<sayso_model::When>| {
                w.as_ref().map(|w| w.value.clone()).unwrap_or_default()
            };
            let (start, end) = points.span(figure.map_or(claim.sentence, |f| f.span));
            writer.write_record([
                claim.id.to_string(),
                claim.document.to_string(),
                document.from.clone().unwrap_or_default(),
                document
                    .published
                    .as_ref()
                    .map(|p| p.value.clone())
                    .unwrap_or_default(),
                claim.frame.clone(),
                number(figure.and_then(|f| f.low)),
                number(figure.and_then(|f| f.best)),
                number(figure.and_then(|f| f.high)),
                figure
                    .map(|f| f.exactness.as_str().to_owned())
                    .unwrap_or_default(),
                figure.and_then(|f| f.unit.clone()).unwrap_or_default(),
                figure.and_then(|f| f.currency.clone()).unwrap_or_default(),
                figure
                    .and_then(|f| f.thing.as_ref())
                    .map(|t| flat(&t.text))
                    .unwrap_or_default(),
                figure.map(|f| flat(&f.text)).unwrap_or_default(),
                flat(&roles(claim)),
                flat(&who(claim)),
                claim
                    .origin()
                    .map(|o| flat(o.entity.as_deref().unwrap_or(&o.source.text)))
                    .unwrap_or_default(),
                claim
                    .origin()
                    .map(|o| o.kind.as_str().to_owned())
                    .unwrap_or_default(),
                claim.polarity.as_str().to_owned(),
                claim.modality.as_str().to_owned(),
                claim
                    .hedge
                    .as_ref()
                    .map(|h| h.text.clone())
                    .unwrap_or_default(),
                claim
                    .place
                    .as_ref()
                    .map(|p| p.text.clone())
                    .unwrap_or_default(),
                when(&claim.as_of),
                when(&claim.event_time),
                when(&claim.due),
                claim.part_of.map(|p| p.to_string()).unwrap_or_default(),
                start.to_string(),
                end.to_string(),
                flat(document.words(claim.sentence)),
            ])?;
        }
    }
    writer.flush()?;
    Ok(())
}
