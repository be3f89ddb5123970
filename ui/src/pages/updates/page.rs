use std::rc::Rc;

use tenantry_model::api::updates::{UpdateList, UpdateRow};
use tenantry_model::id::{TenantId, UpdateId};
use tenantry_model::ipc::{CustomerRow, GetUpdates, IpcErrorKind, UpdateKey};
use tenantry_model::permission::Permission;
use yew::prelude::*;

use super::columns::columns;
use super::detail::Detail;
use super::view_model::{Only, rows, update};
use crate::components::counters::{Counter, Counters};
use crate::components::empty::Empty;
use crate::components::form::ticked;
use crate::components::icon::Icon;
use crate::components::list_page::{ListPage, list_of, message};
use crate::components::notice::{Tone, cached, no_right, notice, why_not_now};
use crate::components::pane::Pane;
use crate::components::table::Table;
use crate::context::use_app;
use crate::domain_view::update_action::{About, ActDialog, Asked};
use crate::domain_view::update_tabs::UpdateTabs;
use crate::hooks::{sets, use_command, use_now, use_page_title, use_place};
use crate::i18n::{I18n, t, use_i18n};
use crate::remote::{LoadState, Remote};
use crate::route::{Route, Section};
use crate::row_source::SharedRows;

#[derive(Properties, PartialEq)]
pub struct UpdatesProps {
    pub customer: Rc<Remote<CustomerRow>>,
}

#[component]
pub fn Updates(props: &UpdatesProps) -> Html {
    let (i18n, app, now, place) = (use_i18n(), use_app(), use_now(), use_place());
    let title = use_page_title();
    let chosen = app.model.preferences.customer;
    let list = use_command::<GetUpdates>(chosen, app.model.relations);
    let (past, only) = (use_state_eq(|| false), use_state_eq(|| None::<Only>));
    // A question with the customer that it was asked at.
    let asking = use_state(|| None::<(About, Asked)>);
    let went = use_state(|| None::<(TenantId, String)>);
    let row = props.customer.data();
    let name = row.map(|row| row.display_name.clone()).unwrap_or_default();
    let known = list.remote.data().map(|seen| &seen.value);
    let shown = use_memo((list.remote.clone(), *only, *past), |(remote, only, past)| {
        remote.data().map(|seen| rows(&seen.value, *only, *past)).unwrap_or_default()
    });
    let open = match place.here {
        Route::Update { update } => Some(update),
        _ => None,
    };
    let on_open = {
        let place = place.clone();
        Callback::from(move |update: Option<UpdateId>| place.walk(update.map_or(Route::Updates, |update| Route::Update { update })))
    };
    let content = match (chosen, list.remote.load_state()) {
        (None, _) => message(html! {
            <Empty icon={Icon::Building} title={t!(i18n, "rooms-choose-title")} text={t!(i18n, "updates-choose-text")} testid="updates-choose" />
        }),
        (_, LoadState::Failed(error)) if matches!(error.kind, IpcErrorKind::NotFound | IpcErrorKind::Refused) => message(html! {
            <Empty icon={Icon::Lock} title={t!(i18n, "updates-no-right-title")} text={t!(i18n, "updates-no-right-text", name = name.clone())} testid="no-right" />
        }),
        _ => list_of(&list.remote, &list.retry, |seen| {
            if shown.is_empty() {
                return message(nothing(&i18n, &seen.value, *only));
            }
            let open = open.filter(|id| shown.iter().any(|row| row.id == *id));
            html! {
                <Table<UpdateRow> label={&title} columns={columns(&seen.value.rings)} rows={shown.clone() as SharedRows<_>} {now} {open} on_open={on_open.clone()} />
            }
        }),
    };
    let list_is_now = list.remote.data().is_some_and(|seen| seen.current);
    let blocked = why_not_now(&i18n, &app).or_else(|| no_right(&i18n, row, Permission::RingsModify));
    let on_close = on_open.reform(|()| None);
    let pane = match (open, chosen, known) {
        (Some(id), Some(customer), Some(list)) => match update(list, id) {
            Some(row) => {
                let about = About {
                    key: UpdateKey { customer, update: id },
                    version: row.version,
                    update: row.name(),
                    customer: name.clone(),
                    needs_approval: list.needs_approval,
                };
                let on_ask = {
                    let (asking, went) = (asking.setter(), went.setter());
                    Callback::from(move |asked: Asked| {
                        went.set(None);
                        asking.set(Some((about.clone(), asked)));
                    })
                };
                html! {
                    <Detail key={id.to_string()} {customer} customer_name={name.clone()} list={list.clone()} update={row.clone()} {blocked} {on_ask} on_close={on_close.clone()} />
                }
            }
            None if list_is_now => missing(&i18n, on_close.clone()),
            None => html! {},
        },
        _ => html! {},
    };
    let dialog = asking.as_ref().map(|(about, asked)| {
        let customer = about.key.customer;
        let on_done = {
            let (asking, went, retry) = (asking.setter(), went.setter(), list.retry.clone());
            Callback::from(move |text: String| {
                asking.set(None);
                went.set(Some((customer, text)));
                retry.emit(());
            })
        };
        html! { <ActDialog about={about.clone()} asked={asked.clone()} {on_done} on_cancel={sets(&asking, |()| None)} /> }
    });
    let head = html! { <>
        <UpdateTabs up={Section::Updates} />
        {cached(&i18n, &app, list.remote.data())}
    </> };
    let pane = html! { <>{pane}{dialog.unwrap_or_default()}</> };
    let split = open.is_some_and(|id| known.is_some_and(|list| list_is_now || update(list, id).is_some()));
    html! {
        <ListPage {title} {head} {pane} {split}>
            if let Some((_, text)) = went.as_ref().filter(|(customer, _)| Some(*customer) == chosen) {
                <div class="page__notice">{notice(Tone::Good, "outcome-done", html! { {text} })}</div>
            }
            if let Some(list) = known.filter(|list| !list.updates.is_empty()) {
                <div class="update-filters">
                    <Counters counters={counters(&i18n, list, &only)} />
                    <label class="tick update-filters__past">
                        <input type="checkbox" checked={*past} data-testid="updates-past" onchange={sets(&past, ticked)} />
                        <span class="tick__text"><span>{t!(i18n, "updates-past")}</span></span>
                    </label>
                </div>
            }
            {content}
        </ListPage>
    }
}

