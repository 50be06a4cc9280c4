//! How often forecasting is recommended where it cannot help, and where it must.
//!
//! Simulates random walks, whose best forecast is the last value, and strongly
//! seasonal series, and prints rates as Markdown; then times many series.
//! `cargo run --release --example series_honesty [walks by setting]`

use std::time::Instant;

use mlfit::contest::control::unattended;
use mlfit::contest::{Request, Tier, run};
use mlfit::data::{Column, Kind, Table, Values};
use mlfit::problem::Problem;
use mlfit::vocabulary::Confidence;
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64;

/// Length and horizon of each setting.
const SETTINGS: [(usize, usize); 4] = [(60, 1), (120, 1), (120, 6), (120, 12)];

fn main() -> Result<(), Problem> {
    let count: u64 = std::env::args()
        .nth(1)
        .and_then(|text| text.parse().ok())
        .unwrap_or(250);
    println!(
        "| series | points | horizon | simulated | settled on more than the last value | recommends more |"
    );
    println!("|---|---|---|---|---|---|");
    for (points, horizon) in SETTINGS {
        rates("random walk", points, horizon, count, walk)?;
    }
    rates("strongly seasonal", 120, 12, count.min(200), seasonal)?;
    let series: Vec<Vec<f64>> = (0..1_000).map(|seed| seasonal(seed, 120)).collect();
    let table = table(&series);
    let started = Instant::now();
    unattended(|control| run(&table, &request(12, true), control))?;
    println!(
        "\n1,000 monthly series of 120 points, 12 ahead: {:.1} s on {} threads.",
        started.elapsed().as_secs_f64(),
        std::thread::available_parallelism().map_or(1, usize::from)
    );
    Ok(())
}

fn rates(
    name: &str,
    points: usize,
    horizon: usize,
    count: u64,
    simulate: fn(u64, usize) -> Vec<f64>,
) -> Result<(), Problem> {
    let (mut settled, mut more) = (0, 0);
    for seed in 0..count {
        let table = table(&[simulate(seed, points)]);
        let found = unattended(|control| run(&table, &request(horizon, false), control))?;
        let is_more = found.recommendation.contender != "last-value"
            && found.recommendation.tier != Tier::Naive;
        more += u64::from(is_more);
        settled += u64::from(is_more && found.recommendation.confidence == Confidence::Settled);
    }
    let percent = |part: u64| 100.0 * part as f64 / count as f64;
    println!(
        "| {name} | {points} | {horizon} | {count} | {:.1} % | {:.1} % |",
        percent(settled),
        percent(more)
    );
    Ok(())
}

fn request(horizon: usize, grouped: bool) -> Request {
    Request {
        horizon: Some(horizon),
        time: Some("month".to_owned()),
        group: grouped.then(|| "series".to_owned()),
        ..Request::for_target("value")
    }
}

/// A normal deviate: twelve uniform ones, less six.
fn deviates(seed: u64) -> impl Iterator<Item = f64> {
    let mut random = Pcg64::seed_from_u64(seed);
    std::iter::repeat_with(move || (0..12).map(|_| random.random::<f64>()).sum::<f64>() - 6.0)
}

fn walk(seed: u64, points: usize) -> Vec<f64> {
    deviates(seed)
        .take(points)
        .scan(100.0, |level, step| {
            *level += step;
            Some(*level)
        })
        .collect()
}

/// A yearly wave five times as high as the noise.
fn seasonal(seed: u64, points: usize) -> Vec<f64> {
    deviates(seed)
        .take(points)
        .enumerate()
        .map(|(month, noise)| {
            let angle = std::f64::consts::TAU * month as f64 / 12.0;
            50.0 + 5.0 * angle.sin() + noise
        })
        .collect()
}

/// The series below each other, by month from January 2000 on.
fn table(series: &[Vec<f64>]) -> Table {
    let column = |name: &str, kind, values| Column {
        name: name.to_owned(),
        kind,
        why: "simulated".to_owned(),
        values,
    };
    let month = |index: usize| {
        // the first day of each month, counted from 1970-01-01
        let (year, month) = (2000 + index / 12, index % 12);
        let leap = |year: usize| {
            year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400)
        };
        let years: usize = (1970..year).map(|year| 365 + usize::from(leap(year))).sum();
        let before = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334][month];
        let days = years + before + usize::from(month > 1 && leap(year));
        days as u32
    };
    let moments = series
        .iter()
        .flat_map(|values| (0..values.len()).map(|index| i64::from(month(index)) * 86_400))
        .collect();
    let codes = series
        .iter()
        .zip(0_u32..)
        .flat_map(|(values, code)| vec![code; values.len()])
        .collect();
    let rows = series.iter().map(Vec::len).sum();
    Table {
        columns: vec![
            column("month", Kind::Date, Values::Date(moments)),
            column("value", Kind::Number, Values::Number(series.concat())),
            column(
                "series",
                Kind::Category,
                Values::Category {
                    codes,
                    levels: (0..series.len()).map(|index| format!("s{index}")).collect(),
                },
            ),
        ],
        rows,
        source: "simulated".to_owned(),
        ..Table::default()
    }
}
