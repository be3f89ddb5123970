//! Changes of issues and rooms that were made off line: sent once and in order, shown where they meet somebody else's, and gone with what they are about
//! (A35, A28).

use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use tenantry_model::api::incidents::{CloseIssue, EditIssue, IncidentChanged, RecordIssue};
use tenantry_model::api::requests::Outcome;
use tenantry_model::api::rooms::{ChangeRoom, RoomSettings};
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::incident::{ClosureReason, Incident, IncidentStatus};
use tenantry_model::ipc::{
    FormId, IncidentRef, IpcErrorKind, IssueAsRead, OutboxEntry, RoomKey, SendAgainArgs, Session, Work, WorkItem, WorkOutcome,
};
use tenantry_model::permission::{BuiltInRole, Permission, PermissionSet};
use tenantry_model::room::{Enrolment, Room};
use tenantry_model::tenancy::OfflineTerms;
use tenantry_model::text::TicketNumber;
use tenantry_test_kit::Change;
use tenantry_tests::api::Api;
use tenantry_tests::demo::{Demo, DemoOptions};
use tenantry_tests::desk::Desk;
use tenantry_tests::wait::{SOON, until};
use tenantry_tests::wire::Wire;
use tenantry_tests::world::{SmallEstate, healthy};
use uuid::Uuid;

/// A desk at the near end of a wire, with an issue that was recorded there.
pub(crate) struct Story {
    pub(crate) demo: Demo,
    pub(crate) estate: SmallEstate,
    wire: Wire,
    pub(crate) anna: Desk,
    pub(crate) api: Api,
    pub(crate) number: TicketNumber,
}

const WORDS: &str = "Kein Bild";

pub(crate) fn item(n: u128, customer: TenantId, work: Work) -> WorkItem {
    WorkItem { form: FormId(Uuid::from_u128(n)), customer, work }
}

impl Story {
    pub(crate) async fn begin() -> Result<Self> {
        let demo = Demo::start(DemoOptions::default()).await?;
        let estate = SmallEstate::create(&demo).await?;
        let wire = Wire::to(&demo).await?;
        let anna = Desk::signed_in_through(&wire, estate.anna).await?;
        let api = Api::sign_in(&demo, estate.anna).await?;
        let new = RecordIssue { description: WORDS.into(), rooms: vec![estate.alpen.rooms[0]], high_impact_reason: None, events: vec![] };
        let recorded = anna.engine().do_work(item(1, estate.alpen.id, Work::Record { new })).await?;
        let WorkOutcome::Done(IncidentChanged { number, .. }) = recorded else { bail!("it was not recorded: {recorded:?}") };
        anna.catch_up().await?;
        Ok(Self { demo, estate, wire, anna, api, number })
    }

    pub(crate) fn alpen(&self) -> TenantId {
        self.estate.alpen.id
    }

    pub(crate) fn room(&self) -> RoomId {
        self.estate.alpen.rooms[1]
    }

    pub(crate) async fn off_line(&self) -> Result<()> {
        self.wire.cut();
        self.anna.wait_offline().await.map(drop)
    }

    pub(crate) async fn on_line(&self) -> Result<()> {
        self.wire.mend();
        Ok(self.anna.engine().sync_now().await?)
    }

    /// What a form of this desk read.
    pub(crate) async fn read(&self) -> Result<Incident> {
        let key = IncidentRef { customer_id: self.alpen(), number: self.number };
        Ok(self.anna.engine().get_incident(key).await?.incident)
    }

    pub(crate) async fn edit(&self, n: u128, change: EditIssue) -> Result<WorkOutcome> {
        let read = self.read().await?;
        let was = Some(Box::new(IssueAsRead::of(&read)));
        let work = Work::Edit { number: self.number, version: read.row.version, was, change };
        Ok(self.anna.engine().do_work(item(n, self.alpen(), work)).await?)
    }

