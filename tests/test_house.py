"""The rules of the house that no linter knows: sizes, faces, floors, and words kept in one room."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = sorted(path.parent.name for path in ROOT.glob("lab/*/__init__.py"))
FOLDERS = ("lab", "pages", "benchmarks", "tests")
SOURCES = [path for folder in FOLDERS for path in sorted(ROOT.glob(f"{folder}/**/*.py"))]
SOURCES.append(ROOT / "app.py")
OURS = [path for path in SOURCES if not path.is_relative_to(ROOT / "tests")]
SERVED = [path for path in OURS if not path.is_relative_to(ROOT / "benchmarks")]

LONG_FILES: dict[str, str] = {}
"""Files over 300 lines, each with its reason."""

LONG_FUNCTIONS = {
    "lab/cli/commands.py:run": "its signature lists the options",
    "lab/cli/commands.py:ablate": "its signature lists the options",
}
"""Functions over 40 lines, as ``file:name``, each with its reason."""

HEAVY = ("sklearn", "scipy", "imblearn", "xgboost", "lightgbm", "shap", "plotly", "jinja2",
         "clevercsv", "charset_normalizer", "streamlit", "matplotlib")  # fmt: skip

FORBIDDEN = {
    r"\bread_csv\(": "the readers know dialects, limits and notes: use lab.data.read_table",
    r"unsafe_allow_html": "user text would become markup: use lab.base.markdown_text",
    r"\bStyler\b|\.style\.": "pandas' styler does not escape",
    r"\bpickle\b|\bcloudpickle\b": "a pickle from a stranger runs their code",
    r"\bjoblib\.load\b|\bjoblib\.dump\b": "a joblib file is a pickle",
    r"(?<![\w.])eval\(|(?<![\w.])exec\(": "no user text is ever run",
    r"components\.v1|st\.html\(": "markup beside the elements escapes nothing",
    r"shell=True": "no command goes through a shell",
}
ALLOWED = {
    "lab/data/readers/parsing.py": "the readers themselves",
    "lab/data/readers/foreign.py": "tells that pickles are refused",
    "pages/_ui/step_preview.py": "colours cells of st.dataframe, which draws text and no HTML",
}
"""Files where a forbidden word stands for a reason."""


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_file_is_longer_than_300_lines():
    long = {name(path) for path in SOURCES if len(path.read_text().splitlines()) > 300}
    assert long == set(LONG_FILES)


def code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the lines of a function without its docstring."""
    docstring = 0
    first = function.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        docstring = (first.end_lineno or 0) - first.lineno + 1
    return (function.end_lineno or 0) - function.lineno + 1 - docstring


def test_no_function_is_longer_than_40_lines():
    long = {
        f"{name(path)}:{node.name}"
        for path in OURS
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and code_lines(node) > 40
    }
    assert long == set(LONG_FUNCTIONS)


def test_every_face_imports_without_a_heavy_library():
    code = (
        "import importlib, json, sys\n"
        "rooms, heavy = json.loads(sys.argv[1])\n"
        "found = {}\n"
        "for room in rooms:\n"
        "    importlib.import_module('lab.' + room)\n"
        "    for library in heavy:\n"
        "        if library in sys.modules:\n"
        "            found.setdefault(library, room)\n"
        "print(json.dumps(found))\n"
    )
    output = subprocess.run(
        [sys.executable, "-c", code, json.dumps([ROOMS, HEAVY])],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    ).stdout
    assert json.loads(output) == {}


def test_a_face_defines_nothing():
    for room in ROOMS:
        face = ROOT / "lab" / room / "__init__.py"
        for node in ast.parse(face.read_text()).body:
            defines = not isinstance(node, ast.Expr | ast.Import | ast.ImportFrom | ast.Assign)
            assert not defines, f"{name(face)} defines something in line {node.lineno}"


def imported_modules(path: Path) -> list[tuple[int, str]]:
    """Return line and full name of every module of ours that a file imports from."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.append((node.lineno, node.module))
        elif isinstance(node, ast.Import):
            found.extend((node.lineno, alias.name) for alias in node.names)
    return [(line, module) for line, module in found if module.split(".")[0] == "lab"]


@pytest.mark.parametrize("path", SERVED, ids=name)
def test_other_rooms_are_entered_by_their_face_only(path):
    parts = path.relative_to(ROOT).parts
    own = parts[1] if parts[0] == "lab" and len(parts) > 2 else ""
    past_the_face = [
        f"line {line}: {module}"
        for line, module in imported_modules(path)
        if module.count(".") > 1 and module.split(".")[1] != own
    ]
    assert past_the_face == []


def test_the_floors_hold():
    command = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run(
        [command, "--no-cache"], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert result.returncode == 0, result.stdout[-3000:]


@pytest.mark.parametrize("rule", FORBIDDEN)
def test_what_is_dangerous_stands_only_where_it_is_named(rule):
    found = {
        name(path)
        for path in SERVED
        if any(re.search(rule, line) for line in path.read_text().splitlines())
    }
    assert found - set(ALLOWED) == set(), FORBIDDEN[rule]


def test_every_command_and_option_stands_in_the_readme():
    from typer.main import get_command

    from lab.cli import app

    readme = (ROOT / "README.md").read_text()
    for command_name, command in get_command(app).commands.items():
        assert re.search(rf"\b{command_name}\b", readme), f"{command_name} is not documented"
        for param in command.params:
            flag = max(param.opts, key=len)
            if flag.startswith("--") and flag != "--help":
                assert flag in readme, f"{command_name} {flag} is not documented"


def test_every_shipped_data_file_has_a_licence_and_a_source():
    readme = (ROOT / "datasets" / "README.md").read_text()
    data_files = [
        path for path in ROOT.glob("datasets/*") if path.suffix not in {".md", ".json", ".toml"}
    ]
    assert data_files
    for path in data_files:
        assert path.name in readme, f"datasets/README.md says nothing of {path.name}"
    assert re.search(r"licen[cs]e", readme, re.IGNORECASE)


def test_the_lock_pins_every_direct_requirement():
    locked = set(
        re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    )
    for line in (ROOT / "requirements.txt").read_text().splitlines():
        wanted = re.match(r"[A-Za-z0-9-]+", line)
        if wanted:
            assert wanted.group().lower() in locked, f"run make lock: {wanted.group()} is not there"


def test_the_locks_name_no_machine_and_no_registry():
    for lock in ("requirements.lock", "requirements-dev.lock"):
        assert not re.search(r"://|--index|--find-links|/home/|/root/", (ROOT / lock).read_text())
