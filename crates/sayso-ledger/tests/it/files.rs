//! Files that are no ledger, or not now: one clear sentence each, and the file left as it was.

use std::fs;
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use sayso_ledger::{Added, AsOf, Ledger, Mode};

use crate::folder;
use crate::sample::{extractor, report};

fn why(path: &Path, mode: Mode) -> String {
    Ledger::open(path, mode).unwrap_err().to_string()
}

#[test]
fn what_is_not_a_ledger_is_said_to_be_none() {
    let folder = folder("bad");
    let text = folder.join("notes.txt");
    fs::write(&text, "Ferries lie idle in Åsvik.").unwrap();
    let other = folder.join("other.db");
    rusqlite::Connection::open(&other)
        .unwrap()
        .execute_batch("CREATE TABLE berth (n)")
        .unwrap();
    for path in [&text, &other] {
        let before = fs::read(path).unwrap();
        for mode in [Mode::Read, Mode::Write, Mode::Create] {
            assert_eq!(
                why(path, mode),
                format!("{} is not a ledger", path.display())
            );
        }
        assert_eq!(fs::read(path).unwrap(), before);
    }
    let none = folder.join("none.ledger");
    assert!(why(&none, Mode::Read).contains("there is no ledger at"));
    assert!(!none.exists());
    assert!(why(&folder.join("no/such/a.ledger"), Mode::Create).contains("folder does not exist"));
    assert!(why(&folder, Mode::Create).contains("it is a folder"));
    let empty = folder.join("empty.ledger");
    fs::write(&empty, "").unwrap();
    assert!(why(&empty, Mode::Read).contains("it is empty"));
    assert!(Ledger::open(&empty, Mode::Create).is_ok());
}

#[test]
fn a_newer_ledger_is_not_touched() {
    let path = folder("newer").join("a.ledger");
    drop(Ledger::open(&path, Mode::Create).unwrap());
    rusqlite::Connection::open(&path)
        .unwrap()
        .execute_batch("PRAGMA user_version = 9")
        .unwrap();
    let why = why(&path, Mode::Create);
    assert!(
        why.contains("written by a newer sayso (ledger version 9"),
        "{why}"
    );
}

#[test]
fn a_second_writer_waits_and_then_says_so_while_readers_read() {
    let path = folder("locked").join("a.ledger");
    let time = Timestamp::UNIX_EPOCH;
    let mut first = Ledger::open(&path, Mode::Create).unwrap();
    first
        .add(&report(1, 2).entry(), &extractor("1"), time)
        .unwrap();
    let patience = Duration::from_millis(50);
    let mut second = Ledger::open_within(&path, Mode::Write, patience).unwrap();
    let holder = rusqlite::Connection::open(&path).unwrap();
    holder.execute_batch("BEGIN IMMEDIATE").unwrap();
    let why = second.add(&report(2, 2).entry(), &extractor("1"), time);
    assert!(
        why.unwrap_err()
            .to_string()
            .contains("being written by another program")
    );
    let reader = Ledger::open_within(&path, Mode::Read, patience).unwrap();
    assert_eq!(reader.documents(AsOf::default()).unwrap().len(), 1);
    holder.execute_batch("ROLLBACK").unwrap();
    let again = second.add(&report(2, 2).entry(), &extractor("1"), time);
    assert_eq!(again.unwrap(), Added::New);
}

#[test]
fn a_damaged_ledger_is_an_error_and_no_panic() {
    let path = folder("damaged").join("a.ledger");
    let mut ledger = Ledger::open(&path, Mode::Create).unwrap();
    for n in 0..4 {
        let time = Timestamp::UNIX_EPOCH;
        ledger
            .add(&report(n, 40).entry(), &extractor("1"), time)
            .unwrap();
    }
    drop(ledger);
    let whole = fs::read(&path).unwrap();
    let mut errors = 0;
    for step in 1..60 {
        let mut bytes = whole.clone();
        if step % 3 == 0 {
            bytes.truncate(whole.len() * step / 60);
        } else {
            let at = whole.len() * step / 60;
            for byte in bytes.iter_mut().skip(at).take(700) {
                *byte ^= 0x5A;
            }
        }
        fs::write(&path, &bytes).unwrap();
        let read = Ledger::open(&path, Mode::Read)
            .and_then(|l| l.dossier("t", AsOf::default()).map(|d| (l, d)))
            .and_then(|(l, d)| l.capture(d.documents[0].document.id));
        errors += usize::from(read.is_err());
    }
    assert!(errors > 20, "{errors} of 59 damaged files were noticed");
}

#[test]
fn what_does_not_belong_together_is_refused() {
    let path = folder("refused").join("a.ledger");
    let mut ledger = Ledger::open(&path, Mode::Create).unwrap();
    let (one, two) = (report(1, 2), report(2, 2));
    let mut entry = one.entry();
    entry.claims = &two.claims;
    let why = ledger.add(&entry, &extractor("1"), Timestamp::UNIX_EPOCH);
    assert_eq!(
        why.unwrap_err().to_string(),
        "cannot add report-1.txt: a claim was read from another document"
    );
    let mut forged = one.capture.clone();
    forged.bytes.push(b'!');
    let mut entry = one.entry();
    entry.capture = &forged;
    assert!(
        ledger
            .add(&entry, &extractor("1"), Timestamp::UNIX_EPOCH)
            .is_err()
    );
    assert!(ledger.documents(AsOf::default()).unwrap().is_empty());
}
