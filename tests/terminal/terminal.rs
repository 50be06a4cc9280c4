//! A terminal with mlfit in it.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;

/// How long anything may take on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// What the program asks for its background.
const ASKED: &str = "\u{1b}]11;?";

/// How a terminal is, and what the program finds in its environment.
pub(crate) struct Setting {
    pub(crate) columns: u16,
    pub(crate) rows: u16,
    pub(crate) variables: Vec<(&'static str, &'static str)>,
    /// The answer to the question for the background, and after how long it comes.
    pub(crate) background: Option<(&'static str, Duration)>,
}

impl Default for Setting {
    /// A terminal of the usual size that does not tell its background.
    fn default() -> Self {
        Self {
            columns: 80,
            rows: 24,
            variables: Vec::new(),
            background: None,
        }
    }
}

/// A terminal with mlfit in it.
pub(crate) struct Terminal {
    pub(crate) master: Box<dyn MasterPty + Send>,
    pub(crate) child: Box<dyn Child + Send + Sync>,
    pub(crate) keys: Arc<Mutex<Box<dyn Write + Send>>>,
    pub(crate) screen: Arc<Mutex<vt100::Parser>>,
    /// Every byte that the program wrote.
    written: Arc<Mutex<Vec<u8>>>,
    /// The background was told.
    answered: Arc<AtomicBool>,
    pub(crate) home: TempDir,
}

impl Terminal {
    /// Starts mlfit in an empty folder.
    pub(crate) fn start(columns: u16, rows: u16) -> Self {
        Self::start_as(&Setting {
            columns,
            rows,
            ..Setting::default()
        })
    }

    /// Starts mlfit so that it breaks at a place.
    #[cfg(debug_assertions)]
    pub(crate) fn start_faulty(place: &'static str) -> Self {
        Self::start_as(&Setting {
            variables: vec![("MLFIT_FAULT", place)],
            ..Setting::default()
        })
    }

    /// Starts mlfit in an empty folder of that terminal.
    pub(crate) fn start_as(setting: &Setting) -> Self {
        let home = tempfile::tempdir().unwrap();
        let pair = native_pty_system()
            .openpty(size(setting.columns, setting.rows))
            .unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_mlfit"));
        command.cwd(home.path());
        command.env("TERM", "xterm-256color");
        command.env("LC_ALL", "C.UTF-8");
        for variable in ["NO_COLOR", "MLFIT_FAULT", "MLFIT_ASCII"] {
            command.env_remove(variable);
        }
        // What a panic says is short, so that it stays on the screen.
        command.env("RUST_BACKTRACE", "0");
        for (name, value) in &setting.variables {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let (height, width) = whole(setting.columns, setting.rows);
        let terminal = Self {
            keys: Arc::new(Mutex::new(pair.master.take_writer().unwrap())),
            screen: Arc::new(Mutex::new(vt100::Parser::new(height, width, 0))),
            written: Arc::default(),
            answered: Arc::default(),
            master: pair.master,
            child,
            home,
        };
        terminal.listen(setting.background);
        terminal
    }

    /// Draws what the program writes, and tells the background when it asks.
    fn listen(&self, background: Option<(&'static str, Duration)>) {
        let mut output = self.master.try_clone_reader().unwrap();
        let (drawn, written) = (Arc::clone(&self.screen), Arc::clone(&self.written));
        let (keys, answered) = (Arc::clone(&self.keys), Arc::clone(&self.answered));
        thread::spawn(move || {
            let mut background = background;
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                drawn.lock().unwrap().process(&bytes[..count]);
                let mut written = written.lock().unwrap();
                written.extend_from_slice(&bytes[..count]);
                let is_asked = String::from_utf8_lossy(&written).contains(ASKED);
                drop(written);
                if let Some((answer, after)) = background.take_if(|_| is_asked) {
                    let (keys, answered) = (Arc::clone(&keys), Arc::clone(&answered));
                    thread::spawn(move || {
                        thread::sleep(after);
                        write(&keys, answer);
                        answered.store(true, Ordering::SeqCst);
                    });
                }
            }
        });
    }

    pub(crate) fn press(&self, keys: &str) {
        write(&self.keys, keys);
    }

    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        let (height, width) = whole(columns, rows);
        let mut parser = self.screen.lock().unwrap();
        parser.screen_mut().set_size(height, width);
        drop(parser);
        self.master.resize(size(columns, rows)).unwrap();
    }

    pub(crate) fn text(&self) -> String {
        self.screen.lock().unwrap().screen().contents()
    }

    /// Waits until the program was told the background.
    pub(crate) fn answered(&self) {
        let begun = Instant::now();
        while !self.answered.load(Ordering::SeqCst) {
            assert!(begun.elapsed() < PATIENCE, "it does not ask");
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// What the program wrote so far.
    pub(crate) fn written(&self) -> Vec<u8> {
        self.written.lock().unwrap().clone()
    }

    /// Somebody else writes to the terminal.
    pub(crate) fn scribble(&self, text: &str) {
        self.screen.lock().unwrap().process(text.as_bytes());
    }

    pub(crate) fn is_ours(&self) -> bool {
        self.screen.lock().unwrap().screen().alternate_screen()
    }

    /// Waits until the screen shows a text.
    pub(crate) fn sees(&self, wanted: &str) {
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
    pub(crate) fn settles(&self) {
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
    pub(crate) fn ends(&mut self) -> ExitStatus {
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

    pub(crate) fn signal(&self, signal: &str) {
        let process = self.child.process_id().expect("it runs").to_string();
        let sent = Command::new("kill").args([signal, &process]).status();
        assert!(sent.unwrap().success());
    }

    /// Waits until the program is stopped, and may be continued.
    pub(crate) fn stops(&self) {
        let process = self.child.process_id().expect("it runs").to_string();
        let begun = Instant::now();
        loop {
            let asked = Command::new("ps")
                .args(["-o", "stat=", "-p", &process])
                .output();
            let state = asked.unwrap().stdout;
            if state.starts_with(b"T") {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "it does not stop");
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// The terminal is as a shell wants it.
    pub(crate) fn is_restored(&self) {
        let begun = Instant::now();
        while self.is_ours() {
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
    pub(crate) fn make_case(&self, title: &str) {
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

pub(crate) fn case_in(home: &Path, name: &str) -> String {
    std::fs::read_to_string(home.join(name).join("case.yaml")).unwrap()
}

fn write(keys: &Mutex<Box<dyn Write + Send>>, text: &str) {
    let mut keys = keys.lock().unwrap();
    keys.write_all(text.as_bytes()).unwrap();
    keys.flush().unwrap();
}
