//! The program in a real (pseudo-)terminal: what it takes over it gives back, on every way out.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test whose terminal cannot be made has failed"
)]

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;

/// How long anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// A terminal with mlfit in it.
struct Terminal {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    screen: Arc<Mutex<vt100::Parser>>,
    home: TempDir,
}

impl Terminal {
    /// Starts mlfit in an empty folder.
    fn start(columns: u16, rows: u16) -> Self {
        Self::start_in(tempfile::tempdir().unwrap(), columns, rows)
    }

    /// Starts mlfit so that it breaks at a place.
    #[cfg(debug_assertions)]
    fn start_faulty(place: &str) -> Self {
        Self::start_with(tempfile::tempdir().unwrap(), 80, 24, Some(place))
    }

    fn start_in(home: TempDir, columns: u16, rows: u16) -> Self {
        Self::start_with(home, columns, rows, None)
    }

    fn start_with(home: TempDir, columns: u16, rows: u16, fault: Option<&str>) -> Self {
        let pair = native_pty_system().openpty(size(columns, rows)).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_mlfit"));
        command.cwd(home.path());
        command.env("TERM", "xterm-256color");
        command.env("LC_ALL", "C.UTF-8");
        command.env_remove("NO_COLOR");
        command.env_remove("MLFIT_FAULT");
        // What a panic says is short, so that it stays on the screen.
        command.env("RUST_BACKTRACE", "0");
        if let Some(place) = fault {
            command.env("MLFIT_FAULT", place);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let (height, width) = whole(columns, rows);
        let screen = Arc::new(Mutex::new(vt100::Parser::new(height, width, 0)));
        let mut output = pair.master.try_clone_reader().unwrap();
        let drawn = Arc::clone(&screen);
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count) = output.read(&mut bytes) {
                if count == 0 {
                    return;
                }
                drawn.lock().unwrap().process(&bytes[..count]);
            }
        });
        Self {
            keys: pair.master.take_writer().unwrap(),
            master: pair.master,
            child,
            screen,
            home,
        }
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    fn resize(&self, columns: u16, rows: u16) {
        let (height, width) = whole(columns, rows);
        let mut parser = self.screen.lock().unwrap();
        parser.screen_mut().set_size(height, width);
        drop(parser);
        self.master.resize(size(columns, rows)).unwrap();
    }

    fn text(&self) -> String {
        self.screen.lock().unwrap().screen().contents()
    }

    /// Waits until the screen shows a text.
    fn sees(&self, wanted: &str) {
        let begun = Instant::now();
        while !self.text().contains(wanted) {
            assert!(
                begun.elapsed() < PATIENCE,
                "expected to see {wanted:?}, found:\n{}",
                self.text()
            );
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Waits until the picture stands still.
    fn settles(&self) {
        let mut before = self.text();
        loop {
            thread::sleep(Duration::from_millis(100));
            let now = self.text();
            if now == before {
                return;
            }
            before = now;
        }
    }

    /// Waits for the end of the program.
    fn ends(&mut self) -> ExitStatus {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            if begun.elapsed() > PATIENCE {
                let shown = self.text();
                self.child.kill().unwrap();
                panic!("it does not end; it shows:\n{shown}");
            }
            thread::sleep(Duration::from_millis(10));
        }
    }

    fn signal(&self, signal: &str) {
        let process = self.child.process_id().expect("it runs").to_string();
        let sent = Command::new("kill").args([signal, &process]).status();
        assert!(sent.unwrap().success());
    }

    /// The terminal is as a shell wants it.
    fn is_restored(&self) {
        let begun = Instant::now();
        while self.screen.lock().unwrap().screen().alternate_screen() {
            assert!(begun.elapsed() < PATIENCE, "the other screen stays");
            thread::sleep(Duration::from_millis(10));
        }
        // What was written last has been read once the reader stands still.
        thread::sleep(Duration::from_millis(50));
        let parser = self.screen.lock().unwrap();
        let screen = parser.screen();
        assert!(!screen.hide_cursor(), "the cursor stays hidden");
        assert!(!screen.bracketed_paste(), "pasted text stays bracketed");
        assert_eq!(
            screen.mouse_protocol_mode(),
            vt100::MouseProtocolMode::None,
            "the mouse stays captured"
        );
    }

    /// Makes a case by way of its form.
    fn make_case(&mut self, title: &str) {
        self.sees("Three ways to begin");
        self.press("n");
        self.sees("Owner");
        self.press(title);
        self.sees(title);
        self.press("\r\r");
        self.sees("What is known");
    }
}

/// Rows and columns of a screen, of which there is at least one each.
fn whole(columns: u16, rows: u16) -> (NonZeroU16, NonZeroU16) {
    let at_least_one = |count| NonZeroU16::new(count).unwrap_or(NonZeroU16::MIN);
    (at_least_one(rows), at_least_one(columns))
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols: columns,
        pixel_width: 0,
        pixel_height: 0,
    }
}

