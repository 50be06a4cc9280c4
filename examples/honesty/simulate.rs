//! Worlds whose right answer is known.

use mlfit::data::{Column, Kind, Table, Values};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64;

/// Feature columns of a simulated table.
const NUMBERS: usize = 5;
/// Levels of the one column of categories.
const LEVELS: u32 = 4;

/// What is true in a simulated table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum World {
    /// The target has nothing to do with the columns.
    NoSignal,
    /// One column in steps, and noise.
    Rule,
    /// A linear truth, with the margin at the gain of a model.
    AtTheMargin,
    /// A linear truth, with the margin at a quarter of that gain.
    ClearGain,
}

impl World {
    pub(crate) const ALL: [Self; 4] = [
        Self::NoSignal,
        Self::Rule,
        Self::AtTheMargin,
        Self::ClearGain,
    ];

    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::NoSignal => "no-signal",
            Self::Rule => "rule",
            Self::AtTheMargin => "at-the-margin",
            Self::ClearGain => "clear-gain",
        }
    }
}

/// What kind of target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Balanced,
    Rare,
    ThreeClasses,
    Number,
}

impl Shape {
    pub(crate) const ALL: [Self; 4] =
        [Self::Balanced, Self::Rare, Self::ThreeClasses, Self::Number];

    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Balanced => "two classes, half yes",
            Self::Rare => "two classes, 15 % yes",
            Self::ThreeClasses => "three classes",
            Self::Number => "a number",
        }
    }

    pub(crate) fn positive(self) -> Option<String> {
        match self {
            Self::Balanced | Self::Rare => Some("yes".to_owned()),
            Self::ThreeClasses | Self::Number => None,
        }
    }
}

/// A table of that world; `set` is its seed.
pub(crate) fn table(world: World, shape: Shape, rows: usize, set: u64) -> Table {
    let mut random = Pcg64::seed_from_u64(0x6d6c_6669_7400_0000 ^ set);
    let numbers: Vec<Vec<f64>> = (0..NUMBERS)
        .map(|_| (0..rows).map(|_| normal(&mut random)).collect())
        .collect();
    let codes: Vec<u32> = (0..rows).map(|_| random.random_range(0..LEVELS)).collect();
    let signal: Vec<f64> = (0..rows)
        .map(|row| match world {
            World::NoSignal => 0.0,
            World::Rule => step(numbers[0][row]),
            World::AtTheMargin | World::ClearGain => {
                numbers.iter().map(|column| column[row]).sum::<f64>() / (NUMBERS as f64).sqrt()
            }
        })
        .collect();
    let target = target(world, shape, &signal, &mut random);
    let mut columns: Vec<Column> = numbers
        .into_iter()
        .enumerate()
        .map(|(position, values)| {
            column(
                &format!("number_{}", position + 1),
                Kind::Number,
                Values::Number(values),
            )
        })
        .collect();
    columns.push(column(
        "category",
        Kind::Category,
        Values::Category {
            codes,
            levels: (0..LEVELS).map(|level| format!("level {level}")).collect(),
        },
    ));
    columns.push(target);
    Table {
        columns,
        rows,
        hash: format!("{set:064x}"),
        source: "simulated".to_owned(),
        ..Table::default()
    }
}

/// A step at the upper third: -0.7 below, 1.4 above (mean zero, variance one).
fn step(value: f64) -> f64 {
    if value > 0.43 { 1.4 } else { -0.7 }
}

fn target(world: World, shape: Shape, signal: &[f64], random: &mut Pcg64) -> Column {
    let strength = if world == World::NoSignal { 0.0 } else { 2.0 };
    match shape {
        Shape::Number => column(
            "target",
            Kind::Number,
            Values::Number(
                signal
                    .iter()
                    .map(|signal| 10.0 + strength * signal + normal(random))
                    .collect(),
            ),
        ),
        Shape::Balanced | Shape::Rare => {
            let base = if shape == Shape::Rare { -1.735 } else { 0.0 };
            let lift = if shape == Shape::Rare && strength > 0.0 {
                -0.9
            } else {
                0.0
            };
            let codes = signal
                .iter()
                .map(|signal| {
                    let odds = (base + lift + strength * signal).exp();
                    u32::from(random.random::<f64>() < odds / (1.0 + odds))
                })
                .collect();
            classes(codes, &["no", "yes"])
        }
        Shape::ThreeClasses => {
            let codes = signal
                .iter()
                .map(|signal| {
                    let low = (-strength * signal).exp();
                    let high = (strength * signal).exp();
                    let draw = random.random::<f64>() * (low + 1.0 + high);
                    if draw < low {
                        0
                    } else if draw < low + 1.0 {
                        1
                    } else {
                        2
                    }
                })
                .collect();
            classes(codes, &["low", "middle", "high"])
        }
    }
}

fn classes(codes: Vec<u32>, names: &[&str]) -> Column {
    column(
        "target",
        Kind::Category,
        Values::Category {
            codes,
            levels: names.iter().map(|name| (*name).to_owned()).collect(),
        },
    )
}

fn column(name: &str, kind: Kind, values: Values) -> Column {
    Column {
        name: name.to_owned(),
        kind,
        why: "simulated".to_owned(),
        values,
    }
}

/// A standard normal number (Box & Muller 1958).
fn normal(random: &mut Pcg64) -> f64 {
    let radius = (-2.0 * (1.0 - random.random::<f64>()).ln()).sqrt();
    radius * (std::f64::consts::TAU * random.random::<f64>()).cos()
}
