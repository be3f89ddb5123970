//! The rows of a long list that the window holds: some pages around what is visible. Pure; `rows.rs` drives it.

use std::collections::BTreeMap;
use std::rc::Rc;

use tenantry_model::ipc::{IpcError, IpcErrorKind};
use yew::Reducible;

use crate::row_source::{PAGE, RowSource};

/// Pages kept on either side of the visible ones.
const KEEP: u32 = 5;

/// A window of a list, as the engine answers it.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer<R, H> {
    /// How many rows the whole list has.
    pub total: u32,
    pub rows: Vec<R>,
    pub head: H,
    /// The cache's generation that it was read at.
    pub generation: u64,
}

pub enum RowAction<Q, R, H> {
    /// Another list is asked for; none where there is nothing to list.
    Query(Option<Q>),
    /// The cache changed.
    Tick(u64),
    /// Rows from the first to before the second are visible.
    Visible(u32, u32),
    /// A page was answered, for this sequence and tick.
    Answered(u32, u64, u32, Result<Answer<R, H>, IpcError>),
    Retry,
}

struct Shown<R, H> {
    sequence: u32,
    generation: u64,
    total: u32,
    head: Rc<H>,
    pages: BTreeMap<u32, Rc<[R]>>,
}

impl<R, H> Clone for Shown<R, H> {
    fn clone(&self) -> Self {
        Self { head: self.head.clone(), pages: self.pages.clone(), ..*self }
    }
}

pub struct Rows<Q, R, H> {
    revision: u64,
    /// Raised with every change of what is shown.
    content: u64,
    query: Option<Q>,
    sequence: u32,
    tick: u64,
    visible: (u32, u32),
    /// At which tick each page was last answered, be it that it failed.
    answered: BTreeMap<u32, u64>,
    shown: Option<Shown<R, H>>,
    error: Option<IpcError>,
}

impl<Q, R, H> Default for Rows<Q, R, H> {
    fn default() -> Self {
        Self {
            revision: 0,
            content: 0,
            query: None,
            sequence: 0,
            tick: 0,
            visible: (0, 1),
            answered: BTreeMap::new(),
            shown: None,
            error: None,
        }
    }
}

impl<Q, R, H> PartialEq for Rows<Q, R, H> {
    fn eq(&self, other: &Self) -> bool {
        self.revision == other.revision
    }
}

impl<Q, R, H> RowSource<R> for Rows<Q, R, H> {
    fn total(&self) -> Option<u32> {
        self.shown.as_ref().map(|shown| shown.total)
    }

    fn row(&self, at: u32) -> Option<&R> {
        self.shown.as_ref()?.pages.get(&(at / PAGE))?.get((at % PAGE) as usize)
    }

    fn revision(&self) -> Option<u64> {
        Some(self.content)
    }

    fn is_behind(&self) -> bool {
        self.shown.as_ref().is_some_and(|shown| shown.sequence != self.sequence)
    }

    fn is_renewing(&self) -> bool {
        !self.due().is_empty()
    }
}

impl<Q, R, H> Rows<Q, R, H> {
    /// The pages whose answer is missing or old.
    pub(super) fn due(&self) -> Vec<u32> {
        if self.query.is_none() {
            return vec![];
        }
        let known = self.shown.as_ref().filter(|shown| shown.sequence == self.sequence).map(|shown| shown.total);
        let last = self.visible.1.max(1) - 1;
        // Before the length is known a single page is asked for: the first visible one.
        let last = known.map_or(self.visible.0, |total| last.min(total.saturating_sub(1)));
        (self.visible.0.min(last) / PAGE..=last / PAGE)
            .filter(|page| self.answered.get(page).is_none_or(|tick| *tick < self.tick))
            .collect()
    }
}

impl<Q: Clone, R, H> Rows<Q, R, H> {
    pub fn head(&self) -> Option<&Rc<H>> {
        self.shown.as_ref().map(|shown| &shown.head)
    }

    pub fn error(&self) -> Option<&IpcError> {
        self.error.as_ref()
    }

    /// Whether this question is the one asked now, and there is an answer to it, be it that it failed.
    pub fn answers(&self, query: &Q) -> bool
    where
        Q: PartialEq,
    {
        self.query.as_ref() == Some(query) && !self.is_behind() && (self.shown.is_some() || self.error.is_some())
    }

    pub(super) fn query(&self) -> Option<&Q> {
        self.query.as_ref()
    }

    pub(super) fn stamp(&self) -> (u32, u64) {
        (self.sequence, self.tick)
    }

    /// The page that is asked for first after another question.
    pub(super) const fn first_page(&self) -> u32 {
        self.visible.0 / PAGE
    }

    fn copy(&self) -> Self {
        Self {
            revision: self.revision + 1,
            query: self.query.clone(),
            answered: self.answered.clone(),
            shown: self.shown.clone(),
            error: self.error.clone(),
            ..*self
        }
    }