fn case_in(home: &Path, name: &str) -> String {
    std::fs::read_to_string(home.join(name).join("case.yaml")).unwrap()
}

#[test]
fn whoever_quits_finds_the_terminal_as_it_was() {
    let mut terminal = Terminal::start(80, 24);
    terminal.sees("Three ways to begin");
    assert!(terminal.screen.lock().unwrap().screen().alternate_screen());
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    terminal.is_restored();
}

#[test]
fn a_polite_signal_saves_restores_and_ends() {
    for signal in ["-TERM", "-HUP"] {
        let mut terminal = Terminal::start(80, 24);
        terminal.make_case("Churn");
        terminal.press("1");
        terminal.sees("What is one row?");
        terminal.press("one customer");
        terminal.sees("one customer");
        terminal.signal(signal);
        assert_eq!(terminal.ends().exit_code(), 0, "{signal}");
        terminal.is_restored();
        let case = case_in(terminal.home.path(), "churn");
        assert!(case.contains("one customer"), "{signal}: {case}");
    }
}

#[test]
fn a_terminal_that_goes_away_ends_the_program_with_everything_saved() {
    let mut terminal = Terminal::start(80, 24);
    terminal.make_case("Churn");
    terminal.press("1");
    terminal.sees("What is one row?");
    terminal.press("one order");
    terminal.sees("one order");
    let Terminal {
        master,
        keys,
        mut child,
        home,
        ..
    } = terminal;
    drop(keys);
    drop(master);
    let begun = Instant::now();
    while child.try_wait().unwrap().is_none() {
        assert!(begun.elapsed() < PATIENCE, "it does not end");
        // Readers of the terminal keep it open; a hang-up is what a closed window sends.
        let process = child.process_id().expect("it runs").to_string();
        let _ = Command::new("kill").args(["-HUP", &process]).status();
        thread::sleep(Duration::from_millis(50));
    }
    assert!(case_in(home.path(), "churn").contains("one order"));
}

/// A released program cannot be asked to break.
#[cfg(debug_assertions)]
#[test]
fn work_that_breaks_becomes_a_message_and_the_interface_goes_on() {
    let mut terminal = Terminal::start_faulty("demo");
    terminal.sees("Three ways to begin");
    terminal.press("d");
    terminal.sees("Nothing is asked");
    terminal.settles();
    terminal.press("\r");
    terminal.sees("broke inside mlfit");
    assert!(terminal.screen.lock().unwrap().screen().alternate_screen());
    terminal.press("\u{1b}");
    terminal.sees("Three ways to begin");
    terminal.settles();
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    terminal.is_restored();
}

/// A released program cannot be asked to break.
#[cfg(debug_assertions)]
#[test]
fn an_interface_that_breaks_saves_gives_the_terminal_back_and_says_why() {
    let mut terminal = Terminal::start_faulty("overlay");
    terminal.make_case("Churn");
    terminal.press("1");
    terminal.sees("What is one row?");
    terminal.press("one parcel\r");
    terminal.settles();
    terminal.press("\u{1b}");
    terminal.settles();
    terminal.press("?");
    assert_eq!(terminal.ends().exit_code(), 101);
    terminal.is_restored();
    terminal.sees("a fault in the overlay was asked for");
    assert!(case_in(terminal.home.path(), "churn").contains("one parcel"));
}

#[test]
fn a_storm_of_sizes_ends_in_a_whole_picture() {
    let mut terminal = Terminal::start(80, 24);
    terminal.sees("Three ways to begin");
    for turn in 0..120_u16 {
        terminal.resize(1 + (turn * 37) % 200, 1 + (turn * 17) % 60);
        if turn % 10 == 0 {
            terminal.press("?");
        }
    }
    // What is on the screen so far is no picture of this size.
    terminal.settles();
    terminal.resize(100, 30);
    terminal.press("\u{1b}");
    terminal.sees("Three ways to begin");
    terminal.sees("quit");
    // A key that follows Escape at once is that key with Alt.
    terminal.settles();
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    terminal.is_restored();
}

#[test]
fn a_window_that_is_too_small_gets_one_sentence_and_loses_nothing() {
    let mut terminal = Terminal::start(30, 8);
    terminal.sees("Nothing is lost");
    terminal.resize(80, 24);
    terminal.sees("Three ways to begin");
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn killed_while_it_saves_the_case_is_whole() {
    for pause in [0, 1, 3, 10] {
        let mut terminal = Terminal::start(80, 24);
        terminal.make_case("Churn");
        terminal.press("1");
        terminal.sees("What is one row?");
        terminal.press("a customer on the first of a month, and many more words");
        thread::sleep(Duration::from_millis(pause));
        terminal.signal("-KILL");
        terminal.ends();
        let folder = mlfit::workflow::open_case(&terminal.home.path().join("churn")).unwrap();
        assert_eq!(folder.case.title, "Churn");
    }
}
