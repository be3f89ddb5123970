//! What the codes of macOS' Security framework (`SecBase.h`) mean: the store files a locked keychain, a missing one and a refusal alike.

use super::KeychainError;

pub(super) fn meaning(status: i32) -> KeychainError {
    const USER_CANCELED: i32 = -128;
    const NOT_AVAILABLE: i32 = -25_291;
    const AUTH_FAILED: i32 = -25_293;
    const NO_SUCH_KEYCHAIN: i32 = -25_294;
    const INVALID_KEYCHAIN: i32 = -25_295;
    const INTERACTION_NOT_ALLOWED: i32 = -25_308;
    const INTERACTION_REQUIRED: i32 = -25_315;
    match status {
        NOT_AVAILABLE | INTERACTION_NOT_ALLOWED | INTERACTION_REQUIRED => KeychainError::Locked,
        USER_CANCELED | AUTH_FAILED => KeychainError::Refused,
        NO_SUCH_KEYCHAIN | INVALID_KEYCHAIN => KeychainError::NoKeychain(format!("the keychain answered {status}")),
        status => KeychainError::Failed(format!("the keychain answered {status}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fault_24_a_locked_keychain_of_macos_is_no_missing_one() {
        for locked in [-25_291, -25_308, -25_315] {
            assert_eq!(meaning(locked), KeychainError::Locked, "{locked}");
        }
        for refused in [-128, -25_293] {
            assert_eq!(meaning(refused), KeychainError::Refused, "{refused}");
        }
        for missing in [-25_294, -25_295] {
            assert!(matches!(meaning(missing), KeychainError::NoKeychain(_)), "{missing}");
        }
    }
}
