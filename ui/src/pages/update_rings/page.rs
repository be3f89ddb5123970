use std::rc::Rc;

use tenantry_model::api::requests::Outcome;
use tenantry_model::api::update_rings::{RingList, UpdateRingRow};
use tenantry_model::id::{TenantId, UpdateRingId};
use tenantry_model::ipc::{CustomerRow, GetUpdateRings, IpcErrorKind};
use tenantry_model::permission::Permission;
use tenantry_model::update_ring::RingPreset;
use yew::prelude::*;

use super::columns::{LineKey, columns};
use super::delete::{Delete, told};
use super::detail::Detail;
use super::form::RingForm;
use super::move_rooms::MoveRooms;
use super::view_model::{Line, lines, ring, why_not_add};
use crate::components::button::Button;
use crate::components::empty::Empty;
use crate::components::icon::{Icon, glyph};
use crate::components::list_page::{ListPage, list_of, message};
use crate::components::notice::{Tone, cached, no_right, outcome, standing, why_not_now};
use crate::components::pane::Pane;
use crate::components::parked::Parked;
use crate::components::table::Table;
use crate::context::use_app;
use crate::domain_view::update_tabs::UpdateTabs;
use crate::hooks::{FormTarget, FormsOf, OpenForm, UseForm, use_command, use_form, use_now, use_page_title, use_place};
use crate::i18n::{I18n, t, use_i18n};
use crate::remote::{LoadState, Remote};
use crate::route::{Route, Section};
use crate::row_source::SharedRows;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Form {
    New,
    Edit(Box<UpdateRingRow>),
    Move(Box<UpdateRingRow>),
    Delete(Box<UpdateRingRow>),
}

/// A form with the rings that it was opened over.
type Opened = (Form, Rc<RingList>);

impl Form {
    /// The version that the form was opened with.
    fn version(&self) -> u64 {
        match self {
            Self::New => 0,
            Self::Edit(ring) | Self::Move(ring) | Self::Delete(ring) => ring.version,
        }
    }

    fn title(&self, i18n: &I18n) -> String {
        match self {
            Self::New => t!(i18n, "ring-new"),
            Self::Edit(ring) => t!(i18n, "ring-edit", ring = ring.name.clone()),
            Self::Move(ring) => t!(i18n, "ring-move-title", ring = ring.name.clone()),
            Self::Delete(ring) => t!(i18n, "delete-parked", what = told(i18n, ring)),
        }
    }
}

#[derive(Properties, PartialEq)]
pub struct UpdateRingsProps {
    pub customer: Rc<Remote<CustomerRow>>,
}

/// What each form is given.
#[derive(Clone, PartialEq)]
pub(super) struct FormContext {
    pub(super) target: FormTarget,
    /// The customer's rings when the form was opened.
    pub(super) list: Rc<RingList>,
    /// It was sent: what came of it, and what to say of it where it was done.
    pub(super) on_done: Callback<(Outcome, String)>,
    pub(super) on_cancel: Callback<()>,
}

impl FormContext {
    /// That it becomes a request, where it does (A18).
    pub(super) fn asks(&self, i18n: &I18n, list: &RingList) -> Html {
        if !list.needs_approval {
            return html! {};
        }
        standing(Tone::Waiting, "needs-approval", html! { {t!(i18n, "needs-approval-rings", name = self.target.name.to_string())} })
    }
}

/// The rings of the form's customer as they are now, whichever customer the dropdown says by now; and what asks for them anew.
#[hook]
pub(super) fn use_rings(context: &FormContext) -> (Rc<RingList>, Callback<()>) {
    let app = use_app();
    let current = use_command::<GetUpdateRings>(Some(context.target.customer), app.model.relations);
    let list = current.remote.data().map_or_else(|| context.list.clone(), |seen| Rc::new(seen.value.clone()));
    (list, current.retry)
}

