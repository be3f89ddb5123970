//! Rooms, and groups of rooms, of one customer or of the own organisation.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use tenantry_model::api::room_groups::RoomGroupRow;
use tenantry_model::collation::sort_key;
use tenantry_model::id::{RoomGroupId, RoomId, TenantId};
use tenantry_model::ipc::{CustomerRow, GetCustomer, GetRoomGroups, IpcError, ListRooms, RoomQuery};
use tenantry_model::permission::{Permission, PermissionSet};
use tenantry_model::room::Room;
use yew::prelude::*;

use crate::components::empty::Empty;
use crate::components::icon::Icon;
use crate::components::notice;
use crate::components::tick_list::{TickItem, TickList};
use crate::context::use_app;
use crate::hooks::{self, use_command};
use crate::i18n::{I18n, t, use_i18n};

const PAGE: u32 = 500;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Picked {
    pub rooms: BTreeSet<RoomId>,
    /// Groups, with whatever rooms they hold at the time (A20).
    pub groups: BTreeSet<RoomGroupId>,
}

#[derive(Properties, PartialEq)]
pub struct RoomPickerProps {
    pub id: AttrValue,
    pub owner: TenantId,
    #[prop_or_default]
    pub groups: bool,
    #[prop_or_default]
    pub single: bool,
    /// Whether it is still to come what is picked.
    #[prop_or_default]
    pub waiting: bool,
    pub picked: Rc<Picked>,
    pub on_change: Callback<Picked>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    Group(RoomGroupId),
    Room(RoomId),
}

#[derive(PartialEq)]
struct Lines {
    keys: Vec<Key>,
    items: Rc<[TickItem]>,
}

/// Every room of a customer, or of the own organisation, by name.
///
/// # Errors
/// Where a page of them cannot be had.
pub async fn every_room(customer_id: TenantId) -> Result<Vec<Room>, IpcError> {
    let mut rooms = vec![];
    loop {
        let offset = u32::try_from(rooms.len()).unwrap_or(u32::MAX);
        let query = RoomQuery { offset, ..RoomQuery::of_customer(customer_id, PAGE) };
        let page = hooks::call::<ListRooms>(query).await?;
        let arrived = page.rows.len();
        rooms.extend(page.rows.into_iter().map(|row| row.room));
        // An empty page ends it as well: the list may shrink meanwhile.
        if arrived == 0 || rooms.len() >= page.total as usize {
            return Ok(rooms);
        }
    }
}

/// All rooms of a customer or of the own organisation, read again at each change of the data; none before they came. What was asked earlier never takes the
/// place of what was asked later, and what was read stays where they can't be read again.
#[hook]
pub fn use_every_room(owner: Option<TenantId>) -> Option<Result<Rc<Vec<Room>>, IpcError>> {
    let app = use_app();
    let known = use_state(|| None::<(TenantId, Result<Rc<Vec<Room>>, IpcError>)>);
    let (latest, read) = (use_mut_ref(|| 0_u64), use_mut_ref(|| None::<TenantId>));
    use_effect_with((owner, app.model.tick), {
        let known = known.setter();
        move |(owner, _)| {
            let turn = latest.replace_with(|turn| *turn + 1) + 1;
            let Some(owner) = *owner else { return };
            wasm_bindgen_futures::spawn_local(async move {
                let answer = every_room(owner).await.map(Rc::new);
                if *latest.borrow() != turn || (answer.is_err() && *read.borrow() == Some(owner)) {
                    return;
                }
                if answer.is_ok() {
                    read.replace(Some(owner));
                }
                known.set(Some((owner, answer)));
            });
        }
    });
    (*known).clone().filter(|(of, _)| Some(*of) == owner).map(|(_, answer)| answer)
}

