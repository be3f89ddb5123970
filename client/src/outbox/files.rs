//! Files that were chosen and have not arrived at the service, in an encrypted file of their own beside the outbox (A35, R82). Once somebody was told that
//! a file is kept, its original may go: it may be moved, changed or deleted.

use std::path::PathBuf;

use tenantry_model::id::TenantId;
use tenantry_model::ipc::{About, FormId, IncidentRef, IpcError};
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;
use uuid::Uuid;

use super::Entries;
use super::lookup::line_name;
use crate::db::{self, Connection, DbError, Location, Migration, OptionalExtension as _, Owned, Row, StoreKey, Worker, params};
use crate::error::Error;

/// How much may wait on a device, and where nothing is kept on its disk.
const MOST_ON_DISK: u64 = 500 * 1024 * 1024;
const MOST_IN_MEMORY: u64 = 200 * 1024 * 1024;

const COLUMNS: &str = "form, customer, number, name, size, sha256, at, behind, sent_as, tried, failure";

fn steps() -> [Migration; 1] {
    [Migration::up(include_str!("files.sql"))]
}

/// A handle on the files of one signed-in person.
pub(crate) type Files = Worker<StoredFiles>;

pub(crate) struct StoredFiles {
    db: Connection,
    most: u64,
}

/// A file that waits, or was refused. The whole of it is here.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct StoredFile {
    pub(crate) form: FormId,
    /// For which incident; none once the right was lost.
    pub(crate) incident: Option<IncidentRef>,
    pub(crate) name: String,
    pub(crate) size: u64,
    pub(crate) sha256: String,
    pub(crate) at: Timestamp,
    /// The last place of the outbox when it was chosen.
    pub(crate) behind: i64,
    /// Under which name it is announced.
    pub(crate) sent_as: FormId,
    /// When that was done first.
    pub(crate) tried: Option<Timestamp>,
    /// Why it was refused; none while it waits.
    pub(crate) failure: Option<IpcError>,
}

/// A file that begins to be handed over.
#[derive(Debug, Clone)]
pub(crate) struct NewFile {
    pub(crate) form: FormId,
    pub(crate) incident: IncidentRef,
    pub(crate) name: String,
    pub(crate) size: u64,
    pub(crate) at: Timestamp,
    pub(crate) behind: i64,
}

impl Files {
    /// Opens the file, or one in memory. One that cannot be read makes way, and is never deleted: the second value says where it is.
    pub(crate) async fn open(location: Location, key: Option<StoreKey>) -> Result<(Self, Option<PathBuf>), Error> {
        Self::start("files", move || StoredFiles::open(&location, key.as_ref())).await
    }
}

impl Owned for StoredFiles {
    fn after_failure(&mut self, error: &Error) {
        tracing::error!(%error, "the files that wait failed");
    }

    fn flush(&mut self) -> Result<(), Error> {
        db::flush_log(&self.db)
    }
}

impl StoredFiles {
    fn open(location: &Location, key: Option<&StoreKey>) -> Result<(Self, Option<PathBuf>), Error> {
        let (db, aside) = match (db::open(location, key, &steps()), location) {
            (Ok(db), _) => (db, None),
            (Err(error), Location::File(path)) if key.is_some() && path.exists() && db::is_file_damage(&error) => {
                let aside = db::move_aside(path)?;
                (db::open(location, key, &steps())?, Some(aside))
            }
            (Err(error), _) => return Err(error),
        };
        let mut files = Self { db, most: if *location == Location::Memory { MOST_IN_MEMORY } else { MOST_ON_DISK } };
        if let Err(error) = files.sweep() {
            tracing::warn!(%error, "what nobody waits for could not be deleted yet");
        }
        Ok((files, aside))
    }

    /// What was not handed over to its end when the app ended: whoever chose it was not told that it is kept. And what is left of what was discarded.
    fn sweep(&mut self) -> Result<(), Error> {
        let mut statement = self.db.prepare("SELECT form FROM files WHERE sha256 IS NULL OR sha256 = ''")?;
        let forms = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
        drop(statement);
        forms.iter().try_for_each(|form| self.delete(form))
    }

