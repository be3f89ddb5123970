//! A filter of incidents in words, as the name of a view begins.

use tenantry_model::filter::{Filter, Flag, Holder};

use super::filters::{age_said, holder_said, work_label};
use crate::domain_view::filter_text::typed;
use crate::domain_view::saved_views::preset;
use crate::i18n::{I18n, t};

pub(super) fn view_name(i18n: &I18n, filter: &Filter) -> String {
    let mut said: Vec<String> = typed(&filter.customers);
    said.extend(typed(&filter.rooms));
    said.extend(filter.severities.iter().map(|value| i18n.label(*value)));
    said.extend(filter.statuses.iter().map(|value| i18n.label(*value)));
    said.extend(filter.categories.iter().map(|value| i18n.label(*value)));
    said.extend(filter.types.iter().map(|value| i18n.label(*value)));
    said.extend(age_said(i18n, filter.age));
    said.extend(filter.flags.iter().map(|flag| match flag {
        Flag::Unread => t!(i18n, "filter-unread"),
        Flag::Resolved => t!(i18n, "tab-resolved"),
        flag => work_label(i18n, *flag),
    }));
    let holders: Vec<String> = filter.holders.iter().map(|holder| holder_said(i18n, holder)).collect();
    if filter.holders.contains(&Holder::Me) {
        // "me" alone does not say what of.
        said.push(t!(i18n, "filter-holders", names = holders.join(", ")));
    } else {
        said.extend(holders);
    }
    said.extend(filter.words.iter().cloned());
    preset(&said)
}

#[cfg(test)]
mod tests {
    use tenantry_model::ipc::Language;

    use super::*;

    #[test]
    fn a_name_begins_as_the_filter_in_words() {
        let of = |language, text: &str| view_name(&I18n::new(language), &text.parse().unwrap());
        assert_eq!(of(Language::English, "cust:=Contoso sev:critical is:unread hall"), "Contoso · Critical · Unread only · hall");
        assert_eq!(of(Language::English, "by:=\"Anna Technik\",me is:snoozed"), "Snoozed · worked on by me, Anna Technik");
        assert_eq!(of(Language::German, "by:me,anna"), "in Arbeit bei mir, anna");
        assert_eq!(of(Language::English, "by:=Anna"), "Anna");
        assert_ne!(of(Language::German, "sev:critical is:mine"), of(Language::English, "sev:critical is:mine"));
    }
}
