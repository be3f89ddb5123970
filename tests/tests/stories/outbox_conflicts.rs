//! What is typed off line meets what was done meanwhile (A35): a story for each way in which it can.
//!
//! | meanwhile | story |
//! |---|---|
//! | the issue was closed | `a35_what_was_closed_meanwhile_is_neither_edited_nor_closed_again` |
//! | somebody wrote, before it is closed | `outbox.rs`: `a35_what_has_changed_meanwhile_waits_for_its_author` |
//! | somebody edited it | `outbox_changes.rs`: `a35_an_edit_that_meets_another_waits_for_its_author_and_goes_on_top_of_what_they_saw` |
//! | somebody set the room otherwise | `outbox_changes.rs`: `a35_a_room_that_was_set_otherwise_meanwhile_waits_for_its_author` |
//! | somebody claimed it | `a35_a_claim_that_somebody_else_was_faster_at_goes_and_holds_up_nothing` |
//! | somebody snoozed it | `a35_of_two_snoozes_the_one_that_arrives_last_holds` |
//! | the incident was closed, before a message hands it over | `a35_a_message_that_hands_over_what_was_closed_meanwhile_goes_without_that` |
//! | the room is gone | `a35_of_a_room_that_is_gone_ones_own_words_stay` |
//! | the room was enrolled | `a35_a_room_that_somebody_else_enrolled_is_enrolled_once` |
//! | somebody suppressed the room, or decided anew what is lifted | `a35_a_room_that_somebody_else_suppressed_meanwhile_waits_for_its_author` |
//! | the end that was chosen passed | `client/tests/it/suppression.rs`: `a35_an_end_that_passed_off_line_is_said_and_nothing_is_sent` |
//! | the right is gone | `outbox.rs`: `a35_a_right_that_was_lost_meanwhile_leaves_the_words_alone`; `outbox_changes.rs` |
//! | the customer is locked | `outbox_changes.rs`: `a28_what_waits_for_a_locked_customer_…` |
//! | more than 30 days | `client/tests/it/outbox.rs`: `a35_what_may_have_arrived_more_than_thirty_days_ago_is_not_sent_again_by_itself` |

use anyhow::{Context as _, Result, ensure};
use tenantry_model::api::Page;
use tenantry_model::api::incidents::{Assignee, ClaimIncident, CloseIssue, PostMessage, SnoozeIncident};
use tenantry_model::audit::{AuditRecord, AuditResult};
use tenantry_model::id::RoomId;
use tenantry_model::incident::{ClosureReason, IncidentStatus, Snooze};
use tenantry_model::ipc::{About, FormId, IpcError, IpcErrorKind, RoomKey, SendAgainArgs, SuppressionAsRead, Work, WorkKind, WorkOutcome};
use tenantry_model::permission::{BuiltInRole, Permission, PermissionSet};
use tenantry_model::problem::FieldCode;
use tenantry_model::room::Enrolment;
use tenantry_test_kit::Change;
use tenantry_tests::api::Api;
use tenantry_tests::desk::Desk;
use tenantry_tests::wait::{SOON, until};
use uuid::Uuid;

use crate::outbox_changes::{Story, called, described, item};

/// What a colleague does on line meanwhile.
async fn meanwhile(story: &Story, n: u128, work: Work) -> Result<()> {
    let bert = Desk::signed_in(&story.demo, story.estate.bert).await?;
    let done = bert.engine().do_work(item(n, story.alpen(), work)).await?;
    ensure!(matches!(done, WorkOutcome::Done(_) | WorkOutcome::Room(_)), "{done:?}");
    Ok(())
}

async fn typed(story: &Story, n: u128, work: Work) -> Result<()> {
    let waits = story.anna.engine().do_work(item(n, story.alpen(), work)).await?;
    ensure!(waits == WorkOutcome::Waits, "{waits:?}");
    Ok(())
}

fn message(story: &Story, text: &str, assign_to: Option<Assignee>) -> Work {
    Work::Message { number: story.number, new: PostMessage { text: text.into(), assign_to } }
}

fn close(story: &Story, version: u64, comment: &str) -> Work {
    let change = CloseIssue { reason: ClosureReason::Duplicate, comment: Some(comment.into()) };
    Work::Close { number: story.number, version, change }
}

