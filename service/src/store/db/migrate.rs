//! Numbered migrations, embedded and append-only: what a database was made with is held against their checksums. A database that a newer
//! version wrote is refused.

use sqlx::migrate::{Migrate as _, MigrateError, Migrator};
use sqlx::{Connection as _, SqliteConnection};

use super::{Conn, query_scalar};
use crate::error::{Error, Result};

/// All of them. One that has shipped is never changed again: add the next one.
static MIGRATIONS: Migrator = sqlx::migrate!("src/store/migrations/sqlite");

pub(super) async fn run(conn: &mut SqliteConnection) -> Result<()> {
    run_all(conn, &MIGRATIONS).await
}

/// Refuses a schema that is older than `oldest`, or newer than this version; changes nothing.
pub(super) async fn check(conn: &mut Conn, oldest: i64) -> Result<()> {
    let found = if has_table(conn.engine(), "_sqlx_migrations").await? {
        query_scalar("SELECT COALESCE(MAX(version), 0) FROM _sqlx_migrations")
    } else {
        query_scalar("SELECT COALESCE(MAX(version), 0) FROM schema_migrations")
    };
    let found: i64 = found.fetch_one(conn).await?;
    let known = last(&MIGRATIONS);
    if found > known {
        return Err(Error::SchemaTooNew { found, known });
    }
    if found < oldest {
        return Err(Error::Config(format!("the database has schema {found}, this needs {oldest}: start the service on it once")));
    }
    Ok(())
}

fn last(migrations: &Migrator) -> i64 {
    migrations.iter().map(|migration| migration.version).max().unwrap_or(0)
}

async fn has_table(conn: &mut SqliteConnection, name: &str) -> sqlx::Result<bool> {
    let found: Option<i64> =
        sqlx::query_scalar("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $1").bind(name).fetch_optional(conn).await?;
    Ok(found.is_some())
}

async fn run_all(conn: &mut SqliteConnection, migrations: &Migrator) -> Result<()> {
    adopt(conn, migrations).await?;
    let known = last(migrations);
    migrations.run_direct(None, conn, false).await.map_err(|error| match error {
        MigrateError::VersionMissing(found) => Error::SchemaTooNew { found, known },
        MigrateError::VersionMismatch(changed) => Error::Config(format!(
            "migration {changed} is not what this database was made with: start the version that made it, or restore the migration's file"
        )),
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => Error::Database(error),
        other => Error::Internal(format!("the schema cannot be brought up to date: {other}")),
    })
}

