//! axe-core at what one gets to only after something was there before: edit forms, questions, answers, what waits for approval, and the change that
//! somebody else made meanwhile.

use anyhow::{Context, Result, bail};
use tenantry_model::api::Me;
use tenantry_model::api::partners::ChangePartner;
use tenantry_model::api::requests::Outcome;
use tenantry_model::api::roles::{ChangeRole, CreateAssignment, CreateRole, RoleDetail};
use tenantry_model::id::RoleId;
use tenantry_model::ipc::{ChangeOf, CreateAt, FormId, RoleKey};
use tenantry_model::permission::{Permission, PermissionSet};
use tenantry_model::role::Scope;
use tenantry_model::tenancy::{ChangeControl, ControlEvent};
use tenantry_tests::api::Api;
use tenantry_tests::desk::Desk;
use tenantry_tests::desktop::page::key::Key;

use crate::axe::{Axe, LANGUAGES};
use crate::fixture::Fixture;
use crate::outbox;
use crate::relations::{Hand, choose, open_row, pick, sign_in, sign_out};
use crate::screens;

/// A custom role with an assignment.
const ROLE: &str = "Night desk";

/// What a colleague does at another desk, at the largest customer.
struct Colleague {
    desk: Desk,
    customer: Me,
    role: RoleId,
}

impl Colleague {
    async fn begin(fixture: &Fixture) -> Result<Self> {
        let customer: Me = Api::sign_in(&fixture.demo, "customer-admin").await?.me().await?;
        let desk = Desk::signed_in(&fixture.demo, "primary-admin").await?;
        let mut colleague = Self { desk, customer, role: RoleId::from_uuid(uuid::Uuid::nil()) };
        let Outcome::Done(made) = colleague.create(fixture, 1, ROLE).await? else { bail!("the role waits for approval") };
        colleague.role = RoleId::from_uuid(made.id.context("the role's id")?);
        Ok(colleague)
    }

    async fn create(&self, fixture: &Fixture, form: u128, name: &str) -> Result<Outcome> {
        let assignment = CreateAssignment {
            name: "Nights".into(),
            description: String::new(),
            email_notifications: false,
            members: vec![fixture.api.me().await?.user.user_id],
            scope: Scope::All,
        };
        let permissions = PermissionSet::of(&[Permission::TicketsView]);
        let new = CreateRole { name: name.into(), description: "Who answers at night".into(), permissions, assignment };
        let args = CreateAt { customer: self.customer.tenant.id, form: FormId(uuid::Uuid::from_u128(form)), new };
        Ok(self.desk.engine().create_role(args).await?)
    }

    /// Describes the role in other words.
    async fn describe(&self, fixture: &Fixture, description: &str) -> Result<()> {
        let key = RoleKey { customer: self.customer.tenant.id, role: self.role };
        let now: RoleDetail = fixture.api.read(&format!("/v1/customers/{}/roles/{}", key.customer, key.role)).await?;
        let change = ChangeRole { description: Some(description.into()), ..ChangeRole::default() };
        self.desk.engine().change_role(ChangeOf { key, version: now.version, change }).await?;
        Ok(())
    }

    /// The customer wants to approve each change of roles, and one waits.
    async fn ask_for_approval(&self, fixture: &Fixture) -> Result<()> {
        let admin = Desk::signed_in(&fixture.demo, "customer-admin").await?;
        let partners = admin.engine().get_partners().await?.value;
        let partner = partners.iter().find(|row| row.display_name.contains("Nordlicht")).context("the partner")?.id;
        let version = admin.engine().get_partner(partner).await?.value.version;
        let change = ChangePartner { change_control: Some(ChangeControl::manual(&[ControlEvent::Roles])), ..ChangePartner::default() };
        admin.engine().change_partner(ChangeOf { key: partner, version, change }).await?;
        let Outcome::Requested(_) = self.create(fixture, 2, "Weekend desk").await? else { bail!("it waits for nobody") };
        Ok(())
    }
}

/// See the module.
pub(crate) async fn forms_and_questions(fixture: &Fixture) -> Result<()> {
    let (page, mut axe) = (fixture.page(), Axe::load()?);
    let colleague = Colleague::begin(fixture).await?;
    sign_in(fixture, "primary-admin").await?;
    choose(fixture, &colleague.customer.tenant.display_name).await?;
    for language in LANGUAGES {
        axe.language = language;
        screens::choose(page, "language-select", language).await?;
        page.click("nav-roles").await?;
        role(fixture, &mut axe, &colleague).await?;
        access(fixture, &mut axe).await?;
        tenant(fixture, &mut axe).await?;
        plan(fixture, &mut axe).await?;
        unsent(fixture, &mut axe).await?;
    }
    colleague.ask_for_approval(fixture).await?;
    axe.open(page, "nav-roles", "waiting-request").await?;
    for language in LANGUAGES {
        axe.language = language;
        screens::choose(page, "language-select", language).await?;
        page.click("nav-approvals").await?;
        page.reads("asked", "what would change", |text| text.contains("Lena Brandt") || text.lines().count() > 4).await?;
        axe.look(page, "what-waits-at-customers").await?;
    }
    sign_out(fixture).await?;
    tenant_managers(fixture, &mut axe).await?;
    customer(fixture, &mut axe).await?;
    axe.outcome(100)
}

