//! From the customer's invitation to the goodbye, at the desks of both sides; and what a desk keeps of it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tenantry_model::api::delegations::{Delegate, DelegateAll, DelegateGroup, Revoke};
use tenantry_model::api::invitations::AcceptInvitation;
use tenantry_model::api::partners::{ChangePartner, InvitePartner};
use tenantry_model::api::people::AddMembers;
use tenantry_model::api::requests::Outcome;
use tenantry_model::api::roles::{ChangeRole, CreateAssignment, CreateRole};
use tenantry_model::api::room_groups::{ChangeRoomGroup, CreateRoomGroup};
use tenantry_model::id::{PrincipalId, RoleId, RoomGroupId, RoomId, TenantId};
use tenantry_model::ipc::{
    AcceptArgs, CellSeparator, ChangeOf, CreateAt, CreateOwn, EndOf, ExportRange, FormId, IpcErrorKind, RoleKey, RoomGroupKey,
};
use tenantry_model::permission::{Permission, PermissionSet};
use tenantry_model::role::Scope;
use tenantry_model::tenancy::{ChangeControl, ControlEvent, OfflineTerms, PortalRole, RequestState, TenantStatus};
use tenantry_test_kit::Change;
use tenantry_tests::demo::{Demo, DemoOptions};
use tenantry_tests::desk::Desk;
use tenantry_tests::wait::{SOON, until};
use tenantry_tests::wire::Wire;
use tenantry_tests::world::SmallEstate;
use uuid::Uuid;

/// How long a change may take to show at another desk (product: gone within five seconds).
const SHOWS: Duration = Duration::from_secs(5);

fn form() -> FormId {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    FormId(Uuid::from_u64_pair(7, NEXT.fetch_add(1, Ordering::Relaxed)))
}

/// Another partner with a domain, a tenant manager and a technician, whom nobody has invited yet.
struct Newcomer {
    partner: TenantId,
    manager: PrincipalId,
    primary: PrincipalId,
    technician: PrincipalId,
}

impl Newcomer {
    async fn arrive(demo: &Demo, estate: &mut SmallEstate) -> Result<Self> {
        let id = |estate: &mut SmallEstate| estate.names.uuid();
        let partner = TenantId::from_uuid(id(estate));
        let [manager, primary, technician] = [(); 3].map(|()| PrincipalId::from_uuid(id(estate)));
        let person = |id, name: &str| Change::user(id, partner, name);
        demo.control(&[
            Change::partner(partner, "Neuland Räume"),
            Change::AddDomain { tenant: partner, domain: "neuland.example".parse()? },
            person(manager, "Mia Manager"),
            person(primary, "Pia Primär"),
            person(technician, "Timo Technik"),
            Change::GrantPortalRole { principal: manager, role: PortalRole::TenantManager },
        ])
        .await?;
        Ok(Self { partner, manager, primary, technician })
    }
}

fn invitation(estate: &SmallEstate, rooms: usize, change_control: ChangeControl) -> Result<InvitePartner> {
    Ok(InvitePartner {
        domain: "neuland.example".parse()?,
        expires_in_days: "14".parse()?,
        rooms: estate.alpen.rooms[..rooms].to_vec(),
        groups: vec![],
        all: None,
        change_control,
        ceiling: None,
        offline: OfflineTerms::default(),
        terms_accepted: true,
    })
}

/// The customer invites, the manager accepts for the one who is to be Primary admin.
async fn establish(estate: &SmallEstate, newcomer: &Newcomer, admin: &Desk, manager: &Desk, control: ChangeControl) -> Result<()> {
    invite(estate, newcomer, admin, manager, invitation(estate, 2, control)?, 2).await
}

/// The same with an invitation of one's own, which delegates so many rooms at first.
async fn invite(estate: &SmallEstate, newcomer: &Newcomer, admin: &Desk, manager: &Desk, new: InvitePartner, rooms: u32) -> Result<()> {
    admin.engine().invite_partner(CreateOwn { form: form(), new }).await?;
    until(SHOWS, "the invitation shows by itself", || async {
        let tenants = manager.engine().get_tenants().await?;
        Ok(tenants.value.iter().any(|row| row.status == TenantStatus::Pending))
    })
    .await?;
    let tenants = manager.engine().get_tenants().await?.value;
    let waiting = tenants.into_iter().find_map(|row| row.invitation).context("the invitation")?;
    assert_eq!(waiting.rooms, rooms, "R28: how many, and not which");
    let detail = manager.engine().get_invitation(waiting.id).await?.value;
    assert_eq!(detail.customer_id, estate.alpen.id);
    let answer = AcceptInvitation { primary_admins: vec![newcomer.primary] };
    manager.engine().accept_invitation(AcceptArgs { invitation: waiting.id, form: form(), answer }).await?;
    Ok(())
}

