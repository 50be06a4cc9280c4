//! The folder tree is the architecture: who may use whom, and which library lives where.
//!
//! Reads every file of `src` (imports, qualified paths, re-exports; tests are
//! left out) and fails on an arrow that `DESIGN` does not draw.

#![expect(
    clippy::unwrap_used,
    reason = "a test whose files cannot be read has failed"
)]

mod paths;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use paths::{Source, Use};

/// Rooms that import nothing of mlfit.
const LEAVES: [&str; 4] = ["vocabulary", "problem", "text", "digits"];

/// Every other room with those that it may use besides the leaves.
const ROOMS: [(&str, &[&str]); 11] = [
    ("rubric", &[]),
    ("data", &[]),
    ("assessment", &["rubric"]),
    ("contest", &["data"]),
    ("value", &["contest"]),
    ("verdict", &["rubric", "assessment", "contest", "value"]),
    (
        "report",
        &[
            "verdict",
            "rubric",
            "assessment",
            "contest",
            "data",
            "value",
        ],
    ),
    ("export", &["contest", "report"]),
    (
        "case",
        &[
            "rubric",
            "assessment",
            "data",
            "contest",
            "value",
            "verdict",
        ],
    ),
    (
        "workflow",
        &[
            "rubric",
            "assessment",
            "data",
            "contest",
            "value",
            "verdict",
            "report",
            "export",
            "case",
        ],
    ),
    // Both faces see the workflow and the types that it returns, and never each other;
    // the command line may open the interface.
    ("faces", &["workflow"]),
];

/// Libraries, each with the only places that may name it.
const LIBRARIES: [(&[&str], &[&str]); 12] = [
    (&["clap", "clap_complete"], &["src/cli/"]),
    (&["comfy_table", "indicatif"], &["src/cli/"]),
    (&["ratatui", "ratatui_textarea", "crossterm"], &["src/tui/"]),
    (
        &[
            "linfa",
            "linfa_linear",
            "linfa_logistic",
            "smartcore",
            "ndarray",
        ],
        &["src/contest/tables/models/", "src/contest/series/"],
    ),
    (&["serde_yaml"], &["src/rubric/", "src/case/"]),
    (&["csv", "encoding_rs", "chardetng"], &["src/data/"]),
    (&["sqlparser"], &["src/contest/rule/"]),
    (&["tempfile"], &["src/case/"]),
    (
        &["rayon"],
        &["src/contest/", "src/data/", "src/verdict/", "src/value/"],
    ),
    (&["rand", "rand_pcg"], &["src/contest/", "src/value/"]),
    (&["signal_hook"], &["src/cli/", "src/tui/"]),
    (&["anstream"], &["src/cli/", "src/tui/"]),
];

/// Calls that reach out of the pure core, each with the only places that may make it.
const EFFECTS: [(&str, &[&str]); 9] = [
    ("fs::write", &["src/case/"]),
    ("fs::rename", &["src/case/"]),
    ("fs::remove_file", &["src/case/"]),
    ("fs::create_dir", &["src/case/"]),
    ("fs::create_dir_all", &["src/case/"]),
    ("File::create", &["src/case/"]),
    ("OpenOptions::new", &["src/case/"]),
    ("SystemTime::now", &["src/workflow/begin.rs"]),
    ("Instant::now", &["src/tui/", "src/cli/progress.rs"]),
];

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    paths::without_tests(paths::read(&root.join("src"), root))
}

/// The room that a path of modules begins with.
fn room(path: &[String]) -> Option<&str> {
    path.first().map(String::as_str)
}

fn allowed(from: &str, to: &str) -> bool {
    if from == to || LEAVES.contains(&to) && !LEAVES.contains(&from) {
        return true;
    }
    match from {
        "cli" => to == "tui" || to != "export",
        "tui" => to != "cli" && to != "export",
        _ => ROOMS
            .iter()
            .any(|(room, uses)| *room == from && uses.contains(&to)),
    }
}

