//! The lines of the sync, folded in the plainest way: a second opinion on what they mean, beside the client's.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};
use tenantry_model::id::TenantId;
use tenantry_model::sync::{Kept, SyncLine};
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;

use super::View;
use crate::api::Api;

/// A copy kept by folding lines.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    /// What it holds.
    pub view: View,
    /// What to send next time.
    pub cursor: Option<String>,
    /// The moment it stands for.
    pub at: Option<Timestamp>,
    /// How many answers were snapshots.
    pub snapshots: u32,
    /// How many answers there were.
    pub answers: u32,
    /// How many customers were reset, for tests to see that they were.
    pub resets: u32,
    /// How many lines told that something is gone.
    pub gone: u32,
    /// How many lines were an inactive incident's row alone (A40).
    pub rows_alone: usize,
    /// Active incidents whose row has come, and the rest is still to come.
    awaited: BTreeSet<(TenantId, TicketNumber)>,
}

impl Folded {
    /// Asks once, and again while older history is still to come.
    pub async fn follow(&mut self, api: &Api) -> Result<()> {
        while self.step(api).await? {}
        Ok(())
    }

    /// Asks once. Answers whether to ask again at once.
    pub async fn step(&mut self, api: &Api) -> Result<bool> {
        let Some(lines) = api.sync(self.cursor.as_deref()).await? else {
            ensure!(self.cursor.take().is_some(), "no cursor was sent, and the service does not know it");
            return Ok(true);
        };
        self.apply(lines)
    }

    /// Folds one whole answer. Answers whether more is to come at once.
    pub fn apply(&mut self, lines: Vec<SyncLine>) -> Result<bool> {
        let mut lines = lines.into_iter();
        let Some(SyncLine::Begin(begin)) = lines.next() else { anyhow::bail!("the first line is no Begin") };
        self.answers += 1;
        if begin.snapshot {
            self.view = View::default();
            self.awaited.clear();
            self.snapshots += 1;
        } else {
            ensure!(self.cursor.is_some(), "no cursor was sent, and the answer is no snapshot");
        }
        let (mut checkpoint, mut forms) = (None, vec![]);
        for line in lines {
            ensure!(checkpoint.is_none(), "a line stands after the checkpoint: {line:?}");
            match line {
                SyncLine::Begin(_) => anyhow::bail!("a second Begin"),
                SyncLine::Customer(customer) => {
                    if customer.reset {
                        self.resets += 1;
                        self.forget(customer.id);
                    }
                    self.view.customers.insert(customer.id, (customer.display_name, customer.permissions));
                }
                SyncLine::CustomerGone(customer) => {
                    self.gone += 1;
                    self.forget(customer);
                    self.view.customers.remove(&customer);
                }
                SyncLine::Room(room) => {
                    self.known(room.customer_id)?;
                    self.view.rooms.insert((room.customer_id, room.id), *room);
                }
                SyncLine::RoomGone(room) => {
                    self.gone += 1;
                    self.view.rooms.remove(&(room.customer_id, room.id));
                }
                SyncLine::Incident(incident) => {
                    self.known(incident.row.customer_id)?;
                    forms.push((incident.row.clone(), Kept::Whole));
                    self.awaited.remove(&(incident.row.customer_id, incident.row.number));
                    self.view.incidents.insert((incident.row.customer_id, incident.row.number), *incident);
                }
                SyncLine::IncidentRow(row) => {
                    self.known(row.customer_id)?;
                    if begin.snapshot && row.status.is_active() {
                        self.awaited.insert((row.customer_id, row.number));
                    } else {
                        self.rows_alone += 1;
                        forms.push(((*row).clone(), Kept::Row));
                    }
                    self.view.incidents.insert((row.customer_id, row.number), row.alone());
                }
                SyncLine::IncidentGone(incident) => {
                    self.gone += 1;
                    self.awaited.remove(&(incident.customer_id, incident.number));
                    self.view.incidents.remove(&(incident.customer_id, incident.number));
                }
                SyncLine::ReadMark(_) | SyncLine::SavedViews(_) => anyhow::bail!("a kind of line that nobody asked for: {line:?}"),
                SyncLine::Checkpoint(last) => checkpoint = Some(last),
            }
        }
        let checkpoint = checkpoint.context("the last line is no Checkpoint")?;
        ensure!(self.at.is_none_or(|before| before <= checkpoint.at), "time ran backwards: {:?} to {}", self.at, checkpoint.at);
        self.cursor = Some(checkpoint.cursor);
        for (row, form) in forms {
            ensure!(Kept::of(&row, checkpoint.at) == form, "sent as {form:?} at {}: {row:?}", checkpoint.at);
        }
        ensure!(checkpoint.history_pending || self.awaited.is_empty(), "the rest of these never came: {:?}", self.awaited);
        self.view.incidents = super::kept(&self.view.incidents, Some(checkpoint.at));
        self.at = Some(checkpoint.at);
        self.view.at = self.at;
        Ok(checkpoint.history_pending)
    }

    fn known(&self, customer: TenantId) -> Result<()> {
        ensure!(self.view.customers.contains_key(&customer), "a row of {customer:?} came before its customer");
        Ok(())
    }

    fn forget(&mut self, customer: TenantId) {
        retain(&mut self.view.rooms, customer);
        retain(&mut self.view.incidents, customer);
        self.awaited.retain(|(of, _)| *of != customer);
    }
}

fn retain<K: Ord + Copy, V>(rows: &mut BTreeMap<(TenantId, K), V>, gone: TenantId) {
    rows.retain(|(customer, _), _| *customer != gone);
}