/// A role is edited while somebody else changes it; an assignment is edited; both are deleted nearly.
async fn role(fixture: &Fixture, axe: &mut Axe, colleague: &Colleague) -> Result<()> {
    let page = fixture.page();
    open_row(fixture, "role-row", ROLE).await?;
    page.reads("role-pane", "it is the role", |text| text.contains(ROLE)).await?;
    axe.open(page, "role-edit", "role-edit-form").await?;
    page.click("role-name").await?;
    page.keys("x").await?;
    colleague.describe(fixture, &format!("Nights and weekends ({})", axe.language)).await?;
    axe.open(page, "wizard-finish", "stale-table").await?;
    page.click("stale-theirs").await?;
    page.gone("role-edit-form").await?;
    page.click("role-tab-assignments").await?;
    axe.open(page, "assignment-edit", "assignment-form").await?;
    axe.open(page, "wizard-next", "scope-all").await?;
    axe.open(page, "wizard-next", "review").await?;
    page.click("wizard-cancel").await?;
    page.gone("assignment-form").await?;
    axe.ask(page, "assignment-delete", "delete-confirm").await?;
    axe.open(page, "assignment-new", "assignment-form").await?;
    page.click("wizard-cancel").await?;
    page.gone("assignment-form").await?;
    axe.ask(page, "role-delete", "delete-confirm").await?;
    page.click("detail-close").await
}

/// A change that meets another in the outbox.
async fn unsent(fixture: &Fixture, axe: &mut Axe) -> Result<()> {
    let page = fixture.page();
    outbox::refuse_an_edit(page, 8 + u128::from(axe.language == LANGUAGES[0])).await?;
    axe.open(page, "outbox-open", "stale-table").await?;
    axe.ask(page, "outbox-discard", "confirm-discard-entry").await?;
    page.click("outbox-again").await?;
    page.gone("outbox-entry").await?;
    page.click("outbox-close").await
}

/// The access explorer, up to its answer.
async fn access(fixture: &Fixture, axe: &mut Axe) -> Result<()> {
    let page = fixture.page();
    page.click("open-access").await?;
    pick(&mut Hand { fixture, used: 0 }, "access-person", "Lena Brandt").await?;
    page.click("tick-option").await?;
    page.find("chain").await?;
    axe.look(page, "access-answer").await?;
    page.click("access-back").await
}

/// A customer, and what may be taken from it.
async fn tenant(fixture: &Fixture, axe: &mut Axe) -> Result<()> {
    let page = fixture.page();
    page.click("nav-tenants").await?;
    page.click("tenant-row").await?;
    page.find("primary-admins-section").await?;
    axe.ask(page, "primary-admin-remove", "admin-remove-confirm").await?;
    axe.ask(page, "remove-customer", "remove-confirm").await?;
    page.click("detail-close").await
}

/// A plan over several customers, up to what it would do.
async fn plan(fixture: &Fixture, axe: &mut Axe) -> Result<()> {
    let page = fixture.page();
    page.click("open-plan").await?;
    page.click("plan-list-all").await?;
    page.click("wizard-next").await?;
    axe.open(page, "plan-helpdesk", "plan-role-name").await?;
    page.click("plan-admins").await?;
    pick(&mut Hand { fixture, used: 0 }, "plan-people", "Paul Niemand").await?;
    axe.open(page, "wizard-next", "plan-row").await?;
    axe.ask(page, "wizard-finish", "plan-confirm").await?;
    page.click("wizard-cancel").await?;
    page.click("confirm-discard-yes").await?;
    page.find("tenant-row").await.map(|_| ())
}

async fn tenant_managers(fixture: &Fixture, axe: &mut Axe) -> Result<()> {
    let page = fixture.page();
    sign_in(fixture, "global-admin").await?;
    for language in LANGUAGES {
        axe.language = language;
        screens::choose(page, "language-select", language).await?;
        axe.open(page, "nav-tenant-managers", "tenant-manager").await?;
        axe.ask(page, "tenant-manager-remove", "manager-remove-confirm").await?;
        axe.open(page, "nav-audit", "audit-search").await?;
    }
    sign_out(fixture).await
}

/// The customer's side: what waits, what was decided, and the forms about a partner.
async fn customer(fixture: &Fixture, axe: &mut Axe) -> Result<()> {
    let page = fixture.page();
    sign_in(fixture, "customer-admin").await?;
    for language in LANGUAGES {
        axe.language = language;
        screens::choose(page, "language-select", language).await?;
        axe.open(page, "nav-approvals", "request").await?;
        page.click("nav-partners").await?;
        open_row(fixture, "partner-row", "Nordlicht").await?;
        axe.open(page, "partner-overview", "partner-approvals").await?;
        for (tab, edit, form) in [("partner-rooms-tab", "rooms-edit", "rooms-form"), ("partner-rights-tab", "rights-edit", "rights-form")] {
            page.click(tab).await?;
            axe.open(page, edit, form).await?;
            page.click("wizard-cancel").await?;
            page.gone(form).await?;
        }
        page.click("partner-people-tab").await?;
        axe.ask(page, "partner-role-delete", "confirm-partner-role").await?;
        page.click("detail-close").await?;
        page.click("nav-audit").await?;
        page.click("audit-export").await?;
        page.find("export-from").await?.clear().await?;
        page.click("export-from").await?;
        page.keys("no day").await?;
        axe.open(page, "export-to", "audit-export-form").await?;
        page.press(Key::Escape).await?;
        page.gone("audit-export-form").await?;
    }
    page.click("nav-approvals").await?;
    axe.open(page, "reject", "decided").await
}