    fn answered(&mut self, tick: u64, page: u32, answer: Result<Answer<R, H>, IpcError>) {
        self.answered.insert(page, tick);
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) => {
                if matches!(error.kind, IpcErrorKind::NotFound | IpcErrorKind::Locked | IpcErrorKind::SignedOut) || self.is_behind() {
                    self.shown = None;
                }
                self.error = Some(error);
                return;
            }
        };
        self.error = None;
        let rows: Rc<[R]> = answer.rows.into();
        match &mut self.shown {
            Some(shown) if shown.sequence == self.sequence => {
                if answer.generation < shown.generation {
                    return;
                }
                shown.generation = answer.generation;
                shown.total = answer.total;
                shown.head = Rc::new(answer.head);
                shown.pages.insert(page, rows);
            }
            shown => {
                let pages = BTreeMap::from([(page, rows)]);
                *shown = Some(Shown {
                    sequence: self.sequence,
                    generation: answer.generation,
                    total: answer.total,
                    head: Rc::new(answer.head),
                    pages,
                });
            }
        }
        self.forget_far_pages();
    }

    fn forget_far_pages(&mut self) {
        // A list that became short ends before what was visible, and its last page is due: it must not be thrown away as it arrives.
        let end = self.shown.as_ref().map_or(u32::MAX, |shown| shown.total.saturating_sub(1));
        let (first, last) = (self.visible.0.min(end) / PAGE, self.visible.1.min(end) / PAGE);
        let (first, last) = (first.saturating_sub(KEEP), last.saturating_add(KEEP));
        if let Some(shown) = &mut self.shown {
            shown.pages.retain(|page, _| (first..=last).contains(page));
        }
        self.answered.retain(|page, _| (first..=last).contains(page));
    }
}

impl<Q: Clone + PartialEq + 'static, R: 'static, H: 'static> Rows<Q, R, H> {
    /// Begins with an answer that is there already.
    pub(super) fn beginning(query: Q, tick: u64, answer: Answer<R, H>) -> Self {
        let mut rows = Self { query: Some(query), sequence: 1, tick, content: 1, ..Self::default() };
        rows.answered(tick, 0, Ok(answer));
        rows
    }
}

