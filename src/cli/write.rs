//! Writes files whole or not at all.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use tempfile::NamedTempFile;

/// Writes `bytes` to a file beside `path` and puts that in its place. A link stays a link; an old file's permissions stay.
///
/// # Errors
/// As the system says; then the old file is as it was.
pub fn whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    beside(&target, bytes)?.persist(&target)?;
    Ok(())
}

/// Writes `bytes` to a file beside `target` that is to take its place, with the permissions of the old one. Dropped, it is gone.
///
/// # Errors
/// As the system says.
pub fn beside(target: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".noticelint-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // Less what the process's umask takes away: as any new file.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    if let Ok(old) = fs::metadata(target) {
        if old.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        file.as_file().set_permissions(old.permissions())?;
    }
    file.as_file().sync_all()?;
    Ok(file)
}
