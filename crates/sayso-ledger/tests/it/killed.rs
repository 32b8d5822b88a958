//! A writer killed at any instant leaves a ledger that opens clean and holds whole documents only.

use std::process::{Command, Stdio};
use std::time::Duration;

use jiff::Timestamp;
use sayso_ledger::{Added, AsOf, Ledger, Mode};

use crate::folder;
use crate::sample::{extractor, report};

const DOCUMENTS: u32 = 60;
const SENTENCES: u32 = 150;
const PATH: &str = "SAYSO_TEST_KILLED_LEDGER";

/// Not a test of its own: the process that is killed.
#[test]
fn child_adds_until_it_is_killed() {
    let Some(path) = std::env::var_os(PATH) else {
        return;
    };
    let mut ledger = Ledger::open(path.as_ref(), Mode::Create).unwrap();
    for n in 0..DOCUMENTS {
        let sample = report(n, SENTENCES);
        ledger
            .add(&sample.entry(), &extractor("1"), Timestamp::UNIX_EPOCH)
            .unwrap();
    }
}

#[test]
fn a_killed_writer_leaves_whole_documents_and_a_rerun_completes_them() {
    let folder = folder("killed");
    let mut reached = Vec::new();
    for round in 0..10u64 {
        let path = folder.join(format!("{round}.ledger"));
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "killed::child_adds_until_it_is_killed"])
            .env(PATH, &path)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        // From before the file is made to well into the work.
        std::thread::sleep(Duration::from_millis(1 + round * round * 7));
        child.kill().unwrap();
        child.wait().unwrap();

        let mut ledger = Ledger::open(&path, Mode::Create).unwrap();
        let found = ledger.dossier("t", AsOf::default()).unwrap().documents;
        for entry in &found {
            assert_eq!(entry.claims.len() as u32, SENTENCES);
            assert_eq!((entry.findings.len(), entry.times.len()), (1, 1));
            assert!(ledger.capture(entry.document.id).unwrap().is_some());
        }
        let hits = ledger.search("harbour", AsOf::default(), 1000).unwrap();
        assert_eq!(hits.len(), found.len());
        let whole: String = rusqlite::Connection::open(&path)
            .unwrap()
            .query_row("PRAGMA integrity_check", [], |r| r.get(0))
            .unwrap();
        assert_eq!(whole, "ok");

        let sample = report(found.len() as u32, SENTENCES);
        if (found.len() as u32) < DOCUMENTS {
            let added = ledger.add(&sample.entry(), &extractor("1"), Timestamp::UNIX_EPOCH);
            assert_eq!(added.unwrap(), Added::New);
        }
        reached.push(found.len());
    }
    assert!(
        reached.iter().any(|&n| n > 0 && n < DOCUMENTS as usize),
        "no kill fell in the middle of the work: {reached:?}"
    );
}
