//! Tokens whose signature was verified: the same token again costs a hash instead of an RSA operation.

use std::sync::Arc;

use quick_cache::sync::Cache;
use sha2::{Digest, Sha256};
use tenantry_model::time::Timestamp;

use crate::http::auth::VerifiedToken;
use crate::http::auth::metadata::Provider;

/// The most tokens that are remembered: about 8 MB.
const CAPACITY: usize = 20_000;

/// The hash of a whole token, signature included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct TokenHash([u8; 32]);

impl TokenHash {
    pub(super) fn of(token: &str) -> Self {
        Self(Sha256::digest(token.as_bytes()).into())
    }
}

/// A token that was found valid. Its times are checked again on each use.
#[derive(Debug, Clone)]
pub(super) struct SeenToken {
    /// The id of the key that signed it.
    pub(super) kid: Arc<str>,
    /// The provider's answer that it was verified against. A later one may no longer have the key: see [`SeenToken::is_of`].
    pub(super) provider: Arc<Provider>,
    pub(super) token: VerifiedToken,
    pub(super) not_before: Option<Timestamp>,
}

impl SeenToken {
    /// Whether it was verified against this very answer of the provider.
    pub(super) fn is_of(&self, provider: &Arc<Provider>) -> bool {
        Arc::ptr_eq(&self.provider, provider)
    }
}

/// Only tokens with a valid signature come in, so nobody fills it without the provider's help.
#[derive(Debug)]
pub(super) struct SeenTokens {
    by_hash: Cache<TokenHash, SeenToken>,
}

impl Default for SeenTokens {
    fn default() -> Self {
        Self { by_hash: Cache::new(CAPACITY) }
    }
}

impl SeenTokens {
    pub(super) fn get(&self, hash: TokenHash) -> Option<SeenToken> {
        self.by_hash.get(&hash)
    }

    pub(super) fn add(&self, hash: TokenHash, seen: SeenToken) {
        self.by_hash.insert(hash, seen);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use tenantry_model::id::{PrincipalId, TenantId};
    use tenantry_model::tenancy::UserKey;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn there_is_never_more_than_the_most_and_what_is_used_stays() {
        let seen = SeenTokens::default();
        let provider = Arc::new(Provider { issuer: String::new(), keys: HashMap::new() });
        let add = |n: usize| {
            let user = UserKey { tenant_id: TenantId::from_uuid(Uuid::nil()), user_id: PrincipalId::from_uuid(Uuid::nil()) };
            let token = VerifiedToken { user, name: None, global_admin: false, expires_at: Timestamp::from_micros(10) };
            seen.add(TokenHash::of(&n.to_string()), SeenToken { kid: "k".into(), provider: provider.clone(), token, not_before: None });
        };
        for n in 0..3 * CAPACITY {
            add(n);
            assert!(seen.get(TokenHash::of("0")).is_some(), "used all the time, after {n} others");
        }
        assert!(seen.get(TokenHash::of(&(3 * CAPACITY - 1).to_string())).is_some(), "the latest");
        assert!(seen.by_hash.len() <= CAPACITY);
    }
}