    pub(crate) async fn set(&self, n: u128, change: ChangeRoom) -> Result<WorkOutcome> {
        let room = self.anna.engine().get_room(RoomKey { customer_id: self.alpen(), id: self.room() }).await?.room;
        let work = Work::ChangeRoom { room: room.id, version: room.version, was: Some(RoomSettings::of(&room)), seen: None, change };
        Ok(self.anna.engine().do_work(item(n, self.alpen(), work)).await?)
    }

    pub(crate) async fn outbox(&self) -> Result<Vec<OutboxEntry>> {
        Ok(self.anna.engine().get_outbox().await?)
    }

    pub(crate) async fn empty(&self) -> Result<()> {
        match until(SOON, "everything was sent", || async { Ok(self.outbox().await?.is_empty()) }).await {
            Ok(()) => Ok(()),
            Err(error) => Err(error.context(format!("there is left: {:?}", self.outbox().await?))),
        }
    }

    /// Waits until the first was refused.
    pub(crate) async fn refused(&self) -> Result<OutboxEntry> {
        let failed = || async { Ok(self.outbox().await?.first().is_some_and(|entry| entry.failure.is_some())) };
        until(SOON, "it was refused", failed).await?;
        self.outbox().await?.into_iter().next().context("an entry")
    }

    pub(crate) async fn now(&self) -> Result<Incident> {
        self.api.incident(self.alpen(), self.number).await?.context("the incident is gone")
    }

    pub(crate) async fn room_now(&self) -> Result<Room> {
        self.api.room(self.alpen(), self.room()).await?.context("the room is gone")
    }
}

pub(crate) fn described(text: &str) -> EditIssue {
    EditIssue { description: Some(text.into()), ..EditIssue::default() }
}

pub(crate) fn called(name: &str) -> ChangeRoom {
    ChangeRoom { display_name: Some(name.into()), ..ChangeRoom::default() }
}

/// Edited and closed off line, a room set and another enrolled: it outlasts the app, and arrives once, whatever the devices report meanwhile.
#[tokio::test(flavor = "multi_thread")]
async fn a35_changes_of_issues_and_rooms_off_line_arrive_once_and_in_order() -> Result<()> {
    let mut story = Story::begin().await?;
    let (alpen, new) = (story.alpen(), RoomId::from_uuid(Uuid::from_u128(77)));
    let rooms = [story.estate.alpen.rooms[0], story.room(), new];
    let enrols = BuiltInRole::PrimaryAdmins.permissions().or(PermissionSet::of(&[Permission::RoomsCreate]));
    story
        .demo
        .control(&[
            Change::room(new, alpen, "Neuer Saal", true),
            Change::delegated(story.estate.partner, alpen, rooms.to_vec()),
            Change::SetCeiling { partner: story.estate.partner, customer: alpen, permissions: enrols },
            Change::ChangeRole { role: story.estate.alpen.role, permissions: enrols },
        ])
        .await?;
    story.anna.catch_up().await?;
    let read = story.read().await?;
    story.off_line().await?;
    ensure!(
        story.edit(2, EditIssue { high_impact_reason: Some("Messe".into()), ..described("Kein Bild, kein Ton") }).await?
            == WorkOutcome::Waits
    );
    let change = CloseIssue { reason: ClosureReason::PhysicalIssue, comment: Some("Kabel".into()) };
    // Made of the version that was read, as the edit before it: one's own edit is no news.
    let close = Work::Close { number: story.number, version: read.row.version, change };
    ensure!(story.anna.engine().do_work(item(3, alpen, close)).await? == WorkOutcome::Waits);
    ensure!(story.set(4, ChangeRoom { capacity: Some(12), ..called("Saal Zwei") }).await? == WorkOutcome::Waits);
    let enrol = Work::EnrolRoom { room: new, name: Some("Neuer Saal".into()) };
    ensure!(story.anna.engine().do_work(item(5, alpen, enrol.clone())).await? == WorkOutcome::Waits);
    // The device reports: the room has another version, and is set as it was.
    let before = story.room_now().await?.version;
    story.demo.control(&[healthy(story.room(), tenantry_model::signal::SignalId::DisplayConsole)]).await?;
    ensure!(story.room_now().await?.version > before);
    let kept = story.outbox().await?;
    ensure!(kept.len() == 4, "{kept:?}");
    story.anna.holds_nowhere("Saal Zwei")?;
    story.anna.stop().await;
    story.anna.start()?;
    story.anna.opened().await?;
    ensure!(story.outbox().await? == kept, "the outbox did not outlast the app");
    story.on_line().await?;
    story.empty().await?;
    let now = story.now().await?;
    ensure!(now.description == "Kein Bild, kein Ton" && now.high_impact_reason.as_deref() == Some("Messe"), "{now:?}");
    ensure!(now.row.status == IncidentStatus::Closed && now.closure_comment.as_deref() == Some("Kabel"), "{now:?}");
    let room = story.room_now().await?;
    ensure!((room.display_name.as_str(), room.capacity) == ("Saal Zwei", Some(12)), "{room:?}");
    let enrolled = story.api.room(alpen, new).await?.context("the new room")?;
    ensure!(enrolled.enrolment == Enrolment::Enrolled, "{enrolled:?}");
    // What was sent on top of a report of the device did not fail first.
    let admin = Api::sign_in(&story.demo, story.estate.alpen.admin).await?;
    let log: serde_json::Value = admin.read("/v1/audit?log=product").await?;
    ensure!(log["items"].as_array().is_some_and(|rows| !rows.is_empty()) && !log.to_string().contains("Failed"), "{log}");
    // Sent again under the same name by whoever lost the answer, it is done once.
    let again = story.anna.engine().do_work(item(5, alpen, enrol)).await?;
    ensure!(matches!(again, WorkOutcome::Room(Outcome::Done(_))), "{again:?}");
    Ok(())
}

