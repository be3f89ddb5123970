//! What the palette offers, and in which order. Pure.

use tenantry_model::api::saved_views::ViewPage;
use tenantry_model::filter::{BegunName, Completion, Filter, FilterError, Flag, Holder, Key, Name, complete, has_keys};
use tenantry_model::ipc::{NameKind, PaletteHit, PaletteTarget};
use tenantry_model::search::{finds, words};

use crate::route::Section;

/// What can be chosen. `A` is a button of the page.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Item<A> {
    /// Goes on with a filter that was begun.
    Completion(Completion),
    /// The list of a page with this filter.
    Filter(ViewPage, String),
    Hit(PaletteHit),
    Action(A),
    Page(Section, String),
    /// A saved view.
    View(KnownView),
    /// The sheet of the keys.
    Keys(String),
}

impl<A: PartialEq> Item<A> {
    /// Whether it is the same choice, though what is told of it may have changed.
    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Hit(one), Self::Hit(other)) => one.is_same(other),
            _ => self == other,
        }
    }
}

/// Where the cursor is: at the item that is marked, wherever that stands now; at none once it is gone. As long as none is marked, at the first.
pub(super) fn cursor<A: PartialEq>(offered: &[Item<A>], marked: Option<&Item<A>>) -> Option<usize> {
    match marked {
        None => (!offered.is_empty()).then_some(0),
        Some(marked) => offered.iter().position(|item| item.is_same(marked)),
    }
}

/// What the window itself knows.
pub(super) struct Known<'a, A> {
    pub(super) actions: &'a [A],
    pub(super) label: fn(&A) -> &str,
    pub(super) pages: &'a [(Section, String)],
    pub(super) keys: &'a str,
    pub(super) views: &'a [KnownView],
}

/// A saved view, as it is offered.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct KnownView {
    pub(super) name: String,
    pub(super) page: ViewPage,
    pub(super) filter: String,
}

