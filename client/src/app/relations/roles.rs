//! Roles and assignments at a customer.

use tenantry_model::api::requests::Outcome;
use tenantry_model::api::roles::{AccessAnswer, ChangeAssignment, ChangeRole, CreateAssignment, CreateRole, RoleDetail, RoleList};
use tenantry_model::id::TenantId;
use tenantry_model::ipc::{AccessQuestion, AssignmentKey, Cached, ChangeOf, CreateAt, CreateIn, EndOf, IpcError, RoleKey};

use crate::app::engine::Engine;
use crate::service::relations::roles;

impl Engine {
    pub async fn get_roles(&self, customer: TenantId) -> Result<Cached<RoleList>, IpcError> {
        self.question(roles::roles(customer)).await
    }

    pub async fn get_role(&self, key: RoleKey) -> Result<Cached<RoleDetail>, IpcError> {
        self.question(roles::role(key)).await
    }

    pub async fn create_role(&self, args: CreateAt<CreateRole>) -> Result<Outcome, IpcError> {
        self.change(roles::create(&args)).await
    }

    pub async fn change_role(&self, args: ChangeOf<RoleKey, ChangeRole>) -> Result<Outcome, IpcError> {
        self.change(roles::change(&args)).await
    }

    pub async fn delete_role(&self, end: EndOf<RoleKey>) -> Result<Outcome, IpcError> {
        self.change(roles::delete(end)).await
    }

    pub async fn create_assignment(&self, args: CreateIn<CreateAssignment>) -> Result<Outcome, IpcError> {
        self.change(roles::create_assignment(&args)).await
    }

    pub async fn change_assignment(&self, args: ChangeOf<AssignmentKey, ChangeAssignment>) -> Result<Outcome, IpcError> {
        self.change(roles::change_assignment(&args)).await
    }

    pub async fn delete_assignment(&self, end: EndOf<AssignmentKey>) -> Result<Outcome, IpcError> {
        self.change(roles::delete_assignment(end)).await
    }

    pub async fn explain_access(&self, question: AccessQuestion) -> Result<AccessAnswer, IpcError> {
        self.consult(roles::access(question)).await
    }
}
