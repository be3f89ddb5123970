//! What bulk actions have not begun: it outlasts the app, so that somebody says so at the next start.

use tenantry_model::id::TenantId;
use tenantry_model::ipc::{About, BulkAction, FormId, IncidentRef, RoomKey, UnfinishedRun};
use uuid::Uuid;

use super::Entries;
use crate::db::{self, OptionalExtension as _, Row, params};
use crate::error::Error;

impl Entries {
    /// A run begins: one that does this, or that undoes it. `instead` is one whose place it takes: what is to be done of that is planned anew.
    pub(crate) fn begin_run(
        &mut self,
        run: FormId,
        (action, undoes): (&BulkAction, bool),
        rows: &[(FormId, About)],
        instead: Option<FormId>,
    ) -> Result<(), Error> {
        let action = serde_json::to_string(action).map_err(|error| Error::another_form(&error))?;
        let tx = self.db.transaction()?;
        if let Some(run) = instead {
            remove(&tx, run)?;
        }
        let sql = "INSERT INTO runs (run, action, undoes, total) VALUES (?1, ?2, ?3, ?4)";
        tx.execute(sql, params![name(run), action, undoes, rows.len() as i64])?;
        for (form, about) in rows {
            add_row(&tx, run, *form, *about)?;
        }
        tx.commit()?;
        if instead.is_some() { db::flush_log(&self.db) } else { Ok(()) }
    }

    /// These were begun where nothing is sent, or will not be.
    pub(crate) fn pass_rows(&mut self, forms: &[FormId]) -> Result<(), Error> {
        let tx = self.db.transaction()?;
        for form in forms {
            tx.execute("DELETE FROM run_rows WHERE form = ?1", [name(*form)])?;
        }
        tx.commit()?;
        Ok(())
    }

    /// Takes back what of a run waits and was never sent: it counts as not begun again. Which that was.
    pub(crate) fn take_back(&mut self, run: FormId, rows: &[(FormId, About)]) -> Result<Vec<FormId>, Error> {
        let tx = self.db.transaction()?;
        let mut taken = vec![];
        for (form, about) in rows {
            if tx.execute("DELETE FROM entries WHERE form = ?1 AND tried IS NULL AND failure IS NULL", [name(*form)])? > 0 {
                add_row(&tx, run, *form, *about)?;
                taken.push(*form);
            }
        }
        tx.commit()?;
        db::flush_log(&self.db)?;
        Ok(taken)
    }

    pub(crate) fn forget_run(&mut self, run: FormId) -> Result<(), Error> {
        remove(&self.db, run)?;
        db::flush_log(&self.db)
    }

