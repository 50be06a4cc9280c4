//! Parses, calls, prints, leaves with an exit code; nothing else.

fn main() -> std::process::ExitCode {
    mlfit::cli::run(std::env::args_os())
}
