//! What is typed in the cuts: every kind of work, each but messages and new issues at an incident or a room of its own, and what became of it.

use std::collections::HashMap;

use anyhow::{Context, Result, ensure};
use rand::Rng as _;
use rand_chacha::ChaCha8Rng;
use tenantry_model::api::IncidentTab;
use tenantry_model::api::incidents::{ClaimIncident, CloseIssue, EditIssue, PostMessage, RecordIssue, SnoozeIncident};
use tenantry_model::api::rooms::{ChangeRoom, RoomSettings};
use tenantry_model::audit::{AuditRecord, AuditResult};
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::incident::{ClosureReason, IncidentStatus, RoomRef};
use tenantry_model::ipc::{IssueAsRead, SuppressionAsRead, Work, WorkKind};
use tenantry_model::permission::{BuiltInRole, Permission, PermissionSet};
use tenantry_model::room::{Enrolment, Room};
use tenantry_model::text::TicketNumber;
use tenantry_test_kit::Change;
use tenantry_tests::api::Api;
use tenantry_tests::demo::Demo;
use tenantry_tests::world::{Customer, SmallEstate};

/// So many issues are there to be closed, edited, claimed or snoozed, at each customer.
const ISSUES: usize = 130;
/// So many rooms to be set otherwise, as many to be enrolled, and as many to be suppressed.
const ROOMS: usize = 40;
const WORDS: &str = "Vorrat";

/// What is typed at something of its own.
pub(super) const SINGLE: [WorkKind; 7] =
    [WorkKind::Close, WorkKind::Claim, WorkKind::Snooze, WorkKind::Edit, WorkKind::ChangeRoom, WorkKind::EnrolRoom, WorkKind::Suppress];

/// What nothing has been done to yet, at a customer.
pub(super) struct Pool {
    issues: Vec<(TicketNumber, u64)>,
    rooms: Vec<Room>,
    new: Vec<Room>,
    loud: Vec<Room>,
}

/// Something that was typed, and whether the app said that it is kept or sent.
pub(super) struct Typed {
    pub(super) kind: WorkKind,
    pub(super) customer: TenantId,
    pub(super) number: Option<TicketNumber>,
    room: Option<(RoomId, String)>,
    pub(super) text: String,
    pub(super) acknowledged: bool,
}

/// Fills the pools of both customers.
pub(super) async fn pools(demo: &Demo, estate: &SmallEstate, api: &Api) -> Result<HashMap<TenantId, Pool>> {
    let mut pools = HashMap::new();
    for (space, customer) in [(1, &estate.alpen), (2, &estate.birke)] {
        pools.insert(customer.id, Pool::fill(demo, estate, api, space, customer).await?);
    }
    Ok(pools)
}

impl Pool {
    async fn fill(demo: &Demo, estate: &SmallEstate, api: &Api, space: u128, customer: &Customer) -> Result<Self> {
        let permissions = BuiltInRole::PrimaryAdmins.permissions().or(PermissionSet::of(&[Permission::RoomsCreate]));
        let id = |n: usize| RoomId::from_uuid(uuid::Uuid::from_u128(0xB_0000 * space + n as u128));
        let is_new = |n: usize| (ROOMS..2 * ROOMS).contains(&n);
        let mut changes: Vec<Change> =
            (0..3 * ROOMS).map(|n| Change::room(id(n), customer.id, &format!("{WORDS} {space}{n:03}"), is_new(n))).collect();
        let rooms = customer.rooms[..2].iter().copied().chain((0..3 * ROOMS).map(id)).collect();
        changes.push(Change::delegated(estate.partner, customer.id, rooms));
        changes.push(Change::SetCeiling { partner: estate.partner, customer: customer.id, permissions });
        changes.push(Change::ChangeRole { role: customer.role, permissions });
        changes.extend((0..ISSUES).map(|n| Change::RecordIssue {
            customer: customer.id,
            description: format!("{WORDS} {n}"),
            rooms: vec![customer.rooms[0]],
            high_impact_reason: None,
            created_by: customer.admin,
        }));
        demo.control(&changes).await?;
        let rows = api.incidents(Some(customer.id), IncidentTab::Active).await?.context("the customer's incidents")?;
        let issues: Vec<_> = rows.iter().filter(|row| is_of_pool(&row.problem)).map(|row| (row.number, row.version)).collect();
        let rooms = api.rooms(customer.id).await?.context("the customer's rooms")?;
        let (mut rooms, new): (Vec<Room>, Vec<Room>) =
            rooms.into_iter().filter(|room| is_of_pool(&room.display_name)).partition(|room| room.enrolment == Enrolment::Enrolled);
        ensure!((issues.len(), rooms.len(), new.len()) == (ISSUES, 2 * ROOMS, ROOMS), "the pool is not whole");
        let loud = rooms.split_off(ROOMS);
        Ok(Self { issues, rooms, new, loud })
    }

