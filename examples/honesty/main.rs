//! How often does mlfit say "a model is needed" when none is? Measured on simulated tables.
//!
//! ```text
//! cargo run --release --example honesty > docs/HONESTY.md
//! ```
//! Options: `--sets N` (simulated tables a cell, 1000), `--sizes 100,300`,
//! `--worlds no-signal,rule,at-the-margin,clear-gain`. Progress goes to standard
//! error. It is no part of the tests: it measures, by hand, for two hours on two
//! cores. A line depends on nothing but its world, target, rows and sets, so
//! worlds may be measured by processes of their own.

#![expect(
    clippy::expect_used,
    reason = "a measuring program that meets a fault must stop"
)]

mod simulate;
mod tally;

use std::collections::BTreeMap;

use mlfit::contest::{Request, control, run};
use rayon::prelude::*;

use simulate::{Shape, World};
use tally::{Seen, Tally};

/// Sets that the true gain is measured on before the margin is put exactly there.
const CALIBRATION_SETS: u64 = 400;

fn main() {
    let options = Options::read();
    println!("# Honesty, measured\n");
    println!(
        "Every line is {} simulated tables, each through the whole contest as `mlfit bench` runs \
         it: every tier, nested choice, stopping early. Printed by `cargo run --release --example \
         honesty -- {}`, mlfit {}.\n",
        options.sets,
        options.as_text(),
        env!("CARGO_PKG_VERSION")
    );
    println!(
        "- **no-signal**: the target has nothing to do with the columns. **rule**: one column in \
         steps, plus noise, is all there is. **at-the-margin**: a linear truth whose model gains \
         exactly the margin over the best rule (the margin is put at the true gain, measured \
         beforehand on {CALIBRATION_SETS} other tables). **clear-gain**: the same truth with a \
         quarter of that margin.\n\
         - **false, settled**: share of tables in which a model is recommended and called settled \
         although none is needed, with the upper end of its one-sided 95 % Clopper-Pearson \
         interval; the promise is at most 5 %. **false, any**: the same at any confidence. In \
         the clear-gain world a model is right, so the columns show **power** instead.\n\
         - **coverage**: how often the 95 % interval of the expected score holds the true expected \
         score at that training size (the mean over all tables of the cell), over the contenders: \
         median and lowest, with the contender that has it. A contender that answers every row of a \
         table alike scores alike on every fold; its interval then has no width and misses a mean \
         over tables that is next to its score. A rule that is pruned to almost nothing on some \
         tables and finds a cue on others has two usual scores with that mean between them: where \
         it found nothing, the interval mostly ends below.\n"
    );
    println!(
        "| world | target | rows | margin | false, settled | false, any | power, settled | power, any | open | coverage median | coverage lowest |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|");
    let mut gains = Gains::default();
    for world in &options.worlds {
        for shape in Shape::ALL {
            for rows in &options.sizes {
                println!("{}", cell(*world, shape, *rows, options.sets, &mut gains));
            }
        }
    }
}

/// One line of the table.
fn cell(world: World, shape: Shape, rows: usize, sets: u64, gains: &mut Gains) -> String {
    eprintln!("{} {} {rows} rows …", world.id(), shape.label());
    let margin = match world {
        World::NoSignal | World::Rule => None,
        World::AtTheMargin => Some(gains.of(shape, rows)),
        World::ClearGain => Some(0.25 * gains.of(shape, rows)),
    };
    let seen = measure(world, shape, rows, margin, 0..sets);
    let tally = Tally::of(&seen);
    eprintln!("  {tally:?}");
    tally.line(world, shape, rows, margin)
}

/// True gains that were measured already: two worlds need the same ones.
#[derive(Default)]
struct Gains(BTreeMap<(&'static str, usize), f64>);

impl Gains {
    fn of(&mut self, shape: Shape, rows: usize) -> f64 {
        let known = self.0.entry((shape.label(), rows));
        *known.or_insert_with(|| true_gain(shape, rows))
    }
}

/// The mean gain of the better model tier over the rules at this size, in the metric's unit.
fn true_gain(shape: Shape, rows: usize) -> f64 {
    let others = 1_000_000..1_000_000 + CALIBRATION_SETS;
    let seen = measure(World::AtTheMargin, shape, rows, None, others);
    let gain = |richer: &str| {
        let gains: Vec<f64> = seen
            .iter()
            .flat_map(|set| &set.comparisons)
            .filter(|comparison| comparison.simpler == "heuristic" && comparison.richer == richer)
            .map(|comparison| comparison.difference)
            .collect();
        gains.iter().sum::<f64>() / gains.len().max(1) as f64
    };
    let gain = gain("minimum-viable-model").max(gain("headroom"));
    assert!(
        gain > 0.0,
        "the linear world must reward a model, gain {gain}"
    );
    gain
}

fn measure(
    world: World,
    shape: Shape,
    rows: usize,
    margin: Option<f64>,
    sets: std::ops::Range<u64>,
) -> Vec<Seen> {
    sets.into_par_iter()
        .map(|set| {
            let table = simulate::table(world, shape, rows, set);
            let mut request = Request::for_target("target");
            request.margin = margin;
            request.positive = shape.positive();
            request.seed = set;
            let evidence = control::unattended(|control| run(&table, &request, control))
                .expect("a simulated table is a valid one");
            Seen::of(evidence)
        })
        .collect()
}

struct Options {
    sets: u64,
    sizes: Vec<usize>,
    worlds: Vec<World>,
}

impl Options {
    fn read() -> Self {
        let mut options = Self {
            sets: 1000,
            sizes: vec![100, 300],
            worlds: World::ALL.to_vec(),
        };
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        for pair in arguments.chunks(2) {
            let value = pair.get(1).expect("an option has a value");
            match pair[0].as_str() {
                "--sets" => options.sets = value.parse().expect("a number of sets"),
                "--sizes" => {
                    options.sizes = value
                        .split(',')
                        .map(|size| size.parse().expect("a number of rows"))
                        .collect();
                }
                "--worlds" => {
                    options.worlds = value
                        .split(',')
                        .map(|id| {
                            World::ALL
                                .into_iter()
                                .find(|world| world.id() == id)
                                .expect("a world")
                        })
                        .collect();
                }
                other => panic!("unknown option {other}"),
            }
        }
        options
    }

    fn as_text(&self) -> String {
        let sizes: Vec<String> = self.sizes.iter().map(ToString::to_string).collect();
        let worlds: Vec<&str> = self.worlds.iter().map(|world| world.id()).collect();
        format!(
            "--sets {} --sizes {} --worlds {}",
            self.sets,
            sizes.join(","),
            worlds.join(",")
        )
    }
}
