//! What every command begins with: who asks, of which server, about which draft.

use std::sync::Once;

use plenary_shared::acts::{Act, Target};
use plenary_shared::ids::{ClauseId, Digest, DraftId, Language};
use plenary_shared::wire::view::{Acknowledged, ClauseText, DraftSummary, ProposalView, TextView};

use crate::api::{Api, Patience};
use crate::cli::Globals;
use crate::failure::{Exit, Failure, Outcome};
use crate::output::{Output, Tint, wrap};
use crate::profile::{Profiles, is_exposed, read_link};
use crate::seen::Seen;
use crate::{pins, plain, reference};

/// What every command begins with.
#[derive(Debug, Clone)]
pub(crate) struct Context {
    /// Where to write.
    pub(crate) out: Output,
    /// What was asked for on the command line and in the environment.
    pub(crate) globals: Globals,
    /// How long to try to reach the server.
    pub(crate) patience: Patience,
}

/// A draft on its server, with its present text.
#[derive(Debug)]
pub(crate) struct Floor {
    /// The server.
    pub(crate) api: Api,
    /// The draft.
    pub(crate) draft: DraftSummary,
    /// Its text.
    pub(crate) text: TextView,
    /// What was shown before.
    pub(crate) seen: Seen,
}

impl Context {
    /// The server, as the seat that is logged in.
    pub(crate) fn api(&self) -> Outcome<Api> {
        let profiles = Profiles::read()?;
        let name = self.globals.profile.as_deref();
        let given = self.globals.server.as_deref().map(read_link).transpose()?;
        let known = profiles.find(name, given.as_ref().map(|(url, _)| url.as_str()));
        if let (Some(name), None) = (name, known) {
            return Err(Failure::not_found(
                "unknown-profile",
                format!("There is no profile {name}."),
                "Log in under that name: `plenary login LINK --profile NAME`.",
            ));
        }
        let in_link = given.as_ref().and_then(|(_, token)| token.clone());
        let token = self
            .globals
            .token
            .clone()
            .or(in_link)
            .or_else(|| known.map(|(_, p)| p.token.clone()));
        let base = match (given, known) {
            (Some((url, _)), _) => Some(url),
            (None, Some((_, profile))) => Some(read_link(&profile.server)?.0),
            (None, None) => None,
        };
        let (Some(base), Some(token)) = (base, token) else {
            return Err(Failure::new(
                Exit::NotAllowed,
                "not-logged-in",
                "You are not logged in.",
                "Log in with your invitation link: `plenary login 'https://…/#token=…'`.",
            ));
        };
        if token.chars().any(|c| !c.is_ascii_graphic()) {
            return Err(Failure::usage(
                "The token holds characters that no token has.",
                "Copy the whole invitation link once more.",
            ));
        }
        if is_exposed(&base) {
            static WARN: Once = Once::new();
            WARN.call_once(|| {
                self.out.remark(&format!(
                    "warning: {base} is not encrypted: others on the way can read your token."
                ));
            });
        }
        Ok(Api::new(base, token, self.patience))
    }

    /// Which draft is meant.
    pub(crate) fn draft_id(&self, api: &Api) -> Outcome<DraftId> {
        let draft = self.draft_unlooked(api)?;
        pins::look(api, draft)?;
        Ok(draft)
    }

    /// Which draft is meant, without a look whether its record is still the one that was signed.
    pub(crate) fn draft_unlooked(&self, api: &Api) -> Outcome<DraftId> {
        match self.named_draft()? {
            Some(written) => self.find_draft(api, &written),
            None => reference::only_draft(&api.all(&["drafts"], &[])?),
        }
    }

    /// The name of the draft that is meant: as given now, else as chosen once with `plenary draft use`.
    pub(crate) fn named_draft(&self) -> Outcome<Option<String>> {
        if self.globals.draft.is_some() {
            return Ok(self.globals.draft.clone());
        }
        let api = self.api()?;
        let profiles = Profiles::read()?;
        let here = profiles.find(self.globals.profile.as_deref(), Some(api.base().as_str()));
        Ok(here
            .filter(|(_, p)| p.token == api.token())
            .and_then(|(_, p)| p.draft.clone()))
    }

    /// The draft of that name.
    pub(crate) fn find_draft(&self, api: &Api, written: &str) -> Outcome<DraftId> {
        match written.parse() {
            Ok(id) => Ok(id),
            Err(_) => reference::draft(written, &api.all(&["drafts"], &[])?),
        }
    }

    /// The draft that is meant, as it stands.
    pub(crate) fn summary(&self) -> Outcome<(Api, DraftSummary)> {
        let api = self.api()?;
        let draft = api.of_draft(self.draft_id(&api)?, &[], &[])?;
        Ok((api, draft))
    }

