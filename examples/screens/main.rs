//! Takes the pictures in `docs/screens` from the real program:
//! `cargo run --example screens`.

mod scenes;

use std::path::Path;

fn main() -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/screens");
    let home = tempfile::tempdir()?;
    for file in scenes::files(home.path()) {
        std::fs::write(folder.join(&file.name), file.text)?;
        println!("docs/screens/{}", file.name);
    }
    Ok(())
}
