use std::rc::Rc;

use tenantry_model::api::requests::{Outcome, RequestRow};
use tenantry_model::api::roles::{AssignmentDetail, RoleDetail, RoleList};
use tenantry_model::id::{RoleId, TenantId};
use tenantry_model::ipc::{CustomerRow, GetRoles, IpcErrorKind};
use tenantry_model::permission::PermissionSet;
use tenantry_model::role::Role;
use yew::prelude::*;

use super::assignment_form::AssignmentForm;
use super::columns::{RoleLine, columns};
use super::delete::{self, Delete};
use super::detail::Detail;
use super::role_edit::RoleEdit;
use super::role_form::RoleForm;
use crate::components::button::Button;
use crate::components::empty::Empty;
use crate::components::icon::{Icon, glyph};
use crate::components::list_page::{ListPage, list_of, message};
use crate::components::notice::{Tone, cached, outcome, standing, why_not_now};
use crate::components::parked::Parked;
use crate::components::table::Table;
use crate::context::use_app;
use crate::domain_view::role_labels::role_called;
use crate::hooks::{FormTarget, FormsOf, OpenForm, UseForm, use_command, use_form, use_now, use_page_title, use_place};
use crate::i18n::{I18n, t, use_i18n};
use crate::remote::{LoadState, Remote};
use crate::route::{RoleTab, Route};
use crate::row_source::SharedRows;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Form {
    NewRole,
    EditRole(Box<RoleDetail>),
    NewAssignment(Role),
    EditAssignment(Role, Box<AssignmentDetail>),
    /// Away with a role, or with one of its assignments.
    Delete(Box<RoleDetail>, Option<Box<AssignmentDetail>>),
}

impl Form {
    /// The version that the form was opened with.
    fn version(&self) -> u64 {
        match self {
            Self::NewRole | Self::NewAssignment(_) => 0,
            Self::EditRole(role) | Self::Delete(role, None) => role.version,
            Self::EditAssignment(_, one) | Self::Delete(_, Some(one)) => one.version,
        }
    }

    fn title(&self, i18n: &I18n) -> String {
        match self {
            Self::NewRole => t!(i18n, "role-new"),
            Self::EditRole(role) => t!(i18n, "role-edit", role = role.role.name.clone()),
            Self::NewAssignment(_) => t!(i18n, "assignment-new"),
            Self::EditAssignment(_, one) => t!(i18n, "assignment-edit", assignment = role_called(i18n, &one.name)),
            Self::Delete(role, one) => t!(i18n, "delete-parked", what = delete::told(i18n, role, one.as_deref())),
        }
    }
}

#[derive(Properties, PartialEq)]
pub struct RolesProps {
    pub customer: Rc<Remote<CustomerRow>>,
}

/// What a form needs to know of the customer that it was opened for, as it was when the list was last seen.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Terms {
    pub(super) ceiling: PermissionSet,
    /// Whether what is sent becomes a request to the customer (R24).
    pub(super) needs_approval: bool,
}

/// What each form is given.
#[derive(Clone, PartialEq)]
pub(super) struct FormContext {
    pub(super) target: FormTarget,
    pub(super) terms: Terms,
    /// It was sent: how it went, and in words what was done.
    pub(super) on_done: Callback<(Outcome, String)>,
    pub(super) on_cancel: Callback<()>,
}

