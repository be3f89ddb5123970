//! What a list shows, as its search box has it: the text is the filter, and chips and counters write it.

use tenantry_model::api::saved_views::ViewPage;
use tenantry_model::filter::{Filter, FilterError, Name};
use tenantry_model::id::TenantId;
use tenantry_model::ipc::{CountMeant, CustomerRow, MeantByName};
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

/// A customer as a filter names it: as its row says; with its mark, which is never wrong, where the row is not there.
pub fn named(row: Option<&CustomerRow>, id: TenantId, name: &str) -> Name {
    row.filter(|row| row.id == id).map_or_else(|| Name::of_customer(id, name, true), CustomerRow::named)
}

/// Names as they were typed, as a chip shows them.
pub fn typed(names: &[Name]) -> Vec<String> {
    names.iter().map(Name::said).collect()
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
    let meant = meant.data().map_or(&[][..], Vec::as_slice);
    names.iter().enumerate().map(|(at, name)| customer_said(&i18n, name, meant.get(at))).collect()
}

fn customer_said(i18n: &I18n, name: &Name, meant: Option<&MeantByName>) -> String {
    match (name, meant) {
        (Name::Whole(_) | Name::Marked { .. }, Some(MeantByName { customers: 0, .. })) => t!(i18n, "filter-nobody", name = name.said()),
        (Name::Marked { mark, .. }, Some(MeantByName { called: Some(called), .. })) => {
            Name::Marked { name: called.clone(), mark: mark.clone() }.said()
        }
        (name, Some(meant)) if meant.customers > 1 => t!(i18n, "filter-customers", name = name.said(), count = meant.customers),
        (name, _) => name.said(),
    }
}

/// A customer that was pressed among others: takes it away where a name that was chosen means it; of a name that means others, too, it is chosen alone.
pub fn choose_customer(names: &mut Vec<Name>, row: &CustomerRow) {
    let means = |name: &Name| !matches!(name, Name::Words(_)) && name.means_customer(row.id, &row.display_name);
    let Some(at) = names.iter().position(means) else { return names.push(row.named()) };
    let means_others = row.shares_name && names.iter().any(|name| matches!(name, Name::Whole(_)) && means(name));
    names.retain(|name| !means(name));
    if means_others {
        names.insert(at, row.named());
    }
}

#[cfg(test)]
mod tests {
    use tenantry_model::ipc::Language;

    use super::*;

    #[test]
    fn a_chip_says_how_many_customers_a_name_means_and_what_the_one_of_a_mark_is_called_now() {
        let said =
            |language, name: &Name, customers| customer_said(&I18n::new(language), name, Some(&MeantByName { customers, called: None }));
        let whole = Name::Whole("Contoso".into());
        assert_eq!(said(Language::English, &whole, 1), "Contoso");
        assert_eq!(said(Language::English, &whole, 2), "Contoso (2 customers)");
        assert_eq!(said(Language::German, &whole, 2), "Contoso (2 Kunden)");
        let marked = Name::Marked { name: "Contoso".into(), mark: "2b6c8d0e1f23".into() };
        let now = MeantByName { customers: 1, called: Some("Fabrikam".into()) };
        assert_eq!(customer_said(&I18n::new(Language::English), &marked, Some(&now)), "Fabrikam #2b6c8d0e1f23");
        assert_eq!(customer_said(&I18n::new(Language::English), &marked, None), "Contoso #2b6c8d0e1f23", "not known yet");
        for language in [Language::English, Language::German] {
            for name in [&whole, &marked] {
                assert_ne!(said(language, name, 0), name.said(), "it means nobody");
            }
        }
    }

    fn row(n: u128, name: &str, shares_name: bool) -> CustomerRow {
        serde_json::from_value(serde_json::json!({
            "id": uuid::Uuid::from_u128(n), "displayName": name, "sharesName": shares_name, "open": 0, "worst": null, "permissions": [],
            "freshness": { "state": "current" }
        }))
        .unwrap()
    }

    #[test]
    fn a_customer_that_is_checked_can_be_unchecked_however_it_was_named_and_one_of_several_can_be_chosen_alone() {
        let after = |names: &[Name], row: &CustomerRow| {
            let mut names = names.to_vec();
            choose_customer(&mut names, row);
            names
        };
        let (whole, words) = (Name::Whole("CONTOSO".into()), Name::Words("contoso".into()));
        let other = Name::Whole("Fabrikam".into());
        let alone = row(1, "Contoso", false);
        assert_eq!(after(&[other.clone(), words.clone()], &alone), [other.clone(), words.clone(), Name::Whole("Contoso".into())]);
        let stale = Name::of_customer(alone.id, "Former", true);
        assert_eq!(after(&[whole.clone(), words.clone(), stale], &alone), [words]);
        let one = row(1, "Contoso", true);
        assert_eq!(after(&[whole, other.clone()], &one), [one.named(), other.clone()], "of both, this one");
        assert_eq!(after(&[one.named(), other.clone()], &one), [other]);
    }

    #[test]
    fn two_customers_of_one_name_are_told_apart_where_one_chooses() {
        let (one, other) = (row(1, "Contoso", true), row(2, "Contoso", true));
        assert_ne!(one.told_apart(), other.told_apart());
        assert_ne!(typed(&[one.named()]), typed(&[other.named()]), "as the name of a view begins");
        assert_eq!(row(1, "Contoso", false).told_apart(), None);
    }
}
