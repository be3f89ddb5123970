//! A room group is made, delegated with future rooms, and filled later: the partner's window shows the room without anybody's doing there (A36).

use anyhow::{Context, Result, ensure};
use tenantry_model::api::Me;
use tenantry_model::api::invitations::AcceptInvitation;
use tenantry_model::api::room_groups::ChangeRoomGroup;
use tenantry_model::id::{RoomGroupId, RoomId};
use tenantry_model::ipc::{AcceptArgs, ChangeOf, FormId, RoomGroupKey};
use tenantry_test_kit::Change;
use tenantry_tests::api::Api;
use tenantry_tests::desk::Desk;
use tenantry_tests::wait::{SOON, until};
use uuid::Uuid;

use crate::fixture::Fixture;
use crate::relations::{open_row, row, sign_in, sign_out};
use crate::screens::take;

const CUSTOMER: &str = "new-customer-admin";
const GROUP: &str = "Altbau";
const ROWS: &str = "return document.querySelectorAll('[data-testid=room-row]').length === arguments[0] || null";

/// The customer makes a group with a room in it, and invites the partner to it, with future rooms. Answers the customer and the group.
pub(crate) async fn a_group_is_delegated_with_future_rooms(fixture: &Fixture) -> Result<(Me, RoomGroupId)> {
    sign_in(fixture, CUSTOMER).await?;
    let page = fixture.page();
    page.click("nav-groups").await?;
    page.click("group-new").await?;
    page.find("group-name").await?;
    page.keys(GROUP).await?;
    page.find("tick-option").await?;
    page.click("tick-option").await?;
    page.click("wizard-finish").await?;
    page.gone("group-form").await?;
    page.click("nav-partners").await?;
    page.click("invite-open").await?;
    page.find("invite-domain").await?;
    page.keys("nordlicht.example").await?;
    page.click("wizard-next").await?;
    page.reads("delegate-words", "nothing is chosen, and what to do", |text| text.contains("Nothing is chosen")).await?;
    page.find("step-why").await?;
    // Groups stand before rooms.
    page.click("invite-rooms-search").await?;
    page.keys(GROUP).await?;
    let first = "return document.querySelector('[data-testid=tick-option]')?.innerText.includes(arguments[0]) || null";
    page.eventually::<bool>("the group is found", first, vec![GROUP.into()]).await?;
    page.click("tick-option").await?;
    page.reads("delegate-words", "the room alone", |text| text.contains("are not delegated")).await?;
    let found = "return document.querySelector('[data-testid^=delegate-future-]')?.getAttribute('data-testid') ?? null";
    let future: String = page.eventually("the group's future rooms can be ticked", found, vec![]).await?;
    let group = future.trim_start_matches("delegate-future-").parse().context("the group's id")?;
    page.click(&future).await?;
    page.reads("delegate-words", "the sentence", |text| text.contains("1 room now") && text.contains(GROUP)).await?;
    take(&fixture.session, page, ["en", "light", "invite-future-rooms"]).await?;
    page.click("wizard-next").await?;
    page.reads("terms", "the terms say it", |text| text.contains(GROUP)).await?;
    page.click("terms-agree").await?;
    page.click("wizard-next").await?;
    page.reads("invite-review-rooms", "the review says it", |text| text.contains(GROUP)).await?;
    page.click("wizard-finish").await?;
    row(fixture, "partner-row", "Nordlicht").await?;
    open_row(fixture, "partner-row", "Nordlicht").await?;
    page.click("partner-rooms-tab").await?;
    page.reads("partner-rooms-words", "the pane says it", |text| text.contains(GROUP)).await?;
    let me: Me = Api::sign_in(&fixture.demo, CUSTOMER).await?.me().await?;
    sign_out(fixture).await?;
    Ok((me, group))
}

/// A device enrols and the customer puts it into the group, at a desk of its own: the partner's window shows it by itself.
pub(crate) async fn what_joins_it_later_is_seen_by_itself(fixture: &Fixture, (customer, group): (Me, RoomGroupId)) -> Result<()> {
    let manager = Desk::signed_in(&fixture.demo, "tenant-manager").await?;
    let tenants = manager.engine().get_tenants().await?.value;
    let waiting = tenants.into_iter().find(|row| row.id == customer.tenant.id).and_then(|row| row.invitation).context("the invitation")?;
    ensure!(manager.engine().get_invitation(waiting.id).await?.value.future_rooms, "the partner is told that more come");
    let admin = Api::sign_in(&fixture.demo, "primary-admin").await?.me().await?.user.user_id;
    let form = FormId(Uuid::from_u64_pair(36, 1));
    let answer = AcceptInvitation { primary_admins: vec![admin] };
    manager.engine().accept_invitation(AcceptArgs { invitation: waiting.id, form, answer }).await?;

    sign_in(fixture, "primary-admin").await?;
    let page = fixture.page();
    crate::relations::choose(fixture, &customer.tenant.display_name).await?;
    page.click("nav-rooms").await?;
    page.eventually::<bool>("the one room of the group", ROWS, vec![1.into()]).await?;
    let (customer, late) = (customer.tenant.id, RoomId::from_uuid(Uuid::from_u64_pair(36, 2)));
    fixture.demo.control(&[Change::room(late, customer, "Neuer Saal", true)]).await?;
    let desk = Desk::signed_in(&fixture.demo, CUSTOMER).await?;
    let key = RoomGroupKey { customer, group };
    let version = desk.engine().get_room_group(key).await?.value.version;
    let change = ChangeRoomGroup { add: vec![late], ..ChangeRoomGroup::default() };
    desk.engine().change_room_group(ChangeOf { key, version, change }).await?;
    page.eventually::<bool>("two rooms, by itself", ROWS, vec![2.into()]).await?;
    row(fixture, "room-row", "Neuer Saal").await?;
    until(SOON, "the focus is somewhere", || async { Ok(page.focus().await?.tag != "body") }).await?;
    take(&fixture.session, page, ["en", "light", "after-a-room-joined"]).await
}