#[component]
pub fn Roles(props: &RolesProps) -> Html {
    let (i18n, app, now, place) = (use_i18n(), use_app(), use_now(), use_place());
    let title = use_page_title();
    let chosen = app.model.preferences.customer;
    let list = use_command::<GetRoles>(chosen, app.model.relations);
    let opened = use_form::<(Form, Terms)>(place.here, FormsOf::ChosenCustomer);
    let went = use_state(|| None::<(TenantId, Outcome, String)>);
    let taken = use_state(|| None::<RoleId>);
    let name = props.customer.data().map(|row| row.display_name.clone()).unwrap_or_default();
    let known: Option<Rc<RoleList>> = list.remote.data().map(|seen| Rc::new(seen.value.clone()));
    let open = match place.here {
        Route::Role { role, tab } => Some((role, tab)),
        _ => None,
    };
    let go = {
        let place = place.clone();
        Callback::from(move |to: Route| place.walk(to))
    };
    let on_open = {
        let tab = open.map_or(RoleTab::Properties, |(_, tab)| tab);
        go.reform(move |role: Option<RoleId>| role.map_or(Route::Roles, |role| Route::Role { role, tab }))
    };
    let on_form = {
        let (opened, went, known, name) = (opened.clone(), went.clone(), known.clone(), name.clone());
        Callback::from(move |form: Form| {
            if let (Some(customer), Some(list)) = (chosen, known.as_ref()) {
                went.set(None);
                let terms = Terms { ceiling: list.ceiling, needs_approval: list.needs_approval };
                opened.open(customer, name.clone(), form.version(), (form, terms));
            }
        })
    };
    let on_done = {
        let (opened, went, retry, taken) = (opened.clone(), went.clone(), list.retry.clone(), taken.setter());
        let open = open.map(|(role, _)| role);
        Callback::from(move |(target, outcome, text): (FormTarget, Outcome, String)| {
            taken.set(open);
            went.set(Some((target.customer, outcome, text)));
            opened.close(target.form);
            retry.emit(());
        })
    };
    let blocked = why_not_now(&i18n, &app)
        .or_else(|| known.as_ref().filter(|list| !list.may_modify).map(|_| t!(i18n, "roles-read-only", name = name.clone())))
        .or_else(|| {
            opened.get().map(|open| t!(i18n, "form-one-open", title = open.form.0.title(&i18n), name = open.target.name.to_string()))
        });
    let made_by_others =
        known.as_ref().filter(|list| !list.may_make).map(|_| t!(i18n, "roles-made-by-administrators", name = name.clone()));
    let make_blocked = blocked.clone().or(made_by_others);
    // Without the list nobody knows what may be made; only while it is on its way is there something to wait for.
    let unknown = match (chosen, list.remote.load_state()) {
        (None, _) => Some(t!(i18n, "choose-customer")),
        (_, LoadState::Failed(error)) => Some(i18n.label(error.kind)),
        _ => None,
    };
    let is_loading = known.is_none() && unknown.is_none();
    let content = match (chosen, list.remote.load_state()) {
        (None, _) => message(html! {
            <Empty icon={Icon::Building} title={t!(i18n, "rooms-choose-title")} text={t!(i18n, "roles-choose-text")} testid="roles-choose" />
        }),
        (_, LoadState::Failed(error)) if matches!(error.kind, IpcErrorKind::NotFound | IpcErrorKind::Refused) => message(html! {
            <Empty icon={Icon::Lock} title={t!(i18n, "roles-no-right-title")} text={t!(i18n, "roles-no-right-text", name = name.clone())} testid="no-right" />
        }),
        _ => list_of(&list.remote, &list.retry, |known| {
            html! { <>
                {requests(&i18n, &known.value.waiting)}
                <Table<RoleLine> label={&title} class="table--roles" columns={columns()} rows={Rc::new(RoleLine::all(&known.value)) as SharedRows<_>} {now} open={open.map(|(role, _)| role).filter(|role| known.value.roles.iter().any(|row| row.role.id == *role))} {on_open} taken={*taken} />
            </> }
        }),
    };
    let new_role = on_form.reform(|_: MouseEvent| Form::NewRole);
    let form_here = opened.is_open() && !opened.is_parked();
    let pane = match (open, chosen, &known) {
        // A dialog stands before everything; the pane behind it stays.
        (Some((role, tab)), Some(customer), Some(list))
            if !form_here || opened.get().is_some_and(|open| matches!(open.form.0, Form::Delete(..))) =>
        {
            html! {
                <Detail {customer} customer_name={name.clone()} {role} {tab} ceiling={list.ceiling} blocked={blocked.clone()} make_blocked={make_blocked.clone()} {on_form} on_close={go.reform(|()| Route::Roles)} />
            }
        }
        _ => html! {},
    };
    let head = html! { <>
        {cached(&i18n, &app, list.remote.data())}
        <div class="page__buttons">
            <button type="button" class="button" data-testid="open-access" onclick={go.reform(|_: MouseEvent| Route::Access)}>{glyph(Icon::Question)}{t!(i18n, "access")}</button>
            <Button class="button button--primary" testid="role-new" why={make_blocked.clone().or(unknown)} busy={is_loading} onclick={new_role}>{glyph(Icon::Plus)}{t!(i18n, "role-new")}</Button>
        </div>
    </> };
    // A parked form says so below the page; what is open beside the list makes place for itself.
    let pane = html! { <>{pane}{form(&i18n, &opened, on_done)}</> };
    html! {
        <ListPage {title} {head} {pane} split={open.is_some() || form_here}>
            if let Some((_, answer, text)) = went.as_ref().filter(|(customer, ..)| Some(*customer) == chosen) {
                <div class="page__notice">{outcome(&i18n, answer, text.clone())}</div>
            }
            {content}
        </ListPage>
    }
}

