//! The catalogue of updates: the service's own, of which the operator says what is published and what is withdrawn. It is of no customer, so that no customer's log
//! says who did it.

use std::collections::BTreeMap;

use tenantry_model::api::Reading;
use tenantry_model::id::{RoomId, UpdateId};
use tenantry_model::signal::SignalId;
use tenantry_model::time::Timestamp;

use crate::domain::actor::Actor;
use crate::domain::ingest::reports;
use crate::error::{Error, Result};
use crate::random::Random;
use crate::store::Tx;
use crate::store::updates::catalogue::{self, Update};
use crate::store::updates::rooms;

/// A new one, published now or at a moment that has passed.
pub async fn publish(tx: &mut Tx, actor: Actor<'_>, update: Update) -> Result<()> {
    actor.needs_operator()?;
    if update.published_at > tx.now() {
        return Err(Error::bad_request("publishedAt must not lie ahead: publish it when the time has come"));
    }
    let others = catalogue::of_packages(tx.conn(), &[&update.package]).await?;
    if let Some(same) = others.iter().find(|other| other.version.compare(&update.version).is_eq()) {
        return Err(Error::conflict(format!("there is {} already", same.name())));
    }
    catalogue::insert(tx.conn(), &update).await
}

/// Away with one: no room installs it any more, and what failed of it is nobody's to mend.
pub async fn deprecate(tx: &mut Tx, actor: Actor<'_>, update: UpdateId, random: &dyn Random) -> Result<()> {
    actor.needs_operator()?;
    let Some(found) = catalogue::find(tx.conn(), update).await? else {
        return Err(Error::bad_request(format!("there is no update {update}")));
    };
    if found.deprecated_at.is_some() {
        return Ok(());
    }
    let now: Timestamp = tx.now();
    catalogue::deprecate(tx.conn(), update, now).await?;
    let others: BTreeMap<UpdateId, Update> =
        catalogue::of_packages(tx.conn(), &[&found.package]).await?.into_iter().map(|other| (other.id, other)).collect();
    let concerned: Vec<RoomId> = rooms::concerned(tx.conn(), update).await?;
    for room in concerned {
        let left = rooms::of_room(tx.conn(), room).await?;
        let is_left = left.iter().any(|row| row.has_failed() && others.get(&row.update).is_some_and(|other| other.deprecated_at.is_none()));
        if !is_left {
            let mended = Reading {
                signal: SignalId::UpdateFailed,
                instance: Some(found.package.as_str().to_owned()),
                state: tenantry_model::api::SignalState::Healthy,
            };
            reports::notice(tx, room, &[mended], random).await?;
        }
    }
    Ok(())
}
