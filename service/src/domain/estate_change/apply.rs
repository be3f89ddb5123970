//! Applies changes, each by the function of its noun.

use serde::{Deserialize, Serialize};
use tenantry_model::api::delegations::{Delegate, DelegateAll, DelegateGroup};
use tenantry_model::api::incidents::Assignee;
use tenantry_model::api::partners::ChangePartner;
use tenantry_model::api::roles::{ChangeAssignment, ChangeRole, CreateAssignment};
use tenantry_model::api::update_rings::{ChangeUpdateRing, CreateUpdateRing};
use tenantry_model::api::updates::UpdatesReport;
use tenantry_model::api::{EnrolRequest, SignalsReport};
use tenantry_model::id::{
    AssignmentId, InvitationId, PrincipalId, RelationshipId, RoleId, RoomGroupId, RoomId, TenantId, UpdateId, UpdateRingId,
};
use tenantry_model::permission::{BuiltInRole, Permission};
use tenantry_model::role::Scope;
use tenantry_model::tenancy::{ChangeControl, Tenant};
use tenantry_model::text::TicketNumber;
use uuid::Uuid;

use super::format::{CreateRoom, EstateChange};
use crate::domain::actor::Actor;
use crate::domain::incidents::issues::{self, Closing, Issue};
use crate::domain::incidents::thread::{self, Posted};
use crate::domain::ingest::{reports, updates};
use crate::domain::invitations::write as invitations;
use crate::domain::invitations::write::Terms;
use crate::domain::relationships::write as relationships;
use crate::domain::relationships::write::Side;
use crate::domain::roles::write as roles;
use crate::domain::room_groups::write as room_groups;
use crate::domain::rooms::write as rooms;
use crate::domain::settings::keys;
use crate::domain::update_rings::write as update_rings;
use crate::domain::updates::catalogue;
use crate::domain::{people, portal_roles, tenants};
use crate::error::{Error, Result, Violated};
use crate::random::{Random, uuid_v7};
use crate::store::people::Principal;
use crate::store::relationships::NewRelationship;
use crate::store::roles::NewRole;
use crate::store::updates::catalogue::Update;
use crate::store::{Store, Tx};

const OPERATOR: Actor<'static> = Actor::Operator;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Outcome {
    /// The id of what was created.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
    /// A key that is shown this once: of a room, or for enrolment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<TicketNumber>,
    /// Roles that came with it: the Primary admins of a relationship, the built-in ones of a customer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<RoleId>,
    /// The preset assignment of a relationship's Primary admins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignment: Option<AssignmentId>,
}

impl From<Uuid> for Outcome {
    fn from(created: Uuid) -> Self {
        Self { id: Some(created), ..Self::default() }
    }
}

/// Applies one change within the transaction.
///
/// # Errors
/// A refusal that says which part of the change cannot be: what it names does not exist, exists already, or does not belong together.
pub async fn apply(tx: &mut Tx, change: EstateChange, random: &dyn Random) -> Result<Outcome> {
    perform(tx, change, random).await.map_err(explained)
}