/// Names that a room passes on from another: (room, name) → where it comes from.
fn passed_on(sources: &[Source]) -> BTreeMap<(String, String), String> {
    let mut names = BTreeMap::new();
    for source in sources {
        for Use { path, public, .. } in &source.uses {
            let (Some(from), Some(to), Some(name)) =
                (room(&source.module), room(path), path.last())
            else {
                continue;
            };
            if *public && from != to {
                names.insert((from.to_owned(), name.clone()), to.to_owned());
            }
        }
    }
    names
}

/// Every arrow between rooms with the places where it is drawn.
fn arrows(sources: &[Source]) -> BTreeMap<(String, String), Vec<String>> {
    let names = passed_on(sources);
    let mut arrows: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for source in sources {
        let Some(from) = room(&source.module) else {
            continue;
        };
        for Use { path, line, .. } in &source.uses {
            let Some(to) = room(path) else { continue };
            let place = format!("{}:{line}: {}", source.file, path.join("::"));
            let behind = path
                .get(1)
                .and_then(|name| names.get(&(to.to_owned(), name.clone())));
            for to in std::iter::once(to).chain(behind.map(String::as_str)) {
                if from != to {
                    arrows
                        .entry((from.to_owned(), to.to_owned()))
                        .or_default()
                        .push(place.clone());
                }
            }
        }
    }
    arrows
}

fn forbidden_arrows(sources: &[Source]) -> Vec<String> {
    arrows(sources)
        .into_iter()
        .filter(|((from, to), _)| !allowed(from, to))
        .flat_map(|((from, to), places)| {
            places
                .into_iter()
                .map(move |place| format!("{from} → {to} at {place}"))
        })
        .collect()
}

fn strayed_libraries(sources: &[Source]) -> Vec<String> {
    let mut strayed = Vec::new();
    for source in sources {
        for (line, name) in &source.libraries {
            for (libraries, places) in LIBRARIES {
                if libraries.contains(&name.as_str()) && !is_in(&source.file, places) {
                    strayed.push(format!("{name} at {}:{line}", source.file));
                }
            }
        }
    }
    strayed
}

fn strayed_effects(sources: &[Source]) -> Vec<String> {
    let mut strayed = Vec::new();
    for source in sources {
        for (call, places) in EFFECTS {
            for (line, found) in source.calls(call) {
                if !is_in(&source.file, places) {
                    strayed.push(format!("{found} at {}:{line}", source.file));
                }
            }
        }
    }
    strayed
}

fn is_in(file: &str, places: &[&str]) -> bool {
    places.iter().any(|place| file.starts_with(place))
}

/// A way from a room back to itself, if there is one.
fn cycle(arrows: &BTreeMap<(String, String), Vec<String>>) -> Option<Vec<String>> {
    fn walk(
        room: &str,
        arrows: &BTreeMap<(String, String), Vec<String>>,
        way: &mut Vec<String>,
        done: &mut BTreeSet<String>,
    ) -> Option<Vec<String>> {
        if let Some(start) = way.iter().position(|seen| seen == room) {
            return Some(way[start..].to_vec());
        }
        if !done.insert(room.to_owned()) {
            return None;
        }
        way.push(room.to_owned());
        let next = arrows.keys().filter(|(from, _)| from == room);
        for (_, to) in next {
            if let Some(cycle) = walk(to, arrows, way, done) {
                return Some(cycle);
            }
        }
        way.pop();
        None
    }
    let mut done = BTreeSet::new();
    arrows
        .keys()
        .find_map(|(from, _)| walk(from, arrows, &mut Vec::new(), &mut done))
}

#[test]
fn every_arrow_is_drawn_in_the_design() {
    let sources = sources();
    assert!(sources.len() > 80, "only {} files were read", sources.len());
    let forbidden = forbidden_arrows(&sources);
    assert!(forbidden.is_empty(), "{}", forbidden.join("\n"));
}

