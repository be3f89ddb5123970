//! One action at many incidents or rooms. `judge` decides what is done at one and why not; `plan` gathers that by customer; `run` holds how it goes; `running`
//! sends what is planned through the outbox, a few at a time; `commands` are the window's, and `unfinished`
//! what was left of runs before.

mod commands;
mod judge;
mod plan;
mod run;
mod running;
mod unfinished;

pub(super) use run::Bulk;
