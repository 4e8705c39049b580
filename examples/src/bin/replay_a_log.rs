//! Builds a tiny log, prints its bytes and hashes, then reads it again into the state and the words that it means.

use anyhow::ensure;
use plenary_shared::acts::{Act, Convene, SetMode};
use plenary_shared::draft::{Kind, Mode, Rule, TextEdit};
use plenary_shared::entry::By;
use plenary_shared::ids::{ClauseId, DraftId, Language};
use plenary_shared::record::Record;
use plenary_shared::time::Timestamp;

fn main() -> anyhow::Result<()> {
    let (id, at) = (DraftId([1; 16]), Timestamp(1_767_225_600_000)); // 2026-01-01T00:00:00Z
    let english: Language = "en".parse()?;
    let convene = Act::Convene(Convene {
        draft: id,
        title: "On tea".parse()?,
        authentic: vec![english.clone()],
        working: Vec::new(),
        rule: Rule::default(),
        mode: Mode::Proposals,
        paper: None,
    });
    let clause: ClauseId = "op-1".parse()?;
    let first_text = TextEdit::InsertClause {
        clause: clause.clone(),
        kind: Kind::Operative,
        level: 1,
        after: None,
        text: [(english.clone(), "Tea is served.".into())].into(),
    };
    let open = Act::SetMode(SetMode { mode: Mode::Open });

    // What a server does, without the disk between the steps.
    let mut live = Record::unborn(id);
    let mut log = Vec::new();
    for (act, text) in [(convene, vec![first_text]), (open, Vec::new())] {
        let sealed = live.act(&By::Secretariat, &act, &text, at, None)?;
        println!("entry {}: {}", sealed.entry.seq, act.name());
        println!("  bytes {}", hex::encode(&sealed.bytes));
        println!("  hash  {}", sealed.hash);
        log.push(sealed.bytes.to_vec());
    }

    // What anybody does who has nothing but the log.
    let mut read = Record::unborn(id);
    read.replay(&log)?;
    let paragraph = read.manuscript.clauses.get(&clause);
    let words = paragraph.and_then(|p| p.text.get(&english));
    println!("replayed: {clause} says {words:?}");
    let same = read.draft.fingerprint() == live.draft.fingerprint();
    ensure!(same, "replaying the log led to another state");
    Ok(())
}
