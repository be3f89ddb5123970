//! By keyboard alone: the presses are counted, and after each of them something has the focus (`Page` sees to that).

use anyhow::{Context, Result, ensure};
use tenantry_tests::desktop::Page;
use tenantry_tests::desktop::page::Focus;
use tenantry_tests::desktop::page::key::{Key, code};
use tenantry_tests::wait::{SOON, eventually};

use crate::fixture::{Fixture, PERSON};
use crate::relations;
use crate::screens;

/// Presses of keys, beside what is typed as a text.
pub(crate) struct Keys<'a> {
    page: &'a Page,
    used: u32,
}

impl<'a> Keys<'a> {
    pub(crate) fn at(page: &'a Page) -> Self {
        Self { page, used: 0 }
    }

    pub(crate) async fn press(&mut self, key: Key) -> Result<()> {
        self.used += 1;
        self.page.press(key).await
    }

    pub(crate) async fn held(&mut self, held: Key, key: Key) -> Result<()> {
        self.used += 1;
        self.page.chord(held, key).await
    }

    async fn space(&mut self) -> Result<()> {
        self.letter(" ").await
    }

    /// A letter that does something.
    pub(crate) async fn letter(&mut self, letter: &str) -> Result<()> {
        self.used += 1;
        self.page.keys(letter).await
    }

    /// Presses the key until the focus is there.
    async fn until(&mut self, key: Key, what: &str, holds: impl Fn(&Focus) -> bool) -> Result<()> {
        let mut way = vec![];
        for _ in 0..12 {
            let focus = self.page.focus().await?;
            if holds(&focus) {
                return Ok(());
            }
            way.push(focus);
            self.press(key).await?;
        }
        anyhow::bail!("12 presses do not lead to {what}, but over {way:#?}")
    }

    pub(crate) async fn tab_to(&mut self, id: &str) -> Result<()> {
        self.until(Key::Tab, id, |focus| focus.id == id).await
    }

    pub(crate) fn took(&self, task: &str, most: u32) -> Result<()> {
        report(task, self.used, most);
        ensure!(self.used <= most, "{task} takes {} presses, more than {most}", self.used);
        Ok(())
    }
}

#[expect(clippy::print_stderr, reason = "how many presses a task takes is the outcome of the test")]
fn report(task: &str, used: u32, most: u32) {
    eprintln!("         {task}: {used} presses of at most {most}");
}

/// Waits until the focus is where it belongs.
pub(crate) async fn focus_is(page: &Page, what: &str, holds: impl Fn(&Focus) -> bool) -> Result<Focus> {
    let found = eventually(SOON, what, || async { Ok(Some(page.focus().await?).filter(|focus| holds(focus))) }).await;
    match found {
        Ok(focus) => Ok(focus),
        Err(error) => Err(error.context(format!("the focus is on {:?}", page.focus().await?))),
    }
}

pub(crate) async fn focus_on(page: &Page, id: &str) -> Result<()> {
    focus_is(page, &format!("the focus is on {id}"), |focus| focus.id == id).await.map(|_| ())
}

/// A customer invites a partner, from the first page to the list that shows the invitation.
pub(crate) async fn invite_a_partner(fixture: &Fixture) -> Result<()> {
    relations::sign_in(fixture, "new-customer-admin").await?;
    let page = fixture.page();
    focus_is(page, "after the sign-in the heading has the focus", |focus| focus.tag == "h1").await?;
    let mut keys = Keys::at(page);
    keys.held(Key::Shift, Key::F6).await?;
    keys.until(Key::Down, "the partners' line", |focus| focus.id == "nav-partners").await?;
    keys.press(Key::Enter).await?;
    page.find("partners-none").await?;
    keys.press(Key::F6).await?;
    keys.tab_to("invite-open").await?;
    keys.press(Key::Enter).await?;
    focus_on(page, "invite-domain").await?;
    page.keys("nordlicht.example").await?;
    keys.press(Key::Enter).await?;
    page.find("invite-rooms-all").await?;
    keys.tab_to("invite-rooms-all").await?;
    keys.press(Key::Enter).await?;
    page.reads("invite-rooms-count", "rooms are ticked", |text| !text.starts_with("0 ")).await?;
    keys.tab_to("wizard-next").await?;
    keys.press(Key::Enter).await?;
    page.find("terms-agree").await?;
    keys.tab_to("terms-agree").await?;
    keys.space().await?;
    keys.press(Key::Enter).await?;
    page.find("invite-review").await?;
    keys.tab_to("wizard-finish").await?;
    keys.press(Key::Enter).await?;
    page.find("partner-row").await?;
    page.gone("invite-form").await?;
    focus_is(page, "after the invitation its list has the focus", |focus| focus.tag != "body").await?;
    // One of them is past the choice between all rooms and chosen ones (A36), and two are past reports and settings in the navigation.
    keys.took("inviting a partner", 27)?;
    relations::sign_out(fixture).await
}

