//! axe-core in the real window: every page, pane, form and dialog, in both languages, light and dark. It finds nothing.

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::Value;
use tenantry_tests::desktop::Page;
use tenantry_tests::desktop::page::key::Key;

use crate::bulk;
use crate::fixture::Fixture;
use crate::relations::{open_row, sign_in, sign_out};
use crate::screens;
use crate::views;

/// All rules that are not experimental, best practices among them, and the one that compares what a control shows with what it is called.
const RUN: &str = "const end = animation => animation.effect.getComputedTiming().endTime === Infinity ? animation.pause() : animation.finish();
    document.documentElement.dataset.theme = args[0];
    document.getAnimations().forEach(end);
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    document.getAnimations().forEach(end);
    const rules = { 'label-content-name-mismatch': { enabled: true } };
    const { violations } = await axe.run(document, { resultTypes: ['violations'], rules });
    return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(node => `${node.target.join(' ')}: ${node.failureSummary} ${node.html.slice(0, 200)}`) }));";

#[derive(Debug, Deserialize)]
struct Violation {
    id: String,
    nodes: Vec<String>,
}

/// Looks at one view after the other, and remembers what it found.
pub(crate) struct Axe {
    script: String,
    pub(crate) language: &'static str,
    views: u32,
    found: Vec<String>,
}

impl Axe {
    pub(crate) fn load() -> Result<Self> {
        let path = std::env::var_os("TENANTRY_AXE").context("TENANTRY_AXE names no script of axe-core: `cargo xtask setup` fetches it")?;
        let script = std::fs::read_to_string(&path).with_context(|| format!("{}", path.display()))?;
        Ok(Self { script, language: "en", views: 0, found: vec![] })
    }

    pub(crate) async fn look(&mut self, page: &Page, view: &str) -> Result<()> {
        if page.script("return typeof window.axe === 'undefined'", vec![]).await? == Value::Bool(true) {
            page.client().execute(&self.script, vec![]).await?;
        }
        page.point_away().await?;
        // A list is pale while it waits for its answer.
        page.eventually::<bool>("no list waits", "return document.querySelector('.list--behind') === null || null", vec![]).await?;
        let theme = page.script("return document.documentElement.dataset.theme ?? ''", vec![]).await?;
        for look in ["dark", "light"] {
            let violations: Vec<Violation> =
                serde_json::from_value(page.run(RUN, vec![look.into()]).await.with_context(|| view.to_owned())?)?;
            self.views += 1;
            let language = self.language;
            self.found.extend(violations.into_iter().map(|Violation { id, nodes }| {
                let (count, shown) = (nodes.len(), nodes.into_iter().take(3).collect::<Vec<_>>().join("\n    "));
                format!("{view} ({language}, {look}): {id} ×{count}\n    {shown}")
            }));
        }
        let back =
            "if (arguments[0]) document.documentElement.dataset.theme = arguments[0]; else delete document.documentElement.dataset.theme";
        page.script(back, vec![theme]).await.map(|_| ())
    }

    /// Clicks, waits for what that shows, and looks.
    pub(crate) async fn open(&mut self, page: &Page, click: &str, shows: &str) -> Result<()> {
        page.click(click).await?;
        page.find(shows).await.with_context(|| format!("after a click on {click}"))?;
        self.look(page, shows).await
    }

    /// Opens a question, looks at it, and gives it up.
    pub(crate) async fn ask(&mut self, page: &Page, click: &str, question: &str) -> Result<()> {
        self.open(page, click, question).await?;
        page.press(Key::Escape).await?;
        page.gone(question).await
    }

    pub(crate) fn outcome(self, at_least: u32) -> Result<()> {
        ensure!(self.found.is_empty(), "axe finds {} things:\n{}", self.found.len(), self.found.join("\n"));
        ensure!(self.views >= at_least, "only {} views were looked at", self.views);
        Ok(())
    }
}

pub(crate) const LANGUAGES: [&str; 2] = ["de", "en"];

