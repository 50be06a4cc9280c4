//! The terminal: taken over, and given back on every way out.

use std::io::{self, Stdout, Write};
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::cursor::Show;
use ratatui::crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use ratatui::crossterm::execute;
use ratatui::crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};

use super::theme::{Palette, Theme};
use crate::problem::Problem;

/// What is your background? (OSC 11 of xterm.)
const ASK_BACKGROUND: &[u8] = b"\x1b]11;?\x1b\\";

/// Whether the terminal is ours at the moment.
static OURS: AtomicBool = AtomicBool::new(false);

/// The terminal while it is ours; dropping it gives it back.
pub(super) struct Screen {
    pub(super) terminal: Terminal<CrosstermBackend<Stdout>>,
    /// The signal to go on is still to come, for a stop that was seen through already.
    continued: bool,
}

impl Screen {
    /// Takes the terminal over.
    pub(super) fn open() -> Result<Self, Problem> {
        take().map_err(|error| cannot(&error))?;
        let terminal = blank().map_err(|error| {
            restore();
            cannot(&error)
        })?;
        Ok(Self {
            terminal,
            continued: false,
        })
    }

    /// Asks the terminal for its background. The answer comes among the keys.
    pub(super) fn ask_background(&mut self) -> io::Result<()> {
        let out = self.terminal.backend_mut();
        out.write_all(ASK_BACKGROUND)?;
        io::Write::flush(out)
    }

    /// Gives the terminal back, stops until the shell continues us, and takes it over again.
    #[cfg(unix)]
    pub(super) fn suspend(&mut self) -> io::Result<()> {
        restore();
        signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)?;
        self.continued = true;
        take()?;
        self.terminal = blank()?;
        Ok(())
    }

    /// There is no such thing here.
    #[cfg(not(unix))]
    pub(super) fn suspend(&mut self) -> io::Result<()> {
        Ok(())
    }

    /// Takes the terminal over once more after a stop that nobody asked us for;
    /// the shell has set it to its own liking since.
    pub(super) fn retake(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.continued) {
            return Ok(());
        }
        disable_raw_mode()?;
        take()?;
        self.terminal = blank()?;
        Ok(())
    }
}

/// A terminal of which nothing is known to be drawn, so that the next frame
/// draws all of it. (To clear a terminal, ratatui asks for the cursor's place,
/// and the answer would go to the thread that waits for keys.)
fn blank() -> io::Result<Terminal<CrosstermBackend<Stdout>>> {
    execute!(io::stdout(), Clear(ClearType::All))?;
    Terminal::new(CrosstermBackend::new(io::stdout()))
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

/// Colours and signs as the environment wants them, and whether the terminal
/// is to be asked for its background.
pub(super) fn theme(asked: Option<Palette>) -> (Theme, bool) {
    let (palette, asks) = asked.map_or_else(palette, |palette| (palette, false));
    let theme = Theme {
        palette,
        ascii: is_ascii(),
    };
    (theme, asks)
}

/// Dark until the terminal tells that it is light.
fn palette() -> (Palette, bool) {
    let is_unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    match std::env::var("TERM").as_deref() {
        Ok("dumb") => (Palette::Plain, false),
        _ if is_unwanted => (Palette::Plain, false),
        // These show a question that they do not understand.
        Ok("linux" | "Eterm") => (Palette::Dark, false),
        _ => (Palette::Dark, true),
    }
}

/// The first of the usual variables that is set tells the character set; what
/// is not said to be UTF-8 (such as `C`, `POSIX`, `de_DE`) is not.
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
        !locale.contains("utf-8") && !locale.contains("utf8")
    })
}

fn cannot(error: &io::Error) -> Problem {
    Problem::new(
        "no-terminal",
        format!("the terminal cannot be taken over: {error}"),
        "run mlfit in a terminal, or use --plain",
    )
}
