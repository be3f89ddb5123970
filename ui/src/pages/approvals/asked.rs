//! What of a partner’s own waits at its customers (R24, A18). The service is asked each time: it names rooms, which no list of the own organisation keeps (A28).

use tenantry_model::api::requests::WaitingRequest;
use tenantry_model::ipc::{GetWaitingRequests, RoomKey};
use yew::prelude::*;

use super::card::changes;
use crate::components::empty::Empty;
use crate::components::icon::{Icon, glyph};
use crate::components::list_page::{ListPage, list_of, page_count};
use crate::context::use_app;
use crate::domain_view::requested::title;
use crate::hooks::{use_command, use_now, use_page_title, use_place};
use crate::i18n::{t, use_i18n};
use crate::remote::{LoadState, Remote};
use crate::route::Route;

#[derive(Properties, PartialEq)]
pub(super) struct AskedProps {
    /// Whether it is a part of a page, with a heading of its own, and not all of it.
    #[prop_or_default]
    pub(super) part: bool,
}

#[component]
pub(super) fn Asked(props: &AskedProps) -> Html {
    let (i18n, app, now, place) = (use_i18n(), use_app(), use_now(), use_place());
    let page_title = use_page_title();
    let asked = use_command::<GetWaitingRequests>(Some(()), app.model.relations);
    // What cannot be asked is not shown on: a customer's terms may have locked it meanwhile (A28).
    let remote = match asked.remote.load_state() {
        LoadState::Ready(_, Some(error)) => &Remote::failed(error.clone()),
        _ => &*asked.remote,
    };
    let content = list_of(remote, &asked.retry, |rows| {
        if rows.is_empty() {
            return html! { <Empty icon={Icon::Approvals} tone="empty--good" title={t!(i18n, "asked-none-title")} text={t!(i18n, "asked-none-text")} testid="asked-none" /> };
        }
        html! {
            <div class="sheet" tabindex="0" role="region" aria-label={t!(i18n, "asked-waiting")}>
                <ul class="requests-open" aria-label={t!(i18n, "asked-waiting")}>
                    {for rows.iter().map(|WaitingRequest { request, room_id, .. }| {
                        let on_room = room_id.map(|id| {
                            let (app, place, key) = (app.clone(), place.clone(), RoomKey { customer_id: request.customer_id, id });
                            Callback::from(move |_: MouseEvent| {
                                app.prefer(move |preferences| preferences.customer = Some(key.customer_id));
                                place.push(Route::room(key));
                            })
                        });
                        html! {
                            <li key={request.id.to_string()} class="request" data-testid="asked">
                                <header class="request__head">
                                    <h2 class="request__title">{title(&i18n, &request.change)}</h2>
                                    <span class="request__time" title={i18n.moment(request.requested_at)}>{i18n.ago(request.requested_at, now)}</span>
                                </header>
                                <p class="request__who">{glyph(Icon::Pending)}<strong>{&request.customer_name}</strong><span>{format!("· {}", request.requested_by.display_name)}</span></p>
                                {changes(&i18n, &request.change)}
                                if let Some(onclick) = on_room { <div class="pane__buttons"><button type="button" class="link" data-testid="asked-room" {onclick}>{t!(i18n, "asked-room")}</button></div> }
                            </li>
                        }
                    })}
                </ul>
            </div>
        }
    });
    if props.part {
        return html! { <>
            <h2 class="pane__heading" data-testid="asked-part">{t!(i18n, "asked-waiting")}</h2>
            {content}
        </> };
    }
    let head = page_count(remote.data().map(Vec::len), |count| t!(i18n, "customer-waiting", count = count));
    html! { <ListPage title={page_title} {head}>{content}</ListPage> }
}