    /// Takes a file that is still to be handed over.
    ///
    /// # Errors
    /// [`Error::WaitingFull`] where there would be too much on this device.
    pub(crate) fn begin(&mut self, new: &NewFile) -> Result<(), Error> {
        let NewFile { form, incident, name, size, at, behind } = new;
        let held: i64 =
            self.db.query_row("SELECT coalesce(sum(size), 0) FROM files WHERE form <> ?1", [form.0.to_string()], |row| row.get(0))?;
        if u64::try_from(held).unwrap_or(u64::MAX).saturating_add(*size) > self.most {
            return Err(Error::WaitingFull);
        }
        let tx = self.db.transaction()?;
        // The same, chosen anew: whoever was told that it is kept has it, and nothing takes its place.
        tx.execute("DELETE FROM parts WHERE form IN (SELECT form FROM files WHERE form = ?1 AND sha256 IS NULL)", [form.0.to_string()])?;
        tx.execute("DELETE FROM files WHERE form = ?1 AND sha256 IS NULL", [form.0.to_string()])?;
        tx.execute(
            "INSERT INTO files (form, customer, number, name, size, at, behind, sent_as) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?1)",
            params![
                form.0.to_string(),
                incident.customer_id.to_string(),
                incident.number.to_string(),
                name,
                i64::try_from(*size).unwrap_or(i64::MAX),
                at.micros(),
                behind
            ],
        )?;
        tx.commit()?;
        Ok(())
    }

    /// Keeps what comes next in a file; with the hash of all of it where that was the last: from then on it is kept whatever happens.
    pub(crate) fn add(&mut self, form: FormId, start: u64, bytes: &[u8], sha256: Option<&str>) -> Result<(), Error> {
        let tx = self.db.transaction()?;
        let start = i64::try_from(start).unwrap_or(i64::MAX);
        // Discarded meanwhile, it is not there any more.
        let sql = "INSERT INTO parts (form, start, bytes) SELECT ?1, ?2, ?3 FROM files WHERE form = ?1 AND sha256 IS NULL";
        if tx.execute(sql, params![form.0.to_string(), start, bytes])? == 0 {
            return Err(Error::NotFound);
        }
        if let Some(sha256) = sha256 {
            tx.execute("UPDATE files SET sha256 = ?1 WHERE form = ?2", params![sha256, form.0.to_string()])?;
        }
        tx.commit()?;
        Ok(())
    }

