//! Randomness as an argument: the machine's own, and one that repeats itself from a seed.

use std::sync::{Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::{RngCore, SeedableRng};
use rand_chacha::ChaCha20Rng;
use tenantry_model::time::Timestamp;
use uuid::Uuid;

/// Where random bytes come from. Handed in, so that tests and the demo can repeat themselves.
pub trait Random: Send + Sync {
    fn fill(&self, bytes: &mut [u8]);
}

/// The operating system's randomness: what keys, codes and tokens are made of.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    #[expect(clippy::panic, reason = "a machine without randomness must not hand out keys; there is nothing to go on with")]
    fn fill(&self, bytes: &mut [u8]) {
        if let Err(error) = getrandom::fill(bytes) {
            panic!("the operating system gives no random bytes: {error}");
        }
    }
}

/// The same bytes for the same seed. Never for keys of a real estate.
#[derive(Debug)]
pub struct SeededRandom(Mutex<ChaCha20Rng>);

impl SeededRandom {
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(ChaCha20Rng::seed_from_u64(seed)))
    }
}

impl Random for SeededRandom {
    fn fill(&self, bytes: &mut [u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(bytes);
    }
}

/// A UUID of version 7: ordered by time, the rest random.
pub fn uuid_v7(now: Timestamp, random: &dyn Random) -> Uuid {
    let mut bytes = [0; 10];
    random.fill(&mut bytes);
    let millis = u64::try_from(now.micros() / 1_000).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
}

/// 256 random bits in 43 characters of base64url: what every secret here is made of.
pub fn secret(random: &dyn Random) -> String {
    let mut bytes = [0; 32];
    random.fill(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_time_and_carry_their_version() {
        let random = SeededRandom::new(1);
        let early = uuid_v7(Timestamp::from_micros(1_700_000_000_000_000), &random);
        let late = uuid_v7(Timestamp::from_micros(1_700_000_000_001_000), &random);
        assert_eq!(early.get_version_num(), 7);
        assert!(early < late);
    }

    #[test]
    fn a_seed_repeats_itself_and_a_secret_does_not() {
        assert_eq!(secret(&SeededRandom::new(7)), secret(&SeededRandom::new(7)));
        let random = SeededRandom::new(7);
        assert_ne!(secret(&random), secret(&random));
        assert_ne!(secret(&SystemRandom), secret(&SystemRandom));
        assert_eq!(secret(&SystemRandom).len(), 43);
    }
}
