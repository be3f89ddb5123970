//! From the customer's invitation to the goodbye in the real window: who sits there changes, the window stays the same.

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use tenantry_model::api::Me;
use tenantry_model::api::delegations::Revoke;
use tenantry_model::api::partners::ChangePartner;
use tenantry_model::id::TenantId;
use tenantry_model::ipc::{ChangeOf, EndOf};
use tenantry_model::permission::{Permission, PermissionSet};
use tenantry_tests::api::Api;
use tenantry_tests::desk::Desk;
use tenantry_tests::desktop::Person;
use tenantry_tests::desktop::page::key::Key;
use tenantry_tests::wait::{AT_ONCE, SOON, until};

use crate::fixture::Fixture;
use crate::screens::{self, take};

/// The administrator of a customer that has no partner yet.
const CUSTOMER: &str = "new-customer-admin";
/// The most clicks and keys that accepting an invitation may take, beside typing a name.
const ACCEPT: u32 = 6;
/// The most that adding a person to the Primary admins of 40 customers may take, beside typing a name.
const PLAN: u32 = 12;

/// What somebody does with mouse and keyboard, counted.
pub(crate) struct Hand<'a> {
    pub(crate) fixture: &'a Fixture,
    pub(crate) used: u32,
}

impl Hand<'_> {
    async fn click(&mut self, id: &str) -> Result<()> {
        self.used += 1;
        self.fixture.page().click(id).await
    }

    async fn press(&mut self, key: Key) -> Result<()> {
        self.used += 1;
        self.fixture.page().press(key).await
    }
}

pub(crate) async fn sign_in(fixture: &Fixture, slug: &str) -> Result<()> {
    let page = fixture.page();
    let before = fixture.browser.opened().len();
    page.click("sign-in-button").await?;
    let url = fixture.browser.next(before).await?;
    Person::sign_in(&fixture.session, &url, slug).await?;
    page.attribute("sync-state", "data-state", "current").await
}

pub(crate) async fn sign_out(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    page.click("user-menu").await?;
    page.click("sign-out").await?;
    page.click("sign-out-confirm").await?;
    page.find("sign-in-button").await.map(|_| ())
}

/// Waits until a row with this text is in a list.
pub(crate) async fn row(fixture: &Fixture, testid: &str, text: &str) -> Result<()> {
    let script = "return [...document.querySelectorAll(`[data-testid=${args[0]}]`)].some(e => e.innerText.includes(args[1])) || null";
    fixture
        .page()
        .eventually::<bool>(&format!("a row with {text:?}"), &script.replace("args", "arguments"), vec![testid.into(), text.into()])
        .await
        .map(|_| ())
}

/// Clicks the row with this text.
pub(crate) async fn open_row(fixture: &Fixture, testid: &str, text: &str) -> Result<()> {
    row(fixture, testid, text).await?;
    let script = "[...document.querySelectorAll(`[data-testid=${arguments[0]}]`)].find(e => e.innerText.includes(arguments[1])).click()";
    fixture.page().script(script, vec![testid.into(), text.into()]).await.map(|_| ())
}

/// Puts somebody into a people picker: their name is typed, Enter takes the first that is found.
pub(crate) async fn pick(hand: &mut Hand<'_>, id: &str, name: &str) -> Result<()> {
    let page = hand.fixture.page().clone();
    // A list that comes in while one clicks moves the box away from under the pointer: what is typed next must go into it.
    until(SOON, &format!("{id} has the focus"), || async {
        let held = page.focus().await?.id == id;
        if !held {
            page.click(id).await?;
        }
        Ok(held)
    })
    .await?;
    page.keys(name).await?;
    // Before the search has been answered: Enter counts for the answer.
    hand.press(Key::Enter).await?;
    let chip = "return [...document.querySelectorAll('[data-testid=people-chip]')].some(e => e.innerText.includes(arguments[0])) || null";
    page.eventually::<bool>(&format!("{id} holds the person"), chip, vec![name.into()]).await.map(|_| ())
}

