//! A wording is said to render another: the translation of a clause matches, until one of the two changes.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules, floor};
use crate::admit;
use crate::draft::{Draft, Manuscript, Rendering, TextEdit};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{ClauseId, Digest, Language, Prose};
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// A wording is said to render another: the translation of a clause matches, until one of the two changes.
///
/// The mark may bring the words themselves. That is how a translation is corrected after the adoption, in one entry, and
/// how somebody who does not type into the text hands one in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkTranslation {
    /// The clause.
    pub clause: ClauseId,
    /// The language of the translation.
    pub language: Language,
    /// The translation's words, if it is given with the mark; left out, the mark is of the words that stand there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Prose>,
    /// The translation's exact words, by their digest; completed with those given or present if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// The language it renders; the one negotiated in if left out. A working translation may render another authentic
    /// language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Language>,
    /// The exact words that it renders, by their digest; completed with the present ones if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Digest>,
}

impl Rules for MarkTranslation {
    fn complete(&self, _: &By, draft: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        let mut act = self.clone();
        if act.source.is_none() {
            act.source = draft.negotiated().cloned();
        }
        let clause = draft.clauses.get(&self.clause);
        let present = |language: &Language| clause.map(|c| c.digest(language));
        let given = self.text.as_ref().map(|t| Digest::of(t.as_str()));
        act.digest = act.digest.or(given).or_else(|| present(&self.language));
        act.of = act.of.or_else(|| act.source.as_ref().and_then(present));
        Ok(Act::MarkTranslation(act))
    }

    fn decide(&self, by: &By, draft: &Draft, _: Timestamp) -> Result<(), Refusal> {
        admit::translations(by)?;
        let clause = floor::clause(draft, &self.clause)?;
        if clause.is_deleted() {
            return Err(Refusal::clause_deleted(&self.clause));
        }
        let source = self.languages(draft)?;
        if let Some(text) = &self.text {
            self.correction(draft, text)?;
        } else if self.digest != Some(clause.digest(&self.language)) {
            return Err(Refusal::stale_text(&format!(
                "clause {} in {}",
                self.clause, self.language
            )));
        }
        if self.digest == Some(Digest::of("")) {
            return Err(no_words(&self.clause, &self.language));
        }
        let rendered = clause.digest(source);
        if rendered == Digest::of("") {
            return Err(no_words(&self.clause, source));
        }
        if self.of != Some(rendered) {
            return Err(Refusal::stale_text(&format!(
                "clause {} in {source}",
                self.clause
            )));
        }
        Ok(())
    }

    fn edits(&self, _: &Draft, _: &Manuscript) -> Vec<TextEdit> {
        let text = self.text.iter();
        text.map(|text| TextEdit::SetWording {
            clause: self.clause.clone(),
            language: self.language.clone(),
            text: text.as_str().to_owned(),
            base: None,
        })
        .collect()
    }

    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        let source = self.source.clone();
        let rendering = Rendering {
            digest: floor::named(entry, self.digest)?,
            source: source
                .ok_or_else(|| Corrupt::at(entry.seq, "it does not say what it renders"))?,
            of: floor::named(entry, self.of)?,
            by: entry.by.clone(),
            seq: entry.seq,
            at: entry.at,
        };
        let clause = floor::clause_mut(entry, draft, &self.clause)?;
        if clause.digest(&self.language) != rendering.digest {
            return Err(Corrupt::at(
                entry.seq,
                "it marks a translation that does not stand there",
            ));
        }
        clause.translations.insert(self.language.clone(), rendering);
        Ok(())
    }
}

