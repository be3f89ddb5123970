//! One step for several customers: first what it would do at each, then doing it, customer by customer, each in a transaction of its own.

mod reach;

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};
use tenantry_model::api::plans::{PlanRow, PlanStep};
use tenantry_model::api::roles::{ChangeAssignment, ChangeRole, CreateAssignment, CreateRole};
use tenantry_model::id::{PrincipalId, TenantId};
use tenantry_model::permission::{Permission, PermissionSet};
use tenantry_model::problem::Problem;
use tenantry_model::role::Scope;
use tenantry_model::tenancy::{Approval, ControlEvent};

use crate::domain::caller::Caller;
use crate::domain::plans::reach::Held;
use crate::domain::requests;
use crate::domain::roles::context::RoleContext;
use crate::domain::roles::operation::RoleOperation;
use crate::domain::roles::rules;
use crate::domain::text::tidied;
use crate::error::{Error, Result};
use crate::random::Random;
use crate::store::assignments::StoredAssignment;
use crate::store::relationships::{self, Relationship};
use crate::store::{Conn, Tx, assignments, people, roles};

/// How many customers one plan has at most.
pub const MOST: usize = 500;

/// What a step comes to at one customer, in the order in which it is done; nothing where all is so already.
struct Work {
    relationship: Relationship,
    operations: Vec<RoleOperation>,
    /// The role's assignments so far, and afterwards.
    before: Vec<Held>,
    after: Vec<Held>,
    /// What the role has so far, where it is there.
    held: Option<PermissionSet>,
    /// Whether an assignment is brought from some rooms to all.
    widens: bool,
    /// Names all that the step depends on.
    version: String,
}

pub async fn preview(conn: &mut Conn, caller: &Caller, customer: TenantId, step: &PlanStep) -> Result<PlanRow> {
    let mut row = empty_row(customer, step);
    let work = match work(conn, caller, customer, step).await {
        Ok(work) => work,
        Err(error) => return refused(row, error),
    };
    row.display_name.clone_from(&work.relationship.customer_name);
    row.needs_approval = work.relationship.change_control.of(ControlEvent::Roles) == Approval::Manual;
    for operation in &work.operations {
        let reach = requests::reach(caller, customer, operation)?;
        let context = RoleContext { customer, relationship: Some(&work.relationship), reach, administrator: false };
        if let Err(error) = rules::check(conn, context, operation).await {
            return refused(row, error);
        }
    }
    let (gains, loses) = reach::compare(conn, &work.relationship, &work.before, &work.after).await?;
    row.changes = !work.operations.is_empty();
    row.permissions_before = work.held;
    row.widens_scope = work.widens;
    // Who is in a group has no version, so those who gain and lose by it are part of this one.
    row.version = digest(std::iter::once(work.version).chain(people_of("gains", &gains)).chain(people_of("loses", &loses)));
    row.gains = people::named(conn, &gains).await?;
    row.loses = people::named(conn, &loses).await?;
    Ok(row)
}

/// Does the step at this customer, if it still would do what was shown. The transaction is the caller's: commit it where nothing was refused.
pub async fn apply(
    tx: &mut Tx,
    caller: &Caller,
    customer: TenantId,
    version: &str,
    step: &PlanStep,
    random: &dyn Random,
) -> Result<PlanRow> {
    let mut row = preview(tx.conn(), caller, customer, step).await?;
    if row.refusal.is_some() {
        return Ok(row);
    }
    if row.version != version {
        return refused(row, Error::stale());
    }
    let work = work(tx.conn(), caller, customer, step).await?;
    for operation in work.operations {
        requests::change(tx, caller, customer, operation, random).await?;
    }
    row.applied = true;
    Ok(row)
}

