//! What may stand on the command line; its comments are the help.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::contest::Request;
use crate::contest::request::{DEFAULT_SEED, ErrorCosts, External};
use crate::contest::{MetricName, Task};
use crate::vocabulary::Rung;

/// Does this use case need machine learning, and if so how little of it?
///
/// Without a command, the interface opens. Exit codes: 0 done, 1 the answer is
/// no (mlfit check, mlfit rubric test), 2 bad usage or input, 130 interrupted
/// (Ctrl-C).
#[derive(Debug, Parser)]
#[command(name = "mlfit", version, max_term_width = 100)]
pub(super) struct Arguments {
    /// Print results, and errors, as JSON
    #[arg(long, global = true)]
    pub(super) json: bool,
    /// Print line by line, without drawings: for screen readers and simple terminals
    #[arg(long, global = true)]
    pub(super) plain: bool,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make a folder for a new case
    New(New),
    /// Answer questions of a case, or show what the answers mean
    Assess(Assess),
    /// Let a baseline, heuristics and minimum viable models (the smallest that work) compete on sample data
    Bench(Box<Bench>),
    /// Decide a case, or a benchmark alone, and write the verdict down
    Decide(Decide),
    /// Print the report of a case
    Report(Report),
    /// Print the rule that a case recommends, for use elsewhere
    Export(Export),
    /// Look at rubrics, and check one of your own
    Rubric {
        #[command(subcommand)]
        action: Rubric,
    },
    /// List every case under a folder: what needs me?
    Portfolio(Portfolio),
    /// Does the last verdict still hold? Exits with 1 if not
    Check(Check),
    /// Run a prepared case on shipped data, from answers to report
    Demo(Demo),
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

#[derive(Args, Debug)]
pub(super) struct New {
    /// The folder to make
    pub(super) case: PathBuf,
    /// What the case is called, such as the decision that it is about
    #[arg(long)]
    pub(super) title: String,
    /// Who owns the decision
    #[arg(long)]
    pub(super) owner: Option<String>,
    /// A built-in rubric, or the file of your own [default: ml-fitness]
    #[arg(long, value_name = "ID|FILE.yaml")]
    pub(super) rubric: Option<String>,
}

#[derive(Args, Debug)]
pub(super) struct Assess {
    /// The case folder
    pub(super) case: PathBuf,
    /// Answer a question: an option, a number, a text, `unknown` or `na`
    #[arg(long, value_name = "QUESTION=ANSWER")]
    pub(super) set: Vec<String>,
    /// Answer from a YAML file: a flat mapping of questions to answers
    #[arg(long, value_name = "FILE.yaml")]
    pub(super) answers: Option<PathBuf>,
    /// Write the open questions into a new Markdown file, for somebody without a terminal
    #[arg(long, value_name = "FILE.md", conflicts_with_all = ["set", "answers", "frame", "from_sheet", "next"])]
    pub(super) sheet: Option<PathBuf>,
    /// Answer from such a file, once it is filled in
    #[arg(long, value_name = "FILE.md", conflicts_with = "answers")]
    pub(super) from_sheet: Option<PathBuf>,
    /// Fill in the framing sheet: row, label, decided, outcome or period
    #[arg(long, value_name = "PART=TEXT")]
    pub(super) frame: Vec<String>,
    /// Who answers
    #[arg(long, value_name = "NAME")]
    pub(super) by: Option<String>,
    /// Show the question worth asking next, with its options
    #[arg(long)]
    pub(super) next: bool,
    #[command(flatten)]
    pub(super) day: Day,
}

#[derive(Args, Debug)]
pub(super) struct Bench {
    /// A CSV file with a header line, `-` for standard input, or a case folder
    #[arg(value_name = "FILE.csv|CASE")]
    pub(super) source: PathBuf,
    /// Keep the benchmark, and what was asked, in this case
    #[arg(long, value_name = "FOLDER")]
    pub(super) case: Option<PathBuf>,
    #[command(flatten)]
    pub(super) asked: Asked,
}

/// What is asked of the data; what is left out is inferred, and the reason shown.
#[derive(Args, Debug)]
pub(super) struct Asked {
    /// The column to predict
    #[arg(long, value_name = "COLUMN")]
    pub(super) target: Option<String>,
    /// The kind of answer
    #[arg(long, value_parser = task, value_name = "binary|multiclass|regression|forecasting")]
    pub(super) task: Option<Task>,
    /// Which value of a two-valued target is the positive one
    #[arg(long, value_name = "VALUE")]
    pub(super) positive: Option<String>,
    /// The measure that decides, such as balanced-accuracy, mae or mase
    #[arg(long, value_parser = metric)]
    pub(super) metric: Option<MetricName>,
    /// What a false alarm costs
    #[arg(
        long,
        value_name = "COST",
        allow_negative_numbers = true,
        requires = "cost_false_negative"
    )]
    pub(super) cost_false_positive: Option<f64>,
    /// What a miss costs
    #[arg(
        long,
        value_name = "COST",
        allow_negative_numbers = true,
        requires = "cost_false_positive"
    )]
    pub(super) cost_false_negative: Option<f64>,
    /// How many rows of a ranked list can be worked off
    #[arg(long, value_name = "ROWS")]
    pub(super) capacity: Option<usize>,
    /// The column that says when
    #[arg(long, value_name = "COLUMN")]
    pub(super) time: Option<String>,
    /// The column of the entity, or of the series when forecasting
    #[arg(long, value_name = "COLUMN")]
    pub(super) group: Option<String>,
    /// Steps ahead to forecast; with --time it makes the task forecasting
    #[arg(long, value_name = "STEPS")]
    pub(super) horizon: Option<usize>,
    /// A column to set aside (may be given again)
    #[arg(long, value_name = "COLUMN")]
    pub(super) ignore: Vec<String>,
    /// A protected attribute: errors are compared by it, it is no feature (may be given again)
    #[arg(long, value_name = "COLUMN")]
    pub(super) protected: Vec<String>,
    /// A column of predictions that came with the data, and the rung of what made them
    #[arg(long, value_parser = external, value_name = "COLUMN=RUNG")]
    pub(super) external: Vec<External>,
    /// Your own rule, as SQL over the columns: income > 50000 and region = 'N'
    #[arg(long, value_name = "EXPRESSION")]
    pub(super) rule: Option<String>,
    /// The smallest improvement worth paying for, in the metric's unit
    #[arg(long, allow_negative_numbers = true)]
    pub(super) margin: Option<f64>,
    /// How often the folds are drawn anew [default: 1, 3 or 10, as needed]
    #[arg(long)]
    pub(super) repeats: Option<usize>,
    /// Seed of every random choice [default: 42]
    #[arg(long)]
    pub(super) seed: Option<u64>,
}