    /// All that are kept, in the order in which they were chosen.
    pub(crate) fn all(&mut self) -> Result<Vec<StoredFile>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM files WHERE sha256 <> '' ORDER BY place");
        let mut statement = self.db.prepare_cached(&sql)?;
        let rows = statement.query_map([], columns)?.collect::<Result<Vec<_>, _>>()?;
        rows.into_iter().map(read).collect()
    }

    pub(crate) fn find(&mut self, form: FormId) -> Result<Option<StoredFile>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM files WHERE form = ?1 AND sha256 <> ''");
        self.db.query_row(&sql, [form.0.to_string()], columns).optional()?.map(read).transpose()
    }

    /// Up to `len` bytes of a file from this place on.
    pub(crate) fn content(&mut self, form: FormId, from: u64, len: usize) -> Result<Vec<u8>, Error> {
        let (from, mut held) = (i64::try_from(from).unwrap_or(i64::MAX), Vec::with_capacity(len));
        let end = from.saturating_add(i64::try_from(len).unwrap_or(i64::MAX));
        let sql = "SELECT start, bytes FROM parts WHERE form = ?1 AND start < ?3 AND start + length(bytes) > ?2 ORDER BY start";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query(params![form.0.to_string(), from, end])?;
        while let Some(row) = rows.next()? {
            let (start, bytes): (i64, Vec<u8>) = (row.get(0)?, row.get(1)?);
            let skipped = usize::try_from(from - start).unwrap_or(0).min(bytes.len());
            let wanted = (len - held.len()).min(bytes.len() - skipped);
            held.extend_from_slice(&bytes[skipped..skipped + wanted]);
        }
        Ok(held)
    }

    /// It is about to be announced for the first time; later ones do not count. Whether it is there still: what was discarded is not sent.
    pub(crate) fn try_first(&mut self, form: FormId, at: Timestamp) -> Result<bool, Error> {
        let sql = "UPDATE files SET tried = coalesce(tried, ?1) WHERE form = ?2 AND sha256 <> ''";
        Ok(self.db.execute(sql, params![at.micros(), form.0.to_string()])? > 0)
    }

    /// The service has given up what arrived under the name before: from now on it is announced under this one.
    pub(crate) fn rename(&mut self, form: FormId, sent_as: FormId) -> Result<(), Error> {
        let sql = "UPDATE files SET sent_as = ?1, tried = NULL WHERE form = ?2";
        self.db.execute(sql, params![sent_as.0.to_string(), form.0.to_string()])?;
        Ok(())
    }

    /// It was refused: it waits for its author to say what becomes of it.
    pub(crate) fn refuse(&mut self, form: FormId, why: &IpcError) -> Result<(), Error> {
        self.db.execute("UPDATE files SET failure = ?1 WHERE form = ?2", params![written(why)?, form.0.to_string()])?;
        Ok(())
    }

    /// Its author has no right to the incident any more: their own file stays, and nothing of the customer's.
    pub(crate) fn strip(&mut self, form: FormId, why: &IpcError) -> Result<(), Error> {
        let sql = "UPDATE files SET customer = NULL, number = NULL, failure = ?1 WHERE form = ?2";
        self.db.execute(sql, params![written(why)?, form.0.to_string()])?;
        db::flush_log(&self.db)
    }

    /// Lets it be sent again, under a name that the service does not know: it has answered to the one before.
    pub(crate) fn again(&mut self, form: FormId, sent_as: FormId) -> Result<(), Error> {
        let sql = "UPDATE files SET failure = NULL, tried = NULL, sent_as = ?1 WHERE form = ?2 AND customer IS NOT NULL";
        self.db.execute(sql, params![sent_as.0.to_string(), form.0.to_string()])?;
        Ok(())
    }

    /// It has arrived, or was discarded. What it held cannot be read back from the file.
    ///
    /// # Errors
    /// Where the disk does not let that be noted down: then it is there still.
    pub(crate) fn forget(&mut self, form: FormId) -> Result<(), Error> {
        let form = form.0.to_string();
        // From now on nobody waits for it, whatever becomes of the rest.
        self.db.execute("UPDATE files SET sha256 = '' WHERE form = ?1", [&form])?;
        if let Err(error) = self.delete(&form) {
            tracing::warn!(%error, "what a file held could not be deleted yet");
        }
        Ok(())
    }

    /// It is handed over no more. What was kept meanwhile stays: its author was told so.
    pub(crate) fn abandon(&mut self, form: FormId) -> Result<(), Error> {
        let form = form.0.to_string();
        match self.db.execute("UPDATE files SET sha256 = '' WHERE form = ?1 AND sha256 IS NULL", [&form])? {
            0 => Ok(()),
            _ => self.delete(&form),
        }
    }

    /// In pieces that a full disk has room for: what is deleted is overwritten by way of the log.
    fn delete(&mut self, form: &str) -> Result<(), Error> {
        let sql = "DELETE FROM parts WHERE rowid IN (SELECT rowid FROM parts WHERE form = ?1 LIMIT 2)";
        while self.db.execute(sql, [form])? > 0 {
            db::flush_log(&self.db)?;
        }
        self.db.execute("DELETE FROM files WHERE form = ?1", [form])?;
        self.give_back()
    }

    /// Gives the disk back what is not used any more, once none waits: before that, the next one takes its place, and moving the others would be work for
    /// each that goes.
    fn give_back(&mut self) -> Result<(), Error> {
        let left: i64 = self.db.query_row("SELECT count(*) FROM files", [], |row| row.get(0))?;
        if left == 0 {
            self.db.execute_batch("VACUUM")?;
        }
        db::flush_log(&self.db)
    }
}

/// What files ask of the outbox.
impl Entries {
    /// The last place that was given; 0 before the first.
    pub(crate) fn last_place(&mut self) -> Result<i64, Error> {
        Ok(self.db.query_row("SELECT coalesce(max(place), 0) FROM entries", [], |row| row.get(0))?)
    }

