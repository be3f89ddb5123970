//! Numbered migrations, embedded and append-only. A database that a newer version wrote is refused.

use sqlx::SqliteConnection;

use crate::error::{Error, Result};

/// Number, and what it runs. A number that has shipped is never changed again: add the next one.
const MIGRATIONS: &[(i64, &str)] = &[
    (1, include_str!("../migrations/sqlite/0001_foundation.sql")),
    (2, include_str!("../migrations/sqlite/0002_audit.sql")),
    (3, include_str!("../migrations/sqlite/0003_relations.sql")),
    (4, include_str!("../migrations/sqlite/0004_requester.sql")),
    (5, include_str!("../migrations/sqlite/0005_search.sql")),
    (6, include_str!("../migrations/sqlite/0006_audiences.sql")),
];

/// Brings the schema up to date; each migration is whole or not at all.
pub(super) async fn run(conn: &mut SqliteConnection) -> Result<()> {
    run_all(conn, MIGRATIONS).await
}

/// Refuses a schema that is older than `oldest`, or newer than this version; changes nothing.
pub(super) async fn check(conn: &mut SqliteConnection, oldest: i64) -> Result<()> {
    let found: i64 = sqlx::query_scalar("SELECT COALESCE(MAX(version), 0) FROM schema_migrations").fetch_one(conn).await?;
    let known = MIGRATIONS.last().map_or(0, |(version, _)| *version);
    if found > known {
        return Err(Error::SchemaTooNew { found, known });
    }
    if found < oldest {
        return Err(Error::Config(format!("the database has schema {found}, this needs {oldest}: start the service on it once")));
    }
    Ok(())
}

async fn run_all(conn: &mut SqliteConnection, migrations: &'static [(i64, &'static str)]) -> Result<()> {
    sqlx::query("CREATE TABLE IF NOT EXISTS schema_migrations (version BIGINT PRIMARY KEY)").execute(&mut *conn).await?;
    let found: i64 = sqlx::query_scalar("SELECT COALESCE(MAX(version), 0) FROM schema_migrations").fetch_one(&mut *conn).await?;
    let known = migrations.last().map_or(0, |(version, _)| *version);
    if found > known {
        return Err(Error::SchemaTooNew { found, known });
    }
    for (version, sql) in migrations.iter().filter(|(version, _)| *version > found) {
        let mut tx = sqlx::Connection::begin_with(&mut *conn, "BEGIN IMMEDIATE").await?;
        sqlx::raw_sql(*sql).execute(&mut *tx).await?;
        sqlx::query("INSERT INTO schema_migrations (version) VALUES ($1)").bind(version).execute(&mut *tx).await?;
        tx.commit().await?;
        tracing::info!(version, "schema migrated");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use sqlx::Connection;

    const TWO: &[(i64, &str)] = &[(1, "CREATE TABLE a (x BIGINT)"), (2, "CREATE TABLE b (x BIGINT)")];
    const BROKEN: &[(i64, &str)] = &[(1, "CREATE TABLE a (x BIGINT)"), (2, "CREATE TABLE b (x BIGINT); CREATE TABLE a (x BIGINT)")];

    async fn empty() -> SqliteConnection {
        SqliteConnection::connect("sqlite::memory:").await.unwrap()
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
        run_all(&mut conn, TWO).await.unwrap();
        run_all(&mut conn, TWO).await.unwrap();
        assert_eq!(tables(&mut conn).await, ["a", "b"]);
    }

    #[tokio::test]
    async fn a_migration_that_fails_leaves_nothing_of_itself() {
        let mut conn = empty().await;
        assert!(run_all(&mut conn, BROKEN).await.is_err());
        assert_eq!(tables(&mut conn).await, ["a"]);
        run_all(&mut conn, TWO).await.unwrap();
        assert_eq!(tables(&mut conn).await, ["a", "b"]);
    }

    #[tokio::test]
    async fn a_newer_schema_is_refused_in_words() {
        let mut conn = empty().await;
        run_all(&mut conn, TWO).await.unwrap();
        let error = run_all(&mut conn, &TWO[..1]).await.unwrap_err();
        assert!(matches!(error, Error::SchemaTooNew { found: 2, known: 1 }), "{error}");
        assert!(error.to_string().contains("start the newer version"), "{error}");
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
