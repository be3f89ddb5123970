//! One open incident: what filters look at, and its JSON.

use std::borrow::Cow;

use serde_json::value::{RawValue, to_raw_value};
use tenantry_model::access::Rights;
use tenantry_model::api::IncidentTab;
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::incident::{Category, IncidentRow, IncidentStatus, IncidentType};
use tenantry_model::search::searchable;

use crate::domain::incidents::read::{cut_row, names_host, search_text};
use crate::error::{Error, Result};
use crate::store::incident_list::{ListKey, RowFilter};
use crate::store::incidents::StoredRow;

/// About 700 bytes with everything it owns.
#[derive(Debug)]
pub(super) struct OpenRow {
    pub(super) key: ListKey,
    pub(super) customer: TenantId,
    created_by_tenant: Option<TenantId>,
    status: IncidentStatus,
    category: Category,
    kind: IncidentType,
    snoozed: bool,
    rooms: Box<[RoomId]>,
    /// The text that is searched, with all rooms.
    pub(super) text: Box<str>,
    /// What the devices of its rooms are called, as it is searched; in the order of the rooms.
    hosts: Box<[Box<str>]>,
    pub(super) json: Box<RawValue>,
}

/// What one reader sees of a row.
pub(super) enum Shown<'a> {
    Whole(&'a OpenRow),
    /// Without the rooms that are not theirs (A23).
    Part(&'a OpenRow, Box<IncidentRow>),
}

impl OpenRow {
    pub(super) fn new(stored: &StoredRow) -> Result<Self> {
        let row = &stored.row;
        Ok(Self {
            key: ListKey::of(IncidentTab::Active, stored),
            customer: row.customer_id,
            created_by_tenant: stored.created_by_tenant,
            status: row.status,
            category: row.category,
            kind: row.kind,
            snoozed: row.snooze.is_some(),
            rooms: row.rooms.iter().map(|room| room.id).collect(),
            text: searchable(&search_text(row)).into(),
            hosts: stored.hosts.iter().map(|host| searchable(host).into()).collect(),
            json: json_of(row)?,
        })
    }

    /// Whether it passes those filters that do not depend on what the reader may see of it.
    pub(super) fn passes(&self, filter: &RowFilter) -> bool {
        fn among<T>(wanted: &[T], it: impl Fn(&T) -> bool) -> bool {
            wanted.is_empty() || wanted.iter().any(it)
        }
        among(&filter.severities, |it| *it as i64 == self.key.severity)
            && among(&filter.statuses, |it| *it == self.status)
            && among(&filter.categories, |it| *it == self.category)
            && among(&filter.types, |it| *it == self.kind)
            && filter.snoozed == self.snoozed
    }

    /// What a reader with these rights sees of it, if anything.
    pub(super) fn cut(&self, rights: &Rights, own: TenantId) -> Result<Option<Shown<'_>>> {
        let Some(seen) = rights.see_incident(&self.rooms, self.created_by_tenant, own) else { return Ok(None) };
        if seen.redacted == 0 {
            return Ok(Some(Shown::Whole(self)));
        }
        let row = serde_json::from_str(self.json.get())
            .map_err(|error| Error::Internal(format!("the row of {} cannot be read back: {error}", self.key.number)))?;
        let row = cut_row(StoredRow { row, created_by_tenant: self.created_by_tenant, hosts: vec![] }, rights, own);
        Ok(row.map(|row| Shown::Part(self, Box::new(row))))
    }

    #[cfg(test)]
    pub(super) fn numbered(n: u32, text: &str) -> Self {
        let nil = uuid::Uuid::nil();
        Self {
            key: ListKey { severity: 0, newest: 0, number: format!("AAAAAA-{n:06}").parse().unwrap() },
            customer: TenantId::from_uuid(nil),
            created_by_tenant: None,
            status: IncidentStatus::NeedsAction,
            category: Category::Other,
            kind: IncidentType::CustomerReported,
            snoozed: false,
            rooms: Box::default(),
            text: text.into(),
            hosts: Box::default(),
            json: RawValue::NULL.to_owned(),
        }
    }
}

impl<'a> Shown<'a> {
    /// Whether one of these rooms is shown; true where no room is asked for.
    pub(super) fn has_room_of(&self, rooms: &[RoomId]) -> bool {
        rooms.is_empty() || rooms.iter().any(|room| self.shows(*room))
    }

    fn shows(&self, room: RoomId) -> bool {
        match self {
            Self::Whole(row) => row.rooms.contains(&room),
            Self::Part(_, row) => row.rooms.iter().any(|shown| shown.id == room),
        }
    }

    /// Whether each word is in what is shown, in the customer's name, which must be searchable, or in the name of a shown room's device, where
    /// the reader sees that room.
    pub(super) fn holds(&self, words: &[String], customer: &str, rights: &Rights) -> bool {
        if words.is_empty() {
            return true;
        }
        let (all, text) = match self {
            Self::Whole(row) => (*row, Cow::Borrowed(&*row.text)),
            Self::Part(all, row) => (*all, Cow::Owned(searchable(&search_text(row)))),
        };
        let on_host = |word: &String| {
            let mut hosts = all.rooms.iter().zip(&all.hosts);
            hosts.any(|(room, host)| host.contains(word) && self.shows(*room) && names_host(rights, *room))
        };
        words.iter().all(|word| text.contains(word) || customer.contains(word) || on_host(word))
    }

    pub(super) fn into_json(self) -> Result<Cow<'a, RawValue>> {
        match self {
            Self::Whole(row) => Ok(Cow::Borrowed(&*row.json)),
            Self::Part(_, row) => json_of(&row).map(Cow::Owned),
        }
    }
}

fn json_of(row: &IncidentRow) -> Result<Box<RawValue>> {
    to_raw_value(row).map_err(|error| Error::Internal(format!("the row of {} cannot be written: {error}", row.number)))
}
