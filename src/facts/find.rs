//! Which facts a notice belongs to.

use std::path::{Component, Path, PathBuf};

use crate::report::{Place, Problem, shown_path};
use crate::yaml::shown;

/// The name of a facts file that is found without being named.
pub const FILE_NAME: &str = "incident.yaml";

/// What it is called by mistake.
const MISSPELT: [&str; 6] = [
    "incident.yml",
    "incident.yaml.txt",
    "incident.yml.txt",
    "incident.txt",
    "incidents.yaml",
    "Incident.yaml",
];

/// The facts file that a notice names in its front matter.
#[derive(Debug, Clone, Copy)]
pub struct Named<'a> {
    /// As written: relative to the notice, or absolute.
    pub file: &'a str,
    /// Where in the notice it is written.
    pub at: Place,
}

/// The facts file for a notice: the `explicit` one (`--incident`, relative to the working folder), else the one the
/// notice names, else `incident.yaml` beside the notice or in a folder above, but never above its repository. Without
/// a repository, not above the working folder, and only beside the notice if that is elsewhere.
///
/// Nothing, if none was named and none was found. A path below the working folder is relative to it, unless the
/// notice's was absolute.
///
/// # Errors
/// A named file is not there; or the working folder cannot be found out.
pub fn find(
    notice: &Path,
    named: Option<Named>,
    explicit: Option<&Path>,
) -> Result<Option<PathBuf>, Box<Problem>> {
    let cwd = std::env::current_dir().map_err(|error| {
        Box::new(Problem {
            path: shown_path(notice),
            message: format!("the working folder is not known: {error}"),
            hint: None,
            at: None,
        })
    })?;
    find_from(&cwd, notice, named, explicit)
}

/// As [`find`], with the working folder (absolute) given.
pub(super) fn find_from(
    cwd: &Path,
    notice: &Path,
    named: Option<Named>,
    explicit: Option<&Path>,
) -> Result<Option<PathBuf>, Box<Problem>> {
    if let Some(explicit) = explicit {
        return match cwd.join(explicit).is_file() {
            true => Ok(Some(explicit.to_owned())),
            false => Err(Box::new(Problem {
                path: shown_path(explicit),
                message: "there is no such facts file".to_owned(),
                hint: Some("it was given with `--incident`".to_owned()),
                at: None,
            })),
        };
    }
    let notice_path = without_dots(&cwd.join(notice));
    let folder = notice_path.parent().unwrap_or(cwd);
    let as_given = |found: PathBuf| match found.strip_prefix(cwd) {
        Ok(relative) if notice.is_relative() => relative.to_owned(),
        _ => found,
    };
    if let Some(named) = named {
        let file = without_dots(&folder.join(named.file));
        return match file.is_file() {
            true => Ok(Some(as_given(file))),
            false => Err(Box::new(Problem {
                path: shown_path(notice),
                message: format!("there is no facts file `{}`", shown(named.file)),
                hint: Some(format!(
                    "`incident` is the path of the facts, from the folder of this notice; looked for {}",
                    shown_path(&as_given(file))
                )),
                at: Some(named.at),
            })),
        };
    }

    let repository = folder
        .ancestors()
        .find(|folder| folder.join(".git").exists());
    let top = repository.unwrap_or(match folder.starts_with(cwd) {
        true => cwd,
        false => folder,
    });
    let found = folder
        .ancestors()
        .take_while(|folder| folder.starts_with(top))
        .map(|folder| folder.join(FILE_NAME))
        .find(|file| file.is_file());
    // A name that was meant would otherwise be passed over in silence.
    let meant = || MISSPELT.iter().find(|name| folder.join(name).is_file());
    if let (None, Some(name)) = (&found, meant()) {
        return Err(Box::new(Problem {
            path: shown_path(&as_given(folder.join(name))),
            message: format!("the facts must be called `{FILE_NAME}` to be found"),
            hint: Some("rename the file, or name it with `--incident`".to_owned()),
            at: None,
        }));
    }
    Ok(found.map(as_given))
}

/// An absolute path without `.` and `..`, which `Path::parent` would take for folders. The disk is not asked, so
/// that a link is a folder like any other.
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