/// Takes over what versions before the seventh migration noted in a table of their own. Nothing is run again.
async fn adopt(conn: &mut SqliteConnection, migrations: &Migrator) -> Result<()> {
    if !has_table(conn, "schema_migrations").await? || has_table(conn, &migrations.table_name).await? {
        return Ok(());
    }
    let mut tx = conn.begin_with("BEGIN IMMEDIATE").await?;
    let found: i64 = sqlx::query_scalar("SELECT COALESCE(MAX(version), 0) FROM schema_migrations").fetch_one(&mut *tx).await?;
    if found > last(migrations) {
        return Err(Error::SchemaTooNew { found, known: last(migrations) });
    }
    let failed = |error: MigrateError| Error::Internal(format!("the notes on the schema cannot be taken over: {error}"));
    tx.ensure_migrations_table(&migrations.table_name).await.map_err(failed)?;
    for migration in migrations.iter().filter(|migration| migration.version <= found) {
        tx.skip(&migrations.table_name, migration).await.map_err(failed)?;
    }
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests {
    use sqlx::SqlSafeStr as _;
    use sqlx::migrate::{Migration, MigrationType};
    use tenantry_model::update_ring::{RingDays, RingPreset};

    use super::*;

    const TWO: &[(i64, &str)] = &[(1, "CREATE TABLE a (x BIGINT)"), (2, "CREATE TABLE b (x BIGINT)")];
    const BROKEN: &[(i64, &str)] = &[(1, "CREATE TABLE a (x BIGINT)"), (2, "CREATE TABLE b (x BIGINT); CREATE TABLE a (x BIGINT)")];
    const CHANGED: &[(i64, &str)] = &[(1, "CREATE TABLE a (x TEXT)"), (2, "CREATE TABLE b (x BIGINT)")];

    async fn empty() -> SqliteConnection {
        SqliteConnection::connect("sqlite::memory:").await.unwrap()
    }

    async fn run_these(conn: &mut SqliteConnection, migrations: &'static [(i64, &'static str)]) -> Result<()> {
        let migration =
            |&(version, sql): &(i64, &'static str)| Migration::new(version, "".into(), MigrationType::Simple, sql.into_sql_str(), false);
        run_all(conn, &Migrator::with_migrations(migrations.iter().map(migration).collect())).await
    }

    async fn tables(conn: &mut SqliteConnection) -> Vec<String> {
        sqlx::query_scalar("SELECT name FROM sqlite_master WHERE type = 'table' AND name IN ('a', 'b') ORDER BY name")
            .fetch_all(conn)
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn migrations_run_once_and_in_order() {
        let mut conn = empty().await;
        run_these(&mut conn, TWO).await.unwrap();
        run_these(&mut conn, TWO).await.unwrap();
        assert_eq!(tables(&mut conn).await, ["a", "b"]);
    }

    #[tokio::test]
    async fn a_migration_that_fails_leaves_nothing_of_itself() {
        let mut conn = empty().await;
        assert!(run_these(&mut conn, BROKEN).await.is_err());
        assert_eq!(tables(&mut conn).await, ["a"]);
        run_these(&mut conn, TWO).await.unwrap();
        assert_eq!(tables(&mut conn).await, ["a", "b"]);
    }

    #[tokio::test]
    async fn a_newer_schema_is_refused_in_words() {
        let mut conn = empty().await;
        run_these(&mut conn, TWO).await.unwrap();
        let error = run_these(&mut conn, &TWO[..1]).await.unwrap_err();
        assert!(matches!(error, Error::SchemaTooNew { found: 2, known: 1 }), "{error}");
        assert!(error.to_string().contains("start the newer version"), "{error}");
    }

    #[tokio::test]
    async fn a_migration_that_was_changed_after_it_ran_is_refused_in_words() {
        let mut conn = empty().await;
        run_these(&mut conn, TWO).await.unwrap();
        let error = run_these(&mut conn, CHANGED).await.unwrap_err();
        assert!(error.to_string().contains("migration 1 is not what this database was made with"), "{error}");
    }

    /// What versions before the seventh migration did.
    async fn run_as_before(conn: &mut SqliteConnection, until: i64) {
        sqlx::query("CREATE TABLE IF NOT EXISTS schema_migrations (version BIGINT PRIMARY KEY)").execute(&mut *conn).await.unwrap();
        for migration in MIGRATIONS.iter().filter(|migration| migration.version <= until) {
            sqlx::raw_sql(migration.sql.clone()).execute(&mut *conn).await.unwrap();
            let note = sqlx::query("INSERT INTO schema_migrations (version) VALUES ($1)").bind(migration.version);
            note.execute(&mut *conn).await.unwrap();
        }
    }

    #[tokio::test]
    async fn a_database_of_the_sixth_schema_is_taken_over_with_its_data() {
        for until in [1, 6] {
            let mut conn = empty().await;
            run_as_before(&mut conn, until).await;
            sqlx::query(
                "INSERT INTO tenants (id, display_name, ticket_prefix, is_partner, is_customer) VALUES ('t', 'Alpha', 'ALPHAA', 0, 1)",
            )
            .execute(&mut conn)
            .await
            .unwrap();
            run(&mut conn).await.unwrap();
            run(&mut conn).await.unwrap();
            let name: String = sqlx::query_scalar("SELECT display_name FROM tenants").fetch_one(&mut conn).await.unwrap();
            let versions: Vec<i64> =
                sqlx::query_scalar("SELECT version FROM _sqlx_migrations ORDER BY version").fetch_all(&mut conn).await.unwrap();
            assert_eq!((name.as_str(), versions), ("Alpha", MIGRATIONS.iter().map(|migration| migration.version).collect()));
        }
    }

    #[tokio::test]
    async fn versions_before_the_seventh_schema_and_after_the_last_refuse_each_other() {
        let mut conn = empty().await;
        run(&mut conn).await.unwrap();
        let told: i64 = sqlx::query_scalar("SELECT MAX(version) FROM schema_migrations").fetch_one(&mut conn).await.unwrap();
        assert_eq!(told, 7, "what the sixth looks at");

        let mut conn = empty().await;
        run_as_before(&mut conn, 6).await;
        sqlx::query("INSERT INTO schema_migrations (version) VALUES (999)").execute(&mut conn).await.unwrap();
        assert!(matches!(run(&mut conn).await, Err(Error::SchemaTooNew { found: 999, .. })));
    }

    #[tokio::test]
    async fn r100_every_customer_of_the_schema_before_gets_its_presets_and_each_room_a_ring() {
        let mut conn = empty().await;
        let before = MIGRATIONS.iter().filter(|migration| migration.version < 19).cloned().collect();
        run_all(&mut conn, &Migrator::with_migrations(before)).await.unwrap();
        for sql in [
            "INSERT INTO tenants (id, display_name, ticket_prefix, is_partner, is_customer) VALUES ('all', 'All', 'ALLXXX', 0, 1),
             ('some', 'Some', 'SOMEXX', 0, 1), ('none', 'None', 'NONEXX', 0, 1), ('partner', 'Partner', 'PARTNR', 1, 0)",
            "INSERT INTO update_rings (id, customer_id, name, ring_order, built_in) VALUES ('1', 'all', 'Staging', 1, 1), ('2', 'all', 'General', 2, 1),
             ('3', 'all', 'Executive', 3, 1), ('4', 'some', 'General', 2, 1)",
            "INSERT INTO rooms (id, customer_id, display_name, host_name, account, enrolment, timezone, licence, peripherals, ring_id, key_hash, version)
             VALUES ('a', 'all', 'A', 'a', 'a', 'enrolled', 'UTC', '', '[]', '3', '', 1),
             ('n', 'none', 'N', 'n', 'n', 'enrolled', 'UTC', '', '[]', NULL, '', 1)",
        ] {
            sqlx::query(sql).execute(&mut conn).await.unwrap();
        }
        run(&mut conn).await.unwrap();
        type Row = (String, i64, String, String, i64, i64, i64);
        let sql = "SELECT customer_id, ring_order, name, preset, deferral_days, rollout_days, test_days FROM update_rings ORDER BY customer_id, ring_order";
        let rings: Vec<Row> = sqlx::query_as(sql).fetch_all(&mut conn).await.unwrap();
        let expected = ["all", "none", "some"].iter().flat_map(|customer| {
            RingPreset::ALL.iter().map(move |preset| {
                let RingDays { deferral_days, rollout_days, test_days } = preset.days();
                let (order, days) = (i64::from(preset.order()), [deferral_days, rollout_days, test_days].map(i64::from));
                ((*customer).to_owned(), order, preset.name().to_owned(), preset.as_str().to_owned(), days[0], days[1], days[2])
            })
        });
        assert_eq!(rings, expected.collect::<Vec<_>>(), "those that were there stay, what is missing comes");
        let ids: Vec<String> = sqlx::query_scalar("SELECT id FROM update_rings WHERE length(id) > 1").fetch_all(&mut conn).await.unwrap();
        assert!(ids.len() == 5 && ids.iter().all(|id| id.parse::<tenantry_model::id::UpdateRingId>().is_ok()), "{ids:?}");
        let sql =
            "SELECT r.id, g.preset FROM rooms r JOIN update_rings g ON g.id = r.ring_id AND g.customer_id = r.customer_id ORDER BY r.id";
        let rooms: Vec<(String, String)> = sqlx::query_as(sql).fetch_all(&mut conn).await.unwrap();
        assert_eq!(rooms, [("a".to_owned(), "executive".to_owned()), ("n".to_owned(), "general".to_owned())]);
    }

    #[tokio::test]
    async fn the_schema_of_this_version_stands() {
        let mut conn = empty().await;
        run(&mut conn).await.unwrap();
        let violations: Vec<String> =
            sqlx::query_scalar("SELECT \"table\" FROM pragma_foreign_key_check").fetch_all(&mut conn).await.unwrap();
        assert!(violations.is_empty(), "{violations:?}");
    }
}