async fn sees(desk: &Desk, what: &'static str, sizes: [usize; 3]) -> Result<()> {
    // A view is several questions: in the middle of a change it may not fit together.
    until(SHOWS, what, || async { Ok(desk.view().await.is_ok_and(|view| view.sizes() == sizes)) }).await
}

#[tokio::test(flavor = "multi_thread")]
async fn r17_r62_from_the_invitation_to_the_goodbye() -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let mut estate = SmallEstate::create(&demo).await?;
    let newcomer = Newcomer::arrive(&demo, &mut estate).await?;
    let admin = Desk::signed_in(&demo, estate.alpen.admin).await?;
    let manager = Desk::signed_in(&demo, newcomer.manager).await?;
    let primary = Desk::signed_in(&demo, newcomer.primary).await?;
    let mut technician = Desk::signed_in(&demo, newcomer.technician).await?;
    establish(&estate, &newcomer, &admin, &manager, ChangeControl::default()).await?;

    sees(&primary, "R30: rooms and incidents appear by themselves", [1, 2, 2]).await?;
    assert_eq!(manager.view().await?.sizes(), [0, 0, 0], "R14: managing tenants shows nothing inside them");

    // A role with incidents only, for one room (R46, R47, R53).
    let customer = estate.alpen.id;
    let assignment = CreateAssignment {
        name: "Helpdesk".into(),
        description: String::new(),
        email_notifications: false,
        members: vec![newcomer.technician],
        scope: Scope::Some { rooms: vec![estate.alpen.rooms[0]], groups: vec![] },
    };
    let permissions = PermissionSet::of(&[Permission::TicketsView]);
    let new = CreateRole { name: "Helpdesk".into(), description: String::new(), permissions, assignment };
    let args = CreateAt { customer, form: form(), new };
    let Outcome::Done(made) = primary.engine().create_role(args.clone()).await? else { bail!("it waits, though nobody asked for that") };
    assert_eq!(primary.engine().create_role(args).await?, Outcome::Done(made), "sent again, it is not created again");
    sees(&technician, "the technician sees incidents of that room and no room", [1, 0, 1]).await?;

    // The customer narrows what is delegated (R37, R58).
    let partner = admin.engine().get_partner(newcomer.partner).await?.value;
    let gone = partner.room_ids.iter().copied().filter(|room| *room != estate.alpen.rooms[1]).collect();
    let narrow = ChangePartner { remove: Some(Revoke { rooms: gone, ..Revoke::default() }), ..ChangePartner::default() };
    let change = ChangeOf { key: newcomer.partner, version: partner.version, change: narrow };
    admin.engine().change_partner(change.clone()).await?;
    let stale = admin.engine().change_partner(change).await.map_err(|error| error.kind);
    assert_eq!(stale, Err(IpcErrorKind::Stale));
    sees(&primary, "R58: a room that is no longer delegated vanishes by itself", [1, 1, 1]).await?;
    sees(&technician, "the technician has nothing left", [0, 0, 0]).await?;

    // The goodbye (R45, R61, R62).
    assert!(primary.engine().get_roles(customer).await?.value.roles.len() == 2, "so that something is kept of it");
    let partner = until_version(&admin, newcomer.partner).await?;
    admin.engine().remove_partner(EndOf { key: newcomer.partner, version: partner }).await?;
    sees(&primary, "R62: nothing is left", [0, 0, 0]).await?;
    until(SHOWS, "nothing is said of it any more", || async {
        Ok(primary.engine().get_roles(customer).await.map_err(|error| error.kind) == Err(IpcErrorKind::NotFound))
    })
    .await?;
    technician.stop().await;
    technician.holds_nowhere(&estate.alpen.name)
}

