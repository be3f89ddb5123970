//! What stands in requests and in answers alike, as a request may have it. An app takes members that it does not know from a later service; a request is
//! refused for them, or rooms that are named beside a scope of `all` would grant all.

use serde::{Deserialize, Deserializer};

use crate::api::settings;
use crate::id::{RoomGroupId, RoomId};
use crate::role;
use crate::room;
use crate::tenancy;
use crate::text::OfflineDays;

/// Where an assignment holds. Room groups are evaluated when access is asked for, not when the scope is written (A20).
#[derive(Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = RequestedScope))]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind", deny_unknown_fields)]
pub(crate) enum Scope {
    /// Every room of the customer, or, on the partner's side, every delegated room.
    All {},
    /// These rooms, and whatever rooms these groups hold.
    Some { rooms: Vec<RoomId>, groups: Vec<RoomGroupId> },
}

impl From<Scope> for role::Scope {
    fn from(scope: Scope) -> Self {
        match scope {
            Scope::All {} => Self::All,
            Scope::Some { rooms, groups } => Self::Some { rooms, groups },
        }
    }
}

/// What the partner's desktops may keep (A28).
#[derive(Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = RequestedOfflineTerms))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct OfflineTerms {
    allowed: bool,
    days: OfflineDays,
}

impl From<OfflineTerms> for tenancy::OfflineTerms {
    fn from(OfflineTerms { allowed, days }: OfflineTerms) -> Self {
        Self { allowed, days }
    }
}

/// Something that is attached to the room's device.
#[derive(Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = RequestedPeripheral))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Peripheral {
    kind: String,
    name: String,
}

impl From<Peripheral> for room::Peripheral {
    fn from(Peripheral { kind, name }: Peripheral) -> Self {
        Self { kind, name }
    }
}

/// Whom a customer wants notified.
#[derive(Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = RequestedContact))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Contact {
    first_name: String,
    last_name: String,
    email: String,
}

impl From<Contact> for settings::Contact {
    fn from(Contact { first_name, last_name, email }: Contact) -> Self {
        Self { first_name, last_name, email }
    }
}

/// Of which events contacts hear.
#[derive(Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = RequestedContactMail))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ContactMail {
    acceptance: bool,
    roles: bool,
    removal: bool,
}

impl From<ContactMail> for settings::ContactMail {
    fn from(ContactMail { acceptance, roles, removal }: ContactMail) -> Self {
        Self { acceptance, roles, removal }
    }
}

pub(crate) fn contacts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<settings::Contact>>, D::Error> {
    let read = Option::<Vec<Contact>>::deserialize(deserializer)?;
    Ok(read.map(|contacts| contacts.into_iter().map(Into::into).collect()))
}

pub(crate) fn contact_mail<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<settings::ContactMail>, D::Error> {
    Ok(Option::<ContactMail>::deserialize(deserializer)?.map(Into::into))
}

pub(crate) fn scope<'de, D: Deserializer<'de>>(deserializer: D) -> Result<role::Scope, D::Error> {
    Scope::deserialize(deserializer).map(Into::into)
}

pub(crate) fn scope_if_any<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<role::Scope>, D::Error> {
    Ok(Option::<Scope>::deserialize(deserializer)?.map(Into::into))
}

pub(crate) fn offline<'de, D: Deserializer<'de>>(deserializer: D) -> Result<tenancy::OfflineTerms, D::Error> {
    OfflineTerms::deserialize(deserializer).map(Into::into)
}

pub(crate) fn offline_if_any<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<tenancy::OfflineTerms>, D::Error> {
    Ok(Option::<OfflineTerms>::deserialize(deserializer)?.map(Into::into))
}

pub(crate) fn peripherals<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<room::Peripheral>, D::Error> {
    Ok(Vec::<Peripheral>::deserialize(deserializer)?.into_iter().map(Into::into).collect())
}
