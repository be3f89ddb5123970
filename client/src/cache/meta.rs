//! Single values of the store.

use crate::db::{Connection, OptionalExtension, params};
use secrecy::{ExposeSecret, SecretString};
use tenantry_model::api::Me;
use tenantry_model::ipc::Preferences;
use tenantry_model::time::Timestamp;

use super::Store;
use crate::error::Error;

/// Where the sync stands, and since when.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Meta {
    /// What to send next time.
    pub(super) cursor: Option<String>,
    /// The time of the snapshot that the rows are, by the service's clock.
    pub(super) as_of: Option<Timestamp>,
    /// When the last checkpoint was applied, by this machine's clock and no later than by the service's: from then on A28's days count.
    pub(super) contact: Option<Timestamp>,
    /// The latest time that this machine's clock showed since then, or that was possible before (A28: a clock set back unlocks nothing).
    pub(super) latest_time: Timestamp,
    pub(super) history_pending: bool,
    /// Whether a line could not be read of which not even the customer is known.
    pub(super) incomplete: bool,
}

pub(super) fn load(db: &Connection) -> Result<Meta, Error> {
    Ok(Meta {
        cursor: get(db, "cursor")?,
        as_of: moment(db, "as_of")?,
        contact: moment(db, "contact")?,
        latest_time: moment(db, "seen")?.unwrap_or_default(),
        history_pending: get(db, "history_pending")?.is_some(),
        incomplete: get(db, "incomplete")?.is_some(),
    })
}

pub(super) fn save(db: &Connection, meta: &Meta) -> Result<(), Error> {
    set(db, "cursor", meta.cursor.as_deref())?;
    set(db, "as_of", meta.as_of.map(|at| at.micros().to_string()).as_deref())?;
    set(db, "contact", meta.contact.map(|at| at.micros().to_string()).as_deref())?;
    set(db, "seen", Some(&meta.latest_time.micros().to_string()))?;
    set(db, "history_pending", meta.history_pending.then_some("1"))?;
    set(db, "incomplete", meta.incomplete.then_some("1"))
}

/// After this the next sync starts from nothing. The latest time seen stays.
pub(super) fn forget_sync(db: &Connection) -> Result<(), Error> {
    db.execute("DELETE FROM meta WHERE name IN ('cursor', 'as_of', 'contact', 'history_pending', 'incomplete', 'views')", [])?;
    Ok(())
}

fn get(db: &Connection, name: &str) -> Result<Option<String>, Error> {
    Ok(db.prepare_cached("SELECT value FROM meta WHERE name = ?1")?.query_row([name], |row| row.get(0)).optional()?)
}

fn moment(db: &Connection, name: &'static str) -> Result<Option<Timestamp>, Error> {
    get(db, name)?.map(|text| text.parse().map(Timestamp::from_micros).map_err(|_| Error::BadRow("meta"))).transpose()
}

fn set(db: &Connection, name: &str, value: Option<&str>) -> Result<(), Error> {
    match value {
        Some(value) => db
            .prepare_cached("INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value")?
            .execute(params![name, value])?,
        None => db.prepare_cached("DELETE FROM meta WHERE name = ?1")?.execute([name])?,
    };
    Ok(())
}

/// The user's saved views, as they were written.
pub(super) fn views(db: &Connection) -> Result<Option<String>, Error> {
    get(db, "views")
}

pub(super) fn set_views(db: &Connection, text: Option<&str>) -> Result<(), Error> {
    set(db, "views", text)
}

impl Store {
    /// The refresh token, while somebody is signed in.
    pub(crate) fn refresh_token(&self) -> Result<Option<SecretString>, Error> {
        Ok(get(&self.db, "refresh_token")?.map(SecretString::from))
    }

    /// Keeps it instead of the one before, or forgets it. The one before is overwritten in the file and in its log.
    pub(crate) fn set_refresh_token(&mut self, token: Option<&SecretString>) -> Result<(), Error> {
        set(&self.db, "refresh_token", token.map(ExposeSecret::expose_secret))?;
        self.flush_log()
    }

    /// Who is signed in, as the service last said.
    pub(crate) fn me(&self) -> Result<Option<Me>, Error> {
        Ok(get(&self.db, "me")?.and_then(|text| serde_json::from_str(&text).ok()))
    }

    /// Whose cache it is; none where that cannot be read.
    pub(crate) fn user(&self) -> Option<tenantry_model::id::PrincipalId> {
        self.me().ok().flatten().map(|me| me.user.user_id)
    }

    /// Keeps who is signed in, but not where: the customers stand in rows of their own, which are deleted when they must be.
    pub(crate) fn set_me(&mut self, mut me: Me) -> Result<(), Error> {
        me.customers.clear();
        set(&self.db, "me", Some(&serde_json::to_string(&me).map_err(|_| Error::BadRow("meta"))?))
    }

    /// What this person chose to see.
    pub(crate) fn preferences(&self) -> Result<Option<Preferences>, Error> {
        Ok(get(&self.db, "preferences")?.and_then(|text| serde_json::from_str(&text).ok()))
    }

    /// Keeps what this person chose.
    pub(crate) fn set_preferences(&mut self, preferences: &Preferences) -> Result<(), Error> {
        set(&self.db, "preferences", Some(&serde_json::to_string(preferences).map_err(|_| Error::BadRow("meta"))?))
    }

    /// What to send next time; none before the first sync.
    pub(crate) fn cursor(&self) -> Option<String> {
        self.meta.cursor.clone()
    }

    /// The time of the snapshot that the rows are, and whether older ones are still to come.
    pub(crate) fn as_of(&self) -> (Option<Timestamp>, bool) {
        (self.meta.as_of, self.meta.history_pending)
    }

    /// The latest time seen, see [`Meta::latest_time`].
    pub(crate) fn latest_time(&self) -> Timestamp {
        self.meta.latest_time
    }

    /// Raises the latest time seen; only contact lowers it.
    pub(crate) fn record_time(&mut self, now: Timestamp) -> Result<(), Error> {
        if now > self.meta.latest_time {
            self.meta.latest_time = now;
            set(&self.db, "seen", Some(&now.micros().to_string()))?;
        }
        Ok(())
    }
}
