//! Secrets: 256 random bits as text, shown once and then known only by their hash.

use std::fmt;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use plenary_shared::ids::SeatId;
use sha2::{Digest as _, Sha256};

/// Before the random part, so that a token that was published by mistake can be searched for.
const PREFIX: &str = "plenary_";
/// Characters of the random part.
const LENGTH: usize = 43;

/// A secret: who holds it, is let in. Its `Debug` form does not tell it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

/// What is kept of a token. As the token has 256 random bits, nobody finds it from its hash, and how long it takes to
/// look a hash up tells nothing about a token.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct TokenHash(pub(super) [u8; 32]);

impl Token {
    /// A new one.
    pub(super) fn fresh() -> Self {
        let random = BASE64_URL_SAFE_NO_PAD.encode(random::<32>());
        Self(format!("{PREFIX}{random}"))
    }

    /// The secret itself, to hand over.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    pub(super) fn hash(&self) -> TokenHash {
        TokenHash(Sha256::digest(&self.0).into())
    }

    /// The hash of something that was sent, if it has the form of a token.
    pub(super) fn hash_of(sent: &str) -> Option<TokenHash> {
        let random = sent.strip_prefix(PREFIX)?;
        let plain = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_');
        let formed = random.len() == LENGTH && random.bytes().all(plain);
        formed.then(|| TokenHash(Sha256::digest(sent).into()))
    }
}

impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenHash(…)")
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// A seat's id: `s` and twelve hexadecimal digits. Not a secret; random, so that it tells nothing about other seats.
pub(super) fn fresh_seat_id() -> SeatId {
    let id = format!("s{}", hex::encode(random::<6>()));
    id.parse()
        .expect("a letter and hexadecimal digits are a seat id")
}

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_has_its_form_and_none_is_like_another() {
        let token = Token::fresh();
        assert_eq!(token.reveal().len(), 51);
        assert_eq!(Token::hash_of(token.reveal()), Some(token.hash()));
        assert_ne!(token, Token::fresh());
        assert_ne!(fresh_seat_id(), fresh_seat_id());
    }

    #[test]
    fn debug_output_does_not_tell_a_token() {
        assert_eq!(format!("{:?}", Some(Token::fresh())), "Some(Token(…))");
    }

    #[test]
    fn what_has_not_the_form_of_a_token_is_not_hashed() {
        let token = Token::fresh().reveal().to_owned();
        let wrong = [
            String::new(),
            "plenary_".into(),
            token[1..].into(),
            token.clone() + "a",
            format!("plenary_{}", "+".repeat(43)),
            format!("plenary_{}a", "é".repeat(21)),
        ];
        for sent in &wrong {
            assert_eq!(Token::hash_of(sent), None, "{sent}");
        }
    }
}
