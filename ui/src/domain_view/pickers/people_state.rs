//! What the people picker decides. Pure.

use tenantry_model::api::people::DirectoryEntry;
use tenantry_model::id::PrincipalId;
use tenantry_model::tenancy::PrincipalRef;

/// A principal as the picker shows it where the directory was not asked: a group's size is not known then.
pub fn entry(principal: PrincipalRef) -> DirectoryEntry {
    DirectoryEntry { principal, users: None }
}

/// What is offered: what was found, less those who are chosen or already in.
pub(super) fn offered<'a>(found: &'a [DirectoryEntry], chosen: &[DirectoryEntry], already: &[PrincipalId]) -> Vec<&'a DirectoryEntry> {
    let taken = |id: PrincipalId| already.contains(&id) || chosen.iter().any(|one| one.principal.id == id);
    found.iter().filter(|one| !taken(one.principal.id)).collect()
}

/// The chosen ones with one more; the same where it is chosen already.
pub(super) fn with(chosen: &[DirectoryEntry], one: &DirectoryEntry) -> Vec<DirectoryEntry> {
    let mut all = chosen.to_vec();
    if !all.iter().any(|known| known.principal.id == one.principal.id) {
        all.push(one.clone());
    }
    all
}

/// The chosen ones less the one at this place.
pub(super) fn without(chosen: &[DirectoryEntry], at: usize) -> Vec<DirectoryEntry> {
    chosen.iter().enumerate().filter(|(place, _)| *place != at).map(|(_, one)| one.clone()).collect()
}

/// What Enter does in the search box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Enter {
    /// Nothing is typed: the form may be sent.
    Submit,
    /// Takes the active one of those that answer what is typed.
    Take,
    /// What is shown answers an earlier text: takes the first one of the answer to this text when it comes.
    TakeWhenAnswered,
    /// Spaces alone ask for nobody.
    Nothing,
}

/// Decides for the text in the box and the text that the latest answer is about.
pub(super) fn on_enter(text: &str, answered: Option<&str>) -> Enter {
    match text.trim() {
        _ if text.is_empty() => Enter::Submit,
        "" => Enter::Nothing,
        wanted if answered == Some(wanted) => Enter::Take,
        _ => Enter::TakeWhenAnswered,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use tenantry_model::tenancy::PrincipalKind;

    pub(crate) fn person(n: u128, name: &str) -> DirectoryEntry {
        let id = PrincipalId::from_uuid(uuid::Uuid::from_u128(n));
        entry(PrincipalRef { id, kind: PrincipalKind::User, display_name: name.into(), upn: None })
    }

    #[test]
    fn nobody_is_offered_or_chosen_twice() {
        let found = [person(1, "Ada"), person(2, "Bo"), person(3, "Cy")];
        let offered = offered(&found, &found[..1], &[found[1].principal.id]);
        assert_eq!(offered, [&found[2]]);
        assert_eq!(with(&found, &found[0]).len(), 3);
        assert_eq!(with(&found[..2], &found[2]).len(), 3);
    }

    #[test]
    fn a_chip_is_taken_out_by_its_place() {
        let chosen = [person(1, "Ada"), person(2, "Bo")];
        assert_eq!(without(&chosen, 0), [chosen[1].clone()]);
        assert_eq!(without(&chosen, 7), chosen);
    }

    #[test]
    fn enter_counts_for_the_answer_to_the_text_that_was_typed() {
        assert_eq!(on_enter("", None), Enter::Submit);
        assert_eq!(on_enter("", Some("ann")), Enter::Submit, "an old answer changes nothing of that");
        assert_eq!(on_enter("anna", Some("ann")), Enter::TakeWhenAnswered, "what is shown answers another text");
        assert_eq!(on_enter("anna", None), Enter::TakeWhenAnswered);
        assert_eq!(on_enter(" anna ", Some("anna")), Enter::Take);
        assert_eq!(on_enter("  ", Some("anna")), Enter::Nothing);
    }
}
