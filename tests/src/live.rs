//! A story's draft on a live server: acts by HTTP, typing by websocket, and everything seen as clients see it.

use std::collections::BTreeMap;

use anyhow::Context as _;
use plenary_shared::acts::Convene;
use plenary_shared::draft::Role;
use plenary_shared::entry::By;
use plenary_shared::ids::{DelegationId, DraftId, Language, Seq};
use plenary_shared::signing::Statement;
use plenary_shared::time::Timestamp;
use plenary_shared::wire::view::{
    Acknowledged, DraftSummary, EntryView, Invitation, NewSeat, Page, ProposalView, SigningView,
    Statements, TextView, Versions,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::conference::{first_edits, roster};
use crate::plenary::Plenary;
use crate::scenario::{Edit, Scenario};
use crate::stage::{Picture, Refused, Stage, Who, curtain, signer};
use crate::{socket, typing};

/// A draft on a live server.
pub struct LiveDraft {
    /// The server.
    pub server: Plenary,
    /// The draft.
    pub id: DraftId,
    negotiated: Language,
    seated: Seq,
    tokens: BTreeMap<(DelegationId, Role), String>,
}

impl LiveDraft {
    /// Starts a server and convenes the story's draft on it.
    ///
    /// # Errors
    /// If the server refuses the story's text or roster.
    pub fn convene(scenario: &Scenario) -> anyhow::Result<Self> {
        let server = Plenary::start(curtain())?;
        let id = DraftId([1; 16]);
        let convene = Convene {
            draft: id,
            title: scenario.title.clone(),
            authentic: scenario.languages.clone(),
            working: scenario.working.clone(),
            rule: scenario.rule.clone(),
            mode: scenario.mode,
            paper: None,
        };
        // Behind the server's back, as stories name their clauses in ways that a text in Markdown cannot.
        let text = first_edits(scenario)?;
        let rooms = &server.app.rooms;
        let convening = rooms.convene(By::Secretariat, id, convene, text, None);
        server.runtime.block_on(convening)?;
        let mut draft = Self {
            server,
            id,
            negotiated: scenario.negotiated().clone(),
            seated: Seq(0),
            tokens: BTreeMap::new(),
        };
        for act in roster(scenario) {
            let secretariat = draft.server.secretariat.clone();
            let done = draft.submit(&secretariat, &serde_json::to_value(&act)?)?;
            done.map_err(|no| anyhow::anyhow!("{}: {}", no.code, no.sentence))?;
        }
        draft.seated = draft.seq()?;
        Ok(draft)
    }

    /// The token of somebody who sits there; whoever has none yet is invited.
    fn token(&mut self, who: &Who) -> anyhow::Result<String> {
        if who.code.as_str() == "SECRETARIAT" {
            return Ok(self.server.secretariat.clone());
        }
        let key = (who.code.clone(), who.role);
        if let Some(token) = self.tokens.get(&key) {
            return Ok(token.clone());
        }
        let seat = NewSeat {
            delegation: who.code.clone(),
            role: who.role,
            drafts: vec![self.id],
            label: None,
            expires_in: None,
        };
        let secretariat = &self.server.secretariat;
        let invited = self.server.post(secretariat, "/api/v1/seats", &seat)?;
        let invited: Invitation =
            invited.map_err(|p| anyhow::anyhow!("no seat for {who:?}: {}", p.detail))?;
        self.tokens.insert(key, invited.token.clone());
        Ok(invited.token)
    }

    fn submit(&self, token: &str, act: &Value) -> anyhow::Result<Result<(), Refused>> {
        self.post(token, "acts", act)
    }

    fn post(&self, token: &str, to: &str, body: &Value) -> anyhow::Result<Result<(), Refused>> {
        let path = format!("/api/v1/drafts/{}/{to}", self.id);
        let answer = self.server.post::<Acknowledged>(token, &path, body)?;
        Ok(answer.map(drop).map_err(|problem| Refused {
            // Which field is malformed is of no interest to a story.
            code: match problem.code.strip_prefix("malformed") {
                Some(_) => "malformed".into(),
                None => problem.code,
            },
            sentence: format!("{} {}", problem.detail, problem.hint),
        }))
    }

    fn read<T: DeserializeOwned>(&self, path: &str) -> anyhow::Result<T> {
        let path = format!("/api/v1/drafts/{}{path}", self.id);
        self.server.get(&self.server.secretariat, &path)
    }

    /// The log as the server hands it out.
    ///
    /// # Errors
    /// If the server does not hand it out.
    pub fn log(&self) -> anyhow::Result<Vec<Vec<u8>>> {
        let mut log = Vec::new();
        loop {
            let path = format!("/entries?after={}&limit=500&bytes=true", log.len());
            let page: Page<EntryView> = self.read(&path)?;
            for entry in page.items {
                let bytes = entry.bytes.context("an entry came without its bytes")?;
                log.push(hex::decode(bytes)?);
            }
            if page.next.is_none() {
                return Ok(log);
            }
        }
    }
}

impl Stage for LiveDraft {
    /// Nothing more is needed: the server looks at the clock before whatever it is asked.
    fn strike(&mut self, now: Timestamp) -> anyhow::Result<()> {
        self.server.clock.set(now);
        Ok(())
    }

    fn act(&mut self, who: &Who, act: &Value) -> anyhow::Result<Result<(), Refused>> {
        self.server.clock.set(who.at);
        let token = self.token(who)?;
        let Some(name) = &who.signs else {
            return self.submit(&token, act);
        };
        let path = format!("/api/v1/drafts/{}/signing", self.id);
        let signing: SigningView = self.server.get(&token, &path)?;
        let signed = Statement {
            draft: self.id,
            delegation: who.code.clone(),
            answers: signing.answers,
            act: serde_json::from_value(act.clone())?,
        };
        let signed = serde_json::to_value(signed.sign(&signer(name)))?;
        self.post(&token, "signed-acts", &signed)
    }

    fn edit(&mut self, who: &Who, edit: &Edit, seen: Seq) -> anyhow::Result<Result<(), Refused>> {
        self.server.clock.set(who.at);
        let token = self.token(who)?;
        let (place, language) = typing::spot(edit, &self.negotiated)?;
        let occasion = format!("{who:?} after {seen}");
        let mut replica = typing::replica(self.id, &self.log()?, seen, &occasion)?;
        let words = replica.wording(&place, &language).unwrap_or_default();
        if words != edit.text {
            replica
                .reword(&place, &language, &edit.text, who.at)
                .with_context(|| format!("there is nothing to type into at {place:?}"))?;
        }
        let address = self.server.sync_address();
        let delivered = socket::deliver(&address, &token, self.id, &mut replica);
        let delivered = self.server.runtime.block_on(delivered)?;
        Ok(delivered.map_err(|why| {
            let (code, sentence) = why.split_once(": ").unwrap_or((&why, ""));
            Refused {
                code: code.into(),
                sentence: sentence.into(),
            }
        }))
    }

    fn has_a_door(&self) -> bool {
        true
    }

    fn seq(&mut self) -> anyhow::Result<Seq> {
        Ok(self.read::<DraftSummary>("")?.seq)
    }

    fn picture(&mut self) -> anyhow::Result<Picture> {
        let summary: DraftSummary = self.read("")?;
        let proposals: Page<ProposalView> = self.read("/proposals?state=all")?;
        let versions: Versions = self.read("/versions")?;
        let statements: Statements = self.read("/statements")?;
        Ok(Picture {
            entries: summary.seq.0 - self.seated.0,
            summary,
            roster: self.read("/roster")?,
            text: self.read("/text")?,
            status: self.read("/status")?,
            proposals: proposals.items,
            versions: versions.items,
            statements: statements.items,
        })
    }

    fn text_of(&mut self, version: &str) -> anyhow::Result<TextView> {
        self.read(&format!("/text?at={}", version.replace(' ', "%20")))
    }
}
