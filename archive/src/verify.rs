//! Verifying an archive: the files, the chain, the signatures, and that the log, folded again, leads to what stands beside
//! it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};

use plenary_shared::acts::Act;
use plenary_shared::entry::Entry;
use plenary_shared::fold::Corrupt;
use plenary_shared::ids::{DelegationId, DraftId, Hash, PublicKey, Seq};
use plenary_shared::proof::{Frontier, Key, Kind, NoteError, Signed};
use plenary_shared::record::Record;
use plenary_shared::time::Timestamp;
use plenary_shared::wire::view::Roster;
use serde::Serialize;

use crate::bag::{Bag, Unreadable};
use crate::chain::Chain;
use crate::write::{agent, is_sealing};
use crate::{Finding, PAGE, PAGE_BYTES, names, render};

/// What whoever verifies believes already, from elsewhere than the archive.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    /// Keys of the server, and of witnesses.
    pub keys: Vec<Key>,
    /// Checkpoints that were seen.
    pub seen: Vec<Signed>,
    /// Keys with which delegations sign their acts.
    pub signers: BTreeMap<DelegationId, PublicKey>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The draft.
    pub draft: DraftId,
    /// Its title, as far as the log could be folded.
    pub title: String,
    /// Entries.
    pub entries: u64,
    /// When the last was made.
    pub at: Timestamp,
    /// The hash over all entries.
    pub root: Hash,
    /// The key that signed it; none if nobody whose key is trusted has.
    pub signed: Option<String>,
    /// Witnesses that are trusted and have cosigned it, or a beginning of it.
    pub witnesses: BTreeMap<String, Witnessed>,
    /// Delegations that sign their acts, and how many of them they have signed.
    pub signed_acts: BTreeMap<DelegationId, u64>,
    /// What is not as it should be; empty if all is well.
    pub findings: Vec<Finding>,
    /// What could not be looked at, or differs without harm.
    pub remarks: Vec<String>,
}

/// What a witness has signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Witnessed {
    /// So many of the first entries.
    pub entries: u64,
    /// When, in seconds since 1970.
    pub at: u64,
}

/// Reads the whole archive, and says what is not as it should be.
///
/// # Errors
/// [`Unreadable`] if it is no archive at all.
pub fn verify<R: Read + Seek>(bag: &mut Bag<R>, trust: &Trust) -> Result<Report, Unreadable> {
    let id = bag.top().parse();
    let draft: DraftId =
        id.map_err(|_| Unreadable::Other("its folder is not named after a draft".into()))?;
    let mut report = Report {
        draft,
        title: String::new(),
        entries: 0,
        at: Timestamp(0),
        root: Frontier::default().root(),
        signed: None,
        witnesses: BTreeMap::new(),
        signed_acts: BTreeMap::new(),
        findings: Vec::new(),
        remarks: Vec::new(),
    };
    files(bag, &mut report)?;
    let checkpoints = checkpoints(bag, trust, &mut report);
    let log = chain(bag, &checkpoints, &mut report)?;
    if log != Log::Broken {
        contents(bag, log, &mut report)?;
        signatures(bag, trust, &mut report)?;
    }
    if log != Log::Whole {
        report
            .remarks
            .push("Texts and roster were not compared with the log, which is not whole.".into());
    }
    Ok(report)
}

/// Compares the files with the manifests.
fn files<R: Read + Seek>(bag: &mut Bag<R>, report: &mut Report) -> Result<(), Unreadable> {
    for (manifest, payload) in [(names::MANIFEST, true), (names::TAGS, false)] {
        let Ok(text) = bag.text(manifest) else {
            let path = manifest.to_owned();
            report.findings.push(Finding::FileMissing { path });
            continue;
        };
        let lines = text.lines().filter_map(|l| l.split_once("  "));
        let listed: BTreeMap<&str, &str> = lines.map(|(hash, path)| (path, hash)).collect();
        let there = bag.names().filter(|p| p.starts_with("data/") == payload);
        let there: BTreeSet<String> = there.filter(|p| *p != names::TAGS).cloned().collect();
        for path in &there {
            if !listed.contains_key(path.as_str()) {
                let path = path.clone();
                report.findings.push(Finding::NotInManifest { path });
            }
        }
        for (path, hash) in listed {
            let path = path.to_owned();
            if !there.contains(&path) {
                report.findings.push(Finding::FileMissing { path });
            } else {
                match bag.digest(&path) {
                    Ok(found) if found == hash => {}
                    Ok(_) => report.findings.push(Finding::FileChanged { path }),
                    Err(e) => {
                        let why = e.to_string();
                        report.findings.push(Finding::FileUnreadable { path, why });
                    }
                }
            }
        }
    }
    Ok(())
}