    /// Whether a file for this incident, chosen at this place, waits for something that was typed for it; and if so, whether that was refused. The first that
    /// stands there says so: a file raises the version on which all that waits was typed, so it goes behind that, whenever it was typed. What was refused
    /// after the file was chosen may stand for long, with all that is behind it.
    pub(crate) fn holds_up(&mut self, incident: IncidentRef, behind: i64) -> Result<Option<bool>, Error> {
        let sql = "SELECT place, failure IS NOT NULL FROM entries WHERE line = ?1 ORDER BY place LIMIT 1";
        let mut statement = self.db.prepare_cached(sql)?;
        let first = statement.query_row([line_name(About::Incident(incident))], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, bool>(1)?)));
        let first = first.optional()?;
        Ok(first.filter(|(place, is_refused)| !is_refused || *place <= behind).map(|(_, is_refused)| is_refused))
    }

    /// What one's own have brought an incident from one version to another: what was typed on top of the first, or of one between, is on top of the last now.
    pub(crate) fn raise(&mut self, incident: IncidentRef, (from, to): (u64, u64)) -> Result<(), Error> {
        let number = |version: u64| i64::try_from(version).unwrap_or(i64::MAX);
        let sql = "UPDATE entries SET work = json_set(work, '$.version', ?3)
             WHERE line = ?1 AND json_extract(work, '$.do') IN ('close', 'edit') AND json_extract(work, '$.version') >= ?2 AND json_extract(work, '$.version') < ?3";
        self.db.execute(sql, params![line_name(About::Incident(incident)), number(from), number(to)])?;
        Ok(())
    }
}

type Columns = (String, Option<String>, Option<String>, String, i64, String, i64, i64, String, Option<i64>, Option<String>);

fn columns(row: &Row<'_>) -> Result<Columns, DbError> {
    Ok((
        row.get(0)?,
        row.get(1)?,
        row.get(2)?,
        row.get(3)?,
        row.get(4)?,
        row.get(5)?,
        row.get(6)?,
        row.get(7)?,
        row.get(8)?,
        row.get(9)?,
        row.get(10)?,
    ))
}

fn read((form, customer, number, name, size, sha256, at, behind, sent_as, tried, failure): Columns) -> Result<StoredFile, Error> {
    let bad = || Error::BadRow("files");
    let customer: Option<TenantId> = customer.map(|customer| customer.parse()).transpose().map_err(|_| bad())?;
    let number: Option<TicketNumber> = number.map(|number| number.parse()).transpose().map_err(|_| bad())?;
    Ok(StoredFile {
        form: FormId(form.parse::<Uuid>().map_err(|_| bad())?),
        incident: customer.zip(number).map(|(customer_id, number)| IncidentRef { customer_id, number }),
        name,
        size: u64::try_from(size).map_err(|_| bad())?,
        sha256,
        at: Timestamp::from_micros(at),
        behind,
        sent_as: FormId(sent_as.parse::<Uuid>().map_err(|_| bad())?),
        tried: tried.map(Timestamp::from_micros),
        failure: failure.map(|failure| serde_json::from_str(&failure)).transpose().map_err(|_| bad())?,
    })
}

fn written(why: &IpcError) -> Result<String, Error> {
    serde_json::to_string(why).map_err(|error| Error::another_form(&error))
}

#[cfg(test)]
mod tests {
    use tenantry_model::api::incidents::{CloseIssue, PostMessage};
    use tenantry_model::incident::ClosureReason;
    use tenantry_model::ipc::{IpcErrorKind, Work};

    use super::*;
    use crate::random::OsRandom;

    const MB: u64 = 1024 * 1024;

    fn form(n: u128) -> FormId {
        FormId(Uuid::from_u128(n))
    }

    fn incident() -> IncidentRef {
        IncidentRef { customer_id: TenantId::from_uuid(Uuid::from_u128(7)), number: "LBT9KC-XDBORS".parse().unwrap() }
    }

    fn new(n: u128, size: u64) -> NewFile {
        NewFile { form: form(n), incident: incident(), name: "Raum 3.png".into(), size, at: Timestamp::from_micros(5), behind: 0 }
    }

    fn on_disk(folder: &std::path::Path, key: &StoreKey) -> StoredFiles {
        StoredFiles::open(&Location::File(folder.join("a.files")), Some(key)).unwrap().0
    }

