//! The tab Settings of a room: what people and its device say of it.

use tenantry_model::ipc::RoomDetail;
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use super::view_model::{Seen, Told, seen};
use crate::components::pane::fact;
use crate::i18n::{I18n, Names, t};

pub(super) fn settings(i18n: &I18n, known: &RoomDetail, told: Told, now: Timestamp) -> Html {
    let room = &known.room;
    let groups = room.groups.iter().map(|group| group.name.as_str()).collect::<Names>().text();
    html! {
        <dl class="facts">
            {fact(t!(i18n, "column-name"), html! { <span class="selectable">{&room.display_name}</span> })}
            {fact(t!(i18n, "column-customer"), html! { {&known.customer_name} })}
            {fact(t!(i18n, "capacity"), html! { {room.capacity.map_or_else(|| "–".to_owned(), |seats| t!(i18n, "seats", count = seats))} })}
            {fact(t!(i18n, "timezone"), html! { {&room.timezone} })}
            {fact(t!(i18n, "column-host"), html! { <span class="selectable">{if room.host_name.is_empty() { "–" } else { room.host_name.as_str() }}</span> })}
            {fact(t!(i18n, "column-account"), html! { <span class="selectable">{&room.account}</span> })}
            if told.groups { {fact(t!(i18n, "column-group"), html! { {if groups.is_empty() { "–".to_owned() } else { groups }} })} }
            if told.rings { {fact(t!(i18n, "column-ring"), html! { {room.ring.as_ref().map_or_else(|| "–".to_owned(), |ring| ring.name.clone())} })} }
            {fact(t!(i18n, "licence"), html! { {if room.licence.is_empty() { "–" } else { room.licence.as_str() }} })}
            {fact(t!(i18n, "enrolment"), html! { {if room.awaits_device { t!(i18n, "awaits-device") } else { i18n.label(room.enrolment) }} })}
            {fact(t!(i18n, "column-last-seen"), html! {
                {match seen(room, now) {
                    Seen::At(at) => html! { <>{i18n.moment(at)}<span class="fact__ago">{i18n.ago(at, now)}</span></> },
                    Seen::WithinTheHour => html! { {t!(i18n, "last-seen-hour")} },
                    Seen::Never => html! { {t!(i18n, "never")} },
                }}
             })}
        </dl>
    }
}
