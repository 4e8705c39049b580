//! Stock automerge-repo clients, unmodified, negotiate on a real server: a process of its own that can be killed.
//!
//! Needs Node.js 20 and the packages of `tests/js` (`npm ci` there; the first story fetches them if they are missing).

use std::time::{Duration, Instant};

use serde_json::{Value, json};

#[path = "interop/node.rs"]
mod node;
#[path = "interop/server.rs"]
mod server;

use node::Node;
use server::{Draft, Server};

type Told = anyhow::Result<()>;

const TEXT: &str = "# Declaration on Tides {#title}\n\n1. *Decides* to meet annually; {#meet}\n\n1. *Requests* a report. {#report}\n";

/// A server with one draft.
struct Stage {
    server: Server,
    draft: Draft,
}

impl Stage {
    fn set() -> anyhow::Result<Self> {
        let server = Server::start()?;
        let draft = server.api.convene("Tides", TEXT)?;
        Ok(Self { server, draft })
    }

    /// The token of a seat in the draft.
    fn seat(&self, delegation: &str, role: &str) -> anyhow::Result<String> {
        self.server.api.invite(delegation, role, &[&self.draft.id])
    }

    /// A stock client of that delegation that has the draft open.
    fn client(&self, delegation: &str, role: &str) -> anyhow::Result<Node> {
        let token = self.seat(delegation, role)?;
        let mut node = Node::start()?;
        node.ask("open", self.opening(&token))?;
        Ok(node)
    }

    fn opening(&self, token: &str) -> Value {
        json!({"url": self.server.api.url, "token": token, "document": self.draft.document})
    }

    fn spot(&self, clause: &str) -> Value {
        json!({"document": self.draft.document, "clause": clause})
    }

    fn typing(&self, clause: &str, at: &str, text: &str, rate: u32) -> Value {
        json!({"document": self.draft.document, "clause": clause, "at": at, "text": text, "rate": rate})
    }

    /// Waits until all clients and the server have the same words and the same digest of them.
    fn converge(&self, clause: &str, nodes: &mut [&mut Node]) -> anyhow::Result<String> {
        let mut told = Vec::new();
        let same = until(|| {
            let server = self.draft.clause(clause)?;
            told = vec![json!({"digest": server["digests"]["en"], "text": server["text"]["en"]})];
            for node in nodes.iter_mut() {
                let digest = node.ask("digest", self.spot(clause))?["digest"].clone();
                let text = node.ask("text", self.spot(clause))?["text"].clone();
                told.push(json!({"digest": digest, "text": text}));
            }
            Ok(told.iter().all(|t| Some(t) == told.first()))
        })?;
        anyhow::ensure!(same, "they do not converge: {told:#?}");
        for node in nodes {
            node.ask("level", self.spot(clause))?;
        }
        self.draft.words(clause)
    }
}

