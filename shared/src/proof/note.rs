//! Signed notes (C2SP `signed-note`): a text, and lines that say who signed it. Ed25519 only.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::{Signature as Ed25519, Signer as _, SigningKey, VerifyingKey};
use sha2::Digest as _;

/// Bytes of a note that are read at all; ours have a few hundred.
const NOTE_BYTES: usize = 64 << 10;
/// Signature lines that are looked at.
const SIGNATURES: usize = 64;
/// Characters of a key's name.
const NAME: usize = 255;
const MARK: &str = "— ";
const SECRET: &str = "PRIVATE+KEY+";

/// What is wrong with a note, a key or a signature.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// It is not written as a note is.
    #[error("it is no signed note: {0}")]
    Malformed(&'static str),
    /// It is not written as a key is.
    #[error("it is no key: {0}")]
    Key(&'static str),
    /// No line is signed with that key.
    #[error("{0} has not signed it")]
    Unsigned(String),
    /// A line claims to be signed with that key, and is not.
    #[error("the signature of {0} does not belong to it")]
    Forged(String),
}

/// What a key signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Notes of its own: a log its checkpoints.
    Log = 1,
    /// What others have signed: a witness, with the time.
    Witness = 4,
}

/// A public key with the name under which it signs. Written `name+id+key`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The name.
    pub name: String,
    /// What it signs.
    pub kind: Kind,
    key: VerifyingKey,
}

/// A secret key with its name.
#[derive(Clone)]
pub struct Signer {
    /// The name.
    pub name: String,
    key: SigningKey,
}

/// One signature line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Who signed, as the line claims.
    pub name: String,
    /// The id of the key and the signature.
    pub bytes: Vec<u8>,
}

/// A text and its signatures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The text, which ends with a line break.
    pub text: String,
    /// Who signed it, as claimed: nothing here is verified.
    pub signatures: Vec<Signature>,
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= NAME
        && !name.contains(|c: char| c.is_whitespace() || c.is_control() || c == '+')
}

impl Key {
    /// The key of those 32 bytes.
    ///
    /// # Errors
    /// [`NoteError::Key`].
    pub fn new(name: &str, kind: Kind, bytes: &[u8]) -> Result<Self, NoteError> {
        if !is_name(name) {
            return Err(NoteError::Key(
                "its name is empty, too long, or holds blanks or `+`",
            ));
        }
        let bytes = <[u8; 32]>::try_from(bytes).map_err(|_| NoteError::Key("it has 32 bytes"))?;
        let key = VerifyingKey::from_bytes(&bytes)
            .map_err(|_| NoteError::Key("its bytes are no point of the curve"))?;
        Ok(Self {
            name: name.to_owned(),
            kind,
            key,
        })
    }

    /// The 32 bytes.
    pub fn bytes(&self) -> [u8; 32] {
        self.key.to_bytes()
    }

    /// The same key under another name: a server signs for each draft under that draft's.
    #[must_use]
    pub fn named(&self, name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..self.clone()
        }
    }

    /// What tells it from others of its name in a signature line.
    pub fn id(&self) -> [u8; 4] {
        let mut h = sha2::Sha256::new();
        h.update(self.name.as_bytes());
        h.update([b'\n', self.kind as u8]);
        h.update(self.bytes());
        let hash: [u8; 32] = h.finalize().into();
        [hash[0], hash[1], hash[2], hash[3]]
    }

    /// Whether `signature` is its signature of `message`. Strict: no key and no signature that fits more than one text.
    pub fn has_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        Ed25519::from_slice(signature).is_ok_and(|s| self.key.verify_strict(message, &s).is_ok())
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = vec![self.kind as u8];
        bytes.extend(self.bytes());
        let id = hex::encode(self.id());
        write!(f, "{}+{id}+{}", self.name, BASE64.encode(bytes))
    }
}

impl FromStr for Key {
    type Err = NoteError;
    fn from_str(s: &str) -> Result<Self, NoteError> {
        let mut parts = s.trim().splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(NoteError::Key("it is written NAME+ID+KEY"));
        };
        let bytes = BASE64
            .decode(key)
            .map_err(|_| NoteError::Key("it is not base64"))?;
        let kind = match bytes.first() {
            Some(1) => Kind::Log,
            Some(4) => Kind::Witness,
            _ => return Err(NoteError::Key("it is of a kind that is not known here")),
        };
        let key = Self::new(name, kind, bytes.get(1..).unwrap_or_default())?;
        if hex::encode(key.id()) != id {
            return Err(NoteError::Key("its id does not fit: a character is wrong"));
        }
        Ok(key)
    }
}

