//! One method per command of `tenantry_model::ipc` about relationships, roles, approvals and the log, by the command's name.

use tenantry_model::api::customers::CustomerDetail;
use tenantry_model::api::invitations::{Accepted, InvitationDetail};
use tenantry_model::api::partners::{ChangePartner, InvitePartner, PartnerDetail, PartnerRow};
use tenantry_model::api::people::{AddMembers, DirectoryEntry, MemberList};
use tenantry_model::api::plans::{ApplyPlan, Plan, PlanRow};
use tenantry_model::api::requests::{Done, Outcome, RequestRow};
use tenantry_model::api::roles::{AccessAnswer, ChangeAssignment, ChangeRole, CreateAssignment, CreateRole, RoleDetail, RoleList};
use tenantry_model::api::{Page, TenantRow};
use tenantry_model::audit::AuditRecord;
use tenantry_model::id::{ChangeRequestId, InvitationId, PrincipalId, TenantId};
use tenantry_model::ipc::IpcError;
use tenantry_model::ipc::relations::{
    AcceptArgs, AccessQuestion, AdminKey, AssignmentKey, AuditPage, AuditQuery, ChangeOf, CreateAt, CreateIn, CreateOwn, EndOf,
    PartnerRoleKey, RoleKey, Seen,
};
use url::form_urlencoded::Serializer;

use super::asking::Question;
use crate::app::engine::Engine;
use crate::service::Call;

/// How many rows a page has that is asked for.
const PAGE: &str = "200";

impl Engine {
    /// The customers, and the invitations that wait.
    pub async fn get_tenants(&self) -> Result<Seen<Vec<TenantRow>>, IpcError> {
        let first: Seen<Page<TenantRow>> = self.seen(Question::own(format!("/v1/tenants?limit={PAGE}"))).await?;
        let (as_of, mut current) = (first.as_of, first.current);
        let Page { items: mut value, next_cursor: mut next } = first.value;
        // Pages are kept one by one, each under the cursor that the one before named.
        while let Some(cursor) = next {
            let page: Seen<Page<TenantRow>> =
                self.seen(Question::own(with("/v1/tenants", &[("limit", PAGE), ("cursor", &cursor)]))).await?;
            current &= page.current;
            value.extend(page.value.items);
            next = page.value.next_cursor;
        }
        Ok(Seen { value, as_of, current })
    }

    /// An invitation that waits.
    pub async fn get_invitation(&self, id: InvitationId) -> Result<Seen<InvitationDetail>, IpcError> {
        Ok(self.seen(Question::own(format!("/v1/invitations/{id}"))).await?)
    }

    /// Accepts it.
    pub async fn accept_invitation(&self, args: AcceptArgs) -> Result<Accepted, IpcError> {
        let call = Call::post(format!("/v1/invitations/{}/accept", args.invitation)).with(&args.answer)?;
        Ok(self.change(call.of_form(args.form)).await?)
    }

    /// Denies it.
    pub async fn deny_invitation(&self, id: InvitationId) -> Result<(), IpcError> {
        Ok(self.change(Call::post(format!("/v1/invitations/{id}/deny"))).await?)
    }

    /// Who answers invitations beside the administrators.
    pub async fn get_tenant_managers(&self) -> Result<Seen<MemberList>, IpcError> {
        Ok(self.seen(Question::own("/v1/tenant-managers")).await?)
    }

    /// Adds some.
    pub async fn add_tenant_managers(&self, new: AddMembers) -> Result<MemberList, IpcError> {
        Ok(self.change(Call::post("/v1/tenant-managers").with(&new)?).await?)
    }

    /// Removes one.
    pub async fn remove_tenant_manager(&self, principal: PrincipalId) -> Result<(), IpcError> {
        Ok(self.change(Call::delete(format!("/v1/tenant-managers/{principal}"))).await?)
    }

    /// What the relationship with a customer says.
    pub async fn get_relationship(&self, customer: TenantId) -> Result<Seen<CustomerDetail>, IpcError> {
        Ok(self.seen(Question::of(customer, at(customer, ""))).await?)
    }

    /// Ends it.
    pub async fn remove_customer(&self, end: EndOf<TenantId>) -> Result<(), IpcError> {
        Ok(self.change(Call::delete(at(end.key, "")).locked_to(end.key).of_version(end.version)).await?)
    }