/// Somebody else edited it meanwhile: nothing is overwritten unseen; sent anyway, it changes what its author changed, and nothing else.
#[tokio::test(flavor = "multi_thread")]
async fn a35_an_edit_that_meets_another_waits_for_its_author_and_goes_on_top_of_what_they_saw() -> Result<()> {
    let story = Story::begin().await?;
    story.off_line().await?;
    story.edit(2, described("Kein Bild, seit Montag")).await?;
    let bert = Desk::signed_in(&story.demo, story.estate.bert).await?;
    let read = story.now().await?;
    let change = EditIssue { high_impact_reason: Some("Vorstand".into()), ..EditIssue::default() };
    let was = Some(Box::new(IssueAsRead::of(&read)));
    let theirs = Work::Edit { number: story.number, version: read.row.version, was, change };
    ensure!(matches!(bert.engine().do_work(item(9, story.alpen(), theirs)).await?, WorkOutcome::Done(_)));
    story.on_line().await?;
    let entry = story.refused().await?;
    ensure!(entry.failure.as_ref().is_some_and(|why| why.kind == IpcErrorKind::Stale), "{entry:?}");
    let Work::Edit { was: Some(was), change, .. } = &entry.work else { bail!("{entry:?}") };
    ensure!(was.description == WORDS && change.description.as_deref() == Some("Kein Bild, seit Montag"), "{entry:?}");
    let now = story.now().await?;
    ensure!(now.description == WORDS, "it was overwritten unseen: {now:?}");
    // Theirs came with the sync: it stands beside mine.
    story.anna.catch_up().await?;
    let seen = story.read().await?;
    ensure!(seen.high_impact_reason.as_deref() == Some("Vorstand") && seen.row.version == now.row.version, "{seen:?}");
    story.anna.engine().send_again(SendAgainArgs { version: Some(seen.row.version), ..SendAgainArgs::of(entry.form) }).await?;
    story.empty().await?;
    let now = story.now().await?;
    ensure!(now.description == "Kein Bild, seit Montag" && now.high_impact_reason.as_deref() == Some("Vorstand"), "{now:?}");
    Ok(())
}

