//! What is handed in with a draft proposal.

use axum::response::Response;
use plenary_documents::docx;
use plenary_documents::submission::{self, MEDIA_TYPE, Submission};
use plenary_shared::export::{Joined, Show, sponsors};

use super::document::{Material, attached};
use super::{Kind, Which};
use crate::http::Answer;
use crate::http::visit::Visit;
use crate::room::RoomError;

/// The pack, of the words that stand, against the earlier moment or else the last sealed version before.
pub(super) async fn write(visit: &Visit, mut which: Which) -> Answer<Response> {
    which.text = Some(Kind::Clean);
    which.beside = None;
    let past = visit.past(which.at.as_deref()).await?;
    if which.from.is_none() {
        // What is sealed at the very moment is what is handed in.
        let mut sealed = past.draft.versions.iter().rev();
        let before = sealed.find(|v| v.seq < past.draft.seq && v.heads != past.heads);
        which.from = before.map(|v| v.seq.to_string());
    }
    let material = Material::of(visit, past, which).await?;
    let seq = material.new.draft.seq;
    let joined = visit.room.read_log(seq, Joined::default(), Joined::read);
    let joined = joined.await?;
    let file = format!("{}-{seq}.zip", visit.draft);
    let packed = tokio::task::spawn_blocking(move || submission::write(&of(material, &joined)));
    let packed = packed.await.map_err(|_| RoomError::Gone)?;
    Ok(attached(MEDIA_TYPE, &file, packed))
}

fn of(mut material: Material, joined: &Joined) -> Submission {
    let draft = material.new.draft.clone();
    let sponsors = sponsors(&draft, joined);
    for sponsor in &sponsors {
        if !material.cover.sponsors.contains(&sponsor.name) {
            material.cover.sponsors.push(sponsor.name.clone());
        }
    }
    let date: String = draft.at.to_string().chars().take(10).collect();
    material.cover.date = Some(date);
    let moment = |past: &crate::room::Past| {
        let (seq, at) = (past.draft.seq, past.draft.at);
        let sealed = past.draft.versions.iter().find(|v| v.seq == seq);
        let name = sealed.map(|v| format!("{}, ", v.name));
        format!("{}entry {seq}, {at}", name.unwrap_or_default())
    };
    let moments = (moment(&material.new), material.old.as_ref().map(moment));
    let tracked = material.old.is_some().then(|| {
        let bytes = material.make(|sheet, _| docx::write(sheet));
        (material.language.clone(), bytes)
    });
    let clean = draft.languages().map(|language| {
        material.clean(language, |sheet, _| {
            let clauses = sheet.redline.clauses.iter();
            let missing = clauses.filter(|c| c.segments.is_empty()).count();
            (language.clone(), docx::write(sheet), missing)
        })
    });
    let clean = clean.collect();
    let brackets = material.clean(&material.language, |_, page| {
        let mut page = page.clone();
        page.show = Show::Rolling;
        page.counts().brackets
    });
    Submission {
        title: draft.title.to_string(),
        cover: material.cover.clone(),
        moments,
        tracked,
        clean,
        sponsors,
        brackets,
    }
}
