//! The customer dropdown.

use serde::{Deserialize, Serialize};

use super::Freshness;
use crate::filter::Name;
use crate::id::{PrincipalId, TenantId};
use crate::incident::Severity;
use crate::permission::PermissionSet;

/// Which part of a list to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListWindow {
    /// Position of the first row wanted.
    pub offset: u32,
    /// How many rows, at most 500.
    pub limit: u32,
}

/// See [`super::ListCustomers`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CustomerQuery {
    /// Words that the name must hold, in any order, each at the start of a word or within one; case and accents do not count.
    pub text: String,
    /// Which part.
    pub window: ListWindow,
}

/// See [`super::ListCustomers`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CustomerPage {
    /// How many match.
    pub total: u32,
    /// How many there are in all.
    pub all: u32,
    /// Open incidents over all customers.
    pub open: u32,
    /// The rows of the window, by name.
    pub rows: Vec<CustomerRow>,
    /// See [`DataChange::generation`].
    pub generation: u64,
}

/// A customer in the dropdown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CustomerRow {
    /// The customer.
    pub id: TenantId,
    /// Its name.
    pub display_name: String,
    /// Whether another customer that is here is called the same.
    #[serde(default)]
    pub shares_name: bool,
    /// Its open incidents; none while locked.
    pub open: Option<u32>,
    /// The gravest of them.
    pub worst: Option<Severity>,
    /// What the user may do there.
    pub permissions: PermissionSet,
    /// How far its rows can be relied on.
    pub freshness: Freshness,
}

impl CustomerRow {
    /// As a filter names it.
    pub fn named(&self) -> Name {
        Name::of_customer(self.id, &self.display_name, self.shares_name)
    }

    /// What tells it from others of its name, where there are any.
    pub fn told_apart(&self) -> Option<String> {
        self.shares_name.then(|| format!("#{}", Name::mark(self.id)))
    }
}

/// See [`super::NextCustomer`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NextCustomerQuery {
    /// The one to go on from; none begins at the end that one comes from.
    pub from: Option<TenantId>,
    /// Towards the first name.
    pub back: bool,
    /// Whether those with nothing open are passed over.
    pub with_open: bool,
}

/// A member of a customer's Primary admins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AdminKey {
    /// The customer.
    pub customer: TenantId,
    /// The member.
    pub principal: PrincipalId,
}