/// A checkpoint that is believed, and where it is from.
type Believed = (Signed, String);

/// The checkpoints of the archive that a trusted key has signed, and those seen elsewhere, the shortest log first.
fn checkpoints<R: Read + Seek>(
    bag: &mut Bag<R>,
    trust: &Trust,
    report: &mut Report,
) -> Vec<Believed> {
    let logs: Vec<&Key> = trust.keys.iter().filter(|k| k.kind == Kind::Log).collect();
    let earlier = bag.names().filter(|n| n.starts_with(names::EARLIER));
    let mut paths: Vec<String> = earlier.cloned().collect();
    paths.push(names::CHECKPOINT.to_owned());
    let mut believed: Vec<Believed> = Vec::new();
    for path in paths {
        let text = bag.text(&path).map_err(|e| e.to_string());
        let signed = text.and_then(|t| t.parse::<Signed>().map_err(|e| e.to_string()));
        let signed = match signed {
            Ok(signed) => signed,
            Err(why) => {
                report.findings.push(Finding::NotSigned { path, why });
                continue;
            }
        };
        let is_last = path == names::CHECKPOINT;
        let key = logs.iter().find(|k| signed.verified(k).is_ok());
        match key {
            Some(key) if is_last => report.signed = Some(key.to_string()),
            None if is_last && !logs.is_empty() => {
                let why = "none of the keys that you trust has signed it".to_owned();
                let path = path.clone();
                report.findings.push(Finding::NotSigned { path, why });
            }
            None if is_last => report.remarks.push(
                "No key is known with which to check the signature: give the server's public key with --key.".into(),
            ),
            _ => {}
        }
        for key in trust.keys.iter().filter(|k| k.kind == Kind::Witness) {
            match signed.note.verify(key) {
                Ok(at) => {
                    let witnessed = Witnessed {
                        entries: signed.checkpoint.size,
                        at: at.unwrap_or_default(),
                    };
                    let last = report.witnesses.entry(key.to_string()).or_insert(witnessed);
                    if last.entries < witnessed.entries {
                        *last = witnessed;
                    }
                }
                Err(NoteError::Unsigned(_)) => {}
                Err(e) => {
                    let (path, why) = (path.clone(), e.to_string());
                    report.findings.push(Finding::NotSigned { path, why });
                }
            }
        }
        let whose = match key {
            Some(key) => format!("({path}, signed with {key}.)"),
            None => format!("({path}, whose signature was not checked.)"),
        };
        believed.push((signed, whose));
    }
    for key in trust.keys.iter().filter(|k| k.kind == Kind::Witness) {
        if !report.witnesses.contains_key(&key.to_string()) {
            let witness = key.name.clone();
            report.findings.push(Finding::NotWitnessed { witness });
        }
    }
    for seen in &trust.seen {
        believed.push((
            seen.clone(),
            "(The checkpoint that was seen at the server.)".into(),
        ));
    }
    believed.sort_by_key(|(s, _)| s.checkpoint.size);
    believed
}

