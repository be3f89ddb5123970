//! The floor: bare SQLite, unencrypted, with the tables and indexes that suit each question best, asked without any engine around it. A first
//! sync is the best that it can do: rows are appended, those of the list in its order, and indexes are made once the rows are there.

use std::collections::HashMap;

use anyhow::{Context, Result};
use rusqlite::{Connection, ErrorCode, OptionalExtension as _, params};
use serde::Serialize;
use tempfile::TempDir;
use tenantry_model::id::TenantId;
use tenantry_model::incident::{IncidentRow, IncidentStatus};
use tenantry_model::sync::SyncLine;

/// Nothing but what rows are appended to. The indexes follow once they are there.
const SCHEMA: &str = "
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    CREATE TABLE customer (customer INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, open INTEGER NOT NULL DEFAULT 0, worst INTEGER);
    CREATE TABLE room (room INTEGER PRIMARY KEY, customer INTEGER NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL);
    CREATE TABLE incident (
        incident INTEGER PRIMARY KEY, number TEXT NOT NULL, customer INTEGER NOT NULL, rank INTEGER, newest INTEGER NOT NULL, body TEXT NOT NULL
    );
    CREATE TABLE hot (
        rank INTEGER NOT NULL, newest INTEGER NOT NULL, number TEXT NOT NULL, customer INTEGER NOT NULL, customer_name TEXT NOT NULL,
        severity INTEGER NOT NULL, status TEXT NOT NULL, category TEXT NOT NULL, kind TEXT NOT NULL, rooms TEXT NOT NULL, problem TEXT NOT NULL,
        last_updated INTEGER NOT NULL, messages INTEGER NOT NULL, word INTEGER NOT NULL,
        PRIMARY KEY (rank, newest, number)
    ) WITHOUT ROWID;
    CREATE VIRTUAL TABLE words USING fts5 (text, content='', prefix='2 3', tokenize='unicode61 remove_diacritics 2');
";

/// What a list of open incidents is read by.
const HOT_INDEXES: &str = "
    CREATE INDEX IF NOT EXISTS customer_name ON customer (name COLLATE NOCASE);
    CREATE INDEX IF NOT EXISTS hot_of_customer ON hot (customer, severity, rank, newest, number);
    CREATE UNIQUE INDEX IF NOT EXISTS hot_word ON hot (word);
";

/// What a change finds its row by, and a list of the others is read by.
const INDEXES: &str = "
    CREATE UNIQUE INDEX IF NOT EXISTS room_id ON room (customer, id);
    CREATE UNIQUE INDEX IF NOT EXISTS incident_number ON incident (customer, number);
    CREATE INDEX IF NOT EXISTS incident_newest ON incident (newest) WHERE rank IS NULL;
";

/// What changed between two answers of the same sync came twice: the last counts.
const CHANGED_MEANWHILE: &str = "
    DELETE FROM room WHERE room NOT IN (SELECT max(room) FROM room GROUP BY customer, id);
    DELETE FROM incident WHERE incident NOT IN (SELECT max(incident) FROM incident GROUP BY customer, number);
    DELETE FROM hot WHERE (customer, number, rank, newest) NOT IN (SELECT customer, number, rank, newest FROM incident WHERE rank IS NOT NULL);
";

/// As much as the client's cache has.
const PAGES: &str = "PRAGMA cache_size = -16000";

const COLUMNS: &str = "number, customer_name, severity, status, category, kind, rooms, problem, newest, last_updated, messages";

const FILE: &str = "floor.db";

/// See the module.
pub(crate) struct Floor {
    db: Connection,
    customers: HashMap<TenantId, (i64, String)>,
    words: i64,
    /// Open incidents whose row alone has come, until indexes tell.
    rows_alone: HashMap<(i64, String), i64>,
    is_indexed: bool,
    folder: TempDir,
}

/// A row of a list, as far as a screen shows it.
#[derive(Debug, Serialize)]
pub(crate) struct Line {
    pub(crate) number: String,
    customer: String,
    severity: u8,
    status: String,
    category: String,
    kind: String,
    rooms: String,
    problem: String,
    newest: i64,
    last_updated: i64,
    messages: u32,
}

