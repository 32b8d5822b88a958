//! What always holds: what goes in comes out, twice is once, nothing changes, the past stays as it was.

use jiff::Timestamp;
use sayso_ledger::{Added, AsOf, Filter, Ledger, Mode};
use sayso_model::{Date, Decimal};

use crate::folder;
use crate::sample::{extractor, report};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn what_goes_in_comes_out() {
    let path = folder("roundtrip").join("a.ledger");
    let (first, second) = (report(1, 7), report(2, 3));
    let mut ledger = Ledger::open(&path, Mode::Create).unwrap();
    for sample in [&second, &first] {
        let added = ledger.add(&sample.entry(), &extractor("1"), at("2031-06-01T00:00:00Z"));
        assert_eq!(added.unwrap(), Added::New);
    }
    drop(ledger);
    let ledger = Ledger::open(&path, Mode::Read).unwrap();
    let dossier = ledger.dossier("Ferries", AsOf::default()).unwrap();
    assert_eq!(dossier.title, "Ferries");
    assert_eq!(dossier.documents.len(), 2);
    // In order of publication, not of adding.
    for (entry, sample) in dossier.documents.iter().zip([&first, &second]) {
        assert_eq!(entry.document, sample.document);
        assert_eq!(entry.claims, sample.claims);
        assert_eq!(entry.findings, sample.findings);
        assert_eq!(entry.times, sample.times);
    }
    assert_eq!(
        ledger.capture(first.capture.id).unwrap().as_ref(),
        Some(&first.capture)
    );
    let list = ledger.documents(AsOf::default()).unwrap();
    assert_eq!((list[0].claims, list[0].findings), (7, 1));
    assert_eq!(list[0].from.as_deref(), Some("report-1.txt"));
}

#[test]
fn adding_twice_changes_nothing() {
    let path = folder("twice").join("a.ledger");
    let sample = report(1, 5);
    let mut ledger = Ledger::open(&path, Mode::Create).unwrap();
    let mut add = |version: &str, time| {
        let added = ledger.add(&sample.entry(), &extractor(version), at(time));
        let dump: Vec<String> = [
            "capture",
            "reading",
            "claim",
            "entity",
            "finding",
            "extractor",
        ]
        .iter()
        .map(|t| format!("{t} {}", count(&path, t)))
        .collect();
        (added.unwrap(), dump)
    };
    let (added, once) = add("1", "2031-06-01T00:00:00Z");
    assert_eq!(added, Added::New);
    let (added, twice) = add("1", "2031-06-02T00:00:00Z");
    assert_eq!((added, &twice), (Added::Known, &once));
    let (added, reread) = add("2", "2031-06-03T00:00:00Z");
    assert_eq!(added, Added::Reread);
    assert_eq!(reread[0], once[0]);
    assert_eq!((&*once[1], &*reread[1]), ("reading 1", "reading 2"));
    // The older reading is still there, as of when it was recorded; only one is ever shown.
    let shown = ledger.documents(AsOf::default()).unwrap();
    assert_eq!(shown.len(), 1);
    assert_eq!(shown[0].recorded, "2031-06-03T00:00:00Z");
    let then = AsOf {
        recorded: Some(at("2031-06-02T23:59:59Z")),
        ..AsOf::default()
    };
    assert_eq!(
        ledger.documents(then).unwrap()[0].recorded,
        "2031-06-01T00:00:00Z"
    );
}

fn count(path: &std::path::Path, table: &str) -> i64 {
    rusqlite::Connection::open(path)
        .unwrap()
        .query_row(&format!("SELECT count(*) FROM {table}"), [], |r| r.get(0))
        .unwrap()
}

#[test]
fn nothing_in_it_can_be_changed_or_deleted_by_anyone() {
    let path = folder("append").join("a.ledger");
    let mut ledger = Ledger::open(&path, Mode::Create).unwrap();
    let sample = report(1, 2);
    let time = at("2031-06-01T00:00:00Z");
    ledger.add(&sample.entry(), &extractor("1"), time).unwrap();
    drop(ledger);
    // Another program, which sets none of our pragmas.
    let other = rusqlite::Connection::open(&path).unwrap();
    for table in [
        "capture",
        "reading",
        "claim",
        "entity",
        "finding",
        "extractor",
    ] {
        let column = if table == "entity" { "role" } else { "seq" };
        for change in [
            format!("UPDATE {table} SET {column} = {column}"),
            format!("DELETE FROM {table}"),
        ] {
            let error = other.execute(&change, []).unwrap_err().to_string();
            assert!(error.contains("only grows"), "{change}: {error}");
        }
    }
    let replaced = other.execute(
        "INSERT OR REPLACE INTO claim SELECT seq, reading, id, 'forged', first_day, last_day, low, high, json FROM claim",
        [],
    );
    assert_eq!(replaced.unwrap(), 0);
    drop(other);
    let ledger = Ledger::open(&path, Mode::Read).unwrap();
    assert_eq!(ledger.claims(&Filter::default()).unwrap(), sample.claims);
}

