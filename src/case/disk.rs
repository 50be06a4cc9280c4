//! Reading and writing files: limited, atomic, and never outside the folder.

use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::path::Path;

use crate::problem::Problem;

/// Reads a file as UTF-8 text of at most `most` bytes.
pub fn read_text(path: &Path, most: u64) -> Result<String, Problem> {
    // A text that goes on too long is at fault from its beginning.
    let bytes = read_bytes(path, most).map_err(|problem| match problem.code {
        "file-too-large" => problem.at(1, 1),
        _ => problem,
    })?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let before = &error.as_bytes()[..good];
        let line = before.split(|byte| *byte == b'\n').count();
        let start = before
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |end| end + 1);
        let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
        Problem::new(
            "not-utf-8",
            "expected UTF-8 text, found bytes that are none",
            "save the file as UTF-8",
        )
        .in_file(path.display().to_string())
        .at(line, column)
    })?;
    Ok(text
        .strip_prefix('\u{feff}')
        .map(str::to_owned)
        .unwrap_or(text))
}

/// Reads a file of at most `most` bytes.
pub fn read_bytes(path: &Path, most: u64) -> Result<Vec<u8>, Problem> {
    let fail = |error: &std::io::Error| cannot_read(path, error);
    let file = File::open(path).map_err(|error| fail(&error))?;
    if file.metadata().map_err(|error| fail(&error))?.is_dir() {
        return Err(Problem::new(
            "is-a-folder",
            format!("expected a file, found the folder {}", path.display()),
            "name the file inside it",
        )
        .in_file(path.display().to_string()));
    }
    let mut bytes = Vec::new();
    file.take(most + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| fail(&error))?;
    if bytes.len() as u64 > most {
        return Err(Problem::new(
            "file-too-large",
            format!("expected at most {most} bytes, found more"),
            "check that this is the right file",
        )
        .in_file(path.display().to_string()));
    }
    Ok(bytes)
}

/// Makes a folder, and those above it, unless they are there.
pub fn make_folder(path: &Path) -> Result<(), Problem> {
    std::fs::create_dir_all(path).map_err(|error| cannot_write(path, &error))
}

/// A file or folder that cannot be read, as a problem.
pub(super) fn cannot_read(path: &Path, error: &std::io::Error) -> Problem {
    let place = path.display().to_string();
    let problem = match error.kind() {
        ErrorKind::NotFound => Problem::new(
            "file-not-found",
            format!("expected a file at {place}, found none"),
            "check the path; relative ones start in the current folder",
        ),
        ErrorKind::PermissionDenied => Problem::new(
            "not-readable",
            format!("{place} may not be read by you"),
            "change its permissions, or name another file",
        ),
        _ => Problem::new(
            "not-readable",
            format!("{place} cannot be read: {error}"),
            "check the path and the disk",
        ),
    };
    problem.in_file(place)
}

/// Writes a file so that a crash at any moment leaves the old one or the new
/// one, whole: a temporary file in the same folder, flushed to disk, renamed,
/// and the folder flushed too. A file that was there keeps its permissions.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) | None => Path::new("."),
    };
    try_to_write(path, folder, bytes).map_err(|error| cannot_write(path, &error))
}

fn try_to_write(path: &Path, folder: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".mlfit-");
    #[cfg(unix)]
    let permissions = permissions(path);
    #[cfg(unix)]
    builder.permissions(permissions);
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    flush_folder(folder)
}

/// Those of the file that is replaced, or what the user's mask leaves of a normal file.
#[cfg(unix)]
fn permissions(path: &Path) -> std::fs::Permissions {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path).map_or_else(
        |_| std::fs::Permissions::from_mode(0o666),
        |found| found.permissions(),
    )
}

#[cfg(unix)]
fn flush_folder(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn flush_folder(_folder: &Path) -> std::io::Result<()> {
    Ok(())
}

/// A file or folder that cannot be written, as a problem.
pub(super) fn cannot_write(path: &Path, error: &std::io::Error) -> Problem {
    let place = path.display().to_string();
    Problem::new(
        "not-writable",
        format!("{place} cannot be written: {error}"),
        "check the folder, its permissions and the space on the disk; the old file is untouched",
    )
    .in_file(place)
}

/// Holds a folder for one program at a time, until it is dropped.
///
/// The lock is on the folder itself, so that no file is left behind. Where a
/// folder cannot be opened like a file, writes are still atomic, only not in turn.
pub(super) struct Lock {
    _folder: Option<File>,
}

impl Lock {
    /// Waits until no other program holds the folder.
    pub(super) fn on(folder: &Path) -> Self {
        let locked = File::open(folder).and_then(|file| {
            file.lock()?;
            Ok(file)
        });
        Self {
            _folder: locked.ok(),
        }
    }
}
