//! What the page shows and sends. Pure.

use tenantry_model::api::settings::{ChangeSettings, Contact, ContactMail, LONGEST_CONTACT_NAME, LONGEST_EMAIL, MailLanguage};
use tenantry_model::api::signal_switches::SignalSwitch;
use tenantry_model::name::is_name;
use tenantry_model::search::{searchable, words};

use crate::i18n::I18n;

/// A change of one contact. It is made on top of what holds when it is sent: what somebody else changed meanwhile stays.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum ContactEdit {
    Add(Contact),
    Replace(Contact, Contact),
    Remove(Contact),
}

impl ContactEdit {
    /// The contacts with it. One that is gone, or has changed, is not replaced: the new one comes beside.
    pub(super) fn on(&self, now: &[Contact]) -> Vec<Contact> {
        let mut all = now.to_vec();
        match self {
            Self::Add(new) => all.push(new.clone()),
            Self::Replace(old, new) => match all.iter_mut().find(|one| *one == old) {
                Some(one) => *one = new.clone(),
                None => all.push(new.clone()),
            },
            Self::Remove(old) => all.retain(|one| one != old),
        }
        all
    }
}

/// A change of one thing that contacts hear of, or of the language. It is made on top of what holds when it is sent, too.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum MailEdit {
    Acceptance(bool),
    Roles(bool),
    Removal(bool),
    Language(MailLanguage),
}

impl MailEdit {
    pub(super) fn on(self, now: ContactMail) -> ChangeSettings {
        let mail = match self {
            Self::Acceptance(on) => ContactMail { acceptance: on, ..now },
            Self::Roles(on) => ContactMail { roles: on, ..now },
            Self::Removal(on) => ContactMail { removal: on, ..now },
            Self::Language(language) => return ChangeSettings { mail_language: Some(language), ..ChangeSettings::default() },
        };
        ChangeSettings { mail: Some(mail), ..ChangeSettings::default() }
    }
}

/// What is typed of a contact.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct ContactDraft {
    pub(super) first: String,
    pub(super) last: String,
    pub(super) email: String,
}

impl ContactDraft {
    pub(super) fn of(contact: &Contact) -> Self {
        let Contact { first_name, last_name, email } = contact.clone();
        Self { first: first_name, last: last_name, email }
    }

    /// None where something is missing, or no name or address.
    pub(super) fn contact(&self) -> Option<Contact> {
        let [first, last, email] = [&self.first, &self.last, &self.email].map(|text| text.trim().to_owned());
        let named = is_name(&first, LONGEST_CONTACT_NAME) && is_name(&last, LONGEST_CONTACT_NAME);
        // The service looks closer.
        let formed =
            email.len() <= LONGEST_EMAIL && email.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'));
        (named && formed).then_some(Contact { first_name: first, last_name: last, email })
    }
}

/// Those whose name, category or severity holds all words of the search.
pub(super) fn found(i18n: &I18n, signals: &[SignalSwitch], search: &str) -> Vec<SignalSwitch> {
    let wanted = words(search);
    let holds = |it: &&SignalSwitch| {
        let facts = it.signal.facts();
        let text = searchable(&format!("{} {} {}", i18n.label(it.signal), i18n.label(facts.category), i18n.label(facts.severity)));
        wanted.iter().all(|word| text.contains(word.as_str()))
    };
    signals.iter().filter(holds).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contact(name: &str) -> Contact {
        Contact { first_name: name.to_owned(), last_name: "Roth".to_owned(), email: format!("{name}@alpha.example") }
    }

    #[test]
    fn an_edit_of_one_contact_leaves_those_of_others() {
        let (ida, jan, new) = (contact("ida"), contact("jan"), contact("new"));
        let now = [ida.clone(), jan.clone()];
        assert_eq!(ContactEdit::Add(new.clone()).on(&now), [ida.clone(), jan.clone(), new.clone()]);
        assert_eq!(ContactEdit::Replace(ida.clone(), new.clone()).on(&now), [new.clone(), jan.clone()]);
        assert_eq!(ContactEdit::Replace(contact("gone"), new.clone()).on(&now), [ida.clone(), jan.clone(), new]);
        assert_eq!(ContactEdit::Remove(ida.clone()).on(&now), [jan]);
        assert_eq!(ContactEdit::Remove(contact("gone")).on(&[ida.clone()]), [ida], "it is gone");
    }

    #[test]
    fn a_switch_of_one_event_leaves_the_others_as_they_are_by_then() {
        let now = ContactMail { acceptance: false, roles: true, removal: false };
        let mail = |edit: MailEdit| edit.on(now).mail;
        assert_eq!(mail(MailEdit::Acceptance(true)), Some(ContactMail { acceptance: true, ..now }));
        assert_eq!(mail(MailEdit::Roles(false)), Some(ContactMail { roles: false, ..now }));
        assert_eq!(mail(MailEdit::Removal(true)), Some(ContactMail { removal: true, ..now }));
        let language = MailEdit::Language(MailLanguage::German).on(now);
        assert_eq!((language.mail, language.mail_language), (None, Some(MailLanguage::German)));
    }

    #[test]
    fn a_contact_has_two_names_and_an_address() {
        let draft = |first: &str, email: &str| ContactDraft { first: first.into(), last: "Roth".into(), email: email.into() };
        assert_eq!(draft(" ida ", " ida@alpha.example ").contact(), Some(contact("ida")));
        for (first, email) in
            [("", "a@b.example"), ("\u{202e}", "a@b.example"), ("ida", ""), ("ida", "ida"), ("ida", "@b.example"), ("ida", "a@b")]
        {
            assert_eq!(draft(first, email).contact(), None, "{first:?} {email:?}");
        }
        assert_eq!(ContactDraft::of(&contact("ida")).contact(), Some(contact("ida")));
    }
}
