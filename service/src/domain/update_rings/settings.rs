//! What a ring may be beside the others: its place, its name, its days.

use serde::{Deserialize, Serialize};
use tenantry_model::api::update_rings::{ChangeUpdateRing, CreateUpdateRing};
use tenantry_model::audit::AuditChange;
use tenantry_model::problem::FieldCode;
use tenantry_model::search::fold;
use tenantry_model::update_ring::{LAST_ORDER, MOST_DAYS, RingDays, RingPreset, days_left, free_orders, place};

use crate::domain::text::{description_at, name_at, tidied};
use crate::error::{Error, Result};
use crate::store::update_rings::UpdateRing;

/// What somebody wants a ring to be.
pub(super) struct Wanted<'a> {
    order: u32,
    name: &'a str,
    description: &'a str,
    days: RingDays,
}

impl<'a> Wanted<'a> {
    pub(super) fn new(new: &'a CreateUpdateRing) -> Self {
        let CreateUpdateRing { order, name, description, deferral_days, rollout_days, test_days } = new;
        let days = RingDays { deferral_days: *deferral_days, rollout_days: *rollout_days, test_days: *test_days };
        Self { order: *order, name, description, days }
    }

    /// What is left out stays.
    pub(super) fn of(change: &'a ChangeUpdateRing, was: &'a UpdateRing) -> Self {
        Self {
            order: change.order.unwrap_or_else(|| u32::from(was.order)),
            name: change.name.as_deref().unwrap_or(&was.name),
            description: change.description.as_deref().unwrap_or(&was.description),
            days: RingDays {
                deferral_days: change.deferral_days.unwrap_or(was.days.deferral_days),
                rollout_days: change.rollout_days.unwrap_or(was.days.rollout_days),
                test_days: change.test_days.unwrap_or(was.days.test_days),
            },
        }
    }

    /// The ring as it is to be, if it can be so beside these.
    pub(super) fn beside(self, others: &[UpdateRing], was: UpdateRing) -> Result<UpdateRing> {
        let order = order(self.order, others, &was)?;
        let name = name_at("#/name", self.name)?;
        let same = fold(&name);
        if others.iter().any(|other| fold(&other.name) == same) {
            return Err(Error::field(FieldCode::NameTaken, "#/name", format!("there is an update ring {name} already")));
        }
        let description = tidied(&self.description.replace("\r\n", "\n"));
        description_at("#/description", &description)?;
        days(self.days, others)?;
        Ok(UpdateRing { order, name, description, days: self.days, ..was })
    }
}

fn order(wanted: u32, others: &[UpdateRing], was: &UpdateRing) -> Result<u8> {
    let refused = |code, why: String| Err(Error::field(code, "#/order", why));
    let Some(order) = place(wanted) else { return refused(FieldCode::RingOrderInvalid, format!("a place from 1 to {LAST_ORDER}")) };
    if was.preset == Some(RingPreset::Staging) && order != was.order {
        return refused(FieldCode::RingPreset, "Staging stays the first: updates are tried there before they go anywhere else.".into());
    }
    let Some(there) = others.iter().find(|other| other.order == order) else { return Ok(order) };
    let free: Vec<String> = free_orders(others.iter().map(|other| other.order)).iter().map(u8::to_string).collect();
    let hint = if free.is_empty() { "no place is free: delete a ring first".into() } else { format!("free are {}", free.join(", ")) };
    refused(FieldCode::RingOrderTaken, format!("{} stands there; {hint}", there.name))
}

/// Rollout and test over all rings take at most 60 days (R101).
fn days(days: RingDays, others: &[UpdateRing]) -> Result<()> {
    let RingDays { deferral_days, rollout_days, test_days } = days;
    for (pointer, value) in [("#/deferralDays", deferral_days), ("#/rolloutDays", rollout_days), ("#/testDays", test_days)] {
        if value > MOST_DAYS {
            return Err(Error::field(FieldCode::RingDaysInvalid, pointer, format!("0 to {MOST_DAYS} days")));
        }
    }
    let left = days_left(others.iter().map(|other| other.days));
    if days.counted() <= left {
        return Ok(());
    }
    let pointer = if rollout_days > left { "#/rolloutDays" } else { "#/testDays" };
    let why = format!(
        "rollout and test take {} days, and the other rings leave {left} of {MOST_DAYS}: take fewer days, here or in another ring",
        days.counted()
    );
    Err(Error::field(FieldCode::RingDaysBeyondLeft, pointer, why))
}

/// What a ring is beside its id, its rooms and its version: what a change of it is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct RingSettings {
    order: u8,
    name: String,
    description: String,
    days: RingDays,
}

impl RingSettings {
    pub(super) fn of(ring: &UpdateRing) -> Self {
        Self { order: ring.order, name: ring.name.clone(), description: ring.description.clone(), days: ring.days }
    }

    pub(super) fn wanted(&self) -> Wanted<'_> {
        Wanted { order: u32::from(self.order), name: &self.name, description: &self.description, days: self.days }
    }

    /// Field and value, as logs and requests say them.
    fn values(&self) -> [(&'static str, String); 6] {
        [
            ("order", self.order.to_string()),
            ("name", self.name.clone()),
            ("description", self.description.clone()),
            ("deferralDays", self.days.deferral_days.to_string()),
            ("rolloutDays", self.days.rollout_days.to_string()),
            ("testDays", self.days.test_days.to_string()),
        ]
    }

    /// What a new ring is, but for its name, which stands elsewhere.
    pub(super) fn all(&self) -> Vec<AuditChange> {
        let values = self.values().into_iter().filter(|(field, value)| *field != "name" && !value.is_empty());
        values.map(|(field, value)| AuditChange { field: field.to_owned(), before: None, after: Some(value) }).collect()
    }

    /// What is different in the other one.
    pub(super) fn differences(&self, to: &Self) -> Vec<AuditChange> {
        let both = self.values().into_iter().zip(to.values()).filter(|((_, before), (_, after))| before != after);
        let text = |value: String| (!value.is_empty()).then_some(value);
        both.map(|((field, before), (_, after))| AuditChange { field: field.to_owned(), before: text(before), after: text(after) })
            .collect()
    }
}