impl<Q: Clone + PartialEq + 'static, R: 'static, H: 'static> Reducible for Rows<Q, R, H> {
    type Action = RowAction<Q, R, H>;

    fn reduce(self: Rc<Self>, action: Self::Action) -> Rc<Self> {
        let mut rows = self.copy();
        match action {
            RowAction::Query(query) if query == self.query => return self,
            RowAction::Query(query) => {
                rows.sequence += 1;
                rows.answered.clear();
                rows.error = None;
                if query.is_none() {
                    rows.shown = None;
                    rows.content += 1;
                }
                rows.query = query;
            }
            RowAction::Tick(tick) if tick == self.tick => return self,
            RowAction::Tick(tick) => rows.tick = tick,
            RowAction::Visible(first, end) if (first, end) == self.visible => return self,
            RowAction::Visible(first, end) => rows.visible = (first, end),
            RowAction::Answered(sequence, ..) if sequence != self.sequence => return self,
            RowAction::Answered(_, tick, page, answer) => {
                rows.content += 1;
                rows.answered(tick, page, answer);
            }
            RowAction::Retry => {
                rows.answered.clear();
                rows.error = None;
            }
        }
        Rc::new(rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type List = Rows<&'static str, u32, ()>;

    #[test]
    fn fault_9_18_a_list_that_begins_with_an_answer_asks_nothing() {
        let answer = Answer { total: 2, rows: vec![7, 8], head: (), generation: 4 };
        let list = Rc::new(List::beginning("all", 3, answer));
        assert!((list.answers(&"all"), list.total(), list.row(1)) == (true, Some(2), Some(&8)));
        assert!(list.due().is_empty() && list.reduce(RowAction::Tick(4)).due() == [0], "until something changes");
    }

    fn list() -> Rc<List> {
        Rc::new(List::default()).reduce(RowAction::Query(Some("all")))
    }

    fn answer(total: u32, from: u32, generation: u64) -> Result<Answer<u32, ()>, IpcError> {
        let rows = (from..total.min(from + PAGE)).collect();
        Ok(Answer { total, rows, head: (), generation })
    }

    fn answered(list: Rc<List>, page: u32, total: u32, generation: u64) -> Rc<List> {
        let (sequence, tick) = list.stamp();
        list.reduce(RowAction::Answered(sequence, tick, page, answer(total, page * PAGE, generation)))
    }

    #[test]
    fn one_page_is_asked_for_first_then_those_that_are_visible() {
        let list = list();
        assert_eq!(list.due(), [0]);
        let list = answered(list, 0, 1_000, 1).reduce(RowAction::Visible(5 * PAGE - 20, 5 * PAGE + 20));
        assert_eq!(list.due(), [4, 5]);
        assert_eq!((list.row(7), list.row(5 * PAGE), list.is_renewing()), (Some(&7), None, true));
        assert!(!answered(answered(list, 4, 1_000, 1), 5, 1_000, 1).is_renewing());
    }

    #[test]
    fn an_answer_to_an_older_question_is_dropped_and_the_old_rows_stay_until_the_new_arrive() {
        let list = answered(list(), 0, 30, 1);
        let old = list.stamp();
        let list = list.reduce(RowAction::Query(Some("some")));
        assert_eq!((list.row(29), list.is_behind()), (Some(&29), true));
        assert!(!list.answers(&"some") && !list.answers(&"all"));
        let list = list.reduce(RowAction::Answered(old.0, old.1, 0, answer(5, 0, 9)));
        assert_eq!((list.total(), list.is_behind()), (Some(30), true));
        let list = answered(list, 0, 7, 1);
        assert_eq!((list.total(), list.is_behind(), list.row(29)), (Some(7), false, None));
        assert!(list.answers(&"some") && !list.answers(&"all"), "what is typed next has no answer before it is asked");
    }

    #[test]
    fn fault_9_19_rows_are_others_with_an_answer_and_not_with_a_question() {
        let list = answered(list(), 0, 30, 1);
        let before = list.revision();
        let list = list.reduce(RowAction::Query(Some("some"))).reduce(RowAction::Visible(3, 9)).reduce(RowAction::Tick(4));
        assert_eq!(list.revision(), before, "what was there stays until the answer comes");
        let list = answered(list, 0, 7, 1);
        assert_ne!(list.revision(), before);
        let answered = list.revision();
        assert_ne!(list.reduce(RowAction::Query(None)).revision(), answered, "none are left");
    }

    #[test]
    fn an_older_generation_never_replaces_a_newer() {
        let list = answered(list(), 0, 30, 5);
        let list = answered(list, 0, 20, 4);
        assert_eq!(list.total(), Some(30));
    }

    #[test]
    fn a_change_of_the_data_asks_again_once_however_many_arrive_meanwhile() {
        let list = answered(list(), 0, 30, 1).reduce(RowAction::Tick(1));
        assert_eq!(list.due(), [0]);
        let (sequence, tick) = list.stamp();
        let list = list.reduce(RowAction::Tick(2)).reduce(RowAction::Tick(3));
        let list = list.reduce(RowAction::Answered(sequence, tick, 0, answer(31, 0, 2)));
        assert_eq!(list.due(), [0]);
        assert!(answered(list, 0, 31, 3).due().is_empty());
    }

    #[test]
    fn a_failure_keeps_the_rows_and_is_not_repeated_by_itself() {
        let list = answered(list(), 0, 30, 1).reduce(RowAction::Tick(1));
        let (sequence, tick) = list.stamp();
        let error = IpcError::new(IpcErrorKind::Internal, "told", true);
        let list = list.reduce(RowAction::Answered(sequence, tick, 0, Err(error)));
        assert_eq!((list.total(), list.error().is_some(), list.due().len()), (Some(30), true, 0));
        assert_eq!(list.reduce(RowAction::Retry).due(), [0]);
    }

    #[test]
    fn a28_rows_of_a_locked_customer_do_not_stay() {
        let list = answered(list(), 0, 30, 1).reduce(RowAction::Tick(1));
        let (sequence, tick) = list.stamp();
        let error = IpcError::new(IpcErrorKind::Locked, "told", false);
        let list = list.reduce(RowAction::Answered(sequence, tick, 0, Err(error)));
        assert_eq!((list.total(), list.row(0)), (None, None));
    }

    #[test]
    fn fault_9_19_a_list_that_became_short_is_asked_for_once() {
        for total in [0, 30] {
            let list = list().reduce(RowAction::Visible(5 * PAGE, 5 * PAGE + 40));
            let list = answered(answered(list, 5, 1_000, 1), 5, 1_000, 1);
            assert!(list.due().is_empty());
            let list = answered(list.reduce(RowAction::Tick(1)), 5, total, 2);
            assert_eq!(list.due(), [0], "it ends before what is visible");
            assert!(answered(list, 0, total, 2).due().is_empty(), "{total}");
        }
    }

    #[test]
    fn only_pages_near_the_visible_ones_are_kept() {
        let mut list = list();
        for page in 0..20 {
            list = list.reduce(RowAction::Visible(page * PAGE, page * PAGE + 40));
            list = answered(list, page, 5_000, 1);
        }
        assert_eq!((list.row(0), list.row(19 * PAGE)), (None, Some(&(19 * PAGE))));
    }
}
