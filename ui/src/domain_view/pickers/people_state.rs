//! What the people picker decides. Pure.

use std::rc::Rc;

use tenantry_model::api::people::{DIRECTORY_SHOWN, DirectoryEntry};
use tenantry_model::id::PrincipalId;
use tenantry_model::ipc::IpcError;
use tenantry_model::tenancy::PrincipalRef;
use yew::Reducible;

/// A principal as the picker shows it where the directory was not asked: a group's size is not known then.
pub fn entry(principal: PrincipalRef) -> DirectoryEntry {
    DirectoryEntry { principal, users: None }
}

pub(super) type Found = Result<Rc<[DirectoryEntry]>, IpcError>;

#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Search {
    pub(super) text: String,
    pub(super) is_open: bool,
    /// The row of the list that the cursor is on.
    pub(super) active: u32,
    /// The last answer of the directory, and the text that it answers.
    found: Option<(String, Found)>,
    /// Enter was pressed: it counts for the answer to the text, which may be still to come.
    enter_waits: bool,
}

#[derive(Debug)]
pub(super) enum SearchAction {
    Typed(String),
    Answered(String, Found),
    Moved(u32),
    Enter,
    /// What Enter counted for was taken, where there was anything.
    EnterDone,
    Taken,
    Opened,
    /// The focus left the box.
    Left,
    /// The list was shut by Escape.
    Shut,
}

impl Search {
    pub(super) fn wanted(&self) -> &str {
        self.text.trim()
    }

    /// What was found last, be it for an older text.
    pub(super) fn found(&self) -> Option<&Found> {
        self.found.as_ref().map(|(_, found)| found)
    }

    /// Whether what was found answers the text.
    pub(super) fn is_current(&self) -> bool {
        self.found.as_ref().is_some_and(|(asked, _)| asked == self.wanted())
    }

    pub(super) fn shows_list(&self) -> bool {
        self.is_open && !self.wanted().is_empty()
    }

    /// Whether Enter was pressed, and nobody was taken for it yet.
    pub(super) fn awaits(&self) -> bool {
        self.enter_waits
    }

    /// Whether Enter was pressed for the answer that is there now.
    pub(super) fn enter_is_due(&self) -> bool {
        self.enter_waits && self.is_current()
    }
}

impl Reducible for Search {
    type Action = SearchAction;

    fn reduce(self: Rc<Self>, action: SearchAction) -> Rc<Self> {
        let mut next = (*self).clone();
        match action {
            SearchAction::Typed(text) => {
                next.text = text;
                next.is_open = true;
                next.active = 0;
                next.enter_waits = false;
            }
            // An answer to another text came late.
            SearchAction::Answered(asked, _) if asked != self.wanted() => return self,
            SearchAction::Answered(asked, found) => {
                next.found = Some((asked, found));
                next.active = 0;
            }
            SearchAction::Moved(to) => {
                next.active = to;
                next.enter_waits = false;
            }
            SearchAction::Enter => next.enter_waits = self.shows_list(),
            SearchAction::EnterDone => next.enter_waits = false,
            // What was found counts no more: the same text typed again asks anew, with the cursor on the first row.
            SearchAction::Taken => {
                next.enter_waits = false;
                next.text.clear();
                next.found = None;
                next.active = 0;
            }
            SearchAction::Opened => next.is_open = true,
            SearchAction::Left => next.is_open = false,
            SearchAction::Shut => {
                next.is_open = false;
                next.enter_waits = false;
            }
        }
        Rc::new(next)
    }
}

/// What is shown of what was found.
pub(super) fn shown(found: &[DirectoryEntry]) -> &[DirectoryEntry] {
    &found[..found.len().min(DIRECTORY_SHOWN)]
}

/// Whether more was found than is shown.
pub(super) fn has_more(found: &[DirectoryEntry]) -> bool {
    found.len() > DIRECTORY_SHOWN
}

/// What is offered: what was found, less those who are chosen or already in.
pub(super) fn offered<'a>(found: &'a [DirectoryEntry], chosen: &[DirectoryEntry], already: &[PrincipalId]) -> Vec<&'a DirectoryEntry> {
    let taken = |id: PrincipalId| already.contains(&id) || chosen.iter().any(|one| one.principal.id == id);
    found.iter().filter(|one| !taken(one.principal.id)).collect()
}

/// The chosen ones with one more; the same where it is chosen already.
pub(super) fn with(chosen: &[DirectoryEntry], one: &DirectoryEntry) -> Vec<DirectoryEntry> {
    let mut all = chosen.to_vec();
    if !all.iter().any(|known| known.principal.id == one.principal.id) {
        all.push(one.clone());
    }
    all
}