    #[test]
    fn a35_a_file_that_is_kept_outlasts_the_app_and_lies_nowhere_in_the_clear() {
        let folder = tempfile::tempdir().unwrap();
        let key = StoreKey::random(&OsRandom).unwrap();
        let mut files = on_disk(folder.path(), &key);
        files.begin(&new(1, 9)).unwrap();
        files.add(form(1), 0, b"Nebel", None).unwrap();
        files.begin(&new(2, 9)).unwrap();
        files.add(form(2), 0, b"Nebel", None).unwrap();
        assert_eq!(files.all().unwrap(), [], "nobody was told that these are kept");
        files.add(form(1), 5, b"horn", Some("abc")).unwrap();
        drop(files);
        let mut files = on_disk(folder.path(), &key);
        let kept = files.all().unwrap();
        assert_eq!((kept.len(), kept[0].form, kept[0].incident, kept[0].name.as_str()), (1, form(1), Some(incident()), "Raum 3.png"));
        for (from, len, content) in [(0, 9, "Nebelhorn"), (0, 99, "Nebelhorn"), (3, 4, "elho"), (5, 4, "horn"), (9, 5, ""), (0, 5, "Nebel")]
        {
            assert_eq!(files.content(form(1), from, len).unwrap(), content.as_bytes(), "{from}, {len}");
        }
        assert_eq!(files.content(form(2), 0, 9).unwrap(), b"", "what was not handed over to its end went with the app");
        for file in std::fs::read_dir(folder.path()).unwrap() {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            assert!(!bytes.windows(5).any(|window| window == b"Nebel" || window == b"Raum "));
        }
        files.forget(form(1)).unwrap();
        assert_eq!((files.all().unwrap(), files.content(form(1), 0, 9).unwrap()), (vec![], vec![]));
    }

    #[test]
    fn a35_what_was_discarded_gives_the_disk_its_room_back() {
        let folder = tempfile::tempdir().unwrap();
        let key = StoreKey::random(&OsRandom).unwrap();
        let mut files = on_disk(folder.path(), &key);
        let length = || std::fs::metadata(folder.path().join("a.files")).unwrap().len();
        files.begin(&new(1, 2 * MB)).unwrap();
        files.add(form(1), 0, &vec![7; 2 * MB as usize], Some("abc")).unwrap();
        files.flush().unwrap();
        assert!(length() > 2 * MB);
        files.forget(form(1)).unwrap();
        assert!(length() < MB / 4, "{}", length());
    }

    #[test]
    fn a35_what_is_handed_over_no_more_goes_and_what_was_kept_meanwhile_stays() {
        let mut files = StoredFiles::open(&Location::Memory, None).unwrap().0;
        for n in [1, 2] {
            files.begin(&new(n, 9)).unwrap();
            files.add(form(n), 0, b"Nebel", None).unwrap();
        }
        files.add(form(1), 5, b"horn", Some("abc")).unwrap();
        files.abandon(form(1)).unwrap();
        files.abandon(form(2)).unwrap();
        assert_eq!((files.content(form(1), 0, 9).unwrap(), files.content(form(2), 0, 9).unwrap()), (b"Nebelhorn".to_vec(), vec![]));
        assert!(files.find(form(1)).unwrap().is_some());
    }

    #[test]
    fn a35_what_was_discarded_stays_so_where_the_disk_does_not_let_it_be_deleted() {
        let folder = tempfile::tempdir().unwrap();
        let key = StoreKey::random(&OsRandom).unwrap();
        let mut files = on_disk(folder.path(), &key);
        for n in [1, 2] {
            files.begin(&new(n, 5)).unwrap();
            files.add(form(n), 0, b"Nebel", Some("abc")).unwrap();
        }
        files.db.execute_batch("CREATE TEMP TRIGGER full BEFORE DELETE ON main.parts BEGIN SELECT RAISE(FAIL, 'full'); END").unwrap();
        files.forget(form(1)).unwrap();
        assert_eq!((files.find(form(1)).unwrap(), files.all().unwrap().len()), (None, 1));
        assert!(
            !files.try_first(form(1), Timestamp::from_micros(9)).unwrap() && files.try_first(form(2), Timestamp::from_micros(9)).unwrap()
        );
        drop(files);
        let mut files = on_disk(folder.path(), &key);
        assert_eq!((files.content(form(1), 0, 5).unwrap(), files.content(form(2), 0, 5).unwrap()), (vec![], b"Nebel".to_vec()));
        // Where not even that can be noted down, it is there, and whoever discards it is told.
        files.db.execute_batch("CREATE TEMP TRIGGER full BEFORE UPDATE ON main.files BEGIN SELECT RAISE(FAIL, 'full'); END").unwrap();
        assert!(files.forget(form(2)).is_err());
        assert_eq!(files.content(form(2), 0, 5).unwrap(), b"Nebel");
    }