/// The pages of somebody at a partner: incidents, rooms, roles, tenants; of their tenant manager, and of their administrator.
pub(crate) async fn partner(fixture: &Fixture) -> Result<()> {
    let (page, mut axe) = (fixture.page(), Axe::load()?);
    for language in LANGUAGES {
        axe.language = language;
        page.find("sign-in-button").await?;
        screens::select(page, "language-select", language).await?;
        axe.look(page, "sign-in").await?;
    }
    sign_in(fixture, "primary-admin").await?;
    for language in LANGUAGES {
        axe.language = language;
        screens::choose(page, "language-select", language).await?;
        incidents(fixture, &mut axe).await?;
        roles(fixture, &mut axe).await?;
        page.click("nav-tenants").await?;
        axe.open(page, "tenant-row", "customer-pane").await?;
        axe.open(page, "open-plan", "plan-list-all").await?;
        page.click("plan-list-all").await?;
        axe.open(page, "wizard-next", "plan-people").await?;
        page.click("wizard-cancel").await?;
        page.find("confirm-discard-yes").await?;
        axe.look(page, "confirm-discard").await?;
        page.click("confirm-discard-yes").await?;
        page.click("nav-incidents").await?;
        page.click("user-menu").await?;
        axe.open(page, "sign-out", "sign-out-confirm").await?;
        page.press(Key::Escape).await?;
        page.gone("sign-out-confirm").await?;
    }
    sign_out(fixture).await?;
    sign_in(fixture, "tenant-manager").await?;
    page.find("tenant-row").await?;
    axe.look(page, "landing-of-a-tenant-manager").await?;
    for language in LANGUAGES {
        axe.language = language;
        screens::choose(page, "language-select", language).await?;
        axe.open(page, "nav-tenants", "tenant-row").await?;
        axe.open(page, "tenant-row", "invitation-pane").await?;
        axe.open(page, "deny", "deny-confirm").await?;
        page.press(Key::Escape).await?;
        page.gone("deny-confirm").await?;
        page.click("detail-close").await?;
        page.click("nav-incidents").await?;
        page.gone("tenant-row").await?;
        axe.look(page, "incidents-of-a-tenant-manager").await?;
    }
    axe.outcome(136)
}

async fn incidents(fixture: &Fixture, axe: &mut Axe) -> Result<()> {
    let page = fixture.page();
    page.click("nav-incidents").await?;
    screens::all_tickets(fixture, false).await?;
    axe.look(page, "incidents").await?;
    axe.open(page, "filter-severity", "filter-value-critical").await?;
    page.press(Key::Escape).await?;
    axe.open(page, "filter-age", "filter-age").await?;
    page.press(Key::Escape).await?;
    axe.open(page, "customer-dropdown", "customer-option").await?;
    page.press(Key::Escape).await?;
    axe.open(page, "user-menu", "theme-select").await?;
    page.press(Key::Escape).await?;
    axe.open(page, "palette-open", "palette-option").await?;
    page.press(Key::Escape).await?;
    page.gone("palette-input").await?;
    page.keys("?").await?;
    page.find("key-sheet").await?;
    axe.look(page, "key-sheet").await?;
    page.press(Key::Escape).await?;
    page.gone("key-sheet").await?;
    axe.open(page, "tab-resolved", "tab-resolved").await?;
    page.click("tab-active").await?;
    axe.open(page, "incident-row", "room-filter").await?;
    for tab in ["pane-messages", "pane-attachments", "pane-history"] {
        axe.open(page, tab, tab).await?;
    }
    page.click("detail-close").await?;
    page.click("by-category").await?;
    axe.open(page, "category-row", "category-row").await?;
    page.click("category-row").await?;
    page.click("by-category").await?;
    screens::all_tickets(fixture, true).await?;
    axe.look(page, "all-tickets").await?;
    bulk::looked_at(fixture, axe).await?;
    views::looked_at(fixture, axe).await?;
    // It is seen where and while one looks for it.
    page.script("document.querySelector('[data-testid=columns]').focus()", vec![]).await?;
    page.press(Key::Enter).await?;
    page.find("columns-reset").await?;
    axe.look(page, "columns").await?;
    page.press(Key::Escape).await?;
    page.gone("columns-reset").await?;
    axe.open(page, "filter-customer", "customer-option").await?;
    page.press(Key::Escape).await?;
    page.click("incident-search").await?;
    page.keys("nobody has this").await?;
    page.find("no-match").await?;
    axe.look(page, "no-match").await?;
    page.press(Key::Escape).await?;
    page.click("incident-search").await?;
    page.keys("sev:x").await?;
    page.reads("search-wrong", "what would be right", |text| !text.is_empty()).await?;
    axe.look(page, "filter-not-understood").await?;
    page.press(Key::Escape).await?;
    screens::all_tickets(fixture, false).await?;
    rooms(page, axe).await?;
    page.click("nav-incidents").await?;
    work(page, axe).await
}