#[component]
pub fn UpdateRings(props: &UpdateRingsProps) -> Html {
    let (i18n, app, now, place) = (use_i18n(), use_app(), use_now(), use_place());
    let title = use_page_title();
    let chosen = app.model.preferences.customer;
    let list = use_command::<GetUpdateRings>(chosen, app.model.relations);
    let opened = use_form::<Opened>(place.here, FormsOf::ChosenCustomer);
    let went = use_state(|| None::<(TenantId, Outcome, String)>);
    let taken = use_state(|| None::<LineKey>);
    let row = props.customer.data();
    let name = row.map(|row| row.display_name.clone()).unwrap_or_default();
    let rows = use_memo(list.remote.clone(), |remote| remote.data().map(|seen| lines(&seen.value)).unwrap_or_default());
    let known = list.remote.data().map(|seen| &seen.value);
    let open = match place.here {
        Route::UpdateRing { ring } => Some(ring),
        _ => None,
    };
    let go = {
        let place = place.clone();
        Callback::from(move |to: Route| place.walk(to))
    };
    let on_open = {
        let go = go.clone();
        Callback::from(move |line: Option<LineKey>| match line {
            Some(LineKey::Ring(ring)) => go.emit(Route::UpdateRing { ring }),
            // What all take together is no thing of its own.
            Some(LineKey::Total) => {}
            None => go.emit(Route::UpdateRings),
        })
    };
    let on_form = {
        let (opened, went, name, list) = (opened.clone(), went.clone(), name.clone(), known.cloned().map(Rc::new));
        Callback::from(move |form: Form| {
            if let (Some(customer), Some(list)) = (chosen, list.clone()) {
                went.set(None);
                opened.open(customer, name.clone(), form.version(), (form, list));
            }
        })
    };
    let on_done = {
        let (opened, went, retry, go, taken) = (opened.clone(), went.clone(), list.retry.clone(), go.clone(), taken.setter());
        Callback::from(move |(target, form, outcome, text): (FormTarget, Form, Outcome, String)| {
            let made = if let Outcome::Done(done) = &outcome { done.id } else { None };
            went.set(Some((target.customer, outcome, text)));
            opened.close(target.form);
            retry.emit(());
            // What is new opens, and what is gone leaves no pane behind.
            match (form, made) {
                (Form::New, Some(id)) => go.emit(Route::UpdateRing { ring: UpdateRingId::from_uuid(id) }),
                (Form::Delete(was), _) => {
                    taken.set(Some(LineKey::Ring(was.id)));
                    go.emit(Route::UpdateRings);
                }
                _ => {}
            }
        })
    };
    let blocked = why_not_now(&i18n, &app)
        .or_else(|| {
            opened.get().map(|open| t!(i18n, "form-one-open", title = open.form.0.title(&i18n), name = open.target.name.to_string()))
        })
        .or_else(|| no_right(&i18n, row, Permission::RingsModify));
    let unknown = chosen.is_none().then(|| t!(i18n, "choose-customer"));
    let loading = known.is_none().then(|| t!(i18n, "loading"));
    let why_not_new = unknown.or_else(|| blocked.clone()).or_else(|| known.and_then(|list| why_not_add(&i18n, list))).or(loading);
    let content = match (chosen, list.remote.load_state()) {
        (None, _) => message(html! {
            <Empty icon={Icon::Building} title={t!(i18n, "rooms-choose-title")} text={t!(i18n, "rings-choose-text")} testid="rings-choose" />
        }),
        (_, LoadState::Failed(error)) if matches!(error.kind, IpcErrorKind::NotFound | IpcErrorKind::Refused) => message(html! {
            <Empty icon={Icon::Lock} title={t!(i18n, "rings-no-right-title")} text={t!(i18n, "rings-no-right-text", name = name.clone())} testid="no-right" />
        }),
        _ => list_of(&list.remote, &list.retry, |seen| {
            let open = open.filter(|id| ring(&seen.value, *id).is_some()).map(LineKey::Ring);
            html! {
                <Table<Line> label={&title} columns={columns()} rows={rows.clone() as SharedRows<_>} {now} {open} {on_open} taken={*taken} />
            }
        }),
    };
    let list_is_now = list.remote.data().is_some_and(|seen| seen.current);
    let form_here = opened.is_open() && !opened.is_parked();
    let pane = match (open, chosen, known) {
        // A dialog stands before everything; the pane behind it stays.
        (Some(id), Some(customer), Some(list)) if !form_here || opened.get().is_some_and(|open| matches!(open.form.0, Form::Delete(_))) => {
            let gone = || {
                if list_is_now {
                    missing(&i18n, go.reform(|()| Route::UpdateRings))
                } else {
                    html! {}
                }
            };
            ring(list, id).map_or_else(gone, |ring| {
                html! {
                    <Detail key={id.to_string()} {customer} customer_name={name.clone()} list={list.clone()} ring={ring.clone()} {blocked} on_form={on_form.clone()} on_close={go.reform(|()| Route::UpdateRings)} />
                }
            })
        }
        _ => html! {},
    };
    let head = html! { <>
        <UpdateTabs up={Section::UpdateRings} />
        {cached(&i18n, &app, list.remote.data())}
        <div class="page__buttons">
            <Button class="button button--primary" testid="ring-new" why={why_not_new} onclick={on_form.reform(|_: MouseEvent| Form::New)}>{glyph(Icon::Plus)}{t!(i18n, "ring-new")}</Button>
        </div>
    </> };
    // A parked form says so below the page; what is open beside the list makes place for itself.
    let pane = html! { <>{pane}{form(&i18n, &opened, on_done)}</> };
    let split = form_here || open.is_some_and(|id| known.is_some_and(|list| list_is_now || ring(list, id).is_some()));
    html! {
        <ListPage {title} {head} {pane} {split}>
            if let Some((_, done, text)) = went.as_ref().filter(|(customer, ..)| Some(*customer) == chosen) {
                <div class="page__notice">{outcome(&i18n, done, text.clone())}</div>
            }
            {content}
        </ListPage>
    }
}

