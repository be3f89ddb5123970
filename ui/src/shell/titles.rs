//! What the window is called: what is open, the page, and for whom.

use std::collections::BTreeMap;
use std::rc::Rc;

use yew::{AttrValue, Reducible};

use crate::route::Section;

/// The headings of what is open beside the lists. A page with an open form keeps its own while one is elsewhere.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Titles(BTreeMap<Section, AttrValue>);

impl Titles {
    pub(super) fn of(&self, section: Section) -> Option<&AttrValue> {
        self.0.get(&section).filter(|title| !title.is_empty())
    }
}

impl Reducible for Titles {
    type Action = (Section, AttrValue);

    fn reduce(self: Rc<Self>, (section, title): Self::Action) -> Rc<Self> {
        if self.0.get(&section) == Some(&title) {
            return self;
        }
        let mut titles = self.0.clone();
        titles.insert(section, title);
        Rc::new(Self(titles))
    }
}

/// The most telling part first: lists of windows cut the end.
pub(super) fn window_title(pane: Option<&str>, page: &str, customer: Option<&str>) -> String {
    // A page that is one form is called as the form is.
    let parts = pane.filter(|pane| *pane != page).into_iter().chain([page]).chain(customer);
    parts.collect::<Vec<_>>().join(" – ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fault_9_11_the_window_is_called_after_pane_page_and_customer() {
        assert_eq!(window_title(Some("No video"), "Incidents", Some("Contoso")), "No video – Incidents – Contoso");
        assert_eq!(window_title(None, "Audit log", None), "Audit log");
        assert_eq!(window_title(Some("Several customers"), "Several customers", None), "Several customers");
        let titles = Rc::new(Titles::default()).reduce((Section::Rooms, "Blue room".into()));
        assert_eq!(titles.of(Section::Rooms).map(AttrValue::as_str), Some("Blue room"));
        assert_eq!(titles.of(Section::Incidents), None, "another page has another pane");
        assert_eq!(titles.reduce((Section::Rooms, "".into())).of(Section::Rooms), None, "it was closed");
    }
}
