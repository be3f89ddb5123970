//! The table of results, printed and written.

use std::path::Path;

use anyhow::Result;
use serde::Serialize;

use crate::timing::Samples;

/// A line of the table.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Row {
    /// What was measured.
    name: String,
    /// Ours: the median.
    ours: f64,
    /// The floor's median; none where there is nothing to compare with, and the name says why.
    floor: Option<f64>,
    /// Ours by the floor.
    ratio: Option<f64>,
    /// `ms`: less is better. `requests/s`, `MiB/s`: more is better. `bytes`: less is better.
    unit: &'static str,
    /// Of 100 measurements of ours, 95 were no slower.
    ours_p95: Option<f64>,
    /// The same of the floor.
    floor_p95: Option<f64>,
    /// How often each was measured.
    rounds: usize,
}

impl Row {
    /// Times of ours and of the floor.
    pub(crate) fn times(name: impl Into<String>, [ours, floor]: &[Samples; 2]) -> Self {
        let mut row = Self::alone(name, ours);
        row.floor = Some(floor.median());
        row.floor_p95 = Some(floor.p95());
        row.ratio = Some(ours.median() / floor.median());
        row
    }

    /// Times of ours where there is no floor.
    pub(crate) fn alone(name: impl Into<String>, ours: &Samples) -> Self {
        Self { ours_p95: Some(ours.p95()), rounds: ours.len(), ..Self::number(name, "ms", ours.median(), None) }
    }

    /// Numbers.
    pub(crate) fn number(name: impl Into<String>, unit: &'static str, ours: f64, floor: Option<f64>) -> Self {
        let ratio = floor.map(|floor| ours / floor);
        Self { name: name.into(), ours, floor, ratio, unit, ours_p95: None, floor_p95: None, rounds: 1 }
    }
}

/// See the module.
#[derive(Debug)]
pub(crate) struct Table {
    estate: &'static str,
    rows: Vec<Row>,
}

impl Table {
    pub(crate) fn new(estate: &'static str) -> Self {
        Self { estate, rows: vec![] }
    }

    /// Adds a row, and says so: the whole takes minutes.
    pub(crate) fn add(&mut self, row: Row) {
        println!("{}", line(&row));
        self.rows.push(row);
    }

    pub(crate) fn print(&self) {
        println!("\nEstate {}\n{}", self.estate.to_uppercase(), head());
        self.rows.iter().for_each(|row| println!("{}", line(row)));
    }

    /// Writes `summary.json` into the folder.
    pub(crate) fn write(&self, folder: &Path) -> Result<()> {
        std::fs::create_dir_all(folder)?;
        let mut text = serde_json::to_string_pretty(&self.rows)?;
        text.push('\n');
        Ok(std::fs::write(folder.join("summary.json"), text)?)
    }
}

fn head() -> String {
    let [ours, ours_95, floor, floor_95, ratio] = ["ours", "p95", "floor", "p95", "ratio"];
    format!("{:<64} {ours:>10} {ours_95:>10} {floor:>10} {floor_95:>10} {ratio:>7}  unit", "")
}

fn line(row: &Row) -> String {
    let number = |number: Option<f64>| number.map_or_else(|| "–".to_owned(), |number| format!("{number:.3}"));
    let ratio = row.ratio.map_or_else(|| "–".to_owned(), |ratio| format!("{ratio:.2}×"));
    let [ours, ours_95, floor, floor_95] = [Some(row.ours), row.ours_p95, row.floor, row.floor_p95].map(number);
    format!("{:<64} {ours:>10} {ours_95:>10} {floor:>10} {floor_95:>10} {ratio:>7}  {}", row.name, row.unit)
}
