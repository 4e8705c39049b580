//! Steps that everybody is told of: what runs against the clock, and what is ripe.

use super::{Step, StepCase, StepKind};
use crate::aids::{Picture, words};
use crate::draft::{Draft, Motion};
use crate::ids::{ClauseId, DelegationId, Language};
use crate::time::Timestamp;

/// Nothing is left to do.
pub(super) fn over(draft: &Draft) -> Option<Step> {
    if draft.closed {
        Some(Step::new(
            StepKind::Over,
            StepCase::Closed,
            "The draft is closed: nothing more is entered.",
        ))
    } else {
        draft.adopted.as_ref().map(|_| {
            let sentence = "The text is adopted: only statements are still entered, and the close.";
            Step::new(StepKind::Over, StepCase::Adopted, sentence)
        })
    }
}

/// The silences that run, the first deadline first.
pub(super) fn silences(picture: &Picture<'_>, now: Timestamp) -> Vec<Step> {
    let told = |silence: &crate::draft::Silence| {
        let clauses: Vec<_> = silence.running().map(|(id, _)| id).collect();
        let labels = words::list(&picture.label_all(clauses.iter().copied()));
        let until = silence.until;
        let (case, sentence) = if until < now {
            (
                StepCase::RunOut,
                format!("The silence on {labels} has run out: the server enters what came of it."),
            )
        } else {
            let left = words::left_until(until, now);
            let sentence = format!("The silence on {labels} ends {left}, at {until}.");
            (StepCase::Running, sentence)
        };
        let mut step = Step::new(StepKind::Silence, case, sentence).on(clauses);
        step.until = Some(until);
        step
    };
    let running = picture.draft.running_silences().into_iter();
    running.map(|(_, silence)| told(silence)).collect()
}

/// The votes that are open, in the order in which they were opened; `own` is told whether it has voted.
pub(super) fn votes(picture: &Picture<'_>, own: Option<&DelegationId>) -> Vec<Step> {
    let mut open: Vec<_> = picture.draft.votes.iter().collect();
    open.retain(|(_, v)| v.result.is_none());
    open.sort_by_key(|(_, v)| v.seq);
    let told = |(id, vote): (&crate::ids::VoteId, &crate::draft::Vote)| {
        let (label, clause) = match &vote.on {
            Motion::Clause(id) => (picture.label(id), Some(id)),
            Motion::Reopen(id) => (format!("reopening {}", picture.label(id)), Some(id)),
            Motion::Proposal(id) => {
                let proposal = picture.draft.proposals.get(id);
                (id.to_string(), proposal.and_then(|p| p.clause()))
            }
            Motion::Adopt(_) => ("the adoption".to_owned(), None),
        };
        let mut sentence = format!("The vote {id} on {label} is open");
        if let Some(until) = vote.until {
            sentence += &format!(" until {until}");
        }
        let entitled = picture.draft.seats.entitled().map(|(d, _)| d);
        let missing = entitled.filter(|d| !vote.has_voted(d)).count();
        let (case, told) = match own {
            Some(own) if vote.has_voted(own) => (StepCase::Voted, ": you have voted"),
            Some(own) if picture.draft.seats.entitled().any(|(d, _)| d == own) => {
                (StepCase::Unvoted, ": you have not voted yet")
            }
            Some(_) | None => (StepCase::VoteOpen, ""),
        };
        sentence += told;
        if own.is_none() {
            sentence += &match missing {
                0 => ": all have voted".to_owned(),
                n => format!(": {n} of those who may vote have not"),
            };
        }
        let mut step = Step::new(StepKind::Vote, case, sentence + ".").on(clause);
        step.vote = Some(id.clone());
        step.count = Some(missing);
        if let Motion::Proposal(on) = &vote.on {
            step = step.about([on]);
        }
        step.until = vote.until;
        step
    };
    open.into_iter().map(told).collect()
}

/// The authentic languages in which the clause is not marked as rendering the words negotiated on.
pub(super) fn languages(picture: &Picture<'_>, clause: &ClauseId) -> Vec<Language> {
    let known = picture.draft.clauses.get(clause).into_iter();
    let languages = known.flat_map(|c| picture.draft.unrendered(c));
    languages.map(|(language, _)| language.clone()).collect()
}

/// The authentic languages of a clause that do not render it yet: until they do it is neither agreed nor circulated (R-L3).
pub(super) fn unrendered(picture: &Picture<'_>, clause: &ClauseId) -> Vec<String> {
    let known = picture.draft.clauses.get(clause).into_iter();
    let languages = known.flat_map(|c| picture.draft.unrendered(c));
    languages
        .map(|(l, state)| format!("{l} is {}", state.name()))
        .collect()
}

/// The objections that came too late for a silence: all that still count to the chair, to a delegation its own.
pub(super) fn late(picture: &Picture<'_>, own: Option<&DelegationId>) -> Vec<Step> {
    let draft = picture.draft;
    let mut steps = Vec::new();
    for standing in &picture.clauses {
        let clause = draft.clauses.get(standing.id).into_iter();
        let late = clause.flat_map(|c| c.late()).filter(|late| match own {
            Some(own) => late.by == *own,
            None => draft.still_counts(late),
        });
        let late: Vec<_> = late.collect();
        if late.is_empty() {
            continue;
        }
        let label = &standing.label;
        let (case, sentence) = match own {
            Some(_) => (
                StepCase::LateOwn,
                format!(
                    "Your objection to {label} came after the silence: it has no effect unless the chair grants it."
                ),
            ),
            None => {
                let whose: Vec<_> = late.iter().map(|l| l.whose()).collect();
                (
                    StepCase::Late,
                    format!(
                        "{} objected to {label} after the silence: without effect, unless you grant it.",
                        words::list(&whose)
                    ),
                )
            }
        };
        let who: Vec<_> = late.iter().map(|l| &l.by).collect();
        let step = Step::new(StepKind::LateObjection, case, sentence);
        steps.push(step.on([standing.id]).with(who));
    }
    steps
}

/// What may be declared agreed in all authentic languages; the chair is told to do so.
pub(super) fn ripe(picture: &Picture<'_>, ripe: &[ClauseId], chair: bool) -> Option<Step> {
    let ready = ripe.iter().filter(|id| unrendered(picture, id).is_empty());
    let ripe: Vec<_> = ready.cloned().collect();
    let labels = words::list(&picture.label_all(&ripe));
    let sentence = match (ripe.len(), chair) {
        (0, _) => return None,
        (1, true) => format!("{labels} is ripe: declare it agreed."),
        (_, true) => format!("{labels} are ripe: declare them agreed."),
        (1, false) => format!("{labels} is ripe: the chair may declare it agreed."),
        (_, false) => format!("{labels} are ripe: the chair may declare them agreed."),
    };
    Some(Step::new(StepKind::Ripe, StepCase::Ripe, sentence).on(&ripe))
}
