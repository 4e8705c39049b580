//! A whole new wording from who has no replica of the text: taken in like what is typed, answered like an act.

use plenary_shared::acts::Act;
use plenary_shared::draft::{Author, Rewording};
use plenary_shared::entry::By;
use plenary_shared::ids::{Digest, ProposalId, Seq};
use plenary_shared::record::Sealed;
use plenary_shared::wire::view::{RewordOutcome, Reworded};
use tokio::sync::oneshot;
use tracing::info;

use super::task::{Owed, Task, Tick};
use super::{Live, RoomError};

/// An answer that is owed once the tick is durable.
pub(super) struct Due {
    /// The entry that it became; none if nothing differed, or it was entered before.
    entered: Option<Seq>,
    wanted: Rewording,
    reply: oneshot::Sender<Result<Reworded, RoomError>>,
}

impl Task {
    pub(super) fn take_rewording(
        &self,
        tick: &mut Tick,
        by: &By,
        author: &Author,
        wanted: Rewording,
        actor: &[u8],
        reply: oneshot::Sender<Result<Reworded, RoomError>>,
    ) {
        // Whoever asked may have gone.
        if let Some(corrupt) = &self.live.damaged {
            let _ = reply.send(Err(corrupt.clone().into()));
            return;
        }
        let mut entered = None;
        if !tick.next.text.was_signed_by(actor) {
            match tick
                .next
                .reword(by, author, &wanted, actor, self.clock.now())
            {
                Ok(None) => {}
                Ok(Some(sealed)) => {
                    info!(draft.id = %tick.next.draft.id, seq = sealed.entry.seq.0, "a wording is entered");
                    entered = Some(sealed.entry.seq);
                    tick.sealed.push(sealed);
                }
                Err(refusal) => {
                    info!(draft.id = %tick.next.draft.id, code = refusal.code, "a wording is refused");
                    let _ = reply.send(Err(refusal.into()));
                    return;
                }
            }
        }
        tick.owed.push(Owed::Reworded(Due {
            entered,
            wanted,
            reply,
        }));
    }
}

impl Due {
    /// The answer, from what stands now.
    pub(super) fn pay(self, live: &Live, sealed: &[Sealed]) {
        let Rewording {
            place,
            language,
            text: wanted,
            ..
        } = &self.wanted;
        let text = live.text.wording(place, language).unwrap_or_default();
        let entry = sealed.iter().find(|s| Some(s.entry.seq) == self.entered);
        let proposal = entry.and_then(kept);
        let outcome = match (&proposal, self.entered) {
            (Some(_), _) => RewordOutcome::Kept,
            (None, _) if text != *wanted => RewordOutcome::Merged,
            (None, Some(_)) => RewordOutcome::Entered,
            (None, None) => RewordOutcome::Unchanged,
        };
        let answer = Reworded {
            outcome,
            digest: Digest::of(&text),
            text,
            heads: live.text.heads(),
            seq: live.draft.seq,
            proposal,
        };
        // Whoever asked may have gone; the entry stands.
        let _ = self.reply.send(Ok(answer));
    }

    pub(super) fn fail(self, e: RoomError) {
        let _ = self.reply.send(Err(e));
    }
}

/// The proposal in which the words were kept, if the clause had been agreed.
fn kept(sealed: &Sealed) -> Option<ProposalId> {
    match &sealed.entry.act {
        Some(Act::Recover(a)) => a.attempts.first().map(|a| a.proposal.clone()),
        _ => None,
    }
}
