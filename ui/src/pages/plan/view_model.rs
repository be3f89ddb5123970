//! What a plan asks, and what its rows say. Pure.

use std::collections::BTreeMap;

use tenantry_model::api::people::DirectoryEntry;
use tenantry_model::api::plans::{PlanRow, PlanStep, PlannedCustomer};
use tenantry_model::collation::sort_key;
use tenantry_model::id::PrincipalId;
use tenantry_model::permission::{BuiltInRole, Permission};
use tenantry_model::problem::ProblemKind;
use tenantry_model::tenancy::PrincipalRef;

use crate::domain_view::role_templates::Template;

/// Customers in one request.
pub(super) const BATCH: usize = 500;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Draft {
    /// The template; none to add Primary admins.
    pub(super) template: Option<Template>,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) people: Vec<DirectoryEntry>,
}

impl Draft {
    pub(super) const fn new() -> Self {
        Self { template: None, name: String::new(), description: String::new(), people: vec![] }
    }

    pub(super) fn is_complete(&self) -> bool {
        !self.people.is_empty() && (self.template.is_none() || !self.name.trim().is_empty())
    }

    /// What is sent. A template is cut to what Primary admins usually hold: that is what most customers allow (A9), and the preview says
    /// which allow less.
    pub(super) fn step(&self) -> PlanStep {
        let people: Vec<PrincipalId> = self.people.iter().map(|one| one.principal.id).collect();
        match self.template {
            None => PlanStep::AddPrimaryAdmins { principals: people },
            Some(template) => PlanStep::ApplyTemplate {
                name: self.name.trim().to_owned(),
                description: self.description.trim().to_owned(),
                permissions: template.within(BuiltInRole::PrimaryAdmins.permissions()),
                members: people,
            },
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It cannot be done here.
    Refused,
    /// It was not done, because what it would do has changed since it was shown: the row says it anew.
    Changed,
    /// Nothing would change for anybody.
    Same,
    WillAsk,
    WillDo,
    Asked,
    Done,
}

pub(super) fn fate(row: &PlanRow) -> Fate {
    let changed = row.refusal.as_ref().is_some_and(|problem| problem.kind() == Some(ProblemKind::PreconditionFailed));
    match (row.refusal.is_some() && !changed, row.applied, row.needs_approval) {
        (true, ..) => Fate::Refused,
        (_, true, true) => Fate::Asked,
        (_, true, false) => Fate::Done,
        _ if !row.changes => Fate::Same,
        _ if changed => Fate::Changed,
        (.., true) => Fate::WillAsk,
        (.., false) => Fate::WillDo,
    }
}

pub(super) fn is_open(row: &PlanRow) -> bool {
    matches!(fate(row), Fate::WillAsk | Fate::WillDo | Fate::Changed)
}

/// The customers at which something would be done, as they were shown last.
pub(super) fn applicable(rows: &[PlanRow]) -> Vec<PlannedCustomer> {
    rows.iter().filter(|row| is_open(row)).map(|row| PlannedCustomer { id: row.id, version: row.version.clone() }).collect()
}

/// The preview with what applying answered put in its place: a customer that was not asked again keeps its row.
pub(super) fn merged(before: &[PlanRow], answered: Vec<PlanRow>) -> Vec<PlanRow> {
    let mut rows = before.to_vec();
    for mut new in answered {
        if let Some(row) = rows.iter_mut().find(|row| row.id == new.id) {
            if new.display_name.is_empty() {
                new.display_name = std::mem::take(&mut row.display_name);
            }
            *row = new;
        }
    }
    rows
}

/// By the customers' names, as they are listed where they are chosen; those without a name last.
pub(super) fn by_name(mut rows: Vec<PlanRow>) -> Vec<PlanRow> {
    rows.sort_by_cached_key(|row| (row.display_name.is_empty(), sort_key(&row.display_name)));
    rows
}

/// Something that happens at some of the customers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct AtSome<T> {
    pub(super) what: T,
    /// At how many.
    pub(super) customers: usize,
}

/// What applying would do at all customers together: who gains, who loses, and what becomes of the role.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Sum {
    pub(super) customers: usize,
    /// Of them, those whose administrators are asked first (R24).
    pub(super) asked: usize,
    /// By name.
    pub(super) gains: Vec<AtSome<String>>,
    pub(super) loses: Vec<AtSome<String>>,
    /// Permissions that the role is given, and those that it loses, where it is there already.
    pub(super) more: Vec<AtSome<Permission>>,
    pub(super) less: Vec<AtSome<Permission>>,
    /// At how many it is made, and at how many it goes from some rooms to all.
    pub(super) made: usize,
    pub(super) widened: usize,
}

