//! Which signals raise incidents at a customer (R74).

use std::collections::{BTreeMap, BTreeSet};

use tenantry_model::api::signal_switches::{SignalSwitch, SignalSwitches, SwitchSignals, SwitchTo};
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::TenantId;
use tenantry_model::permission::Permission;
use tenantry_model::signal::SignalId;

use super::{closing, reach};
use crate::domain::actor::Actor;
use crate::domain::caller::Caller;
use crate::domain::tenants;
use crate::domain::version::check_version;
use crate::error::{Error, Result};
use crate::random::Random;
use crate::store::settings::{self, Closing, SwitchedOff};
use crate::store::{Change, Conn, Tx};

/// `GET /v1/customers/{c}/signals`. Needs `settings.view` there; how many incidents are open is told to who sees all of them as a user of the customer's own.
pub async fn list(conn: &mut Conn, caller: &Caller, customer: TenantId) -> Result<SignalSwitches> {
    caller.rights_with(customer, Permission::SettingsView)?;
    let (off, version) = settings::switched_off(conn, customer).await?;
    let open = if reach::may(caller, Permission::TicketsView, customer) {
        Some(settings::open_by_signal(conn, customer).await?.into_iter().collect::<BTreeMap<_, _>>())
    } else {
        None
    };
    let row = |signal: &SignalId| SignalSwitch {
        signal: *signal,
        enabled: !off.has(*signal),
        open: open.as_ref().map(|open| open.get(signal).copied().unwrap_or_default()),
    };
    Ok(SignalSwitches {
        signals: SignalId::ALL.iter().map(row).collect(),
        may_modify: reach::may(caller, Permission::SettingsModify, customer),
        version,
    })
}

/// Switches some, or all; of the version that was read, where a caller does. What is open of those that are switched off is closed: some of it at once, and
/// the rest in steps. Answers the version that there is then.
pub async fn switch(
    tx: &mut Tx,
    actor: Actor<'_>,
    customer: TenantId,
    change: &SwitchSignals,
    version: Option<u64>,
    random: &dyn Random,
) -> Result<u64> {
    reach::whole_customer(actor, Permission::SettingsModify, customer)?;
    let (SwitchedOff(was), known) = settings::switched_off(tx.conn(), customer).await?;
    check_version(known, version)?;
    let named: BTreeSet<SignalId> = match (&change.signals, change.to) {
        (Some(signals), _) => signals.iter().copied().collect(),
        (None, SwitchTo::Default) => SignalId::ALL.iter().copied().collect(),
        (None, SwitchTo::Enabled | SwitchTo::Disabled) => return Err(Error::bad_request("signals: name those that are to be switched")),
    };
    let is: BTreeSet<SignalId> = match change.to {
        SwitchTo::Enabled | SwitchTo::Default => was.difference(&named).copied().collect(),
        SwitchTo::Disabled => was.union(&named).copied().collect(),
    };
    if is == was {
        return Ok(known);
    }
    settings::put_switched_off(tx.conn(), customer, &SwitchedOff(is.clone())).await?;
    tx.record(Change::customer(customer)).await?;
    let name = tenants::find(tx, customer).await?.display_name;
    let entry = actor.record(customer, AuditCategory::Settings, AuditOperation::Update, name);
    let switched = |from: &BTreeSet<SignalId>, without: &BTreeSet<SignalId>| {
        let names: Vec<&str> = from.difference(without).map(|signal| signal.as_str()).collect();
        (!names.is_empty()).then(|| names.join(", "))
    };
    let entry = entry.with("signalsOff", switched(&was, &is), switched(&is, &was));
    tx.audit(entry).await?;
    let by = if let Actor::Caller(caller) = actor { Some(caller.display_name.clone()) } else { None };
    let open_at = tx.now();
    for (place, signal) in is.difference(&was).enumerate() {
        let closing = Closing { customer, signal: *signal, open_at, by: by.clone() };
        settings::begin_closing(tx.conn(), &closing).await?;
        if place == 0 {
            closing::step_of(tx, &closing, random).await?;
        }
    }
    Ok(known + 1)
}
