//! The commands that `fixtures/sample-repo` shows, and the files with which CI runs them.

use std::fs;
use std::path::Path;

use super::support::{repository, run};

/// A copy of the sample as a repository of its own.
fn sample() -> tempfile::TempDir {
    let root = repository(&[]);
    copy(Path::new("fixtures/sample-repo"), root.path());
    root
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &target),
            false => {
                fs::copy(entry.path(), target).unwrap();
            }
        }
    }
}

#[test]
fn the_commands_that_it_shows() {
    let root = sample();
    let page = fs::read_to_string("fixtures/sample-repo/README.md").unwrap();
    let mut told = String::new();
    for line in page
        .lines()
        .filter(|line| line.starts_with("$ noticelint "))
    {
        let command = line.split('#').next().unwrap().trim();
        let args: Vec<&str> = command.split_whitespace().skip(2).collect();
        told.push_str(&format!("{command}\n{}\n", run(root.path(), &args).text()));
    }
    insta::assert_snapshot!(told);
}

/// The baseline is the one that the program makes. After a change of rules, in the folder of the sample:
/// `noticelint baseline --lang en -o noticelint-baseline.yaml archive`.
#[test]
fn its_baseline_is_up_to_date() {
    let root = sample();
    let made = run(
        root.path(),
        &["baseline", "--lang", "en", "-o", "made.yaml", "archive"],
    );
    assert_eq!(made.code, 0, "{}", made.text());
    let made = fs::read_to_string(root.path().join("made.yaml")).unwrap();
    let kept = fs::read_to_string(root.path().join("noticelint-baseline.yaml")).unwrap();
    assert_eq!(kept, made);
}

/// What the hook and the action run is what the program knows.
#[test]
fn the_files_for_ci_are_yaml_and_run_what_there_is() {
    let read = |path: &str| -> serde_yaml::Value {
        serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap()
    };
    let hook = &read(".pre-commit-hooks.yaml")[0];
    let entry = hook["entry"].as_str().unwrap().to_owned();
    let files = regex::Regex::new(hook["files"].as_str().unwrap()).unwrap();
    for path in [
        "a/notice.md",
        "a/incident.yaml",
        "noticelint.yaml",
        "noticelint-baseline.yaml",
    ] {
        assert!(files.is_match(path), "{path}");
    }
    let config = read("fixtures/sample-repo/.pre-commit-config.yaml");
    assert_eq!(config["repos"][0]["hooks"][0]["id"], hook["id"]);
    let gitlab = read("fixtures/sample-repo/.gitlab-ci.yml");
    assert_eq!(gitlab["notices"]["script"][0], entry.as_str());
    let action = read("action.yml");
    let github = read("fixtures/sample-repo/.github/workflows/notices.yml");
    let with = &github["jobs"]["notices"]["steps"][1]["with"];
    for (input, _) in with.as_mapping().unwrap() {
        assert!(action["inputs"].get(input).is_some(), "{input:?}");
    }
    let root = sample();
    for args in [
        entry.strip_prefix("noticelint ").unwrap(),
        with["args"].as_str().unwrap(),
    ] {
        let args: Vec<&str> = args.split(' ').collect();
        let ran = run(root.path(), &args);
        assert_eq!(ran.code, 0, "{}", ran.text());
    }
    // The image knows every file that the build needs.
    let docker = fs::read_to_string("Dockerfile").unwrap();
    for part in [
        "Cargo.toml",
        "Cargo.lock",
        "build.rs",
        "README.md",
        "COPY src",
        "COPY rules",
        // Cargo refuses a manifest that names a file which is not there.
        "COPY benches",
        "USER 65534",
    ] {
        assert!(docker.contains(part), "{part}");
    }
    let ignored = fs::read_to_string(".dockerignore").unwrap();
    for line in docker.lines().filter_map(|line| line.strip_prefix("COPY ")) {
        for part in line
            .split(' ')
            .filter(|part| !part.starts_with("--") && !part.starts_with('/'))
        {
            assert!(part == "./" || Path::new(part).exists(), "{part}");
            assert!(!ignored.lines().any(|line| line == part), "{part}");
        }
    }
}