/// The rooms of one customer and of all, and one of them on each of its tabs.
async fn rooms(page: &Page, axe: &mut Axe) -> Result<()> {
    const TOGGLE: &str = "document.querySelector('[data-testid=all-rooms-toggle]').click()";
    axe.open(page, "nav-rooms", "room-row").await?;
    page.script(TOGGLE, vec![]).await?;
    page.find("filter-customer").await?;
    axe.open(page, "filter-health", "filter-value-unhealthy").await?;
    page.press(Key::Escape).await?;
    axe.open(page, "room-row", "room-detail").await?;
    page.script("document.querySelector('[data-testid=room-all-signals]').click()", vec![]).await?;
    page.find("room-signal").await?;
    axe.look(page, "room-signals").await?;
    for tab in ["room-tab-settings", "room-tab-activity", "room-tab-events", "room-tab-tickets", "room-tab-peripherals"] {
        axe.open(page, tab, tab).await?;
    }
    page.click("detail-close").await?;
    page.gone("room-detail").await?;
    page.script(TOGGLE, vec![]).await?;
    page.gone("filter-customer").await?;
    axe.open(page, "room-row", "room-detail").await?;
    axe.open(page, "room-edit", "room-edit-form").await?;
    page.click("wizard-cancel").await?;
    page.gone("room-edit-form").await
}

/// An incident is reported, edited nearly, and closed.
async fn work(page: &Page, axe: &mut Axe) -> Result<()> {
    page.click("incident-record").await?;
    page.find("record-form").await?;
    page.keys("No sound").await?;
    axe.open(page, "record-high-impact", "record-reason").await?;
    page.click("record-reason").await?;
    page.keys("A board meets").await?;
    axe.open(page, "wizard-finish", "incident-edit").await?;
    axe.open(page, "incident-edit", "edit-form").await?;
    page.click("wizard-cancel").await?;
    page.gone("edit-form").await?;
    axe.ask(page, "incident-close", "close-form").await?;
    axe.open(page, "incident-write", "composer").await?;
    page.click("incident-close").await?;
    page.click("close-yes").await?;
    page.gone("close-form").await?;
    page.click("detail-close").await
}

async fn roles(fixture: &Fixture, axe: &mut Axe) -> Result<()> {
    let page = fixture.page();
    axe.open(page, "nav-roles", "role-row").await?;
    axe.open(page, "role-row", "role-pane").await?;
    for tab in ["role-tab-permissions", "role-tab-assignments"] {
        axe.open(page, tab, tab).await?;
    }
    page.click("detail-close").await?;
    axe.open(page, "role-new", "role-form").await?;
    page.click("template-helpdesk").await?;
    axe.open(page, "wizard-next", "matrix").await?;
    axe.open(page, "wizard-next", "assignment-name").await?;
    axe.open(page, "wizard-next", "assignment-members").await?;
    page.keys("Lena").await?;
    page.find("people-option").await?;
    axe.look(page, "people-option").await?;
    page.press(Key::Enter).await?;
    page.find("people-chip").await?;
    axe.open(page, "wizard-next", "scope-all").await?;
    axe.open(page, "scope-some", "scope-rooms-search").await?;
    page.click("scope-all").await?;
    axe.open(page, "wizard-next", "review").await?;
    page.click("wizard-cancel").await?;
    page.click("confirm-discard-yes").await?;
    page.gone("role-form").await?;
    axe.open(page, "open-access", "access-ask").await?;
    page.click("access-back").await
}