/// The partner's tenant manager, who has no customer yet, begins with the invitations.
pub(crate) async fn accept_an_invitation(fixture: &Fixture) -> Result<()> {
    relations::sign_in(fixture, "tenant-manager").await?;
    let page = fixture.page();
    page.find("tenant-row").await?;
    page.reads("nav-tenants", "it says how many wait", |text| text.chars().any(|c| c.is_ascii_digit())).await?;
    ensure!(!page.shows("customer-dropdown").await?, "there is no customer to choose");
    let mut keys = Keys::at(page);
    keys.tab_to("main-list").await?;
    keys.press(Key::Down).await?;
    keys.press(Key::Enter).await?;
    page.find("primary-admins").await?;
    keys.press(Key::F6).await?;
    focus_is(page, "F6 leads to what is open", |focus| focus.tag == "h2" && focus.id == "invitation-pane").await?;
    keys.tab_to("primary-admins").await?;
    page.keys("Jonas Petersen").await?;
    keys.press(Key::Enter).await?;
    page.find("people-chip").await?;
    keys.press(Key::Enter).await?;
    page.find("customer-pane").await?;
    focus_is(page, "what is new has the focus", |focus| focus.tag == "h2" && focus.id == "customer-pane").await?;
    keys.took("accepting an invitation", 10)?;
    relations::sign_out(fixture).await
}

pub(crate) async fn sign_in_leads_to_the_heading(fixture: &Fixture) -> Result<()> {
    relations::sign_in(fixture, PERSON).await?;
    let page = fixture.page();
    page.find("incident-row").await?;
    focus_is(page, "after the sign-in the heading has the focus", |focus| focus.tag == "h1").await.map(|_| ())
}

/// F6 goes round navigation, list and pane; the first press of Tab offers to skip both bars.
pub(crate) async fn regions_and_the_skip_link(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    page.click("incident-row").await?;
    page.find("incident-detail").await?;
    focus_on(page, "main-list").await?;
    page.press(Key::F6).await?;
    focus_is(page, "the pane", |focus| focus.tag == "h2" && focus.id == "incident-detail").await?;
    page.press(Key::F6).await?;
    focus_on(page, "nav-incidents").await?;
    page.press(Key::F6).await?;
    focus_on(page, "main-list").await?;
    page.chord(Key::Shift, Key::F6).await?;
    page.chord(Key::Shift, Key::F6).await?;
    focus_is(page, "the pane", |focus| focus.id == "incident-detail").await?;
    page.press(Key::Escape).await?;
    page.gone("incident-detail").await?;
    focus_on(page, "main-list").await?;
    page.script("document.querySelector('[data-testid=skip-link]').focus()", vec![]).await?;
    page.press(Key::Enter).await?;
    focus_is(page, "the content", |focus| focus.tag == "h1").await?;
    page.press(Key::F6).await?;
    page.press(Key::F6).await?;
    focus_on(page, "main-list").await
}

/// Another customer, from the list and back to what opened the choice.
pub(crate) async fn switch_the_customer(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    let other = "const here = document.querySelector('[data-testid=customer-dropdown]').title;
        return window.__TAURI__.core.invoke('list_customers', { args: { text: '', window: { offset: 0, limit: 50 } } })
            .then(page => page.rows.find(row => row.displayName !== here && row.open > 0)?.displayName ?? null)";
    let other = page.run(other, vec![]).await?;
    let other = other.as_str().context("there is no other customer")?.to_owned();
    let mut keys = Keys::at(page);
    keys.used += 1;
    page.keys("/").await?;
    keys.held(Key::Shift, Key::Tab).await?;
    focus_on(page, "customer-dropdown").await?;
    keys.press(Key::Enter).await?;
    focus_on(page, "customer-search").await?;
    page.keys(&other).await?;
    keys.press(Key::Enter).await?;
    page.gone("customer-search").await?;
    focus_on(page, "customer-dropdown").await?;
    page.reads("customer-dropdown", "it names the customer", |text| text.contains(&other)).await?;
    page.eventually::<bool>("so does the window", "return document.title.includes(arguments[0]) || null", vec![other.into()]).await?;
    keys.took("switching the customer", 6)
}

pub(crate) async fn filter_by_severity_and_age(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    screens::all_tickets(fixture, true).await?;
    page.script("document.getElementById('main-list').focus()", vec![]).await?;
    let mut keys = Keys::at(page);
    keys.held(Key::Shift, Key::Tab).await?;
    focus_on(page, "filter-unread").await?;
    keys.press(Key::Left).await?;
    focus_on(page, "filter-age").await?;
    keys.press(Key::Enter).await?;
    keys.press(Key::Enter).await?;
    focus_on(page, "filter-age").await?;
    keys.press(Key::Home).await?;
    keys.until(Key::Right, "the severities", |focus| focus.id == "filter-severity").await?;
    keys.press(Key::Enter).await?;
    focus_is(page, "the first severity", |focus| focus.id.starts_with("filter-value-")).await?;
    keys.space().await?;
    keys.press(Key::Escape).await?;
    focus_on(page, "filter-severity").await?;
    keys.took("filtering by severity and age", 10)?;
    page.click("filter-clear-all").await?;
    page.gone("filter-clear-all").await?;
    screens::all_tickets(fixture, false).await
}