/// The customer makes a group and delegates it with future rooms; who joins it later is at the partner's desk without anybody's doing there, and so is a device
/// that enrols once all rooms are delegated with future ones.
#[tokio::test(flavor = "multi_thread")]
async fn a36_a_room_that_joins_what_is_delegated_comes_to_the_partners_desk_by_itself() -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let mut estate = SmallEstate::create(&demo).await?;
    let newcomer = Newcomer::arrive(&demo, &mut estate).await?;
    let admin = Desk::signed_in(&demo, estate.alpen.admin).await?;
    let manager = Desk::signed_in(&demo, newcomer.manager).await?;
    let primary = Desk::signed_in(&demo, newcomer.primary).await?;
    let customer = estate.alpen.id;
    let device = |estate: &mut SmallEstate| RoomId::from_uuid(estate.names.uuid());

    let new = CreateRoomGroup { name: "Altbau".into(), rooms: vec![estate.alpen.rooms[2]] };
    let made = admin.engine().create_room_group(CreateAt { customer, form: form(), new }).await?;
    let group = made.id.map(RoomGroupId::from_uuid).context("its id")?;
    let groups = vec![DelegateGroup { id: group, future: true }];
    let new = InvitePartner { groups, ..invitation(&estate, 0, ChangeControl::default())? };
    invite(&estate, &newcomer, &admin, &manager, new, 1).await?;
    let rooms = async |what: &'static str, count: usize| sees_rooms(&primary, what, count).await;
    rooms("the room of the group", 1).await?;

    let late = device(&mut estate);
    demo.control(&[Change::room(late, customer, "Neuer Saal", true)]).await?;
    let change = ChangeRoomGroup { add: vec![late], ..ChangeRoomGroup::default() };
    let key = RoomGroupKey { customer, group };
    let version = admin.engine().get_room_group(key).await?.value.version;
    admin.engine().change_room_group(ChangeOf { key, version, change }).await?;
    rooms("a device that enrolled, once it is in the group", 2).await?;

    let partner = admin.engine().get_partner(newcomer.partner).await?.value;
    let all = Delegate { all: Some(DelegateAll { future: true }), ..Delegate::default() };
    let change = ChangePartner { add: Some(all), ..ChangePartner::default() };
    admin.engine().change_partner(ChangeOf { key: newcomer.partner, version: partner.version, change }).await?;
    rooms("all rooms", estate.alpen.rooms.len() + 1).await?;
    let latest = device(&mut estate);
    demo.control(&[Change::room(latest, customer, "Neuester Saal", true)]).await?;
    rooms("a device that enrolled, at once", estate.alpen.rooms.len() + 2).await
}

async fn sees_rooms(desk: &Desk, what: &'static str, count: usize) -> Result<()> {
    until(SHOWS, what, || async { Ok(desk.view().await.is_ok_and(|view| view.sizes()[1] == count)) }).await
}

async fn until_version(admin: &Desk, partner: TenantId) -> Result<u64> {
    until(SOON, "the partner is read anew", || async { Ok(admin.engine().get_partner(partner).await?.current) }).await?;
    Ok(admin.engine().get_partner(partner).await?.value.version)
}

