//! The steps of the chair.

use std::collections::BTreeSet;

use super::{Step, StepCase, StepKind, shared};
use crate::acts::Amendment;
use crate::aids::{Awaited, Mergeable, Picture, Standing, words};
use crate::draft::{Decision, Electorate, Motion, Proposal};
use crate::ids::{ClauseId, ProposalId};
use crate::numbering::proposal_label;
use crate::tally::{Outcome, Tally};
use crate::wire::view::ClauseStatus;

/// All of them, best first.
pub(super) fn steps(
    picture: &Picture<'_>,
    ripe: &[ClauseId],
    awaited: &Awaited,
    pairs: &[Mergeable],
) -> Vec<Step> {
    let mut steps = shared::votes(picture, None);
    steps.extend(shared::ripe(picture, ripe, true));
    steps.extend(translations(picture, ripe));
    steps.extend(shared::late(picture, None));
    steps.extend(adoption(picture));
    steps.extend(confirmations(awaited));
    steps.extend(packages(picture));
    steps.extend(pairs.iter().map(merge));
    steps.extend(proposals(picture));
    steps.extend(objections(picture));
    steps.extend(question(picture));
    steps.extend(silent(picture, awaited));
    steps
}

/// Clauses that wait for nothing but a word: not under silence, no vote open, no proposal on them.
fn plain<'a>(picture: &'a Picture<'_>) -> impl Iterator<Item = &'a Standing<'a>> {
    picture.unsettled().filter(|c| {
        !matches!(c.status, ClauseStatus::InSilence | ClauseStatus::Ripe)
            && !picture.draft.is_voted_on(c.id)
            && picture.draft.live_on(c.id).next().is_none()
    })
}

/// What is ripe in the words negotiated, and not yet the same in every authentic language.
fn translations(picture: &Picture<'_>, ripe: &[ClauseId]) -> Vec<Step> {
    let told = |id: &ClauseId| {
        let missing = shared::unrendered(picture, id);
        let label = picture.label(id);
        let sentence = format!(
            "{label} is ripe, but {}: it is agreed in all authentic languages at once.",
            words::list(&missing)
        );
        (!missing.is_empty()).then(|| {
            let mut step = Step::new(StepKind::Translate, StepCase::Unrendered, sentence).on([id]);
            step.languages = shared::languages(picture, id);
            step
        })
    };
    ripe.iter().filter_map(told).collect()
}

fn adoption(picture: &Picture<'_>) -> Option<Step> {
    let draft = picture.draft;
    let awaiting = draft.clauses.values().any(|c| {
        let agreement = c.agreement.as_ref();
        agreement.is_some_and(|a| !a.awaiting.is_empty())
    });
    let moved = draft
        .proposals
        .values()
        .any(|p| p.is_live() && !p.recovered);
    let settled = picture.unsettled().next().is_none() && !awaiting && !moved;
    let voted_on = draft
        .votes
        .values()
        .any(|v| v.result.is_none() && matches!(v.on, Motion::Adopt(_)));
    (settled && !voted_on && !picture.clauses.is_empty()).then(|| {
        let (case, sentence) = match draft.rule.adopt.decision() {
            None => (
                StepCase::Adoptable,
                "Every clause is settled: the text may be adopted.".to_owned(),
            ),
            Some(needed) => (
                StepCase::AdoptionVote,
                format!(
                    "Every clause is settled: put the adoption to a recorded vote, which it needs, by {needed}."
                ),
            ),
        };
        Step::new(StepKind::Adopt, case, sentence)
    })
}

fn confirmations(awaited: &Awaited) -> Vec<Step> {
    let confirm = awaited.clauses.iter();
    let confirm = confirm.filter(|c| !c.confirmations.is_empty());
    confirm
        .map(|c| {
            Step::new(StepKind::Confirm, StepCase::Confirm, c.sentence.clone())
                .on([&c.clause])
                .with(&c.confirmations)
        })
        .collect()
}