async fn work(conn: &mut Conn, caller: &Caller, customer: TenantId, step: &PlanStep) -> Result<Work> {
    let partner = caller.side_at(customer).ok_or(Error::not_found())?;
    let relationship = relationships::active(conn, partner, customer).await?.ok_or(Error::not_found())?;
    match step {
        PlanStep::AddPrimaryAdmins { principals } => {
            if !caller.may_change_primary_admins(customer) {
                return Err(Error::not_found());
            }
            let (role, assignment) = assignments::primary_admins(conn, partner, customer).await?.ok_or(Error::not_found())?;
            let permissions = roles::find(conn, role).await?.ok_or(Error::not_found())?.role.permissions;
            let mut after = assignment.members.clone();
            after.extend(principals.iter().filter(|it| !assignment.members.contains(it)));
            let changes = after.len() > assignment.members.len();
            let version = version_of(&relationship, &[(assignment.id.to_string(), assignment.version)]);
            let operation = RoleOperation::AddPrimaryAdmins { assignment: assignment.id, principals: principals.clone() };
            let with = |members: Vec<PrincipalId>| vec![Held { permissions, members, scope: assignment.scope.clone() }];
            Ok(Work {
                relationship,
                operations: if changes { vec![operation] } else { vec![] },
                before: with(assignment.members.clone()),
                after: with(after),
                held: None,
                widens: false,
                version,
            })
        }
        PlanStep::ApplyTemplate { name, description, permissions, members } => {
            caller.rights_with(customer, Permission::RolesModify)?;
            let wanted = tidied(name).to_lowercase();
            let found = roles::at(conn, customer, Some(partner)).await?.into_iter().find(|it| it.role.name.to_lowercase() == wanted);
            let everywhere = CreateAssignment {
                name: name.clone(),
                description: String::new(),
                email_notifications: false,
                members: members.clone(),
                scope: Scope::All,
            };
            let wanted = Held { permissions: *permissions, members: members.clone(), scope: Scope::All };
            let Some(stored) = found else {
                let (description, permissions) = (description.clone(), *permissions);
                let new = CreateRole { name: name.clone(), description, permissions, assignment: everywhere };
                let version = version_of(&relationship, &[]);
                return Ok(Work {
                    relationship,
                    operations: vec![RoleOperation::CreateRole(new)],
                    before: vec![],
                    after: vec![wanted],
                    held: None,
                    widens: false,
                    version,
                });
            };
            let role = stored.role.id;
            let assignments = assignments::of_role(conn, role).await?;
            let mut depends: Vec<(String, u64)> = vec![(role.to_string(), stored.version)];
            depends.extend(assignments.iter().map(|it| (it.id.to_string(), it.version)));
            let version = version_of(&relationship, &depends);
            let mut operations = Vec::new();
            if stored.role.permissions != *permissions || stored.role.description != *description || stored.role.built_in.is_some() {
                let change = ChangeRole { name: None, description: Some(description.clone()), permissions: Some(*permissions) };
                operations.push(RoleOperation::ChangeRole { role, version: stored.version, change });
            }
            // Of several assignments the first keeps the members; the others are not the template's.
            match assignments.first() {
                Some(first) if same(&first.members, members) && first.scope == Scope::All => {}
                Some(first) => {
                    let change =
                        ChangeAssignment { members: Some(members.clone()), scope: Some(Scope::All), ..ChangeAssignment::default() };
                    operations.push(RoleOperation::ChangeAssignment { role, assignment: first.id, version: first.version, change });
                }
                None => operations.push(RoleOperation::CreateAssignment { role, new: everywhere }),
            }
            let held = stored.role.permissions;
            let with = |it: &StoredAssignment, permissions| Held { permissions, members: it.members.clone(), scope: it.scope.clone() };
            let before = assignments.iter().map(|it| with(it, held)).collect();
            let after = std::iter::once(wanted).chain(assignments.iter().skip(1).map(|it| with(it, *permissions))).collect();
            let widens = assignments.first().is_some_and(|first| first.scope != Scope::All);
            Ok(Work { relationship, operations, before, after, held: Some(held), widens, version })
        }
    }
}

fn same(a: &[PrincipalId], b: &[PrincipalId]) -> bool {
    a.iter().collect::<BTreeSet<_>>() == b.iter().collect::<BTreeSet<_>>()
}

/// One short text for the versions of all that a step depends on.
fn version_of(relationship: &Relationship, depends: &[(String, u64)]) -> String {
    let depends = depends.iter().map(|(id, version)| format!("{id} {version}"));
    digest(std::iter::once(format!("{} {}", relationship.id, relationship.version)).chain(depends))
}

fn people_of(what: &str, people: &[PrincipalId]) -> impl Iterator<Item = String> {
    people.iter().map(move |person| format!("{what} {person}"))
}

fn digest(lines: impl Iterator<Item = String>) -> String {
    let mut hash = Sha256::new();
    for line in lines {
        hash.update(line);
        hash.update("\n");
    }
    hash.finalize().iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}

fn empty_row(customer: TenantId, step: &PlanStep) -> PlanRow {
    PlanRow {
        id: customer,
        display_name: String::new(),
        changes: false,
        gains: vec![],
        loses: vec![],
        permissions_before: None,
        widens_scope: false,
        permissions: match step {
            PlanStep::AddPrimaryAdmins { .. } => None,
            PlanStep::ApplyTemplate { permissions, .. } => Some(*permissions),
        },
        needs_approval: false,
        refusal: None,
        version: String::new(),
        applied: false,
    }
}

/// A refusal is a row; anything else is an error of the whole request.
fn refused(mut row: PlanRow, error: Error) -> Result<PlanRow> {
    match error {
        Error::Refused { kind, detail, mut errors, .. } => {
            // What the rules name is a member of what the step comes to at this customer.
            errors.iter_mut().for_each(|error| error.pointer = "#/step".into());
            row.refusal = Some(Problem::new(kind, detail, None).about(errors));
            Ok(row)
        }
        other => Err(other),
    }
}
