//! Tokens whose signature has held: the same token again costs a hash instead of an RSA operation.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sha2::{Digest, Sha256};
use tenantry_model::time::Timestamp;

use crate::http::auth::VerifiedToken;
use crate::http::auth::metadata::Provider;

/// How many are remembered: some 8 MB.
const MOST: usize = 20_000;

/// The hash of a whole token, signature included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct TokenHash([u8; 32]);

impl TokenHash {
    pub(super) fn of(token: &str) -> Self {
        Self(Sha256::digest(token.as_bytes()).into())
    }
}

/// A token that was found good, but for the time.
#[derive(Debug, Clone)]
pub(super) struct SeenToken {
    /// The id of the key that signed it.
    pub(super) kid: Arc<str>,
    /// What the provider had said by then. What it says later may no longer have the key: see [`SeenToken::is_of`].
    pub(super) provider: Arc<Provider>,
    /// What it proves.
    pub(super) token: VerifiedToken,
    /// Since when.
    pub(super) not_before: Option<Timestamp>,
}

impl SeenToken {
    /// Whether it was checked against this very answer of the provider.
    pub(super) fn is_of(&self, provider: &Arc<Provider>) -> bool {
        Arc::ptr_eq(&self.provider, provider)
    }
}

/// See the module. Only tokens with a good signature come in here, so nobody fills it without the provider's help.
#[derive(Debug, Default)]
pub(super) struct SeenTokens {
    by_hash: Mutex<HashMap<TokenHash, SeenToken>>,
}

impl SeenTokens {
    pub(super) fn get(&self, hash: TokenHash) -> Option<SeenToken> {
        self.by_hash().get(&hash).cloned()
    }

    pub(super) fn add(&self, hash: TokenHash, seen: SeenToken, now: Timestamp) {
        let mut by_hash = self.by_hash();
        if by_hash.len() >= MOST {
            by_hash.retain(|_, seen| now < seen.token.expires_at);
            if by_hash.len() >= MOST {
                by_hash.clear();
            }
        }
        by_hash.insert(hash, seen);
    }

    fn by_hash(&self) -> MutexGuard<'_, HashMap<TokenHash, SeenToken>> {
        self.by_hash.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use tenantry_model::id::{PrincipalId, TenantId};
    use tenantry_model::tenancy::UserKey;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn what_has_expired_makes_room_and_there_is_never_more_than_the_most() {
        let seen = SeenTokens::default();
        let provider = Arc::new(Provider { issuer: String::new(), keys: HashMap::new() });
        let add = |n: usize, expires_at: i64, now: i64| {
            let user = UserKey { tenant_id: TenantId::from_uuid(Uuid::nil()), user_id: PrincipalId::from_uuid(Uuid::nil()) };
            let token = VerifiedToken { user, name: None, global_admin: false, expires_at: Timestamp::from_micros(expires_at) };
            let it = SeenToken { kid: "k".into(), provider: provider.clone(), token, not_before: None };
            seen.add(TokenHash::of(&n.to_string()), it, Timestamp::from_micros(now));
        };
        (0..MOST).for_each(|n| add(n, if n == 7 { 100 } else { 10 }, 0));
        assert!(seen.get(TokenHash::of("3")).is_some());
        add(MOST, 100, 50);
        let kept: Vec<bool> = ["3", "7", &MOST.to_string()].map(|n| seen.get(TokenHash::of(n)).is_some()).into();
        assert_eq!((kept, seen.by_hash().len()), (vec![false, true, true], 2));
        (0..3 * MOST).for_each(|n| add(n, 100, 50));
        assert!(seen.by_hash().len() <= MOST);
    }
}