/// What was picked when the list opened, then the rest: groups first, then rooms, each by name. Groups are those that the rooms are in, and empty ones.
fn lines(i18n: &I18n, rooms: &[Room], groups: Option<&[RoomGroupRow]>, first: &Picked) -> Lines {
    let mut counted: BTreeMap<RoomGroupId, (&str, u32)> = BTreeMap::new();
    if let Some(groups) = groups {
        counted.extend(groups.iter().map(|group| (group.id, (group.name.as_str(), 0))));
        for group in rooms.iter().flat_map(|room| &room.groups) {
            counted.entry(group.id).or_insert((&group.name, 0)).1 += 1;
        }
    }
    let mut counted: Vec<_> = counted.into_iter().collect();
    counted.sort_by_cached_key(|(id, (name, _))| (sort_key(name), *id));
    let groups = counted.into_iter().map(|(id, (name, count))| {
        let more = Some(t!(i18n, "rooms-group-of", count = count).into());
        (Key::Group(id), TickItem { key: id.to_string().into(), name: name.to_owned().into(), more, icon: Icon::Several, apart: true })
    });
    let rooms = rooms.iter().map(|room| {
        let name = room.display_name.clone().into();
        (Key::Room(room.id), TickItem { key: room.id.to_string().into(), name, more: None, icon: Icon::Rooms, apart: false })
    });
    let mut all: Vec<(Key, TickItem)> = groups.chain(rooms).collect();
    all.sort_by_key(|(key, _)| !holds(first, key));
    let (keys, items): (Vec<Key>, Vec<TickItem>) = all.into_iter().unzip();
    Lines { keys, items: items.into() }
}

fn holds(picked: &Picked, key: &Key) -> bool {
    match key {
        Key::Group(id) => picked.groups.contains(id),
        Key::Room(id) => picked.rooms.contains(id),
    }
}

fn ticked(keys: &[Key], picked: &Picked) -> Rc<[bool]> {
    keys.iter().map(|key| holds(picked, key)).collect()
}

/// What is chosen now. What the list does not show stays chosen: the user may not see every room of a scope.
fn picked(keys: &[Key], ticked: &[bool], before: &Picked, single: bool) -> Picked {
    let mut picked = if single { Picked::default() } else { before.clone() };
    for (key, on) in keys.iter().zip(ticked) {
        match (key, on) {
            (Key::Group(id), true) => drop(picked.groups.replace(*id)),
            (Key::Group(id), false) => drop(picked.groups.take(id)),
            (Key::Room(id), true) => drop(picked.rooms.replace(*id)),
            (Key::Room(id), false) => drop(picked.rooms.take(id)),
        }
    }
    picked
}

/// Whether there are none because the user may see none.
fn no_right(permissions: PermissionSet, rooms: usize) -> bool {
    rooms == 0 && !permissions.contains(Permission::RoomsView)
}

