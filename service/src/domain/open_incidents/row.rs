//! One open incident: what filters look at, and its JSON.

use tenantry_model::access::Rights;
use tenantry_model::api::IncidentTab;
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::incident::{Category, IncidentRow, IncidentStatus, IncidentType};

use crate::domain::incidents::{cut_row, search_text};
use crate::error::{Error, Result};
use crate::store::incidents::StoredRow;
use crate::store::lists::{ListKey, RowFilter};

/// See the module. Some 700 bytes with all that hangs on it.
#[derive(Debug)]
pub(super) struct OpenRow {
    /// Where it stands.
    pub(super) key: ListKey,
    /// Whose it is.
    pub(super) customer: TenantId,
    created_by_tenant: Option<TenantId>,
    status: IncidentStatus,
    category: Category,
    kind: IncidentType,
    rooms: Box<[RoomId]>,
    /// What words are looked for in, with all rooms.
    text: Box<str>,
    /// The row as JSON, with all rooms.
    json: Box<str>,
}

/// What one reader is shown of a row.
pub(super) enum Shown<'a> {
    /// All of it.
    Whole(&'a OpenRow),
    /// All but some rooms (A23).
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
            json: json_of(row)?.into(),
        })
    }

    /// The row as JSON, with all rooms.
    pub(super) fn json(&self) -> &str {
        &self.json
    }

    /// What words are looked for in, with all rooms.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Whether the filters let it through that look at nothing whose sight depends on the reader.
    pub(super) fn passes(&self, filter: &RowFilter) -> bool {
        fn among<T>(wanted: &[T], it: impl Fn(&T) -> bool) -> bool {
            wanted.is_empty() || wanted.iter().any(it)
        }
        among(&filter.severities, |it| *it as i64 == self.key.severity)
            && among(&filter.statuses, |it| *it == self.status)
            && among(&filter.categories, |it| *it == self.category)
            && among(&filter.types, |it| *it == self.kind)
    }

    /// Cuts it to a reader with these rights; none if there is nothing of it for them.
    pub(super) fn cut(&self, rights: &Rights, own: TenantId) -> Result<Option<Shown<'_>>> {
        let Some(seen) = rights.see_incident(&self.rooms, self.created_by_tenant, own) else { return Ok(None) };
        if seen.redacted == 0 {
            return Ok(Some(Shown::Whole(self)));
        }
        let row = serde_json::from_str(&self.json)
            .map_err(|error| Error::Internal(format!("the row of {} cannot be read back: {error}", self.key.number)))?;
        let row = cut_row(StoredRow { row, created_by_tenant: self.created_by_tenant }, rights, own);
        Ok(row.map(|row| Shown::Part(Box::new(row))))
    }

    #[cfg(test)]
    pub(super) fn standing_at(n: u32, json: &str) -> Self {
        let nil = uuid::Uuid::nil();
        Self {
            key: ListKey { severity: 0, newest: 0, number: format!("AAAAAA-{n:06}").parse().unwrap() },
            customer: TenantId::from_uuid(nil),
            created_by_tenant: None,
            status: IncidentStatus::NeedsAction,
            category: Category::Other,
            kind: IncidentType::CustomerReported,
            rooms: Box::default(),
            text: Box::default(),
            json: json.into(),
        }
    }
}

impl Shown<'_> {
    /// Whether one of these rooms is among those shown; without rooms to look for, always.
    pub(super) fn has_room_of(&self, rooms: &[RoomId]) -> bool {
        rooms.is_empty()
            || match self {
                Self::Whole(row) => row.rooms.iter().any(|room| rooms.contains(room)),
                Self::Part(row) => row.rooms.iter().any(|room| rooms.contains(&room.id)),
            }
    }

    /// Whether each word is in what is shown, or in the customer's name, which is in lower case.
    pub(super) fn holds(&self, words: &[String], customer: &str) -> bool {
        let hold = |text: &str| words.iter().all(|word| text.contains(word) || customer.contains(word));
        words.is_empty()
            || match self {
                Self::Whole(row) => hold(row.text()),
                Self::Part(row) => hold(&search_text(row)),
            }
    }

    /// Appends its JSON.
    pub(super) fn write(&self, out: &mut String) -> Result<()> {
        match self {
            Self::Whole(row) => out.push_str(row.json()),
            Self::Part(row) => out.push_str(&json_of(row)?),
        }
        Ok(())
    }
}

fn json_of(row: &IncidentRow) -> Result<String> {
    serde_json::to_string(row).map_err(|error| Error::Internal(format!("the row of {} cannot be written: {error}", row.number)))
}