    /// The draft that is meant, with its text.
    pub(crate) fn floor(&self) -> Outcome<Floor> {
        let (api, draft) = self.summary()?;
        let text = api.of_draft(draft.id, &["text"], &[])?;
        let seen = Seen::read(draft.id, api.token())?;
        Ok(Floor {
            api,
            draft,
            text,
            seen,
        })
    }
}

impl Floor {
    /// The language negotiated in.
    pub(crate) fn negotiated(&self) -> Outcome<&Language> {
        negotiated(&self.draft)
    }

    /// The clauses by id and number.
    pub(crate) fn labels(&self) -> impl Iterator<Item = (&ClauseId, &str)> {
        self.text.clauses.iter().map(|c| (&c.id, c.label.as_str()))
    }

    /// The clause meant.
    pub(crate) fn clause(&self, written: &str) -> Outcome<ClauseId> {
        reference::clause(written, self.labels())
    }

    /// The words of the clause meant.
    pub(crate) fn words(&self, written: &str) -> Outcome<&ClauseText> {
        let id = self.clause(written)?;
        self.text
            .clauses
            .iter()
            .find(|c| c.id == id)
            .ok_or_else(|| {
                Failure::not_found(
                    "unknown-clause",
                    format!("There is no clause {written} in the present text."),
                    "List the clauses with their ids: `plenary show --ids`.",
                )
            })
    }

    /// All proposals, past ones among them.
    pub(crate) fn proposals(&self) -> Outcome<Vec<ProposalView>> {
        proposals(&self.api, self.draft.id, true)
    }

    /// The clause or proposal meant, with the digest that an act on it should name: that of the wording last shown
    /// here. If none was, the present wording is shown now.
    pub(crate) fn target(
        &mut self,
        written: &str,
        out: &Output,
    ) -> Outcome<(Target, Option<Digest>)> {
        let proposals = self.proposals()?;
        let target = reference::target(written, self.labels(), &proposals)?;
        let digest = self.digest_of(&target, &proposals, out)?;
        Ok((target, digest))
    }

    /// The digest that an act on the target should name.
    pub(crate) fn digest_of(
        &mut self,
        target: &Target,
        proposals: &[ProposalView],
        out: &Output,
    ) -> Outcome<Option<Digest>> {
        let language = self.negotiated()?.clone();
        if let Some(sighting) = self.seen.of(target, &language) {
            return Ok(Some(sighting.digest));
        }
        let shown = match target {
            Target::Clause(id) => self.text.clauses.iter().find(|c| c.id == *id).map(|c| {
                self.seen.clause(c, &language, &self.text.heads);
                (
                    c.label.clone(),
                    c.text.get(&language).cloned().unwrap_or_default(),
                )
            }),
            Target::Proposal(id) => proposals.iter().find(|p| p.id == *id).map(|p| {
                self.seen.proposal(p, &language, &self.text.heads);
                let words = p.text.get(&language).cloned().unwrap_or_default();
                (format!("{} ({})", p.id, p.label), words)
            }),
        };
        let Some((name, words)) = shown else {
            return Ok(None);
        };
        if !out.json {
            let name = out.paint.tint(Tint::Bold, &plain(&name));
            out.raw(&format!("{name}  {}", wrap(&plain(&words), out.width(), 4)))?;
        }
        self.seen.keep();
        Ok(self.seen.of(target, &language).map(|s| s.digest))
    }

    /// Enters an act and tells so.
    pub(crate) fn enter(
        &self,
        act: &Act,
        out: &Output,
        sentence: impl FnOnce(&Acknowledged) -> String,
    ) -> Outcome {
        let done = self.api.act(self.draft.id, act)?;
        entered(&done, out, sentence)
    }
}

/// Tells that an act was entered.
pub(crate) fn entered(
    done: &Acknowledged,
    out: &Output,
    sentence: impl FnOnce(&Acknowledged) -> String,
) -> Outcome {
    out.value(done, |_| {
        format!("{} (entry {})", plain(&sentence(done)), done.seq)
    })
}

/// The language negotiated in.
pub(crate) fn negotiated(draft: &DraftSummary) -> Outcome<&Language> {
    draft.authentic.first().ok_or_else(|| {
        Failure::new(
            Exit::Other,
            "no-language",
            "This draft names no language that it is negotiated in.",
            "Ask the secretariat.",
        )
    })
}

/// A draft's proposals.
pub(crate) fn proposals(api: &Api, draft: DraftId, all: bool) -> Outcome<Vec<ProposalView>> {
    let state = if all { "all" } else { "made" };
    api.all(
        &["drafts", &draft.to_string(), "proposals"],
        &[("state", state.to_owned())],
    )
}
