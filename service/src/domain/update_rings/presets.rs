//! The three rings that every customer has.

use tenantry_model::id::{TenantId, UpdateRingId};
use tenantry_model::update_ring::{RingPreset, free_orders};
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::random::{Random, uuid_v7};
use crate::store::Tx;
use crate::store::update_rings::{self, UpdateRing};

/// As they are at first.
pub(crate) fn presets(customer: TenantId, mut new_id: impl FnMut() -> Uuid) -> Vec<UpdateRing> {
    RingPreset::ALL.iter().map(|preset| at_first(customer, *preset, new_id())).collect()
}

fn at_first(customer: TenantId, preset: RingPreset, id: Uuid) -> UpdateRing {
    UpdateRing {
        id: UpdateRingId::from_uuid(id),
        customer,
        order: preset.order(),
        name: preset.name().to_owned(),
        description: String::new(),
        days: preset.days(),
        preset: Some(preset),
        version: 1,
    }
}

/// The ring that new rooms start in (R100). Makes what is missing of the three.
pub(crate) async fn general(tx: &mut Tx, customer: TenantId, random: &dyn Random) -> Result<UpdateRingId> {
    if let Some(general) = update_rings::preset(tx.conn(), customer, RingPreset::General).await? {
        return Ok(general);
    }
    let there = update_rings::of_customer(tx.conn(), customer).await?;
    let mut free = free_orders(there.iter().map(|ring| ring.order));
    let now = tx.now();
    let mut missing = presets(customer, || uuid_v7(now, random));
    missing.retain(|ring| there.iter().all(|it| it.preset != ring.preset));
    for ring in &mut missing {
        let place = free.iter().position(|order| *order == ring.order).unwrap_or(0);
        if place == free.len() {
            return Err(Error::Internal(format!("no place is free for a preset ring of {customer}")));
        }
        ring.order = free.remove(place);
    }
    update_rings::insert(tx.conn(), &missing).await?;
    tx.record(crate::store::Change::customer(customer)).await?;
    let general = missing.iter().find(|ring| ring.preset == Some(RingPreset::General));
    general.map(|ring| ring.id).ok_or_else(|| Error::Internal(format!("{customer} has no ring for new rooms")))
}
