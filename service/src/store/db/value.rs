//! Values of a statement's parameters.

use sqlx::Arguments as _;
use sqlx::sqlite::SqliteArguments;
use tenantry_model::id::{
    AssignmentId, AttachmentId, ChangeRequestId, EnrolmentKeyId, InvitationId, PrincipalId, RelationshipId, RoleId, RoomEventId,
    RoomGroupId, RoomId, SavedViewId, TenantId, UpdateId, UpdateRingId,
};
use tenantry_model::text::{DomainName, TicketNumber};
use tenantry_model::time::Timestamp;

/// A value bound to a parameter: one of the two types that the tables have, or nothing of that type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A number, a flag or a time.
    Int(Option<i64>),
    Text(Option<String>),
}

/// The values as this engine's driver takes them.
pub(super) fn arguments(values: Vec<Value>) -> sqlx::Result<SqliteArguments> {
    let mut arguments = SqliteArguments::default();
    arguments.reserve(values.len(), 0);
    for value in values {
        match value {
            Value::Int(value) => arguments.add(value),
            Value::Text(value) => arguments.add(value),
        }
        .map_err(sqlx::Error::Encode)?;
    }
    Ok(arguments)
}

/// Lets types be bound as they are, also where there may be none.
macro_rules! bound {
    ($($type:ty => $column:ident, |$value:ident| $bound:expr;)*) => {$(
        impl From<$type> for Value {
            fn from($value: $type) -> Self {
                Self::$column(Some($bound))
            }
        }
        impl From<Option<$type>> for Value {
            fn from(value: Option<$type>) -> Self {
                Self::$column(value.map(|$value| $bound))
            }
        }
    )*};
}

bound! {
    i64 => Int, |value| value;
    i32 => Int, |value| i64::from(value);
    u8 => Int, |value| i64::from(value);
    u32 => Int, |value| i64::from(value);
    bool => Int, |value| i64::from(value);
    Timestamp => Int, |value| value.micros();
    String => Text, |value| value;
    &String => Text, |value| value.clone();
    &str => Text, |value| value.to_owned();
    &DomainName => Text, |value| value.as_str().to_owned();
}

impl<T: Clone> From<&Option<T>> for Value
where
    Self: From<Option<T>>,
{
    fn from(value: &Option<T>) -> Self {
        Self::from(value.clone())
    }
}

/// As [`bound`], for ids.
macro_rules! bound_ids {
    ($($id:ty)*) => {$(
        bound! { $id => Text, |value| value.to_string(); }
        impl From<&$id> for Value {
            fn from(value: &$id) -> Self {
                Self::from(*value)
            }
        }
    )*};
}

bound_ids! {
    TenantId PrincipalId RoleId AssignmentId RelationshipId InvitationId ChangeRequestId RoomId RoomGroupId RoomEventId UpdateId UpdateRingId AttachmentId SavedViewId
    EnrolmentKeyId TicketNumber
}
