//! What one customer has set for itself: contacts, a signal that is off, and a room that waits for its device.

use tenantry_model::api::settings::{ChangeSettings, Contact, ContactMail, MailLanguage};
use tenantry_model::api::signal_switches::{SwitchSignals, SwitchTo};
use tenantry_model::api::waiting_rooms::CreateWaitingRoom;
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::signal::SignalId;
use tenantry_model::text::DomainName;

use crate::domain::actor::Actor;
use crate::domain::rooms::waiting;
use crate::domain::settings::{general, signals};
use crate::error::Result;
use crate::random::{Random, uuid_v7};
use crate::store::Tx;

pub(super) async fn write(tx: &mut Tx, customer: TenantId, domain: &DomainName, random: &dyn Random) -> Result<()> {
    let contact = |first: &str, last: &str, mailbox: &str| Contact {
        first_name: first.to_owned(),
        last_name: last.to_owned(),
        email: format!("{mailbox}@{domain}"),
    };
    let settings = ChangeSettings {
        contacts: Some(vec![contact("Hannelore", "Brückner", "h.brueckner"), contact("Yusuf", "Demir", "it-bereitschaft")]),
        mail: Some(ContactMail { acceptance: true, roles: false, removal: true }),
        mail_language: Some(MailLanguage::German),
    };
    general::change(tx, Actor::Operator, customer, &settings, None).await?;
    let off = SwitchSignals { to: SwitchTo::Disabled, signals: Some(vec![SignalId::BluetoothDisabled]) };
    signals::switch(tx, Actor::Operator, customer, &off, None, random).await?;
    let new = CreateWaitingRoom {
        display_name: "Neubau 2.14 (12)".to_owned(),
        capacity: Some(12),
        timezone: "Europe/Berlin".to_owned(),
        account: format!("neubau-2-14@{domain}"),
    };
    let id = RoomId::from_uuid(uuid_v7(tx.now(), random));
    waiting::create(tx, Actor::Operator, id, customer, &new, random).await
}
