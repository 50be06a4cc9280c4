//! The command line as a user meets it: exact text, exact status, nothing written by mistake.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot run its program has failed"
)]

mod answerers;
mod bad_input;
mod broken_rubrics;
mod cases;
mod data;
mod demo;
mod order;
mod rubrics;
mod series;
mod sheets;
mod usage;

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

/// The day on which every test decides.
const DAY: &str = "2026-11-24";

/// What a run came to.
struct Run {
    status: i32,
    stdout: String,
    stderr: String,
}

/// Runs mlfit in a folder, without a terminal.
fn mlfit(folder: &Path, words: &[&str]) -> Run {
    run(command(folder, words))
}

fn command(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("mlfit"));
    command
        .current_dir(folder)
        .args(words)
        .env_remove("COLUMNS")
        .env_remove("RAYON_NUM_THREADS");
    command
}

fn run(mut command: Command) -> Run {
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let run = Run {
        status: output.status.code().unwrap(),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    };
    assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
    assert!(
        !run.stdout.contains('\u{1b}'),
        "no styles outside of a terminal"
    );
    run
}

impl Run {
    /// The result, of a run that had to work.
    fn json(&self) -> Value {
        assert_eq!(self.status, 0, "{}{}", self.stdout, self.stderr);
        serde_json::from_str(&self.stdout).unwrap()
    }

    /// The standard output, of a run that had to work.
    fn text(&self) -> &str {
        assert_eq!(self.status, 0, "{}{}", self.stdout, self.stderr);
        &self.stdout
    }
}

/// A shipped data set by its file name.
fn dataset(name: &str) -> String {
    format!("{}/datasets/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// Every file in and under a folder with its bytes.
fn snapshot(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                files.push((path.display().to_string(), fs::read(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}
