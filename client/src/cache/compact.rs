//! The row of an inactive incident in as few bytes as its facts need, an eighth of its JSON: there are a hundred times as many of them as are ever
//! shown, so the few that are shown are written as JSON then. Its number and its customer stand beside it.
//!
//! Words are kept as their places in their lists. Whoever puts one in between gives [`FORM`] another number: rows of the old one can no longer be read.

use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::incident::{Category, IncidentRow, IncidentStatus, IncidentType, RoomRef, Severity};
use tenantry_model::signal::SignalId;
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;
use uuid::Uuid;

const FORM: u8 = 1;

const RESOLVED: u8 = 1;
const CLOSED: u8 = 2;
const MESSAGE: u8 = 4;

/// A row, as far as it is read without a look at its rooms.
#[derive(Debug, Clone, Copy)]
pub(super) struct Compact<'a> {
    pub(super) kind: IncidentType,
    pub(super) category: Category,
    pub(super) severity: Severity,
    pub(super) status: IncidentStatus,
    pub(super) active_since: Timestamp,
    pub(super) messages: u32,
    pub(super) version: u64,
    redacted_rooms: u32,
    created_at: Timestamp,
    last_resolved: Option<Timestamp>,
    last_closed: Option<Timestamp>,
    last_updated: Timestamp,
    last_message_at: Option<Timestamp>,
    problem: &'a str,
    rooms: Bytes<'a>,
}

pub(super) fn write(row: &IncidentRow) -> Vec<u8> {
    let mut out = Vec::with_capacity(96);
    let kind = match row.kind {
        IncidentType::CustomerReported => 0,
        IncidentType::Signal(signal) => signal as u8 + 1,
    };
    let flags = [(RESOLVED, row.last_resolved), (CLOSED, row.last_closed), (MESSAGE, row.last_message_at)];
    let flags = flags.iter().filter(|(_, moment)| moment.is_some()).fold(0, |flags, (flag, _)| flags | flag);
    out.extend([FORM, kind, row.category as u8, row.severity as u8, row.status as u8, flags]);
    for number in [u64::from(row.messages), row.version, u64::from(row.redacted_rooms)] {
        put(&mut out, number);
    }
    // Each as how much later it was than the one before.
    let mut before = 0;
    let moments =
        [Some(row.created_at), Some(row.active_since), row.last_resolved, row.last_closed, Some(row.last_updated), row.last_message_at];
    for moment in moments.into_iter().flatten() {
        put(&mut out, zigzag(moment.micros().wrapping_sub(before)));
        before = moment.micros();
    }
    put_text(&mut out, &row.problem);
    for room in &row.rooms {
        out.extend(room.id.uuid().as_bytes());
        put_text(&mut out, &room.name);
    }
    out
}

/// Nothing where it was not written by [`write`].
pub(super) fn read(bytes: &[u8]) -> Option<Compact<'_>> {
    let mut from = Bytes(bytes);
    let [form, kind, category, severity, status, flags] = *from.take(6)?.first_chunk()?;
    if form != FORM {
        return None;
    }
    let kind = match usize::from(kind).checked_sub(1) {
        None => IncidentType::CustomerReported,
        Some(at) => IncidentType::Signal(*SignalId::ALL.get(at)?),
    };
    let (messages, version, redacted_rooms) = (from.number()?.try_into().ok()?, from.number()?, from.number()?.try_into().ok()?);
    let mut before = 0_i64;
    let mut moment = |from: &mut Bytes<'_>| {
        before = before.wrapping_add(unzigzag(from.number()?));
        Some(Timestamp::from_micros(before))
    };
    let created_at = moment(&mut from)?;
    let active_since = moment(&mut from)?;
    let last_resolved = if flags & RESOLVED == 0 { None } else { Some(moment(&mut from)?) };
    let last_closed = if flags & CLOSED == 0 { None } else { Some(moment(&mut from)?) };
    let last_updated = moment(&mut from)?;
    let last_message_at = if flags & MESSAGE == 0 { None } else { Some(moment(&mut from)?) };
    let problem = from.text()?;
    Some(Compact {
        kind,
        category: *Category::ALL.get(usize::from(category))?,
        severity: *Severity::ALL.get(usize::from(severity))?,
        status: *IncidentStatus::ALL.get(usize::from(status))?,
        active_since,
        messages,
        version,
        redacted_rooms,
        created_at,
        last_resolved,
        last_closed,
        last_updated,
        last_message_at,
        problem,
        rooms: from,
    })
}