/// The room of an incident, and back.
pub(crate) async fn follow_a_link_and_go_back(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    page.click("incident-row").await?;
    page.reads("room-link", "it names the room", |text| !text.is_empty()).await?;
    page.script("document.querySelector('[data-testid=room-link]').focus()", vec![]).await?;
    page.press(Key::Enter).await?;
    page.find("room-detail").await?;
    focus_is(page, "the room that the link led to", |focus| focus.tag == "h2" && focus.id == "room-detail").await?;
    page.chord(Key::Alt, Key::Left).await?;
    page.find("incident-detail").await?;
    focus_is(page, "what one came from", |focus| focus.tag == "h2" && focus.id == "incident-detail").await?;
    page.click("detail-close").await?;
    page.gone("incident-detail").await?;
    focus_on(page, "main-list").await
}

/// From the incidents to a role that somebody holds.
pub(crate) async fn make_a_role_with_an_assignment(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    let mut keys = Keys::at(page);
    keys.held(Key::Shift, Key::F6).await?;
    keys.until(Key::Down, "the roles' line", |focus| focus.id == "nav-roles").await?;
    keys.press(Key::Enter).await?;
    page.find("role-row").await?;
    keys.press(Key::F6).await?;
    focus_on(page, "main-list").await?;
    keys.held(Key::Shift, Key::Tab).await?;
    focus_on(page, "role-new").await?;
    keys.press(Key::Enter).await?;
    focus_on(page, "role-name").await?;
    page.keys("Night shift").await?;
    keys.press(Key::Enter).await?;
    page.find("matrix").await?;
    keys.space().await?;
    keys.press(Key::Enter).await?;
    focus_on(page, "assignment-name").await?;
    keys.press(Key::Enter).await?;
    focus_on(page, "assignment-members").await?;
    page.keys("Lena Brandt").await?;
    keys.press(Key::Enter).await?;
    page.find("people-chip").await?;
    keys.tab_to("wizard-next").await?;
    keys.press(Key::Enter).await?;
    focus_on(page, "scope-all").await?;
    keys.press(Key::Enter).await?;
    page.find("review").await?;
    keys.tab_to("wizard-finish").await?;
    keys.press(Key::Enter).await?;
    page.gone("role-form").await?;
    focus_on(page, "role-new").await?;
    keys.took("a custom role with one assignment", 25)?;
    // A form that is given up gives the focus back as well.
    keys.press(Key::Enter).await?;
    focus_on(page, "role-name").await?;
    page.keys("x").await?;
    page.script("document.querySelector('[data-testid=wizard-cancel]').focus()", vec![]).await?;
    keys.press(Key::Enter).await?;
    focus_on(page, "confirm-discard-no").await?;
    keys.press(Key::Tab).await?;
    keys.press(Key::Enter).await?;
    page.gone("role-form").await?;
    focus_on(page, "role-new").await
}

/// The box keeps the focus while the lines below it come and go.
pub(crate) async fn a_room_shows_all_its_signals(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    page.click("nav-rooms").await?;
    page.click("room-row").await?;
    page.find("room-all-signals").await?;
    page.script("document.querySelector('[data-testid=room-all-signals]').focus()", vec![]).await?;
    let mut keys = Keys::at(page);
    let groups = "const box = document.querySelector('[data-testid=room-all-signals]');
        return box?.checked === arguments[0] ? document.querySelectorAll('.status-group').length : null";
    let before: u32 = page.eventually("what is shown at first", groups, vec![false.into()]).await?;
    keys.space().await?;
    let all: u32 = page.eventually("all signals", groups, vec![true.into()]).await?;
    ensure!(all > before, "{all} groups of all signals, {before} of those that fail");
    focus_on(page, "room-all-signals").await?;
    keys.space().await?;
    page.eventually::<u32>("those that fail", groups, vec![false.into()]).await?;
    focus_on(page, "room-all-signals").await?;
    page.press(Key::Escape).await?;
    page.gone("room-detail").await?;
    page.click("nav-incidents").await?;
    page.find("incident-row").await?;
    page.script("document.getElementById('main-list').focus()", vec![]).await?;
    focus_on(page, "main-list").await
}

/// A built-in role cannot be changed: the button for a new assignment of the Primary admins takes the focus, and says why.
pub(crate) async fn what_is_off_says_why(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    relations::open_row(fixture, "role-row", "Primary").await?;
    page.find("role-pane").await?;
    page.attribute("assignment-new", "aria-disabled", "true").await?;
    page.tab_to("assignment-new").await?;
    let why = "const button = document.activeElement, said = document.getElementById(button.getAttribute('aria-describedby'))?.textContent;
        return (said && said === button.title && getComputedStyle(button, '::after').content.includes(said)) ? said : null";
    let why: String = page.eventually("it says why", why, vec![]).await?;
    ensure!(why.len() > 10, "the reason is {why:?}");
    page.keys(&code(Key::Enter).to_string()).await?;
    ensure!(!page.shows("wizard-cancel").await?, "what is off does nothing");
    page.press(Key::Escape).await?;
    page.gone("role-pane").await
}
