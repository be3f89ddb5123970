//! Rooms.
//!
//! 1. [`read`]: as far as their reader may see them; [`signals`]: how those of one stand; [`events`]: what happened in it. 2. [`change`]: their settings, which the customer may have to approve; [`write`]: what else
//!    people do with them; [`waiting`]: rooms ahead of their devices; [`suppression`]: what raises nothing. What their devices report is [`crate::domain::ingest`]. 3. [`state`]: where a room stands, and which transitions there are.
//! 4. `found`: a room as whoever works on it finds it. 5. `owned`: whose a room is; `several`: rooms that something is done to
//!    together.

pub mod change;
pub mod events;
pub(in crate::domain) mod found;
pub(in crate::domain) mod owned;
pub mod read;
pub(in crate::domain) mod several;
pub mod signals;
pub mod state;
pub mod suppression;
pub mod waiting;
pub mod write;