    /// The Primary admins of a customer.
    pub async fn get_primary_admins(&self, customer: TenantId) -> Result<Seen<MemberList>, IpcError> {
        Ok(self.seen(Question::of(customer, at(customer, "/primary-admins"))).await?)
    }

    /// Adds some.
    pub async fn add_primary_admins(&self, args: CreateAt<AddMembers>) -> Result<Outcome, IpcError> {
        Ok(self.change(create_at("/primary-admins", &args)?).await?)
    }

    /// Removes one.
    pub async fn remove_primary_admin(&self, key: AdminKey) -> Result<Outcome, IpcError> {
        let path = at(key.customer, &format!("/primary-admins/{}", key.principal));
        Ok(self.change(Call::delete(path).locked_to(key.customer)).await?)
    }

    /// The roles at a customer.
    pub async fn get_roles(&self, customer: TenantId) -> Result<Seen<RoleList>, IpcError> {
        Ok(self.seen(Question::of(customer, at(customer, "/roles"))).await?)
    }

    /// One of them.
    pub async fn get_role(&self, key: RoleKey) -> Result<Seen<RoleDetail>, IpcError> {
        Ok(self.seen(Question::of(key.customer, role(key))).await?)
    }

    /// A custom role with its first assignment.
    pub async fn create_role(&self, args: CreateAt<CreateRole>) -> Result<Outcome, IpcError> {
        Ok(self.change(create_at("/roles", &args)?).await?)
    }

    /// Other words or permissions of a custom role.
    pub async fn change_role(&self, args: ChangeOf<RoleKey, ChangeRole>) -> Result<Outcome, IpcError> {
        let call = Call::patch(role(args.key)).locked_to(args.key.customer).of_version(args.version);
        Ok(self.change(call.with(&args.change)?).await?)
    }

    /// Away with a custom role.
    pub async fn delete_role(&self, end: EndOf<RoleKey>) -> Result<Outcome, IpcError> {
        Ok(self.change(Call::delete(role(end.key)).locked_to(end.key.customer).of_version(end.version)).await?)
    }

    /// Another assignment.
    pub async fn create_assignment(&self, args: CreateIn<CreateAssignment>) -> Result<Outcome, IpcError> {
        let call = Call::post(format!("{}/assignments", role(args.key))).locked_to(args.key.customer).of_form(args.form);
        Ok(self.change(call.with(&args.new)?).await?)
    }

    /// Other words, members or scope of an assignment.
    pub async fn change_assignment(&self, args: ChangeOf<AssignmentKey, ChangeAssignment>) -> Result<Outcome, IpcError> {
        let call = Call::patch(assignment(args.key)).locked_to(args.key.customer).of_version(args.version);
        Ok(self.change(call.with(&args.change)?).await?)
    }

    /// Away with an assignment.
    pub async fn delete_assignment(&self, end: EndOf<AssignmentKey>) -> Result<Outcome, IpcError> {
        Ok(self.change(Call::delete(assignment(end.key)).locked_to(end.key.customer).of_version(end.version)).await?)
    }

    /// Why somebody can, or can't, do something in a room.
    pub async fn explain_access(&self, question: AccessQuestion) -> Result<AccessAnswer, IpcError> {
        let (user, room) = (question.user.to_string(), question.room.to_string());
        let pairs = [("user", user.as_str()), ("permission", question.permission.as_str()), ("room", room.as_str())];
        Ok(self.answer(Call::get(with(&at(question.customer, "/access"), &pairs))).await?)
    }

    /// Users and groups of the own organisation with this in their names.
    pub async fn search_directory(&self, text: String) -> Result<Vec<DirectoryEntry>, IpcError> {
        Ok(self.answer(Call::get(with("/v1/directory", &[("q", &text)]))).await?)
    }

    /// What a step would do at several customers.
    pub async fn preview_plan(&self, plan: Plan) -> Result<Vec<PlanRow>, IpcError> {
        Ok(self.answer(Call::post("/v1/plans/preview").with(&plan)?).await?)
    }

    /// Does it, as it was shown.
    pub async fn apply_plan(&self, plan: ApplyPlan) -> Result<Vec<PlanRow>, IpcError> {
        Ok(self.change(Call::post("/v1/plans/apply").with(&plan)?).await?)
    }

    /// The partners of the own organisation.
    pub async fn get_partners(&self) -> Result<Seen<Vec<PartnerRow>>, IpcError> {
        Ok(self.seen(Question::own("/v1/partners")).await?)
    }

