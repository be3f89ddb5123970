//! A filter of rooms in words, as the name of a view begins.

use tenantry_model::filter::Filter;

use super::filters::seen_said;
use crate::domain_view::filter_text::typed;
use crate::domain_view::saved_views::preset;
use crate::i18n::{I18n, t};

pub(super) fn view_name(i18n: &I18n, filter: &Filter) -> String {
    let mut said: Vec<String> = typed(&filter.customers);
    said.extend(filter.healths.iter().map(|value| i18n.label(*value)));
    said.extend(filter.warnings.then(|| t!(i18n, "filter-warnings")));
    said.extend(filter.enrolments.iter().map(|value| i18n.label(*value)));
    said.extend(typed(&filter.groups));
    said.extend(typed(&filter.rings));
    said.extend(seen_said(i18n, filter.seen));
    said.extend(filter.words.iter().cloned());
    preset(&said)
}

#[cfg(test)]
mod tests {
    use tenantry_model::api::saved_views::ViewPage;
    use tenantry_model::ipc::Language;

    use super::*;

    #[test]
    fn a_name_begins_as_the_filter_in_words() {
        let filter = Filter::of(ViewPage::Rooms, "cust:=Contoso health:unhealthy seen>7d seen<9d hall").unwrap();
        assert_eq!(view_name(&I18n::new(Language::English), &filter), "Contoso · Unhealthy · seen>7d seen<9d · hall");
        let other = Filter::of(ViewPage::Rooms, "warn:yes enrol:onboarding seen>7d").unwrap();
        assert_ne!(view_name(&I18n::new(Language::German), &other), view_name(&I18n::new(Language::English), &other));
    }
}
