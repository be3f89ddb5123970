//! The report at a glance (R93).

use tenantry_model::api::reports::{CategoryCount, OverviewReport};
use tenantry_model::id::TenantId;
use tenantry_model::report::{ReportCategory, Share};
use tenantry_model::time::Timestamp;

use super::scope::{Asked, RoomUseFacts, Scope};
use crate::domain::caller::Caller;
use crate::error::Result;
use crate::store::Conn;
use crate::store::report_incidents::Lived;

/// `GET /v1/customers/{c}/reports/overview`. Needs `reports.view` there, as all reports do, and is over the rooms that it covers.
pub async fn overview(conn: &mut Conn, caller: &Caller, customer: TenantId, asked: Asked, now: Timestamp) -> Result<OverviewReport> {
    let scope = Scope::of(conn, caller, customer, asked, now).await?;
    let history = scope.history();
    let all = tenantry_model::api::reports::ReportPeriod { from: history.from.min(scope.period.from), to: history.to };
    let facts = scope.facts(conn, all).await?;
    let incidents = scope.incidents(conn).await?;
    let usage = scope.rooms.iter().fold(RoomUseFacts::default(), |sum, room| sum.and(&scope.usage(&facts, room)));
    let healthy = scope.rooms.iter().map(|it| scope.health(&facts, &it.room, scope.period).healthy);
    Ok(OverviewReport {
        period: scope.period,
        rooms: u32::try_from(scope.rooms.len()).unwrap_or(u32::MAX),
        healthy: healthy.fold(Share::default(), Share::and),
        history: scope.health_by_day(&facts, history),
        utilisation: usage.utilisation,
        booked_online: usage.booked_online,
        good_calls: usage.good_calls,
        categories: by_category(&incidents),
    })
}

/// How many of each of the six categories (R94).
pub(super) fn by_category(incidents: &[Lived]) -> Vec<CategoryCount> {
    let count = |category: ReportCategory| {
        let of = incidents.iter().filter(|lived| ReportCategory::of(lived.kind) == category).count();
        CategoryCount { category, incidents: u32::try_from(of).unwrap_or(u32::MAX) }
    };
    ReportCategory::ALL.iter().copied().map(count).collect()
}
