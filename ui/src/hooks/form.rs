//! Forms that stay with what they were opened for.

use std::rc::Rc;

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

#[derive(Debug, Clone, PartialEq)]
pub struct OpenForm<F> {
    pub target: FormTarget,
    pub form: F,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormsOf {
    /// The customer of the dropdown: a form is parked while the dropdown shows another one, and gone with its customer (R62).
    ChosenCustomer,
    /// What its place names: the dropdown does not matter.
    Place,
}

#[derive(PartialEq)]
struct Held<F>(Option<OpenForm<F>>);

type Fill<F> = Box<dyn FnOnce(Option<&F>) -> Option<F>>;

enum FormAction<F> {
    Open(OpenForm<F>),
    Close(FormId),
    Fill(FormTarget, Fill<F>),
}

impl<F: PartialEq + 'static> Reducible for Held<F> {
    type Action = FormAction<F>;

    fn reduce(self: Rc<Self>, action: FormAction<F>) -> Rc<Self> {
        match (action, &self.0) {
            (FormAction::Open(form), None) => Rc::new(Self(Some(form))),
            (FormAction::Close(id), Some(open)) if open.target.form == id => Rc::new(Self(None)),
            (FormAction::Fill(target, fill), open) => {
                let before = open.as_ref().map(|open| &open.form);
                let filled = fill(before);
                if filled.as_ref() == before {
                    return self;
                }
                let target = match open {
                    Some(open) => FormTarget { form: target.form, ..open.target.clone() },
                    None => target,
                };
                Rc::new(Self(filled.map(|form| OpenForm { target, form })))
            }
            _ => self,
        }
    }
}

#[derive(Clone, PartialEq)]
pub struct UseForm<F: PartialEq + 'static> {
    open: UseReducerHandle<Held<F>>,
    of: FormsOf,
    app: App,
}

impl<F: Clone + PartialEq + 'static> UseForm<F> {
    pub fn get(&self) -> Option<&OpenForm<F>> {
        self.open.0.as_ref()
    }

    pub fn is_open(&self) -> bool {
        self.open.0.is_some()
    }

    /// Opens a form for this customer. Nothing happens while another one is open.
    pub fn open(&self, customer: TenantId, name: impl Into<AttrValue>, version: u64, form: F) {
        let target = FormTarget { customer, name: name.into(), version, form: new_form() };
        self.open.dispatch(FormAction::Open(OpenForm { target, form }));
    }

    /// Fills in a form that is open while there is something in it. Other content is another form, with a name of its own: the service refuses one
    /// that is sent again with other content. Without content it is closed.
    pub fn fill(&self, customer: TenantId, name: impl Into<AttrValue>, fill: impl FnOnce(Option<&F>) -> Option<F> + 'static) {
        let target = FormTarget { customer, name: name.into(), version: 0, form: new_form() };
        self.open.dispatch(FormAction::Fill(target, Box::new(fill)));
    }

    /// Closes this form, sent or given up. Another one may be open by now: it stays.
    pub fn close(&self, form: FormId) {
        self.open.dispatch(FormAction::Close(form));
    }

    /// Closes the form that is shown.
    pub fn on_close(&self) -> Callback<()> {
        let (opened, shown) = (self.clone(), self.get().map(|open| open.target.form));
        Callback::from(move |()| {
            if let Some(form) = shown {
                opened.close(form);
            }
        })
    }

    /// Whether the form is out of the way, because the dropdown shows another customer than it was opened for.
    pub fn is_parked(&self) -> bool {
        let customer = self.get().map(|open| open.target.customer);
        self.of == FormsOf::ChosenCustomer && is_parked(customer, self.app.model.preferences.customer)
    }

    /// Brings a parked form back: the dropdown goes to its customer.
    pub fn on_return(&self) -> Callback<()> {
        let (app, customer) = (self.app.clone(), self.get().map(|open| open.target.customer));
        Callback::from(move |()| app.prefer(move |preferences| preferences.customer = customer.or(preferences.customer)))
    }
}

fn is_parked(form: Option<TenantId>, chosen: Option<TenantId>) -> bool {
    form.is_some_and(|customer| chosen != Some(customer))
}