/// A ring that is gone, or never was: there is no telling.
fn missing(i18n: &I18n, on_close: Callback<()>) -> Html {
    html! {
        <Pane title={t!(i18n, "ring")} testid="ring-missing" {on_close}>
            <div class="pane__body" tabindex="0"><p class="dim">{i18n.label(IpcErrorKind::NotFound)}</p></div>
        </Pane>
    }
}

fn form(i18n: &I18n, opened: &UseForm<Opened>, on_done: Callback<(FormTarget, Form, Outcome, String)>) -> Html {
    let Some(OpenForm { target, form: (form, list) }) = opened.get() else { return html! {} };
    let (target, name, on_discard) = (target.clone(), target.name.clone(), opened.on_close());
    let on_done = {
        let (target, form) = (target.clone(), form.clone());
        on_done.reform(move |(outcome, text): (Outcome, String)| (target.clone(), form.clone(), outcome, text))
    };
    let context = FormContext { target, list: list.clone(), on_done, on_cancel: on_discard.clone() };
    let content = match form {
        Form::New => html! { <RingForm {context} was={None::<UpdateRingRow>} /> },
        Form::Edit(was) => html! { <RingForm {context} was={Some((**was).clone())} /> },
        Form::Move(was) => html! { <MoveRooms {context} was={(**was).clone()} /> },
        // A question that stands before everything must not be asked out of sight.
        Form::Delete(_) if opened.is_parked() => html! {},
        Form::Delete(was) => {
            let general = list.rings.iter().find(|ring| ring.built_in == Some(RingPreset::General));
            let general = general.map(|ring| ring.name.clone()).unwrap_or_default();
            html! { <Delete {context} was={(**was).clone()} {general} /> }
        }
    };
    html! {
        <Parked parked={opened.is_parked()} title={form.title(i18n)} {name} on_return={opened.on_return()} {on_discard}>{content}</Parked>
    }
}