#[tokio::test(flavor = "multi_thread")]
async fn a35_what_was_closed_meanwhile_is_neither_edited_nor_closed_again() -> Result<()> {
    let story = Story::begin().await?;
    let version = story.read().await?.row.version;
    story.off_line().await?;
    story.edit(2, described("Kein Bild, seit Montag")).await?;
    typed(&story, 3, close(&story, version, "mine")).await?;
    let theirs = story.now().await?;
    ensure!(theirs.description == "Kein Bild", "nothing of it was sent");
    meanwhile(&story, 90, close(&story, theirs.row.version, "theirs")).await?;
    story.on_line().await?;
    // An edit shows what holds now first, closed as it is; sent on top of that, it is refused for good.
    let edit = story.refused().await?;
    ensure!(edit.failure.as_ref().is_some_and(|why| why.kind == IpcErrorKind::Stale), "{edit:?}");
    let version = Some(story.now().await?.row.version);
    story.anna.engine().send_again(SendAgainArgs { version, ..SendAgainArgs::of(edit.form) }).await?;
    for n in [2, 3] {
        let is_refused = || async {
            let entry = story.outbox().await?.into_iter().next();
            let is_of = entry.filter(|entry| entry.form == FormId(Uuid::from_u128(n))).and_then(|entry| entry.failure);
            let is_inactive = |why: IpcError| why.fields.iter().any(|field| field.code() == Some(FieldCode::IncidentInactive));
            Ok(is_of.is_some_and(is_inactive))
        };
        until(SOON, "in their order, they are refused", is_refused).await?;
        let entry = story.refused().await?;
        ensure!(!entry.work.words().is_empty(), "what was typed is there still");
        story.anna.engine().discard_entry(entry.form).await?;
    }
    story.empty().await?;
    let now = story.now().await?;
    ensure!(now.closure_comment.as_deref() == Some("theirs") && now.description == "Kein Bild", "{now:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a35_a_claim_that_somebody_else_was_faster_at_goes_and_holds_up_nothing() -> Result<()> {
    let story = Story::begin().await?;
    let claim = || Work::Claim { number: story.number, claim: Some(ClaimIncident::default()) };
    story.off_line().await?;
    typed(&story, 2, claim()).await?;
    typed(&story, 3, message(&story, "On my way", None)).await?;
    meanwhile(&story, 90, claim()).await?;
    story.on_line().await?;
    story.empty().await?;
    let now = story.now().await?;
    ensure!(now.row.claim.as_ref().is_some_and(|claim| claim.holder == story.estate.bert), "it was not taken over: {now:?}");
    ensure!(now.messages.iter().map(|message| message.text.as_str()).eq(["On my way"]), "{now:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a35_of_two_snoozes_the_one_that_arrives_last_holds() -> Result<()> {
    let story = Story::begin().await?;
    let snooze = |reason: &str| Work::Snooze { number: story.number, snooze: Some(SnoozeIncident { reason: reason.into(), until: None }) };
    story.off_line().await?;
    typed(&story, 2, snooze("mine")).await?;
    meanwhile(&story, 90, snooze("theirs")).await?;
    ensure!(story.now().await?.row.snooze.is_some_and(|snooze| snooze.reason == "theirs"));
    story.on_line().await?;
    story.empty().await?;
    ensure!(story.now().await?.row.snooze.is_some_and(|snooze| snooze.reason == "mine"));
    // Fetched back by both, it is back.
    story.off_line().await?;
    let wake = || Work::Snooze { number: story.number, snooze: None };
    typed(&story, 4, wake()).await?;
    meanwhile(&story, 91, wake()).await?;
    story.on_line().await?;
    story.empty().await?;
    ensure!(story.now().await?.row.snooze.is_none());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a35_a_message_that_hands_over_what_was_closed_meanwhile_goes_without_that() -> Result<()> {
    let story = Story::begin().await?;
    let version = story.read().await?.row.version;
    story.off_line().await?;
    typed(&story, 2, message(&story, "Please look", Some(Assignee::Service))).await?;
    meanwhile(&story, 90, close(&story, version, "theirs")).await?;
    story.on_line().await?;
    let entry = story.refused().await?;
    ensure!(entry.failure.as_ref().is_some_and(|why| why.fields[0].code() == Some(FieldCode::IncidentInactive)), "{entry:?}");
    ensure!(story.now().await?.messages.is_empty(), "nothing of it arrived");
    story.anna.engine().send_again(SendAgainArgs::of(entry.form)).await?;
    story.empty().await?;
    let now = story.now().await?;
    ensure!(now.row.status == IncidentStatus::Closed && now.messages.len() == 1 && now.messages[0].text == "Please look", "{now:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a35_of_a_room_that_is_gone_ones_own_words_stay() -> Result<()> {
    let story = Story::begin().await?;
    let name = story.estate.alpen.room_name(1);
    story.off_line().await?;
    story.set(2, called(&format!("{name} Ost"))).await?;
    story.demo.control(&[Change::UnenrolRoom { room: story.room() }]).await?;
    story.on_line().await?;
    let entry = story.refused().await?;
    ensure!(entry.work == Work::Words { text: "Ost".into() } && entry.customer.is_none() && entry.rooms.is_empty(), "{entry:?}");
    story.anna.engine().discard_entry(entry.form).await?;
    story.empty().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a35_a_room_that_somebody_else_enrolled_is_enrolled_once() -> Result<()> {
    let story = Story::begin().await?;
    let (alpen, new) = (story.alpen(), RoomId::from_uuid(Uuid::from_u128(77)));
    let enrols = BuiltInRole::PrimaryAdmins.permissions().or(PermissionSet::of(&[Permission::RoomsCreate]));
    let rooms = vec![story.estate.alpen.rooms[0], story.room(), new];
    story
        .demo
        .control(&[
            Change::room(new, alpen, "Neuer Saal", true),
            Change::delegated(story.estate.partner, alpen, rooms),
            Change::SetCeiling { partner: story.estate.partner, customer: alpen, permissions: enrols },
            Change::ChangeRole { role: story.estate.alpen.role, permissions: enrols },
        ])
        .await?;
    story.anna.catch_up().await?;
    story.off_line().await?;
    let enrol = || Work::EnrolRoom { room: new, name: Some("Neuer Saal".into()) };
    typed(&story, 2, enrol()).await?;
    meanwhile(&story, 90, enrol()).await?;
    story.on_line().await?;
    until(SOON, "it is done with", || async { Ok(story.outbox().await?.is_empty()) }).await?;
    let room = story.api.room(alpen, new).await?.context("the room")?;
    ensure!(room.enrolment == Enrolment::Enrolled, "{room:?}");
    let admin = Api::sign_in(&story.demo, story.estate.alpen.admin).await?;
    let log: Page<AuditRecord> = admin.read("/v1/audit?log=product&limit=200").await?;
    let done = log.items.iter().filter(|record| record.object_name == "Neuer Saal" && record.result_status == AuditResult::Successful);
    let who: Vec<_> = done.filter_map(|record| record.user_id).collect();
    ensure!(who == [story.estate.bert], "{who:?} of {log:?}");
    Ok(())
}

fn suppress(story: &Story, was: Option<Snooze>, reason: Option<&str>) -> Work {
    Work::Suppress {
        room: story.room(),
        signal: None,
        name: Some(story.estate.alpen.room_name(1)),
        was: Some(SuppressionAsRead { suppression: was }),
        seen: None,
        suppress: reason.map(|reason| SnoozeIncident { reason: reason.into(), until: None }),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a35_a_room_that_somebody_else_suppressed_meanwhile_waits_for_its_author() -> Result<()> {
    let story = Story::begin().await?;
    let key = RoomKey { customer_id: story.alpen(), id: story.room() };
    story.off_line().await?;
    typed(&story, 2, suppress(&story, None, Some("mine"))).await?;
    let marks = story.anna.engine().get_outbox_index().await?;
    ensure!(marks.iter().any(|mark| mark.about() == Some(About::Room(key)) && mark.kind == WorkKind::Suppress), "{marks:?}");
    meanwhile(&story, 90, suppress(&story, None, Some("theirs"))).await?;
    story.on_line().await?;
    let entry = story.refused().await?;
    ensure!(entry.failure.as_ref().is_some_and(|why| why.kind == IpcErrorKind::Stale), "{entry:?}");
    let theirs = story.room_now().await?.suppression;
    ensure!(theirs.as_ref().is_some_and(|theirs| theirs.reason == "theirs"), "nothing is overwritten unseen: {theirs:?}");
    let suppression = Some(SuppressionAsRead { suppression: theirs });
    story.anna.engine().send_again(SendAgainArgs { suppression, ..SendAgainArgs::of(entry.form) }).await?;
    story.empty().await?;
    let mine = story.room_now().await?.suppression;
    ensure!(mine.as_ref().is_some_and(|mine| mine.reason == "mine"), "{mine:?}");
    // Lifted off line, while somebody lifts it and suppresses it anew: what holds is another one than was read.
    story.off_line().await?;
    typed(&story, 3, suppress(&story, mine.clone(), None)).await?;
    meanwhile(&story, 91, suppress(&story, mine, None)).await?;
    meanwhile(&story, 92, suppress(&story, None, Some("anew"))).await?;
    story.on_line().await?;
    let entry = story.refused().await?;
    ensure!(entry.failure.as_ref().is_some_and(|why| why.kind == IpcErrorKind::Stale), "{entry:?}");
    story.anna.engine().discard_entry(entry.form).await?;
    story.empty().await?;
    ensure!(story.room_now().await?.suppression.is_some_and(|anew| anew.reason == "anew"));
    Ok(())
}