#[derive(Args, Debug)]
pub(super) struct Decide {
    /// The case folder, or a benchmark as `mlfit bench --json` prints it
    #[arg(value_name = "CASE|FILE.json")]
    pub(super) source: PathBuf,
    /// Write nothing into the case: no history, no report
    #[arg(long)]
    pub(super) dry_run: bool,
    #[command(flatten)]
    pub(super) day: Day,
}

#[derive(Args, Debug)]
pub(super) struct Report {
    /// The case folder
    pub(super) case: PathBuf,
    /// How to write it
    #[arg(long, value_enum, default_value_t = Format::Markdown)]
    pub(super) format: Format,
    /// Write it to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    #[command(flatten)]
    pub(super) day: Day,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Markdown with links to figures in the case folder
    Markdown,
    /// One page with its figures inside
    Html,
    /// Everything, for programs
    Json,
}

#[derive(Args, Debug)]
pub(super) struct Export {
    /// The case folder
    pub(super) case: PathBuf,
    /// Print the recommended rule as SQL
    #[arg(long, required = true)]
    pub(super) sql: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum Rubric {
    /// List the built-in rubrics
    List,
    /// Show every question of a rubric with its options
    Show {
        /// A built-in rubric, or the file of your own
        #[arg(value_name = "ID|FILE.yaml", default_value = "ml-fitness")]
        rubric: String,
    },
    /// Check a rubric of your own; every fault is named with its place
    Check {
        /// The file
        #[arg(value_name = "FILE.yaml")]
        file: PathBuf,
    },
    /// Compare two rubrics: which questions came, went or changed, and how
    Diff {
        /// The rubric as it was: a built-in one, or a file
        #[arg(value_name = "OLD")]
        old: String,
        /// The rubric as it is now
        #[arg(value_name = "NEW")]
        new: String,
    },
    /// Print a JSON Schema of rubric files, for editors
    Schema,
    /// Do example cases get the verdicts that they must get? Exits with 1 if not
    Test {
        /// Files of examples, or folders of them [default: those that come with mlfit]
        #[arg(value_name = "FOLDER|FILE.yaml")]
        examples: Vec<PathBuf>,
        /// A built-in rubric, or the file of your own
        #[arg(long, value_name = "ID|FILE.yaml", default_value = "ml-fitness")]
        rubric: String,
    },
}

#[derive(Args, Debug)]
pub(super) struct Portfolio {
    /// The folder that holds your cases
    #[arg(default_value = ".")]
    pub(super) folder: PathBuf,
    #[command(flatten)]
    pub(super) day: Day,
}

#[derive(Args, Debug)]
pub(super) struct Check {
    /// The case folders
    #[arg(required = true)]
    pub(super) cases: Vec<PathBuf>,
    /// Measure on these data instead of the case's own
    #[arg(long, value_name = "FILE.csv")]
    pub(super) data: Option<PathBuf>,
    #[command(flatten)]
    pub(super) day: Day,
}

#[derive(Args, Debug)]
pub(super) struct Demo {
    /// Which prepared case [default: churn-rule]
    pub(super) id: Option<String>,
    /// List the prepared cases
    #[arg(long, conflicts_with = "id")]
    pub(super) list: bool,
    /// The folder in which the case and its data are made
    #[arg(long, value_name = "FOLDER", default_value = crate::workflow::demo::FOLDER)]
    pub(super) into: PathBuf,
    #[command(flatten)]
    pub(super) day: Day,
}

/// The day on which something is decided.
#[derive(Args, Debug)]
pub(super) struct Day {
    /// Decide as if this was today, such as 2026-11-24
    #[arg(long, value_name = "DAY")]
    as_of: Option<String>,
}

impl Day {
    /// The day that was given, or today.
    pub(super) fn or_today(&self) -> String {
        self.as_of.clone().unwrap_or_else(crate::workflow::today)
    }
}

impl Asked {
    /// What was asked, as a request of its own; none without a target.
    pub(super) fn request(&self) -> Option<Request> {
        let target = self.target.as_ref()?;
        let mut request = Request::for_target(target);
        self.apply_to(&mut request);
        Some(request)
    }