fn counters(i18n: &I18n, list: &UpdateList, only: &UseStateHandle<Option<Only>>) -> Vec<Counter> {
    let of = [
        (Only::Current, "updates", Icon::Updates, t!(i18n, "updates")),
        (Only::Paused, "updates-paused", Icon::Quiet, t!(i18n, "updates-paused")),
        (Only::Complete, "updates-complete", Icon::Resolved, t!(i18n, "updates-complete")),
    ];
    let counter = |(one, name, icon, label): (Only, &'static str, Icon, String)| {
        let pressed = **only == Some(one);
        Counter {
            name,
            icon,
            label,
            number: Some(one.count(list)),
            pressed,
            on_press: sets(only, move |_: MouseEvent| (!pressed).then_some(one)),
        }
    };
    of.into_iter().map(counter).collect()
}

/// Why there is no update to be seen.
fn nothing(i18n: &I18n, list: &UpdateList, only: Option<Only>) -> Html {
    let text = if list.updates.is_empty() {
        t!(i18n, "updates-none-text")
    } else if only.is_some() {
        t!(i18n, "updates-no-match-text")
    } else {
        t!(i18n, "updates-all-past-text")
    };
    html! { <Empty icon={Icon::Updates} title={t!(i18n, "updates-none-title")} {text} testid="updates-none" /> }
}

/// An update that there is not, or not among those that are shown.
fn missing(i18n: &I18n, on_close: Callback<()>) -> Html {
    html! {
        <Pane title={t!(i18n, "update")} testid="update-missing" {on_close}>
            <div class="pane__body" tabindex="0"><p class="dim">{i18n.label(IpcErrorKind::NotFound)}</p></div>
        </Pane>
    }
}