#[test]
fn the_past_stays_as_it_was() {
    let path = folder("past").join("a.ledger");
    let mut ledger = Ledger::open(&path, Mode::Create).unwrap();
    for n in 1..=4 {
        let recorded = at(&format!("2031-06-0{n}T12:00:00.75Z"));
        let sample = report(n, 2);
        ledger
            .add(&sample.entry(), &extractor("1"), recorded)
            .unwrap();
    }
    let seen = |as_of| ledger.documents(as_of).unwrap().len();
    for n in 1..=4 {
        let recorded = Some(at(&format!("2031-06-0{n}T12:00:01Z")));
        assert_eq!(
            seen(AsOf {
                recorded,
                published: None
            }),
            n
        );
        let published = Some(Date::constant(2031, 5, 1 + n as i8));
        assert_eq!(
            seen(AsOf {
                recorded: None,
                published
            }),
            n
        );
    }
    let dawn = Some(at("2031-05-31T00:00:00Z"));
    assert_eq!(
        seen(AsOf {
            recorded: dawn,
            published: None
        }),
        0
    );
}

#[test]
fn claims_are_found_by_frame_entity_day_and_number() {
    let path = folder("filter").join("a.ledger");
    let mut ledger = Ledger::open(&path, Mode::Create).unwrap();
    for n in 1..=3 {
        let sample = report(n, 6);
        ledger
            .add(&sample.entry(), &extractor("1"), at("2031-06-01T00:00:00Z"))
            .unwrap();
    }
    let number = |filter: Filter| ledger.claims(&filter).unwrap().len();
    let all = Filter::default;
    assert_eq!(number(all()), 18);
    assert_eq!(
        number(Filter {
            frames: vec!["idle".into()],
            ..all()
        }),
        9
    );
    assert_eq!(
        number(Filter {
            frames: vec!["idle".into(), "other".into()],
            ..all()
        }),
        18
    );
    assert_eq!(
        number(Filter {
            frames: vec!["sunk".into()],
            ..all()
        }),
        0
    );
    let board = Some("åsvik harbour board".to_owned().replace('å', "Å"));
    assert_eq!(
        number(Filter {
            entity: board,
            ..all()
        }),
        18
    );
    assert_eq!(
        number(Filter {
            entity: Some("FERRIES".into()),
            ..all()
        }),
        18
    );
    assert_eq!(
        number(Filter {
            entity: Some("coast guard".into()),
            ..all()
        }),
        0
    );
    let day = |d| Some(Date::constant(2031, 5, d));
    assert_eq!(
        number(Filter {
            from: day(3),
            ..all()
        }),
        12
    );
    assert_eq!(
        number(Filter {
            to: day(3),
            ..all()
        }),
        12
    );
    assert_eq!(
        number(Filter {
            from: day(3),
            to: day(3),
            ..all()
        }),
        6
    );
    let low = Some(Decimal::from(104));
    assert_eq!(number(Filter { low, ..all() }), 6);
    assert_eq!(number(Filter { high: low, ..all() }), 15);
    assert_eq!(
        number(Filter {
            limit: Some(4),
            ..all()
        }),
        4
    );
    let document = Some(report(2, 6).capture.id);
    let claims = ledger.claims(&Filter { document, ..all() }).unwrap();
    assert_eq!(claims, report(2, 6).claims);
}

#[test]
fn words_are_found_in_any_form_and_shown_in_their_place() {
    let path = folder("search").join("a.ledger");
    let mut ledger = Ledger::open(&path, Mode::Create).unwrap();
    let time = at("2031-06-01T00:00:00Z");
    for n in 1..=3 {
        ledger
            .add(&report(n, n).entry(), &extractor("1"), time)
            .unwrap();
        ledger
            .add(&report(n, n).entry(), &extractor("2"), time)
            .unwrap();
    }
    let find = |words| ledger.search(words, AsOf::default(), 10).unwrap();
    let hits = find("ferry asvik");
    assert_eq!(
        hits.len(),
        3,
        "one hit a document, whichever extractor read it"
    );
    let marked: Vec<&str> = hits[0]
        .snippet
        .iter()
        .filter(|p| p.1)
        .map(|p| p.0.as_str())
        .collect();
    assert!(marked.contains(&"ferries"), "{:?}", hits[0].snippet);
    assert_eq!(find("\"berth 2\"").len(), 1);
    assert_eq!(find("walrus").len(), 0);
    assert_eq!(find("ferry AND (").len(), 0);
    assert_eq!(find("\" * ").len(), 0);
}
