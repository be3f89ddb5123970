//! What the estate is made of, as it is written. What a change means for others, [`crate::domain::estate`] knows and records.

/// Runs one statement with these values, and answers how many rows it touched.
macro_rules! run {
    ($conn:expr, $sql:expr $(, $value:expr)* $(,)?) => {
        db::query($sql)$(.bind($value))*.execute(&mut *$conn).await?
    };
}

pub mod issues;
pub mod people;
pub mod relationships;
pub mod roles;
pub mod rooms;
pub mod tenants;