impl Signer {
    /// The key of that seed.
    pub fn from_seed(name: &str, seed: [u8; 32]) -> Self {
        Self {
            name: name.to_owned(),
            key: SigningKey::from_bytes(&seed),
        }
    }

    /// The same key under another name.
    #[must_use]
    pub fn named(&self, name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..self.clone()
        }
    }

    /// The public key.
    pub fn public(&self, kind: Kind) -> Key {
        Key {
            name: self.name.clone(),
            kind,
            key: self.key.verifying_key(),
        }
    }

    /// The secret key as it is kept: whoever reads this signs in its name.
    pub fn secret(&self, kind: Kind) -> String {
        let mut bytes = vec![kind as u8];
        bytes.extend(self.key.to_bytes());
        let (name, id) = (&self.name, hex::encode(self.public(kind).id()));
        format!("{SECRET}{name}+{id}+{}", BASE64.encode(bytes))
    }

    /// The key that was written so.
    ///
    /// # Errors
    /// [`NoteError::Key`].
    pub fn from_secret(s: &str) -> Result<Self, NoteError> {
        let wrong = NoteError::Key("it is written PRIVATE+KEY+NAME+ID+KEY");
        let rest = s.trim().strip_prefix(SECRET).ok_or(wrong.clone())?;
        let mut parts = rest.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(wrong);
        };
        let bytes = BASE64.decode(key).map_err(|_| wrong.clone())?;
        let seed = bytes
            .get(1..)
            .and_then(|b| <[u8; 32]>::try_from(b).ok())
            .filter(|_| is_name(name))
            .ok_or(wrong)?;
        let signer = Self::from_seed(name, seed);
        let fits = |kind| hex::encode(signer.public(kind).id()) == id;
        if !fits(Kind::Log) && !fits(Kind::Witness) {
            return Err(NoteError::Key("its id does not fit: a character is wrong"));
        }
        Ok(signer)
    }

    /// Its signature of that.
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.key.sign(message).to_bytes()
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl Note {
    /// A text that nobody has signed yet.
    pub fn unsigned(text: String) -> Self {
        Self {
            text,
            signatures: Vec::new(),
        }
    }

    /// Adds a log's signature.
    pub fn sign(&mut self, signer: &Signer) {
        let signature = signer.sign(self.text.as_bytes());
        self.add(&signer.public(Kind::Log), &signature);
    }

    /// Adds a witness's signature, at that second since 1970.
    pub fn cosign(&mut self, signer: &Signer, seconds: u64) {
        let signature = signer.sign(cosigned(seconds, &self.text).as_bytes());
        let stamped = [&seconds.to_be_bytes()[..], &signature].concat();
        self.add(&signer.public(Kind::Witness), &stamped);
    }

    fn add(&mut self, key: &Key, signature: &[u8]) {
        let bytes = [&key.id()[..], signature].concat();
        let name = key.name.clone();
        self.signatures
            .retain(|s| s.name != name || s.bytes.get(..4) != bytes.get(..4));
        self.signatures.push(Signature { name, bytes });
    }

    /// That the key has signed it; of a witness, when.
    ///
    /// # Errors
    /// [`NoteError::Unsigned`], [`NoteError::Forged`].
    pub fn verify(&self, key: &Key) -> Result<Option<u64>, NoteError> {
        let id = key.id();
        let of_key = |s: &&Signature| s.name == key.name && s.bytes.starts_with(&id);
        let line = self.signatures.iter().find(of_key);
        let line = line.ok_or_else(|| NoteError::Unsigned(key.name.clone()))?;
        let rest = line.bytes.get(4..).unwrap_or_default();
        let (message, signature, when) = match (kind_of(key), rest.split_at_checked(8)) {
            (Kind::Log, _) => (self.text.clone(), rest, None),
            (Kind::Witness, Some((stamp, signature))) => {
                let seconds = <[u8; 8]>::try_from(stamp).map(u64::from_be_bytes);
                let seconds = seconds.unwrap_or_default();
                (cosigned(seconds, &self.text), signature, Some(seconds))
            }
            (Kind::Witness, None) => return Err(NoteError::Forged(key.name.clone())),
        };
        if key.has_signed(message.as_bytes(), signature) {
            Ok(when)
        } else {
            Err(NoteError::Forged(key.name.clone()))
        }
    }
}

fn kind_of(key: &Key) -> Kind {
    key.kind
}

fn cosigned(seconds: u64, text: &str) -> String {
    format!("cosignature/v1\ntime {seconds}\n{text}")
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        for s in &self.signatures {
            writeln!(f, "{MARK}{} {}", s.name, BASE64.encode(&s.bytes))?;
        }
        Ok(())
    }
}

