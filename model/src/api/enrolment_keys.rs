//! The keys by which devices of a customer enrol (R106). The service keeps their hashes alone.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::api::roles::Named;
use crate::id::{EnrolmentKeyId, RoomId, TenantId};
use crate::time::Timestamp;

/// How many self-enrolment keys a customer has at most.
pub const MOST_KEYS: usize = 20;

/// `GET /v1/customers/{customer}/enrolment-keys`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrolmentKeyList {
    /// Those that hold, newest first; of a partner's reader the keys that its own people downloaded.
    pub keys: Vec<EnrolmentKeyRow>,
    /// Whether the reader may download another one.
    pub may_download: bool,
    /// Whether the reader may end them all.
    pub may_reset: bool,
}

/// A key, without itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrolmentKeyRow {
    /// Its id.
    pub id: EnrolmentKeyId,
    /// When it was made.
    pub issued_at: Timestamp,
    /// Who downloaded it: a name; none where it was made with the customer, or by the operator.
    pub issued_by: Option<String>,
    /// When a device last enrolled by it.
    pub last_used: Option<Timestamp>,
    /// How many rooms came by it.
    pub devices: u32,
}

/// The answer of what makes a key. The key is shown this once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IssuedKey {
    /// Its id.
    pub id: EnrolmentKeyId,
    /// What a device sends as bearer of `POST /v1/agent/enrol`.
    pub key: String,
    /// Whose devices enrol by it.
    pub customer: Named<TenantId>,
    /// The room that it is bound to, whose device enrols by it once; none for a self-enrolment key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<Named<RoomId>>,
}

impl fmt::Debug for IssuedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, customer, room, .. } = self;
        f.debug_struct("IssuedKey").field("id", id).field("customer", customer).field("room", room).finish_non_exhaustive()
    }
}

/// The file that an installer brings to a device: the app writes it, and nothing else ever holds the key.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InstallerFile {
    /// The version of this form: 1.
    pub version: u32,
    /// The address of the service, without a path.
    pub service: String,
    /// Whose devices enrol by it.
    pub customer: Named<TenantId>,
    /// The room that it is for, where it is for one alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<Named<RoomId>>,
    /// The bearer of `POST /v1/agent/enrol`.
    pub key: String,
}

impl InstallerFile {
    /// The file with this key, for devices that reach the service at this address.
    pub fn of(service: String, issued: IssuedKey) -> Self {
        let IssuedKey { key, customer, room, .. } = issued;
        Self { version: 1, service, customer, room, key }
    }
}

impl fmt::Debug for InstallerFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InstallerFile").field("customer", &self.customer).field("room", &self.room).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn r106_what_is_printed_of_a_key_is_not_the_key() {
        let customer = Named { id: TenantId::from_uuid(Uuid::from_u128(1)), name: "Alpha".to_owned() };
        let id = EnrolmentKeyId::from_uuid(Uuid::from_u128(2));
        let issued = IssuedKey { id, key: "tke_secret".to_owned(), customer, room: None };
        assert!(!format!("{issued:?}").contains("tke_"), "{issued:?}");
        let file = InstallerFile::of("https://tenantry.example".to_owned(), issued);
        assert!(!format!("{file:?}").contains("tke_"), "{file:?}");
        let written = serde_json::to_value(&file).unwrap();
        assert_eq!((written["version"].as_u64(), written["key"].as_str()), (Some(1), Some("tke_secret")));
        assert_eq!(written.get("room"), None);
    }
}
