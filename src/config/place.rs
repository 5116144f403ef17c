//! Where a configuration is found, and how far its paths may reach.

use std::fs;
use std::path::{Component, Path, PathBuf};

use super::FILE_NAME;

/// What the paths in a configuration are relative to, and what they may not leave. Both absolute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    pub folder: PathBuf,
    /// The repository; without one, the folder itself.
    pub root: PathBuf,
}

impl Base {
    /// The base of a configuration whose paths are relative to `folder` (absolute).
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            root: root_of(folder).unwrap_or_else(|| folder.to_owned()),
        }
    }

    /// A path written in the configuration, absolute. `None` if it leads out of the root, by itself or through a link.
    pub fn resolve(&self, written: &str, outside: bool) -> Option<PathBuf> {
        let path = without_dots(&self.folder.join(written));
        let inside = |path: &Path, root: &Path| path.starts_with(root);
        if outside {
            return Some(path);
        }
        if !inside(&path, &self.root) {
            return None;
        }
        // What is not there cannot lead anywhere; that it is not there is told by who reads it.
        match (fs::canonicalize(&path), fs::canonicalize(&self.root)) {
            (Ok(real), Ok(root)) if !inside(&real, &root) => None,
            _ => Some(path),
        }
    }
}

/// The nearest folder at or above `folder` that holds `.git`.
pub fn root_of(folder: &Path) -> Option<PathBuf> {
    folder
        .ancestors()
        .find(|folder| folder.join(".git").exists())
        .map(Path::to_owned)
}

/// The configuration for files in `folder` (absolute): in it or above, but never above its repository. Without a
/// repository, not above the working folder, and only in `folder` itself if that is elsewhere.
pub fn find(cwd: &Path, folder: &Path) -> Option<PathBuf> {
    let top = root_of(folder).unwrap_or_else(|| match folder.starts_with(cwd) {
        true => cwd.to_owned(),
        false => folder.to_owned(),
    });
    folder
        .ancestors()
        .take_while(|folder| folder.starts_with(&top))
        .map(|folder| folder.join(FILE_NAME))
        .find(|file| file.is_file())
}

/// An absolute path without `.` and `..`. The disk is not asked.
pub fn without_dots(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}
