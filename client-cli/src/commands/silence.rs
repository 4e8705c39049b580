//! `plenary silence`: the silence procedure.

use clap::{Args, Subcommand};
use plenary_shared::acts::{self, Circulated};
use plenary_shared::ids::{ClauseId, Digest, Language, Name, SilenceId};
use plenary_shared::time::Timestamp;
use plenary_shared::wire::view::{ClauseStatus, SilenceView, StatusView};
use serde_json::json;

use super::call::codes;
use super::{list, now, prose, time, when};
use crate::context::{Context, Floor};
use crate::failure::{Failure, Outcome};
use crate::output::{Output, Table};
use crate::plain;

/// One minute, in milliseconds.
const MINUTE: i64 = 60_000;

/// Circulate texts with a deadline: who does not object until then has consented
///
/// To break a silence is to object: `plenary object OP3 --reason "…"`.
#[derive(Debug, Args)]
pub(crate) struct Silence {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Put clauses under silence, as in `plenary silence open OP3 OP7 --for 72h` (facilitator)
    Open {
        /// The clauses
        #[arg(required_unless_present_any = ["package", "everything"])]
        clauses: Vec<String>,
        /// All clauses of this package, as a whole
        #[arg(long, value_name = "NAME", conflicts_with = "clauses")]
        package: Option<Name>,
        /// Every clause that is still to be settled, as a whole
        #[arg(long, conflicts_with_all = ["clauses", "package"])]
        everything: bool,
        /// They stand and fall together: one objection ends it for all
        #[arg(long)]
        whole: bool,
        /// What nobody breaks is agreed ad referendum, subject to confirmation by these: codes with commas between them
        #[arg(long, value_name = "CODES", value_delimiter = ',')]
        awaiting: Vec<String>,
        #[command(flatten)]
        deadline: Deadline,
    },
    /// Set a later deadline, before the present one has passed (facilitator)
    Extend {
        /// Which, as in s1
        silence: SilenceId,
        #[command(flatten)]
        deadline: Deadline,
    },
    /// Grant the late objections to a clause: its agreement is revoked, and they stand (facilitator)
    Grant {
        /// The clause
        clause: String,
        /// Why the delay is excused
        #[arg(long)]
        reason: String,
    },
    /// List the silence procedures, and what has become of the clauses in them
    List,
    /// The letter that tells how it came out: what is agreed, who broke it, when
    Letter {
        /// Which, as in s1
        silence: SilenceId,
    },
}

/// A moment to come.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct Deadline {
    /// For how long from now, as in 72h or 3d
    #[arg(long = "for", value_name = "DURATION", value_parser = duration)]
    lasts: Option<i64>,
    /// Until when, as in 2026-03-04T18:00Z, or with your own offset from UTC: 2026-03-04T18:00+03:00
    #[arg(long, value_name = "TIME", value_parser = time)]
    until: Option<Timestamp>,
}

impl Deadline {
    /// Durations end at a full minute, a little later than they were given: the server's clock may be ahead of this
    /// machine's, and a silence must not come out shorter than the rule has it.
    fn moment(&self) -> Timestamp {
        match (self.until, self.lasts) {
            (Some(until), _) => until,
            (None, lasts) => {
                let end = now().0.saturating_add(lasts.unwrap_or_default());
                Timestamp((end / MINUTE).saturating_add(2).saturating_mul(MINUTE))
            }
        }
    }
}

impl Silence {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let mut floor = context.floor()?;
        match self.what {
            What::Open {
                clauses,
                package,
                everything,
                whole,
                awaiting,
                deadline,
            } => {
                let together = everything || package.is_some();
                let chosen = match package {
                    Some(name) => in_package(&floor, &name)?,
                    None if everything => unsettled(&floor)?,
                    None => {
                        let find = |w: &String| floor.clause(w);
                        clauses.iter().map(find).collect::<Outcome<Vec<_>>>()?
                    }
                };
                let targets = chosen
                    .iter()
                    .map(|id| circulated(&mut floor, id, context))
                    .collect::<Outcome<Vec<_>>>()?;
                let act = acts::Act::OpenSilence(acts::OpenSilence {
                    silence: None,
                    targets,
                    until: deadline.moment(),
                    whole: whole || together,
                    awaiting: codes(&awaiting)?,
                });
                floor.enter(&act, &context.out, |done| match &done.act {
                    acts::Act::OpenSilence(a) => format!(
                        "{} under silence ({}) until {}.",
                        is_or_are(&chosen),
                        a.silence.as_ref().map_or("", |s| s.as_str()),
                        when(a.until)
                    ),
                    _ => "The silence procedure is open.".into(),
                })
            }
            What::Extend { silence, deadline } => {
                let until = deadline.moment();
                let sentence = format!("Silence {silence} runs until {}.", when(until));
                let act = acts::Act::ExtendSilence(acts::ExtendSilence { silence, until });
                floor.enter(&act, &context.out, |_| sentence)
            }
            What::Grant { clause, reason } => {
                let clause = floor.clause(&clause)?;
                let sentence = format!(
                    "The late objections to clause {clause} stand: it is no longer agreed."
                );
                let act = acts::Act::GrantLateObjection(acts::GrantLateObjection {
                    clause,
                    reason: prose("reason", &reason)?,
                });
                floor.enter(&act, &context.out, |_| sentence)
            }
            What::List => {
                let status: StatusView = floor.api.of_draft(floor.draft.id, &["status"], &[])?;
                context
                    .out
                    .value(&status.silences, |out| table(&floor, &status.silences, out))
            }
            What::Letter { silence } => {
                let draft = floor.draft.id.to_string();
                let path = ["drafts", &draft, "silences", silence.as_str(), "letter"];
                let bytes = floor.api.get_bytes(&path, &[])?;
                let letter = String::from_utf8_lossy(&bytes).into_owned();
                let value = json!({ "silence": silence, "letter": letter });
                context.out.value(&value, |_| plain(&letter))
            }
        }
    }
}

