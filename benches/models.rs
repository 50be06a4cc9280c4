//! How long each contender of a table takes to learn, and a whole contest.
//!
//! `cargo bench --bench models`. Single fits run on one core, on the shipped
//! table of breast cancers (569 rows, 30 numbers) and on a generated one of
//! 30,000 rows with 14 columns of numbers and categories.

use std::sync::LazyLock;

use divan::{Bencher, black_box};
use mlfit::contest::control::unattended;
use mlfit::contest::metric::Scoring;
use mlfit::contest::tables::probe;
use mlfit::contest::tables::{Contender, Features, Training, encode, heuristics, models, naive};
use mlfit::contest::task::MetricName;
use mlfit::contest::{Request, Target, run, setup};
use mlfit::data::{GivenRoles, Table, assign_roles, read_csv};

fn main() {
    divan::main();
}

/// A table, ready to be learned from.
struct Ready {
    table: Table,
    features: Features,
    target: Target,
    rows: Vec<u32>,
}

impl Ready {
    fn new(csv: &[u8], target: &str) -> Option<Self> {
        let table = read_csv(csv, "table.csv").ok()?;
        let request = Request::for_target(target);
        let roles = assign_roles(
            &table,
            &GivenRoles {
                target,
                ..GivenRoles::default()
            },
        )
        .ok()?;
        let ready = setup::setup(&table, &request).ok()?.target;
        Some(Self {
            features: encode::features(&table, &roles),
            rows: (0..table.rows as u32).collect(),
            target: ready,
            table,
        })
    }
}

static CANCERS: LazyLock<Option<Ready>> =
    LazyLock::new(|| Ready::new(include_bytes!("../datasets/breast-cancer.csv"), "diagnosis"));

static MIXED: LazyLock<Option<Ready>> =
    LazyLock::new(|| Ready::new(mixed(30_000).as_bytes(), "bought"));

/// Eight numbers and six categories, of which some say something.
fn mixed(rows: usize) -> String {
    let mut text = String::new();
    for column in 0..8 {
        text.push_str(&format!("number_{column},"));
    }
    for column in 0..6 {
        text.push_str(&format!("kind_{column},"));
    }
    text.push_str("bought\n");
    let mut state: u64 = 7;
    let mut draw = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    for _ in 0..rows {
        let numbers: Vec<f64> = (0..8).map(|_| draw()).collect();
        let kinds: Vec<usize> = (0..6)
            .map(|column| (draw() * (3.0 + 4.0 * f64::from(column))) as usize)
            .collect();
        let odds = 3.0 * numbers[0] - 2.0 * numbers[1] * numbers[2] + kinds[0] as f64 * 0.5
            - 1.5 * f64::from(u8::from(kinds[5].is_multiple_of(3)))
            - 0.5;
        let bought = if draw() < 1.0 / (1.0 + (-odds).exp()) {
            "yes"
        } else {
            "no"
        };
        for number in numbers {
            text.push_str(&format!("{number:.4},"));
        }
        for kind in kinds {
            text.push_str(&format!("k{kind},"));
        }
        text.push_str(bought);
        text.push('\n');
    }
    text
}

fn contender(id: &str) -> Option<Box<dyn Contender>> {
    naive::contenders()
        .into_iter()
        .chain(heuristics::contenders())
        .chain(models::contenders())
        .chain(probe::contenders())
        .find(|contender| contender.id() == id)
}

/// One fit and the prediction of every row.
fn one(bencher: Bencher<'_, '_>, ready: Option<&Ready>, id: &str) {
    let (Some(ready), Some(contender)) = (ready, contender(id)) else {
        panic!("there is no such table or contender");
    };
    let scoring = Scoring::of(MetricName::BalancedAccuracy);
    bencher.bench(|| {
        unattended(|control| {
            let fitted = contender.fit(&Training {
                features: &ready.features,
                rows: &ready.rows,
                target: ready.target.truth(),
                scoring: &scoring,
                seed: 1,
                settled: None,
                shared: None,
                control,
            });
            fitted.map(|fitted| black_box(fitted.predict(&ready.features, &ready.rows)))
        })
    });
}

const IDS: [&str; 10] = [
    "one-rule",
    "lookup-table",
    "fast-and-frugal-tree",
    "shallow-tree",
    "points-score",
    "logistic-regression",
    "polynomial",
    "tree",
    "forest",
    "boosting",
];

#[divan::bench(args = IDS, sample_count = 10)]
fn cancers(bencher: Bencher<'_, '_>, id: &str) {
    one(bencher, CANCERS.as_ref(), id);
}

#[divan::bench(args = IDS, sample_count = 1, sample_size = 1)]
fn mixed_30_000(bencher: Bencher<'_, '_>, id: &str) {
    one(bencher, MIXED.as_ref(), id);
}

/// A whole contest with this many repeats forced.
#[divan::bench(args = [1, 10], sample_count = 3, sample_size = 1)]
fn whole_contest_cancers(bencher: Bencher<'_, '_>, repeats: usize) {
    let request = Request {
        repeats: Some(repeats),
        ..Request::for_target("diagnosis")
    };
    if let Some(ready) = CANCERS.as_ref() {
        bencher.bench(|| unattended(|control| run(&ready.table, &request, control)));
    }
}
