//! What a customer sets for itself: contacts and mail, and which signals raise incidents.

use std::collections::BTreeSet;

use tenantry_model::api::settings::{Contact, ContactMail, MailLanguage};
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::signal::SignalId;
use tenantry_model::time::Timestamp;

use crate::error::{Error, Result};
use crate::store::column::Column;
use crate::store::db::{self, Conn};

const TABLE: &str = "tenant_settings";

/// The signals that raise no incidents at a customer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SwitchedOff(pub BTreeSet<SignalId>);

impl SwitchedOff {
    pub fn has(&self, signal: SignalId) -> bool {
        self.0.contains(&signal)
    }

    pub(super) fn parse(column: &str) -> Result<Self> {
        let read = column.split(' ').filter(|word| !word.is_empty());
        read.map(|word| word.parse().column(TABLE, "signals_off", column)).collect::<Result<_>>().map(Self)
    }

    fn column(&self) -> String {
        self.0.iter().map(|signal| signal.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// Contacts, and what they hear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    pub contacts: Vec<Contact>,
    pub mail: ContactMail,
    pub mail_language: MailLanguage,
    pub version: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { contacts: vec![], mail: ContactMail::default(), mail_language: MailLanguage::English, version: 1 }
    }
}

/// Those of a customer; the preset ones where nothing was set.
pub async fn of(conn: &mut Conn, customer: TenantId) -> Result<Settings> {
    let row: Option<(String, i64, i64, i64, String, i64)> = db::query_as(
        "SELECT contacts, mail_acceptance, mail_roles, mail_removal, mail_language, version FROM tenant_settings WHERE tenant_id = $1",
    )
    .bind(customer)
    .fetch_optional(conn)
    .await?;
    let Some((contacts, acceptance, roles, removal, language, version)) = row else { return Ok(Settings::default()) };
    Ok(Settings {
        contacts: serde_json::from_str(&contacts).column(TABLE, "contacts", customer.to_string().as_str())?,
        mail: ContactMail { acceptance: acceptance != 0, roles: roles != 0, removal: removal != 0 },
        mail_language: language.parse().column(TABLE, "mail_language", customer.to_string().as_str())?,
        version: u64::try_from(version).column(TABLE, "version", customer.to_string().as_str())?,
    })
}

/// Writes them, and counts that.
pub async fn put(conn: &mut Conn, customer: TenantId, to: &Settings) -> Result<()> {
    let contacts = serde_json::to_string(&to.contacts).map_err(|error| Error::Internal(format!("contacts cannot be written: {error}")))?;
    run!(
        conn,
        "INSERT INTO tenant_settings (tenant_id, contacts, mail_acceptance, mail_roles, mail_removal, mail_language, version)
         VALUES ($1, $2, $3, $4, $5, $6, 2)
         ON CONFLICT (tenant_id) DO UPDATE SET contacts = excluded.contacts, mail_acceptance = excluded.mail_acceptance,
             mail_roles = excluded.mail_roles, mail_removal = excluded.mail_removal, mail_language = excluded.mail_language,
             version = tenant_settings.version + 1",
        customer,
        contacts,
        to.mail.acceptance,
        to.mail.roles,
        to.mail.removal,
        to.mail_language.as_str(),
    );
    Ok(())
}

/// The signals that raise no incidents, and the version of that.
pub async fn switched_off(conn: &mut Conn, customer: TenantId) -> Result<(SwitchedOff, u64)> {
    let row: Option<(String, i64)> = db::query_as("SELECT signals_off, signals_version FROM tenant_settings WHERE tenant_id = $1")
        .bind(customer)
        .fetch_optional(conn)
        .await?;
    let Some((off, version)) = row else { return Ok((SwitchedOff::default(), 1)) };
    Ok((SwitchedOff::parse(&off)?, u64::try_from(version).column(TABLE, "signals_version", customer.to_string().as_str())?))
}

/// Writes which they are, and counts that.
pub async fn put_switched_off(conn: &mut Conn, customer: TenantId, off: &SwitchedOff) -> Result<()> {
    run!(
        conn,
        "INSERT INTO tenant_settings (tenant_id, signals_off, signals_version) VALUES ($1, $2, 2)
         ON CONFLICT (tenant_id) DO UPDATE SET signals_off = excluded.signals_off, signals_version = tenant_settings.signals_version + 1",
        customer,
        off.column(),
    );
    Ok(())
}

/// How many incidents of each signal are open at a customer; those of none are missing.
pub async fn open_by_signal(conn: &mut Conn, customer: TenantId) -> Result<Vec<(SignalId, u32)>> {
    // The words of the partial index.
    const SQL: &str = "SELECT kind, COUNT(*) FROM incidents WHERE customer_id = $1 AND status NOT IN ('resolved', 'closed') GROUP BY kind";
    let rows: Vec<(String, i64)> = db::query_as(SQL).bind(customer).fetch_all(conn).await?;
    // Recorded issues are of no signal.
    let of_signals = rows.into_iter().filter_map(|(kind, count)| Some((kind.parse::<SignalId>().ok()?, count)));
    of_signals.map(|(signal, count)| Ok((signal, u32::try_from(count).column("incidents", "count", signal.as_str())?))).collect()
}

/// What is to be closed because its signal was switched off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    pub customer: TenantId,
    pub signal: SignalId,
    /// Incidents that opened later are none of its.
    pub open_at: Timestamp,
    /// Who switched it off: a name.
    pub by: Option<String>,
}