    #[test]
    fn a35_a_device_takes_so_much_and_what_it_has_taken_stays() {
        let mut files = StoredFiles::open(&Location::Memory, None).unwrap().0;
        files.most = 10;
        files.begin(&new(1, 6)).unwrap();
        files.add(form(1), 0, b"Nebelh", Some("abc")).unwrap();
        assert!(matches!(files.begin(&new(2, 5)), Err(Error::WaitingFull)));
        files.begin(&new(2, 4)).unwrap();
        assert!(files.begin(&new(1, 6)).is_err(), "nothing takes the place of what is kept");
        assert_eq!(files.content(form(1), 0, 9).unwrap(), b"Nebelh");
        files.forget(form(1)).unwrap();
        files.begin(&new(3, 6)).unwrap();
    }

    #[test]
    fn a35_of_a_lost_right_the_authors_own_file_stays_and_is_not_sent_again() {
        let mut files = StoredFiles::open(&Location::Memory, None).unwrap().0;
        files.begin(&new(1, 5)).unwrap();
        files.add(form(1), 0, b"Nebel", Some("abc")).unwrap();
        let why = IpcError::new(IpcErrorKind::NotFound, "gone", false);
        files.refuse(form(1), &why).unwrap();
        files.try_first(form(1), Timestamp::from_micros(9)).unwrap();
        files.again(form(1), form(8)).unwrap();
        let waits = files.find(form(1)).unwrap().unwrap();
        assert_eq!((waits.failure, waits.sent_as, waits.tried, waits.incident), (None, form(8), None, Some(incident())));
        files.strip(form(1), &why).unwrap();
        files.again(form(1), form(9)).unwrap();
        let left = files.find(form(1)).unwrap().unwrap();
        assert_eq!((left.incident, left.name.as_str(), left.failure), (None, "Raum 3.png", Some(why)));
        assert_eq!(files.content(form(1), 0, 5).unwrap(), b"Nebel");
    }

    #[test]
    fn a35_a_file_waits_for_what_was_typed_before_it_and_for_nothing_else() {
        let mut entries = Entries::open(&Location::Memory, None).unwrap().0;
        let message =
            |number: &str| Work::Message { number: number.parse().unwrap(), new: PostMessage { text: "a".into(), assign_to: None } };
        let customer = incident().customer_id;
        assert_eq!(entries.last_place().unwrap(), 0);
        entries.keep(form(1), customer, &message("LBT9KC-AAAAAA"), Timestamp::from_micros(5)).unwrap();
        entries.keep(form(2), customer, &message("LBT9KC-XDBORS"), Timestamp::from_micros(5)).unwrap();
        let behind = entries.last_place().unwrap();
        entries.keep(form(3), customer, &message("LBT9KC-XDBORS"), Timestamp::from_micros(5)).unwrap();
        assert_eq!(entries.holds_up(incident(), behind).unwrap(), Some(false));
        entries.refuse(form(2), &IpcError::new(IpcErrorKind::Conflict, "no", false)).unwrap();
        assert_eq!(entries.holds_up(incident(), behind).unwrap(), Some(true));
        entries.forget(form(2)).unwrap();
        assert_eq!(
            entries.holds_up(incident(), behind).unwrap(),
            Some(false),
            "what was typed later was typed on the version that holds now"
        );
        entries.refuse(form(3), &IpcError::new(IpcErrorKind::Conflict, "no", false)).unwrap();
        assert_eq!(entries.holds_up(incident(), behind).unwrap(), None, "it may stand there for long");
    }

    #[test]
    fn a35_ones_own_file_is_no_news_to_what_was_typed_before_it_arrived() {
        let mut entries = Entries::open(&Location::Memory, None).unwrap().0;
        let close = |number: &str, version| Work::Close {
            number: number.parse().unwrap(),
            version,
            change: CloseIssue { reason: ClosureReason::Other, comment: None },
        };
        let customer = incident().customer_id;
        for (n, number, version) in [(1, "LBT9KC-XDBORS", 4), (2, "LBT9KC-XDBORS", 3), (3, "LBT9KC-AAAAAA", 4)] {
            entries.keep(form(n), customer, &close(number, version), Timestamp::from_micros(5)).unwrap();
        }
        entries.raise(incident(), (4, 6)).unwrap();
        let works: Vec<Work> = entries.all().unwrap().into_iter().map(|entry| entry.work).collect();
        assert_eq!(works, [close("LBT9KC-XDBORS", 6), close("LBT9KC-XDBORS", 3), close("LBT9KC-AAAAAA", 4)]);
    }
}
