//! What the room picker decides. Pure.

use std::collections::{BTreeMap, BTreeSet};

use tenantry_model::id::{RoomGroupId, RoomId};
use tenantry_model::room::Room;

/// A line of the picker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    /// A group, and how many of the rooms it holds now.
    Group(RoomGroupId, String, u32),
    /// A room.
    Room(RoomId, String),
}

/// What can be chosen: groups first, then rooms, each by name. Groups are those that the rooms are in.
pub(super) fn lines(rooms: &[Room], with_groups: bool) -> Vec<Line> {
    let mut groups: BTreeMap<(String, RoomGroupId), u32> = BTreeMap::new();
    if with_groups {
        for group in rooms.iter().flat_map(|room| &room.groups) {
            *groups.entry((group.name.clone(), group.id)).or_default() += 1;
        }
    }
    let groups = groups.into_iter().map(|((name, id), count)| Line::Group(id, name, count));
    groups.chain(rooms.iter().map(|room| Line::Room(room.id, room.display_name.clone()))).collect()
}

/// Those whose name has all words.
pub(super) fn matching(lines: &[Line], text: &str) -> Vec<Line> {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let holds = |name: &str| {
        let name = name.to_lowercase();
        words.iter().all(|word| name.contains(word))
    };
    lines.iter().filter(|line| matches!(line, Line::Group(_, name, _) | Line::Room(_, name) if holds(name))).cloned().collect()
}

/// The rooms among these lines put in, or taken out.
pub(super) fn all(lines: &[Line], rooms: &BTreeSet<RoomId>, put: bool) -> BTreeSet<RoomId> {
    let mut rooms = rooms.clone();
    for line in lines {
        if let Line::Room(id, _) = line {
            if put {
                rooms.insert(*id);
            } else {
                rooms.remove(id);
            }
        }
    }
    rooms
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn room(n: u128, name: &str) -> Line {
        Line::Room(RoomId::from_uuid(Uuid::from_u128(n)), name.into())
    }

    #[test]
    fn a_search_wants_all_words_in_any_order_and_case() {
        let lines = [room(1, "Großer Saal Nord"), room(2, "Kleiner Saal")];
        assert_eq!(matching(&lines, "nord SAAL"), lines[..1]);
        assert_eq!(matching(&lines, " "), lines);
        assert!(matching(&lines, "küche").is_empty());
    }

    #[test]
    fn all_and_none_touch_the_rooms_that_are_shown_and_no_others() {
        let lines = [room(1, "A"), room(2, "B"), Line::Group(RoomGroupId::from_uuid(Uuid::from_u128(9)), "G".into(), 2)];
        let one = RoomId::from_uuid(Uuid::from_u128(7));
        let chosen = all(&lines, &BTreeSet::from([one]), true);
        assert_eq!(chosen.len(), 3);
        assert_eq!(all(&lines, &chosen, false), BTreeSet::from([one]));
    }
}
