//! What every screen may need to know: session, sync, preferences, and that the data changed.

use std::rc::Rc;

use tenantry_model::id::TenantId;
use tenantry_model::ipc::{
    AppState, IpcError, MemoryOnly, NavigationTarget, Preferences, ServiceState, Session, SignedInUser, SyncState, SyncStatus,
};
use tenantry_model::tenancy::PortalRole;
use yew::prelude::*;

use crate::route::{Route, Section};

#[derive(Debug, Clone, PartialEq)]
pub struct AppModel {
    pub version: String,
    pub service: Option<ServiceState>,
    /// Whether its address cannot be changed here.
    pub service_is_managed: bool,
    pub session: Session,
    pub preferences: Preferences,
    pub sync: SyncStatus,
    /// Whether somebody's store was left closed, and by what.
    pub left_closed: Option<MemoryOnly>,
    /// How often the user chose something since the start; the root has the engine remember each.
    pub choices: u32,
    /// Up to which of them the engine has answered.
    pub remembered: u32,
    /// Raised whenever the cache changed: whoever shows rows asks again.
    pub tick: u64,
    /// Raised whenever relationships, roles or requests may have changed.
    pub relations: u64,
    /// Raised whenever what was typed and has not been sent changed.
    pub outbox: u64,
    /// Raised whenever a bulk action went on, or ended.
    pub bulk: u64,
    /// Where a link leads that was opened and has not been followed yet: it waits for a sign-in.
    pub link: Option<NavigationTarget>,
    /// Where forms are open: their pages stay as they are while one is at another.
    pub forms: Vec<Route>,
    /// Why the engine did not answer at the start.
    pub failed: Option<IpcError>,
}

impl Default for AppModel {
    fn default() -> Self {
        Self {
            version: String::new(),
            service: None,
            service_is_managed: false,
            session: Session::Opening,
            preferences: Preferences::default(),
            sync: SyncStatus { state: SyncState::SignedOut, as_of: None, history_pending: false, done_percent: None },
            left_closed: None,
            choices: 0,
            remembered: 0,
            tick: 0,
            relations: 0,
            outbox: 0,
            bulk: 0,
            link: None,
            forms: vec![],
            failed: None,
        }
    }
}

pub type Choice = Box<dyn FnOnce(&mut Preferences)>;

pub enum AppAction {
    /// The engine's first answer, or a fresh one.
    Loaded(Result<Box<AppState>, IpcError>),
    Service(ServiceState),
    Session(Session),
    Sync(SyncStatus),
    /// Another choice of the user. Applied to what holds by then, so that two at a time do not undo each other.
    Choose(Choice),
    /// The engine remembers the choices up to this one, or cannot.
    Remembered(u32),
    Data,
    Relations,
    Outbox,
    Bulk,
    /// A link was opened, or has been followed.
    Link(Option<NavigationTarget>),
    /// A form of a page is open at a place, or none is any more.
    Form(Section, Option<Route>),
}

impl AppModel {
    /// With what the engine says.
    pub fn loaded(self, state: AppState) -> Self {
        let AppState { version, service, service_is_managed, session, preferences, sync, left_closed } = state;
        // The engine answered before it had heard of a choice: that choice is later.
        let preferences = if self.choices == self.remembered { preferences } else { self.preferences };
        let (tick, relations) = (self.tick + 1, self.relations + 1);
        Self { version, service, service_is_managed, session, preferences, sync, left_closed, tick, relations, failed: None, ..self }
    }
}

impl Reducible for AppModel {
    type Action = AppAction;

    fn reduce(self: Rc<Self>, action: AppAction) -> Rc<Self> {
        let mut model = (*self).clone();
        match action {
            AppAction::Loaded(Ok(state)) => model = model.loaded(*state),
            AppAction::Loaded(Err(error)) => model.failed = Some(error),
            AppAction::Service(service) => model.service = Some(service),
            AppAction::Session(session) => model.session = session,
            AppAction::Sync(sync) => model.sync = sync,
            AppAction::Choose(choice) => {
                choice(&mut model.preferences);
                model.choices += u32::from(model.preferences != self.preferences);
            }
            AppAction::Remembered(choices) => model.remembered = model.remembered.max(choices),
            AppAction::Data => model.tick += 1,
            AppAction::Relations => model.relations += 1,
            AppAction::Outbox => model.outbox += 1,
            AppAction::Bulk => model.bulk += 1,
            AppAction::Link(link) => model.link = link,
            AppAction::Form(section, place) => {
                model.forms.retain(|form| form.section() != section);
                model.forms.extend(place);
            }
        }
        Rc::new(model)
    }
}

#[derive(Clone, PartialEq, Default)]
pub struct App {
    pub model: Rc<AppModel>,
    pub dispatch: Callback<AppAction>,
    /// Asks the engine for everything again: after a sign-in, for preferences are kept per user.
    pub reload: Callback<()>,
}

impl App {
    pub fn user(&self) -> Option<&SignedInUser> {
        match &self.model.session {
            Session::SignedIn { user, .. } => Some(user),
            _ => None,
        }
    }

    /// Whether the browser is open for the user to sign in again.
    pub fn is_signing_in_again(&self) -> bool {
        matches!(self.model.session, Session::SignedIn { again: true, .. })
    }

    /// Whether the user administers their own organisation in the portal (A31).
    pub fn is_administrator(&self) -> bool {
        let roles = self.user().map(|user| user.portal_roles.as_slice()).unwrap_or_default();
        roles.iter().any(|role| matches!(role, PortalRole::GlobalAdministrator | PortalRole::ManagedServiceAdministrator))
    }

