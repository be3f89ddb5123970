//! A sorted map of rows with structural sharing: a sorted list of chunks, where a copy shares all chunks with the original and a change
//! copies the one chunk that it touches.
//!
//! An own one, because `imbl::OrdMap` loses where it matters: it walks 2 to 3 times slower with 5,000 rows (25 µs for all of them, against
//! 10), far slower with 50,000, and every search walks. See docs/dependencies.md.

use std::marker::PhantomData;
use std::sync::Arc;

use tenantry_model::id::TenantId;
use tenantry_model::text::TicketNumber;

use crate::domain::open_incidents::row::OpenRow;
use crate::store::incident_list::ListKey;

const FULL: usize = 256;

/// What rows are sorted by; unique.
pub(super) trait Order {
    type Key: Ord + Copy;

    fn key(row: &OpenRow) -> Self::Key;
}

#[derive(Debug, Clone, Copy)]
pub(super) struct InOrder;

impl Order for InOrder {
    type Key = ListKey;

    fn key(row: &OpenRow) -> ListKey {
        row.key
    }
}

/// By customer, then in the order of the Active tab.
#[derive(Debug, Clone, Copy)]
pub(super) struct OfCustomer;

impl Order for OfCustomer {
    type Key = (TenantId, ListKey);

    fn key(row: &OpenRow) -> Self::Key {
        (row.customer, row.key)
    }
}

/// By ticket number, which is what the log of changes names.
#[derive(Debug, Clone, Copy)]
pub(super) struct ByNumber;

impl Order for ByNumber {
    type Key = TicketNumber;

    fn key(row: &OpenRow) -> TicketNumber {
        row.key.number
    }
}

type Chunk = Vec<Arc<OpenRow>>;

#[derive(Debug, Clone)]
pub(super) struct OrderedRows<O> {
    /// Sorted; none is empty.
    chunks: Vec<Arc<Chunk>>,
    order: PhantomData<O>,
}

impl<O> Default for OrderedRows<O> {
    fn default() -> Self {
        Self { chunks: Vec::new(), order: PhantomData }
    }
}

impl<O: Order> OrderedRows<O> {
    pub(super) fn len(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.len()).sum()
    }

    /// Answers the row that had the same key before.
    pub(super) fn insert(&mut self, row: Arc<OpenRow>) -> Option<Arc<OpenRow>> {
        let key = O::key(&row);
        let at = self.chunk_of(key);
        let Some(chunk) = self.chunks.get_mut(at) else {
            // Past the end: rows that arrive sorted fill each chunk completely.
            match self.chunks.last_mut().filter(|last| last.len() < FULL) {
                Some(last) => Arc::make_mut(last).push(row),
                None => self.chunks.push(Arc::new(vec![row])),
            }
            return None;
        };
        let rows = Arc::make_mut(chunk);
        match rows.binary_search_by_key(&key, |row| O::key(row)) {
            Ok(at_row) => Some(std::mem::replace(&mut rows[at_row], row)),
            Err(at_row) => {
                rows.insert(at_row, row);
                if rows.len() > FULL {
                    let behind = rows.split_off(FULL / 2);
                    self.chunks.insert(at + 1, Arc::new(behind));
                }
                None
            }
        }
    }

    pub(super) fn remove(&mut self, key: O::Key) -> Option<Arc<OpenRow>> {
        let at = self.chunk_of(key);
        let at_row = self.chunks.get(at)?.binary_search_by_key(&key, |row| O::key(row)).ok()?;
        let rows = Arc::make_mut(self.chunks.get_mut(at)?);
        let row = rows.remove(at_row);
        let left = rows.len();
        // Small neighbours are joined again.
        if left == 0 {
            self.chunks.remove(at);
        } else if self.chunks.get(at + 1).is_some_and(|next| left + next.len() <= FULL / 2) {
            let next = self.chunks.remove(at + 1);
            Arc::make_mut(&mut self.chunks[at]).extend(next.iter().cloned());
        }
        Some(row)
    }

    /// The rows from the first one on for which `before` is false. `before` must be true for a prefix of the order, as in `partition_point`.
    pub(super) fn rows_from(&self, before: impl Fn(O::Key) -> bool) -> impl Iterator<Item = &OpenRow> {
        let at = self.chunks.partition_point(|chunk| chunk.last().is_some_and(|last| before(O::key(last))));
        let (first, rest) = self.chunks.get(at..).and_then(<[_]>::split_first).map_or((&[][..], &[][..]), |(first, rest)| {
            let at_row = first.partition_point(|row| before(O::key(row)));
            (&first[at_row..], rest)
        });
        first.iter().chain(rest.iter().flat_map(|chunk| chunk.iter())).map(|row| &**row)
    }

    /// The index of the only chunk that can hold this key.
    fn chunk_of(&self, key: O::Key) -> usize {
        self.chunks.partition_point(|chunk| chunk.last().is_some_and(|last| O::key(last) < key))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn row(n: u32, text: &str) -> Arc<OpenRow> {
        Arc::new(OpenRow::numbered(n, text))
    }

    fn key(n: u32) -> TicketNumber {
        row(n, "").key.number
    }

    fn texts<'a>(rows: impl Iterator<Item = &'a OpenRow>) -> Vec<&'a str> {
        rows.map(|row| &*row.text).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        /// Small numbers, so that keys repeat; many of them, so that chunks are split and joined.
        #[test]
        fn ordered_rows_are_a_sorted_map_and_its_copies_do_not_change(
            steps in prop::collection::vec((any::<bool>(), 0u32..900, 0u32..3), 0..3_000), sorted in any::<bool>(), from in 0u32..900,
        ) {
            let mut map: OrderedRows<ByNumber> = OrderedRows::default();
            let mut expected: BTreeMap<u32, String> = BTreeMap::new();
            if sorted {
                for n in 0..900 {
                    map.insert(row(n, "first"));
                    expected.insert(n, "first".into());
                }
            }
            let copy = map.clone();
            let before: Vec<String> = expected.values().cloned().collect();
            for (put, n, version) in steps {
                // With rows taken out more often than put in, chunks become small.
                if put && version == 0 {
                    let text = format!("{n} {version}");
                    let replaced = map.insert(row(n, &text));
                    prop_assert_eq!(replaced.map(|row| row.text.to_string()), expected.insert(n, text));
                } else {
                    prop_assert_eq!(map.remove(key(n)).map(|row| row.text.to_string()), expected.remove(&n));
                }
            }
            prop_assert_eq!(map.len(), expected.len());
            prop_assert!(map.chunks.iter().all(|chunk| (1..=FULL).contains(&chunk.len())));
            prop_assert_eq!(texts(map.rows_from(|_| false)), expected.values().collect::<Vec<_>>());
            prop_assert_eq!(texts(map.rows_from(|it| it <= key(from))), expected.range(from + 1..).map(|(_, text)| text).collect::<Vec<_>>());
            prop_assert_eq!(texts(copy.rows_from(|_| false)), before.iter().collect::<Vec<_>>());
        }
    }
}