/// Whose acts are signed, and whether with keys that are trusted or were introduced by such a one. That each signature is
/// genuine, and that none is missing, the fold has seen already.
fn signatures<R: Read + Seek>(
    bag: &mut Bag<R>,
    trust: &Trust,
    report: &mut Report,
) -> Result<(), Unreadable> {
    let trusted = trust.signers.iter();
    let mut trusted: BTreeSet<(DelegationId, PublicKey)> =
        trusted.map(|(d, k)| (d.clone(), *k)).collect();
    let mut begun = BTreeSet::new();
    let mut before: BTreeMap<DelegationId, u64> = BTreeMap::new();
    bag.entries(|bytes| {
        let entry = bytes.and_then(|b| Entry::decode(&b).ok());
        let Some(entry) = entry.filter(|e| !matches!(e.act, Some(Act::Recover(_)))) else {
            return true;
        };
        let (Some(delegation), Some(act)) = (entry.by.delegation(), &entry.act) else {
            return true;
        };
        if entry.signed.is_some() {
            *report.signed_acts.entry(delegation.clone()).or_default() += 1;
        }
        let Some(own) = trust.signers.get(delegation) else {
            return true;
        };
        let signed = entry.signed.as_ref().map(|s| (delegation.clone(), s.key));
        if signed.as_ref().is_some_and(|s| trusted.contains(s)) {
            begun.insert(delegation.clone());
            if let Act::RegisterKey(further) = act {
                trusted.insert((delegation.clone(), further.key));
            }
        } else if signed.is_some() || begun.contains(delegation) {
            let (seq, delegation, key) = (entry.seq, delegation.clone(), *own);
            let found = Finding::NotBySigner {
                seq,
                delegation,
                key,
            };
            report.findings.push(found);
        } else {
            *before.entry(delegation.clone()).or_default() += 1;
        }
        true
    })?;
    for (delegation, key) in &trust.signers {
        if !begun.contains(delegation) {
            let (delegation, key) = (delegation.clone(), *key);
            report
                .findings
                .push(Finding::NeverSigned { delegation, key });
        } else if let Some(n) = before.get(delegation) {
            report.remarks.push(format!(
                "{n} acts of {delegation} are from before it signed: for them only the server stands."
            ));
        }
    }
    Ok(())
}

/// How the log was found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Log {
    /// Its entries fit together, and are as many as were signed.
    Whole,
    /// They fit together, and are more or fewer.
    OfOtherSize,
    /// They do not fit together.
    Broken,
}

/// Whether the log is whole and the one that was signed.
fn chain<R: Read + Seek>(
    bag: &mut Bag<R>,
    checkpoints: &[Believed],
    report: &mut Report,
) -> Result<Log, Unreadable> {
    let (mut chain, mut tree) = (Chain::new(), Frontier::default());
    let mut waiting = checkpoints.iter().peekable();
    let (mut fits, mut forked) = (0, None);
    let mut look = |tree: &Frontier| {
        while let Some((signed, whose)) = waiting.next_if(|(s, _)| s.checkpoint.size <= tree.size())
        {
            if signed.checkpoint.root == tree.root() {
                fits = signed.checkpoint.size;
            } else if forked.is_none() {
                forked = Some(Finding::Forked {
                    fits,
                    size: signed.checkpoint.size,
                    whose: whose.clone(),
                });
            }
        }
    };
    bag.entries(|bytes| {
        chain.line(bytes.as_deref());
        tree.push(Entry::hash_of(bytes.as_deref().unwrap_or_default()));
        look(&tree);
        !chain.is_hopeless()
    })?;
    chain.end();
    (report.entries, report.root) = (tree.size(), tree.root());
    let of_all = checkpoints
        .iter()
        .filter(|(_, whose)| whose.contains(names::CHECKPOINT));
    let signed = of_all.map(|(s, _)| s.checkpoint.size).next_back();
    let broken = !chain.findings.is_empty();
    report.findings.append(&mut chain.findings);
    // A log that does not fit together is of course not the one that was signed: that is one finding, not two.
    if broken {
        return Ok(Log::Broken);
    }
    report.findings.extend(forked);
    if let Some(signed) = signed.filter(|s| *s != tree.size()) {
        let found = tree.size();
        report.findings.push(Finding::OtherSize { signed, found });
        return Ok(Log::OfOtherSize);
    }
    Ok(Log::Whole)
}

