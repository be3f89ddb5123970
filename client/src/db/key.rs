//! The key of a file.

use zeroize::Zeroizing;

use crate::error::Error;
use crate::random::{Random, hex, unhex};
#[derive(Clone)]
pub(crate) struct StoreKey(Zeroizing<[u8; 32]>);

impl StoreKey {
    pub(crate) fn random(random: &dyn Random) -> Result<Self, Error> {
        let mut bytes = Zeroizing::new([0u8; 32]);
        random.fill(&mut *bytes)?;
        Ok(Self(bytes))
    }

    /// As the keychain keeps it and SQLCipher takes it: 64 hexadecimal digits.
    pub(crate) fn to_hex(&self) -> Zeroizing<String> {
        Zeroizing::new(hex(&*self.0))
    }

    pub(crate) fn from_hex(text: &str) -> Option<Self> {
        let bytes = Zeroizing::new(unhex(text)?);
        Some(Self(Zeroizing::new(bytes.as_slice().try_into().ok()?)))
    }
}