/// The same of a room; discarded, theirs stays.
#[tokio::test(flavor = "multi_thread")]
async fn a35_a_room_that_was_set_otherwise_meanwhile_waits_for_its_author() -> Result<()> {
    let story = Story::begin().await?;
    let rename = |name: &str| Change::RenameRoom { room: story.room(), display_name: name.into() };
    story.off_line().await?;
    story.set(2, called("Mein Saal")).await?;
    story.demo.control(&[rename("Ihr Saal")]).await?;
    story.on_line().await?;
    let entry = story.refused().await?;
    ensure!(entry.failure.as_ref().is_some_and(|why| why.kind == IpcErrorKind::Stale), "{entry:?}");
    ensure!(story.room_now().await?.display_name == "Ihr Saal");
    // While its author looks at that, it is set once more: what was looked at does not hold.
    let looked = RoomSettings::of(&story.room_now().await?);
    story.demo.control(&[rename("Noch ein Saal")]).await?;
    let anyway = |settings| SendAgainArgs { settings: Some(settings), ..SendAgainArgs::of(entry.form) };
    story.anna.engine().send_again(anyway(looked)).await?;
    story.refused().await?;
    ensure!(story.room_now().await?.display_name == "Noch ein Saal");
    story.anna.engine().send_again(anyway(RoomSettings::of(&story.room_now().await?))).await?;
    story.empty().await?;
    ensure!(story.room_now().await?.display_name == "Mein Saal");
    story.off_line().await?;
    story.set(3, called("Doch nicht")).await?;
    story.anna.engine().discard_entry(FormId(Uuid::from_u128(3))).await?;
    story.on_line().await?;
    story.anna.catch_up().await?;
    ensure!(story.room_now().await?.display_name == "Mein Saal");
    Ok(())
}

/// Of what cannot be sent any more, its author's own words stay, and none of those that they found.
#[tokio::test(flavor = "multi_thread")]
async fn a35_of_a_change_that_lost_its_right_the_words_that_were_added_stay() -> Result<()> {
    let story = Story::begin().await?;
    story.off_line().await?;
    story.edit(2, described("Kein Bild, seit Montag")).await?;
    let name = story.estate.alpen.room_name(1);
    story.set(3, called(&format!("{name} Ost"))).await?;
    let end = Change::EndRelationship { partner: story.estate.partner, customer: story.alpen(), by_customer: true };
    story.demo.control(&[end]).await?;
    story.on_line().await?;
    let stripped = || async { Ok(story.outbox().await?.iter().all(|entry| entry.customer.is_none())) };
    until(SOON, "both lost what is the customer's", stripped).await?;
    let left: Vec<_> = story.outbox().await?.into_iter().map(|entry| entry.work).collect();
    ensure!(left == [Work::Words { text: ", seit Montag".into() }, Work::Words { text: "Ost".into() }], "{left:?}");
    let admin = Api::sign_in(&story.demo, story.estate.alpen.admin).await?;
    let room = admin.room(story.alpen(), story.room()).await?.context("the room")?;
    ensure!(room.display_name == name, "it was sent after the right was lost");
    Ok(())
}

