//! One open incident: what filters look at, and its JSON.

use std::borrow::Cow;

use serde_json::value::{RawValue, to_raw_value};
use tenantry_model::access::Rights;
use tenantry_model::api::IncidentTab;
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::incident::{Category, IncidentRow, IncidentStatus, IncidentType};

use crate::domain::incidents::read::{cut_row, search_text};
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
    rooms: Box<[RoomId]>,
    /// The text that is searched, with all rooms.
    pub(super) text: Box<str>,
    pub(super) json: Box<RawValue>,
}

/// What one reader sees of a row.
pub(super) enum Shown<'a> {
    Whole(&'a OpenRow),
    /// Without the rooms that are not theirs (A23).
    Part(Box<IncidentRow>),
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
            rooms: row.rooms.iter().map(|room| room.id).collect(),
            text: search_text(row).into(),
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
    }

    /// What a reader with these rights sees of it, if anything.
    pub(super) fn cut(&self, rights: &Rights, own: TenantId) -> Result<Option<Shown<'_>>> {
        let Some(seen) = rights.see_incident(&self.rooms, self.created_by_tenant, own) else { return Ok(None) };
        if seen.redacted == 0 {
            return Ok(Some(Shown::Whole(self)));
        }
        let row = serde_json::from_str(self.json.get())
            .map_err(|error| Error::Internal(format!("the row of {} cannot be read back: {error}", self.key.number)))?;
        let row = cut_row(StoredRow { row, created_by_tenant: self.created_by_tenant }, rights, own);
        Ok(row.map(|row| Shown::Part(Box::new(row))))
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
            rooms: Box::default(),
            text: text.into(),
            json: RawValue::NULL.to_owned(),
        }
    }
}

impl<'a> Shown<'a> {
    /// Whether one of these rooms is shown; true where no room is asked for.
    pub(super) fn has_room_of(&self, rooms: &[RoomId]) -> bool {
        rooms.is_empty()
            || match self {
                Self::Whole(row) => row.rooms.iter().any(|room| rooms.contains(room)),
                Self::Part(row) => row.rooms.iter().any(|room| rooms.contains(&room.id)),
            }
    }

    /// Whether each word is in what is shown or in the customer's name, which must be in lower case.
    pub(super) fn holds(&self, words: &[String], customer: &str) -> bool {
        let hold = |text: &str| words.iter().all(|word| text.contains(word) || customer.contains(word));
        words.is_empty()
            || match self {
                Self::Whole(row) => hold(&row.text),
                Self::Part(row) => hold(&search_text(row)),
            }
    }

    pub(super) fn into_json(self) -> Result<Cow<'a, RawValue>> {
        match self {
            Self::Whole(row) => Ok(Cow::Borrowed(&*row.json)),
            Self::Part(row) => json_of(&row).map(Cow::Owned),
        }
    }
}

fn json_of(row: &IncidentRow) -> Result<Box<RawValue>> {
    to_raw_value(row).map_err(|error| Error::Internal(format!("the row of {} cannot be written: {error}", row.number)))
}
