//! The saved view that the list was opened with, as it was then: what is changed is told from it, and its version is the one that may be replaced.

use tenantry_model::api::saved_views::SavedView;
use tenantry_model::filter::Filter;

use crate::components::confirm::Compared;
use crate::hooks::Whose;
use crate::i18n::{I18n, t};

/// One of one list: in another list it is of no use, since what is shown there is about somebody else.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Opened {
    pub(super) whose: Whose,
    pub(super) view: SavedView,
}

impl Opened {
    /// The view that says what the list shows now. An earlier version of the same is what the sync has not brought up to date.
    pub(super) fn shown(before: Option<&Self>, whose: &Whose, view: &SavedView) -> Self {
        let newer = before.filter(|before| before.whose == *whose && before.view.id == view.id && before.view.version > view.version);
        newer.cloned().unwrap_or_else(|| Self { whose: whose.clone(), view: view.clone() })
    }

    /// Whether the list shows something else than when it was opened, by what was done here: what another desk makes of the view is no change of this one.
    pub(super) fn is_changed(&self, whose: &Whose, said: &Filter) -> bool {
        self.whose == *whose && Filter::of(self.view.page, &self.view.filter).is_ok_and(|was| was.to_string() != said.to_string())
    }
}

/// What it was, is and would be.
pub(super) fn compare_view(i18n: &I18n, was: &SavedView, now: &SavedView, filter: &str) -> Vec<Compared> {
    vec![
        Compared::new(t!(i18n, "view-name"), [was.name.clone(), now.name.clone(), was.name.clone()]),
        Compared::new(t!(i18n, "view-filter"), [was.filter.clone(), now.filter.clone(), filter.to_owned()]),
    ]
}

#[cfg(test)]
mod tests {
    use tenantry_model::api::saved_views::ViewPage;
    use tenantry_model::filter::Name;
    use tenantry_model::id::{SavedViewId, TenantId};
    use tenantry_model::ipc::Language;
    use uuid::Uuid;

    use super::*;

    fn view(name: &str, filter: &str, version: u64) -> SavedView {
        let id = SavedViewId::from_uuid(Uuid::from_u128(1));
        SavedView { id, name: name.into(), page: ViewPage::Incidents, filter: filter.into(), version }
    }

    fn filter(text: &str) -> Filter {
        text.parse().unwrap()
    }

    #[test]
    fn what_another_desk_makes_of_a_view_is_no_change_of_this_one() {
        let opened = Opened::shown(None, &Whose::All, &view("A", "sev:critical", 1));
        assert!(!opened.is_changed(&Whose::All, &filter("sev:CRITICAL")), "though the view says something else by now");
        assert!(opened.is_changed(&Whose::All, &filter("sev:critical is:unread")));
        let renamed = Opened::shown(Some(&opened), &Whose::All, &view("B", "sev:critical", 2));
        assert_eq!(renamed.view.version, 2, "nothing was changed here: the newer one is taken over");
        assert_eq!(Opened::shown(Some(&renamed), &Whose::All, &view("A", "sev:critical", 1)), renamed, "not what is behind");
    }

    #[test]
    fn r63_a_view_is_not_changed_by_another_list() {
        let one = |n, name: &'static str| Whose::One(TenantId::from_uuid(Uuid::from_u128(n)), name.into(), Name::Whole(name.into()));
        let opened = Opened::shown(None, &one(1, "Contoso"), &view("A", "cust:=Contoso", 1));
        assert!(opened.is_changed(&one(1, "Contoso"), &filter("cust:=Contoso is:unread")));
        for other in [one(2, "Fabrikam"), Whose::All] {
            assert!(!opened.is_changed(&other, &filter("cust:=Fabrikam")), "{other:?}");
        }
    }

    #[test]
    fn what_another_desk_renamed_keeps_its_new_name() {
        let lines = compare_view(&I18n::new(Language::English), &view("A", "", 1), &view("B", "is:free", 3), "is:unread");
        assert_eq!(lines.iter().map(|line| line.after().as_str()).collect::<Vec<_>>(), ["B", "is:unread"]);
        assert!(lines.iter().all(Compared::is_changed));
    }
}
