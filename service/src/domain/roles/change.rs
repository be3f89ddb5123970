//! A change of roles at a customer, by whoever may: on the partner's side it may have to wait for the customer, on the customer's own it never does.

use tenantry_model::api::requests::Outcome;
use tenantry_model::id::TenantId;
use tenantry_model::permission::Permission;

use super::ground::{Ground, Reach};
use super::operation::RoleOperation;
use super::rules;
use super::write::perform;
use crate::domain::actor::Actor;
use crate::domain::caller::Caller;
use crate::domain::requests;
use crate::error::{Error, Result};
use crate::random::Random;
use crate::store::{Tx, relationships};

/// Needs `roles.modify` there; how far it reaches is part of the rules (R42).
pub async fn change(tx: &mut Tx, caller: &Caller, customer: TenantId, operation: RoleOperation, random: &dyn Random) -> Result<Outcome> {
    let rights = caller.rights_with(customer, Permission::RolesModify)?;
    if let Some(partner) = caller.side_at(customer) {
        let relationship = relationships::active(tx.conn(), partner, customer).await?.ok_or(Error::not_found())?;
        return requests::ask_or_do(tx, caller, &relationship, operation, random).await;
    }
    let ground = Ground { customer, relationship: None, reach: Reach::Within(rights), administrator: caller.administers_customer() };
    rules::check(tx.conn(), ground, &operation).await?;
    Ok(Outcome::Done(perform(tx, Actor::Caller(caller), ground, operation, random).await?))
}
