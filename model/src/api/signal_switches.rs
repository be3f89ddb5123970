//! Which signals raise incidents at a customer (R74).

use serde::{Deserialize, Serialize};

use crate::signal::SignalId;
use crate::word::words;

/// `GET /v1/customers/{customer}/signals`: the catalogue, as it is switched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignalSwitches {
    /// All signals, in the order of the catalogue.
    pub signals: Vec<SignalSwitch>,
    /// Whether the reader may switch them.
    pub may_modify: bool,
    /// What a change names in `If-Match`.
    pub version: u64,
}

/// A signal of the catalogue, as a customer has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignalSwitch {
    /// Which.
    pub signal: SignalId,
    /// Whether it raises incidents. All do where nobody switched anything.
    pub enabled: bool,
    /// How many of its incidents are open: those that switching it off closes. Told to users of the customer's own who see all its incidents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open: Option<u32>,
}

words! {
    /// What a signal is switched to.
    SwitchTo = "a switch" {
        /// Raises incidents.
        Enabled = "enabled",
        /// Raises none; those that are open are closed.
        Disabled = "disabled",
        /// As the catalogue has it: enabled.
        Default = "default",
    }
}

/// `PATCH /v1/customers/{customer}/signals`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SwitchSignals {
    /// To what.
    pub to: SwitchTo,
    /// Which; all where it is left out, which `default` alone takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signals: Option<Vec<SignalId>>,
}
