//! The terminal: taken over, and given back on every way out.

use std::io::{self, Stdout, Write};
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::cursor::Show;
use ratatui::crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use ratatui::crossterm::execute;
use ratatui::crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};

use super::theme::{Palette, Theme};
use crate::problem::Problem;

/// How long the terminal may take to tell its background.
const PATIENCE: Duration = Duration::from_millis(20);

/// Whether the terminal is ours at the moment.
static OURS: AtomicBool = AtomicBool::new(false);

/// The terminal while it is ours; dropping it gives it back.
pub(super) struct Screen {
    pub(super) terminal: Terminal<CrosstermBackend<Stdout>>,
}

impl Screen {
    /// Takes the terminal over.
    pub(super) fn open() -> Result<Self, Problem> {
        take().map_err(|error| cannot(&error))?;
        let terminal = Terminal::new(CrosstermBackend::new(io::stdout())).map_err(|error| {
            restore();
            cannot(&error)
        })?;
        Ok(Self { terminal })
    }

    /// Gives the terminal back, stops until the shell continues us, and takes it over again.
    #[cfg(unix)]
    pub(super) fn suspend(&mut self) -> io::Result<()> {
        restore();
        signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)?;
        take()?;
        self.terminal.clear()
    }

    /// There is no such thing here.
    #[cfg(not(unix))]
    pub(super) fn suspend(&mut self) -> io::Result<()> {
        self.terminal.clear()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        restore();
    }
}

fn take() -> io::Result<()> {
    enable_raw_mode()?;
    OURS.store(true, Ordering::SeqCst);
    execute!(
        io::stdout(),
        EnterAlternateScreen,
        EnableBracketedPaste,
        EnableMouseCapture
    )
}

/// Gives the terminal back, once.
fn restore() {
    if OURS.swap(false, Ordering::SeqCst) {
        let mut out = io::stdout();
        // Nobody is left to tell if the terminal is gone.
        let _ = execute!(
            out,
            DisableMouseCapture,
            DisableBracketedPaste,
            LeaveAlternateScreen,
            Show
        );
        let _ = out.flush();
        let _ = disable_raw_mode();
    }
}

/// A panic of the interface gives the terminal back before it speaks; one of a
/// job stays silent here and becomes a message.
pub(super) fn guard_panics() {
    let interface = thread::current().id();
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if thread::current().id() == interface {
            restore();
            before(info);
        } else if !OURS.load(Ordering::SeqCst) {
            before(info);
        }
    }));
}

/// Colours and signs as the terminal and its environment want them.
pub(super) fn theme(asked: Option<Palette>) -> Theme {
    Theme {
        palette: asked.unwrap_or_else(palette),
        ascii: is_ascii(),
    }
}

fn palette() -> Palette {
    use terminal_colorsaurus::{QueryOptions, ThemeMode, theme_mode};
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if set("NO_COLOR") || std::env::var("TERM").is_ok_and(|term| term == "dumb") {
        return Palette::Plain;
    }
    let mut options = QueryOptions::default();
    options.timeout = PATIENCE;
    match theme_mode(options) {
        Ok(ThemeMode::Light) => Palette::Light,
        Ok(ThemeMode::Dark) | Err(_) => Palette::Dark,
    }
}

/// The first of the usual variables that is set tells the character set.
fn is_ascii() -> bool {
    if std::env::var_os("MLFIT_ASCII").is_some()
        || std::env::var("TERM").is_ok_and(|term| term == "linux")
    {
        return true;
    }
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    locale.is_some_and(|locale| {
        let locale = locale.to_lowercase();
        locale.contains("8859") || locale.contains("ascii") || locale == "posix"
    })
}

fn cannot(error: &io::Error) -> Problem {
    Problem::new(
        "no-terminal",
        format!("the terminal cannot be taken over: {error}"),
        "run mlfit in a terminal, or use --plain",
    )
}
