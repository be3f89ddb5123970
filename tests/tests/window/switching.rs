//! Whoever switches the customer while a form is being sent never sends it elsewhere: forms are sent at random moments among random switches.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use rand::{RngCore, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::json;
use tenantry_model::api::Me;
use tenantry_model::api::requests::Outcome;
use tenantry_model::api::roles::{CreateAssignment, CreateRole, RoleList};
use tenantry_model::id::TenantId;
use tenantry_model::ipc::{CreateAt, FormId};
use tenantry_model::permission::{Permission, PermissionSet};
use tenantry_model::role::Scope;
use tenantry_test_kit::Change;
use tenantry_tests::desk::Desk;
use tenantry_tests::desktop::{Page, Person};
use tenantry_tests::wait::{SOON, until};

use crate::fixture::{Fixture, PERSON};
use crate::relations::{Hand, choose, open_row, pick};
use crate::screens::take;

/// Forms that are sent, and switches of the customer around each of them.
const FORMS: u32 = 30;
const SWITCHES: u32 = 10;
/// Which moments and which customers.
const SEED: u64 = 1;
/// How many customers are switched among.
const CUSTOMERS: usize = 5;
/// In seconds.
const TOKEN_LIFETIME: u64 = 20;

/// A role at a customer, which the forms rename.
struct Probe {
    customer: TenantId,
    over: String,
    role: String,
}

/// The names of the roles at the customers that the forms made or renamed.
type Names = BTreeMap<TenantId, BTreeSet<String>>;

/// Sends the open form at one moment among switches of the customer. Answers how often the customer was switched, and what the button said.
const ATTACK: &str = r#"
    const [moment, picks, pauses, parked] = args;
    const all = id => [...document.querySelectorAll(`[data-testid="${id}"]`)];
    const sleep = ms => new Promise(done => setTimeout(done, ms));
    const wait = async (what, look) => {
        for (let n = 0; n < 2000; n++) { const found = look(); if (found) return found; await sleep(2); }
        throw `no ${what}: ${document.body.innerText.slice(0, 2000)}`;
    };
    const shown = () => all('customer-dropdown')[0].innerText;
    let switches = 0, over = null;
    for (let n = 0; n < picks.length; n++) {
        if (n === moment) {
            if (!parked && all('form-return').length > 0) {
                all('form-return')[0].click();
                await wait('form', () => all('form-return').length === 0);
            }
            const button = await wait('button to send it', () => all('wizard-finish').find(one => !one.disabled));
            over = button.innerText;
            button.click();
        }
        const before = shown();
        all('customer-dropdown')[0].click();
        const options = await wait('options', () => { const rows = all('customer-option'); return rows.length >= 5 && rows; });
        const others = options.filter(row => row.getAttribute('aria-selected') !== 'true');
        others[picks[n] % others.length].click();
        await wait('other customer', () => shown() !== before);
        switches++;
        await sleep(pauses[n]);
    }
    return { switches, over };
"#;

/// See the module. Two of three forms rename a role, the third makes one.
pub(crate) async fn no_form_is_sent_elsewhere(fixture: &Fixture) -> Result<()> {
    let desk = Desk::signed_in(&fixture.demo, "primary-admin").await?;
    let mut random = ChaCha8Rng::seed_from_u64(SEED);
    let mut probes = probes(&desk, &fixture.api.me().await?).await?;
    let mut expected: Names = probes.iter().map(|probe| (probe.customer, BTreeSet::from([probe.role.clone()]))).collect();
    let page = fixture.page();
    let mut switches = 0;
    for form in 0..FORMS {
        let place = random.next_u32() as usize % probes.len();
        let probe = &mut probes[place];
        choose(fixture, &probe.over).await?;
        // A click that comes late would close what is opened next: it is given only where it is needed.
        if !page.shows("role-new").await? {
            page.click("nav-roles").await?;
            page.find("role-new").await?;
        }
        let name = format!("Probe {form}");
        let names = expected.entry(probe.customer).or_default();
        if form % 3 == 2 {
            fill_a_new_role(fixture, &name).await?;
        } else {
            fill_a_change(fixture, &probe.role, &name).await?;
            names.remove(&std::mem::replace(&mut probe.role, name.clone()));
        }
        names.insert(name);
        let moment = random.next_u32() % SWITCHES;
        let picks: Vec<u32> = (0..SWITCHES).map(|_| random.next_u32() % 1000).collect();
        let pauses: Vec<u32> = (0..SWITCHES).map(|_| [0, 0, 5, 30, 90][random.next_u32() as usize % 5]).collect();
        let parked = random.next_u32().is_multiple_of(2);
        let about = format!("form {form} for {:?}, sent before switch {moment}, parked: {parked}", probe.over);
        let told = page.run(ATTACK, vec![json!(moment), json!(picks), json!(pauses), json!(parked)]).await.context(about.clone())?;
        switches += told["switches"].as_u64().unwrap_or_default();
        let button = told["over"].as_str().unwrap_or_default();
        ensure!(button.contains(&probe.over), "{about}: the button says {button:?}");
        until(SOON, "the form has arrived", || async { Ok(names_now(fixture, &probes).await? == expected) })
            .await
            .with_context(|| format!("{about}: expected {expected:?}"))?;
        page.gone("form-parked").await?;
        page.gone("wizard-finish").await?;
    }
    // What might still be on its way would have arrived by then.
    tokio::time::sleep(Duration::from_secs(1)).await;
    ensure!(names_now(fixture, &probes).await? == expected, "a form arrived late");
    ensure!(switches == u64::from(FORMS * SWITCHES), "only {switches} switches");
    Ok(())
}

