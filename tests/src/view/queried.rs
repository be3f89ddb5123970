//! What an engine answers to the questions that screens ask.

use anyhow::{Context, Result, ensure};
use tenantry_client::app::Engine;
use tenantry_model::api::IncidentTab;
use tenantry_model::id::TenantId;
use tenantry_model::incident::IncidentRow;
use tenantry_model::ipc::{
    CustomerQuery, CustomerRow, IncidentColumn, IncidentFilter, IncidentQuery, IncidentRef, IncidentRest, IncidentScope, ListRow,
    ListWindow, RoomKey, RoomQuery, RoomRow,
};
use tenantry_model::sync::Kept;

use super::View;

/// Small pages, so that reading them in turn is tested, too.
const PAGE: u32 = 50;

/// A list that a screen would ask for: everything of a scope and tab.
pub fn whole_list(scope: IncidentScope, tab: IncidentTab) -> IncidentQuery {
    IncidentQuery {
        scope,
        tab,
        resolved_days: 36_500,
        filter: IncidentFilter::default(),
        sort: IncidentColumn::Urgency,
        descending: false,
        titles: vec![],
        by_category: false,
        collapsed: vec![],
        offset: 0,
        limit: PAGE,
    }
}

/// All customers in the dropdown.
pub async fn customers(engine: &Engine) -> Result<Vec<CustomerRow>> {
    let mut rows = vec![];
    loop {
        let offset = u32::try_from(rows.len())?;
        let page = engine.list_customers(CustomerQuery { text: String::new(), window: ListWindow { offset, limit: PAGE } }).await?;
        let done = page.rows.len() < PAGE as usize;
        rows.extend(page.rows);
        if done {
            ensure!(page.total as usize == rows.len() && page.all == page.total, "{} of {} customers came", rows.len(), page.total);
            return Ok(rows);
        }
    }
}

/// All incidents of a scope and tab, snoozed or not.
pub async fn incidents(engine: &Engine, scope: IncidentScope, tab: IncidentTab) -> Result<Vec<IncidentRow>> {
    let mut rows = in_sight_or_not(engine, scope, tab, false).await?;
    rows.extend(in_sight_or_not(engine, scope, tab, true).await?);
    Ok(rows)
}

async fn in_sight_or_not(engine: &Engine, scope: IncidentScope, tab: IncidentTab, snoozed: bool) -> Result<Vec<IncidentRow>> {
    let filter = IncidentFilter { snoozed, ..IncidentFilter::default() };
    let mut rows = vec![];
    loop {
        let offset = u32::try_from(rows.len())?;
        let page = engine.list_incidents(IncidentQuery { offset, filter: filter.clone(), ..whole_list(scope, tab) }).await?.read()?;
        let done = page.rows.len() < PAGE as usize;
        for row in page.rows {
            match row {
                ListRow::Incident { incident, .. } => rows.push(*incident),
                ListRow::Category { category, .. } => anyhow::bail!("nobody asked for the category {category}"),
            }
        }
        if done {
            ensure!(
                page.matches as usize == rows.len() && page.counters.all == page.matches,
                "{} of {} incidents came",
                rows.len(),
                page.matches
            );
            return Ok(rows);
        }
    }
}

/// All rooms of a customer.
pub async fn rooms(engine: &Engine, customer_id: TenantId) -> Result<Vec<RoomRow>> {
    let mut rows = vec![];
    loop {
        let offset = u32::try_from(rows.len())?;
        let query = RoomQuery { offset, ..RoomQuery::of_customer(customer_id, PAGE) };
        let page = engine.list_rooms(query).await?;
        let done = page.rows.len() < PAGE as usize;
        rows.extend(page.rows);
        if done {
            ensure!(page.total as usize == rows.len(), "{} of {} rooms came", rows.len(), page.total);
            return Ok(rows);
        }
    }
}

/// Reads everything, and checks on the way that counts and lists say the same. It fails while the cache changes under it: ask again.
pub async fn queried(engine: &Engine) -> Result<View> {
    let mut view = View { at: engine.get_sync().await?.as_of, ..View::default() };
    let mut union = vec![];
    for customer in customers(engine).await? {
        view.customers.insert(customer.id, (customer.display_name.clone(), customer.permissions));
        for row in rooms(engine, customer.id).await? {
            let key = RoomKey { customer_id: customer.id, id: row.room.id };
            let alone = engine.get_room(key).await?;
            ensure!(alone.room == row.room, "list and detail of a room differ");
            ensure!(alone.incidents.as_ref().map(Vec::len) == row.open_tickets.map(|n| n as usize), "open tickets of {key:?}");
            view.rooms.insert((customer.id, row.room.id), row.room);
        }
        for tab in IncidentTab::ALL {
            let rows = incidents(engine, IncidentScope::Customer { id: customer.id }, *tab).await?;
            if *tab == IncidentTab::Active {
                // What is snoozed counts nowhere (A33).
                let in_sight: Vec<&IncidentRow> = rows.iter().filter(|row| row.snooze.is_none()).collect();
                let open = in_sight.len();
                ensure!(customer.open == Some(u32::try_from(open)?), "{}: {:?} open, {open} listed", customer.id, customer.open);
                ensure!(customer.worst == in_sight.iter().map(|row| row.severity).min(), "{}: worst is {:?}", customer.id, customer.worst);
            }
            for row in rows {
                union.push(row.number);
                if view.at.is_some_and(|at| Kept::of(&row, at) != Kept::Whole) {
                    view.incidents.insert((customer.id, row.number), row.alone());
                    continue;
                }
                let detail = engine.get_incident(IncidentRef { customer_id: customer.id, number: row.number }).await?;
                ensure!(detail.incident.row == row, "list and detail of an incident differ:\n  {row:?}\n  {:?}", detail.incident.row);
                ensure!(detail.rest == IncidentRest::Here, "{:?} is not here whole: {:?}", row.number, detail.rest);
                view.incidents.insert((customer.id, row.number), detail.incident);
            }
        }
    }
    let mut all = vec![];
    for tab in IncidentTab::ALL {
        all.extend(incidents(engine, IncidentScope::All, *tab).await.context("over all customers")?.into_iter().map(|row| row.number));
    }
    union.sort_unstable();
    all.sort_unstable();
    ensure!(union == all, "R66: over all customers {all:?}, one by one {union:?}");
    Ok(view)
}