/// Folds the log, and compares what it leads to with what stands beside it.
fn contents<R: Read + Seek>(
    bag: &mut Bag<R>,
    log: Log,
    report: &mut Report,
) -> Result<(), Unreadable> {
    let mut folded = fold(bag, report.draft, Care::Hopeful)?;
    if folded.is_err() {
        // Once more, to find the entry at fault.
        folded = fold(bag, report.draft, Care::Wary)?;
    }
    let Folding {
        record, mut texts, ..
    } = match folded {
        Ok(folded) => folded,
        Err(Corrupt { seq, why }) => {
            report.findings.push(Finding::EntryImpossible { seq, why });
            return Ok(());
        }
    };
    (report.title, report.at) = (record.draft.title.to_string(), record.draft.at);
    if log != Log::Whole {
        return Ok(());
    }
    texts.extend(render::texts(&record));
    roster(bag, &record, report);
    let same_program = bag
        .text(names::INFO)
        .is_ok_and(|info| info.contains(&format!("Bag-Software-Agent: {}\n", agent())));
    let mut unlike = 0;
    for (path, text) in &texts {
        let seq = path.rsplit('-').next().and_then(|n| n.split('.').next());
        let seq = Seq(seq.and_then(|n| n.parse().ok()).unwrap_or_default());
        match bag.text(path) {
            Ok(kept) if kept == *text => {}
            // Told as missing from the manifest or the archive already.
            Err(_) if !bag.has(path) => {
                let path = path.clone();
                let told = Finding::FileMissing { path };
                if !report.findings.contains(&told) {
                    report.findings.push(told);
                }
            }
            _ if !same_program => unlike += 1,
            _ => report.findings.push(Finding::TextChanged {
                path: path.clone(),
                seq,
            }),
        }
    }
    if unlike > 0 {
        report.remarks.push(format!(
            "{unlike} texts were written by another version of Plenary than this one, and read otherwise here: compare them by eye."
        ));
    }
    Ok(())
}

fn roster<R: Read + Seek>(bag: &mut Bag<R>, record: &Record, report: &mut Report) {
    let seq = record.draft.seq;
    let kept = bag.text(names::ROSTER).map_err(|e| e.to_string());
    let kept = kept.and_then(|t| serde_json::from_str::<Roster>(&t).map_err(|e| e.to_string()));
    let what = match kept {
        Err(why) => format!("it cannot be read, {why}"),
        Ok(kept) => {
            let is = render::roster(record);
            if kept == is {
                return;
            }
            let codes = kept.delegations.keys().chain(is.delegations.keys());
            let differs = codes.filter(|c| kept.delegations.get(*c) != is.delegations.get(*c));
            let differs: BTreeSet<String> = differs.map(ToString::to_string).collect();
            match differs.into_iter().collect::<Vec<_>>().join(", ") {
                names if names.is_empty() => "the groups differ".into(),
                names => format!("{names} differ"),
            }
        }
    };
    report.findings.push(Finding::RosterChanged { seq, what });
}

/// How a log is folded.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Care {
    /// As if it could be folded, as nearly all can.
    Hopeful,
    /// With a copy before every page, to find the entry at fault. A copy costs what the history is long.
    Wary,
}

fn fold<R: Read + Seek>(
    bag: &mut Bag<R>,
    draft: DraftId,
    care: Care,
) -> Result<Result<Folding, Corrupt>, Unreadable> {
    let mut folding = Folding::new(draft, care);
    let mut outcome = Ok(());
    bag.entries(|bytes| {
        outcome = folding.take(bytes.unwrap_or_default());
        outcome.is_ok()
    })?;
    Ok(outcome.and_then(|()| folding.settle()).map(|()| folding))
}

/// A log being folded, page by page.
struct Folding {
    care: Care,
    record: Record,
    page: Vec<Vec<u8>>,
    bytes: usize,
    texts: Vec<(String, String)>,
}

impl Folding {
    fn new(draft: DraftId, care: Care) -> Self {
        Self {
            care,
            record: Record::unborn(draft),
            page: Vec::new(),
            bytes: 0,
            texts: Vec::new(),
        }
    }

    fn take(&mut self, entry: Vec<u8>) -> Result<(), Corrupt> {
        self.bytes += entry.len();
        let seals = is_sealing(&entry);
        self.page.push(entry);
        if seals || self.page.len() >= PAGE || self.bytes >= PAGE_BYTES {
            self.settle()?;
        }
        if seals {
            self.texts.extend(render::texts(&self.record));
        }
        Ok(())
    }

    /// Folds what was gathered. A page that cannot be folded is looked through for the entry at fault.
    fn settle(&mut self) -> Result<(), Corrupt> {
        self.bytes = 0;
        let page = std::mem::take(&mut self.page);
        match self.care {
            Care::Hopeful => self.record.replay_together(&page),
            Care::Wary => self.record.replay(&page),
        }
    }
}
