//! The people in assignments: whom a change concerns, and how it names them.

use tenantry_model::id::PrincipalId;
use tenantry_model::problem::FieldCode;

use crate::error::{Error, Result};
use crate::store::{Conn, people};

/// How many names are told at most.
const NAMED: usize = 50;

/// The names of the users who hold something by `before` and no longer by `after`, and the other way round, nested groups expanded.
pub(super) struct Turnover {
    pub(super) loses: Vec<String>,
    pub(super) gains: Vec<String>,
}

impl Turnover {
    pub(super) async fn between(conn: &mut Conn, before: &[PrincipalId], after: &[PrincipalId]) -> Result<Self> {
        let (before, after) = (people::users_in(conn, before).await?, people::users_in(conn, after).await?);
        let only = |these: &[PrincipalId], others: &[PrincipalId]| -> Vec<PrincipalId> {
            these.iter().copied().filter(|user| others.binary_search(user).is_err()).collect()
        };
        Ok(Self { gains: names(conn, &only(&after, &before)).await?, loses: names(conn, &only(&before, &after)).await? })
    }
}

async fn names(conn: &mut Conn, users: &[PrincipalId]) -> Result<Vec<String>> {
    let mut names: Vec<String> = people::named(conn, users).await?.into_iter().map(|it| it.display_name).collect();
    if names.len() > NAMED {
        let more = names.len() - NAMED;
        names.truncate(NAMED);
        names.push(format!("+ {more}"));
    }
    Ok(names)
}

/// R36, for Primary admins: by users and not by groups (A5). `pointer` is the member of the request that names them.
pub(in crate::domain) async fn check_not_empty(conn: &mut Conn, pointer: &str, members: &[PrincipalId]) -> Result<()> {
    if people::users_in(conn, members).await?.is_empty() {
        let why = "Primary admins must keep at least one user: add another one first.";
        return Err(Error::field(FieldCode::MembersNoUser, pointer, why));
    }
    Ok(())
}
