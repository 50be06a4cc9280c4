//! Reads a CSV into a table and says how large it is: a whole process to time
//! against another reader's (`benches/peers/compare.py`).
//!
//! ```text
//! cargo run --release --example read_csv -- FILE.csv
//! ```

fn main() -> std::process::ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("expected the name of a file");
        return std::process::ExitCode::from(2);
    };
    let table = std::fs::read(&path)
        .map_err(|error| error.to_string())
        .and_then(|bytes| {
            mlfit::data::read_csv(&bytes, &path).map_err(|problem| problem.to_string())
        });
    match table {
        Ok(table) => {
            println!("{} rows, {} columns", table.rows, table.columns.len());
            std::process::ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("{message}");
            std::process::ExitCode::from(2)
        }
    }
}
