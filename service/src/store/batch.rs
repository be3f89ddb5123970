//! Many keys in one statement.

use sqlx::{QueryBuilder, Sqlite};

/// How many keys one statement takes; both databases allow more.
pub(super) const BATCH: usize = 1_024;

/// Appends `(key, key, …)`. The number of places is rounded up to a power of two, by naming the last key again, so that a handful of
/// prepared statements serves every length.
pub(super) fn push_keys(query: &mut QueryBuilder<Sqlite>, keys: &[String]) {
    query.push("(");
    if let Some(last) = keys.last() {
        let mut places = query.separated(", ");
        for key in keys {
            places.push_bind(key.clone());
        }
        for _ in keys.len()..keys.len().next_power_of_two() {
            places.push_bind(last.clone());
        }
    } else {
        query.push("NULL");
    }
    query.push(")");
}