/// `OP3 is`, `OP3, OP7 are`.
fn is_or_are(clauses: &[ClauseId]) -> String {
    let verb = if clauses.len() == 1 { "is" } else { "are" };
    format!("{} {verb}", list(clauses))
}

/// The clause as it was last shown here, in every authentic language.
fn circulated(floor: &mut Floor, id: &ClauseId, context: &Context) -> Outcome<Circulated> {
    let digests: std::collections::BTreeMap<Language, Digest> =
        super::agree::digests(floor, id, context)?;
    Ok(Circulated {
        clause: id.clone(),
        digests,
    })
}

fn in_package(floor: &Floor, name: &Name) -> Outcome<Vec<ClauseId>> {
    let status: StatusView = floor.api.of_draft(floor.draft.id, &["status"], &[])?;
    let found = status.packages.into_iter().find(|p| p.name == *name);
    let found = found.ok_or_else(|| {
        Failure::not_found(
            "unknown-package",
            format!("There is no package {name}."),
            "List the packages: `plenary package list`.",
        )
    })?;
    Ok(found.clauses)
}

fn unsettled(floor: &Floor) -> Outcome<Vec<ClauseId>> {
    let status: StatusView = floor.api.of_draft(floor.draft.id, &["status"], &[])?;
    let open = status.clauses.into_iter().filter(|c| {
        !matches!(
            c.status,
            ClauseStatus::Agreed
                | ClauseStatus::AgreedAdRef
                | ClauseStatus::Adopted
                | ClauseStatus::Deleted
        )
    });
    Ok(open.map(|c| c.id.clone()).collect())
}

fn table(floor: &Floor, silences: &[SilenceView], out: &Output) -> String {
    if silences.is_empty() {
        return "There was no silence procedure.".into();
    }
    let name = |id: &ClauseId| {
        let label = floor.labels().find(|(known, _)| *known == id);
        match label {
            Some((_, label)) if !label.is_empty() => label.to_owned(),
            _ => id.to_string(),
        }
    };
    let mut table = Table::new(&["Silence", "Opened", "Until", "State", "Clauses"]);
    for s in silences {
        let state = match (s.running, s.whole) {
            (true, false) => "running",
            (true, true) => "running, as a whole",
            (false, _) => "over",
        };
        let clauses: Vec<_> = s
            .clauses
            .iter()
            .map(|(id, fate)| match fate {
                plenary_shared::draft::Fate::Broken { by, .. } => {
                    format!("{} broken by {by}", name(id))
                }
                fate => format!("{} {}", name(id), fate.name()),
            })
            .collect();
        table.row([
            s.silence.to_string(),
            when(s.opened),
            when(s.until),
            state.to_owned(),
            list(&clauses),
        ]);
    }
    table.text(out.width())
}

/// `72h`, `3d`, `90m`, in milliseconds.
fn duration(written: &str) -> Result<i64, String> {
    let no = || "a duration is written as in 72h, 3d or 90m".to_owned();
    let unit = written.chars().last().ok_or_else(no)?;
    let minutes = match unit {
        'm' => 1,
        'h' => 60,
        'd' => 24 * 60,
        _ => return Err(no()),
    };
    let number: u32 = written.trim_end_matches(unit).parse().map_err(|_| no())?;
    if number == 0 {
        return Err(no());
    }
    i64::from(number)
        .checked_mul(minutes * MINUTE)
        .ok_or_else(no)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_a_number_with_its_unit() {
        assert_eq!(duration("72h"), Ok(72 * 60 * MINUTE));
        assert_eq!(duration("3d"), duration("72h"));
        assert_eq!(duration("90m"), Ok(90 * MINUTE));
        for no in ["", "h", "72", "-1h", "1w", "0h", "1.5h", "é", "9999999999d"] {
            assert!(duration(no).is_err(), "{no}");
        }
    }

    #[test]
    fn a_deadline_is_never_earlier_than_the_duration_says() {
        let deadline = Deadline {
            lasts: Some(72 * 60 * MINUTE),
            until: None,
        };
        let before = now().0;
        let end = deadline.moment().0;
        assert!(end >= before + 72 * 60 * MINUTE + MINUTE && end % MINUTE == 0);
        assert!(end <= now().0 + 72 * 60 * MINUTE + 2 * MINUTE);
    }

    #[test]
    fn a_time_has_an_offset_of_its_own() {
        assert_eq!(time("2026-03-04T18:00Z"), time("2026-03-04T21:00+03:00"));
        assert!(time("2026-03-04T18:00").is_err());
    }
}
