//! An archive, looked through.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use plenary_archive::{Bag, Report, Trust, verify};
use plenary_shared::ids::{DelegationId, PublicKey};
use plenary_shared::proof::Key;

use crate::commands::when;
use crate::context::Context;
use crate::failure::{Exit, Failure, Outcome};
use crate::output::Tint;
use crate::pins::Pin;
use crate::plain;

/// Looks through an archive and says what it found.
pub(super) fn run(
    path: &Path,
    mut keys: Vec<Key>,
    signers: Vec<(DelegationId, PublicKey)>,
    context: &Context,
) -> Outcome {
    let unreadable = |e: plenary_archive::Unreadable| {
        Failure::new(
            Exit::Forked,
            "not-an-archive",
            format!("{}: {e}.", path.display()),
            "Get the file once more from whoever keeps it.",
        )
    };
    let file = File::open(path).map_err(|e| Failure::file(path, &e))?;
    let mut bag = Bag::open(BufReader::new(file)).map_err(unreadable)?;
    let pins = match bag.top().parse() {
        Ok(draft) => Pin::of(draft)?,
        Err(_) => Vec::new(),
    };
    if keys.is_empty() {
        keys.extend(pins.iter().filter_map(|p| p.key().ok()));
    }
    let seen = pins.iter().filter_map(|p| p.signed().ok());
    let seen = seen.filter(|s| keys.iter().any(|k| s.verified(k).is_ok()));
    let seen = seen.collect();
    let trust = Trust {
        keys,
        seen,
        signers: signers.into_iter().collect(),
    };
    let report = verify(&mut bag, &trust).map_err(unreadable)?;
    let sound = report.findings.is_empty();
    context.out.value(&report, |out| {
        let mut text = in_words(&report);
        for finding in &report.findings {
            text += &format!(
                "\n{}",
                out.paint.tint(Tint::Red, &plain(&finding.to_string()))
            );
        }
        text
    })?;
    if sound {
        return Ok(());
    }
    Err(Failure::new(
        Exit::Forked,
        "not-as-signed",
        format!("{} is not as it should be.", path.display()),
        "Compare it with a copy from somebody else.",
    ))
}

fn in_words(report: &Report) -> String {
    let mut text = format!("{}  {}", report.draft, plain(&report.title));
    // A log that could not be folded has no title.
    text.truncate(text.trim_end().len());
    let is_well = report.findings.is_empty();
    text += &format!("\n{} entries", report.entries);
    if is_well {
        text += &format!(", the last at {}", when(report.at));
        text += "\nEvery file is as the manifest says; the entries fit together, follow the rules, and lead to these texts.";
    }
    // Of a log that is not the one that was signed, its root must not look as if it were.
    let (root, signed) = match is_well {
        true => ("Root", "Signed with"),
        false => (
            "Root of what is there",
            "The checkpoint in it is signed with",
        ),
    };
    text += &format!("\n{root} {}", report.root);
    if let Some(key) = &report.signed {
        text += &format!("\n{signed} {}", plain(key));
    }
    for (key, witnessed) in &report.witnesses {
        let name = key.split('+').next().unwrap_or_default();
        let seconds = i64::try_from(witnessed.at).unwrap_or(i64::MAX / 1000);
        let at = when(plenary_shared::time::Timestamp(
            seconds.saturating_mul(1000),
        ));
        let entries = witnessed.entries;
        text += &format!("\nWitnessed by {} at {at}: {entries} entries", plain(name));
        if entries < report.entries {
            text += ", and none of the later ones";
        }
    }
    for (delegation, n) in &report.signed_acts {
        let acts = if *n == 1 {
            "1 act is"
        } else {
            &format!("{n} acts are")
        };
        text += &format!("\n{acts} signed by {delegation} itself");
    }
    for remark in &report.remarks {
        text += &format!("\n{remark}");
    }
    text
}
