//! Forms that stay with what they were opened for.

use tenantry_model::id::TenantId;
use tenantry_model::ipc::{FormId, GetCustomer, IpcErrorKind};
use uuid::Builder;
use yew::prelude::*;

use super::command::use_command;
use crate::context::{App, AppAction, use_app};
use crate::remote::LoadState;
use crate::route::Route;

/// What a form was opened for. It never changes: whatever the dropdown says by now, this is where the form is sent.
#[derive(Debug, Clone, PartialEq)]
pub struct FormTarget {
    pub customer: TenantId,
    /// The customer's name: buttons and headings of the form say it.
    pub name: AttrValue,
    /// The version of what is changed; 0 where something is created.
    pub version: u64,
    /// Names the form, so that what it creates is created once.
    pub form: FormId,
}

/// A form that is open.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenForm<F> {
    pub target: FormTarget,
    /// Which form it is.
    pub form: F,
}

/// Whom the forms of a page are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormsOf {
    /// The customer of the dropdown: a form is parked while the dropdown shows another one, and gone with its customer (R62).
    ChosenCustomer,
    /// The own organisation: the dropdown does not matter.
    OwnOrganisation,
}

/// See [`use_form`].
#[derive(Clone, PartialEq)]
pub struct UseForm<F> {
    open: UseStateHandle<Option<OpenForm<F>>>,
    of: FormsOf,
    app: App,
}

impl<F: Clone + 'static> UseForm<F> {
    /// The form that is open.
    pub fn get(&self) -> Option<&OpenForm<F>> {
        self.open.as_ref()
    }

    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Opens a form for this customer. Nothing happens while another one is open.
    pub fn open(&self, customer: TenantId, name: impl Into<AttrValue>, version: u64, form: F) {
        if self.open.is_none() {
            let target = FormTarget { customer, name: name.into(), version, form: new_form() };
            self.open.set(Some(OpenForm { target, form }));
        }
    }

    /// Closes it, sent or given up.
    pub fn close(&self) {
        self.open.set(None);
    }

    /// Closes it, as a button does.
    pub fn on_close(&self) -> Callback<()> {
        let form = self.clone();
        Callback::from(move |()| form.close())
    }

    /// Whether the form is out of the way, because the dropdown shows another customer than it was opened for.
    pub fn is_parked(&self) -> bool {
        let customer = self.open.as_ref().map(|open| open.target.customer);
        self.of == FormsOf::ChosenCustomer && is_parked(customer, self.app.model.preferences.customer)
    }

    /// Brings a parked form back: the dropdown goes to its customer.
    pub fn on_return(&self) -> Callback<()> {
        let (app, customer) = (self.app.clone(), self.open.as_ref().map(|open| open.target.customer));
        Callback::from(move |()| app.prefer(move |preferences| preferences.customer = customer.or(preferences.customer)))
    }
}

fn is_parked(form: Option<TenantId>, chosen: Option<TenantId>) -> bool {
    form.is_some_and(|customer| chosen != Some(customer))
}

/// The one form that the page at this place may have open. It stays as it is while one is at another page, and the navigation leads back to
/// it; `components::parked` shows a parked one.
#[hook]
pub fn use_form<F: Clone + 'static>(place: Route, of: FormsOf) -> UseForm<F> {
    let app = use_app();
    let open = use_state(|| None::<OpenForm<F>>);
    use_open_form(place, open.is_some());
    let about = open.as_ref().filter(|_| of == FormsOf::ChosenCustomer).map(|open| open.target.customer);
    let customer = use_command::<GetCustomer>(about, app.model.tick);
    let gone = matches!(customer.remote.load_state(), LoadState::Failed(error) if error.kind == IpcErrorKind::NotFound);
    // While everything is fetched anew, nothing is known to be gone.
    use_effect_with(gone && app.model.sync.as_of.is_some() && about.is_some(), {
        let open = open.setter();
        move |gone| {
            if *gone {
                open.set(None);
            }
        }
    });
    UseForm { open, of, app }
}

/// While a form is open at this place, its page stays as it is when one goes to another page, and the navigation leads back to it.
#[hook]
pub fn use_open_form(place: Route, open: bool) {
    let app = use_app();
    use_effect_with((place, open), {
        let dispatch = app.dispatch.clone();
        move |(place, open)| dispatch.emit(AppAction::Form(place.section(), open.then_some(*place)))
    });
    use_effect_with((), move |()| move || app.dispatch.emit(AppAction::Form(place.section(), None)));
}

/// A name for a form that was just opened.
pub fn new_form() -> FormId {
    let mut bytes = [0_u8; 16];
    if let Some(crypto) = web_sys::window().and_then(|window| window.crypto().ok()) {
        // Fails for more than 64 KB alone.
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    FormId(Builder::from_random_bytes(bytes).into_uuid())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_parked_exactly_while_the_dropdown_shows_another_customer() {
        let [one, other] = [1, 2].map(|n| TenantId::from_uuid(uuid::Uuid::from_u128(n)));
        assert!(!is_parked(None, Some(one)));
        assert!(!is_parked(Some(one), Some(one)));
        assert!(is_parked(Some(one), Some(other)));
        assert!(is_parked(Some(one), None), "no customer is another one");
    }
}
