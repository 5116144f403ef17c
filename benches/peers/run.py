#!/usr/bin/env python3
"""Runs other tools on the notices of the benchmark, side by side with noticelint.

    python3 benches/peers/run.py [--work FOLDER] [--notices 1000] [--bytes 3000] [--runs 3] [--bin noticelint]

It installs the tools into FOLDER (with pip and npm; what cannot be had is left out and said), writes the notices there,
gives every tool the same forbidden wordings (wordings.txt) and, where it can say so, the same required ones
(required.txt), and prints a table: version, least processor time and wall clock of some runs in turn, findings.
"""

import argparse
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
WORDINGS = (HERE / "wordings.txt").read_text("utf-8").split("\n")[:-1]
REQUIRED = (HERE / "required.txt").read_text("utf-8").split("\n")[:-1]


def main():
    args = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    args.add_argument("--work", type=Path, default=Path("target/peers"))
    args.add_argument("--notices", type=int, default=1000)
    args.add_argument("--bytes", type=int, default=3000)
    args.add_argument("--runs", type=int, default=3)
    args.add_argument("--bin", type=Path, default=Path("target/release/noticelint"))
    args = args.parse_args()
    work = args.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    install(work)
    notices = write(work, args.notices, args.bytes)
    tools = [t for t in commands(work, notices, args.bin.resolve()) if available(t)]
    best = {t["name"]: (float("inf"), float("inf")) for t in tools}
    found = {}
    for _ in range(args.runs):
        for tool in tools:
            before, started = processor(), time.perf_counter()
            done = subprocess.run(tool["run"], cwd=work, capture_output=True, env=tool.get("env"))
            took = (processor() - before, time.perf_counter() - started)
            best[tool["name"]] = tuple(map(min, best[tool["name"]], took))
            found[tool["name"]] = tool["count"](done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))
    own = sum(text.count(w) for text in notices_of(notices) for w in WORDINGS)
    without = sum(not any(r in text for r in req.split("|")) for text in notices_of(notices) for req in REQUIRED)
    print(f"\n{args.notices} notices of {args.bytes} bytes; forbidden wordings in them: {own}; required ones missing: {without}\n")
    print("| tool | version | processor time | wall clock | forbidden | required | what it was given, and what it cannot say |")
    print("|---|---|---|---|---|---|---|")
    for tool in sorted(tools, key=lambda t: best[t["name"]]):
        forbidden, required = found[tool["name"]]
        print(f"| {tool['name']} | {version(tool)} | {best[tool['name']][0]:.2f} s | {best[tool['name']][1]:.2f} s | {forbidden} | {required} | {tool['says']} |")