pub(super) fn sum(rows: &[PlanRow]) -> Sum {
    let rows: Vec<&PlanRow> = rows.iter().filter(|row| is_open(row)).collect();
    let people = |of: fn(&PlanRow) -> &[PrincipalRef]| {
        let mut names: BTreeMap<(&str, PrincipalId), usize> = BTreeMap::new();
        for one in rows.iter().flat_map(|row| of(row)) {
            *names.entry((&one.display_name, one.id)).or_default() += 1;
        }
        names.into_iter().map(|((name, _), customers)| AtSome { what: name.to_owned(), customers }).collect()
    };
    let changed = |is_more: bool| {
        let at = |permission: Permission| {
            let changes = |row: &&&PlanRow| {
                let (Some(before), Some(after)) = (row.permissions_before, row.permissions) else { return false };
                before.contains(permission) != is_more && after.contains(permission) == is_more
            };
            AtSome { what: permission, customers: rows.iter().filter(changes).count() }
        };
        Permission::ALL.iter().copied().map(at).filter(|it| it.customers > 0).collect()
    };
    Sum {
        customers: rows.len(),
        asked: rows.iter().filter(|row| row.needs_approval).count(),
        gains: people(|row| &row.gains),
        loses: people(|row| &row.loses),
        more: changed(true),
        less: changed(false),
        made: rows.iter().filter(|row| row.permissions.is_some() && row.permissions_before.is_none()).count(),
        widened: rows.iter().filter(|row| row.widens_scope).count(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tenantry_model::id::TenantId;
    use tenantry_model::permission::PermissionSet;
    use tenantry_model::problem::Problem;
    use tenantry_model::tenancy::PrincipalKind;
    use uuid::Uuid;

    fn row(n: u128) -> PlanRow {
        let gains = vec![PrincipalRef {
            id: PrincipalId::from_uuid(Uuid::from_u128(9)),
            kind: PrincipalKind::User,
            display_name: "Ada".into(),
            upn: None,
        }];
        PlanRow {
            id: TenantId::from_uuid(Uuid::from_u128(n)),
            display_name: format!("C{n}"),
            changes: true,
            gains,
            loses: vec![],
            permissions: None,
            permissions_before: None,
            widens_scope: false,
            needs_approval: false,
            refusal: None,
            version: format!("v{n}"),
            applied: false,
        }
    }

    #[test]
    fn only_what_would_change_something_is_applied_in_the_version_that_was_shown() {
        let refused = PlanRow { refusal: Some(Problem::new(ProblemKind::NotFound, None, None)), ..row(2) };
        let same = PlanRow { changes: false, ..row(3) };
        let asks = PlanRow { needs_approval: true, ..row(4) };
        let rows = [row(1), refused, same, asks];
        assert_eq!(rows.iter().map(fate).collect::<Vec<_>>(), [Fate::WillDo, Fate::Refused, Fate::Same, Fate::WillAsk]);
        let versions: Vec<String> = applicable(&rows).into_iter().map(|customer| customer.version).collect();
        assert_eq!(versions, ["v1", "v4"]);
    }

    #[test]
    fn the_answer_takes_the_preview_s_place_customer_by_customer() {
        let done = PlanRow { applied: true, ..row(1) };
        let nameless = PlanRow { display_name: String::new(), refusal: Some(Problem::new(ProblemKind::NotFound, None, None)), ..row(2) };
        let rows = merged(&[row(1), row(2), row(3)], vec![done, nameless]);
        assert_eq!(rows.iter().map(fate).collect::<Vec<_>>(), [Fate::Done, Fate::Refused, Fate::WillDo]);
        assert_eq!(rows[1].display_name, "C2");
    }

    #[test]
    fn fault_9_02_the_preview_lists_customers_by_name_and_not_by_id() {
        let named = |n: u128, name: &str| PlanRow { display_name: name.into(), ..row(n) };
        let rows = by_name(vec![named(1, "Zoo"), named(2, ""), named(3, "Österreich"), named(4, "otto"), named(5, "Alpha")]);
        let names: Vec<&str> = rows.iter().map(|row| row.display_name.as_str()).collect();
        assert_eq!(names, ["Alpha", "Österreich", "otto", "Zoo", ""]);
    }

    #[test]
    fn what_has_changed_since_it_was_shown_is_shown_anew_and_can_be_applied_as_it_is_now() {
        let stale = Problem::new(ProblemKind::PreconditionFailed, None, None);
        let changed = PlanRow { refusal: Some(stale.clone()), version: "v1, later".into(), ..row(1) };
        let nothing = PlanRow { refusal: Some(stale), changes: false, ..row(2) };
        let rows = merged(&[row(1), row(2)], vec![changed, nothing]);
        assert_eq!(rows.iter().map(fate).collect::<Vec<_>>(), [Fate::Changed, Fate::Same]);
        let versions: Vec<String> = applicable(&rows).into_iter().map(|customer| customer.version).collect();
        assert_eq!(versions, ["v1, later"]);
    }

    #[test]
    fn fault_02_the_sum_names_everybody_who_gains_or_loses_and_what_becomes_of_the_role_where_something_is_done() {
        let [few, many] =
            [PermissionSet::of(&[Permission::TicketsView]), PermissionSet::of(&[Permission::TicketsView, Permission::RoomsView])];
        let eve = PrincipalRef { id: PrincipalId::from_uuid(Uuid::from_u128(8)), display_name: "Eve".into(), ..row(1).gains[0].clone() };
        let made = PlanRow { permissions: Some(few), ..row(1) };
        let less = PlanRow {
            permissions: Some(few),
            permissions_before: Some(many),
            widens_scope: true,
            loses: vec![eve],
            needs_approval: true,
            ..row(2)
        };
        let refused = PlanRow { refusal: Some(Problem::new(ProblemKind::NotFound, None, None)), ..less.clone() };
        let sum = sum(&[made, less.clone(), refused, PlanRow { changes: false, ..less }]);
        let named = |name: &str, customers: usize| vec![AtSome { what: name.to_owned(), customers }];
        assert_eq!((sum.customers, sum.asked, sum.made, sum.widened), (2, 1, 1, 1));
        assert_eq!((sum.gains, sum.loses), (named("Ada", 2), named("Eve", 1)));
        assert_eq!((sum.more, sum.less), (vec![], vec![AtSome { what: Permission::RoomsView, customers: 1 }]));
    }

    #[test]
    fn a9_a_template_is_sent_within_what_is_usual() {
        let draft = Draft { template: Some(Template::SiteLeadStrict), name: "Lead".into(), ..Draft::new() };
        assert!(!draft.is_complete(), "nobody is named");
        let PlanStep::ApplyTemplate { permissions, .. } = draft.step() else { panic!() };
        assert!(permissions.is_subset_of(BuiltInRole::PrimaryAdmins.permissions()));
    }
}