/// Packages of which something is agreed and something is not.
fn packages(picture: &Picture<'_>) -> Vec<Step> {
    let open: BTreeSet<_> = picture.unsettled().map(|c| c.id).collect();
    let mut steps = Vec::new();
    for (name, package) in &picture.draft.packages {
        let missing: Vec<_> = package
            .clauses
            .iter()
            .filter(|c| open.contains(c))
            .collect();
        if missing.is_empty() || missing.len() == package.clauses.len() {
            continue;
        }
        let labels = words::list(&picture.label_all(missing.iter().copied()));
        let sentence = format!("The package \"{name}\" still lacks {labels}.");
        let mut step = Step::new(StepKind::Package, StepCase::Lacking, sentence).on(missing);
        step.name = Some(name.clone());
        steps.push(step);
    }
    steps
}

fn merge(pair: &Mergeable) -> Step {
    let case = if pair.identical {
        StepCase::Identical
    } else {
        StepCase::Alike
    };
    Step::new(StepKind::Merge, case, pair.sentence.clone())
        .on(&pair.clause)
        .about(&pair.proposals)
        .with(&pair.sponsors)
}

/// The proposals that nobody objects to and that stand alone; then the places where there are several, or one that is
/// objected to.
fn proposals(picture: &Picture<'_>) -> Vec<Step> {
    let draft = picture.draft;
    let live = |ids: Vec<&ProposalId>| -> Vec<(ProposalId, Proposal)> {
        let live = ids.into_iter();
        let live = live.filter_map(|id| Some((id.clone(), draft.proposals.get(id)?.clone())));
        live.collect()
    };
    let (mut easy, mut contested) = (Vec::new(), Vec::new());
    let mut first: Vec<_> = draft
        .proposals
        .iter()
        .filter(|(_, p)| p.is_live() && p.stands_at().is_none())
        .map(|(id, _)| id)
        .collect();
    first.sort();
    let mut places = vec![live(first)];
    for standing in &picture.clauses {
        places.push(live(draft.live_on(standing.id).collect()));
        places.push(live(draft.live_after(standing.id).collect()));
    }
    for place in &places {
        let label = |id, p| proposal_label(draft, &picture.labels, id, p);
        let labels: Vec<_> = place
            .iter()
            .map(|(id, p)| format!("{} ({id})", label(id, p)))
            .collect();
        let at = place.iter().filter_map(|(_, p)| p.stands_at()).take(1);
        let ids: Vec<_> = place.iter().map(|(id, _)| id).collect();
        match place.as_slice() {
            [] => {}
            [(_, only)] => {
                let tally = Tally::of_proposal(draft, only);
                let named = words::list(&labels);
                if tally.object.is_empty() {
                    let favour = tally.support.len() + tally.accept.len();
                    let sentence = format!(
                        "Nobody objects to {named}, {}; {} in favour: it may be taken in.",
                        what(only),
                        words::count(favour, "delegation is", "delegations are")
                    );
                    let step = Step::new(StepKind::TakeIn, StepCase::Unopposed, sentence);
                    let mut step = step.on(at).about(ids);
                    step.count = Some(favour);
                    easy.push(step);
                } else {
                    let who = words::delegations(&draft.seats, &tally.object);
                    let step = Step::new(
                        StepKind::Proposals,
                        StepCase::Opposed,
                        format!("{named} is on the floor, and objected to by {who}."),
                    );
                    contested.push(step.on(at).about(ids).with(&tally.object));
                }
            }
            several => {
                let sentence = format!(
                    "{} proposals are on the floor for one place: {}.",
                    several.len(),
                    words::list(&labels)
                );
                let step = Step::new(StepKind::Proposals, StepCase::Rivals, sentence);
                contested.push(step.on(at).about(ids));
            }
        }
    }
    easy.append(&mut contested);
    easy
}

