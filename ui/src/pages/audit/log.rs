//! The pages of the log that have arrived. Pure; `use_log.rs` drives it.

use std::rc::Rc;

use tenantry_model::audit::AuditRecord;
use tenantry_model::ipc::{AuditPage, AuditQuery, IpcError};
use yew::Reducible;

#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Log {
    query: Option<AuditQuery>,
    sequence: u32,
    /// Newest first; those of the question before stay until the first page of this one has arrived.
    pub(super) rows: Rc<Vec<AuditRecord>>,
    /// Raised when the rows are other ones, not more of them.
    pub(super) list: u32,
    next: Option<String>,
    /// Whether any page of any question has arrived.
    pub(super) arrived: bool,
    pub(super) loading: bool,
    pub(super) error: Option<IpcError>,
}

#[derive(Debug)]
pub(super) enum LogAction {
    /// Another question, or the same once more.
    Ask(AuditQuery),
    More,
    /// A page of this sequence, after this place.
    Answered(u32, Option<String>, Result<AuditPage, IpcError>),
}

impl Log {
    pub(super) fn has_more(&self) -> bool {
        self.next.is_some()
    }

    /// The page to ask for now; its sequence says which question it belongs to.
    pub(super) fn due(&self) -> Option<(u32, AuditQuery)> {
        let query = self.query.clone().filter(|_| self.loading)?;
        Some((self.sequence, query))
    }
}

impl Reducible for Log {
    type Action = LogAction;

    fn reduce(self: Rc<Self>, action: LogAction) -> Rc<Self> {
        let mut log = (*self).clone();
        match action {
            LogAction::Ask(query) => {
                log.query = Some(query);
                log.sequence += 1;
                log.next = None;
                log.loading = true;
                log.error = None;
            }
            LogAction::More if self.loading || (self.next.is_none() && self.error.is_none()) => return self,
            LogAction::More => {
                if let Some(query) = &mut log.query {
                    query.after.clone_from(&self.next);
                }
                log.sequence += 1;
                log.loading = true;
                log.error = None;
            }
            LogAction::Answered(sequence, ..) if sequence != self.sequence => return self,
            LogAction::Answered(_, after, Ok(page)) => {
                if after.is_some() {
                    log.rows = Rc::new(self.rows.iter().cloned().chain(page.rows).collect());
                } else {
                    log.rows = Rc::new(page.rows);
                    log.list += 1;
                }
                log.next = page.next;
                log.arrived = true;
                log.loading = false;
            }
            LogAction::Answered(_, _, Err(error)) => {
                log.error = Some(error);
                log.loading = false;
            }
        }
        Rc::new(log)
    }
}

#[cfg(test)]
mod tests {
    use super::super::view_model::View;
    use super::super::view_model::tests::record;
    use super::*;
    use tenantry_model::ipc::IpcErrorKind;
    use tenantry_model::time::Timestamp;

    fn query(text: &str) -> AuditQuery {
        View::default().query(text, Timestamp::from_micros(0)).unwrap()
    }

    fn page(rows: &[u8], next: Option<&str>) -> Result<AuditPage, IpcError> {
        Ok(AuditPage { rows: rows.iter().map(|n| record(*n, 1, None)).collect(), next: next.map(str::to_owned) })
    }

    fn ids(log: &Log) -> Vec<&str> {
        log.rows.iter().map(|row| row.id.as_str()).collect()
    }

    #[test]
    fn pages_follow_one_another_and_end_where_there_is_no_next() {
        let log = Rc::new(Log::default()).reduce(LogAction::Ask(query("")));
        let (sequence, asked) = log.due().unwrap();
        assert_eq!(asked.after, None);
        let log = log.reduce(LogAction::Answered(sequence, None, page(&[3, 2], Some("x"))));
        assert_eq!((ids(&log), log.has_more(), log.due().is_some()), (vec!["3", "2"], true, false));
        let log = log.reduce(LogAction::More).reduce(LogAction::More);
        let (sequence, asked) = log.due().unwrap();
        assert_eq!(asked.after.as_deref(), Some("x"));
        let list = log.list;
        let log = log.reduce(LogAction::Answered(sequence, Some("x".into()), page(&[1], None)));
        assert_eq!((ids(&log), log.has_more(), log.list), (vec!["3", "2", "1"], false, list));
        assert!(log.clone().reduce(LogAction::More).due().is_none());
    }

    #[test]
    fn an_answer_to_an_older_question_is_dropped_and_its_rows_stay_until_the_new_arrive() {
        let log = Rc::new(Log::default()).reduce(LogAction::Ask(query("a")));
        let (old, _) = log.due().unwrap();
        let log = log.reduce(LogAction::Answered(old, None, page(&[1], None))).reduce(LogAction::Ask(query("b")));
        assert_eq!(ids(&log), ["1"]);
        let log = log.reduce(LogAction::Answered(old, None, page(&[9], None)));
        assert_eq!((ids(&log), log.loading), (vec!["1"], true));
        let (sequence, _) = log.due().unwrap();
        assert!(log.reduce(LogAction::Answered(sequence, None, page(&[], None))).rows.is_empty());
    }

    #[test]
    fn a_page_that_failed_can_be_asked_for_again_and_takes_nothing_away() {
        let log = Rc::new(Log::default()).reduce(LogAction::Ask(query("")));
        let (sequence, _) = log.due().unwrap();
        let log = log.reduce(LogAction::Answered(sequence, None, page(&[1], Some("x")))).reduce(LogAction::More);
        let (sequence, _) = log.due().unwrap();
        let error = IpcError::new(IpcErrorKind::Offline, "told", true);
        let log = log.reduce(LogAction::Answered(sequence, Some("x".into()), Err(error)));
        assert_eq!((ids(&log), log.error.is_some(), log.has_more()), (vec!["1"], true, true));
        let log = log.reduce(LogAction::More);
        assert_eq!(log.due().unwrap().1.after.as_deref(), Some("x"));
    }
}
