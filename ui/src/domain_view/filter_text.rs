//! What a list shows, as its search box has it: the text is the filter, and chips and counters write it. Pure.

use tenantry_model::api::saved_views::ViewPage;
use tenantry_model::filter::{Filter, FilterError, Name};

/// See the module.
#[derive(Debug, Clone, PartialEq)]
pub struct FilterText {
    page: ViewPage,
    pub text: String,
    /// What is understood of the text.
    pub filter: Filter,
    pub wrong: Option<FilterError>,
}

impl FilterText {
    pub fn of(page: ViewPage) -> Self {
        Self { page, text: String::new(), filter: Filter::default(), wrong: None }
    }

    pub fn read(&mut self, text: String) {
        (self.filter, self.wrong) = Filter::understood(self.page, &text);
        self.text = text;
    }

    /// Another filter, written anew. One that says the same stays as it was typed, and so does the text where the other would not be one.
    pub fn narrow(&mut self, change: impl FnOnce(&mut Filter)) {
        let mut filter = self.filter.clone();
        change(&mut filter);
        if filter == self.filter {
            return;
        }
        let text = filter.to_string();
        self.wrong = Filter::of(self.page, &text).err();
        if self.wrong.is_none() {
            (self.text, self.filter) = (text, filter);
        }
    }
}

/// Names as they were typed, as a chip shows them.
pub fn typed(names: &[Name]) -> Vec<String> {
    names.iter().map(|name| name.typed().to_owned()).collect()
}

/// Those that are named as a whole: what was chosen from a list.
pub fn whole(names: &[Name]) -> Vec<String> {
    let wholes = names.iter().filter_map(|name| match name {
        Name::Whole(name) => Some(name.clone()),
        Name::Words(_) => None,
    });
    wholes.collect()
}