#[component]
pub fn RoomPicker(props: &RoomPickerProps) -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let known = use_every_room(Some(props.owner));
    // Where they can't be asked for, the rooms tell of those that have some.
    let groups = use_command::<GetRoomGroups>(props.groups.then_some(props.owner), app.model.relations);
    let first = use_mut_ref(|| None::<Rc<Picked>>);
    // The own organisation is no customer, and its rooms need no right of a role.
    let customer = use_command::<GetCustomer>(Some(props.owner), app.model.tick);
    // The search box is there from the start: whoever types or presses Tab at once must not pass it by.
    let rooms: Option<Rc<Vec<Room>>> = match known {
        Some(Err(error)) => return notice::failed(&i18n, &error),
        Some(Ok(rooms)) if !props.waiting => Some(rooms),
        _ => None,
    };
    let is_refused = |row: &&CustomerRow| rooms.as_ref().is_some_and(|rooms| no_right(row.permissions, rooms.len()));
    if let Some(row) = customer.remote.data().filter(is_refused) {
        let (title, text) = (t!(i18n, "no-rooms-right-title"), t!(i18n, "no-rooms-right-text", name = row.display_name.clone()));
        return html! { <Empty icon={Icon::Lock} {title} {text} testid="rooms-no-right" /> };
    }
    // The order stays as it began: a row that is ticked must not go away from under the cursor.
    let first = rooms.as_ref().map(|_| first.borrow_mut().get_or_insert_with(|| props.picked.clone()).clone()).unwrap_or_default();
    let groups = props.groups.then(|| groups.remote.data().map_or(&[][..], |groups| &groups.value));
    let lines = Rc::new(lines(&i18n, rooms.as_deref().map_or(&[], Vec::as_slice), groups, &first));
    let on_change = {
        let (lines, before, on_change, single) = (lines.clone(), props.picked.clone(), props.on_change.clone(), props.single);
        Callback::from(move |ticked: Rc<[bool]>| on_change.emit(picked(&lines.keys, &ticked, &before, single)))
    };
    let foot = html! {
        <p class="picker__foot" role="status" data-testid={format!("{}-count", props.id)}>
            {t!(i18n, "rooms-picked", count = props.picked.rooms.len())}
            if props.groups { {" · "}{t!(i18n, "groups-picked", count = props.picked.groups.len())} }
        </p>
    };
    html! {
        <TickList
            id={&props.id}
            label={t!(i18n, "rooms")}
            search={t!(i18n, "search-rooms")}
            nothing={t!(i18n, "no-room-match-title")}
            items={lines.items.clone()}
            ticked={ticked(&lines.keys, &props.picked)}
            {on_change}
            single={props.single}
            waiting={rooms.is_none()}
            foot={if props.single { html! {} } else { foot }}
        />
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tenantry_model::room::RoomGroup;
    use uuid::Uuid;

    #[test]
    fn a20_what_is_picked_when_the_list_opens_stands_first_and_stays_there() {
        let group = |n: u128| RoomGroup { id: RoomGroupId::from_uuid(Uuid::from_u128(n)), name: format!("Group {n}") };
        let room = |n: u128| -> Room {
            let id = Uuid::from_u128(n);
            serde_json::from_value(serde_json::json!({
                "id": id, "customerId": id, "displayName": format!("Room {n}"), "capacity": null, "hostName": "h", "account": "a",
                "enrolment": "enrolled", "health": "healthy", "hasWarnings": false, "occupied": null, "timezone": "Europe/Berlin",
                "licence": "Pro", "peripherals": [], "groups": [group(8), group(9)], "ring": null, "lastSeen": null, "version": 1
            }))
            .unwrap()
        };
        let rooms = [room(1), room(2), room(3)];
        let first = Picked { rooms: BTreeSet::from([rooms[2].id]), groups: BTreeSet::from([group(9).id]) };
        let empty = RoomGroupRow { id: group(7).id, name: "Group 7".into(), rooms: 0 };
        let renamed = RoomGroupRow { name: "Group 9".into(), id: group(9).id, rooms: 3 };
        let names = |first: &Picked| {
            lines(&I18n::default(), &rooms, Some(&[renamed.clone(), empty.clone()]), first)
                .items
                .iter()
                .map(|item| item.name.to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(names(&first), ["Group 9", "Room 3", "Group 7", "Group 8", "Room 1", "Room 2"]);
        assert_eq!(names(&Picked::default()), ["Group 7", "Group 8", "Group 9", "Room 1", "Room 2", "Room 3"], "an empty one, too");
    }

    #[test]
    fn fault_9_10_a_list_without_rooms_says_where_it_is_for_want_of_a_right() {
        let (rooms, tickets) = (PermissionSet::of(&[Permission::RoomsView]), PermissionSet::of(&[Permission::TicketsView]));
        assert!(no_right(tickets, 0));
        assert!(!no_right(rooms, 0), "the customer has delegated none yet");
        assert!(!no_right(tickets, 3), "they came before the right went; what is held is shown");
    }

    #[test]
    fn what_the_list_does_not_show_stays_chosen() {
        let [shown, hidden] = [1, 2].map(|n| RoomId::from_uuid(Uuid::from_u128(n)));
        let group = RoomGroupId::from_uuid(Uuid::from_u128(3));
        let keys = [Key::Group(group), Key::Room(shown)];
        let before = Picked { rooms: BTreeSet::from([shown, hidden]), groups: BTreeSet::new() };
        assert_eq!(*ticked(&keys, &before), [false, true]);
        let after = picked(&keys, &[true, false], &before, false);
        assert_eq!(after, Picked { rooms: BTreeSet::from([hidden]), groups: BTreeSet::from([group]) });
        assert_eq!(picked(&keys, &[false, true], &before, true).rooms, BTreeSet::from([shown]));
    }
}
