use super::*;

const WORDS: fn() -> Wording = || Wording::new(Lang::En);

fn base() -> Base {
    Base {
        folder: PathBuf::from("/repo"),
        root: PathBuf::from("/repo"),
    }
}

fn read(text: &str) -> Result<Config, Vec<Problem>> {
    Config::read("noticelint.yaml", text, base(), WORDS())
}

fn wrong(text: &str) -> String {
    let problems = read(text).unwrap_err();
    let lines = problems.iter().map(|p| {
        let at = p.at.unwrap();
        let hint = p.hint.as_deref().unwrap_or("-");
        format!("{}:{}: {} ({hint})", at.line, at.column, p.message)
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    insta::assert_snapshot!(
        [
            "langauge: ko\n",
            "lang: kr\n",
            "fail-on: errors\n",
            "rules:\n  kr/when: of\n",
            "rules:\n  kr/when: false\n",
            "rules: [kr]\n",
            "rules:\n  kr: on\n  kr: off\n",
            "rule-folders: house\n",
            "rule-folders: ['']\n",
            "notices:\n  includes: [a]\n",
            "notices:\n  include: []\n",
            "notices:\n  include: ['a{b']\n",
            "notices:\n  exclude: ['../x']\n",
            "overrides:\n  - path: [a]\n    rules: {}\n",
            "overrides:\n  - paths: [a]\n",
            "baseline: ''\n",
            "lang: ko\n\tfail-on: error\n",
            "- lang\n",
        ]
        .map(|text| format!("{text}{}\n", wrong(text)))
        .join("\n")
    );
}

#[test]
fn a_file_without_settings_is_no_mistake() {
    for text in ["", "\n", "# nothing yet\n", "{}\n"] {
        assert!(read(text).unwrap().rules.is_empty(), "{text:?}");
    }
}

#[test]
fn the_nearest_and_strongest_setting_decides() {
    let config = read(
        "rules:\n  kr/plain: off\n  common: off\n  common/jargon: warning\n  kr/when: info\n\
         overrides:\n  - paths: [en/]\n    rules: { kr: off, kr/when: on }\n\
         \x20 - paths: [en/first.md]\n    rules: { kr/count: error }\n",
    )
    .unwrap();
    let level = |notice: &str, rule: &str| {
        let setting = config.setting(Path::new(notice), rule);
        setting.map_or("-", |setting| setting.level.as_str())
    };
    assert_eq!(level("/repo/a.md", "kr/count"), "-");
    assert_eq!(level("/repo/a.md", "kr/plain"), "off");
    assert_eq!(level("/repo/a.md", "common/plain"), "off");
    assert_eq!(level("/repo/a.md", "common/jargon"), "warning");
    assert_eq!(level("/repo/en/a.md", "kr/count"), "off");
    assert_eq!(level("/repo/en/a.md", "kr/when"), "on");
    assert_eq!(level("/repo/en/first.md", "kr/count"), "error");
    assert_eq!(level("/elsewhere/en/a.md", "kr/count"), "-");
}

#[test]
fn profiles_turn_off_and_change_severities() {
    let rules = RuleSet::builtin().unwrap();
    let config = read("rules: { common: off, common/jargon: error, kr/when: info }\n").unwrap();
    let profile = config.profile(Path::new("/repo/a.md"), &rules);
    assert!(profile.is_off("common/placeholder"));
    assert!(!profile.is_off("common/jargon"));
    assert_eq!(profile.severity("common/jargon"), Some(Severity::Error));
    assert_eq!(profile.severity("kr/when"), Some(Severity::Info));
    assert_eq!(profile.severity("kr/how"), None);
}

#[test]
fn unknown_rules_have_a_place_and_the_nearest_name() {
    let rules = RuleSet::builtin().unwrap();
    let config = read(
        "rules:\n  kr/whem: off\noverrides:\n  - paths: [a]\n    rules: { comon: off, kr/how: off }\n",
    );
    let problems = config.unwrap().unknown_rules(&rules, WORDS());
    let told: Vec<String> = problems
        .iter()
        .map(|p| {
            let at = p.at.unwrap();
            let hint = p.hint.as_deref().unwrap();
            format!("{}:{} {} {hint}", at.line, at.column, p.message)
        })
        .collect();
    assert_eq!(
        told,
        [
            "2:3 unknown rule or pack: kr/whem did you mean `kr/when`?",
            "5:14 unknown rule or pack: comon did you mean `common`?",
        ]
    );
}

#[test]
fn patterns_of_paths_are_those_of_gitignore() {
    let wanted = |text: &str, file: &str| read(text).unwrap().wanted(Path::new(file));
    let both = "notices: { include: ['/notices/**/*.md', '!draft.md'], exclude: [old/] }";
    assert_eq!(wanted(both, "/repo/notices/a/b.md"), Wanted::Included);
    assert_eq!(
        wanted(both, "/repo/notices/a/draft.md"),
        Wanted::NotIncluded
    );
    assert_eq!(wanted(both, "/repo/notices/old/b.md"), Wanted::Excluded);
    assert_eq!(wanted(both, "/repo/x/notices/b.md"), Wanted::NotIncluded);
    assert_eq!(
        wanted("notices: { exclude: ['*.sms.md'] }", "/repo/a/b.sms.md"),
        Wanted::Excluded
    );
    assert_eq!(
        wanted("notices: { exclude: ['*.sms.md'] }", "/repo/a/b.md"),
        Wanted::Open
    );
    assert_eq!(wanted("lang: ko", "/repo/a.md"), Wanted::Open);
    assert_eq!(wanted(both, "/elsewhere/notices/a.md"), Wanted::Open);
}

#[test]
fn paths_do_not_leave_the_repository() {
    let root = tempfile::tempdir().unwrap();
    let root = std::fs::canonicalize(root.path()).unwrap();
    for folder in ["repo/.git", "repo/sub/rules", "outside"] {
        std::fs::create_dir_all(root.join(folder)).unwrap();
    }
    let base = Base::new(&root.join("repo/sub"));
    assert_eq!(base.root, root.join("repo"));
    assert_eq!(
        base.resolve("rules", false),
        Some(root.join("repo/sub/rules"))
    );
    assert_eq!(
        base.resolve("../x.yaml", false),
        Some(root.join("repo/x.yaml"))
    );
    assert_eq!(base.resolve("../../outside", false), None);
    assert_eq!(
        base.resolve("../../outside", true),
        Some(root.join("outside"))
    );
    assert_eq!(base.resolve("/etc", false), None);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(root.join("outside"), root.join("repo/link")).unwrap();
        assert_eq!(base.resolve("../link", false), None);
    }
}

#[test]
fn the_nearest_file_is_found_and_none_above_the_repository() {
    let root = tempfile::tempdir().unwrap();
    let at = |path: &str| root.path().join(path);
    std::fs::create_dir_all(at("repo/.git")).unwrap();
    std::fs::create_dir_all(at("repo/a/b")).unwrap();
    std::fs::write(at(FILE_NAME), "").unwrap();
    assert_eq!(find(&at("repo/a"), &at("repo/a/b")), None);
    std::fs::write(at("repo").join(FILE_NAME), "").unwrap();
    assert_eq!(
        find(&at("repo/a"), &at("repo/a/b")),
        Some(at("repo").join(FILE_NAME))
    );
    std::fs::write(at("repo/a").join(FILE_NAME), "").unwrap();
    assert_eq!(
        find(&at("."), &at("repo/a/b")),
        Some(at("repo/a").join(FILE_NAME))
    );
}
