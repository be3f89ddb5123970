//! What the organisations in the log are called.

use std::collections::BTreeMap;
use std::rc::Rc;

use tenantry_model::audit::AuditRecord;
use tenantry_model::id::TenantId;
use tenantry_model::ipc::GetPartners;
use yew::prelude::*;

use super::view_model::{Actor, actor};
use crate::context::use_app;
use crate::hooks::use_command;
use crate::i18n::{I18n, t};

/// Names of organisations: the own one, and its partners.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Names(Rc<BTreeMap<TenantId, String>>);

impl Names {
    /// What an organisation is called; one that is no partner any more has only its id.
    pub(super) fn of(&self, tenant: TenantId) -> Option<String> {
        self.0.get(&tenant).cloned()
    }

    /// Who did it, in a few words.
    pub(super) fn who(&self, i18n: &I18n, record: &AuditRecord) -> String {
        match actor(record) {
            Actor::Partner(tenant) => self.of(tenant).unwrap_or_else(|| t!(i18n, "audit-former-partner")),
            Actor::Own => t!(i18n, "audit-own"),
            Actor::Service => t!(i18n, "the-service"),
        }
    }
}

/// The names.
#[hook]
pub(super) fn use_names() -> Names {
    let app = use_app();
    let own = app.user().map(|user| user.tenant.clone());
    let asked = own.as_ref().filter(|tenant| tenant.is_customer && app.is_administrator()).map(|_| ());
    let partners = use_command::<GetPartners>(asked, app.model.relations);
    let known = partners.remote.data().map(|seen| seen.value.as_slice()).unwrap_or_default();
    let names = known.iter().map(|row| (row.id, row.display_name.clone()));
    Names(Rc::new(names.chain(own.map(|tenant| (tenant.id, tenant.display_name))).collect()))
}
