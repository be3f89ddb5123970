use std::collections::BTreeSet;
use std::rc::Rc;

use tenantry_model::api::requests::Done;
use tenantry_model::api::room_groups::{RoomGroupDetail, RoomGroupRow};
use tenantry_model::id::{RoomGroupId, TenantId};
use tenantry_model::ipc::{CustomerRow, GetRoomGroups, IpcErrorKind};
use tenantry_model::permission::Permission;
use yew::prelude::*;

use super::columns::columns;
use super::delete::{self, Delete};
use super::detail::Detail;
use super::form::{GroupEdit, GroupForm};
use super::view_model::shown;
use crate::components::button::Button;
use crate::components::empty::Empty;
use crate::components::icon::{Icon, glyph};
use crate::components::list_page::{ListPage, list_of, message};
use crate::components::live::Count;
use crate::components::notice::{Tone, cached, no_right, notice, why_not_now};
use crate::components::parked::Parked;
use crate::components::table::Table;
use crate::context::use_app;
use crate::hooks::{FormTarget, FormsOf, OpenForm, UseForm, use_changes, use_command, use_form, use_now, use_page_title, use_place};
use crate::i18n::{I18n, t, use_i18n};
use crate::remote::{LoadState, Remote};
use crate::route::Route;
use crate::row_source::SharedRows;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Form {
    New,
    Edit(Box<RoomGroupDetail>),
    Delete(Box<RoomGroupDetail>),
}

impl Form {
    /// The version that the form was opened with.
    fn version(&self) -> u64 {
        match self {
            Self::New => 0,
            Self::Edit(group) | Self::Delete(group) => group.version,
        }
    }

    fn title(&self, i18n: &I18n) -> String {
        match self {
            Self::New => t!(i18n, "group-new"),
            Self::Edit(group) => t!(i18n, "group-edit", group = group.group.name.clone()),
            Self::Delete(group) => t!(i18n, "delete-parked", what = delete::told(i18n, group)),
        }
    }
}

#[derive(Properties, PartialEq)]
pub struct RoomGroupsProps {
    pub customer: Rc<Remote<CustomerRow>>,
    /// What is searched for.
    pub text: AttrValue,
}

/// What each form is given.
#[derive(Clone, PartialEq)]
pub(super) struct FormContext {
    pub(super) target: FormTarget,
    /// It was sent: what was done, also in words.
    pub(super) on_done: Callback<(Done, String)>,
    pub(super) on_cancel: Callback<()>,
}

