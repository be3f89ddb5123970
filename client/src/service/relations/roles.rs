//! Roles and assignments at one customer.

use tenantry_model::api::requests::Outcome;
use tenantry_model::api::roles::{AccessAnswer, ChangeAssignment, ChangeRole, CreateAssignment, CreateRole, RoleDetail, RoleList};
use tenantry_model::id::TenantId;
use tenantry_model::ipc::{AccessQuestion, AssignmentKey, ChangeOf, CreateAt, CreateIn, EndOf, RoleKey};

use crate::service::Call;
use crate::service::call::Draft;

fn at_role(key: RoleKey) -> String {
    format!("customers/{}/roles/{}", key.customer, key.role)
}

fn at_assignment(key: AssignmentKey) -> String {
    format!("customers/{}/roles/{}/assignments/{}", key.customer, key.role, key.assignment)
}

pub(crate) fn roles(customer: TenantId) -> Call<RoleList> {
    Draft::get(format!("customers/{customer}/roles")).at(customer).call()
}

pub(crate) fn role(key: RoleKey) -> Call<RoleDetail> {
    Draft::get(at_role(key)).at(key.customer).call()
}

pub(crate) fn create(args: &CreateAt<CreateRole>) -> Call<Outcome> {
    Draft::post(format!("customers/{}/roles", args.customer)).at(args.customer).by_form(args.form).body(&args.new).call()
}

pub(crate) fn change(args: &ChangeOf<RoleKey, ChangeRole>) -> Call<Outcome> {
    Draft::patch(at_role(args.key)).at(args.key.customer).of_version(args.version).body(&args.change).call()
}

pub(crate) fn delete(end: EndOf<RoleKey>) -> Call<Outcome> {
    Draft::delete(at_role(end.key)).at(end.key.customer).of_version(end.version).call()
}

pub(crate) fn create_assignment(args: &CreateIn<CreateAssignment>) -> Call<Outcome> {
    let path = format!("{}/assignments", at_role(args.key));
    Draft::post(path).at(args.key.customer).by_form(args.form).body(&args.new).call()
}

pub(crate) fn change_assignment(args: &ChangeOf<AssignmentKey, ChangeAssignment>) -> Call<Outcome> {
    Draft::patch(at_assignment(args.key)).at(args.key.customer).of_version(args.version).body(&args.change).call()
}

pub(crate) fn delete_assignment(end: EndOf<AssignmentKey>) -> Call<Outcome> {
    Draft::delete(at_assignment(end.key)).at(end.key.customer).of_version(end.version).call()
}

pub(crate) fn access(question: AccessQuestion) -> Call<AccessAnswer> {
    let AccessQuestion { customer, user, permission, room } = question;
    let draft = Draft::get(format!("customers/{customer}/access")).at(customer);
    draft.with("user", user).with("permission", permission).with("room", room).call()
}