impl Floor {
    /// An empty one, for a first sync: the rows are appended until [`Floor::index`].
    pub(crate) fn empty() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let db = Connection::open(folder.path().join(FILE))?;
        db.execute_batch(SCHEMA)?;
        db.execute_batch(PAGES)?;
        db.set_prepared_statement_cache_capacity(64);
        Ok(Self { db, customers: HashMap::new(), words: 0, rows_alone: HashMap::new(), is_indexed: false, folder })
    }

    /// One with these answers of a sync; with the words of the open rows too, where searches are asked for.
    pub(crate) fn load(answers: &[String], with_words: bool) -> Result<Self> {
        let mut floor = Self::empty()?;
        for answer in answers {
            floor.apply(answer, with_words)?;
        }
        floor.index()?;
        // All connections of a process share one page cache, as SQLite is built here, and loading drove everybody else's pages out of it for
        // good. An app has one connection alone: the room is given back, so that either side has its own again. Both begin without pages.
        floor.db.execute_batch("PRAGMA shrink_memory")?;
        Ok(floor)
    }

    /// The same tables through a connection of its own, to be read alone.
    pub(crate) fn reader(&self) -> impl Fn() -> Result<Reader> + Send + 'static {
        let path = self.folder.path().join(FILE);
        move || {
            let db = Connection::open(&path)?;
            db.execute_batch(PAGES)?;
            db.set_prepared_statement_cache_capacity(64);
            Ok(Reader(db))
        }
    }

    /// Ends a first sync: from now on rows are replaced.
    pub(crate) fn index(&mut self) -> Result<()> {
        match self.db.execute_batch(INDEXES) {
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
                self.db.execute_batch(CHANGED_MEANWHILE)?;
                self.db.execute_batch(INDEXES)?;
            }
            outcome => outcome?,
        }
        self.is_indexed = true;
        Ok(())
    }

    /// Reads the lines and writes what they say, in one transaction.
    pub(crate) fn apply(&mut self, answer: &str, with_words: bool) -> Result<()> {
        self.db.execute_batch("BEGIN IMMEDIATE")?;
        let mut open = vec![];
        for line in answer.lines() {
            match serde_json::from_str(line).with_context(|| line.to_owned())? {
                SyncLine::Customer(customer) => {
                    self.db
                        .prepare_cached("INSERT INTO customer (id, name) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET name = ?2")?
                        .execute(params![customer.id.to_string(), customer.display_name])?;
                    let at =
                        self.db.query_row("SELECT customer FROM customer WHERE id = ?1", [customer.id.to_string()], |row| row.get(0))?;
                    self.customers.insert(customer.id, (at, customer.display_name));
                }
                SyncLine::Room(room) => {
                    let (customer, _) = self.customers.get(&room.customer_id).context("a room of no customer")?;
                    let sql = if self.is_indexed {
                        "INSERT INTO room (customer, id, body) VALUES (?1, ?2, ?3) ON CONFLICT (customer, id) DO UPDATE SET body = ?3"
                    } else {
                        "INSERT INTO room (customer, id, body) VALUES (?1, ?2, ?3)"
                    };
                    self.db.prepare_cached(sql)?.execute(params![customer, room.id.to_string(), line])?;
                }
                SyncLine::Incident(incident) => open.extend(self.incident(incident.row, incident.description, line)?),
                SyncLine::IncidentRow(row) => open.extend(self.incident(*row, String::new(), line)?),
                SyncLine::Begin(_) | SyncLine::ReadMark(_) | SyncLine::SavedViews(_) | SyncLine::Checkpoint(_) => {}
                SyncLine::CustomerGone(_) | SyncLine::RoomGone(_) | SyncLine::IncidentGone(_) => {}
            }
        }
        open.sort_unstable_by(|one, other| one.place().cmp(&other.place()));
        for row in open {
            self.show(&row, with_words)?;
        }
        self.db.execute_batch(HOT_INDEXES)?;
        if with_words {
            // Kept up to date with every change in an app; here, for what is only read.
            let open = "SELECT count(*) FROM hot WHERE hot.customer = customer.customer";
            let worst = "SELECT min(severity) FROM hot WHERE hot.customer = customer.customer";
            self.db.execute(&format!("UPDATE customer SET open = ({open}), worst = ({worst})"), [])?;
        }
        Ok(self.db.execute_batch("COMMIT")?)
    }

    /// Keeps it; answers what the list of open ones shows of it, where it is open.
    fn incident(&mut self, row: IncidentRow, description: String, line: &str) -> Result<Option<Open>> {
        let customer = self.customers.get(&row.customer_id).context("an incident of no customer")?.0;
        let number = row.number.as_str();
        let newest = -if row.status.is_active() { row.active_since } else { row.last_resolved.unwrap_or(row.last_updated) }.micros();
        let rank = row.status.is_active().then(|| i64::from(row.status != IncidentStatus::NeedsAction) * 4 + row.severity as i64);
        if self.is_indexed {
            let old = self
                .db
                .prepare_cached("SELECT rank, newest FROM incident WHERE customer = ?1 AND number = ?2")?
                .query_row(params![customer, number], |row| Ok((row.get::<_, Option<i64>>(0)?, row.get::<_, i64>(1)?)))
                .optional()?;
            if let Some((Some(rank), newest)) = old {
                self.db
                    .prepare_cached("DELETE FROM hot WHERE rank = ?1 AND newest = ?2 AND number = ?3")?
                    .execute(params![rank, newest, number])?;
            }
        }
        if let Some(at) = self.rows_alone.remove(&(customer, number.to_owned())).filter(|_| rank.is_some() && !self.is_indexed) {
            // The row came first: what follows it changes nothing in the list.
            self.db.prepare_cached("UPDATE incident SET body = ?2 WHERE incident = ?1")?.execute(params![at, line])?;
            return Ok(None);
        }
        let sql = if self.is_indexed {
            "INSERT INTO incident (number, customer, rank, newest, body) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (customer, number) DO UPDATE SET rank = ?3, newest = ?4, body = ?5"
        } else {
            "INSERT INTO incident (number, customer, rank, newest, body) VALUES (?1, ?2, ?3, ?4, ?5)"
        };
        self.db.prepare_cached(sql)?.execute(params![number, customer, rank, newest, line])?;
        if rank.is_some() && !self.is_indexed {
            self.rows_alone.insert((customer, number.to_owned()), self.db.last_insert_rowid());
        }
        Ok(rank.map(|rank| Open { rank, newest, row, description }))
    }

    fn show(&mut self, Open { rank, newest, row, description }: &Open, with_words: bool) -> Result<()> {
        let (customer, customer_name) = self.customers.get(&row.customer_id).context("an incident of no customer")?;
        let number = row.number.as_str();
        self.words += 1;
        let rooms = row.rooms.iter().map(|room| room.name.as_str()).collect::<Vec<_>>().join(", ");
        self.db
            .prepare_cached("INSERT OR REPLACE INTO hot VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)")?
            .execute(params![
                rank,
                newest,
                number,
                customer,
                customer_name,
                row.severity as u8,
                row.status.as_str(),
                row.category.as_str(),
                row.kind.as_str(),
                rooms,
                row.problem,
                row.last_updated.micros(),
                row.messages,
                self.words
            ])?;
        if with_words {
            let text = [&row.problem, row.kind.as_str(), number, &rooms, customer_name, description].join("\n");
            self.db.prepare_cached("INSERT INTO words (rowid, text) VALUES (?1, ?2)")?.execute(params![self.words, text])?;
        }
        Ok(())
    }

    /// How many incidents are open.
    pub(crate) fn open(&self) -> i64 {
        self.db.query_row("SELECT count(*) FROM hot", [], |row| row.get(0)).unwrap_or_default()
    }

    /// The first so many of all, and how many there are.
    pub(crate) fn newest(&self, limit: u32) -> Result<(i64, Vec<Line>)> {
        newest(&self.db, limit)
    }

    /// The first so many of one customer and severity, and how many there are.
    pub(crate) fn filtered(&self, customer: TenantId, severity: u8, limit: u32) -> Result<(i64, Vec<Line>)> {
        let (customer, _) = self.customers.get(&customer).context("no such customer")?;
        let total = self
            .db
            .prepare_cached("SELECT count(*) FROM hot INDEXED BY hot_of_customer WHERE customer = ?1 AND severity = ?2")?
            .query_row(params![customer, severity], |row| row.get(0))?;
        let sql = format!(
            "SELECT {COLUMNS} FROM hot INDEXED BY hot_of_customer WHERE customer = ?1 AND severity = ?2 ORDER BY rank, newest, number LIMIT ?3"
        );
        Ok((total, lines(&self.db, &sql, params![customer, severity, limit])?))
    }

    /// The first so many that hold words that begin so, and how many there are.
    pub(crate) fn searched(&self, words: &[&str], limit: u32) -> Result<(i64, Vec<Line>)> {
        let found = words.iter().map(|word| format!("\"{word}\"*")).collect::<Vec<_>>().join(" AND ");
        let total = self.db.prepare_cached("SELECT count(*) FROM words WHERE words MATCH ?1")?.query_row([&found], |row| row.get(0))?;
        let sql = format!(
            "SELECT {COLUMNS} FROM hot WHERE word IN (SELECT rowid FROM words WHERE words MATCH ?1) ORDER BY rank, newest, number LIMIT ?2"
        );
        Ok((total, lines(&self.db, &sql, params![found, limit])?))
    }

    /// The first so many customers by name with their counts, and the sums over all.
    pub(crate) fn dropdown(&self, limit: u32) -> Result<(i64, Vec<(String, i64)>)> {
        let total = self.db.prepare_cached("SELECT count(*), sum(open) FROM customer")?.query_row([], |row| row.get(0))?;
        let mut statement = self.db.prepare_cached("SELECT name, open, id, worst FROM customer ORDER BY name COLLATE NOCASE LIMIT ?1")?;
        let mut rows = statement.query([limit])?;
        let mut customers = vec![];
        while let Some(row) = rows.next()? {
            let (_, _): (String, Option<i64>) = (row.get(2)?, row.get(3)?);
            customers.push((row.get(0)?, row.get(1)?));
        }
        Ok((total, customers))
    }
}

