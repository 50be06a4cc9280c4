//! How soon the interface is there, and what it costs while nobody touches it:
//! `cargo build --release && cargo run --release --example terminal_speed`.
//!
//! Starts the program in pseudo-terminals; measures the time to the first
//! frame, and the processor time of ten idle seconds. Ceilings: 30 ms, and
//! 10 ms of 10 s.

#![cfg_attr(
    unix,
    expect(
        clippy::unwrap_used,
        reason = "a measurement that cannot be made ends in a panic"
    )
)]

#[cfg(unix)]
fn main() {
    measure::all();
}

#[cfg(not(unix))]
fn main() {
    println!("measured in pseudo-terminals of Unix only");
}

#[cfg(unix)]
mod measure {
    use std::io::{Read, Write};
    use std::path::{Path, PathBuf};
    use std::sync::mpsc::{Receiver, channel};
    use std::thread;
    use std::time::{Duration, Instant};

    use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

    /// Starts of which the median is told.
    const STARTS: usize = 21;

    /// How long the interface is left alone.
    const IDLE: Duration = Duration::from_secs(10);

    /// Something that only a frame holds.
    const FIRST_FRAME: &str = "mlfit";

    pub(super) fn all() {
        let program = std::env::current_exe().unwrap();
        // target/release/examples/terminal_speed
        let program = program
            .parent()
            .and_then(Path::parent)
            .unwrap()
            .join("mlfit");
        let mut times: Vec<Duration> = (0..STARTS)
            .map(|_| {
                let mut started = Started::new(&program);
                let time = started.first_frame();
                started.quit();
                time
            })
            .collect();
        times.sort();
        println!(
            "first frame: {:.1} ms (median of {STARTS}; {:.1} to {:.1})",
            milliseconds(times[STARTS / 2]),
            milliseconds(times[0]),
            milliseconds(times[STARTS - 1])
        );
        let mut started = Started::new(&program);
        started.first_frame();
        thread::sleep(Duration::from_secs(1));
        if let Some(before) = started.ticks() {
            thread::sleep(IDLE);
            let used = started.ticks().unwrap_or(before) - before;
            println!(
                "idle for {} s: {} ms of processor time",
                IDLE.as_secs(),
                10 * used
            );
        }
        started.quit();
    }

    fn milliseconds(time: Duration) -> f64 {
        1000.0 * time.as_secs_f64()
    }

    /// The program, running in a terminal of its own.
    struct Started {
        begun: Instant,
        child: Box<dyn Child + Send + Sync>,
        keys: Box<dyn Write + Send>,
        output: Receiver<Vec<u8>>,
        _terminal: (Box<dyn MasterPty + Send>, tempfile::TempDir),
    }

    impl Started {
        fn new(program: &PathBuf) -> Self {
            let home = tempfile::tempdir().unwrap();
            let size = PtySize {
                rows: 40,
                cols: 120,
                pixel_width: 0,
                pixel_height: 0,
            };
            let pair = native_pty_system().openpty(size).unwrap();
            let mut command = CommandBuilder::new(program);
            command.cwd(home.path());
            command.env("TERM", "xterm-256color");
            command.env_remove("NO_COLOR");
            let mut reader = pair.master.try_clone_reader().unwrap();
            let keys = pair.master.take_writer().unwrap();
            let (sender, output) = channel();
            thread::spawn(move || {
                let mut bytes = [0; 16_384];
                while let Ok(count @ 1..) = reader.read(&mut bytes) {
                    if sender.send(bytes[..count].to_vec()).is_err() {
                        return;
                    }
                }
            });
            let begun = Instant::now();
            let child = pair.slave.spawn_command(command).unwrap();
            Self {
                begun,
                child,
                keys,
                output,
                _terminal: (pair.master, home),
            }
        }

        /// Waits for the first frame and tells when it was there.
        fn first_frame(&mut self) -> Duration {
            let mut seen = String::new();
            while !seen.contains(FIRST_FRAME) {
                let bytes = self.output.recv_timeout(Duration::from_secs(10)).unwrap();
                seen.push_str(&String::from_utf8_lossy(&bytes));
            }
            self.begun.elapsed()
        }

        fn quit(&mut self) {
            self.keys.write_all(b"q").unwrap();
            self.keys.flush().unwrap();
            let asked = Instant::now();
            while self.child.try_wait().unwrap().is_none() {
                if asked.elapsed() > Duration::from_secs(10) {
                    self.child.kill().unwrap();
                }
                thread::sleep(Duration::from_millis(2));
            }
        }

        /// Hundredths of a second that the program has computed, where the system tells it.
        fn ticks(&self) -> Option<u64> {
            let id = self.child.process_id()?;
            let text = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
            // After the name in brackets come state and numbers; the 12th and 13th of them are
            // the time in the program and in the system.
            let (_, rest) = text.rsplit_once(')')?;
            let numbers: Vec<&str> = rest.split_whitespace().collect();
            Some(numbers.get(11)?.parse::<u64>().ok()? + numbers.get(12)?.parse::<u64>().ok()?)
        }
    }
}