impl MarkTranslation {
    /// Whether that language renders that one; the one that is rendered.
    fn languages<'a>(&'a self, draft: &'a Draft) -> Result<&'a Language, Refusal> {
        if !draft.speaks(&self.language) {
            return Err(Refusal::unknown_language(&self.language));
        }
        if let Some(adoption) = &draft.adopted
            && draft.authentic.contains(&self.language)
        {
            return Err(Refusal::draft_adopted(&adoption.name));
        }
        let negotiated = draft.negotiated().ok_or_else(Refusal::not_convened)?;
        if self.language == *negotiated {
            return Err(Refusal::new(
                "not-a-translation",
                format!("This draft is negotiated in {negotiated}: that wording renders no other."),
                "Mark the wording in another language as a translation of it.",
            ));
        }
        let source = self.source.as_ref().unwrap_or(negotiated);
        let authentic = draft.authentic.contains(&self.language);
        let may_render = if authentic {
            source == negotiated
        } else {
            draft.authentic.contains(source)
        };
        if may_render {
            return Ok(source);
        }
        let of = if authentic {
            format!("only {negotiated}, in which the draft is negotiated")
        } else {
            "only an authentic language".to_owned()
        };
        Err(Refusal::new(
            "not-a-source",
            format!("The wording in {} renders {of}.", self.language),
            "Name what it was translated from.",
        ))
    }

    /// Whether these words may be written there: never over what is agreed, and after the adoption only in a working
    /// language.
    fn correction(&self, draft: &Draft, text: &Prose) -> Result<(), Refusal> {
        let clause = floor::clause(draft, &self.clause)?;
        let agreement = clause.agreement.as_ref();
        if agreement.is_some_and(|a| a.digests.contains_key(&self.language)) {
            return Err(Refusal::clause_agreed(&self.clause));
        }
        floor::wording_fits(&self.language, text)?;
        if self.digest != Some(Digest::of(text.as_str())) {
            return Err(Refusal::stale_text(&format!(
                "clause {} in {}",
                self.clause, self.language
            )));
        }
        if text.as_str().trim().is_empty() {
            return Err(no_words(&self.clause, &self.language));
        }
        Ok(())
    }
}

fn no_words(clause: &ClauseId, language: &Language) -> Refusal {
    Refusal::new(
        "text-needed",
        format!("Clause {clause} has no words in {language}."),
        "Write them first, or give them with the mark.",
    )
}

#[cfg(test)]
mod tests {
    use crate::acts::testing::{
        Room, agree, another_text, call, delete, en, fr, incorporate, marks, renders, reopen,
    };
    use crate::wire::view::ClauseStatus;
    use serde_json::json;

    #[test]
    fn who_holds_the_pen_or_the_secretariat_says_what_a_translation_renders() {
        let mut room = Room::bilingual();
        for who in ["AVR", "OBS", "ARC", "SERVER"] {
            room.refuses(who, &marks("op-1", "fr"), "not-entitled");
        }
        for who in ["PEN", "CHAIR", "SEC"] {
            room.allows(who, &marks("op-1", "fr"));
        }
        room.refuses("PEN", &marks("op-9", "fr"), "unknown-clause");
        room.refuses("PEN", &marks("op-1", "de"), "unknown-language");
        room.refuses("PEN", &marks("op-1", "en"), "not-a-translation");
        room.refuses("PEN", &marks("op-2", "fr"), "text-needed");
        room.does("PEN", &marks("op-1", "fr"));
        assert_eq!(room.translation("op-1", "fr"), "matching");
        assert_eq!(room.replayed(), room.draft);
    }

    #[test]
    fn a_mark_is_of_exact_words_in_both_languages() {
        let room = Room::bilingual();
        for field in ["digest", "of"] {
            let mut stale = marks("op-1", "fr");
            stale["mark_translation"][field] = json!(another_text());
            room.refuses("PEN", &stale, "stale-text");
        }
        let mut given = renders("op-1", "fr", "Décide de se réunir tous les ans;");
        given["mark_translation"]["digest"] = json!(another_text());
        room.refuses("PEN", &given, "stale-text");
    }

    #[test]
    fn an_edit_on_either_side_ends_the_match_and_words_that_return_bring_it_back() {
        let mut room = Room::bilingual();
        assert_eq!(room.translation("op-1", "fr"), "unmarked");
        assert_eq!(room.translation("op-2", "fr"), "missing");
        room.does("PEN", &marks("op-1", "fr"));
        room.types("op-1", en(), "Decides to meet monthly;");
        assert_eq!(room.translation("op-1", "fr"), "behind");
        room.types("op-1", fr(), "Décide de se réunir chaque mois;");
        assert_eq!(
            room.translation("op-1", "fr"),
            "behind",
            "until it is marked"
        );
        room.types("op-1", en(), "Decides to meet annually;");
        assert_eq!(room.translation("op-1", "fr"), "unmarked");
        room.types("op-1", fr(), "Décide de se réunir chaque année;");
        assert_eq!(room.translation("op-1", "fr"), "matching");
        room.types("op-1", fr(), "");
        assert_eq!(room.translation("op-1", "fr"), "missing");
    }

