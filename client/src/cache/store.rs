//! The cache: what its worker's thread owns, and how a damaged file is replaced.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tenantry_model::id::TenantId;
use tenantry_model::ipc::{DataChange, Touched};
use tenantry_model::time::Timestamp;

use super::authors::Authors;
use super::customers::Customers;
use super::hosts::Hosts;
use super::index::Index;
use super::list::Results;
use super::marks::Marks;
use super::meta::{self, Meta};
use super::room_index::RoomIndex;
use super::room_names::RoomNames;
use super::rooms::RoomResults;
use crate::db::{self, Connection, Location, Migration, Owned, SetAside, StoreKey, Worker};
use crate::error::Error;

pub(super) fn steps() -> [Migration; 7] {
    [
        Migration::up(include_str!("schema.sql")),
        Migration::up(include_str!("answers.sql")),
        db::step_with(include_str!("refold.sql"), super::refold::refold),
        Migration::up(include_str!("kept.sql")),
        Migration::up(include_str!("snoozed.sql")),
        Migration::up(include_str!("told.sql")),
        Migration::up(include_str!("aged.sql")),
    ]
}

type Rebuilt = Box<dyn Fn(DataChange) + Send>;

/// A handle on the cache of one signed-in person.
pub(crate) type Cache = Worker<Store>;

/// The connection, and what is kept in memory of what lies behind it.
pub(crate) struct Store {
    pub(super) db: Connection,
    pub(super) meta: Meta,
    pub(super) customers: Customers,
    pub(super) marks: Marks,
    pub(super) index: Index,
    /// As far as the palette asked for them.
    pub(super) authors: Authors,
    /// None until somebody searches, and after they changed.
    pub(super) hosts: Option<Hosts>,
    pub(super) room_names: RoomNames,
    pub(super) results: Results,
    /// When the next of what is snoozed comes back by itself.
    pub(super) next_wake: Option<Timestamp>,
    /// As far as lists asked for them.
    pub(super) rooms: RoomIndex,
    pub(super) room_results: RoomResults,
    pub(super) generation: Arc<AtomicU64>,
    /// How many times cached answers had to go.
    pub(super) invalidated: u64,
    location: Location,
    key: Option<StoreKey>,
    rebuilt: Option<Rebuilt>,
}

impl Cache {
    /// Opens the file, or a store in memory. The second value says whether a file that could not be used was set aside.
    /// `generation` goes on from whatever it is, so that it never runs backwards over a sign-out.
    pub(crate) async fn open(
        location: Location,
        key: Option<StoreKey>,
        generation: Arc<AtomicU64>,
    ) -> Result<(Self, Option<SetAside>), Error> {
        Self::start("cache", move || Store::open(location, key, generation)).await
    }

    /// From now on calls this, on the cache's thread, when the file had to be rebuilt while it was in use: it is empty then.
    pub(crate) fn when_rebuilt(&self, call: impl Fn(DataChange) + Send + 'static) {
        // Closed already: then nothing is rebuilt any more.
        let _ = self.send(move |store| store.rebuilt = Some(Box::new(call)));
    }
}

impl Owned for Store {
    fn after_failure(&mut self, error: &Error) {
        if matches!(self.location, Location::File(_)) && db::is_file_damage(error) {
            self.rebuild(error);
        }
    }

    fn flush(&mut self) -> Result<(), Error> {
        self.flush_log()
    }
}

impl Store {
    fn new(db: Connection, generation: Arc<AtomicU64>, location: Location, key: Option<StoreKey>) -> Result<Self, Error> {
        super::answers::forget_unnamed(&db)?;
        let meta = meta::load(&db)?;
        let customers = Customers::load(&db)?;
        let marks = Marks::load(&db)?;
        let next_wake = super::waking::next(&db)?;
        Ok(Self {
            db,
            meta,
            customers,
            marks,
            index: Index::default(),
            authors: Authors::default(),
            hosts: None,
            room_names: RoomNames::default(),
            results: Results::default(),
            next_wake,
            rooms: RoomIndex::default(),
            room_results: RoomResults::default(),
            generation,
            invalidated: 0,
            location,
            key,
            rebuilt: None,
        })
    }

