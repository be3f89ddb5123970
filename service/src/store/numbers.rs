//! Ticket numbers: the customer's six characters, and six that nobody had before.

use std::collections::{HashMap, HashSet};

use tenantry_model::id::TenantId;
use tenantry_model::text::TicketNumber;

use crate::error::{Error, Result};
use crate::random::Random;
use crate::store::column::Column;
use crate::store::db::{Conn, QueryBuilder};

const ALPHABET: &[u8; 36] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/// How often a group is drawn anew before something must be wrong with the randomness.
const TRIES: usize = 50;

/// Six characters out of 36, each as likely as the other.
pub(crate) fn group_of_six(random: &dyn Random) -> String {
    let mut group = String::with_capacity(6);
    let mut byte = [0];
    while group.len() < 6 {
        random.fill(&mut byte);
        // 252 = 7 × 36: the rest of the byte's values would favour the first letters.
        if byte[0] < 252 {
            group.push(char::from(ALPHABET[usize::from(byte[0]) % ALPHABET.len()]));
        }
    }
    group
}

/// A fresh number for each of these customers, in their order.
pub(super) async fn draw(conn: &mut Conn, customers: &[TenantId], random: &dyn Random) -> Result<Vec<TicketNumber>> {
    let prefixes = prefixes(conn, customers).await?;
    let prefix = |customer: &TenantId| {
        prefixes.get(customer).ok_or_else(|| Error::bad_row("tenants", "ticket_prefix", customer, "there is no such tenant"))
    };
    let mut drawn: Vec<String> = Vec::with_capacity(customers.len());
    for customer in customers {
        drawn.push(format!("{}-{}", prefix(customer)?, group_of_six(random)));
    }
    for _ in 0..TRIES {
        let mut met = taken(conn, &drawn).await?;
        let again: Vec<usize> = (0..drawn.len()).filter(|at| !met.insert(drawn[*at].clone())).collect();
        if again.is_empty() {
            return drawn
                .iter()
                .map(|text| text.parse().map_err(|error| Error::bad_row("tenants", "ticket_prefix", text, error)))
                .collect();
        }
        for at in again {
            drawn[at] = format!("{}-{}", prefix(&customers[at])?, group_of_six(random));
        }
    }
    Err(Error::Internal("no unused ticket number could be drawn".into()))
}

async fn prefixes(conn: &mut Conn, customers: &[TenantId]) -> Result<HashMap<TenantId, String>> {
    let mut ids: Vec<TenantId> = customers.to_vec();
    ids.sort_unstable();
    ids.dedup();
    let query = QueryBuilder::new("SELECT id, ticket_prefix FROM tenants WHERE id IN ");
    let rows: Vec<(String, String)> = query.fetch_in(conn, &ids, "").await?;
    rows.into_iter().map(|(id, prefix)| Ok((id.parse().column("tenants", "id", &id)?, prefix))).collect()
}

async fn taken(conn: &mut Conn, numbers: &[String]) -> Result<HashSet<String>> {
    let rows: Vec<(String,)> = QueryBuilder::new("SELECT number FROM incidents WHERE number IN ").fetch_in(conn, numbers, "").await?;
    Ok(rows.into_iter().map(|(number,)| number).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SeededRandom;

    #[test]
    fn every_character_of_the_alphabet_turns_up_and_about_as_often_as_the_others() {
        let random = SeededRandom::new(9);
        let mut counts = [0_u32; 36];
        for _ in 0..6_000 {
            for b in group_of_six(&random).bytes() {
                counts[ALPHABET.iter().position(|it| *it == b).unwrap()] += 1;
            }
        }
        assert!(counts.iter().all(|count| (800..1_200).contains(count)), "{counts:?}");
    }
}