fn form(i18n: &I18n, opened: &UseForm<(Form, Terms)>, on_done: Callback<(FormTarget, Outcome, String)>) -> Html {
    let Some(OpenForm { target, form: (form, terms) }) = opened.get() else { return html! {} };
    let (target, name, on_discard) = (target.clone(), target.name.clone(), opened.on_close());
    let on_done = {
        let target = target.clone();
        on_done.reform(move |(outcome, text): (Outcome, String)| (target.clone(), outcome, text))
    };
    let context = FormContext { target, terms: *terms, on_done, on_cancel: on_discard.clone() };
    let content = match form {
        Form::NewRole => html! { <RoleForm {context} /> },
        Form::EditRole(role) => html! { <RoleEdit {context} was={(**role).clone()} /> },
        Form::NewAssignment(role) => {
            html! { <AssignmentForm {context} role={role.clone()} was={None::<AssignmentDetail>} /> }
        }
        Form::EditAssignment(role, one) => {
            html! { <AssignmentForm {context} role={role.clone()} was={Some((**one).clone())} /> }
        }
        // A question that stands before everything must not be asked out of sight.
        Form::Delete(..) if opened.is_parked() => html! {},
        Form::Delete(role, one) => {
            html! { <Delete {context} role={(**role).clone()} assignment={one.as_ref().map(|one| (**one).clone())} /> }
        }
    };
    html! {
        <Parked parked={opened.is_parked()} title={form.title(i18n)} {name} on_return={opened.on_return()} {on_discard}>{content}</Parked>
    }
}

fn requests(i18n: &I18n, waiting: &[RequestRow]) -> Html {
    if waiting.is_empty() {
        return html! {};
    }
    html! {
        <div class="page__notice">
            {standing(Tone::Waiting, "waiting-requests", html! { <>
                <p>{t!(i18n, "customer-waiting", count = waiting.len())}</p>
                <ul class="requests">
                    {for waiting.iter().map(|request| {
                        let role = role_called(i18n, &request.change.role);
                        let about = request.change.assignment.as_ref().map_or_else(|| role.clone(), |one| format!("{role} · {}", role_called(i18n, one)));
                        html! {
                            <li key={request.id.to_string()} data-testid="waiting-request">
                                <span>{i18n.label(request.change.action)}{": "}<strong>{about}</strong></span>
                                <span class="dim">{t!(i18n, "request-by", who = request.requested_by.display_name.clone(), moment = i18n.moment(request.requested_at))}</span>
                            </li>
                        }
                    })}
                </ul>
            </> })}
        </div>
    }
}
