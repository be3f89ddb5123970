//! Roles and assignments at a customer.

use tenantry_model::api::requests::Outcome;
use tenantry_model::api::roles::{AccessAnswer, ChangeAssignment, ChangeRole, CreateAssignment, CreateRole, RoleDetail, RoleList};
use tenantry_model::id::TenantId;
use tenantry_model::ipc::{AccessQuestion, AssignmentKey, Cached, ChangeOf, CreateAt, CreateIn, EndOf, IpcError, RoleKey};

use crate::app::engine::Engine;
use crate::service::Draft;

fn at_role(key: RoleKey) -> String {
    format!("customers/{}/roles/{}", key.customer, key.role)
}

fn at_assignment(key: AssignmentKey) -> String {
    format!("customers/{}/roles/{}/assignments/{}", key.customer, key.role, key.assignment)
}

impl Engine {
    pub async fn get_roles(&self, customer: TenantId) -> Result<Cached<RoleList>, IpcError> {
        self.query(Draft::get(format!("customers/{customer}/roles")).at(customer)).await
    }

    pub async fn get_role(&self, key: RoleKey) -> Result<Cached<RoleDetail>, IpcError> {
        self.query(Draft::get(at_role(key)).at(key.customer)).await
    }

    pub async fn create_role(&self, args: CreateAt<CreateRole>) -> Result<Outcome, IpcError> {
        let path = format!("customers/{}/roles", args.customer);
        self.change(Draft::post(path).at(args.customer).by_form(args.form).body(&args.new)).await
    }

    pub async fn change_role(&self, args: ChangeOf<RoleKey, ChangeRole>) -> Result<Outcome, IpcError> {
        self.change(Draft::patch(at_role(args.key)).at(args.key.customer).of_version(args.version).body(&args.change)).await
    }

    pub async fn delete_role(&self, end: EndOf<RoleKey>) -> Result<Outcome, IpcError> {
        self.change(Draft::delete(at_role(end.key)).at(end.key.customer).of_version(end.version)).await
    }

    pub async fn create_assignment(&self, args: CreateIn<RoleKey, CreateAssignment>) -> Result<Outcome, IpcError> {
        let path = format!("{}/assignments", at_role(args.key));
        self.change(Draft::post(path).at(args.key.customer).by_form(args.form).body(&args.new)).await
    }

    pub async fn change_assignment(&self, args: ChangeOf<AssignmentKey, ChangeAssignment>) -> Result<Outcome, IpcError> {
        let draft = Draft::patch(at_assignment(args.key)).at(args.key.customer);
        self.change(draft.of_version(args.version).body(&args.change)).await
    }

    pub async fn delete_assignment(&self, end: EndOf<AssignmentKey>) -> Result<Outcome, IpcError> {
        self.change(Draft::delete(at_assignment(end.key)).at(end.key.customer).of_version(end.version)).await
    }

    pub async fn explain_access(&self, question: AccessQuestion) -> Result<AccessAnswer, IpcError> {
        let AccessQuestion { customer, user, permission, room } = question;
        let draft = Draft::get(format!("customers/{customer}/access")).at(customer);
        self.fetch(draft.with("user", user).with("permission", permission).with("room", room)).await
    }
}