impl FromStr for Note {
    type Err = NoteError;
    fn from_str(s: &str) -> Result<Self, NoteError> {
        let wrong = NoteError::Malformed;
        if s.len() > NOTE_BYTES {
            return Err(wrong("it is too long"));
        }
        if s.contains(|c: char| c.is_control() && c != '\n') {
            return Err(wrong("it holds control characters"));
        }
        let end = s.rfind("\n\n").ok_or(wrong("it has no signature lines"))?;
        let (text, lines) = (s.get(..=end), s.get(end + 2..));
        let (Some(text), Some(lines)) = (text, lines) else {
            return Err(wrong("it has no signature lines"));
        };
        let lines = lines
            .strip_suffix('\n')
            .ok_or(wrong("its last line does not end"))?;
        let mut signatures = Vec::new();
        for line in lines.split('\n').take(SIGNATURES) {
            let signature = line.strip_prefix(MARK).and_then(|l| l.split_once(' '));
            let (name, bytes) = signature.ok_or(wrong("a signature line is not one"))?;
            let bytes = BASE64
                .decode(bytes)
                .map_err(|_| wrong("a signature is not base64"))?;
            if !is_name(name) || bytes.len() < 5 {
                return Err(wrong("a signature line is not one"));
            }
            let name = name.to_owned();
            signatures.push(Signature { name, bytes });
        }
        Ok(Self {
            text: text.to_owned(),
            signatures,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of golang.org/x/mod/sumdb/note, where the form comes from.
    const KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    const NOTE: &str = "If you think cryptography is the answer to your problem,\nthen you don't know what your \
        problem is.\n\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    #[test]
    fn a_note_that_others_signed_verifies() {
        let (key, note): (Key, Note) = (KEY.parse().unwrap(), NOTE.parse().unwrap());
        assert_eq!(key.to_string(), KEY);
        assert_eq!(note.to_string(), NOTE);
        assert_eq!(note.verify(&key), Ok(None));
        let mut other = note.clone();
        other.text = other.text.replace("know", "knew");
        assert!(matches!(other.verify(&key), Err(NoteError::Forged(_))));
        let stranger = key.named("Stranger");
        assert!(matches!(
            note.verify(&stranger),
            Err(NoteError::Unsigned(_))
        ));
    }

    /// The secret key of the same example.
    #[test]
    fn the_secret_key_signs_as_the_original_does() {
        let secret =
            "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
        let signer = Signer::from_secret(secret).unwrap();
        assert_eq!(signer.secret(Kind::Log), secret);
        assert_eq!(signer.public(Kind::Log).to_string(), KEY);
        let mut note = Note::unsigned(NOTE.split("\n\n").next().unwrap().to_owned() + "\n");
        note.sign(&signer);
        assert_eq!(note.to_string(), NOTE);
        assert!(!format!("{signer:?}").contains("AYEK"));
    }

    #[test]
    fn a_witness_signs_with_the_time() {
        let log = Signer::from_seed("log.example", [1; 32]);
        let witness = Signer::from_seed("witness.example", [2; 32]);
        let mut note = Note::unsigned("log.example\n1\nAAAA\n".into());
        note.sign(&log);
        note.cosign(&witness, 1_679_315_147);
        let read: Note = note.to_string().parse().unwrap();
        let key: Key = witness.public(Kind::Witness).to_string().parse().unwrap();
        assert_eq!(read.verify(&key), Ok(Some(1_679_315_147)));
        let mut earlier = read.clone();
        earlier.signatures[1].bytes[11] ^= 1;
        assert!(matches!(earlier.verify(&key), Err(NoteError::Forged(_))));
        // Once more by the same key replaces the line.
        note.cosign(&witness, 1_679_315_148);
        assert_eq!(note.signatures.len(), 2);
    }

    #[test]
    fn what_is_no_note_or_key_is_refused() {
        for wrong in [
            "",
            "a\n",
            "a\n\n",
            "a\n\n— x y\n",
            "a\n\n- x AAAAAAAA\n",
            "a\n\n— x AAAAAAAA",
            "a\r\n\n— x AAAAAAAA\n",
        ] {
            assert!(wrong.parse::<Note>().is_err(), "{wrong:?}");
        }
        let flipped = KEY.replace("c74f", "c74e");
        for wrong in ["", "a+b", "a+b+c", &flipped, &KEY.replace("+AR", "+Ar")] {
            assert!(wrong.parse::<Key>().is_err(), "{wrong:?}");
        }
        assert!(Signer::from_secret(KEY).is_err());
    }
}