/// Notes one down; one of the same signal that is not done yet is done with it.
pub async fn begin_closing(conn: &mut Conn, closing: &Closing) -> Result<()> {
    run!(
        conn,
        "INSERT INTO signal_closings (customer_id, signal, open_at, switched_by) VALUES ($1, $2, $3, $4)
         ON CONFLICT (customer_id, signal) DO UPDATE SET open_at = excluded.open_at, switched_by = excluded.switched_by",
        closing.customer,
        closing.signal.as_str(),
        closing.open_at,
        &closing.by,
    );
    Ok(())
}

/// One that is to be done, if there is any.
pub async fn next_closing(conn: &mut Conn) -> Result<Option<Closing>> {
    let row: Option<(String, String, i64, Option<String>)> =
        db::query_as("SELECT customer_id, signal, open_at, switched_by FROM signal_closings ORDER BY open_at, customer_id, signal LIMIT 1")
            .fetch_optional(conn)
            .await?;
    row.map(|(customer, signal, open_at, by)| {
        Ok(Closing {
            signal: signal.parse().column("signal_closings", "signal", &customer)?,
            customer: customer.parse().column("signal_closings", "customer_id", &customer)?,
            open_at: Timestamp::from_micros(open_at),
            by,
        })
    })
    .transpose()
}

/// It is done.
pub async fn end_closing(conn: &mut Conn, closing: &Closing) -> Result<()> {
    run!(conn, "DELETE FROM signal_closings WHERE customer_id = $1 AND signal = $2", closing.customer, closing.signal.as_str());
    Ok(())
}

/// Rooms with incidents that it closes, `most` incidents at a time.
pub async fn rooms_to_close(conn: &mut Conn, closing: &Closing, most: u32) -> Result<Vec<RoomId>> {
    const SQL: &str = "SELECT x.room_id FROM incident_rooms x JOIN (SELECT number FROM incidents WHERE customer_id = $1 AND kind = $2
         AND active_since <= $3 AND status NOT IN ('resolved', 'closed') ORDER BY active_since LIMIT $4) i ON i.number = x.number";
    let query = db::query_scalar(SQL).bind(closing.customer).bind(closing.signal.as_str()).bind(closing.open_at).bind(most);
    let mut rooms: Vec<RoomId> = query.fetch_parsed(conn, "incident_rooms", "room_id").await?;
    rooms.sort_unstable();
    rooms.dedup();
    Ok(rooms)
}
