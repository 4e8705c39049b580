//! Checkpoints (C2SP `tlog-checkpoint`): the size of a log and the hash over all of it, signed.

use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::note::{Key, Note, NoteError, Signer};
use crate::ids::{DraftId, Hash};

/// What a server says of a log at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Whose log: the server's name, a slash, and the draft's id.
    pub origin: String,
    /// How many entries.
    pub size: u64,
    /// The hash over all of them.
    pub root: Hash,
}

/// A checkpoint as it is handed over, with its signatures. What they are worth, [`Signed::verified`] says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// What is said.
    pub checkpoint: Checkpoint,
    /// The note that says it.
    pub note: Note,
}

impl Checkpoint {
    /// The name under which a server of that name signs for a draft.
    pub fn origin(server: &str, draft: DraftId) -> String {
        format!("{server}/{draft}")
    }

    /// The draft, if the origin names one.
    pub fn draft(&self) -> Option<DraftId> {
        self.origin.rsplit('/').next()?.parse().ok()
    }

    /// Signed by the log's key, under the name of its origin.
    pub fn sign(&self, signer: &Signer) -> Signed {
        let mut note = Note::unsigned(self.text());
        note.sign(&signer.named(&self.origin));
        Signed {
            checkpoint: self.clone(),
            note,
        }
    }

    fn text(&self) -> String {
        let root = BASE64.encode(self.root.0);
        format!("{}\n{}\n{root}\n", self.origin, self.size)
    }
}

impl Signed {
    /// That the log's key has signed it.
    ///
    /// # Errors
    /// [`NoteError`].
    pub fn verified(&self, key: &Key) -> Result<&Checkpoint, NoteError> {
        self.note.verify(&key.named(&self.checkpoint.origin))?;
        Ok(&self.checkpoint)
    }
}

impl FromStr for Signed {
    type Err = NoteError;
    fn from_str(s: &str) -> Result<Self, NoteError> {
        let wrong = NoteError::Malformed;
        let note: Note = s.parse()?;
        let mut lines = note.text.lines();
        let (origin, size, root) = (lines.next(), lines.next(), lines.next());
        let origin = origin.filter(|o| !o.is_empty());
        let origin = origin.ok_or(wrong("a checkpoint begins with the name of its log"))?;
        let is_number = |s: &&str| *s == "0" || !s.starts_with(['0', '+']);
        let size = size.filter(is_number).and_then(|s| s.parse().ok());
        let size = size.ok_or(wrong("the second line of a checkpoint is a number"))?;
        let root = root.and_then(|r| BASE64.decode(r).ok());
        let root = root.and_then(|r| <[u8; 32]>::try_from(r).ok());
        let root = root.ok_or(wrong("the third line of a checkpoint is a hash"))?;
        Ok(Self {
            checkpoint: Checkpoint {
                origin: origin.to_owned(),
                size,
                root: Hash(root),
            },
            note,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::note::Kind;
    use super::*;

    #[test]
    fn a_checkpoint_is_what_its_log_signed() {
        let signer = Signer::from_seed("plenary.example", [3; 32]);
        let checkpoint = Checkpoint {
            origin: Checkpoint::origin("plenary.example", DraftId([7; 16])),
            size: 20_852_163,
            root: Hash([9; 32]),
        };
        let signed = checkpoint.sign(&signer);
        let read: Signed = signed.note.to_string().parse().unwrap();
        assert_eq!(read, signed);
        assert_eq!(read.verified(&signer.public(Kind::Log)), Ok(&checkpoint));
        assert_eq!(checkpoint.draft(), Some(DraftId([7; 16])));
        let other = Signer::from_seed("plenary.example", [4; 32]);
        assert!(read.verified(&other.public(Kind::Log)).is_err());
    }

    #[test]
    fn what_is_no_checkpoint_is_refused() {
        let line = "\n— x AAAAAAAA\n";
        for wrong in [
            "x\n",
            "x\n1\n",
            "x\n01\nAAAA\n",
            "x\n-1\nAAAA\n",
            "x\n1\nAAAA\n",
            "\n1\nAAAA\n",
        ] {
            assert!(
                format!("{wrong}{line}").parse::<Signed>().is_err(),
                "{wrong:?}"
            );
        }
    }
}
