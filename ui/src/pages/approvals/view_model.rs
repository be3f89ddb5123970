//! What the page of approvals shows. Pure.

use tenantry_model::api::requests::{RequestRow, RequestedAction, RequestedChange};
use tenantry_model::audit::AuditChange;
use tenantry_model::tenancy::RequestState;

use crate::components::icon::Icon;
use crate::i18n::{I18n, t};

pub fn waiting(rows: &[RequestRow]) -> u32 {
    rows.iter().filter(|row| row.state == RequestState::Pending).count() as u32
}

/// Those that wait, longest first, and those that were decided, latest first.
pub(super) fn split(rows: &[RequestRow]) -> (Vec<RequestRow>, Vec<RequestRow>) {
    let (mut waiting, mut decided): (Vec<_>, Vec<_>) = rows.iter().cloned().partition(|row| row.state == RequestState::Pending);
    waiting.sort_by_key(|row| (row.requested_at, row.id));
    decided.sort_by_key(|row| std::cmp::Reverse((row.decided_at, row.id)));
    (waiting, decided)
}

pub(super) const fn state_icon(state: RequestState) -> Icon {
    match state {
        RequestState::Pending => Icon::Pending,
        RequestState::Approved => Icon::Resolved,
        RequestState::Rejected => Icon::Close,
        RequestState::Lapsed => Icon::Closed,
    }
}

/// What of a room would change: what it is called here, and what it says now and would say.
pub(super) fn fields(i18n: &I18n, change: &RequestedChange) -> Vec<(String, String, String)> {
    let said = |value: &Option<String>| value.clone().filter(|value| value != "–").unwrap_or_else(|| t!(i18n, "not-known"));
    let words = |it: &AuditChange, value: &Option<String>| i18n.audit_value(&it.field, &said(value));
    // Of what is decided anew, nothing was before.
    let before = |it: &AuditChange| if it.before.is_none() { String::new() } else { words(it, &it.before) };
    change.fields.iter().map(|it| (i18n.audit_field(&it.field), before(it), words(it, &it.after))).collect()
}

/// Where it would hold: nothing is said where the scope stays as it is.
pub(super) fn rooms(i18n: &I18n, change: &RequestedChange) -> Option<String> {
    match (change.rooms, change.action) {
        (Some(count), _) => Some(t!(i18n, "rows-rooms", count = count)),
        (None, RequestedAction::CreateRole | RequestedAction::CreateAssignment) => Some(t!(i18n, "approval-all-rooms")),
        (None, _) => None,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::domain_view::requested::title;
    use tenantry_model::id::{ChangeRequestId, PrincipalId, TenantId};
    use tenantry_model::tenancy::{ControlEvent, PrincipalKind, PrincipalRef};
    use tenantry_model::time::Timestamp;
    use uuid::Uuid;

    fn request(n: u128, state: RequestState, asked: i64, decided: Option<i64>) -> RequestRow {
        let who = PrincipalRef {
            id: PrincipalId::from_uuid(Uuid::from_u128(1)),
            kind: PrincipalKind::User,
            display_name: "Jonas".into(),
            upn: None,
        };
        RequestRow {
            id: ChangeRequestId::from_uuid(Uuid::from_u128(n)),
            customer_id: TenantId::from_uuid(Uuid::from_u128(2)),
            customer_name: "Own".into(),
            partner_id: TenantId::from_uuid(Uuid::from_u128(3)),
            partner_name: "Meridian".into(),
            event: ControlEvent::Roles,
            change: change(RequestedAction::CreateRole, None),
            requested_by: who,
            requested_at: Timestamp::from_micros(asked),
            state,
            decided_at: decided.map(Timestamp::from_micros),
            version: 1,
        }
    }

    fn change(action: RequestedAction, rooms: Option<u32>) -> RequestedChange {
        RequestedChange { role: "Helpdesk".into(), rooms, ..RequestedChange::of(action, vec![]) }
    }

    #[test]
    fn r24_who_waits_longest_stands_first_and_the_latest_decision_does() {
        let rows = [
            request(1, RequestState::Pending, 20, None),
            request(2, RequestState::Approved, 1, Some(30)),
            request(3, RequestState::Pending, 10, None),
            request(4, RequestState::Lapsed, 1, Some(40)),
        ];
        let (open, decided) = split(&rows);
        let ids = |rows: &[RequestRow]| rows.iter().map(|row| row.id.uuid().as_u128()).collect::<Vec<_>>();
        assert_eq!((ids(&open), ids(&decided), waiting(&rows)), (vec![3, 1], vec![4, 2], 2));
    }

    #[test]
    fn a_request_names_what_it_is_about() {
        let i18n = I18n::default();
        let mut asked = change(RequestedAction::ChangeAssignment, None);
        asked.assignment = Some("Night shift".into());
        assert_eq!(title(&i18n, &asked), "Change of an assignment: Helpdesk · Night shift");
        assert_eq!(rooms(&i18n, &asked), None, "the scope stays");
        assert_eq!(rooms(&i18n, &change(RequestedAction::CreateRole, None)).as_deref(), Some("All delegated rooms"));
        assert_eq!(rooms(&i18n, &change(RequestedAction::ChangeAssignment, Some(3))).as_deref(), Some("3 rooms"));
        let field = |name: &str, before: &str, after: &str| AuditChange {
            field: name.into(),
            before: Some(before.into()),
            after: Some(after.into()),
        };
        let room = RequestedChange {
            room: Some("Isar".into()),
            role: String::new(),
            fields: vec![field("name", "Isar", "Isar 1"), field("capacity", "–", "6")],
            ..change(RequestedAction::ChangeRoom, None)
        };
        assert_eq!(title(&i18n, &room), "Change of a room: Isar");
        assert_eq!(fields(&i18n, &room)[1], ("Capacity".to_owned(), "not known".to_owned(), "6".to_owned()));
        let german = I18n::new(tenantry_model::ipc::Language::German);
        asked.role = "Primary admins".into();
        assert!(title(&german, &asked).contains("Primäre Administratoren"));
    }
}
