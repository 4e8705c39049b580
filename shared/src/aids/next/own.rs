//! The steps of one delegation: what it can do, and nobody else's business.

use super::{Step, StepCase, StepKind, shared};
use crate::aids::{Awaited, Opposition, Picture, words};
use crate::draft::Stance;
use crate::ids::{ClauseId, DelegationId};
use crate::numbering::proposal_label;

/// All of them, best first.
pub(super) fn steps(
    picture: &Picture<'_>,
    ripe: &[ClauseId],
    awaited: &Awaited,
    opposition: &Opposition,
    own: &DelegationId,
) -> Vec<Step> {
    let mut steps = shared::votes(picture, Some(own));
    for from in &awaited.delegations {
        let (kind, case) = if from.confirmations.is_empty() {
            (StepKind::Await, StepCase::AwaitedOwn)
        } else {
            (StepKind::Confirm, StepCase::ConfirmOwn)
        };
        let clauses = from.confirmations.iter().chain(&from.clauses);
        steps.push(Step::new(kind, case, from.sentence.clone()).on(clauses));
    }
    steps.extend(shared::late(picture, Some(own)));
    steps.extend(objections(picture, opposition, own));
    steps.extend(outdated(picture, own));
    steps.extend(shared::ripe(picture, ripe, false));
    steps
}

/// What it objects to; and apart from that, where the text has changed since, so that it may look again.
fn objections(picture: &Picture<'_>, opposition: &Opposition, own: &DelegationId) -> Vec<Step> {
    let Some(opposing) = opposition.delegations.iter().find(|d| d.delegation == *own) else {
        return Vec::new();
    };
    let draft = picture.draft;
    let is_stale = |id: &&ClauseId| {
        let clause = draft.clauses.get(*id);
        let digest = clause.zip(draft.negotiated()).map(|(c, l)| c.digest(l));
        let position = clause.and_then(|c| c.positions.get(own));
        position.is_some_and(|p| p.stance == Stance::Object && Some(p.digest) != digest)
    };
    let (stale, fresh): (Vec<_>, Vec<_>) = opposing.clauses.iter().partition(is_stale);
    let mut steps = Vec::new();
    if !stale.is_empty() {
        let sentence = format!(
            "The text has changed since you objected to {}: lift the objection, or object again.",
            words::list(&picture.label_all(stale.iter().copied()))
        );
        steps.push(Step::new(StepKind::Objection, StepCase::ObjectedBefore, sentence).on(stale));
    }
    let mut objected = picture.label_all(fresh.iter().copied());
    objected.extend(opposing.proposals.iter().map(ToString::to_string));
    if !objected.is_empty() {
        let sentence = format!("You object to {}.", words::list(&objected));
        let step = Step::new(StepKind::Objection, StepCase::Objecting, sentence);
        steps.push(step.on(fresh).about(&opposing.proposals));
    }
    steps
}

/// Its own proposals that were made on an earlier text.
fn outdated(picture: &Picture<'_>, own: &DelegationId) -> Option<Step> {
    let draft = picture.draft;
    let outdated = draft.proposals.iter().filter(|(_, p)| {
        let clause = p.clause().and_then(|id| draft.clauses.get(id));
        let digest = clause.zip(draft.negotiated()).map(|(c, l)| c.digest(l));
        p.is_live() && p.is_sponsored_by(own) && digest.is_some_and(|d| d != p.base.digest)
    });
    let (ids, labels): (Vec<_>, Vec<_>) = outdated
        .map(|(id, p)| {
            let label = proposal_label(draft, &picture.labels, id, p);
            (id, format!("{label} ({id})"))
        })
        .unzip();
    (!ids.is_empty()).then(|| {
        let sentence = format!(
            "The text has changed since you proposed {}: look at it again.",
            words::list(&labels)
        );
        Step::new(StepKind::Proposals, StepCase::Outdated, sentence).about(ids)
    })
}