#[expect(clippy::too_many_lines, reason = "one arm a change")]
async fn perform(tx: &mut Tx, change: EstateChange, random: &dyn Random) -> Result<Outcome> {
    use EstateChange as It;
    let now = tx.now();
    let new_id = || uuid_v7(now, random);
    match change {
        It::CreateTenant(it) => {
            let id = it.id.unwrap_or_else(|| TenantId::from_uuid(new_id()));
            let tenant = Tenant { id, display_name: it.display_name, is_partner: it.is_partner, is_customer: it.is_customer };
            let made = tenants::create(tx, tenant, it.ticket_prefix, it.domains, random).await?;
            return Ok(Outcome { roles: made.roles, key: made.enrolment_key, ..id.uuid().into() });
        }
        It::RenameTenant(it) => tenants::rename(tx, it.tenant, &it.display_name).await?,
        It::AddDomain(it) => tenants::add_domain(tx, it.tenant, &it.domain).await?,
        It::CreatePrincipal(it) => {
            let id = it.id.unwrap_or_else(|| PrincipalId::from_uuid(new_id()));
            let principal = Principal { id, tenant: it.tenant, kind: it.kind, display_name: it.display_name, upn: it.upn };
            people::create(tx, OPERATOR, principal).await?;
            return Ok(id.uuid().into());
        }
        It::DeletePrincipal(it) => people::delete(tx, OPERATOR, it.principal).await?,
        It::AddGroupMember(it) => people::add_member(tx, OPERATOR, it.group, it.member).await?,
        It::RemoveGroupMember(it) => people::remove_member(tx, OPERATOR, it.group, it.member).await?,
        It::GrantPortalRole(it) => {
            let tenant = people::find(tx, it.principal).await?.tenant;
            portal_roles::grant(tx, OPERATOR, tenant, it.role, &[it.principal]).await?;
        }
        It::RevokePortalRole(it) => {
            let tenant = people::find(tx, it.principal).await?.tenant;
            portal_roles::revoke(tx, OPERATOR, tenant, it.role, it.principal).await?;
        }
        It::CreateRelationship(it) => {
            let id = it.id.unwrap_or_else(|| RelationshipId::from_uuid(new_id()));
            let new = NewRelationship {
                id,
                partner: it.partner,
                customer: it.customer,
                established_at: now,
                ceiling: it.ceiling.unwrap_or(BuiltInRole::PrimaryAdmins.permissions()),
                change_control: ChangeControl::default(),
                offline: it.offline,
            };
            let made =
                relationships::create(tx, OPERATOR, &new, &scope(it.rooms, it.groups, it.all_rooms), &it.primary_admins, random).await?;
            return Ok(Outcome { roles: vec![made.role], assignment: Some(made.assignment), ..id.uuid().into() });
        }
        It::SetDelegatedRooms(it) => {
            relationships::set_delegated(tx, OPERATOR, (it.partner, it.customer), &scope(it.rooms, it.groups, it.all_rooms)).await?;
        }
        It::SetCeiling(it) => {
            let change = ChangePartner { ceiling: Some(it.permissions), ..ChangePartner::default() };
            relationships::change(tx, OPERATOR, (it.partner, it.customer), &change, None).await?;
        }
        It::SetOfflineTerms(it) => {
            let change = ChangePartner { offline: Some(it.offline), ..ChangePartner::default() };
            relationships::change(tx, OPERATOR, (it.partner, it.customer), &change, None).await?;
        }
        It::EndRelationship(it) => {
            let by = if it.by_customer { Side::Customer } else { Side::Partner };
            relationships::end(tx, OPERATOR, (it.partner, it.customer), by, None).await?;
        }
        It::CreateInvitation(it) => {
            let id = it.id.unwrap_or_else(|| InvitationId::from_uuid(new_id()));
            let terms = Terms {
                domain: it.domain,
                expires_in_days: it.expires_in_days,
                delegate: Delegate {
                    rooms: it.rooms,
                    groups: it.groups.into_iter().map(|id| DelegateGroup { id, future: true }).collect(),
                    all: it.all_rooms.then_some(DelegateAll { future: true }),
                },
                change_control: it.change_control,
                ceiling: it.ceiling,
                offline: it.offline,
                created_by: it.created_by,
            };
            invitations::create(tx, OPERATOR, id, it.customer, terms).await?;
            return Ok(id.uuid().into());
        }
        It::CreateRole(it) => {
            let id = it.id.unwrap_or_else(|| RoleId::from_uuid(new_id()));
            let role = NewRole {
                id,
                customer: it.customer,
                partner: it.partner,
                name: it.name,
                description: it.description,
                built_in: None,
                permissions: it.permissions,
            };
            roles::create(tx, OPERATOR, role).await?;
            return Ok(id.uuid().into());
        }
        It::ChangeRole(it) => {
            let change = ChangeRole { name: it.name, description: it.description, permissions: it.permissions };
            roles::change(tx, OPERATOR, it.role, &change).await?;
        }
        It::DeleteRole(it) => roles::delete(tx, OPERATOR, it.role).await?,
        It::CreateAssignment(it) => {
            let id = it.id.unwrap_or_else(|| AssignmentId::from_uuid(new_id()));
            let new = CreateAssignment {
                name: it.name,
                description: it.description,
                email_notifications: false,
                members: it.members,
                scope: it.scope,
            };
            roles::assign(tx, OPERATOR, id, it.role, &new).await?;
            return Ok(id.uuid().into());
        }
        It::ChangeAssignment(it) => {
            let change = ChangeAssignment {
                name: it.name,
                description: it.description,
                email_notifications: None,
                members: it.members,
                scope: it.scope,
            };
            roles::change_assignment(tx, OPERATOR, it.assignment, &change).await?;
        }
        It::DeleteAssignment(it) => roles::delete_assignment(tx, OPERATOR, it.assignment).await?,
        It::CreateRoomGroup(it) => {
            let id = it.id.unwrap_or_else(|| RoomGroupId::from_uuid(new_id()));
            room_groups::create(tx, OPERATOR, id, it.customer, &it.name, &it.rooms).await?;
            return Ok(id.uuid().into());
        }
        It::RenameRoomGroup(it) => room_groups::rename(tx, OPERATOR, it.group, &it.name).await?,
        It::SetRoomGroupRooms(it) => room_groups::set_rooms(tx, OPERATOR, it.group, &it.rooms).await?,
        It::DeleteRoomGroup(it) => room_groups::delete(tx, OPERATOR, it.group).await?,
        It::CreateUpdateRing(it) => {
            let id = it.id.unwrap_or_else(|| UpdateRingId::from_uuid(new_id()));
            let new = CreateUpdateRing {
                order: it.order,
                name: it.name,
                description: it.description,
                deferral_days: it.deferral_days,
                rollout_days: it.rollout_days,
                test_days: it.test_days,
            };
            update_rings::create(tx, OPERATOR, id, it.customer, &new).await?;
            return Ok(id.uuid().into());
        }
        It::ChangeUpdateRing(it) => {
            let change = ChangeUpdateRing {
                order: it.order,
                name: it.name,
                description: it.description,
                deferral_days: it.deferral_days,
                rollout_days: it.rollout_days,
                test_days: it.test_days,
            };
            let customer = update_rings::customer_of(tx, it.ring).await?;
            update_rings::change(tx, OPERATOR, (customer, it.ring), &change).await?;
        }
        It::DeleteUpdateRing(it) => {
            let customer = update_rings::customer_of(tx, it.ring).await?;
            update_rings::delete(tx, OPERATOR, (customer, it.ring), None).await?;
        }
        It::MoveToUpdateRing(it) => {
            let customer = update_rings::customer_of(tx, it.ring).await?;
            update_rings::move_rooms(tx, OPERATOR, (customer, it.ring), &it.rooms).await?;
        }
        It::PublishUpdate(it) => {
            let id = it.id.unwrap_or_else(|| UpdateId::from_uuid(new_id()));
            let published_at = it.published_at.unwrap_or(now);
            let update = Update { id, package: it.package, version: it.version, published_at, deprecated_at: None };
            catalogue::publish(tx, OPERATOR, update).await?;
            return Ok(id.uuid().into());
        }
        It::DeprecateUpdate(it) => catalogue::deprecate(tx, OPERATOR, it.update, random).await?,
        It::ReportUpdates(it) => {
            rooms::find(tx, OPERATOR, it.room, Permission::RoomsModify).await?;
            let report = updates::checked(UpdatesReport { installed: it.installed, progress: it.progress })?;
            updates::apply(tx, it.room, &report, random).await?;
        }
        It::ResetEnrolmentKey(it) => {
            let issued = keys::reset(tx, OPERATOR, it.customer, random).await?;
            return Ok(Outcome { key: Some(issued.key), ..Outcome::default() });
        }
        It::CreateRoom(it) => return create_room(tx, it, random).await,
        It::RenameRoom(it) => rooms::rename(tx, OPERATOR, it.room, &it.display_name).await?,
        It::SuppressRoom(it) => rooms::suppress(tx, OPERATOR, it.room, it.suppressed, random).await?,
        It::EnrolRoom(it) => rooms::enrol(tx, OPERATOR, it.room, random).await?,
        It::UnenrolRoom(it) => rooms::unenrol(tx, OPERATOR, it.room, random).await?,
        It::ReportSignals(it) => {
            rooms::find(tx, OPERATOR, it.room, Permission::RoomsModify).await?;
            let report = SignalsReport { readings: it.readings, occupied: it.occupied };
            reports::check(&report.readings)?;
            reports::apply(tx, it.room, &report.readings, report.occupied, random).await?;
        }
        It::RecordIssue(it) => {
            let issue = Issue {
                customer: it.customer,
                description: it.description,
                rooms: it.rooms,
                high_impact_reason: it.high_impact_reason,
                events: vec![],
                created_by: Some(it.created_by),
            };
            let recorded = issues::record(tx, OPERATOR, issue, random).await?;
            return Ok(Outcome { number: Some(recorded.number), ..Outcome::default() });
        }
        It::PostMessage(it) => {
            let assign_to = it.assign_to_service.then_some(Assignee::Service);
            let posted = Posted { customer: None, number: it.number, text: &it.text, assign_to, author: it.author };
            thread::post(tx, OPERATOR, posted).await?;
        }
        It::SetIncidentStatus(it) => thread::set_status(tx, OPERATOR, it.number, it.status).await?,
        It::CloseIssue(it) => {
            let closing = Closing { reason: it.reason, comment: it.comment.as_deref(), closed_by: Some(it.closed_by) };
            issues::close(tx, OPERATOR, (None, it.number), None, closing).await?;
        }
    }
    Ok(Outcome::default())
}