    /// Replaces what was asked before by what is asked now.
    pub(super) fn apply_to(&self, request: &mut Request) {
        fn replace<T: Clone>(old: &mut Option<T>, new: Option<&T>) {
            if let Some(new) = new {
                *old = Some(new.clone());
            }
        }
        fn replace_list<T: Clone>(old: &mut Vec<T>, new: &[T]) {
            if !new.is_empty() {
                *old = new.to_vec();
            }
        }
        if let Some(target) = &self.target {
            request.target.clone_from(target);
        }
        let costs = self.cost_false_positive.zip(self.cost_false_negative).map(
            |(false_positive, false_negative)| ErrorCosts {
                false_positive,
                false_negative,
            },
        );
        replace(&mut request.task, self.task.as_ref());
        replace(&mut request.positive, self.positive.as_ref());
        replace(&mut request.metric, self.metric.as_ref());
        replace(&mut request.costs, costs.as_ref());
        replace(&mut request.capacity, self.capacity.as_ref());
        replace(&mut request.time, self.time.as_ref());
        replace(&mut request.group, self.group.as_ref());
        replace(&mut request.horizon, self.horizon.as_ref());
        replace_list(&mut request.ignore, &self.ignore);
        replace_list(&mut request.protected, &self.protected);
        replace_list(&mut request.external, &self.external);
        replace(&mut request.rule, self.rule.as_ref());
        replace(&mut request.margin, self.margin.as_ref());
        replace(&mut request.repeats, self.repeats.as_ref());
        request.seed = self.seed.unwrap_or(request.seed);
    }
}

fn task(text: &str) -> Result<Task, String> {
    word(&Task::ALL, Task::id, text)
}

fn metric(text: &str) -> Result<MetricName, String> {
    word(&MetricName::ALL, MetricName::id, text)
}

/// `COLUMN=RUNG`; the column may hold `=` itself.
fn external(text: &str) -> Result<External, String> {
    let (column, rung) = text
        .rsplit_once('=')
        .filter(|(column, _)| !column.is_empty())
        .ok_or("expected COLUMN=RUNG, such as forecast_erp=heuristic")?;
    Ok(External {
        column: column.to_owned(),
        rung: rung.parse::<Rung>().map_err(|error| error.to_string())?,
    })
}

fn word<T: Copy>(all: &[T], id: fn(T) -> &'static str, text: &str) -> Result<T, String> {
    all.iter()
        .copied()
        .find(|word| id(*word) == text)
        .ok_or_else(|| {
            let known: Vec<&str> = all.iter().map(|word| id(*word)).collect();
            match crate::problem::nearest(text, known.iter().copied()) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("expected one of {}", known.join(", ")),
            }
        })
}

// The help of --seed names it.
const _: () = assert!(DEFAULT_SEED == 42);

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_well_formed() {
        Arguments::command().debug_assert();
    }
}
