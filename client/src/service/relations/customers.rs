//! One customer of the partner: the relationship and its Primary admins.

use tenantry_model::api::customers::CustomerDetail;
use tenantry_model::api::people::{AddMembers, MemberList};
use tenantry_model::api::requests::Outcome;
use tenantry_model::id::TenantId;
use tenantry_model::ipc::{AdminKey, CreateAt, EndOf};

use crate::service::Call;
use crate::service::call::Draft;

pub(crate) fn relationship(id: TenantId) -> Call<CustomerDetail> {
    Draft::get(format!("customers/{id}")).at(id).call()
}

pub(crate) fn remove(end: EndOf<TenantId>) -> Call<()> {
    Draft::delete(format!("customers/{}", end.key)).at(end.key).of_version(end.version).call()
}

pub(crate) fn primary_admins(id: TenantId) -> Call<MemberList> {
    Draft::get(format!("customers/{id}/primary-admins")).at(id).call()
}

pub(crate) fn add_primary_admins(args: &CreateAt<AddMembers>) -> Call<Outcome> {
    let path = format!("customers/{}/primary-admins", args.customer);
    Draft::post(path).at(args.customer).by_form(args.form).body(&args.new).call()
}

pub(crate) fn remove_primary_admin(key: AdminKey) -> Call<Outcome> {
    Draft::delete(format!("customers/{}/primary-admins/{}", key.customer, key.principal)).at(key.customer).call()
}
