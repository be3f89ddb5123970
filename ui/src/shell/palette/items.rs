//! What the palette offers, and in which order. Pure.

use tenantry_model::filter::{BegunName, Completion, Filter, Key, complete};
use tenantry_model::ipc::{PaletteHit, PaletteTarget};
use tenantry_model::search::{finds, words};

use crate::route::Section;

/// What can be chosen. `A` is a button of the page.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Item<A> {
    /// Goes on with a filter that was begun.
    Completion(Completion),
    /// The incident list with this filter.
    Filter(String),
    Hit(PaletteHit),
    Action(A),
    Page(Section, String),
    /// A saved view: its name and its filter.
    View(String, String),
    /// The sheet of the keys.
    Keys(String),
}

impl<A: PartialEq> Item<A> {
    /// Whether it is the same choice, though what is told of it may have changed.
    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Hit(one), Self::Hit(other)) => one.target() == other.target(),
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
    /// The saved views: names and filters.
    pub(super) views: &'a [(String, String)],
}

/// What is offered for a text: filters where it begins as one; what was used last; what can be done here, and pages; then what else was found.
pub(super) fn items<A: Clone>(text: &str, hits: &[PaletteHit], recent: &[PaletteTarget], known: &Known<'_, A>) -> Vec<Item<A>> {
    let looked_for = words(text);
    let mut items: Vec<Item<A>> = complete(text).into_iter().map(Item::Completion).collect();
    // What was looked for is a name: that is what is found.
    let begun = BegunName::of(text);
    items.extend(begun.iter().flat_map(|begun| names(begun, hits)).map(Item::Completion));
    let hits = if begun.is_some() { &[][..] } else { hits };
    let filter = text.parse::<Filter>().ok().filter(has_terms);
    items.extend(filter.map(|filter| Item::Filter(filter.to_string())));
    let (used, others): (Vec<&PaletteHit>, Vec<&PaletteHit>) = hits.iter().partition(|hit| recent.contains(&hit.target()));
    items.extend(used.into_iter().cloned().map(Item::Hit));
    items.extend(known.actions.iter().filter(|action| finds((known.label)(action), &looked_for)).cloned().map(Item::Action));
    items.extend(
        known.pages.iter().filter(|(_, title)| finds(title, &looked_for)).map(|(section, title)| Item::Page(*section, title.clone())),
    );
    let views = known.views.iter().filter(|(name, _)| !looked_for.is_empty() && finds(name, &looked_for));
    items.extend(views.map(|(name, filter)| Item::View(name.clone(), filter.clone())));
    items.extend(Some(known.keys).filter(|keys| finds(keys, &looked_for)).map(|keys| Item::Keys(keys.to_owned())));
    items.extend(others.into_iter().cloned().map(Item::Hit));
    items
}

/// The names among what was found that a begun one can become, each once.
pub(in crate::shell) fn names(begun: &BegunName, hits: &[PaletteHit]) -> Vec<Completion> {
    let mut found: Vec<Completion> = Vec::new();
    for hit in hits {
        let name = match (hit, begun.key) {
            (PaletteHit::Customer { row }, Key::Customer) => &row.display_name,
            (PaletteHit::Room { name, .. }, Key::Room) => name,
            _ => continue,
        };
        let way = begun.completed(name);
        if !found.contains(&way) {
            found.push(way);
        }
    }
    found
}

/// What the engine is asked for a text: the name that it ends in, where it does.
pub(super) fn looked_for(text: &str) -> String {
    BegunName::of(text).map_or_else(|| text.to_owned(), |begun| begun.typed)
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
        let (actions, pages) = (["Close", "Board up"], [(Section::Rooms, "Rooms".to_owned()), (Section::Audit, "Audit".to_owned())]);
        let views = [("Board rooms".to_owned(), "room:board".to_owned())];
        let known = Known { actions: &actions, label: |action| action, pages: &pages, keys: "Keyboard", views: &views };
        items(text, hits, recent, &known)
            .into_iter()
            .map(|item| match item {
                Item::Completion(completion) => format!("+{}", completion.term),
                Item::Filter(filter) => format!("?{filter}"),
                Item::Hit(PaletteHit::Room { name, .. }) => name,
                Item::Hit(_) => unreachable!(),
                Item::Action(action) => action.to_owned(),
                Item::Page(_, title) | Item::View(title, _) | Item::Keys(title) => title,
            })
            .collect()
    }

    #[test]
    fn what_was_used_last_comes_first_then_what_the_window_has_then_what_else_was_found() {
        let hits = [room(1, "Board 1"), room(2, "Board 2")];
        assert_eq!(offered("boa", &hits, &[hits[1].target()]), ["Board 2", "Board up", "Board rooms", "Keyboard", "Board 1"]);
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
        assert_eq!(offered("cust:contoso ", &[], &[]), ["?cust:contoso"]);
        let hits = [room(1, "Board 1"), room(2, "Board 2"), room(3, "Board 1")];
        assert_eq!(offered("room:boa", &hits, &[]), ["+room:=\"Board 1\"", "+room:=\"Board 2\"", "?room:boa"], "each name once");
        assert_eq!(offered("cust:boa", &hits, &[]), ["?cust:boa"], "rooms are no customers");
        assert_eq!(offered("nothing ", &[], &[]), Vec::<String>::new(), "words alone are looked for here");
    }
}
