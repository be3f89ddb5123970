//! `cargo xtask bench`: ours against bare floors, in the same run, release builds. `--estate all` measures S, M and L, and says them side by side.

use std::fs;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::arguments::Arguments;
use crate::project::Project;
use crate::run::name_binaries;
use crate::setup::{self, system::Need};
use crate::step::{self, Show};
use crate::{dist, ui};

const ESTATES: [&str; 3] = ["s", "m", "l"];

pub(crate) fn command(project: &Project, mut arguments: Arguments) -> Result<()> {
    let estate = arguments.estate("m", &["all"])?;
    arguments.finish()?;
    setup::everything(project, &[Need::Build, Need::Run, Need::Test])?;
    ui::ensure(project, ui::Build::Small)?;
    dist::release_binaries(project)?;
    step::run("build the benchmark", project.cargo().args(["build", "--release", "-p", "tenantry-tests", "--bin", "bench"]))?;
    if estate != "all" {
        return measure(project, &estate).map(drop);
    }
    let mut measured = vec![];
    let outcome = ESTATES.iter().try_for_each(|estate| measure(project, estate).map(|rows| measured.push(rows)));
    // What was measured before a failure is still worth reading.
    println!("\n{}", side_by_side(&measured));
    outcome
}

/// A row of `summary.json`, as far as it is read here.
#[derive(Debug, Deserialize)]
struct Row {
    name: String,
    ours: f64,
    ratio: Option<f64>,
    unit: String,
}

fn measure(project: &Project, estate: &str) -> Result<Vec<Row>> {
    let folder = project.target("bench").join(estate);
    fs::create_dir_all(&folder)?;
    let summary = folder.join("summary.json");
    if summary.exists() {
        fs::remove_file(&summary)?;
    }
    let mut bench = project.program(project.binary("release", "bench"));
    bench.args(["--estate", estate, "--out"]).arg(&folder);
    name_binaries(project, "release", &mut bench);
    let outcome = step::watch(&format!("bench, estate {estate}"), &mut bench, Show::Lines)?;
    if !outcome.success {
        bail!("the benchmark failed");
    }
    let text = fs::read_to_string(&summary).with_context(|| format!("the benchmark wrote no {}", summary.display()))?;
    println!("written: {}", summary.display());
    Ok(serde_json::from_str(&text)?)
}

/// One line for each row of the first estate: what was measured in each, with its ratio to the floor, and the last by the first.
fn side_by_side(measured: &[Vec<Row>]) -> String {
    // Names say how much there was, which differs.
    let key = |row: &Row| row.name.replace(|letter: char| letter.is_ascii_digit(), "");
    let mut lines = vec![format!("{:<64} {}   L by S", "", ESTATES.map(|estate| format!("{:>18}", estate.to_uppercase())).join(" "))];
    for first in measured.first().into_iter().flatten() {
        let of_each: Vec<_> =
            (0..ESTATES.len()).map(|at| measured.get(at).and_then(|rows| rows.iter().find(|row| key(row) == key(first)))).collect();
        let cell = |row: &Option<&Row>| {
            let ratio = row.and_then(|row| row.ratio).map_or_else(|| "–".to_owned(), |ratio| format!("{ratio:.2}×"));
            row.map_or_else(|| format!("{:>18}", "–"), |row| format!("{:>10.2} {ratio:>7}", row.ours))
        };
        let growth = of_each
            .get(ESTATES.len() - 1)
            .copied()
            .flatten()
            .filter(|_| first.ours > 0.0)
            .map_or_else(|| "–".to_owned(), |last| format!("{:.2}×", last.ours / first.ours));
        lines.push(format!("{:<64} {} {growth:>8}  {}", first.name, of_each.iter().map(cell).collect::<Vec<_>>().join(" "), first.unit));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_the_same_thing_stand_beside_each_other() {
        let row = |name: &str, ours, ratio| Row { name: name.into(), ours, ratio, unit: "ms".into() };
        let measured = [
            vec![row("start", 2.0, None), row("keystroke, 53 open", 10.0, Some(2.0))],
            vec![row("keystroke, 5300 open", 11.0, Some(2.1))],
            vec![row("keystroke, 50000 open", 15.0, Some(2.25)), row("start", 3.0, None)],
        ];
        let lines = side_by_side(&measured);
        let words: Vec<Vec<&str>> = lines.lines().skip(1).map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(words[0], ["start", "2.00", "–", "–", "3.00", "–", "1.50×", "ms"]);
        assert_eq!(words[1], ["keystroke,", "53", "open", "10.00", "2.00×", "11.00", "2.10×", "15.00", "2.25×", "1.50×", "ms"]);
    }
}
