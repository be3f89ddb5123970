//! What is open of a signal that was switched off is closed (R74): in steps, since a customer may have thousands, and each step keeps reports waiting. What
//! is noted down goes on after a crash, and also where the signal is switched on again before all is done.

use crate::domain::ingest::{rules, ticket_text};
use crate::error::Result;
use crate::random::Random;
use crate::store::settings::{self, Closing};
use crate::store::{Tx, ingest};

/// How many incidents one transaction closes.
const AT_ONCE: u32 = 200;

/// Closes some of what was noted down first. How many rooms they are in, or that something is done.
pub async fn step(tx: &mut Tx, random: &dyn Random) -> Result<usize> {
    match settings::next_closing(tx.conn()).await? {
        Some(closing) => step_of(tx, &closing, random).await,
        None => Ok(0),
    }
}

/// The same of this one.
pub(super) async fn step_of(tx: &mut Tx, closing: &Closing, random: &dyn Random) -> Result<usize> {
    let rooms = settings::rooms_to_close(tx.conn(), closing, AT_ONCE).await?;
    if rooms.is_empty() {
        settings::end_closing(tx.conn(), closing).await?;
        return Ok(1);
    }
    let now = tx.now();
    let mut watched = ingest::load(tx.conn(), &rooms).await?;
    let mut closed = 0;
    for it in &mut watched {
        closed += rules::switch_off(&mut it.room, closing.signal, closing.open_at, closing.by.as_deref(), now);
    }
    if closed == 0 {
        // Incidents that no signal of their rooms has: nothing would ever close them.
        tracing::error!(customer = %closing.customer, signal = %closing.signal, "open incidents of a signal that was switched off belong to none");
        settings::end_closing(tx.conn(), closing).await?;
    }
    ingest::save(tx, &mut watched, random, ticket_text).await?;
    Ok(rooms.len())
}
