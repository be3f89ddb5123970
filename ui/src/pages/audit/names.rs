//! What those are called that a record names by an id. Pure.

use tenantry_model::audit::{AuditCategory, AuditRecord};
use uuid::Uuid;

use super::view_model::{Actor, actor};
use crate::domain_view::role_labels::assignment_called;
use crate::i18n::{I18n, t};

/// Whose doing it was: the organisation, as far as it has a name.
fn organisation(i18n: &I18n, record: &AuditRecord) -> String {
    record.names.user_tenant.clone().unwrap_or_else(|| t!(i18n, "audit-former-partner"))
}

/// Who did it, in a few words. Somebody whom the service does not know stays an id.
pub(super) fn who(i18n: &I18n, record: &AuditRecord) -> String {
    let Some(id) = record.user_id else { return t!(i18n, "the-service") };
    let person = record.names.user.clone().unwrap_or_else(|| t!(i18n, "audit-unknown", id = id.to_string()));
    match actor(record) {
        Actor::Partner(_) => t!(i18n, "audit-who-of", person = person, name = organisation(i18n, record)),
        Actor::Own | Actor::Service => person,
    }
}

/// What it was done to. A failed attempt has an id there: its name where it has one, and marked as an id otherwise.
pub(super) fn object(i18n: &I18n, record: &AuditRecord) -> String {
    let id = record.object_name.parse::<Uuid>().is_ok();
    let own = matches!(record.category, AuditCategory::Assignment | AuditCategory::Role | AuditCategory::User);
    let called = |name: &str| if own { assignment_called(i18n, name) } else { name.to_owned() };
    match &record.names.object {
        Some(name) => called(name),
        None if id => t!(i18n, "audit-unknown", id = record.object_name.clone()),
        None => called(&record.object_name),
    }
}

#[cfg(test)]
mod tests {
    use super::super::view_model::tests::record;
    use super::*;

    #[test]
    fn r107_r112_people_are_called_by_their_names_and_a_partner_s_with_the_partner() {
        let i18n = I18n::default();
        let mut own = record(1, 1, Some(1));
        own.names.user = Some("Ann".into());
        let mut partner = record(1, 1, Some(2));
        partner.names.user = Some("Ben".into());
        partner.names.user_tenant = Some("Meridian".into());
        assert_eq!([who(&i18n, &own), who(&i18n, &partner), who(&i18n, &record(1, 1, None))], ["Ann", "Ben, Meridian", "The service"]);
    }

    #[test]
    fn what_has_no_name_stays_an_id_and_is_marked() {
        let i18n = I18n::default();
        let mut failed = record(1, 1, Some(1));
        let id = failed.user_id.unwrap().to_string();
        assert_eq!(who(&i18n, &failed), format!("Unknown: {id}"));
        assert_eq!(object(&i18n, &failed), "Helpdesk");
        failed.object_name.clone_from(&id);
        assert_eq!(object(&i18n, &failed), format!("Unknown: {id}"));
        failed.names.object = Some("Helpdesk".into());
        assert_eq!(object(&i18n, &failed), "Helpdesk");
    }
}