/// What is offered for a text: filters where it begins as one; what was used last; what can be done here, and pages; then what else was found. `completed` is
/// what the name of a group or a ring that it ends in can become.
pub(super) fn items<A: Clone>(
    text: &str,
    (hits, completed): (&[PaletteHit], &[Completion]),
    recent: &[PaletteTarget],
    known: &Known<'_, A>,
) -> Vec<Item<A>> {
    let looked_for = words(text);
    let mut ways: Vec<Completion> = Vec::new();
    for way in ViewPage::ALL.iter().flat_map(|page| complete(*page, text)) {
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    let mut items: Vec<Item<A>> = ways.into_iter().map(Item::Completion).collect();
    // What was looked for is a name: that is what is found.
    let begun = begun(text);
    items.extend(begun.iter().flat_map(|begun| names(begun, text, hits)).chain(completed.iter().cloned()).map(Item::Completion));
    let hits = if begun.is_some() { &[][..] } else { hits };
    let filters = ViewPage::ALL.iter().filter_map(|page| Some((*page, Filter::of(*page, text).ok().filter(has_terms)?)));
    items.extend(filters.map(|(page, filter)| Item::Filter(page, filter.to_string())));
    let (used, others): (Vec<&PaletteHit>, Vec<&PaletteHit>) =
        hits.iter().partition(|hit| hit.target().is_some_and(|target| recent.contains(&target)));
    items.extend(used.into_iter().cloned().map(Item::Hit));
    items.extend(known.actions.iter().filter(|action| finds((known.label)(action), &looked_for)).cloned().map(Item::Action));
    items.extend(
        known.pages.iter().filter(|(_, title)| finds(title, &looked_for)).map(|(section, title)| Item::Page(*section, title.clone())),
    );
    let views = known.views.iter().filter(|view| !looked_for.is_empty() && finds(&view.name, &looked_for));
    items.extend(views.cloned().map(Item::View));
    items.extend(Some(known.keys).filter(|keys| finds(keys, &looked_for)).map(|keys| Item::Keys(keys.to_owned())));
    items.extend(others.into_iter().cloned().map(Item::Hit));
    items
}

/// The names among what was found that a begun one, at the end of this text, can become, each once.
pub(in crate::shell) fn names(begun: &BegunName, text: &str, hits: &[PaletteHit]) -> Vec<Completion> {
    let mut found: Vec<Completion> = Vec::new();
    // What is out of sight stands in no list but of that.
    let of_snoozed = Filter::understood(ViewPage::Incidents, text).0.flags.contains(&Flag::Snoozed);
    for hit in hits {
        let way = match (hit, begun.key) {
            (PaletteHit::Customer { row }, Key::Customer) => begun.with(&row.named()),
            (PaletteHit::Room { name, .. }, Key::Room) => begun.completed(name),
            (PaletteHit::Person { name, holds }, Key::By) if *holds > 0 || of_snoozed => begun.completed(name),
            _ => continue,
        };
        if !found.contains(&way) {
            found.push(way);
        }
    }
    found
}

/// What the engine is asked for a text: the name that it ends in, where it does, and of which kind that is, where nothing else is found by it.
pub(super) fn looked_for(text: &str) -> (String, Option<NameKind>) {
    match begun(text) {
        Some(begun) => (begun.typed, (begun.key == Key::By).then_some(NameKind::Person)),
        None => (text.to_owned(), None),
    }
}

/// Whether a filter is of what some people work on: then it is about the list over all, as they are.
pub(super) fn names_people(page: ViewPage, text: &str) -> bool {
    !Filter::understood(page, text).0.holders.is_empty()
}

/// The filter of what somebody works on.
pub(super) fn filter_of(person: &str) -> String {
    Filter { holders: vec![Holder::Named(Name::Whole(person.to_owned()))], ..Filter::default() }.to_string()
}

/// The name that a text ends in, on whichever page.
pub(super) fn begun(text: &str) -> Option<BegunName> {
    ViewPage::ALL.iter().find_map(|page| BegunName::of(*page, text))
}

/// What is wrong with a text that begins as a filter: by the page that understands more of it.
pub(super) fn wrong(text: &str) -> Option<FilterError> {
    if !has_keys(text) {
        return None;
    }
    let mut wrong: Vec<FilterError> = Vec::new();
    for page in ViewPage::ALL {
        wrong.push(Filter::of(*page, text).err()?);
    }
    // Of two that are alike the first: the page where one starts.
    wrong.into_iter().rev().max_by_key(|wrong| wrong.at)
}

/// Whether it says more than words, which the palette looks for itself.
fn has_terms(filter: &Filter) -> bool {
    *filter != Filter { words: filter.words.clone(), ..Filter::default() }
}

#[cfg(test)]
mod tests {
    use tenantry_model::id::{RoomId, TenantId};
    use tenantry_model::ipc::RoomKey;
    use tenantry_model::room::Health;
    use uuid::Uuid;

    use super::*;

    fn room(n: u128, name: &str) -> PaletteHit {
        let key = RoomKey { customer_id: TenantId::from_uuid(Uuid::from_u128(1)), id: RoomId::from_uuid(Uuid::from_u128(n)) };
        PaletteHit::Room { key, name: name.into(), host: "h".into(), health: Health::Healthy, customer_name: "Contoso".into() }
    }

    fn offered(text: &str, hits: &[PaletteHit], recent: &[PaletteTarget]) -> Vec<String> {
        offered_with(text, (hits, &[]), recent)
    }

    fn offered_with(text: &str, found: (&[PaletteHit], &[Completion]), recent: &[PaletteTarget]) -> Vec<String> {
        let (actions, pages) = (["Close", "Board up"], [(Section::Rooms, "Rooms".to_owned()), (Section::Audit, "Audit".to_owned())]);
        let views = [KnownView { name: "Board rooms".into(), page: ViewPage::Incidents, filter: "room:board".into() }];
        let known = Known { actions: &actions, label: |action| action, pages: &pages, keys: "Keyboard", views: &views };
        items(text, found, recent, &known)
            .into_iter()
            .map(|item| match item {
                Item::Completion(completion) => format!("+{}", completion.term),
                Item::Filter(ViewPage::Incidents, filter) => format!("?{filter}"),
                Item::Filter(ViewPage::Rooms, filter) => format!("rooms?{filter}"),
                Item::Hit(PaletteHit::Room { name, .. } | PaletteHit::Person { name, .. }) => name,
                Item::Hit(_) => unreachable!(),
                Item::Action(action) => action.to_owned(),
                Item::Page(_, title) | Item::View(KnownView { name: title, .. }) | Item::Keys(title) => title,
            })
            .collect()
    }

    #[test]
    fn what_was_used_last_comes_first_then_what_the_window_has_then_what_else_was_found() {
        let hits = [room(1, "Board 1"), room(2, "Board 2")];
        assert_eq!(offered("boa", &hits, &[hits[1].target().unwrap()]), ["Board 2", "Board up", "Board rooms", "Keyboard", "Board 1"]);
        assert_eq!(offered("", &[], &[]), ["Close", "Board up", "Rooms", "Audit", "Keyboard"], "nothing typed: all that can be done here");
    }

    #[test]
    fn the_cursor_is_at_an_item_and_not_at_a_place() {
        let hit = |n, name| Item::<&str>::Hit(room(n, name));
        let marked = hit(1, "Board 1");
        assert_eq!(cursor(&[hit(2, "Board 2"), hit(1, "Board 1, renamed")], Some(&marked)), Some(1), "something came before it");
        assert_eq!(cursor(&[hit(2, "Board 1")], Some(&marked)), None, "what stands there now is not what was marked");
        assert_eq!(cursor(&[hit(2, "Board 2")], None), Some(0));
        assert_eq!(cursor::<&str>(&[], None), None);
        assert_eq!(cursor(&[Item::Action("Close"), Item::Page(Section::Rooms, "Rooms".into())], Some(&Item::Action("Close"))), Some(0));
    }

    #[test]
    fn a_filter_is_completed_and_leads_to_the_list() {
        assert_eq!(offered("sev:imp", &[], &[]), ["+sev:important"]);
        assert_eq!(offered("hall sev:important", &[], &[]), ["+sev:important", "?sev:important hall"]);
        assert_eq!(offered("cust:contoso ", &[], &[]), ["?cust:contoso", "rooms?cust:contoso"]);
        let hits = [room(1, "Board 1"), room(2, "Board 2"), room(3, "Board 1")];
        assert_eq!(offered("room:boa", &hits, &[]), ["+room:=\"Board 1\"", "+room:=\"Board 2\"", "?room:boa"], "each name once");
        assert_eq!(offered("cust:boa", &hits, &[]), ["?cust:boa", "rooms?cust:boa"], "rooms are no customers");
        assert_eq!(offered("health:unh", &[], &[]), ["+health:unhealthy"]);
        assert_eq!(offered("hall health:unhealthy ", &[], &[]), ["rooms?health:unhealthy hall"]);
        assert_eq!(offered("nothing ", &[], &[]), Vec::<String>::new(), "words alone are looked for here");
    }

    #[test]
    fn groups_and_rings_are_completed_as_names_of_rooms_are() {
        let begun = begun("health:unhealthy group:flo").unwrap();
        let floors = ["Floor 1", "Floor 2"].map(|name| begun.completed(name));
        let hits = [room(1, "Floor 9")];
        assert_eq!(
            offered_with("health:unhealthy group:flo", (&hits, &floors), &[]),
            ["+group:=\"Floor 1\"", "+group:=\"Floor 2\"", "rooms?health:unhealthy group:flo"],
            "no room is one"
        );
    }

    fn person(name: &str, holds: u32) -> PaletteHit {
        PaletteHit::Person { name: name.into(), holds }
    }

    #[test]
    fn a32_people_are_offered_among_what_was_found_and_complete_who_works_on_it() {
        let hits = [room(1, "Anna-Saal"), person("Anna Technik", 2), person("Hanna", 0)];
        assert_eq!(offered("ann", &hits, &[]), ["Anna-Saal", "Anna Technik", "Hanna"]);
        assert_eq!(offered("hall by:ann", &hits, &[]), ["+by:=\"Anna Technik\"", "?by:ann hall"], "that would lead to nothing");
        assert_eq!(offered("is:snoozed by:han", &hits[2..], &[]), ["+by:=Hanna", "?is:snoozed by:han"]);
        assert!(names_people(ViewPage::Incidents, "hall by:ann") && !names_people(ViewPage::Incidents, "is:mine hall"));
        assert_eq!(offered("by:", &hits[1..2], &[]), ["+by:me", "+by:=\"Anna Technik\""]);
        assert_eq!(looked_for("hall by:me,ann"), ("ann".to_owned(), Some(NameKind::Person)));
        assert_eq!((looked_for("room:ann").1, looked_for("ann"), looked_for("by:ann ").1), (None, ("ann".to_owned(), None), None));
        assert!(wrong("by:anna").is_none());
        let marked = Item::<&str>::Hit(person("Anna Technik", 2));
        assert_eq!(cursor(&[Item::Hit(hits[2].clone()), Item::Hit(person("Anna Technik", 3))], Some(&marked)), Some(1), "by the name");
    }

    #[test]
    fn a32_a_person_leads_to_what_they_work_on_whatever_they_are_called() {
        assert_eq!(filter_of("Anna Technik"), "by:=\"Anna Technik\"");
        for name in ["me", "Anna, \"die\" Technik", "=x", "is:free", "\u{e4} "] {
            let filter: Filter = filter_of(name).parse().unwrap();
            assert_eq!(filter, Filter { holders: vec![Holder::Named(Name::Whole(name.into()))], ..Filter::default() });
        }
    }

    #[test]
    fn what_is_wrong_with_a_filter_is_said_by_the_page_that_understands_more_of_it() {
        assert_eq!([wrong("health:unhealthy"), wrong(&"x".repeat(600))], [None, None], "words alone are looked for here");
        assert_eq!(wrong("seen<2").map(|wrong| (wrong.page, wrong.at)), Some((ViewPage::Rooms, 5)));
        assert_eq!(wrong("health:unhealthy enrol:x").map(|wrong| (wrong.page, wrong.at)), Some((ViewPage::Rooms, 23)));
        assert_eq!(wrong("sev:important stat:x").map(|wrong| (wrong.page, wrong.at)), Some((ViewPage::Incidents, 14)));
        assert_eq!(wrong("x:y").map(|wrong| wrong.page), Some(ViewPage::Incidents));
    }
}
