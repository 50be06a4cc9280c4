//! The screens in the README are real: they are what the program prints.
//!
//! After a change of what it prints: `UPDATE_README=1 cargo test --test readme`.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot run its program has failed"
)]

use std::fs;
use std::path::Path;

use assert_cmd::Command;

const BEGIN: &str = "<!-- begin: mlfit ";
const END: &str = "<!-- end -->";

/// The README with every screen as the program prints it now.
fn with_real_screens(readme: &str) -> String {
    let mut rest = readme;
    let mut text = String::new();
    while let Some(start) = rest.find(BEGIN) {
        let (before, after) = rest.split_at(start);
        let (mark, after) = after.split_once('\n').unwrap();
        let (_, after) = after.split_once(END).unwrap();
        let words = mark
            .trim_start_matches(BEGIN)
            .trim_end_matches(" -->")
            .split(' ');
        text.push_str(&format!(
            "{before}{mark}\n```text\n{}```\n{END}",
            screen(words)
        ));
        rest = after;
    }
    text + rest
}

/// What the program prints, run where the README lies; none of the screens writes anything.
fn screen<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let output = Command::new(assert_cmd::cargo::cargo_bin!("mlfit"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(words)
        .env_remove("COLUMNS")
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_screens_are_what_the_program_prints() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&file).unwrap();
    let real = with_real_screens(&readme);
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(&file, &real).unwrap();
    } else {
        assert_eq!(readme, real, "run UPDATE_README=1 cargo test --test readme");
    }
}