/// What is delegated, each named once.
fn scope(mut rooms: Vec<RoomId>, mut groups: Vec<RoomGroupId>, all: bool) -> Scope {
    if all {
        return Scope::All;
    }
    rooms.sort_unstable();
    rooms.dedup();
    groups.sort_unstable();
    groups.dedup();
    Scope::Some { rooms, groups }
}

async fn create_room(tx: &mut Tx, it: CreateRoom, random: &dyn Random) -> Result<Outcome> {
    let id = it.id.unwrap_or_else(|| RoomId::from_uuid(uuid_v7(tx.now(), random)));
    // A device that is only told by name is made up from the id, which is unique.
    let stem = id.uuid().simple().to_string();
    let request = EnrolRequest {
        display_name: it.display_name,
        capacity: it.capacity,
        host_name: it.host_name.unwrap_or_else(|| format!("MTR-{}", stem.to_uppercase())),
        account: it.account.unwrap_or_else(|| format!("room-{stem}@rooms.example")),
        timezone: it.timezone.unwrap_or_else(|| "Europe/Berlin".into()),
        licence: it.licence.unwrap_or_else(|| "Teams Rooms Pro".into()),
        peripherals: it.peripherals,
    };
    let answer = rooms::create(tx, OPERATOR, id, it.customer, &request, it.onboarding, random).await?;
    Ok(Outcome { key: Some(answer.room_key), ..answer.room_id.uuid().into() })
}

/// Applies changes in order, all of them or none.
pub async fn apply_all(store: &Store, changes: Vec<EstateChange>, random: &dyn Random) -> Result<Vec<Outcome>> {
    let mut tx = store.write().await?;
    let mut outcomes = Vec::with_capacity(changes.len());
    for (at, change) in changes.into_iter().enumerate() {
        outcomes.push(apply(&mut tx, change, random).await.map_err(|error| placed(error, at))?);
    }
    tx.commit().await?;
    Ok(outcomes)
}

/// Says which of several changes an error is about.
pub(crate) fn placed(error: Error, at: usize) -> Error {
    match error {
        Error::Refused { kind, detail, retry_after_s, errors } => {
            let detail = detail.unwrap_or_else(|| kind.title().to_owned());
            Error::Refused { kind, detail: Some(format!("change {at}: {detail}; nothing was applied")), retry_after_s, errors }
        }
        other => other,
    }
}

/// What the database refused, in the words of the change.
fn explained(error: Error) -> Error {
    match error.violated() {
        Some(Violated::Unique) => Error::conflict("there is one of these already: use another id, name or domain"),
        Some(Violated::Reference) => Error::bad_request("it names something that does not exist"),
        None => error,
    }
}