    /// Those that have not begun everything, without this one. Of others nothing is left to say: they go.
    pub(crate) fn unfinished_runs(&mut self, current: Option<FormId>) -> Result<Vec<UnfinishedRun>, Error> {
        let current = current.map(name).unwrap_or_default();
        let emptied = self.db.execute(
            "DELETE FROM runs WHERE run <> ?1 AND NOT EXISTS (SELECT 1 FROM run_rows WHERE run_rows.run = runs.run)",
            [&current],
        )?;
        if emptied > 0 {
            db::flush_log(&self.db)?;
        }
        let mut statement = self.db.prepare_cached(
            "SELECT run, action, undoes, total, (SELECT count(*) FROM run_rows WHERE run_rows.run = runs.run) FROM runs WHERE run <> ?1 ORDER BY rowid",
        )?;
        let columns = |row: &Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get(2)?, row.get(3)?, row.get(4)?));
        let rows = statement.query_map([&current], columns)?;
        let bad = || Error::BadRow("runs");
        rows.collect::<Result<Vec<_>, _>>()?
            .into_iter()
            .map(|(run, action, undoes, total, not_begun)| {
                let action = serde_json::from_str(&action).map_err(|_| bad())?;
                Ok(UnfinishedRun { id: FormId(run.parse::<Uuid>().map_err(|_| bad())?), action, undoes, total, not_begun })
            })
            .collect()
    }

    /// What a run does, and at which incidents or rooms it has not begun; none where there is no such run, or it undoes what one did.
    pub(crate) fn not_begun(&mut self, run: FormId) -> Result<Option<(BulkAction, Vec<About>)>, Error> {
        let bad = || Error::BadRow("run_rows");
        let sql = "SELECT action FROM runs WHERE run = ?1 AND NOT undoes";
        let action = self.db.query_row(sql, [name(run)], |row| row.get::<_, String>(0)).optional()?;
        let Some(action) = action else { return Ok(None) };
        let mut statement = self.db.prepare_cached("SELECT customer, number FROM run_rows WHERE run = ?1 ORDER BY place")?;
        let rows = statement.query_map([name(run)], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
        let rows = rows.collect::<Result<Vec<_>, _>>()?;
        let row = |(customer, which): (String, String)| {
            let customer_id = customer.parse().map_err(|_| bad())?;
            // No room's id is a number.
            match which.parse() {
                Ok(number) => Ok(About::Incident(IncidentRef { customer_id, number })),
                Err(_) => which.parse().map(|id| About::Room(RoomKey { customer_id, id })).map_err(|_| bad()),
            }
        };
        let rows = rows.into_iter().map(row).collect::<Result<_, Error>>()?;
        Ok(Some((serde_json::from_str(&action).map_err(|_| bad())?, rows)))
    }

    /// Nothing stays of these customers' incidents and rooms. Whether something did.
    pub(crate) fn forget_rows_of(&mut self, customers: &[TenantId]) -> Result<bool, Error> {
        let mut gone = 0;
        for customer in customers {
            gone += self.db.execute("DELETE FROM run_rows WHERE customer = ?1", [customer.to_string()])?;
        }
        db::flush_log(&self.db)?;
        Ok(gone > 0)
    }
}

fn name(form: FormId) -> String {
    form.0.to_string()
}

fn remove(db: &crate::db::Connection, run: FormId) -> Result<(), Error> {
    db.execute("DELETE FROM run_rows WHERE run = ?1", [name(run)])?;
    db.execute("DELETE FROM runs WHERE run = ?1", [name(run)])?;
    Ok(())
}