/// The customer invites the partner, in four steps.
pub(crate) async fn the_customer_invites(fixture: &Fixture) -> Result<Me> {
    sign_in(fixture, CUSTOMER).await?;
    let page = fixture.page();
    page.click("nav-partners").await?;
    page.find("partners-none").await?;
    take(&fixture.session, page, ["en", "light", "partners-none"]).await?;
    page.click("invite-open").await?;
    page.find("invite-domain").await?;
    page.keys("nordlicht.example").await?;
    take(&fixture.session, page, ["en", "light", "invite"]).await?;
    page.press(Key::Enter).await?;
    page.click("invite-rooms-all").await?;
    page.click("wizard-next").await?;
    page.click("terms-agree").await?;
    page.click("wizard-next").await?;
    page.find("invite-review").await?;
    take(&fixture.session, page, ["en", "light", "invite-review"]).await?;
    page.click("wizard-finish").await?;
    row(fixture, "partner-row", "Nordlicht").await?;
    take(&fixture.session, page, ["en", "light", "partners"]).await?;
    page.click("nav-audit").await?;
    page.find("audit-row").await?;
    take(&fixture.session, page, ["en", "light", "audit"]).await?;
    open_row(fixture, "audit-row", "Nordlicht").await?;
    take(&fixture.session, page, ["en", "light", "audit-detail"]).await?;
    page.click("nav-approvals").await?;
    page.find("approvals-none").await?;
    take(&fixture.session, page, ["en", "light", "approvals-none"]).await?;
    let me: Me = Api::sign_in(&fixture.demo, CUSTOMER).await?.me().await?;
    sign_out(fixture).await?;
    Ok(me)
}

/// The partner's tenant manager accepts it for the one who is to be Primary admin.
pub(crate) async fn the_partner_accepts(fixture: &Fixture, customer: &Me) -> Result<()> {
    sign_in(fixture, "tenant-manager").await?;
    let page = fixture.page();
    page.click("nav-tenants").await?;
    row(fixture, "tenant-row", &customer.tenant.display_name).await?;
    take(&fixture.session, page, ["en", "light", "tenants"]).await?;
    // What counts begins where the list is open, and ends where the customer is one.
    let mut hand = Hand { fixture, used: 1 };
    open_row(fixture, "tenant-row", &customer.tenant.display_name).await?;
    page.find("invitation-pane").await?;
    hand.click("primary-admins").await?;
    pick(&mut hand, "primary-admins", "Jonas Petersen").await?;
    take(&fixture.session, page, ["en", "light", "invitation"]).await?;
    // Who was chosen is still chosen after a look at another page.
    page.click("nav-rooms").await?;
    page.gone("invitation-pane").await?;
    page.click("nav-tenants").await?;
    page.find("invitation-pane").await?;
    page.find("people-chip").await?;
    // A dialog that is given up gives the focus back.
    page.script("document.querySelector('[data-testid=deny]').focus()", vec![]).await?;
    page.press(Key::Enter).await?;
    page.find("deny-confirm").await?;
    page.press(Key::Escape).await?;
    page.gone("deny-confirm").await?;
    until(AT_ONCE, "the focus is back on deny", || async { Ok(page.focus().await?.id == "deny") }).await?;
    hand.click("accept").await?;
    page.find("customer-pane").await?;
    page.find("primary-admins-section").await?;
    ensure!(hand.used <= ACCEPT, "accepting an invitation took {} clicks and keys", hand.used);
    take(&fixture.session, page, ["en", "light", "customer"]).await?;
    sign_out(fixture).await
}