/// A28: what was refused says nothing any more of a room or an incident that may not be seen now, though its customer still is.
#[tokio::test(flavor = "multi_thread")]
async fn a28_of_what_was_refused_nothing_of_the_customers_outlasts_the_right_to_the_room_or_the_incident() -> Result<()> {
    let story = Story::begin().await?;
    let alpen = story.alpen();
    let read = story.now().await?;
    story.off_line().await?;
    let name = story.estate.alpen.room_name(1);
    story.set(2, called(&format!("{name} Ost"))).await?;
    story.edit(3, described("Kein Bild, seit Montag")).await?;
    let was = Some(Box::new(IssueAsRead::of(&read)));
    let change = EditIssue { high_impact_reason: Some("Vorstand".into()), ..EditIssue::default() };
    let theirs = Work::Edit { number: story.number, version: read.row.version, was, change };
    let bert = Desk::signed_in(&story.demo, story.estate.bert).await?;
    ensure!(matches!(bert.engine().do_work(item(9, alpen, theirs)).await?, WorkOutcome::Done(_)));
    story.demo.control(&[Change::RenameRoom { room: story.room(), display_name: "Ihr Saal".into() }]).await?;
    story.on_line().await?;
    let both = || async { Ok(story.outbox().await?.iter().all(|entry| entry.failure.is_some() && entry.customer.is_some())) };
    until(SOON, "both were refused", both).await?;
    let withdrawn = Change::delegated(story.estate.partner, alpen, vec![story.estate.alpen.rooms[0]]);
    story.demo.control(&[withdrawn]).await?;
    story.anna.catch_up().await?;
    let works = || async { anyhow::Ok(story.outbox().await?.into_iter().map(|entry| entry.work).collect::<Vec<_>>()) };
    until(SOON, "the room is gone from it", || async { Ok(works().await?[0] == Work::Words { text: "Ost".into() }) }).await?;
    ensure!(matches!(works().await?[1], Work::Edit { was: Some(_), .. }), "the incident may be seen still: {:?}", works().await?);
    let rooms_alone = PermissionSet::of(&[Permission::RoomsView]);
    story.demo.control(&[Change::ChangeRole { role: story.estate.alpen.role, permissions: rooms_alone }]).await?;
    story.anna.catch_up().await?;
    until(SOON, "the incident, too", || async { Ok(works().await?[1] == Work::Words { text: ", seit Montag".into() }) }).await?;
    ensure!(story.anna.customer(alpen).await?.is_some(), "the customer is there still");
    Ok(())
}

/// A28: past the terms, the outbox names nothing that the customer's data said; signing out then takes it with it.
#[tokio::test(flavor = "multi_thread")]
async fn a28_what_waits_for_a_locked_customer_shows_nothing_of_theirs_and_goes_with_the_sign_out() -> Result<()> {
    let story = Story::begin().await?;
    let short = OfflineTerms { allowed: true, days: "2".parse()? };
    story.demo.control(&[Change::SetOfflineTerms { partner: story.estate.partner, customer: story.alpen(), offline: short }]).await?;
    story.anna.catch_up().await?;
    story.off_line().await?;
    story.edit(2, described("Kein Bild, seit Montag")).await?;
    let name = story.estate.alpen.room_name(1);
    story.set(3, called(&format!("{name} Ost"))).await?;
    let enrol = Work::EnrolRoom { room: story.room(), name: Some(name.clone()) };
    story.anna.engine().do_work(item(4, story.alpen(), enrol)).await?;
    let told = format!("{:?}", story.outbox().await?);
    ensure!(told.contains(WORDS) && told.contains(&name), "while it may be read, it is shown: {told}");
    story.anna.clock.advance(Duration::from_secs(2 * 86_400 + 60));
    let is_locked = || async { Ok(story.anna.customer(story.alpen()).await?.is_some_and(|row| row.freshness.is_locked())) };
    until(SOON, "the customer is locked", is_locked).await?;
    let told = format!("{:?}", story.outbox().await?);
    ensure!(told.contains("seit Montag") && told.contains("Ost"), "one's own words stay: {told}");
    ensure!(!told.contains("Kein Bild") && !told.contains(&name), "{told}");
    story.anna.engine().sign_out().await?;
    ensure!(story.anna.engine().get_session().await? == Session::SignedOut);
    story.anna.only_settings_on_disk()?;
    ensure!(story.now().await?.description == WORDS && story.room_now().await?.display_name == name);
    Ok(())
}
