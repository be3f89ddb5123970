//! Choosing people and rooms. They ask the engine, so they are no components.

mod people;
mod people_form;
mod people_state;
mod rooms;

pub use people::{PeoplePicker, person, removable};
pub use people_form::{UsePeopleForm, use_people_form};
pub use people_state::entry;
pub use rooms::{Picked, RoomPicker, every_room, use_every_room};
