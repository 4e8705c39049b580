//! The real program, killed while a silence runs and down over its deadline: when it starts again the silence has ended,
//! before anybody is heard.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use plenary_shared::draft::Role;
use plenary_shared::ids::{DraftId, Seq};
use plenary_shared::time::Timestamp;
use plenary_shared::wire::view::{Acknowledged, ClauseStatus, EntryView, Page, StatusView};
use plenary_tests::process::Process;
use serde_json::{Value, json};

const TEXT: &str = "# Declaration\n\n1. Decides to meet annually; {#op-1}\n";

fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    Timestamp(i64::try_from(since.as_millis()).unwrap())
}

fn submit(
    server: &Process,
    token: &str,
    draft: DraftId,
    act: &Value,
) -> Result<Acknowledged, String> {
    let path = format!("/api/v1/drafts/{draft}/acts");
    let answer = server.post(token, &path, None, act).unwrap();
    answer.map_err(|problem| problem.code)
}

/// A silence on op-1 with a deadline so many milliseconds from now, and the server killed while it runs. None if this
/// machine was too slow for that: the deadline came first.
fn killed_while_it_runs(
    data: &std::path::Path,
    milliseconds: i64,
) -> Option<(DraftId, String, Timestamp)> {
    let server = Process::start(data, &[]).unwrap();
    let secretariat = server.secretariat.clone().unwrap();
    let draft = server
        .convene(&secretariat, "Declaration", TEXT, &["AVR", "COR"])
        .unwrap();
    let chair = server
        .invite(&secretariat, "CHAIR", Role::Facilitator, &[draft])
        .unwrap();
    let delegate = server
        .invite(&secretariat, "AVR", Role::Delegate, &[draft])
        .unwrap();
    let rule = json!({"set_rule": {"rule": {"silence_hours": 0}}});
    submit(&server, &secretariat, draft, &rule).unwrap();
    let until = Timestamp(now().0 + milliseconds);
    let open =
        json!({"open_silence": {"targets": [{"clause": "op-1"}], "until": until.to_string()}});
    let opened = submit(&server, &chair, draft, &open);
    server.kill().unwrap();
    (opened.is_ok() && now() < until).then_some((draft, delegate, until))
}

#[test]
fn a_server_that_was_down_over_the_deadline_ends_the_silence_when_it_starts() {
    let (data, (draft, delegate, until)) = [1, 4, 16, 64]
        .into_iter()
        .find_map(|seconds| {
            let data = tempfile::tempdir().unwrap();
            let killed = killed_while_it_runs(data.path(), seconds * 1000)?;
            Some((data, killed))
        })
        .expect("a server can be killed within a minute");
    // The deadline is real, as the server's clock is: nobody can set it.
    while now() <= until {
        std::thread::sleep(Duration::from_millis(50));
    }
    let server = Process::start(data.path(), &[]).unwrap();
    let late =
        json!({"object": {"on": {"clause": "op-1"}, "reason": "Instructions from capital."}});
    assert_eq!(
        submit(&server, &delegate, draft, &late).unwrap_err(),
        "silence-lapsed"
    );
    let status: StatusView = server
        .get(&delegate, &format!("/api/v1/drafts/{draft}/status"))
        .unwrap();
    let clause = status
        .clauses
        .iter()
        .find(|c| c.id.as_str() == "op-1")
        .unwrap();
    assert_eq!(clause.status, ClauseStatus::Agreed);
    let path = format!("/api/v1/drafts/{draft}/entries?limit=500");
    let log: Page<EntryView> = server.get(&delegate, &path).unwrap();
    let ended = log.items.last().unwrap();
    assert_eq!(ended.act.as_ref().unwrap().name(), "lapse_silence");
    assert!(ended.at > until && ended.seq > Seq(0));
    let spoken = json!({"statement": {"text": "We would have objected."}});
    submit(&server, &delegate, draft, &spoken).unwrap();
}