/// Not of a run that is gone. A room stands there by its id, in the place of a number.
fn add_row(db: &crate::db::Connection, run: FormId, form: FormId, about: About) -> Result<(), Error> {
    let which = match about {
        About::Incident(incident) => incident.number.to_string(),
        About::Room(room) => room.id.to_string(),
    };
    db.execute(
        "INSERT OR IGNORE INTO run_rows (run, form, customer, number) SELECT ?1, ?2, ?3, ?4 WHERE EXISTS (SELECT 1 FROM runs WHERE run = ?1)",
        params![name(run), name(form), about.customer().to_string(), which],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::Location;
    use tenantry_model::api::incidents::ClaimIncident;
    use tenantry_model::ipc::Work;
    use tenantry_model::time::Timestamp;

    const AT: Timestamp = Timestamp::from_micros(5);

    fn form(n: u128) -> FormId {
        FormId(Uuid::from_u128(n))
    }

    fn customer(n: u128) -> TenantId {
        TenantId::from_uuid(Uuid::from_u128(n))
    }

    fn incident(n: u128) -> About {
        About::Incident(IncidentRef { customer_id: customer(n), number: "LBT9KC-XDBORS".parse().unwrap() })
    }

    fn work() -> Work {
        Work::Claim { number: "LBT9KC-XDBORS".parse().unwrap(), claim: Some(ClaimIncident::default()) }
    }

    #[test]
    fn bulk_what_was_not_begun_is_kept_and_what_was_never_sent_counts_as_not_begun_once_it_is_taken_back() {
        let mut entries = Entries::open(&Location::Memory, None).unwrap().0;
        let rows: Vec<_> = (1..=5).map(|n| (form(n), incident(n))).collect();
        entries.begin_run(form(100), (&BulkAction::Claim, false), &rows, None).unwrap();
        for n in 1..=3 {
            entries.keep(form(n), customer(n), &work(), AT).unwrap();
        }
        entries.pass_rows(&[form(4)]).unwrap();
        let left = |entries: &mut Entries| entries.not_begun(form(100)).unwrap().map(|(_, rows)| rows);
        assert_eq!(left(&mut entries), Some(vec![incident(5)]));
        // One may have arrived, and one was refused.
        assert!(entries.try_first(form(1), AT).unwrap());
        entries.refuse(form(2), &Error::NotFound.into()).unwrap();
        assert_eq!(entries.take_back(form(100), &rows).unwrap(), [form(3)]);
        assert_eq!(left(&mut entries), Some(vec![incident(5), incident(3)]));
        assert!(!entries.try_first(form(3), AT).unwrap(), "what was taken back is not sent");
        let told = entries.unfinished_runs(None).unwrap();
        assert_eq!(told, [UnfinishedRun { id: form(100), action: BulkAction::Claim, undoes: false, total: 5, not_begun: 2 }]);
        assert_eq!(entries.unfinished_runs(Some(form(100))).unwrap(), [], "that one says so itself");
        // Gone on with, it is another run.
        entries.begin_run(form(101), (&BulkAction::Claim, false), &rows[2..3], Some(form(100))).unwrap();
        assert_eq!((left(&mut entries), entries.unfinished_runs(None).unwrap()[0].id), (None, form(101)));
        assert!(entries.forget_rows_of(&[customer(3)]).unwrap());
        assert!(!entries.forget_rows_of(&[customer(3)]).unwrap(), "nothing changed by it");
        assert_eq!(entries.unfinished_runs(None).unwrap(), [], "of a lost customer nothing is said");
    }

    #[test]
    fn bulk_of_rooms_it_is_kept_as_well_which_were_not_begun() {
        let mut entries = Entries::open(&Location::Memory, None).unwrap().0;
        let room =
            |n: u128| About::Room(RoomKey { customer_id: customer(n), id: tenantry_model::id::RoomId::from_uuid(Uuid::from_u128(n)) });
        let rows: Vec<_> = (1..=3).map(|n| (form(n), room(n))).collect();
        entries.begin_run(form(100), (&BulkAction::Lift, false), &rows, None).unwrap();
        entries.pass_rows(&[form(1)]).unwrap();
        assert_eq!(entries.not_begun(form(100)).unwrap(), Some((BulkAction::Lift, vec![room(2), room(3)])));
        assert!(entries.forget_rows_of(&[customer(2)]).unwrap());
        assert_eq!(entries.not_begun(form(100)).unwrap(), Some((BulkAction::Lift, vec![room(3)])));
    }

    #[test]
    fn bulk_what_waits_of_a_run_that_is_gone_is_taken_back_all_the_same() {
        let mut entries = Entries::open(&Location::Memory, None).unwrap().0;
        entries.keep(form(1), customer(1), &work(), AT).unwrap();
        assert_eq!(entries.take_back(form(100), &[(form(1), incident(1))]).unwrap(), [form(1)]);
        assert!(!entries.try_first(form(1), AT).unwrap());
        assert_eq!(entries.unfinished_runs(None).unwrap(), []);
    }

    #[test]
    fn bulk_an_undo_that_was_left_unfinished_is_told_and_not_planned_as_an_action_of_its_own() {
        let mut entries = Entries::open(&Location::Memory, None).unwrap().0;
        let rows = [(form(1), incident(1))];
        entries.begin_run(form(100), (&BulkAction::Wake, true), &rows, None).unwrap();
        let told = entries.unfinished_runs(None).unwrap();
        assert_eq!(told, [UnfinishedRun { id: form(100), action: BulkAction::Wake, undoes: true, total: 1, not_begun: 1 }]);
        assert_eq!(entries.not_begun(form(100)).unwrap(), None);
    }

    #[test]
    fn bulk_an_outbox_is_not_empty_while_something_was_not_begun() {
        let mut entries = Entries::open(&Location::Memory, None).unwrap().0;
        entries.begin_run(form(100), (&BulkAction::Claim, false), &[(form(1), incident(1))], None).unwrap();
        assert!(!entries.is_empty().unwrap());
        entries.pass_rows(&[form(1)]).unwrap();
        assert!(entries.is_empty().unwrap());
    }
}
