//! What a list shows, as its search box has it: the text is the filter, and chips and counters write it.

use tenantry_model::api::saved_views::ViewPage;
use tenantry_model::filter::{Filter, FilterError, Name};
use tenantry_model::ipc::CountMeant;
use yew::prelude::*;

use crate::context::use_app;
use crate::hooks::use_command;
use crate::i18n::{I18n, t, use_i18n};

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
pub fn whole(names: &[Name]) -> Vec<Name> {
    names.iter().filter(|name| !matches!(name, Name::Words(_))).cloned().collect()
}

/// Customers as a chip shows them. Of a name that means several it says how many.
#[hook]
pub fn use_customers_said(names: &[Name]) -> Vec<String> {
    let (app, i18n) = (use_app(), use_i18n());
    let asked = (!names.is_empty()).then(|| names.to_vec());
    let meant = use_command::<CountMeant>(asked, app.model.tick).remote;
    let many = meant.data().map_or(&[][..], Vec::as_slice);
    names.iter().enumerate().map(|(at, name)| customer_said(&i18n, name, many.get(at).copied())).collect()
}

fn customer_said(i18n: &I18n, name: &Name, many: Option<u32>) -> String {
    match (name, many) {
        (Name::Marked { name, mark }, _) => format!("{name} #{mark}"),
        (name, Some(many)) if many > 1 => t!(i18n, "filter-customers", name = name.typed().to_owned(), count = many),
        (name, _) => name.typed().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use tenantry_model::ipc::Language;

    use super::*;

    #[test]
    fn a_chip_says_how_many_customers_a_name_means_and_which_of_several_a_mark_means() {
        let said = |language, name: &Name, many| customer_said(&I18n::new(language), name, many);
        let whole = Name::Whole("Contoso".into());
        assert_eq!(said(Language::English, &whole, Some(1)), "Contoso");
        assert_eq!(said(Language::English, &whole, Some(2)), "Contoso (2 customers)");
        assert_eq!(said(Language::German, &whole, Some(2)), "Contoso (2 Kunden)");
        let marked = Name::Marked { name: "Contoso".into(), mark: "2b6c8d0e1f23".into() };
        assert_eq!(said(Language::English, &marked, Some(1)), "Contoso #2b6c8d0e1f23");
    }
}