    /// Opens the file and reads what is kept in memory. Damage may show only there: the file is set aside then, too.
    fn open(location: Location, key: Option<StoreKey>, generation: Arc<AtomicU64>) -> Result<(Self, Option<SetAside>), Error> {
        let (connection, aside) = db::open_or_set_aside(&location, key.as_ref(), &steps())?;
        match (Self::new(connection, Arc::clone(&generation), location.clone(), key.clone()), &location) {
            (Ok(store), _) => Ok((store, aside)),
            (Err(error), Location::File(path)) if aside.is_none() && db::is_file_damage(&error) => {
                let aside = db::set_aside(path, error.to_string())?;
                let (connection, _) = db::open_or_set_aside(&location, key.as_ref(), &steps())?;
                Ok((Self::new(connection, generation, location, key)?, Some(aside)))
            }
            (Err(error), _) => Err(error),
        }
    }

    /// Damage that shows only while the file is in use: it is set aside, and an empty one takes its place. The next sync starts from nothing.
    fn rebuild(&mut self, found: &Error) {
        let Location::File(path) = self.location.clone() else { return };
        let (token, me, preferences) = (self.refresh_token(), self.me(), self.preferences());
        let rebuilt = Connection::open_in_memory().map_err(Error::from).and_then(|nothing| {
            self.db = nothing;
            let aside = db::set_aside(&path, found.to_string())?;
            self.db = db::open_or_set_aside(&self.location, self.key.as_ref(), &steps())?.0;
            self.reload()?;
            // What could still be read of the person saves them a sign-in.
            if let Ok(Some(token)) = token {
                self.set_refresh_token(Some(&token))?;
            }
            if let Ok(Some(me)) = me {
                self.set_me(me)?;
            }
            if let Ok(Some(preferences)) = preferences {
                self.set_preferences(&preferences)?;
            }
            Ok(aside)
        });
        match rebuilt {
            Ok(aside) => tracing::warn!(why = aside.why, to = %aside.to.display(), "the cache was damaged: set aside and rebuilt"),
            Err(error) => tracing::error!(%error, "the cache is damaged and could not be rebuilt"),
        }
        let change = self.changed(vec![], None);
        if let Some(rebuilt) = &self.rebuilt {
            rebuilt(change);
        }
    }

    /// The generation of what a query reads now.
    pub(crate) fn generation(&self) -> u64 {
        self.generation.load(Ordering::SeqCst)
    }

    /// Says that something changed: older answers are older from now on.
    pub(crate) fn changed(&mut self, customers: Vec<TenantId>, touched: Option<Touched>) -> DataChange {
        DataChange { generation: self.generation.fetch_add(1, Ordering::SeqCst) + 1, customers, touched }
    }

    /// Empties the write-ahead log into the file, so that what was deleted is in neither.
    pub(crate) fn flush_log(&mut self) -> Result<(), Error> {
        db::flush_log(&self.db)
    }

    /// Deletes everything that came from the service, and what was read of it; the refresh token and preferences stay.
    pub(crate) fn wipe(&mut self) -> Result<(), Error> {
        let tx = self.db.transaction()?;
        super::apply::delete_everything(&tx)?;
        tx.execute("DELETE FROM marks", [])?;
        meta::forget_sync(&tx)?;
        tx.commit()?;
        self.flush_log()?;
        self.reload()
    }

    /// Reads again what is kept in memory.
    pub(super) fn reload(&mut self) -> Result<(), Error> {
        self.meta = meta::load(&self.db)?;
        self.customers = Customers::load(&self.db)?;
        self.marks = Marks::load(&self.db)?;
        self.index = Index::default();
        self.authors = Authors::default();
        self.hosts = None;
        self.room_names = RoomNames::default();
        self.results = Results::default();
        self.next_wake = super::waking::next(&self.db)?;
        self.rooms = RoomIndex::default();
        self.room_results = RoomResults::default();
        self.invalidated += 1;
        Ok(())
    }
}
