//! Rooms, and groups of rooms, of one customer or of the own organisation: a search box over a list with boxes to tick.

use std::collections::BTreeSet;
use std::rc::Rc;

use tenantry_model::id::{RoomGroupId, RoomId, TenantId};
use tenantry_model::ipc::{IpcError, ListRooms, RoomColumn, RoomQuery};
use tenantry_model::room::Room;
use web_sys::{HtmlInputElement, KeyboardEvent};
use yew::prelude::*;

use super::rooms_state::{Line, all, lines, matching};
use crate::components::cursor;
use crate::components::icon::{Icon, glyph};
use crate::components::notice;
use crate::components::virtual_list::{VirtualList, row_id};
use crate::context::use_app;
use crate::hooks;
use crate::i18n::{I18n, t, use_i18n};

const ROW_PX: u32 = 32;
const PAGE: u32 = 500;

/// What is chosen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Picked {
    /// Rooms, one by one.
    pub rooms: BTreeSet<RoomId>,
    /// Groups, with whatever rooms they hold at the time (A20).
    pub groups: BTreeSet<RoomGroupId>,
}

/// Properties of [`RoomPicker`].
#[derive(Properties, PartialEq)]
pub struct RoomPickerProps {
    /// The list's id; also what tests find it by.
    pub id: AttrValue,
    /// Whose rooms.
    pub owner: TenantId,
    /// Whether groups can be chosen as well.
    #[prop_or_default]
    pub groups: bool,
    /// What is chosen.
    pub picked: Rc<Picked>,
    /// Something else is chosen.
    pub on_change: Callback<Picked>,
}

async fn every_room(customer_id: TenantId) -> Result<Vec<Room>, IpcError> {
    let mut rooms = vec![];
    loop {
        let offset = u32::try_from(rooms.len()).unwrap_or(u32::MAX);
        let query =
            RoomQuery { customer_id, health: None, text: String::new(), sort: RoomColumn::Name, descending: false, offset, limit: PAGE };
        let page = hooks::call::<ListRooms>(query).await?;
        let arrived = page.rows.len();
        rooms.extend(page.rows.into_iter().map(|row| row.room));
        // An empty page ends it as well: the list may shrink meanwhile.
        if arrived == 0 || rooms.len() >= page.total as usize {
            return Ok(rooms);
        }
    }
}

fn flip<T: Ord>(set: &mut BTreeSet<T>, one: T) {
    if !set.remove(&one) {
        set.insert(one);
    }
}

