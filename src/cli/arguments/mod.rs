//! What may stand on the command line; its comments are the help.

mod asked;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub(in crate::cli) use asked::Asked;

use crate::contest::rule::Dialect;
use crate::rubric::Who;
use crate::workflow::Database;

/// Does this use case need machine learning, and if so how little of it?
///
/// Without a command, the interface opens. Exit codes: 0 done, 1 the answer is
/// no (mlfit check, mlfit rubric test), 2 bad usage or input, 130 interrupted
/// (Ctrl-C).
#[derive(Debug, Parser)]
#[command(name = "mlfit", version, max_term_width = 100)]
pub(in crate::cli) struct Arguments {
    /// Print results, and errors, as JSON
    #[arg(long, global = true)]
    pub(in crate::cli) json: bool,
    /// Print line by line, without drawings: for screen readers and simple terminals
    #[arg(long, global = true)]
    pub(in crate::cli) plain: bool,
    #[command(subcommand)]
    pub(in crate::cli) command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Command {
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
pub(in crate::cli) struct New {
    /// The folder to make
    pub(in crate::cli) case: PathBuf,
    /// What the case is called, such as the decision that it is about
    #[arg(long)]
    pub(in crate::cli) title: String,
    /// Who owns the decision
    #[arg(long)]
    pub(in crate::cli) owner: Option<String>,
    /// A built-in rubric, or the file of your own [default: ml-fitness]
    #[arg(long, value_name = "ID|FILE.yaml")]
    pub(in crate::cli) rubric: Option<String>,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Assess {
    /// The case folder
    pub(in crate::cli) case: PathBuf,
    /// Answer a question: an option, a number, a text, `unknown` or `na`
    #[arg(long, value_name = "QUESTION=ANSWER")]
    pub(in crate::cli) set: Vec<String>,
    /// Answer from a YAML file: a flat mapping of questions to answers
    #[arg(long, value_name = "FILE.yaml")]
    pub(in crate::cli) answers: Option<PathBuf>,
    /// Write the open questions into a new file for somebody without a terminal: Markdown, or a spreadsheet
    #[arg(long, value_name = "FILE.md|FILE.csv", conflicts_with_all = ["set", "answers", "frame", "from_sheet", "next", "resolve"])]
    pub(in crate::cli) sheet: Option<PathBuf>,
    /// Answer from such a file, once it is filled in
    #[arg(long, value_name = "FILE.md|FILE.csv", conflicts_with = "answers")]
    pub(in crate::cli) from_sheet: Option<PathBuf>,
    /// Fill in the framing sheet: row, label, decided, outcome or period
    #[arg(long, value_name = "PART=TEXT")]
    pub(in crate::cli) frame: Vec<String>,
    /// Who answers
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) by: Option<String>,
    /// Answer for this role, beside what others answer: owner, engineer or legal
    #[arg(long = "as", value_parser = role, value_name = "ROLE")]
    pub(in crate::cli) role: Option<Who>,
    /// Settle a question on which people disagree
    #[arg(long, value_name = "QUESTION=ANSWER", conflicts_with = "role")]
    pub(in crate::cli) resolve: Vec<String>,
    /// Show the question worth asking next, with its options
    #[arg(long)]
    pub(in crate::cli) next: bool,
    #[command(flatten)]
    pub(in crate::cli) day: Day,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Bench {
    /// A CSV file with a header line, `-` for standard input, or a case folder
    #[arg(value_name = "FILE.csv|CASE")]
    pub(in crate::cli) source: PathBuf,
    /// Keep the benchmark, and what was asked, in this case
    #[arg(long, value_name = "FOLDER")]
    pub(in crate::cli) case: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) asked: Asked,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Decide {
    /// The case folder, or a benchmark as `mlfit bench --json` prints it
    #[arg(value_name = "CASE|FILE.json")]
    pub(in crate::cli) source: PathBuf,
    /// Write nothing into the case: no history, no report
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    #[command(flatten)]
    pub(in crate::cli) day: Day,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Report {
    /// The case folder
    pub(in crate::cli) case: PathBuf,
    /// How to write it
    #[arg(long, value_enum, default_value_t = Format::Markdown)]
    pub(in crate::cli) format: Format,
    /// Write it to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) out: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) day: Day,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Format {
    /// Markdown with links to figures in the case folder
    Markdown,
    /// One page with its figures inside
    Html,
    /// Everything, for programs
    Json,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Export {
    /// The case folder
    pub(in crate::cli) case: PathBuf,
    /// Print the recommended rule or small model as SQL
    #[arg(long, required = true)]
    pub(in crate::cli) sql: bool,
    /// The database that is to run it
    #[arg(long, value_parser = dialect, value_name = "postgres|sqlite|duckdb|generic", default_value = Database::USUAL.dialect.id())]
    pub(in crate::cli) dialect: Dialect,
    /// Another contender than the recommended one, such as owner-rule
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) contender: Option<String>,
    /// The table that the query reads; its schema stands before a dot
    #[arg(long, value_name = "NAME", default_value = Database::USUAL.table)]
    pub(in crate::cli) table: String,
}

fn dialect(text: &str) -> Result<Dialect, String> {
    asked::word(&Dialect::ALL, Dialect::id, text)
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Rubric {
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
    Schema {
        /// The schema of example cases instead
        #[arg(long)]
        example: bool,
    },
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
pub(in crate::cli) struct Portfolio {
    /// The folder that holds your cases
    #[arg(default_value = ".")]
    pub(in crate::cli) folder: PathBuf,
    #[command(flatten)]
    pub(in crate::cli) day: Day,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Check {
    /// The case folders
    #[arg(required = true)]
    pub(in crate::cli) cases: Vec<PathBuf>,
    /// Measure on these data instead of the case's own
    #[arg(long, value_name = "FILE.csv")]
    pub(in crate::cli) data: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) day: Day,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Demo {
    /// Which prepared case [default: churn-rule]
    pub(in crate::cli) id: Option<String>,
    /// List the prepared cases
    #[arg(long, conflicts_with = "id")]
    pub(in crate::cli) list: bool,
    /// The folder in which the case and its data are made
    #[arg(long, value_name = "FOLDER", default_value = crate::workflow::demo::FOLDER)]
    pub(in crate::cli) into: PathBuf,
    #[command(flatten)]
    pub(in crate::cli) day: Day,
}

/// The day on which something is decided.
#[derive(Args, Debug)]
pub(in crate::cli) struct Day {
    /// Decide as if this was today, such as 2026-11-24
    #[arg(long, value_name = "DAY")]
    as_of: Option<String>,
}

impl Day {
    /// The day that was given, or today.
    pub(in crate::cli) fn or_today(&self) -> String {
        self.as_of.clone().unwrap_or_else(crate::workflow::today)
    }
}

fn role(text: &str) -> Result<Who, String> {
    asked::word(&Who::ALL, Who::id, text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_well_formed() {
        Arguments::command().debug_assert();
    }
}