#[test]
fn there_is_no_way_from_a_room_back_to_itself() {
    let arrows = arrows(&sources());
    assert!(arrows.contains_key(&("contest".to_owned(), "data".to_owned())));
    assert_eq!(cycle(&arrows), None);
}

#[test]
fn libraries_and_effects_stay_in_their_rooms() {
    let sources = sources();
    let strayed = [strayed_libraries(&sources), strayed_effects(&sources)].concat();
    assert!(strayed.is_empty(), "{}", strayed.join("\n"));
}

#[test]
fn every_room_is_on_the_map() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let map = fs::read_to_string(root.join("src/lib.rs")).unwrap();
    let known: BTreeSet<&str> = ROOMS
        .iter()
        .map(|(room, _)| *room)
        .filter(|room| *room != "faces")
        .chain(LEAVES)
        .chain(["cli", "tui"])
        .collect();
    for line in map.lines() {
        let Some(room) = line
            .strip_prefix("pub mod ")
            .and_then(|rest| rest.strip_suffix(';'))
        else {
            continue;
        };
        assert!(known.contains(room), "{room} is not in the table of rooms");
        assert!(
            map.contains(&format!("[`{room}`]")),
            "{room} is not on the map in src/lib.rs"
        );
    }
}

#[test]
fn what_is_forbidden_is_found_however_it_is_written() {
    let check = |file: &str, text: &str, expected: bool| {
        let sources = paths::without_tests(vec![
            Source::parse("src/contest/mod.rs", "pub use crate::data::Warning;"),
            Source::parse(file, text),
        ]);
        let found = !forbidden_arrows(&sources).is_empty()
            || !strayed_libraries(&sources).is_empty()
            || !strayed_effects(&sources).is_empty();
        assert_eq!(found, expected, "{file}: {text}");
    };
    check("src/rubric/a.rs", "use crate::problem::Problem;", false);
    check("src/rubric/a.rs", "use crate::case::Case;", true);
    check(
        "src/rubric/a.rs",
        "use crate::{problem, case::{Case}};",
        true,
    );
    check(
        "src/rubric/a.rs",
        "fn f() -> crate::case::Case { todo!() }",
        true,
    );
    check("src/rubric/a.rs", "use super::super::case::Case;", true);
    check("src/rubric/a/mod.rs", "use super::b;", false);
    check("src/rubric/mod.rs", "use super::case;", true);
    check("src/rubric/a.rs", "pub use crate::tui::run;", true);
    check("src/rubric/a.rs", "// use crate::case::Case;", false);
    check(
        "src/rubric/a.rs",
        "const A: &str = \"crate::case::Case\";",
        false,
    );
    check(
        "src/rubric/a.rs",
        "const A: &str = r#\"\" crate::case::Case\"#;",
        false,
    );
    check(
        "src/rubric/a.rs",
        "#[cfg(test)]\nmod tests { use crate::case::Case; }",
        false,
    );
    check(
        "src/rubric/a.rs",
        "#[cfg(test)]\nmod tests { }\nuse crate::case::Case;",
        true,
    );
    check("src/text.rs", "use crate::problem::Problem;", true);
    check("src/value/a.rs", "use crate::contest::Evidence;", false);
    check("src/value/a.rs", "use crate::contest::Warning;", true);
    check("src/tui/a.rs", "use crate::cli::run;", true);
    check("src/data/a.rs", "use clap::Parser;", true);
    check(
        "src/data/a.rs",
        "fn f<'a>(x: &'a str) { clap::Parser::parse(); }",
        true,
    );
    check("src/contest/a.rs", "fn f() { std::fs::write(a, b); }", true);
    check(
        "src/contest/a.rs",
        "use std::fs::{self, File}; fn f() { File::create(a); }",
        true,
    );
    check("src/case/a.rs", "fn f() { std::fs::write(a, b); }", false);
}
