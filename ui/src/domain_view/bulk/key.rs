//! What can be selected: the rows of a list, by their keys, and what is asked about that list.

use std::fmt::Debug;
use std::hash::Hash;

use tenantry_model::id::TenantId;
use tenantry_model::ipc::{
    About, Command, CountSelected, CountSelectedRooms, IncidentQuery, IncidentRef, MatchIncidents, MatchRange, MatchRoomRange, MatchRooms,
    Matching, RangeQuery, RoomKey, RoomQuery, SelectionQuery,
};

/// See the module.
pub trait Selectable: Copy + Ord + Hash + Debug + 'static {
    /// What the list asks, without a window.
    type Query: Clone + PartialEq + 'static;
    /// All that match it.
    type Match: Command<Args = Self::Query, Answer = Matching<Self>>;
    /// What lies between two rows.
    type MatchRange: Command<Args = RangeQuery<Self::Query, Self>, Answer = Option<Matching<Self>>>;
    /// How many of some are in it.
    type Count: Command<Args = SelectionQuery<Self::Query, Self>, Answer = u32>;

    /// Whether it is a room.
    const OF_ROOMS: bool;

    fn about(self) -> About;

    /// None for something else.
    fn of(about: About) -> Option<Self>;

    fn customer(self) -> TenantId {
        self.about().customer()
    }
}

impl Selectable for IncidentRef {
    type Query = IncidentQuery;
    type Match = MatchIncidents;
    type MatchRange = MatchRange;
    type Count = CountSelected;
    const OF_ROOMS: bool = false;

    fn about(self) -> About {
        About::Incident(self)
    }

    fn of(about: About) -> Option<Self> {
        if let About::Incident(incident) = about { Some(incident) } else { None }
    }
}

impl Selectable for RoomKey {
    type Query = RoomQuery;
    type Match = MatchRooms;
    type MatchRange = MatchRoomRange;
    type Count = CountSelectedRooms;
    const OF_ROOMS: bool = true;

    fn about(self) -> About {
        About::Room(self)
    }

    fn of(about: About) -> Option<Self> {
        if let About::Room(room) = about { Some(room) } else { None }
    }
}
