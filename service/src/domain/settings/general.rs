//! Contacts of a customer, and what they hear by mail (A29).

use std::collections::HashSet;

use tenantry_model::api::settings::{
    ChangeSettings, Contact, ContactMail, CustomerSettings, LONGEST_CONTACT_NAME, LONGEST_EMAIL, MOST_CONTACTS, Organisation, Region,
};
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::TenantId;
use tenantry_model::permission::Permission;
use tenantry_model::problem::FieldCode;

use super::reach;
use crate::domain::actor::Actor;
use crate::domain::caller::Caller;
use crate::domain::tenants as organisations;
use crate::domain::text::{short_name_at, some_names, tidied};
use crate::domain::version::check_version;
use crate::error::{Error, Result};
use crate::store::settings::{self, Settings};
use crate::store::{Change, Conn, Tx, tenants};

/// How many contacts the log names.
const NAMED: usize = 5;

/// `GET /v1/customers/{c}/settings`. Needs `settings.view` there.
pub async fn read(conn: &mut Conn, caller: &Caller, customer: TenantId, region: Option<Region>) -> Result<CustomerSettings> {
    caller.rights_with(customer, Permission::SettingsView)?;
    let known = tenants::find(conn, customer).await?.ok_or(Error::not_found())?;
    let Settings { contacts, mail, mail_language, version } = settings::of(conn, customer).await?;
    Ok(CustomerSettings {
        display_name: known.tenant.display_name,
        domains: tenants::domains(conn, &[customer]).await?.remove(&customer).unwrap_or_default(),
        region,
        contacts,
        mail,
        mail_language,
        may_modify: reach::may(caller, Permission::SettingsModify, customer),
        version,
    })
}

/// `GET /v1/me/organisation`.
pub async fn organisation(conn: &mut Conn, caller: &Caller) -> Result<Organisation> {
    let own = &caller.tenant;
    Ok(Organisation {
        id: own.id,
        display_name: own.display_name.clone(),
        is_partner: own.is_partner,
        is_customer: own.is_customer,
        domains: tenants::domains(conn, &[own.id]).await?.remove(&own.id).unwrap_or_default(),
    })
}

/// Other contacts, other mail; of the version that was read, where a caller changes them. Answers the version that there is then.
pub async fn change(tx: &mut Tx, actor: Actor<'_>, customer: TenantId, change: &ChangeSettings, version: Option<u64>) -> Result<u64> {
    reach::whole_customer(actor, Permission::SettingsModify, customer)?;
    let was = settings::of(tx.conn(), customer).await?;
    check_version(was.version, version)?;
    let is = Settings {
        contacts: change.contacts.as_deref().map_or_else(|| Ok(was.contacts.clone()), checked)?,
        mail: change.mail.unwrap_or(was.mail),
        mail_language: change.mail_language.unwrap_or(was.mail_language),
        version: was.version,
    };
    if is == was {
        return Ok(was.version);
    }
    settings::put(tx.conn(), customer, &is).await?;
    tx.record(Change::customer(customer)).await?;
    let name = organisations::find(tx, customer).await?.display_name;
    let mut entry = actor.record(customer, AuditCategory::Settings, AuditOperation::Update, name);
    let told = [
        ("contacts", those_without(&was.contacts, &is.contacts), those_without(&is.contacts, &was.contacts)),
        ("mail", events(was.mail), events(is.mail)),
        ("mailLanguage", Some(was.mail_language.to_string()), Some(is.mail_language.to_string())),
    ];
    for (field, before, after) in told {
        if before != after {
            entry = entry.with(field, before, after);
        }
    }
    tx.audit(entry).await?;
    Ok(was.version + 1)
}

/// The contacts that only the first of the two lists has, as the log says them.
fn those_without(contacts: &[Contact], others: &[Contact]) -> Option<String> {
    let contacts: Vec<&Contact> = contacts.iter().filter(|one| !others.contains(one)).collect();
    let names = contacts.iter().take(NAMED).map(|it| format!("{} {} <{}>", it.first_name, it.last_name, it.email)).collect();
    some_names(names, contacts.len())
}

fn events(mail: ContactMail) -> Option<String> {
    let of = [("acceptance", mail.acceptance), ("roles", mail.roles), ("removal", mail.removal)];
    let on: Vec<&str> = of.into_iter().filter(|(_, on)| *on).map(|(name, _)| name).collect();
    (!on.is_empty()).then(|| on.join(", "))
}

fn checked(contacts: &[Contact]) -> Result<Vec<Contact>> {
    if contacts.len() > MOST_CONTACTS {
        return Err(Error::field(FieldCode::ContactsTooMany, "#/contacts", format!("at most {MOST_CONTACTS} contacts")));
    }
    let mut seen = HashSet::new();
    let check = |(place, contact): (usize, &Contact)| {
        let at = |field: &str| format!("#/contacts/{place}/{field}");
        let email = email_at(&at("email"), &contact.email)?;
        if !seen.insert(email.to_lowercase()) {
            return Err(Error::field(FieldCode::EmailTaken, &at("email"), "another contact has this address"));
        }
        Ok(Contact {
            first_name: short_name_at(&at("firstName"), &contact.first_name, LONGEST_CONTACT_NAME)?,
            last_name: short_name_at(&at("lastName"), &contact.last_name, LONGEST_CONTACT_NAME)?,
            email,
        })
    };
    contacts.iter().enumerate().map(check).collect()
}

/// An address that mail can be sent to, as far as its form says. Nothing in it could end a line of a mail's head, or name a second recipient.
fn email_at(pointer: &str, text: &str) -> Result<String> {
    let text = tidied(text);
    let is_local = |part: &str| {
        let plain = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~-".contains(c);
        (1..=64).contains(&part.len()) && part.split('.').all(|atom| !atom.is_empty() && atom.chars().all(plain))
    };
    let is_domain = |part: &str| part.parse::<tenantry_model::text::DomainName>().is_ok_and(|domain| domain.ends_well());
    let formed = text.rsplit_once('@').is_some_and(|(local, domain)| is_local(local) && is_domain(domain));
    if formed && text.len() <= LONGEST_EMAIL {
        return Ok(text);
    }
    Err(Error::field(FieldCode::EmailInvalid, pointer, "an e-mail address such as it@contoso.com"))
}