#[tokio::test(flavor = "multi_thread")]
async fn r24_a_change_that_waits_for_approval_changes_nothing_until_it_comes() -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let mut estate = SmallEstate::create(&demo).await?;
    let newcomer = Newcomer::arrive(&demo, &mut estate).await?;
    let admin = Desk::signed_in(&demo, estate.alpen.admin).await?;
    let manager = Desk::signed_in(&demo, newcomer.manager).await?;
    let technician = Desk::signed_in(&demo, newcomer.technician).await?;
    establish(&estate, &newcomer, &admin, &manager, ChangeControl::manual(&[ControlEvent::Roles])).await?;

    let new = AddMembers { principals: vec![newcomer.technician] };
    let asked = manager.engine().add_primary_admins(CreateAt { customer: estate.alpen.id, form: form(), new }).await?;
    assert!(matches!(asked, Outcome::Requested(_)), "{asked:?}");
    assert_eq!(technician.view().await?.sizes(), [0, 0, 0]);
    until(SHOWS, "the request shows at the customer's desk by itself", || async {
        Ok(admin.engine().get_change_requests().await?.value.iter().any(|row| row.state == RequestState::Pending))
    })
    .await?;
    let waiting = admin.engine().get_change_requests().await?.value.remove(0);
    assert_eq!(waiting.change.gains, ["Timo Technik"]);
    admin.engine().approve_request(EndOf { key: waiting.id, version: waiting.version }).await?;
    sees(&technician, "it took effect", [1, 2, 2]).await?;
    let again = admin.engine().approve_request(EndOf { key: waiting.id, version: waiting.version }).await.map_err(|error| error.kind);
    assert_eq!(again, Err(IpcErrorKind::Conflict));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_said_last_is_read_without_a_network_and_changes_are_refused_there() -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let estate = SmallEstate::create(&demo).await?;
    let wire = Wire::to(&demo).await?;
    let anna = Desk::signed_in_through(&wire, estate.anna).await?;
    let customer = estate.alpen.id;
    let online = anna.engine().get_roles(customer).await?;
    assert!(online.current);
    wire.cut();
    anna.wait_offline().await?;
    let offline = anna.engine().get_roles(customer).await?;
    assert_eq!(offline.value, online.value);
    assert!(!offline.current, "and it says that it may no longer be so");
    let never_asked = anna.engine().get_primary_admins(customer).await.map_err(|error| error.kind);
    assert_eq!(never_asked, Err(IpcErrorKind::Offline));
    let key = RoleKey { customer, role: estate.alpen.role };
    let change = ChangeRole { name: Some("Other".into()), ..ChangeRole::default() };
    let refused = anna.engine().change_role(ChangeOf { key, version: 1, change: change.clone() }).await.map_err(|error| error.kind);
    assert_eq!(refused, Err(IpcErrorKind::Offline));
    wire.mend();
    anna.engine().sync_now().await?;
    anna.wait_current().await?;
    let unknown = RoleKey { customer, role: RoleId::from_uuid(Uuid::nil()) };
    let missing = anna.engine().change_role(ChangeOf { key: unknown, version: 1, change }).await.map_err(|error| error.kind);
    assert_eq!(missing, Err(IpcErrorKind::NotFound));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a28_what_a_customer_does_not_allow_off_line_is_not_said_there_either() -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let estate = SmallEstate::with_terms(&demo, OfflineTerms { allowed: false, ..OfflineTerms::default() }).await?;
    let wire = Wire::to(&demo).await?;
    let anna = Desk::signed_in_through(&wire, estate.anna).await?;
    assert!(anna.engine().get_roles(estate.alpen.id).await?.current);
    wire.cut();
    anna.wait_offline().await?;
    assert_eq!(anna.engine().get_roles(estate.alpen.id).await.map_err(|error| error.kind), Err(IpcErrorKind::Locked));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn r62_what_was_said_of_a_customer_goes_with_it_and_with_the_sign_out() -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let estate = SmallEstate::create(&demo).await?;
    let mut anna = Desk::signed_in(&demo, estate.anna).await?;
    let said = anna.engine().get_roles(estate.alpen.id).await?.value;
    let word = "Manages the delegated rooms";
    assert!(said.roles.iter().any(|row| row.role.description.contains(word)), "{said:?}");
    anna.stop().await;
    assert!(anna.lies_in_file(word)?, "the check itself must be able to see what is there");
    anna.start()?;
    demo.control(&[Change::EndRelationship { partner: estate.partner, customer: estate.alpen.id, by_customer: true }]).await?;
    sees(&anna, "the customer is gone", [1, 2, 2]).await?;
    anna.stop().await;
    assert!(!anna.lies_in_file(word)?, "it can be read back from the file");
    anna.start()?;
    anna.opened().await?;
    anna.wait_current().await?;
    anna.engine().get_roles(estate.birke.id).await?;
    anna.engine().sign_out().await?;
    anna.only_settings_on_disk()
}

#[tokio::test(flavor = "multi_thread")]
async fn r107_r111_the_log_is_saved_as_a_file_and_nothing_is_overwritten() -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let mut estate = SmallEstate::create(&demo).await?;
    let newcomer = Newcomer::arrive(&demo, &mut estate).await?;
    let admin = Desk::signed_in(&demo, estate.alpen.admin).await?;
    let manager = Desk::signed_in(&demo, newcomer.manager).await?;
    establish(&estate, &newcomer, &admin, &manager, ChangeControl::default()).await?;
    let as_of = admin.sync().await?.as_of.context("a moment")?;
    let today = as_of.to_string()[..10].parse()?;
    let range = ExportRange { from: today, to: today, separator: CellSeparator::Comma };
    let (one, two) = (admin.engine().export_audit(range).await?, admin.engine().export_audit(range).await?);
    assert_ne!(one.path, two.path);
    let text = std::fs::read_to_string(&one.path)?;
    assert_eq!(text.lines().count(), 1 + one.records as usize);
    // What the operator did to bring all of them in has no user.
    let by_people = text.lines().skip(1).filter(|line| !line.ends_with(",,")).count();
    assert_eq!(by_people, 2, "the invitation and its acceptance: {text}");
    assert!(text.contains(&newcomer.partner.to_string()), "R112: the partner's own tenant stands there");
    // Whoever has no log gets no file.
    let refused = manager.engine().export_audit(range).await.map_err(|error| error.kind);
    assert_eq!(refused, Err(IpcErrorKind::NotFound));
    let folder = std::path::Path::new(&one.path).parent().context("a folder")?;
    assert_eq!(std::fs::read_dir(folder)?.count(), 2);
    Ok(())
}