    #[test]
    fn an_authentic_wording_renders_the_one_negotiated_in_and_a_working_one_any_authentic() {
        let mut room = Room::bilingual();
        room.does("SEC", &renders("op-1", "es", "Decide reunirse cada año;"));
        let from = |language: &str, source: &str| {
            let mut mark = marks("op-1", language);
            mark["mark_translation"]["source"] = json!(source);
            mark
        };
        room.refuses("PEN", &from("fr", "es"), "not-a-source");
        room.refuses("PEN", &from("es", "es"), "not-a-source");
        room.does("PEN", &from("es", "fr"));
        assert_eq!(room.translation("op-1", "es"), "behind", "with the French");
        room.does("PEN", &marks("op-1", "fr"));
        assert_eq!(room.translation("op-1", "es"), "matching");
        room.types("op-1", en(), "Decides to meet monthly;");
        assert_eq!(room.translation("op-1", "es"), "behind", "with the French");
    }

    #[test]
    fn the_words_may_come_with_the_mark_but_never_over_what_is_agreed() {
        let mut room = Room::bilingual();
        room.does("SEC", &renders("op-2", "fr", "Demande un rapport."));
        assert_eq!(room.translation("op-2", "fr"), "matching");
        room.refuses("SEC", &renders("op-2", "es", " "), "text-needed");
        let long = "a".repeat(crate::limits::WORDING_UNITS / 2 + 1);
        let long = long.replace('a', "\u{1F30A}");
        room.refuses("SEC", &renders("op-2", "es", &long), "text-too-long");
        room.does("CHAIR", &call("op-2"));
        room.does("CHAIR", &agree("op-2"));
        let other = renders("op-2", "fr", "Demande un rapport annuel.");
        room.refuses("SEC", &other, "clause-agreed");
        room.does("SEC", &renders("op-2", "es", "Solicita un informe."));
        room.does("CHAIR", &reopen("op-2"));
        room.does("SEC", &other);
        room.does("AVR", &delete("op-2"));
        room.does("PEN", &incorporate("p1"));
        room.refuses("PEN", &marks("op-2", "fr"), "clause-deleted");
    }

    #[test]
    fn once_adopted_only_working_translations_are_corrected() {
        let mut room = Room::bilingual();
        for (id, fr) in [("t", "Déclaration"), ("op-2", "Demande un rapport.")] {
            room.does("SEC", &renders(id, "fr", fr));
        }
        room.does("PEN", &marks("op-1", "fr"));
        room.does("PEN", &renders("op-1", "es", "Decide reunirse cada anno;"));
        for id in ["t", "op-1", "op-2"] {
            room.does("CHAIR", &call(id));
            room.does("CHAIR", &agree(id));
        }
        let adopt = json!({"adopt": {"name": "D", "present": ["AVR", "MRD", "PEN"]}});
        room.does("CHAIR", &adopt);
        let before = room.words("op-1");
        room.refuses("PEN", &marks("op-1", "fr"), "draft-adopted");
        let french = renders("op-1", "fr", "Décide de se réunir tous les ans;");
        room.refuses("SEC", &french, "draft-adopted");
        room.refuses("AVR", &renders("op-1", "es", "Decide;"), "not-entitled");
        room.does("SEC", &renders("op-1", "es", "Decide reunirse cada año;"));
        room.types(
            "op-1",
            "es".parse().unwrap(),
            "Decide reunirse una vez al año;",
        );
        assert_eq!(room.translation("op-1", "es"), "unmarked");
        room.does("PEN", &marks("op-1", "es"));
        assert_eq!(
            (room.status("op-1"), room.words("op-1")),
            (ClauseStatus::Adopted, before)
        );
        assert_eq!(room.replayed(), room.draft);
    }
}