    /// Work of this kind at something to which nothing was done; none where there is nothing left.
    pub(super) fn work(&mut self, kind: WorkKind, customer: TenantId, text: String) -> Option<(Work, Typed)> {
        let mut typed = Typed { kind, customer, number: None, room: None, text: text.clone(), acknowledged: false };
        let rooms = match kind {
            WorkKind::ChangeRoom => Some(&mut self.rooms),
            WorkKind::EnrolRoom => Some(&mut self.new),
            WorkKind::Suppress => Some(&mut self.loud),
            _ => None,
        };
        let work = if let Some(rooms) = rooms {
            let room = rooms.pop()?;
            typed.room = Some((room.id, room.display_name.clone()));
            match kind {
                WorkKind::EnrolRoom => Work::EnrolRoom { room: room.id, name: Some(room.display_name) },
                WorkKind::Suppress => Work::Suppress {
                    room: room.id,
                    signal: None,
                    name: Some(room.display_name),
                    was: Some(SuppressionAsRead { suppression: None }),
                    seen: None,
                    suppress: Some(SnoozeIncident { reason: text, until: None }),
                },
                _ => {
                    let change = ChangeRoom { display_name: Some(format!("{} {text}", room.display_name)), ..ChangeRoom::default() };
                    Work::ChangeRoom { room: room.id, version: room.version, was: Some(RoomSettings::of(&room)), seen: None, change }
                }
            }
        } else {
            let (number, version) = self.issues.pop()?;
            typed.number = Some(number);
            match kind {
                WorkKind::Claim => Work::Claim { number, claim: Some(ClaimIncident::default()) },
                WorkKind::Snooze => Work::Snooze { number, snooze: Some(SnoozeIncident { reason: text, until: None }) },
                WorkKind::Close => {
                    Work::Close { number, version, change: CloseIssue { reason: ClosureReason::Other, comment: Some(text) } }
                }
                _ => {
                    let was = IssueAsRead { description: WORDS.into(), rooms: Vec::<RoomRef>::new(), high_impact_reason: None };
                    let change = EditIssue { description: Some(format!("{WORDS} {text}")), ..EditIssue::default() };
                    Work::Edit { number, version, was: Some(Box::new(was)), change }
                }
            }
        };
        Some((work, typed))
    }
}

/// Whether it stands there to be worked on.
pub(super) fn is_of_pool(name: &str) -> bool {
    name.starts_with(WORDS)
}

impl Typed {
    pub(super) fn message(customer: TenantId, number: TicketNumber, text: String) -> (Work, Self) {
        let work = Work::Message { number, new: PostMessage { text: text.clone(), assign_to: None } };
        (work, Self { kind: WorkKind::Message, customer, number: Some(number), room: None, text, acknowledged: false })
    }

    pub(super) fn issue(customer: TenantId, text: String) -> (Work, Self) {
        let new = RecordIssue { description: text.clone(), rooms: vec![], high_impact_reason: None, events: vec![] };
        (Work::Record { new }, Self { kind: WorkKind::Record, customer, number: None, room: None, text, acknowledged: false })
    }

    /// Whether what is left of it without its right are words.
    pub(super) fn has_words(&self) -> bool {
        !matches!(self.kind, WorkKind::Claim | WorkKind::EnrolRoom)
    }

    /// Whether the service has done it. Of messages and new issues, whoever reads the thread and the list says that.
    pub(super) async fn is_done(&self, api: &Api) -> Result<bool> {
        if let Some((id, name)) = &self.room {
            let room = api.room(self.customer, *id).await?.context("the room is gone")?;
            return Ok(match self.kind {
                WorkKind::EnrolRoom => room.enrolment == Enrolment::Enrolled,
                WorkKind::Suppress => {
                    let is_mine = room.suppression.as_ref().is_some_and(|suppression| suppression.reason == self.text);
                    ensure!(is_mine || room.suppression.is_none(), "suppressed with other words");
                    is_mine
                }
                _ => {
                    ensure!(room.display_name == *name || room.display_name == format!("{name} {}", self.text), "{}", room.display_name);
                    room.display_name != *name
                }
            });
        }
        let number = self.number.context("it is about no incident")?;
        let there = api.incident(self.customer, number).await?.context("the incident is gone")?;
        Ok(match self.kind {
            WorkKind::Close => {
                let is_closed = there.row.status == IncidentStatus::Closed;
                ensure!(!is_closed || there.closure_comment.as_ref() == Some(&self.text), "closed with other words");
                is_closed
            }
            WorkKind::Claim => there.row.claim.is_some(),
            WorkKind::Snooze => there.row.snooze.is_some_and(|snooze| snooze.reason == self.text),
            _ => there.description == format!("{WORDS} {}", self.text),
        })
    }

    /// How often the customer's audit log says that it was done.
    pub(super) fn times(&self, log: &[AuditRecord]) -> usize {
        let named = |record: &&AuditRecord| match (&self.room, self.number) {
            (Some((_, name)), _) => record.object_name.starts_with(name.as_str()),
            (None, Some(number)) => record.object_name.contains(&number.to_string()),
            (None, None) => false,
        };
        log.iter().filter(|record| record.result_status == AuditResult::Successful).filter(named).count()
    }
}

/// A kind of work, as often as it is to come up.
pub(super) fn drawn(random: &mut ChaCha8Rng) -> WorkKind {
    match random.random_range(0..24) {
        0..8 => WorkKind::Message,
        8..10 => WorkKind::Record,
        n => SINGLE[(n - 10) % SINGLE.len()],
    }
}
