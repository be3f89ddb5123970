//! Forms that stay with what they were opened for.

use tenantry_model::id::TenantId;
use tenantry_model::ipc::FormId;
use uuid::Builder;
use yew::prelude::*;

use crate::context::{App, AppAction, use_app};
use crate::route::Route;

/// What a form was opened for. It is never re-aimed: whatever the dropdown says by now, this is where it is sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Aim {
    /// The customer.
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
pub struct Held<F> {
    /// What it was opened for.
    pub aim: Aim,
    /// Which form it is.
    pub form: F,
}

/// See [`use_form_lock`].
#[derive(Clone, PartialEq)]
pub struct FormLock<F> {
    held: UseStateHandle<Option<Held<F>>>,
    app: App,
}

impl<F: Clone + 'static> FormLock<F> {
    /// The form that is open.
    pub fn held(&self) -> Option<&Held<F>> {
        self.held.as_ref()
    }

    /// Opens a form for this customer. Nothing happens while another one is open.
    pub fn open(&self, customer: TenantId, name: impl Into<AttrValue>, version: u64, form: F) {
        if self.held.is_none() {
            let aim = Aim { customer, name: name.into(), version, form: new_form() };
            self.held.set(Some(Held { aim, form }));
        }
    }

    /// Closes it, sent or given up.
    pub fn close(&self) {
        self.held.set(None);
    }

    /// Whether the form is out of the way, because the dropdown shows another customer than it was opened for.
    pub fn is_parked(&self) -> bool {
        is_parked(self.held.as_ref().map(|held| held.aim.customer), self.app.model.preferences.customer)
    }

    /// Brings a parked form back: the dropdown goes to its customer.
    pub fn come_back(&self) {
        if let Some(held) = self.held.as_ref() {
            let customer = held.aim.customer;
            self.app.prefer(move |preferences| preferences.customer = Some(customer));
        }
    }
}

fn is_parked(form: Option<TenantId>, chosen: Option<TenantId>) -> bool {
    form.is_some_and(|customer| chosen != Some(customer))
}

/// Holds the one form that a page about the dropdown's customer may have open. See [`FormLock`]; `components::parked` shows a parked one.
#[hook]
pub fn use_form_lock<F: Clone + 'static>() -> FormLock<F> {
    let app = use_app();
    FormLock { held: use_state(|| None), app }
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

/// A name for a form that lives as long as its component.
#[hook]
pub fn use_form_id() -> FormId {
    *use_memo((), |()| new_form())
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
