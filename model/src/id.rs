//! One type per id, so that a room can never stand where a customer belongs.
//!
//! Every id is a UUID: version 7 where Tenantry makes it, whatever the directory chose where Entra ID does (tenants and principals).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A text that is not a UUID.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what} must be a UUID such as 018f4e2a-7c1b-7d3e-9a4f-2b6c8d0e1f23, not {text:?}")]
pub struct NotAnId {
    what: &'static str,
    text: String,
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $what:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, format = "uuid"))]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps a UUID that is known to name this kind of thing.
            pub const fn from_uuid(id: Uuid) -> Self {
                Self(id)
            }

            /// The bare UUID.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::try_parse(text).map(Self).map_err(|_| NotAnId { what: $what, text: text.to_owned() })
            }
        }
    )*};
}

ids! {
    /// A directory tenant: a partner, a customer, or both.
    TenantId = "a tenant id";
    /// A user or a security group of a tenant: Entra's object id.
    PrincipalId = "a principal id";
    /// A relationship between one partner and one customer.
    RelationshipId = "a relationship id";
    /// An invitation that a customer sent to a partner's domain.
    InvitationId = "an invitation id";
    /// A role, built in or custom.
    RoleId = "a role id";
    /// An assignment of a role to members over a scope.
    AssignmentId = "an assignment id";
    /// A meeting room (its device).
    RoomId = "a room id";
    /// A group of rooms.
    RoomGroupId = "a room group id";
    /// A ring of rooms that are updated together.
    UpdateRingId = "an update ring id";
    /// An update: a version of a package, in the service's catalogue.
    UpdateId = "an update id";
    /// A partner's change that waits for a customer's approval.
    ChangeRequestId = "a change request id";
    /// A file that was added to an incident.
    AttachmentId = "an attachment id";
    /// Something that happened in a room.
    RoomEventId = "an event id";
    /// A filter that a user saved.
    SavedViewId = "a saved view's id";
    /// A key that devices enrol by.
    EnrolmentKeyId = "an enrolment key's id";
    /// One request to the service, as its logs name it.
    RequestId = "a request id";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_the_same_after_display_and_parse_and_through_json() {
        let id = RoomId::from_uuid(Uuid::from_u128(0x018f_4e2a_7c1b_7d3e_9a4f_2b6c_8d0e_1f23));
        assert_eq!(id.to_string().parse(), Ok(id));
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(json, "\"018f4e2a-7c1b-7d3e-9a4f-2b6c8d0e1f23\"");
        assert_eq!(serde_json::from_str::<RoomId>(&json).unwrap(), id);
    }

    #[test]
    fn a_text_that_is_no_uuid_is_refused_by_name() {
        let error = "room-7".parse::<RoomId>().unwrap_err().to_string();
        assert!(error.starts_with("a room id must be a UUID"), "{error}");
    }
}
