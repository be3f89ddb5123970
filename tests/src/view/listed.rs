//! What the service's lists and details show.

use anyhow::{Context, Result, ensure};
use futures_util::{StreamExt, TryStreamExt, stream};
use tenantry_model::api::IncidentTab;

use super::View;
use crate::api::Api;

/// How many details are asked for at the same time.
const AT_ONCE: usize = 4;

/// Reads everything, and checks on the way that list and detail, one customer and all customers say the same (R66).
pub async fn listed(api: &Api) -> Result<View> {
    let mut view = View::default();
    for customer in api.me().await?.customers {
        view.customers.insert(customer.id, (customer.display_name, customer.permissions));
    }
    let mut union = vec![];
    for customer in view.customers.keys().copied().collect::<Vec<_>>() {
        for (at, room) in api.rooms(customer).await?.unwrap_or_default().into_iter().enumerate() {
            ensure!(room.customer_id == customer, "{:?} stands in the list of {customer:?}", room.id);
            // The list says all that the detail does: one of each customer will do.
            if at == 0 {
                let alone = api.room(customer, room.id).await?.with_context(|| format!("{:?} is listed, and cannot be read", room.id))?;
                ensure!(alone == room, "list and detail of a room differ:\n  {room:?}\n  {alone:?}");
            }
            ensure!(view.rooms.insert((customer, room.id), room).is_none(), "a room stands in the list twice");
        }
        for tab in IncidentTab::ALL {
            let rows = api.incidents(Some(customer), *tab).await?.unwrap_or_default();
            let numbers: Vec<_> = rows.iter().map(|row| row.number).collect();
            let asked = stream::iter(numbers).map(|number| api.incident(customer, number)).buffered(AT_ONCE);
            let whole: Vec<_> = asked.try_collect().await?;
            for (row, whole) in rows.into_iter().zip(whole) {
                ensure!(row.customer_id == customer, "{:?} stands in the list of {customer:?}", row.number);
                ensure!(row.status.is_active() == (*tab == IncidentTab::Active), "{:?} stands on the tab {tab}", row.number);
                let whole = whole.with_context(|| format!("{:?} is listed, and cannot be read", row.number))?;
                ensure!(whole.row == row, "list and detail of an incident differ:\n  {row:?}\n  {:?}", whole.row);
                union.push(row.number);
                ensure!(view.incidents.insert((customer, row.number), whole).is_none(), "{:?} stands in the lists twice", row.number);
            }
        }
    }
    let mut all = vec![];
    for tab in IncidentTab::ALL {
        all.extend(api.incidents(None, *tab).await?.context("/v1/incidents answered 404")?.into_iter().map(|row| row.number));
    }
    union.sort_unstable();
    all.sort_unstable();
    ensure!(union == all, "R66: over all customers {all:?}, one by one {union:?}");
    Ok(view)
}