/// A form that is open stays open, with what was typed, while one looks at other pages.
pub(crate) async fn fault_02_a_form_outlasts_a_visit_to_another_page(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    page.click("role-new").await?;
    page.click("template-helpdesk").await?;
    type_into(fixture, "role-name", "Half typed").await?;
    for other in ["nav-incidents", "nav-tenants"] {
        page.click(other).await?;
        page.gone("role-form").await?;
    }
    take(&fixture.session, page, ["en", "light", "form-elsewhere"]).await?;
    page.click("nav-roles").await?;
    is_half_typed(page).await?;
    page.click("wizard-cancel").await?;
    page.click("confirm-discard-yes").await?;
    page.gone("role-form").await
}

/// From now on access tokens run out while one watches.
pub(crate) async fn short_lived_tokens(fixture: &Fixture) -> Result<()> {
    fixture.demo.control(&[Change::SetTokenLifetime { seconds: TOKEN_LIFETIME }]).await.map(drop)
}

/// Whoever must sign in again does it beside what they were doing: the form, the page and the list stay, also when it is given up at first.
pub(crate) async fn fault_08_signing_in_again_keeps_an_open_form(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    page.click("role-new").await?;
    page.click("template-helpdesk").await?;
    type_into(fixture, "role-name", "Half typed").await?;
    fixture.demo.control(&[Change::EndSessions {}]).await?;
    let ended = || async {
        page.script("window.__TAURI__.core.invoke('sync_now')", vec![]).await?;
        page.shows("sign-in-again").await
    };
    until(SOON, "the token has run out", ended).await?;
    let before = fixture.browser.opened().len();
    page.click("sign-in-again").await?;
    fixture.browser.next(before).await?;
    page.find("signing-in-again").await?;
    is_half_typed(page).await?;
    page.click("sign-in-cancel").await?;
    page.click("sign-in-again").await?;
    let url = fixture.browser.next(before + 1).await?;
    take(&fixture.session, page, ["en", "light", "signing-in-again"]).await?;
    Person::sign_in(&fixture.session, &url, PERSON).await?;
    page.attribute("sync-state", "data-state", "current").await?;
    page.gone("access-ended-banner").await?;
    is_half_typed(page).await
}

async fn is_half_typed(page: &Page) -> Result<()> {
    page.find("role-form").await?;
    let typed = page.script("return document.getElementById('role-name').value", vec![]).await?;
    ensure!(typed == json!("Half typed"), "the form holds {typed}");
    Ok(())
}

/// Opens the role for editing, and types another name.
async fn fill_a_change(fixture: &Fixture, role: &str, name: &str) -> Result<()> {
    let page = fixture.page();
    open_row(fixture, "role-row", role).await?;
    page.reads("role-pane", "it is the role", |text| text.contains(role)).await?;
    page.click("role-edit").await?;
    page.find("role-edit-form").await?;
    type_into(fixture, "role-name", name).await
}

/// Goes through the steps of a new role up to its review.
async fn fill_a_new_role(fixture: &Fixture, name: &str) -> Result<()> {
    let page = fixture.page();
    page.click("role-new").await?;
    page.click("template-helpdesk").await?;
    type_into(fixture, "role-name", name).await?;
    page.click("wizard-next").await?;
    page.find("matrix").await?;
    page.click("wizard-next").await?;
    page.find("assignment-name").await?;
    page.click("wizard-next").await?;
    page.click("assignment-members").await?;
    pick(&mut Hand { fixture, used: 0 }, "assignment-members", "Lena Brandt").await?;
    page.click("wizard-next").await?;
    page.click("wizard-next").await?;
    page.find("review").await.map(|_| ())
}

/// Replaces what a field holds.
async fn type_into(fixture: &Fixture, id: &str, text: &str) -> Result<()> {
    let script = "const field = document.getElementById(arguments[0]);
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, arguments[1]);
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));";
    fixture.page().script(script, vec![id.into(), text.into()]).await.map(|_| ())
}

/// A role at each of a few customers.
async fn probes(desk: &Desk, me: &Me) -> Result<Vec<Probe>> {
    let mut probes = vec![];
    for (form, customer) in (1..).zip(me.customers.iter().take(CUSTOMERS)) {
        let role = format!("Probe of {}", customer.display_name);
        let assignment = CreateAssignment {
            name: "Probe".into(),
            description: String::new(),
            email_notifications: false,
            members: vec![me.user.user_id],
            scope: Scope::All,
        };
        let permissions = PermissionSet::of(&[Permission::TicketsView]);
        let new = CreateRole { name: role.clone(), description: String::new(), permissions, assignment };
        let args = CreateAt { customer: customer.id, form: FormId(uuid::Uuid::from_u128(form)), new };
        let Outcome::Done(_) = desk.engine().create_role(args).await? else { bail!("the role waits for approval") };
        probes.push(Probe { customer: customer.id, over: customer.display_name.clone(), role });
    }
    ensure!(probes.len() == CUSTOMERS, "there are {} customers only", probes.len());
    Ok(probes)
}

/// What stands at the customers according to the service.
async fn names_now(fixture: &Fixture, probes: &[Probe]) -> Result<Names> {
    let mut names = Names::new();
    for probe in probes {
        let list: RoleList = fixture.api.read(&format!("/v1/customers/{}/roles", probe.customer)).await?;
        let found = list.roles.into_iter().map(|row| row.role.name).filter(|name| name.starts_with("Probe"));
        names.insert(probe.customer, found.collect());
    }
    Ok(names)
}
