//! The pictures in the documents are real: they are what the program shows.
//!
//! After a change of what it shows: `cargo run --example screens`.

#[path = "../examples/screens/scenes.rs"]
mod scenes;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const HOW: &str = "look at what changed, and run `cargo run --example screens`";

#[test]
fn the_pictures_show_what_the_program_shows() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/screens");
    let home = tempfile::tempdir().unwrap();
    let mut made = BTreeSet::new();
    for file in scenes::files(home.path()) {
        let standing = fs::read_to_string(folder.join(&file.name)).unwrap_or_default();
        assert!(
            standing == file.text,
            "docs/screens/{} is old: {HOW}",
            file.name
        );
        made.insert(file.name);
    }
    let there: BTreeSet<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(there, made, "docs/screens holds pictures that nobody takes");
}
