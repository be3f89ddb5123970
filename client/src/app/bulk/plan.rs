//! What would be done, gathered by customer. Pure.

use std::collections::{HashMap, HashSet};

use tenantry_model::collation::sort_key;
use tenantry_model::id::TenantId;
use tenantry_model::ipc::{About, BulkAction, BulkCustomer, BulkLeftOut, BulkReason, FormId};

use super::judge::{Asker, Deed, Known, judge};

/// An incident or a room of a plan.
#[derive(Debug, Clone)]
pub(super) struct Planned {
    pub(super) about: About,
    pub(super) customer_name: Option<String>,
    pub(super) verdict: Result<Deed, BulkReason>,
}

/// What was planned and not started.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub(super) id: FormId,
    pub(super) action: BulkAction,
    pub(super) rows: Vec<Planned>,
    /// The unfinished run that it goes on with.
    pub(super) resumes: Option<FormId>,
}

impl Plan {
    /// The customers that it names and says something of.
    pub(super) fn named(&self) -> impl Iterator<Item = TenantId> {
        let is_named = |row: &&Planned| !matches!(row.verdict, Err(BulkReason::NotHere | BulkReason::Locked));
        self.rows.iter().filter(is_named).map(|row| row.about.customer())
    }
}

/// `unsent` are those at which something waits already: what is done at them comes behind that, and may be another thing by then.
pub(super) fn planned(action: &BulkAction, known: Vec<Known>, unsent: &HashSet<About>, asker: Asker) -> Vec<Planned> {
    let one = |known: Known| {
        let verdict = judge(action, &known, asker);
        let waits = matches!(verdict, Ok(Deed::Send { .. })) && unsent.contains(&known.about());
        Planned {
            about: known.about(),
            customer_name: known.customer().map(|customer| customer.name.clone()),
            verdict: if waits { Err(BulkReason::Unsent) } else { verdict },
        }
    };
    known.into_iter().map(one).collect()
}

/// By customer, in the order of their names; those that may not be seen last.
pub(super) fn by_customer(rows: &[Planned]) -> Vec<BulkCustomer> {
    let mut places = HashMap::new();
    let mut customers: Vec<BulkCustomer> = vec![];
    for row in rows {
        let id = row.about.customer();
        let at = *places.entry(id).or_insert_with(|| {
            customers.push(BulkCustomer { id, display_name: row.customer_name.clone(), will: 0, approves: None, left_out: vec![] });
            customers.len() - 1
        });
        let customer = &mut customers[at];
        match &row.verdict {
            Ok(_) => customer.will += 1,
            Err(reason) => match customer.left_out.iter_mut().find(|left| left.reason == *reason) {
                Some(left) => left.count += 1,
                None => customer.left_out.push(BulkLeftOut { reason: reason.clone(), count: 1 }),
            },
        }
    }
    customers.sort_by_cached_key(|customer| {
        let name = customer.display_name.as_deref();
        (name.is_none(), name.map(sort_key), customer.id)
    });
    customers
}
