//! The text of this moment gets a name by which it can be read, compared and cited for ever.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules};
use crate::admit;
use crate::draft::{Draft, Manuscript, Role, Version};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{Heads, Name};
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// The text of this moment gets a name by which it can be read, compared and cited for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SealVersion {
    /// The version's name, unique in the draft, for example "Rev.1".
    pub name: Name,
    /// The moment in the text's history; always the present one, completed by the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heads: Option<Heads>,
}

impl Rules for SealVersion {
    fn complete(&self, _: &By, _: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        // The server knows the moment and has filled it in; without a text at hand it is the beginning.
        Ok(Act::SealVersion(Self {
            name: self.name.clone(),
            heads: Some(self.heads.clone().unwrap_or_default()),
        }))
    }

    fn decide(&self, by: &By, draft: &Draft, _: Timestamp) -> Result<(), Refusal> {
        let may = |r: Role| r.holds_the_pen() || r == Role::Archivist;
        admit::seat(
            by,
            "seal a version",
            "the facilitator, a pen-holder or an archivist",
            may,
        )?;
        free_name(draft, &self.name)
    }

    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        let heads = self
            .heads
            .clone()
            .ok_or_else(|| Corrupt::at(entry.seq, "the version names no moment"))?;
        draft.versions.push_back(Version {
            name: self.name.clone(),
            heads,
            seq: entry.seq,
            at: entry.at,
            by: entry.by.clone(),
        });
        Ok(())
    }
}

/// Whether a version may be called that: nothing else is, and it is not taken for a moment of the log.
pub(super) fn free_name(draft: &Draft, version: &Name) -> Result<(), Refusal> {
    let name = version.as_str();
    if name.chars().all(|c| c.is_ascii_digit()) || name == "now" {
        return Err(Refusal::new(
            "name-ambiguous",
            format!("A version called \"{name}\" would be taken for a moment of the log."),
            "Give it a name with a letter in it, for example \"Rev.1\".",
        ));
    }
    if draft.versions.iter().any(|v| v.name == *version) {
        return Err(Refusal::new(
            "name-taken",
            format!("There is a version called \"{name}\" already, and a version never changes."),
            "Give this one another name.",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::acts::testing::Room;
    use serde_json::json;

    fn seals(name: &str) -> serde_json::Value {
        json!({"seal_version": {"name": name}})
    }

    #[test]
    fn versions_are_sealed_by_pen_chair_and_archivist() {
        let room = Room::sitting();
        for who in ["CHAIR", "PEN", "ARC"] {
            room.allows(who, &seals("Rev.1"));
        }
        for who in ["AVR", "OBS", "SEC"] {
            room.refuses(who, &seals("Rev.1"), "not-entitled");
        }
    }

    #[test]
    fn a_version_has_a_name_of_its_own() {
        let mut room = Room::sitting();
        room.does("ARC", &seals("Rev.1"));
        room.refuses("CHAIR", &seals("Rev.1"), "name-taken");
        room.allows("CHAIR", &seals("Rev.2"));
        room.refuses("CHAIR", &seals("2"), "name-ambiguous");
        room.refuses("CHAIR", &seals("now"), "name-ambiguous");
    }
}