/// Looks again until it is so; false if it never is.
fn until(mut so: impl FnMut() -> anyhow::Result<bool>) -> anyhow::Result<bool> {
    let end = Instant::now() + Duration::from_secs(20);
    while !so()? {
        if Instant::now() > end {
            return Ok(false);
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(true)
}

fn count(node: &mut Node, what: &str) -> anyhow::Result<u64> {
    Ok(node.ask("seen", json!({}))?[what]
        .as_u64()
        .unwrap_or_default())
}

#[test]
fn what_a_stock_client_types_arrives_at_the_server_and_at_another() -> Told {
    let stage = Stage::set()?;
    let mut avr = stage.client("AVR", "delegate")?;
    let mut nrm = stage.client("NRM", "delegate")?;
    let words = " In Averland 🌊 l’été, sans exception.";
    avr.ask("type", stage.typing("meet", "end", words, 0))?;
    nrm.ask("type", stage.typing("meet", "start", "Firmly ", 0))?;
    let text = stage.converge("meet", &mut [&mut avr, &mut nrm])?;
    assert!(
        text.starts_with("Firmly ") && text.ends_with(words),
        "{text}"
    );
    Ok(())
}

#[test]
fn two_stock_clients_type_at_the_same_time_and_no_character_is_lost() -> Told {
    let stage = Stage::set()?;
    let mut avr = stage.client("AVR", "delegate")?;
    let mut nrm = stage.client("NRM", "delegate")?;
    let one = avr.tell("type", stage.typing("meet", "start", &"a".repeat(300), 200))?;
    let other = nrm.tell("type", stage.typing("meet", "end", &"z".repeat(300), 200))?;
    avr.done(one)?;
    nrm.done(other)?;
    let text = stage.converge("meet", &mut [&mut avr, &mut nrm])?;
    assert!(
        text.starts_with(&"a".repeat(300)) && text.ends_with(&"z".repeat(300)),
        "{text}"
    );
    Ok(())
}

#[test]
fn a_stock_client_that_was_offline_comes_back_and_both_edits_stand() -> Told {
    let stage = Stage::set()?;
    let mut avr = stage.client("AVR", "delegate")?;
    let mut nrm = stage.client("NRM", "delegate")?;
    avr.ask("offline", json!({}))?;
    avr.ask("type", stage.typing("meet", "start", "Once more ", 0))?;
    nrm.ask("type", stage.typing("meet", "end", " At sea.", 0))?;
    stage.converge("meet", &mut [&mut nrm])?;
    let apart = avr.ask("text", stage.spot("meet"))?["text"].to_string();
    assert!(!apart.contains("At sea"), "it was not offline: {apart}");
    avr.ask("online", json!({}))?;
    let text = stage.converge("meet", &mut [&mut avr, &mut nrm])?;
    assert!(
        text.starts_with("Once more ") && text.ends_with(" At sea."),
        "{text}"
    );
    Ok(())
}

#[test]
fn an_observer_who_types_is_told_why_not_and_nobody_else_notices() -> Told {
    let stage = Stage::set()?;
    let mut observer = stage.client("OBS", "observer")?;
    let mut avr = stage.client("AVR", "delegate")?;
    let before = stage.draft.seq()?;
    observer.ask("type", stage.typing("meet", "start", "X", 0))?;
    let error = observer.event("error")?;
    let why = error["message"].as_str().unwrap_or_default();
    assert!(why.starts_with("not-entitled: "), "{why}");
    // The stock client comes back and tries again for as long as it has what was refused: at its own pace, no faster.
    let (sent, heard) = (count(&mut observer, "sent")?, count(&mut avr, "received")?);
    let opened = count(&mut observer, "opened")?;
    std::thread::sleep(Duration::from_secs(4));
    let (sent, opened) = (
        count(&mut observer, "sent")? - sent,
        count(&mut observer, "opened")? - opened,
    );
    assert!(
        opened <= 15,
        "{opened} connections in 4 seconds at one every 300 ms"
    );
    assert!(
        sent <= 6 * (opened + 1),
        "{sent} messages in {opened} connections"
    );
    assert_eq!(count(&mut avr, "received")?, heard, "others were bothered");
    assert_eq!(stage.draft.seq()?, before, "something was entered");
    avr.ask("type", stage.typing("meet", "end", " Still here.", 0))?;
    let text = stage.converge("meet", &mut [&mut avr])?;
    assert!(
        text.ends_with(" Still here.") && !text.contains('X'),
        "{text}"
    );
    Ok(())
}

#[test]
fn an_observer_reads_what_others_type() -> Told {
    let stage = Stage::set()?;
    let mut observer = stage.client("OBS", "observer")?;
    let mut avr = stage.client("AVR", "delegate")?;
    avr.ask("type", stage.typing("meet", "end", " At sea.", 0))?;
    stage.converge("meet", &mut [&mut observer, &mut avr])?;
    Ok(())
}

#[test]
fn an_edit_of_a_clause_agreed_meanwhile_becomes_a_proposal_and_the_text_stands() -> Told {
    let stage = Stage::set()?;
    let chair = stage.seat("CHAIR", "facilitator")?;
    let mut avr = stage.client("AVR", "delegate")?;
    let mut nrm = stage.client("NRM", "delegate")?;
    avr.ask("offline", json!({}))?;
    avr.ask("type", stage.typing("meet", "end", " In winter.", 0))?;
    let agreed = stage.draft.words("meet")?;
    stage.draft.act(
        &chair,
        &json!({"call": {"clause": "meet", "present": ["AVR", "NRM"]}}),
    )?;
    stage
        .draft
        .act(&chair, &json!({"agree": {"clause": "meet"}}))?;
    avr.ask("online", json!({}))?;
    let recovered = until(|| {
        let proposals = stage.draft.get("proposals")?;
        Ok(proposals["items"].as_array().is_some_and(|p| !p.is_empty()))
    })?;
    assert!(recovered, "nothing was recovered");
    assert_eq!(stage.converge("meet", &mut [&mut avr, &mut nrm])?, agreed);
    let proposals = stage.draft.get("proposals")?;
    let proposal = &proposals["items"][0];
    assert_eq!(
        (&proposal["by"], &proposal["recovered"]),
        (&json!("AVR"), &json!(true))
    );
    let attempt = proposal["text"]["en"].as_str().unwrap_or_default();
    assert_eq!(attempt, format!("{agreed} In winter."));
    // The connection was kept: what it types elsewhere still arrives.
    avr.ask("type", stage.typing("report", "end", " Soon.", 0))?;
    let text = stage.converge("report", &mut [&mut avr, &mut nrm])?;
    assert!(text.ends_with(" Soon."), "{text}");
    Ok(())
}

#[test]
fn a_draft_without_a_seat_in_it_is_unavailable_like_one_that_does_not_exist() -> Told {
    let stage = Stage::set()?;
    let other = stage.server.api.convene("Another", TEXT)?;
    let token = stage.server.api.invite("AVR", "delegate", &[&other.id])?;
    // Another id of the same form: that of a document that no server has.
    let nowhere = "automerge:2akvofn6L1o4RMUEMQi7qzwRjKWZ";
    for document in [stage.draft.document.as_str(), nowhere] {
        let mut node = Node::start()?;
        let opening = json!({"url": stage.server.api.url, "token": token, "document": document});
        let why = node.ask("open", opening).err().map(|e| e.to_string());
        assert_eq!(why, Some(format!("Document {document} is unavailable")));
        node.event("unavailable")?;
        let opening = json!({"document": other.document});
        node.ask("open", opening)?;
    }
    Ok(())
}

#[test]
fn two_drafts_are_open_on_one_connection() -> Told {
    let stage = Stage::set()?;
    let second = stage.server.api.convene("Another", TEXT)?;
    let both = [stage.draft.id.as_str(), second.id.as_str()];
    let token = stage.server.api.invite("AVR", "delegate", &both)?;
    let mut avr = Node::start()?;
    avr.ask("open", stage.opening(&token))?;
    avr.ask("open", json!({"document": second.document}))?;
    avr.ask("type", stage.typing("meet", "end", " One.", 0))?;
    let elsewhere = json!({"document": second.document, "clause": "report", "text": " Two."});
    avr.ask("type", elsewhere)?;
    let text = stage.converge("meet", &mut [&mut avr])?;
    assert!(text.ends_with(" One."), "{text}");
    avr.ask("level", json!({"document": second.document}))?;
    let text = second.words("report")?;
    assert!(text.ends_with(" Two."), "{text}");
    assert_eq!(count(&mut avr, "opened")?, 1);
    Ok(())
}

#[test]
fn the_server_is_killed_and_started_again_and_nothing_typed_is_lost() -> Told {
    let mut stage = Stage::set()?;
    let mut avr = stage.client("AVR", "delegate")?;
    let mut nrm = stage.client("NRM", "delegate")?;
    let one = avr.tell("type", stage.typing("meet", "start", &"a".repeat(400), 100))?;
    let other = nrm.tell("type", stage.typing("meet", "end", &"z".repeat(400), 100))?;
    let mut acknowledged = Vec::new();
    let typed_on = until(|| {
        acknowledged = hashes(&mut avr, &stage)?;
        Ok(acknowledged.len() > 50)
    })?;
    assert!(typed_on, "nothing is acknowledged");
    stage.server.kill()?;
    let acknowledged = hashes(&mut avr, &stage)?;
    std::thread::sleep(Duration::from_millis(700));
    stage.server.start_again()?;
    avr.done(one)?;
    nrm.done(other)?;
    let text = stage.converge("meet", &mut [&mut avr, &mut nrm])?;
    assert!(
        text.starts_with(&"a".repeat(400)) && text.ends_with(&"z".repeat(400)),
        "{text}"
    );
    assert!(count(&mut avr, "opened")? >= 2, "it never reconnected");
    let now = hashes(&mut avr, &stage)?;
    assert_eq!(now.len(), 400);
    assert!(acknowledged.iter().all(|hash| now.contains(hash)));
    Ok(())
}

#[test]
fn what_was_acknowledged_before_the_kill_is_there_without_the_client_that_typed_it() -> Told {
    let mut stage = Stage::set()?;
    let mut avr = stage.client("AVR", "delegate")?;
    let typing = avr.tell("type", stage.typing("meet", "end", &"a".repeat(1_000), 200))?;
    until(|| Ok(hashes(&mut avr, &stage)?.len() > 100))?;
    stage.server.kill()?;
    let acknowledged = hashes(&mut avr, &stage)?.len();
    avr.ask("offline", json!({}))?;
    stage.server.start_again()?;
    let kept = stage.draft.words("meet")?.matches('a').count() - "annually".matches('a').count();
    assert!(
        acknowledged > 100 && kept >= acknowledged,
        "{kept} of {acknowledged} acknowledged"
    );
    // And what was typed after it is not lost either.
    avr.ask("online", json!({}))?;
    avr.done(typing)?;
    let text = stage.converge("meet", &mut [&mut avr])?;
    assert!(text.ends_with(&"a".repeat(1_000)), "{text}");
    Ok(())
}

/// The client's own changes that the server said it has.
fn hashes(node: &mut Node, stage: &Stage) -> anyhow::Result<Vec<Value>> {
    let told = node.ask("acknowledged", json!({"document": stage.draft.document}))?;
    Ok(told["hashes"].as_array().cloned().unwrap_or_default())
}