impl<'a> Compact<'a> {
    /// The rooms that it names. They end where no more can be read.
    pub(super) fn rooms(&self) -> impl Iterator<Item = (RoomId, &'a str)> + use<'a> {
        let mut rest = self.rooms;
        std::iter::from_fn(move || {
            let id = Uuid::from_slice(rest.take(16)?).ok()?;
            Some((RoomId::from_uuid(id), rest.text()?))
        })
    }

    /// The whole row.
    pub(super) fn row(&self, customer_id: TenantId, number: TicketNumber) -> IncidentRow {
        IncidentRow {
            number,
            customer_id,
            category: self.category,
            kind: self.kind,
            severity: self.severity,
            status: self.status,
            rooms: self.rooms().map(|(id, name)| RoomRef { id, name: name.to_owned() }).collect(),
            redacted_rooms: self.redacted_rooms,
            problem: self.problem.to_owned(),
            created_at: self.created_at,
            last_updated: self.last_updated,
            active_since: self.active_since,
            last_resolved: self.last_resolved,
            last_closed: self.last_closed,
            messages: self.messages,
            last_message_at: self.last_message_at,
            claim: None,
            snooze: None,
            snoozed_by: None,
            version: self.version,
        }
    }
}

fn put(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn put_text(out: &mut Vec<u8>, text: &str) {
    put(out, text.len() as u64);
    out.extend(text.as_bytes());
}

/// Small ones stay small, whatever their sign.
const fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)) as u64
}

const fn unzigzag(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

/// What is still to be read.
#[derive(Debug, Clone, Copy)]
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, bytes: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(bytes)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = *self.take(1)?.first()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn text(&mut self) -> Option<&'a str> {
        let bytes = usize::try_from(self.number()?).ok()?;
        std::str::from_utf8(self.take(bytes)?).ok()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::cache::tests::estate::incident;

    proptest! {
        #[test]
        fn fault_9_20_a_compact_row_is_read_as_it_was_written(
            words in (0..SignalId::ALL.len() + 1, 0..Category::ALL.len(), 0..Severity::ALL.len(), 0..IncidentStatus::ALL.len()),
            moments in prop::array::uniform6(any::<i64>()), there in prop::array::uniform3(any::<bool>()),
            numbers in (any::<u32>(), any::<u64>(), any::<u32>()), problem in ".{0,40}",
            rooms in prop::collection::vec((any::<u128>(), ".{0,20}"), 0..4),
        ) {
            let mut row = incident(1, "AAAAA1-000001", IncidentStatus::Resolved, Severity::Critical).row;
            row.kind = words.0.checked_sub(1).map_or(IncidentType::CustomerReported, |at| IncidentType::Signal(SignalId::ALL[at]));
            (row.category, row.severity, row.status) = (Category::ALL[words.1], Severity::ALL[words.2], IncidentStatus::ALL[words.3]);
            let moments = moments.map(Timestamp::from_micros);
            (row.created_at, row.active_since, row.last_updated) = (moments[0], moments[1], moments[2]);
            row.last_resolved = there[0].then_some(moments[3]);
            row.last_closed = there[1].then_some(moments[4]);
            row.last_message_at = there[2].then_some(moments[5]);
            (row.messages, row.version, row.redacted_rooms) = numbers;
            row.problem = problem;
            row.rooms = rooms.into_iter().map(|(id, name)| RoomRef { id: RoomId::from_uuid(Uuid::from_u128(id)), name }).collect();
            let written = write(&row);
            prop_assert_eq!(read(&written).unwrap().row(row.customer_id, row.number), row);
        }

        #[test]
        fn fault_9_20_what_is_no_compact_row_is_refused_without_a_crash(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            if let Some(row) = read(&bytes) {
                row.rooms().count();
            }
            let known = [&[FORM, 0, 0, 0, 0, 7], bytes.as_slice()].concat();
            if let Some(row) = read(&known) {
                row.rooms().count();
            }
        }
    }

    /// Files of users hold rows by these places.
    #[test]
    fn fault_9_20_words_have_the_places_that_rows_were_written_with() {
        let places = |words: Vec<&str>| words.join(" ");
        assert_eq!(
            places(Category::ALL.iter().map(|word| word.as_str()).collect()),
            "reported account_management os_firmware_apps configuration hardware display security connectivity outage other"
        );
        assert_eq!(places(Severity::ALL.iter().map(|word| word.as_str()).collect()), "critical important warning recommended");
        assert_eq!(
            places(IncidentStatus::ALL.iter().map(|word| word.as_str()).collect()),
            "needs_action assigned_to_service pending_investigation resolved closed"
        );
        assert_eq!(
            places(SignalId::ALL.iter().map(|word| word.as_str()).collect()),
            "sign_in_exchange sign_in_teams calendar_sync meeting_app_heartbeat camera_room content_camera hdmi_ingest low_disk_space disk_health conferencing_microphone conferencing_speaker display_front_of_room display_console monitoring offline wsus_enabled windows_update_reset camera_default configured_microphone configured_speaker default_speaker app_version os_version time_drift windows_update_disabled nightly_reboot_disabled bluetooth_disabled sleep_timer usb_suspend cpu_limited default_credentials wifi_strength monitoring_connectivity windows_update_blocked os_activation connected_by_wifi update_failed"
        );
    }
}