fn what(proposal: &Proposal) -> &'static str {
    match proposal.amendment {
        Amendment::InsertAfter { .. } => "the only new clause proposed there",
        _ => "the only proposal on the clause",
    }
}

/// What somebody blocks, by fewest first.
fn objections(picture: &Picture<'_>) -> Vec<Step> {
    let mut held: Vec<_> = plain(picture)
        .filter_map(|c| match &c.tally.outcome {
            Outcome::Blocked { by } => Some((c, by)),
            Outcome::Reached | Outcome::Short { .. } => None,
        })
        .collect();
    held.sort_by_key(|(_, by)| by.len());
    let told = |(c, by): (&Standing<'_>, &Vec<_>)| {
        let sentence = match by.len() {
            1 => format!(
                "One delegation stands between {} and agreement. {}",
                c.label, c.tally.why
            ),
            n => format!(
                "{n} delegations stand between {} and agreement. {}",
                c.label, c.tally.why
            ),
        };
        Step::new(StepKind::Objection, StepCase::Blocked, sentence)
            .on([c.id])
            .with(by)
    };
    held.into_iter().map(told).collect()
}

/// The clauses to which nobody objects and on which the question has not been put, where that would decide them.
fn question(picture: &Picture<'_>) -> Option<Step> {
    let decides = match &picture.draft.rule.decision {
        Decision::Consensus
        | Decision::ConsensusMinus(_)
        | Decision::ConsensusMinusConcerned(_)
        | Decision::Consent => true,
        Decision::Majority(majority) => majority.of == Electorate::Present,
        Decision::Unanimity | Decision::DoubleMajority(_) => false,
    };
    let clauses: Vec<_> = plain(picture)
        .filter(|c| decides && c.tally.object.is_empty() && !asked(picture, c))
        .collect();
    let labels: Vec<_> = clauses.iter().map(|c| c.label.clone()).collect();
    let them = match clauses.len() {
        0 => return None,
        1 => "it",
        _ => "them",
    };
    let rendered = |c: &&Standing<'_>| shared::unrendered(picture, c.id).is_empty();
    let circulate = if clauses.iter().all(rendered) {
        format!(", or circulate {them} under silence")
    } else {
        String::new()
    };
    let sentence = format!(
        "Nobody objects to {}: put the question{circulate}.",
        words::list(&labels)
    );
    Some(
        Step::new(StepKind::Question, StepCase::Question, sentence)
            .on(clauses.iter().map(|c| c.id)),
    )
}

/// Whether the question was put on the text as it stands.
fn asked(picture: &Picture<'_>, standing: &Standing<'_>) -> bool {
    let draft = picture.draft;
    let clause = draft.clauses.get(standing.id);
    let digest = clause.zip(draft.negotiated()).map(|(c, l)| c.digest(l));
    let question = clause.and_then(|c| c.question.as_ref());
    question.is_some_and(|q| Some(q.digest) == digest)
}

/// Who is awaited where few are; the places where most are, in one step.
fn silent(picture: &Picture<'_>, awaited: &Awaited) -> Vec<Step> {
    let entitled = picture.draft.seats.entitled().count();
    let waiting: BTreeSet<_> = plain(picture).map(|c| c.id).collect();
    let (mut steps, mut most) = (Vec::new(), Vec::new());
    for on in awaited
        .clauses
        .iter()
        .filter(|c| waiting.contains(&c.clause))
    {
        let who: Vec<_> = on.silent.iter().chain(&on.stale).collect();
        if 2 * who.len() > entitled {
            most.push(&on.clause);
        } else {
            let step = Step::new(StepKind::Await, StepCase::Silent, on.sentence.clone());
            steps.push(step.on([&on.clause]).with(who));
        }
    }
    if !most.is_empty() {
        let sentence = format!(
            "Most delegations have not spoken on {}.",
            words::list(&picture.label_all(most.iter().copied()))
        );
        steps.push(Step::new(StepKind::Await, StepCase::MostSilent, sentence).on(most));
    }
    steps
}