    /// Whether nothing can be changed at present, because the service is out of reach or does not let the user in.
    pub fn is_cut_off(&self) -> bool {
        matches!(self.model.sync.state, SyncState::Offline { .. } | SyncState::AccessEnded { .. } | SyncState::SignedOut)
    }

    /// Whether a page shows the things of all customers (A17).
    pub fn is_over_all(&self, section: Section) -> bool {
        match section {
            Section::Incidents => self.model.preferences.all_tickets,
            Section::Rooms => self.model.preferences.all_rooms,
            _ => false,
        }
    }

    pub fn is_demo(&self) -> bool {
        self.model.service.as_ref().is_some_and(|service| service.demo == Some(true))
    }

    /// Chooses a customer at a page. One that shows the things of all is to show this customer's: that is what was asked for.
    pub fn choose_customer(&self, section: Section, customer: TenantId) {
        self.prefer(move |preferences| choose_customer(preferences, section, customer));
    }

    /// Makes the incident list one that has a customer's: their own where they are the one in the dropdown, for to change that takes the filter away;
    /// otherwise the one over all, in which it also `stays` where it is. Answers whether it is over all: rooms of several customers may have one name.
    pub fn show_incidents_of(&self, customer: TenantId, stays: bool) -> bool {
        let over_all = shows_over_all(&self.model.preferences, customer, stays);
        self.prefer(move |preferences| preferences.all_tickets = over_all);
        over_all
    }

    /// Shows another choice at once; the root has the engine remember it.
    pub fn prefer(&self, choice: impl FnOnce(&mut Preferences) + 'static) {
        self.dispatch.emit(AppAction::Choose(Box::new(choice)));
    }
}

fn choose_customer(preferences: &mut Preferences, section: Section, customer: TenantId) {
    preferences.customer = Some(customer);
    preferences.all_tickets &= section != Section::Incidents;
    preferences.all_rooms &= section != Section::Rooms;
}

fn shows_over_all(preferences: &Preferences, customer: TenantId, stays: bool) -> bool {
    preferences.customer != Some(customer) || (stays && preferences.all_tickets)
}

#[hook]
pub fn use_app() -> App {
    use_context::<App>().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tenantry_model::ipc::{Language, Theme};

    #[test]
    fn a17_choices_add_up_and_only_real_ones_are_counted() {
        let model = Rc::new(AppModel::default());
        let model = model.reduce(AppAction::Choose(Box::new(|preferences| preferences.all_tickets = true)));
        let model = model.reduce(AppAction::Choose(Box::new(|preferences| preferences.language = Some(Language::German))));
        let model = model.reduce(AppAction::Choose(Box::new(|preferences| preferences.theme = Theme::System)));
        assert!(model.preferences.all_tickets && model.preferences.language == Some(Language::German));
        assert_eq!(model.choices, 2);
    }

    fn tenant(n: u128) -> TenantId {
        TenantId::from_uuid(uuid::Uuid::from_u128(n))
    }

    #[test]
    fn a17_a_customer_is_chosen_for_the_page_where_one_is_and_the_other_stays_over_all() {
        for (section, all) in [(Section::Rooms, (true, false)), (Section::Incidents, (false, true)), (Section::Audit, (true, true))] {
            let mut preferences = Preferences { all_tickets: true, all_rooms: true, ..Preferences::default() };
            choose_customer(&mut preferences, section, tenant(1));
            assert_eq!((preferences.all_tickets, preferences.all_rooms), all, "{section:?}");
            assert_eq!(preferences.customer, Some(tenant(1)));
        }
    }

    #[test]
    fn a_room_is_shown_with_its_customer_unless_the_list_is_of_that_very_customer() {
        let list = |customer: u128, all_tickets| Preferences { customer: Some(tenant(customer)), all_tickets, ..Preferences::default() };
        assert!(!shows_over_all(&list(1, false), tenant(1), true) && !shows_over_all(&list(1, true), tenant(1), false));
        assert!(shows_over_all(&list(1, true), tenant(1), true), "the list over all stays");
        for (all_tickets, stays) in [(false, false), (false, true), (true, false), (true, true)] {
            assert!(shows_over_all(&list(2, all_tickets), tenant(1), stays), "a link led to another customer's");
        }
    }

    fn loaded(preferences: Preferences) -> AppAction {
        AppAction::Loaded(Ok(Box::new(AppState {
            version: "1.0.0".into(),
            service: None,
            service_is_managed: true,
            session: Session::SignedOut,
            preferences,
            sync: AppModel::default().sync,
            left_closed: None,
        })))
    }

    #[test]
    fn a_fresh_answer_of_the_engine_is_no_choice_of_the_user() {
        let model = Rc::new(AppModel::default()).reduce(loaded(Preferences { theme: Theme::Dark, ..Preferences::default() }));
        assert_eq!((model.preferences.theme, model.choices, model.tick), (Theme::Dark, 0, 1));
    }

    #[test]
    fn an_answer_that_was_given_before_the_engine_heard_of_a_choice_does_not_undo_it() {
        let model = Rc::new(AppModel::default());
        let model = model.reduce(AppAction::Choose(Box::new(|preferences| preferences.all_tickets = true)));
        let model = model.reduce(loaded(Preferences::default()));
        assert!(model.preferences.all_tickets && model.version == "1.0.0", "the choice stands, the rest is taken over");
        let model = model.reduce(AppAction::Remembered(1)).reduce(loaded(Preferences::default()));
        assert!(!model.preferences.all_tickets, "another person's, after a sign-in");
    }
}