/// See the module. Arrows move in the list, Space ticks.
#[component]
pub fn RoomPicker(props: &RoomPickerProps) -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let known = use_state(|| None::<Result<Rc<[Line]>, IpcError>>);
    let text = use_state(String::new);
    let active = use_state(|| None::<u32>);
    use_effect_with((props.owner, props.groups, app.model.tick), {
        let known = known.setter();
        move |(owner, groups, _)| {
            let (owner, groups) = (*owner, *groups);
            wasm_bindgen_futures::spawn_local(async move {
                known.set(Some(every_room(owner).await.map(|rooms| lines(&rooms, groups).into())));
            });
        }
    });
    let every: Rc<[Line]> = match &*known {
        Some(Ok(lines)) => lines.clone(),
        Some(Err(error)) => return notice::failed(&i18n, error),
        None => return html! { <div class="pane__waiting" aria-busy="true"><span class="skeleton" /><span class="skeleton" /></div> },
    };
    let shown: Rc<[Line]> = matching(&every, &text).into();
    let total = shown.len() as u32;

    let toggle = {
        let (shown, picked, on_change) = (shown.clone(), props.picked.clone(), props.on_change.clone());
        Callback::from(move |at: u32| {
            let mut picked = (*picked).clone();
            match shown.get(at as usize) {
                Some(Line::Room(id, _)) => flip(&mut picked.rooms, *id),
                Some(Line::Group(id, ..)) => flip(&mut picked.groups, *id),
                None => return,
            }
            on_change.emit(picked);
        })
    };
    let put_all = |put: bool| {
        let (shown, picked, on_change) = (shown.clone(), props.picked.clone(), props.on_change.clone());
        Callback::from(move |_: MouseEvent| {
            on_change.emit(Picked { rooms: all(&shown, &picked.rooms, put), groups: picked.groups.clone() });
        })
    };
    let on_key = {
        let (active, toggle) = (active.clone(), toggle.clone());
        Callback::from(move |(event, screen): (KeyboardEvent, u32)| {
            let key = event.key();
            if key == " " {
                event.prevent_default();
                if let Some(at) = *active {
                    toggle.emit(at);
                }
            } else if let Some(to) = cursor::moved(&key, *active, total, screen) {
                event.prevent_default();
                active.set(Some(to));
            }
        })
    };
    let row = {
        let (shown, picked, id, i18n, at_cursor) = (shown.clone(), props.picked.clone(), props.id.clone(), i18n.clone(), *active);
        Callback::from(move |at: u32| {
            let line = shown.get(at as usize);
            option(&i18n, line, &picked, row_id(&id, at), at, at_cursor == Some(at), toggle.reform(move |_: MouseEvent| at))
        })
    };
    let oninput = {
        let (text, active) = (text.clone(), active.clone());
        Callback::from(move |event: InputEvent| {
            text.set(event.target_unchecked_into::<HtmlInputElement>().value());
            active.set(None);
        })
    };
    html! {
        <div class="room-picker">
            <div class="picker__search">
                {glyph(Icon::Search)}
                <input type="text" class="picker__input" aria-label={t!(i18n, "search-rooms")} placeholder={t!(i18n, "search-rooms")} autocomplete="off" spellcheck="false"
                    value={(*text).clone()} data-testid={format!("{}-search", props.id)} {oninput} />
                <button type="button" class="link" data-testid={format!("{}-all", props.id)} onclick={put_all(true)}>{t!(i18n, "rooms-all")}</button>
                <button type="button" class="link" data-testid={format!("{}-none", props.id)} onclick={put_all(false)}>{t!(i18n, "rooms-none-of-them")}</button>
            </div>
            if total == 0 {
                <p class="people__note" role="status">{t!(i18n, "no-room-match-title")}</p>
            } else {
                <VirtualList id={&props.id} label={t!(i18n, "rooms")} role="listbox" class="room-picker__list" {total} row_px={ROW_PX} {row} active={*active} on_visible={Callback::noop()} {on_key} />
            }
            <p class="picker__foot" role="status" data-testid={format!("{}-count", props.id)}>
                {t!(i18n, "rooms-picked", count = props.picked.rooms.len())}
                if props.groups { {" · "}{t!(i18n, "groups-picked", count = props.picked.groups.len())} }
            </p>
        </div>
    }
}

fn option(i18n: &I18n, line: Option<&Line>, picked: &Picked, id: String, at: u32, active: bool, onclick: Callback<MouseEvent>) -> Html {
    let (chosen, icon, name, more) = match line {
        Some(Line::Room(room, name)) => (picked.rooms.contains(room), Icon::Rooms, name.clone(), None),
        Some(Line::Group(group, name, count)) => {
            (picked.groups.contains(group), Icon::Several, name.clone(), Some(t!(i18n, "rooms-group-of", count = *count)))
        }
        None => return html! { <div key={at} {id} class="option" role="option" /> },
    };
    html! {
        <div
            key={at}
            {id}
            class={classes!("option", "option--room", active.then_some("option--active"), chosen.then_some("option--chosen"))}
            role="option"
            aria-selected={chosen.to_string()}
            title={name.clone()}
            data-testid="room-option"
            {onclick}
        >
            <span class={classes!("box", chosen.then_some("box--on"))}>if chosen { {glyph(Icon::Check)} }</span>
            {glyph(icon)}
            <span class="option__name clip">{name}</span>
            if let Some(more) = more { <span class="tag">{more}</span> }
        </div>
    }
}