/// The Primary admin finds the rooms there, and makes a role with incidents only for the technician.
pub(crate) async fn the_helpdesk_gets_a_role(fixture: &Fixture, customer: &Me) -> Result<()> {
    sign_in(fixture, "primary-admin").await?;
    let page = fixture.page();
    choose(fixture, &customer.tenant.display_name).await?;
    page.click("nav-rooms").await?;
    page.find("room-row").await?;
    let before: Me = Api::sign_in(&fixture.demo, "technician").await?.me().await?;
    ensure!(before.customers.iter().all(|it| it.id != customer.tenant.id), "the technician is there already");

    page.click("nav-roles").await?;
    row(fixture, "role-row", "Primary").await?;
    page.click("role-new").await?;
    page.click("template-helpdesk").await?;
    page.click("wizard-next").await?;
    page.find("matrix").await?;
    take(&fixture.session, page, ["en", "light", "role-permissions"]).await?;
    page.click("wizard-next").await?;
    page.find("assignment-name").await?;
    page.click("wizard-next").await?;
    page.click("assignment-members").await?;
    pick(&mut Hand { fixture, used: 0 }, "assignment-members", "Lena Brandt").await?;
    page.click("wizard-next").await?;
    page.click("wizard-next").await?;
    page.find("review").await?;
    take(&fixture.session, page, ["en", "light", "role-review"]).await?;
    page.click("wizard-finish").await?;
    page.gone("role-form").await?;
    take(&fixture.session, page, ["en", "light", "roles"]).await?;
    for (language, theme) in [("de", "dark"), ("en", "light")] {
        screens::choose(page, "language-select", language).await?;
        screens::choose(page, "theme-select", theme).await?;
        take(&fixture.session, page, [language, theme, "roles"]).await?;
    }
    let technician = Api::sign_in(&fixture.demo, "technician").await?;
    let after: Me = technician.me().await?;
    let held = after.customers.iter().find(|it| it.id == customer.tenant.id).context("the technician has nothing there")?;
    let incidents_only = PermissionSet::of(&[Permission::TicketsView, Permission::TicketsUpdate, Permission::IncidentsCreate]);
    ensure!(held.permissions.is_subset_of(incidents_only), "the technician holds {:?}", held.permissions);
    ensure!(technician.rooms(customer.tenant.id).await?.is_none(), "the technician sees rooms (R47)");
    Ok(())
}

/// The customer, at a desk of its own, narrows what is delegated, and then ends it: rooms vanish from the window by themselves, and then everything.
pub(crate) async fn what_is_taken_vanishes_by_itself(fixture: &Fixture, customer: &Me) -> Result<()> {
    let page = fixture.page();
    // A form about it is open elsewhere: it goes as well.
    page.click("role-new").await?;
    page.click("template-helpdesk").await?;
    page.click("nav-rooms").await?;
    page.find("room-row").await?;
    let rooms = "return document.querySelectorAll('[data-testid=room-row]').length === arguments[0] || null";
    // One of them waits for its device.
    page.eventually::<bool>("all rooms are listed", rooms, vec![7.into()]).await?;
    let desk = Desk::signed_in(&fixture.demo, CUSTOMER).await?;
    let engine = desk.engine();
    let partners = engine.get_partners().await?.value;
    let partner: TenantId = partners.first().context("a partner")?.id;
    let detail = engine.get_partner(partner).await?.value;
    let gone = Revoke { rooms: detail.room_ids[2..].to_vec(), ..Revoke::default() };
    let narrow = ChangePartner { remove: Some(gone), ..ChangePartner::default() };
    engine.change_partner(ChangeOf { key: partner, version: detail.version, change: narrow }).await?;
    page.eventually::<bool>("the other rooms have vanished by themselves", rooms, vec![2.into()]).await?;

    until(SOON, "the partner is read anew", || async { Ok(engine.get_partner(partner).await?.current) }).await?;
    let version = engine.get_partner(partner).await?.value.version;
    engine.remove_partner(EndOf { key: partner, version }).await?;
    page.eventually::<bool>("nothing is left", rooms, vec![0.into()]).await?;
    let gone = "return !document.body.textContent.includes(arguments[0]) || null";
    page.eventually::<bool>("not even the name", gone, vec![Value::from(customer.tenant.display_name.clone())]).await?;
    take(&fixture.session, page, ["en", "light", "after-the-goodbye"]).await
}

/// One person into the Primary admins of 40 customers, in one plan (A7).
pub(crate) async fn one_plan_for_forty_customers(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    page.click("nav-tenants").await?;
    page.find("tenant-row").await?;
    fault_02_an_abandoned_plan_leaves_no_ticks(fixture).await?;
    let mut hand = Hand { fixture, used: 0 };
    hand.click("open-plan").await?;
    tick_all(&mut hand).await?;
    take(&fixture.session, page, ["en", "light", "plan-customers"]).await?;
    hand.click("wizard-next").await?;
    hand.click("plan-people").await?;
    pick(&mut hand, "plan-people", "Paul Niemand").await?;
    hand.click("wizard-next").await?;
    page.find("plan-row").await?;
    take(&fixture.session, page, ["en", "light", "plan-preview"]).await?;
    hand.click("wizard-finish").await?;
    let said = page.reads("plan-confirm", "it says who gains", |text| text.contains("Paul Niemand")).await?;
    ensure!(said.contains(" customers"), "it says at how many: {said:?}");
    take(&fixture.session, page, ["en", "light", "plan-confirm"]).await?;
    hand.click("plan-confirm-yes").await?;
    let api = Api::sign_in(&fixture.demo, "nobody").await?;
    until(SOON, "the plan is done at 40 customers or more", || async { Ok(api.me().await?.customers.len() >= 40) }).await?;
    ensure!(hand.used <= PLAN, "the plan took {} clicks and keys", hand.used);
    take(&fixture.session, page, ["en", "light", "plan-done"]).await
}