/// The one form that the page at this place may have open. It stays as it is while one is at another page, and the navigation leads back to
/// it; `components::parked` shows a parked one.
#[hook]
pub fn use_form<F: Clone + PartialEq + 'static>(place: Route, of: FormsOf) -> UseForm<F> {
    use_form_while(place, of, true)
}

/// The same, where a form may be over before it is closed: nothing leads back to it then.
#[hook]
pub fn use_form_while<F: Clone + PartialEq + 'static>(place: Route, of: FormsOf, may_be_sent: bool) -> UseForm<F> {
    let app = use_app();
    let open = use_reducer(|| Held(None::<OpenForm<F>>));
    use_open_form(place, may_be_sent && open.0.is_some());
    let about = open.0.as_ref().filter(|_| of == FormsOf::ChosenCustomer).map(|open| (open.target.customer, open.target.form));
    let customer = use_command::<GetCustomer>(about.map(|(customer, _)| customer), app.model.tick);
    let gone = matches!(customer.remote.load_state(), LoadState::Failed(error) if error.kind == IpcErrorKind::NotFound);
    // While everything is fetched anew, nothing is known to be gone.
    use_effect_with(about.filter(|_| gone && app.model.sync.as_of.is_some()), {
        let open = open.dispatcher();
        move |gone| {
            if let Some((_, form)) = *gone {
                open.dispatch(FormAction::Close(form));
            }
        }
    });
    UseForm { open, of, app }
}

#[hook]
fn use_open_form(place: Route, open: bool) {
    let app = use_app();
    use_effect_with((place, open), {
        let dispatch = app.dispatch.clone();
        move |(place, open)| dispatch.emit(AppAction::Form(place.section(), open.then_some(*place)))
    });
    use_effect_with((), move |()| move || app.dispatch.emit(AppAction::Form(place.section(), None)));
}

/// A name for a form that nobody opened before.
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
    fn an_answer_closes_its_own_form_and_another_one_is_not_opened_beside_it() {
        let form = |n: u128| {
            let id = uuid::Uuid::from_u128(n);
            let target = FormTarget { customer: TenantId::from_uuid(id), name: "C".into(), version: 0, form: FormId(id) };
            (FormId(id), OpenForm { target, form: n })
        };
        let ((first, one), (second, other)) = (form(1), form(2));
        let held = Rc::new(Held(None)).reduce(FormAction::Open(one.clone())).reduce(FormAction::Open(other.clone()));
        assert_eq!(held.0, Some(one));
        let held = held.reduce(FormAction::Close(first)).reduce(FormAction::Open(other.clone()));
        let held = held.reduce(FormAction::Close(first));
        assert_eq!(held.0, Some(other), "the answer came late");
        assert_eq!(held.reduce(FormAction::Close(second)).0, None);
    }

    #[test]
    fn other_content_is_another_form_of_the_same_customer_and_none_is_none() {
        let target = |n: u128| {
            let id = uuid::Uuid::from_u128(n);
            FormTarget { customer: TenantId::from_uuid(id), name: "C".into(), version: 0, form: FormId(id) }
        };
        let filled =
            |held: Rc<Held<u32>>, n: u128, content: Option<u32>| held.reduce(FormAction::Fill(target(n), Box::new(move |_| content)));
        let held = filled(Rc::new(Held(None)), 1, Some(7));
        let held = filled(held, 2, Some(7));
        assert_eq!(held.0.as_ref().map(|open| open.target.clone()), Some(target(1)), "the same content is the same form");
        let held = filled(held, 3, Some(8));
        let open = held.0.clone().unwrap();
        assert_eq!((open.form, open.target.form, open.target.customer), (8, target(3).form, target(1).customer));
        assert_eq!(filled(held, 4, None).0, None);
    }

    #[test]
    fn a_form_is_parked_exactly_while_the_dropdown_shows_another_customer() {
        let [one, other] = [1, 2].map(|n| TenantId::from_uuid(uuid::Uuid::from_u128(n)));
        assert!(!is_parked(None, Some(one)));
        assert!(!is_parked(Some(one), Some(one)));
        assert!(is_parked(Some(one), Some(other)));
        assert!(is_parked(Some(one), None), "no customer is another one");
    }
}