def processor():
    """Seconds that finished children have spent."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def install(work):
    """Into a virtual environment and a folder of node modules; each by itself, so that one that fails takes none with it."""
    if not (work / "venv").exists():
        subprocess.run([sys.executable, "-m", "venv", work / "venv"], check=True)
    for name in ["rumdl", "typos", "proselint", "semgrep", "vale", "ripgrep"]:
        if not (work / f"{name}.tried").exists():
            subprocess.run([work / "venv/bin/pip", "install", "--quiet", "--only-binary", ":all:", name], check=False)
            (work / f"{name}.tried").touch()
    if not (work / "node_modules").exists() and shutil.which("npm"):
        (work / "package.json").write_text('{"private": true}')
        names = ["textlint", "textlint-rule-prh", "markdownlint-cli2"]
        subprocess.run(["npm", "install", "--silent", *names], cwd=work, check=False)


def write(work, n, size):
    """The notices, made by the generator of the benchmark."""
    maker = work / "write"
    subprocess.run(["rustc", "--edition", "2024", "-O", HERE / "write.rs", "-o", maker], check=True)
    notices = work / "notices"
    shutil.rmtree(notices, ignore_errors=True)
    subprocess.run([maker, notices, str(n), str(size)], check=True)
    return notices


def notices_of(folder):
    for path in sorted(folder.glob("*.md")):
        yield path.read_text("utf-8")


def commands(work, notices, own):
    quoted = [json.dumps(w, ensure_ascii=False) for w in WORDINGS]
    escaped = [re.escape(w).replace(r"\ ", " ") for w in WORDINGS]
    env = dict(os.environ, PATH=f"{work / 'venv/bin'}:{os.environ['PATH']}", SEMGREP_SEND_METRICS="off",
               SEMGREP_ENABLE_VERSION_CHECK="0", LC_ALL="C.UTF-8")
    pip = work / "venv/bin"
    npm = work / "node_modules/.bin"

    rules = work / "rules/house"
    rules.mkdir(parents=True, exist_ok=True)
    head = ("severity: error\nauthority:\n  body: {{ ko: 회사, en: The company }}\n  instrument: {{ ko: 지침, en: House style }}\n"
            "  provision: {{ ko: '1', en: '1' }}\n  date: '2026-01-01'\n  url: https://example.com/style\n  basis: practice\n"
            "title: {{ ko: 낱말, en: {0} }}\nmessage: {{ ko: 낱말, en: {0} }}\nhelp: {{ ko: 낱말, en: {0} }}\n")
    (rules / "words.yaml").write_text(
        head.format("Forbidden wordings") + "forbid:\n  patterns:\n" + "".join(f"    - {json.dumps(w, ensure_ascii=False)}\n" for w in escaped), "utf-8")
    for i, need in enumerate(REQUIRED):
        (rules / f"need-{i}.yaml").write_text(
            head.format("Required wordings") + f"require:\n  any:\n    - pattern: {json.dumps(need, ensure_ascii=False)}\n", "utf-8")
    (work / "wordings.txt").write_text("\n".join(WORDINGS) + "\n", "utf-8")
    (work / "prh.yml").write_text(
        "version: 1\nrules:\n" + "".join(f"  - expected: ''\n    patterns: [{q}]\n" for q in quoted), "utf-8")
    (work / ".textlintrc.json").write_text(json.dumps({"rules": {"prh": {"rulePaths": [str(work / "prh.yml")]}}}))
    (work / "words.cjs").write_text(
        "const words = [" + ", ".join(quoted) + "];\nconst required = " + json.dumps([r.split("|") for r in REQUIRED], ensure_ascii=False) + ";\n"
        "module.exports = { names: ['words'], description: 'wordings', tags: ['house'], parser: 'none', function: (p, onError) => {\n"
        "  p.lines.forEach((line, i) => { for (const w of words) for (let at = line.indexOf(w); at >= 0; at = line.indexOf(w, at + w.length))\n"
        "    onError({ lineNumber: i + 1, detail: w }); });\n"
        "  for (const r of required) if (!r.some(w => p.lines.some(line => line.includes(w)))) onError({ lineNumber: 1, detail: 'required' }); } };\n", "utf-8")
    (work / ".markdownlint-cli2.jsonc").write_text(
        json.dumps({"config": {"default": False, "words": True}, "customRules": ["./words.cjs"]}))
    (work / "semgrep.yaml").write_text(
        "rules:\n  - id: words\n    languages: [generic]\n    severity: ERROR\n    message: forbidden wording\n    pattern-either:\n"
        + "".join(f"      - pattern: {q}\n" for q in quoted), "utf-8")
    styles = work / "styles/House"
    styles.mkdir(parents=True, exist_ok=True)
    (styles / "Words.yml").write_text(
        "extends: existence\nmessage: \"'%s'\"\nlevel: error\nnonword: true\ntokens:\n" + "".join(f"  - {q}\n" for q in quoted), "utf-8")
    (work / ".vale.ini").write_text(f"StylesPath = {work / 'styles'}\nMinAlertLevel = error\n[*.md]\nBasedOnStyles = House\n")

    def lines(pattern, required=None):
        count = lambda p, text: len(re.findall(p, text, re.M)) if p else "cannot"
        return lambda out, err: (count(pattern, out + err), count(required, out + err))

    def own_json(out, _):
        rules = [f["rule"] for n in json.loads(out)["notices"] for f in n["findings"]]
        return (sum(r == "house/words" for r in rules), sum(r.startswith("house/need") for r in rules))

    def all_json(out, _):
        n = json.loads(out)["summary"]
        return (f"{n['errors'] + n['warnings'] + n['infos']} of all kinds", "what the law asks for")

    many = [str(p) for p in sorted(notices.glob("*.md"))]
    check = [own, "check", "--format", "json", "--fail-on", "never"]
    return [
        {"name": "noticelint, these wordings only", "run": [*check, "--rules", work / "rules", "--select", "house", *many],
         "version": [own, "--version"], "count": own_json, "says": "two kinds of rules with patterns; the notice is read as always"},
        {"name": "noticelint, all packs", "run": [*check, *many], "version": [own, "--version"], "count": all_json,
         "says": "who says what of which data, advice, dates, counts, contacts; no facts were given"},
        {"name": "ripgrep -f", "run": [pip / "rg", "-F", "-o", "-N", "-f", "wordings.txt", notices],
         "version": [pip / "rg", "--version"], "count": lambda out, _: (len(out.splitlines()), "cannot"), "env": env,
         "says": "the wordings, in source text; a required one by a run of its own (`--files-without-match`), not timed; no Markdown: comments, NFD text and entities are taken as written"},
        {"name": "Vale", "run": [pip / "vale", "--output=line", "--no-exit", notices], "version": [pip / "vale", "--version"],
         "count": lines(r"^.+:\d+:\d+:House"), "env": env, "says": "an `existence` rule; its `occurrence` rule counts one wording in one scope, not one of several in a file"},
        {"name": "textlint, prh", "run": [npm / "textlint", "-f", "unix", *many], "version": [npm / "textlint", "--version"],
         "count": lines(r"^.+:\d+:\d+: "), "says": "a prh dictionary; nothing for what is missing"},
        {"name": "markdownlint-cli2", "run": [npm / "markdownlint-cli2", *[os.path.relpath(p, work) for p in many]],
         "version": [npm / "markdownlint-cli2", "--help"], "count": lines(r" words (?!.*\[required\])", r"\[required\]"),
         "says": "a rule of its own in JavaScript that looks through the lines; all its other rules off"},
        {"name": "semgrep, generic", "run": [pip / "semgrep", "scan", "--quiet", "--json", "--metrics=off", "--disable-version-check", "--no-git-ignore", "--config", "semgrep.yaml", notices],
         "version": [pip / "semgrep", "--version"], "env": env,
         "count": lambda out, _: (len(json.loads(out)["results"]) if out.startswith("{") else out[:60], "cannot"),
         "says": "`pattern-either` of generic patterns; nothing for what is missing from a file"},
        {"name": "rumdl", "run": [pip / "rumdl", "check", "--no-cache", "--silent", notices], "version": [pip / "rumdl", "--version"],
         "count": lambda *_: ("cannot", "cannot"), "env": env, "says": "takes no wordings; its own rules of Markdown style"},
        {"name": "typos", "run": [pip / "typos", "--format", "brief", notices], "version": [pip / "typos", "--version"],
         "count": lambda *_: ("cannot", "cannot"), "env": env, "says": "single English words only; its own dictionary"},
        {"name": "proselint", "run": [pip / "proselint", "check", *many], "version": [pip / "proselint", "version"],
         "count": lambda *_: ("cannot", "cannot"), "env": env, "says": "takes no wordings; its own checks of English prose"},
    ]


def available(tool):
    try:
        done = subprocess.run(tool["version"], capture_output=True, env=tool.get("env"), timeout=120)
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"left out: {tool['name']}: {type(error).__name__}")
        return False
    tool["told"] = (done.stdout + done.stderr).decode("utf-8", "replace")
    if "Traceback" in tool["told"] or not re.search(r"\d+\.\d+", tool["told"]):
        print(f"left out: {tool['name']}: {tool['told'].strip()[-200:]}")
        return False
    return True


def version(tool):
    return re.search(r"\d+\.\d+(\.\d+)?", tool["told"])[0]


if __name__ == "__main__":
    main()
