//! Health and usage, room by room.

use std::collections::BTreeMap;

use tenantry_model::api::reports::{HealthReport, HeldDay, REPORT_COLUMNS, RoomHealth, RoomUse, UsageDay, UsageReport};
use tenantry_model::id::TenantId;
use tenantry_model::report::{Share, utilisation};
use tenantry_model::time::{Timestamp, UtcDay};

use super::overview::by_category;
use super::scope::{Asked, RoomUseFacts, Scope};
use super::{impact, lives};
use crate::domain::audit;
use crate::domain::caller::Caller;
use crate::error::Result;
use crate::store::Conn;
use crate::store::report_incidents::Lived;

/// `GET /v1/customers/{c}/reports/health`.
pub async fn health(conn: &mut Conn, caller: &Caller, customer: TenantId, asked: Asked, now: Timestamp) -> Result<HealthReport> {
    let scope = Scope::of(conn, caller, customer, asked, now).await?;
    let facts = scope.facts(conn, scope.period).await?;
    let incidents = scope.incidents(conn).await?;
    let rooms = scope.rooms.iter().map(|it| {
        let health = scope.health(&facts, &it.room, scope.period);
        RoomHealth {
            id: it.room.id,
            name: it.room.name.clone(),
            healthy: health.healthy,
            troubled_min: health.troubled_min,
            unhealthy: health.unhealthy,
        }
    });
    let rooms = rooms.collect();
    let (impacted, impacted_count) = impact::meetings(conn, &scope, &incidents).await?;
    Ok(HealthReport {
        period: scope.period,
        days: scope.health_by_day(&facts, scope.period),
        rooms,
        categories: by_category(&incidents),
        held: held_by_day(&scope, &incidents),
        impacted,
        impacted_count,
    })
}

/// How many incidents each side held for most of each day (R95).
fn held_by_day(scope: &Scope<'_>, incidents: &[Lived]) -> Vec<HeldDay> {
    let days = || scope.period.from.up_to(scope.period.to);
    let mut counts: BTreeMap<UtcDay, (u32, u32)> = days().map(|day| (day, (0, 0))).collect();
    for (day, service) in incidents.iter().flat_map(|lived| lives::held(lived, days(), scope.now)) {
        let (helpdesk, theirs) = counts.entry(day).or_default();
        *(if service { theirs } else { helpdesk }) += 1;
    }
    counts.into_iter().map(|(day, (helpdesk, service))| HeldDay { day, helpdesk, service }).collect()
}

/// `GET /v1/customers/{c}/reports/usage`.
pub async fn usage(conn: &mut Conn, caller: &Caller, customer: TenantId, asked: Asked, now: Timestamp) -> Result<UsageReport> {
    let scope = Scope::of(conn, caller, customer, asked, now).await?;
    let facts = scope.facts(conn, scope.period).await?;
    let used: Vec<RoomUseFacts> = scope.rooms.iter().map(|it| scope.usage(&facts, it)).collect();
    let sum = used.iter().fold(RoomUseFacts::default(), |sum, room| sum.and(room));
    let day = |day: UtcDay| {
        let over = scope.rooms.iter().filter(|it| scope.is_over(it, day));
        let minutes = over.map(|it| utilisation(u64::from(facts.of(it.room.id, day).used.booked_min), 1));
        UsageDay { day, utilisation: minutes.fold(Share::default(), Share::and) }
    };
    let days = scope.period.from.up_to(scope.period.to).map(day).collect();
    let rooms = scope.rooms.iter().zip(used).map(|(it, used)| RoomUse {
        id: it.room.id,
        name: it.room.name.clone(),
        utilisation: used.utilisation,
        booked_online: used.booked_online,
        good_calls: used.good_calls,
    });
    let rooms = rooms.collect();
    let RoomUseFacts { utilisation, booked_online, good_calls } = sum;
    Ok(UsageReport { period: scope.period, utilisation, booked_online, good_calls, days, rooms })
}

/// `GET /v1/customers/{c}/reports/rooms`: the two tables of rooms as one in CSV. Cells that a spreadsheet would take for a formula begin with an apostrophe (A26).
pub async fn csv(conn: &mut Conn, caller: &Caller, customer: TenantId, asked: Asked, now: Timestamp) -> Result<String> {
    let scope = Scope::of(conn, caller, customer, asked, now).await?;
    let facts = scope.facts(conn, scope.period).await?;
    let mut text = audit::csv_line(&REPORT_COLUMNS.map(str::to_owned));
    for it in &scope.rooms {
        let health = scope.health(&facts, &it.room, scope.period);
        let used = scope.usage(&facts, it);
        text.push_str(&audit::csv_line(&[
            it.room.name.clone(),
            health.healthy.part.to_string(),
            health.healthy.whole.to_string(),
            health.troubled_min.to_string(),
            used.utilisation.part.to_string(),
            used.utilisation.whole.to_string(),
            used.utilisation.percent().map(|percent| percent.to_string()).unwrap_or_default(),
            used.booked_online.part.to_string(),
            used.booked_online.whole.to_string(),
            used.good_calls.part.to_string(),
            used.good_calls.whole.to_string(),
        ]));
    }
    Ok(text)
}
