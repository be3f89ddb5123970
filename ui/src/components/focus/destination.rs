//! Where the focus goes when what had it is gone. Pure; `keeper.rs` looks at the page.

/// The page as it is once the focus has nowhere to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Found {
    /// Whether a dialog stands before everything else.
    pub(super) dialog: bool,
    /// Whether the focus was never anywhere: the window has just opened.
    pub(super) first: bool,
    /// Whether another page shows than the one where the focus was.
    pub(super) new_page: bool,
    /// Whether a pane shows that was not there when the focus last was somewhere.
    pub(super) new_pane: bool,
    pub(super) pane: bool,
    /// Whether the smallest part that held the focus is still there: what opens below a button, a pane.
    pub(super) part: Option<Part>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Popover,
    Pane,
}

/// A place that may take the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Destination {
    /// What had it before, within the dialog.
    WithinDialog,
    /// Its first control: in a question, the one that leaves everything as it is.
    DialogControl,
    /// What had it before, within the part that is left.
    WithinPart,
    /// The button that opened what is gone.
    PopoverButton,
    PaneTitle,
    /// What had it before, anywhere.
    Before,
    PageTitle,
}

/// The places to try, in this order; the first that takes the focus keeps it.
pub(super) fn destinations(found: Found) -> Vec<Destination> {
    use Destination::{Before, DialogControl, PageTitle, PaneTitle, PopoverButton, WithinDialog, WithinPart};
    let title = if found.pane { vec![PaneTitle, PageTitle] } else { vec![PageTitle] };
    let way = if found.dialog {
        vec![WithinDialog, DialogControl]
    } else if found.first || found.new_page {
        // It begins with what is new.
        title
    } else if found.new_pane {
        [vec![PaneTitle, Before], title].concat()
    } else {
        match found.part {
            Some(Part::Popover) => [vec![WithinPart, PopoverButton, Before], title].concat(),
            Some(Part::Pane) => [vec![WithinPart, PaneTitle, Before], title].concat(),
            // What opened it.
            None => [vec![Before], title].concat(),
        }
    };
    way.into_iter().fold(vec![], |mut once, one| {
        if !once.contains(&one) {
            once.push(one);
        }
        once
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(found: Found) -> Destination {
        destinations(found)[0]
    }

    #[test]
    fn fault_9_05_what_is_gone_gives_the_focus_back_to_what_opened_it() {
        assert_eq!(first(Found::default()), Destination::Before, "a dialog was answered, a form sent");
        assert_eq!(first(Found { pane: true, ..Found::default() }), Destination::Before, "a form closed over a pane that stays");
        let below = Found { part: Some(Part::Popover), ..Found::default() };
        assert_eq!(destinations(below)[..2], [Destination::WithinPart, Destination::PopoverButton], "a customer or an age was chosen");
        let within = Found { part: Some(Part::Pane), pane: true, ..Found::default() };
        assert_eq!(destinations(within)[..2], [Destination::WithinPart, Destination::PaneTitle], "somebody was taken out of a list");
    }

    #[test]
    fn fault_9_05_what_is_new_gets_it_at_its_heading() {
        assert_eq!(first(Found { first: true, ..Found::default() }), Destination::PageTitle);
        assert_eq!(first(Found { new_page: true, ..Found::default() }), Destination::PageTitle, "a link was followed");
        let with_pane = Found { new_page: true, new_pane: true, pane: true, ..Found::default() };
        assert_eq!(first(with_pane), Destination::PaneTitle, "it led to one thing beside its list");
        let accepted = Found { new_pane: true, pane: true, ..Found::default() };
        assert_eq!(first(accepted), Destination::PaneTitle, "the customer in place of the invitation");
    }

    #[test]
    fn fault_9_05_nothing_behind_a_dialog_gets_it_and_there_is_always_a_last_resort() {
        let behind = destinations(Found { dialog: true, new_page: true, pane: true, ..Found::default() });
        assert_eq!(behind, [Destination::WithinDialog, Destination::DialogControl]);
        for new_pane in [false, true] {
            for part in [None, Some(Part::Popover), Some(Part::Pane)] {
                let way = destinations(Found { new_pane, part, pane: new_pane, ..Found::default() });
                assert_eq!(way.last(), Some(&Destination::PageTitle));
            }
        }
    }
}