async fn tick_all(hand: &mut Hand<'_>) -> Result<()> {
    let page = hand.fixture.page();
    page.find("plan-form").await?;
    let ticked = || async { Ok(page.read("plan-count").await?.is_some_and(|text| !text.starts_with("0 "))) };
    // A notice that goes may move the button away from under the pointer: it is pressed again then, and each press counts.
    for _ in 0..3 {
        hand.click("plan-list-all").await?;
        if until(AT_ONCE, "customers are ticked", ticked).await.is_ok() {
            return Ok(());
        }
    }
    bail!("nothing is ticked")
}

/// Elsewhere a plan stays as it is; given up with its X, nothing of it is left.
async fn fault_02_an_abandoned_plan_leaves_no_ticks(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    let titled =
        |title: &'static str| page.eventually::<bool>(title, "return document.title.includes(arguments[0]) || null", vec![title.into()]);
    page.click("open-plan").await?;
    tick_all(&mut Hand { fixture, used: 0 }).await?;
    titled("Several customers – ").await?;
    page.click("nav-rooms").await?;
    titled("Rooms – ").await?;
    page.click("nav-tenants").await?;
    page.reads("plan-count", "the ticks are still there", |text| !text.starts_with("0 ")).await?;
    // The X asks once, where something was entered.
    page.click("wizard-cancel").await?;
    page.click("confirm-discard-no").await?;
    page.reads("plan-count", "the ticks are still there", |text| !text.starts_with("0 ")).await?;
    page.click("wizard-cancel").await?;
    page.click("confirm-discard-yes").await?;
    page.click("open-plan").await?;
    page.reads("plan-count", "no tick is left", |text| text.starts_with("0 ")).await?;
    page.click("wizard-cancel").await?;
    page.find("tenant-row").await?;
    ensure!(!page.shows("confirm-discard-yes").await?, "nothing was entered: there is nothing to ask");
    page.click("open-plan").await?;
    fault_01_the_cursor_goes_where_one_clicks(fixture).await?;
    page.click("wizard-cancel").await?;
    page.click("confirm-discard-yes").await?;
    page.find("tenant-row").await?;
    Ok(())
}

/// A key after a click ticks the row beside the clicked one, and no other customer's.
async fn fault_01_the_cursor_goes_where_one_clicks(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    page.click_nth("tick-option", 5).await?;
    page.press(Key::Down).await?;
    page.keys(" ").await?;
    // The list lives: a customer that comes in above moves both.
    let ticked = "const rows = [...document.querySelectorAll('[data-testid=tick-option]')];
        const [one, other, ...more] = rows.flatMap((row, at) => row.ariaSelected === 'true' ? [at] : []);
        return (other === one + 1 && more.length === 0) || null";
    page.eventually::<bool>("the row that was clicked and the next are ticked", ticked, vec![]).await.map(|_| ())
}

/// Chooses a customer in the dropdown.
pub(crate) async fn choose(fixture: &Fixture, name: &str) -> Result<()> {
    let page = fixture.page();
    page.click("customer-dropdown").await?;
    // On a busy machine the box is there before it has the focus.
    crate::keyboard::focus_on(page, "customer-search").await?;
    page.keys(name).await?;
    let only = "const rows = [...document.querySelectorAll('[data-testid=customer-option]')]; return (rows.length > 0 && rows[0].innerText.includes(arguments[0])) || null";
    page.eventually::<bool>("the customer is found", only, vec![name.into()]).await?;
    page.press(Key::Enter).await?;
    page.gone("customer-search").await?;
    page.reads("customer-dropdown", "it names the customer", |text| text.contains(name)).await.map(|_| ())
}