#[component]
pub fn RoomGroups(props: &RoomGroupsProps) -> Html {
    let (i18n, app, now, place) = (use_i18n(), use_app(), use_now(), use_place());
    let title = use_page_title();
    let chosen = app.model.preferences.customer;
    let list = use_command::<GetRoomGroups>(chosen, app.model.relations);
    let opened = use_form::<Form>(place.here, FormsOf::ChosenCustomer);
    let went = use_state(|| None::<(TenantId, String)>);
    let taken = use_state(|| None::<RoomGroupId>);
    let row = props.customer.data();
    let name = row.map(|row| row.display_name.clone()).unwrap_or_default();
    let rows = use_memo((list.remote.clone(), props.text.clone()), |(remote, text)| {
        remote.data().map(|seen| shown(&seen.value, text)).unwrap_or_default()
    });
    let searches = use_changes((chosen, props.text.clone()));
    let open = match place.here {
        Route::RoomGroup { group } => Some(group),
        _ => None,
    };
    let go = {
        let place = place.clone();
        Callback::from(move |to: Route| place.walk(to))
    };
    let on_open = go.reform(|group: Option<RoomGroupId>| group.map_or(Route::RoomGroups, |group| Route::RoomGroup { group }));
    let on_form = {
        let (opened, went, name) = (opened.clone(), went.clone(), name.clone());
        Callback::from(move |form: Form| {
            if let Some(customer) = chosen {
                went.set(None);
                opened.open(customer, name.clone(), form.version(), form);
            }
        })
    };
    let on_done = {
        let (opened, went, retry, go, taken) = (opened.clone(), went.clone(), list.retry.clone(), go.clone(), taken.setter());
        Callback::from(move |(target, form, done, text): (FormTarget, Form, Done, String)| {
            went.set(Some((target.customer, text)));
            opened.close(target.form);
            retry.emit(());
            // What is new opens, and what is gone leaves no pane behind.
            match (form, done.id) {
                (Form::New, Some(id)) => go.emit(Route::RoomGroup { group: RoomGroupId::from_uuid(id) }),
                (Form::Delete(was), _) => {
                    taken.set(Some(was.group.id));
                    go.emit(Route::RoomGroups);
                }
                _ => {}
            }
        })
    };
    let blocked = why_not_now(&i18n, &app).or_else(|| {
        opened.get().map(|open| t!(i18n, "form-one-open", title = open.form.title(&i18n), name = open.target.name.to_string()))
    });
    let unknown = chosen.is_none().then(|| t!(i18n, "choose-customer"));
    let why_not_new = blocked.clone().or(unknown).or_else(|| no_right(&i18n, row, Permission::GroupsCreate));
    let content = match (chosen, list.remote.load_state()) {
        (None, _) => message(html! {
            <Empty icon={Icon::Building} title={t!(i18n, "rooms-choose-title")} text={t!(i18n, "groups-choose-text")} testid="groups-choose" />
        }),
        (_, LoadState::Failed(error)) if matches!(error.kind, IpcErrorKind::NotFound | IpcErrorKind::Refused) => message(html! {
            <Empty icon={Icon::Lock} title={t!(i18n, "groups-no-right-title")} text={t!(i18n, "groups-no-right-text", name = name.clone())} testid="no-right" />
        }),
        _ => list_of(&list.remote, &list.retry, |known| {
            if !rows.is_empty() {
                let open = open.filter(|group| known.value.iter().any(|row| row.id == *group));
                return html! {
                    <Table<RoomGroupRow> label={&title} class="table--groups" columns={columns()} rows={rows.clone() as SharedRows<_>} {now} {open} {on_open} taken={*taken} />
                };
            }
            message(if known.value.is_empty() {
                html! { <Empty icon={Icon::Several} title={t!(i18n, "groups-none-title")} text={t!(i18n, "groups-none-text", name = name.clone())} testid="groups-none" /> }
            } else {
                html! { <Empty icon={Icon::Search} title={t!(i18n, "groups-no-match")} text={t!(i18n, "no-match-text")} testid="no-match" /> }
            })
        }),
    };
    let form_here = opened.is_open() && !opened.is_parked();
    let pane = match (open, chosen) {
        // A dialog stands before everything; the pane behind it stays.
        (Some(group), Some(customer))
            if list.remote.data().is_some() && (!form_here || opened.get().is_some_and(|open| matches!(open.form, Form::Delete(_)))) =>
        {
            html! {
                <Detail key={group.to_string()} {customer} customer_name={name.clone()} {group} {blocked} on_form={on_form.clone()} on_close={go.reform(|()| Route::RoomGroups)} />
            }
        }
        _ => html! {},
    };
    let count = list.remote.data().map(|_| AttrValue::from(t!(i18n, "groups-picked", count = rows.len())));
    let head = html! { <>
        {cached(&i18n, &app, list.remote.data())}
        <Count text={count} cause={searches} testid="group-matches" />
        <div class="page__buttons">
            <Button class="button button--primary" testid="group-new" why={why_not_new} onclick={on_form.reform(|_: MouseEvent| Form::New)}>{glyph(Icon::Plus)}{t!(i18n, "group-new")}</Button>
        </div>
    </> };
    // A parked form says so below the page; what is open beside the list makes place for itself.
    let pane = html! { <>{pane}{form(&i18n, &opened, on_done)}</> };
    html! {
        <ListPage {title} {head} {pane} split={open.is_some() || form_here}>
            if let Some((_, text)) = went.as_ref().filter(|(customer, _)| Some(*customer) == chosen) {
                <div class="page__notice">{notice(Tone::Good, "outcome-done", html! { {text} })}</div>
            }
            {content}
        </ListPage>
    }
}

fn form(i18n: &I18n, opened: &UseForm<Form>, on_done: Callback<(FormTarget, Form, Done, String)>) -> Html {
    let Some(OpenForm { target, form }) = opened.get() else { return html! {} };
    let (target, name, on_discard) = (target.clone(), target.name.clone(), opened.on_close());
    let on_done = {
        let (target, form) = (target.clone(), form.clone());
        on_done.reform(move |(done, text): (Done, String)| (target.clone(), form.clone(), done, text))
    };
    let context = FormContext { target, on_done, on_cancel: on_discard.clone() };
    let content = match form {
        Form::New => html! { <GroupForm {context} was={None::<RoomGroupDetail>} rooms={Some(BTreeSet::new())} /> },
        Form::Edit(was) => html! { <GroupEdit {context} was={(**was).clone()} /> },
        // A question that stands before everything must not be asked out of sight.
        Form::Delete(_) if opened.is_parked() => html! {},
        Form::Delete(was) => html! { <Delete {context} was={(**was).clone()} /> },
    };
    html! {
        <Parked parked={opened.is_parked()} title={form.title(i18n)} {name} on_return={opened.on_return()} {on_discard}>{content}</Parked>
    }
}