/// An open incident, and where it stands in the list.
struct Open {
    rank: i64,
    newest: i64,
    row: IncidentRow,
    description: String,
}

impl Open {
    fn place(&self) -> (i64, i64, &str) {
        (self.rank, self.newest, self.row.number.as_str())
    }
}

/// See [`Floor::reader`].
pub(crate) struct Reader(Connection);

impl Reader {
    /// See [`Floor::newest`].
    pub(crate) fn newest(&self, limit: u32) -> Result<(i64, Vec<Line>)> {
        newest(&self.0, limit)
    }
}

fn newest(db: &Connection, limit: u32) -> Result<(i64, Vec<Line>)> {
    let total = db.prepare_cached("SELECT sum(open) FROM customer")?.query_row([], |row| row.get(0))?;
    Ok((total, lines(db, &format!("SELECT {COLUMNS} FROM hot ORDER BY rank, newest, number LIMIT ?1"), params![limit])?))
}

fn lines(db: &Connection, sql: &str, values: &[&dyn rusqlite::ToSql]) -> Result<Vec<Line>> {
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map(values, |row| {
        Ok(Line {
            number: row.get(0)?,
            customer: row.get(1)?,
            severity: row.get(2)?,
            status: row.get(3)?,
            category: row.get(4)?,
            kind: row.get(5)?,
            rooms: row.get(6)?,
            problem: row.get(7)?,
            newest: row.get(8)?,
            last_updated: row.get(9)?,
            messages: row.get(10)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