/// The pages of a customer's administrator: partners, approvals, the audit log.
pub(crate) async fn customer(fixture: &Fixture) -> Result<()> {
    let (page, mut axe) = (fixture.page(), Axe::load()?);
    sign_in(fixture, "new-customer-admin").await?;
    for language in LANGUAGES {
        axe.language = language;
        screens::choose(page, "language-select", language).await?;
        axe.open(page, "nav-partners", "partners-none").await?;
        axe.open(page, "invite-open", "invite-domain").await?;
        page.keys("nordlicht.example").await?;
        axe.open(page, "wizard-next", "invite-rooms-all").await?;
        page.click("invite-rooms-all").await?;
        axe.open(page, "wizard-next", "terms-agree").await?;
        page.click("terms-agree").await?;
        axe.open(page, "wizard-next", "invite-review").await?;
        if language == LANGUAGES[1] {
            page.click("wizard-finish").await?;
        } else {
            page.click("wizard-cancel").await?;
            page.click("confirm-discard-yes").await?;
        }
        page.gone("invite-form").await?;
        axe.open(page, "nav-approvals", "approvals-none").await?;
    }
    for language in LANGUAGES {
        axe.language = language;
        screens::choose(page, "language-select", language).await?;
        axe.open(page, "nav-partners", "partner-row").await?;
        open_row(fixture, "partner-row", "Nordlicht").await?;
        page.find("partner-end").await?;
        axe.look(page, "partner-overview").await?;
        for tab in ["partner-rooms-tab", "partner-rights-tab", "partner-people-tab", "partner-overview"] {
            axe.open(page, tab, tab).await?;
        }
        axe.open(page, "partner-end", "confirm-partner-end").await?;
        page.press(Key::Escape).await?;
        page.gone("confirm-partner-end").await?;
        page.click("detail-close").await?;
        room_groups(fixture, &mut axe).await?;
        update_rings(fixture, &mut axe).await?;
        settings(page, &mut axe).await?;
        reports(fixture, &mut axe).await?;
        axe.open(page, "nav-audit", "audit-row").await?;
        axe.open(page, "audit-row", "audit-detail").await?;
        axe.open(page, "audit-export", "audit-export-form").await?;
        page.press(Key::Escape).await?;
        page.gone("audit-export-form").await?;
        axe.open(page, "filter-audit-category", "filter-audit-category").await?;
        page.press(Key::Escape).await?;
        page.click("detail-close").await?;
        for nothing in ["nav-incidents", "nav-rooms", "nav-roles"] {
            axe.open(page, nothing, nothing).await?;
        }
    }
    axe.outcome(134)
}

/// Settings on each tab, with a form and the questions, and a room that waits for its device.
async fn settings(page: &Page, axe: &mut Axe) -> Result<()> {
    axe.open(page, "nav-settings", "contact").await?;
    axe.ask(page, "contact-new", "contact-form").await?;
    axe.open(page, "settings-tab-keys", "enrolment-key").await?;
    axe.ask(page, "key-reset", "key-reset-confirm").await?;
    axe.open(page, "settings-tab-signals", "signals").await?;
    axe.ask(page, "switch-offline", "signal-confirm").await?;
    axe.open(page, "nav-rooms", "room-new").await?;
    axe.ask(page, "room-new", "room-new-form").await
}

async fn reports(fixture: &Fixture, axe: &mut Axe) -> Result<()> {
    let page = fixture.page();
    axe.open(page, "nav-reports", "tile-healthy").await?;
    axe.open(page, "report-tab-health", "report-room").await?;
    axe.open(page, "report-table", "report-room").await?;
    axe.open(page, "report-tab-usage", "report-use").await?;
    // As it was, for the other language.
    page.click("report-chart").await?;
    page.click("report-tab-overview").await
}

async fn update_rings(fixture: &Fixture, axe: &mut Axe) -> Result<()> {
    let page = fixture.page();
    axe.open(page, "nav-updates", "update-row").await?;
    axe.open(page, "update-row", "update-pane").await?;
    for question in ["update-retry", "update-force"] {
        let is_on = format!("return !document.querySelector('[data-testid={question}]').hasAttribute('aria-disabled')");
        if page.script(&is_on, vec![]).await? == true {
            axe.ask(page, question, "update-act-text").await?;
        }
    }
    page.click("detail-close").await?;
    axe.open(page, "updates-tab-rings", "ring-row").await?;
    axe.open(page, "ring-row", "ring-pane").await?;
    for (button, field, form) in [("ring-edit", "ring-rollout", "ring-form"), ("ring-move", "ring-rooms-search", "ring-move-form")] {
        axe.open(page, button, field).await?;
        page.click("wizard-cancel").await?;
        page.gone(form).await?;
    }
    page.click("detail-close").await
}

async fn room_groups(fixture: &Fixture, axe: &mut Axe) -> Result<()> {
    let page = fixture.page();
    axe.open(page, "nav-groups", "group-row").await?;
    axe.open(page, "group-row", "group-room").await?;
    axe.open(page, "group-edit", "group-rooms-search").await?;
    page.click("wizard-cancel").await?;
    page.gone("group-form").await?;
    axe.ask(page, "group-delete", "group-delete-confirm").await?;
    page.click("detail-close").await
}