pub(super) fn without(chosen: &[DirectoryEntry], at: usize) -> Vec<DirectoryEntry> {
    chosen.iter().enumerate().filter(|(index, _)| *index != at).map(|(_, one)| one.clone()).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use tenantry_model::ipc::IpcErrorKind;
    use tenantry_model::tenancy::PrincipalKind;

    pub(crate) fn person(n: u128, name: &str) -> DirectoryEntry {
        let id = PrincipalId::from_uuid(uuid::Uuid::from_u128(n));
        entry(PrincipalRef { id, kind: PrincipalKind::User, display_name: name.into(), upn: None })
    }

    fn after(actions: impl IntoIterator<Item = SearchAction>) -> Rc<Search> {
        actions.into_iter().fold(Rc::new(Search::default()), Reducible::reduce)
    }

    fn typed(text: &str) -> SearchAction {
        SearchAction::Typed(text.into())
    }

    fn answered(text: &str) -> SearchAction {
        SearchAction::Answered(text.into(), Ok(Rc::from([person(1, text)])))
    }

    #[test]
    fn enter_during_a_search_counts_for_the_answer_to_what_was_typed() {
        let waiting = after([typed("Ad"), answered("Ad"), typed("Ada "), SearchAction::Enter]);
        assert!(waiting.awaits() && !waiting.enter_is_due(), "the rows of an older text are not meant");
        let late = waiting.clone().reduce(answered("Ad"));
        assert!(!late.enter_is_due(), "nor are they when they come late");
        let due = late.reduce(answered("Ada"));
        assert!(due.enter_is_due() && due.is_current() && due.active == 0);
        assert!(after([typed("Ada"), answered("Ada"), SearchAction::Enter]).enter_is_due(), "an answer that is there is taken at once");
        let taken = due.reduce(SearchAction::Taken);
        assert!(!taken.awaits() && taken.text.is_empty());
    }

    #[test]
    fn enter_is_forgotten_when_one_types_on_moves_or_shuts_the_list() {
        for other in [typed("Adam"), SearchAction::Moved(0), SearchAction::Shut] {
            let told = format!("{other:?}");
            let search = after([typed("Ada"), SearchAction::Enter, other, typed("Ada"), answered("Ada")]);
            assert!(!search.enter_is_due(), "{told}");
        }
        assert!(!after([typed("Ada"), SearchAction::Shut, SearchAction::Enter, answered("Ada")]).enter_is_due(), "no list, no choice");
        assert!(!after([typed(" "), SearchAction::Enter, answered("")]).enter_is_due());
        assert!(
            after([typed("Ada"), SearchAction::Enter, SearchAction::Left, answered("Ada")]).enter_is_due(),
            "going on takes nothing back"
        );
    }

    #[test]
    fn an_answer_that_failed_ends_the_search_and_a_late_one_does_not_undo_it() {
        let failed = SearchAction::Answered("Ada".into(), Err(IpcError::new(IpcErrorKind::Offline, "told", true)));
        let search = after([typed("Ada"), SearchAction::Enter, failed, answered("Ad")]);
        assert!(search.is_current() && search.found().is_some_and(Result::is_err));
    }

    #[test]
    fn nobody_is_offered_or_chosen_twice() {
        let found = [person(1, "Ada"), person(2, "Bo"), person(3, "Cy")];
        let offered = offered(&found, &found[..1], &[found[1].principal.id]);
        assert_eq!(offered, [&found[2]]);
        assert_eq!(with(&found, &found[0]).len(), 3);
        assert_eq!(with(&found[..2], &found[2]).len(), 3);
    }

    #[test]
    fn fault_9_01_more_than_fifty_are_said_to_be_more() {
        let found: Vec<DirectoryEntry> = (0..51).map(|n| person(n, "Ada")).collect();
        assert_eq!((shown(&found).len(), has_more(&found)), (50, true));
        assert_eq!((shown(&found[..50]).len(), has_more(&found[..50])), (50, false), "fifty are all there are");
    }

    #[test]
    fn a_chip_is_taken_out_by_its_place() {
        let chosen = [person(1, "Ada"), person(2, "Bo")];
        assert_eq!(without(&chosen, 0), [chosen[1].clone()]);
        assert_eq!(without(&chosen, 7), chosen);
    }

    #[test]
    fn after_one_was_taken_the_same_text_starts_at_the_first_row() {
        let found: Found = Ok([person(1, "Ada"), person(2, "Ada B")].into());
        let actions =
            [SearchAction::Typed("ada".into()), SearchAction::Answered("ada".into(), found), SearchAction::Moved(1), SearchAction::Taken];
        let search = actions.into_iter().fold(Rc::new(Search::default()), Search::reduce);
        let again = search.reduce(SearchAction::Typed("ada".into()));
        assert!(!again.is_current(), "Enter waits for the answer");
        assert_eq!(again.active, 0);
    }
}
