//! Randomness: the operating system's, handed in so that tests can choose it.

use uuid::Uuid;

use crate::error::Error;

/// Where unguessable bytes come from.
pub(crate) trait Random: Send + Sync {
    /// Fills the buffer. Fails where the machine has no randomness to give, and then nothing may go on.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Error>;
}

/// The operating system's generator.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OsRandom;

impl Random for OsRandom {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Error> {
        getrandom::fill(bytes).map_err(|error| Error::Io(std::io::Error::other(format!("the system gives no random bytes: {error}"))))
    }
}

/// 32 random bytes as 64 hexadecimal digits: a state, a nonce, a PKCE verifier.
pub(crate) fn token(random: &dyn Random) -> Result<String, Error> {
    let mut bytes = [0u8; 32];
    random.fill(&mut bytes)?;
    Ok(hex(&bytes))
}

/// A random UUID.
pub(crate) fn uuid_v4(random: &dyn Random) -> Result<Uuid, Error> {
    let mut bytes = [0u8; 16];
    random.fill(&mut bytes)?;
    Ok(uuid::Builder::from_random_bytes(bytes).into_uuid())
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The bytes of hexadecimal digits; none where the text is anything else.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hexadecimal_there_and_back() {
        assert_eq!(unhex(&hex(&[0, 1, 0xab, 0xff])), Some(vec![0, 1, 0xab, 0xff]));
        for bad in ["0", "zz", "é0"] {
            assert_eq!(unhex(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_verifier_has_at_least_43_characters_and_is_fresh() {
        let (one, other) = (token(&OsRandom).unwrap(), token(&OsRandom).unwrap());
        assert!(one.len() >= 43);
        assert_ne!(one, other);
    }
}
