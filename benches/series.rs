//! How long forecasting takes: many series at once, and one with many origins.
//!
//! `cargo bench --bench series`. Ceilings on two cores: 20 s for the thousand
//! series with every tier and three compared origins, 1 s for the single one.

use divan::Bencher;
use mlfit::contest::control::unattended;
use mlfit::contest::{Request, run};
use mlfit::data::{Table, read_csv};

fn main() {
    divan::main();
}

/// Monthly series with trend, season and noise, all from January 2000 on.
fn table(series: usize, points: usize) -> Table {
    let mut text = "series,month,value\n".to_owned();
    let mut state: u64 = 42;
    for name in 0..series {
        for point in 0..points {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let noise = (state >> 11) as f64 / (1_u64 << 53) as f64;
            let wave = (point as f64 * std::f64::consts::TAU / 12.0).sin();
            let value = 100.0 + 0.3 * point as f64 + 15.0 * wave + 12.0 * noise;
            let (year, month) = (2000 + point / 12, point % 12 + 1);
            text.push_str(&format!("s{name},{year}-{month:02}-01,{value:.3}\n"));
        }
    }
    read_csv(text.as_bytes(), "generated.csv").unwrap_or_default()
}

fn request(grouped: bool) -> Request {
    Request {
        horizon: Some(12),
        time: Some("month".to_owned()),
        group: grouped.then(|| "series".to_owned()),
        ignore: if grouped {
            Vec::new()
        } else {
            vec!["series".to_owned()]
        },
        ..Request::for_target("value")
    }
}

#[divan::bench(sample_count = 1, sample_size = 1)]
fn a_thousand_series_of_120_points(bencher: Bencher<'_, '_>) {
    let (table, request) = (table(1_000, 120), request(true));
    bencher.bench(|| unattended(|control| run(&table, &request, control)));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn one_series_of_144_points(bencher: Bencher<'_, '_>) {
    let (table, request) = (table(1, 144), request(false));
    bencher.bench(|| unattended(|control| run(&table, &request, control)));
}
