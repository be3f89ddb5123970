//! What a user has read, the same on each of their desks. Reading changes nothing of a customer's: it leaves no audit record.

use std::collections::BTreeMap;

use itertools::Itertools as _;
use tenantry_model::api::read_marks::{MOST_MARKS, RaiseReadMark};
use tenantry_model::id::TenantId;
use tenantry_model::text::TicketNumber;

use crate::domain::caller::Caller;
use crate::domain::incidents::read::cut_row;
use crate::error::{Error, Result};
use crate::store::read_marks::Mark;
use crate::store::{Tx, incidents};

/// Refuses more than one request takes.
pub fn check(marks: &[RaiseReadMark]) -> Result<()> {
    if marks.len() <= MOST_MARKS { Ok(()) } else { Err(Error::bad_request(format!("marks: at most {MOST_MARKS} at once"))) }
}

/// Raises the caller's marks of incidents that they see, to no more messages than there are. Marks of others are passed over without a word: an answer
/// that told them apart would say what exists.
pub async fn raise(tx: &mut Tx, caller: &Caller, marks: &[RaiseReadMark]) -> Result<()> {
    let mut asked: BTreeMap<(TicketNumber, TenantId), u32> = BTreeMap::new();
    for mark in marks {
        let messages = asked.entry((mark.number, mark.customer_id)).or_default();
        *messages = mark.messages.max(*messages);
    }
    let numbers: Vec<TicketNumber> = asked.keys().map(|(number, _)| *number).dedup().collect();
    let mut seen: Vec<Mark> = Vec::with_capacity(numbers.len());
    for stored in incidents::rows_of(tx.conn(), &numbers).await? {
        let (number, customer) = (stored.row.number, stored.row.customer_id);
        let Some(messages) = asked.get(&(number, customer)).map(|asked| stored.row.messages.min(*asked)).filter(|read| *read > 0) else {
            continue;
        };
        if caller.access.at(customer).and_then(|rights| cut_row(stored, rights, caller.tenant.id)).is_some() {
            seen.push((number, messages));
        }
    }
    tx.raise_read_marks(caller.user, &seen).await
}