    /// One of them.
    pub async fn get_partner(&self, partner: TenantId) -> Result<Seen<PartnerDetail>, IpcError> {
        Ok(self.seen(Question::own(format!("/v1/partners/{partner}"))).await?)
    }

    /// Invites one.
    pub async fn invite_partner(&self, args: CreateOwn<InvitePartner>) -> Result<Done, IpcError> {
        Ok(self.change(Call::post("/v1/partners").of_form(args.form).with(&args.new)?).await?)
    }

    /// Widens or narrows what it may do.
    pub async fn change_partner(&self, args: ChangeOf<TenantId, ChangePartner>) -> Result<Done, IpcError> {
        let call = Call::patch(format!("/v1/partners/{}", args.key)).of_version(args.version);
        Ok(self.change(call.with(&args.change)?).await?)
    }

    /// Ends the relationship.
    pub async fn remove_partner(&self, end: EndOf<TenantId>) -> Result<(), IpcError> {
        Ok(self.change(Call::delete(format!("/v1/partners/{}", end.key)).of_version(end.version)).await?)
    }

    /// Withdraws the invitation to a partner.
    pub async fn withdraw_invitation(&self, partner: TenantId) -> Result<(), IpcError> {
        Ok(self.change(Call::delete(format!("/v1/partners/{partner}/invitation"))).await?)
    }

    /// Away with a partner's custom role.
    pub async fn delete_partner_role(&self, end: EndOf<PartnerRoleKey>) -> Result<(), IpcError> {
        let path = format!("/v1/partners/{}/roles/{}", end.key.partner, end.key.role);
        Ok(self.change(Call::delete(path).of_version(end.version)).await?)
    }

    /// Partners' changes that wait, and those that were decided last.
    pub async fn get_change_requests(&self) -> Result<Seen<Vec<RequestRow>>, IpcError> {
        Ok(self.seen(Question::own("/v1/change-requests")).await?)
    }

    /// Lets one take effect.
    pub async fn approve_request(&self, end: EndOf<ChangeRequestId>) -> Result<Done, IpcError> {
        Ok(self.change(Call::post(format!("/v1/change-requests/{}/approve", end.key)).of_version(end.version)).await?)
    }

    /// Refuses one.
    pub async fn reject_request(&self, end: EndOf<ChangeRequestId>) -> Result<(), IpcError> {
        Ok(self.change(Call::post(format!("/v1/change-requests/{}/reject", end.key)).of_version(end.version)).await?)
    }

    /// A page of the audit log.
    pub async fn list_audit(&self, query: AuditQuery) -> Result<AuditPage, IpcError> {
        let page: Page<AuditRecord> = self.answer(Call::get(audit(&query))).await?;
        Ok(AuditPage { rows: page.items, next: page.next_cursor })
    }
}

/// The address of a page of the log.
fn audit(query: &AuditQuery) -> String {
    let mut pairs = Serializer::new(String::new());
    pairs.append_pair("log", query.log.as_str()).append_pair("limit", PAGE);
    for (name, day) in [("from", query.from), ("to", query.to)] {
        if let Some(day) = day {
            pairs.append_pair(name, &day.to_string());
        }
    }
    let words = query.categories.iter().map(|word| ("category", word.as_str()));
    let words = words.chain(query.operations.iter().map(|word| ("operation", word.as_str())));
    pairs.extend_pairs(words.chain(query.results.iter().map(|word| ("result", word.as_str()))));
    if !query.text.trim().is_empty() {
        pairs.append_pair("q", query.text.trim());
    }
    if let Some(after) = &query.after {
        pairs.append_pair("cursor", after);
    }
    format!("/v1/audit?{}", pairs.finish())
}

/// An address of a customer.
fn at(customer: TenantId, rest: &str) -> String {
    format!("/v1/customers/{customer}{rest}")
}

fn role(key: RoleKey) -> String {
    at(key.customer, &format!("/roles/{}", key.role))
}

fn assignment(key: AssignmentKey) -> String {
    at(key.customer, &format!("/roles/{}/assignments/{}", key.role, key.assignment))
}

fn create_at<T: serde::Serialize>(rest: &str, args: &CreateAt<T>) -> Result<Call, crate::error::Error> {
    Call::post(at(args.customer, rest)).locked_to(args.customer).of_form(args.form).with(&args.new)
}

fn with(path: &str, pairs: &[(&str, &str)]) -> String {
    let mut query = Serializer::new(String::new());
    query.extend_pairs(pairs);
    format!("{path}?{}", query.finish())
}
