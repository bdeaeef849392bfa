"""``python -m lab read FILE``."""

import shlex
from dataclasses import replace

from rich.table import Table as TextTable

from lab.base import Action, ActionKind, Finding, LabError, Task, join_words, plain_text, to_plain
from lab.cli.console import result_console, write_json
from lab.cli.opening import reading_table
from lab.cli.source import Source
from lab.data import Table, check_data, guess_roles, guess_target, guess_task
from lab.experiments import offered

_OPTIONS = {
    ActionKind.IGNORE: "--ignore {columns}",
    ActionKind.GROUP: "--group {columns} --cv group",
    ActionKind.TIME: "--time {columns} --cv time",
    ActionKind.FOLDS: "--folds {folds}",
    ActionKind.METRIC: "--metrics {metric}",
}
"""Options of the command ``run`` that do what a finding proposes."""


def read_file(source: Source, *, target: str, as_json: bool) -> None:
    """Tell what a file holds: dialect, shape, columns with their kinds, notes, findings.

    With a target the findings are those of predicting it, else those of the table alone.
    """
    with reading_table(source) as table:
        roles = guess_roles(table, target) if target else None
        findings = check_data(table, roles=replace(roles, ignored=()) if roles else None)
        task = roles.task if roles else None
        if as_json:
            write_json(_facts(table, findings, task))
        else:
            _write_text(table, findings, task)
            if not target:
                _tell_likely_target(table)


def _facts(table: Table, findings: tuple[Finding, ...], task: Task | None) -> dict[str, object]:
    missing = table.frame.isna().sum()
    target = _likely_target(table)
    columns = [
        {
            "name": column.name,
            "kind": str(column.kind),
            "missing": int(missing[column.name]),
            "levels": column.n_levels,
        }
        for column in table.schema
    ]
    return {
        "file": table.source,
        "rows": len(table.frame),
        "columns": columns,
        "notes": list(table.notes),
        "findings": [_finding_facts(finding, task) for finding in findings],
        "likely_target": target or None,
        "likely_task": str(guess_task(table, target)) if target else None,
    }


def _finding_facts(finding: Finding, task: Task | None) -> dict[str, object]:
    actions = [
        {**to_plain(action), "option": _option(action) or None} for action in offered(finding, task)
    ]
    return {**to_plain(finding), "actions": actions}


def _write_text(table: Table, findings: tuple[Finding, ...], task: Task | None) -> None:
    console = result_console()
    n_rows, n_columns = table.frame.shape
    rows = "1 row" if n_rows == 1 else f"{n_rows:,} rows"
    columns = "1 column" if n_columns == 1 else f"{n_columns:,} columns"
    console.print(f"{plain_text(table.source)}: {rows}, {columns}")
    for note in table.notes:
        console.print(f"- {plain_text(note, max_length=300)}")
    console.print(_columns_table(table))
    for finding in findings:
        title = plain_text(finding.title, max_length=200)
        console.print(f"{finding.code} {finding.severity}: {title}")
        console.print(f"     {plain_text(finding.detail, max_length=600)}")
        for action in offered(finding, task):
            console.print(f"     Proposal: {plain_text(_proposal(action), max_length=400)}")


def _tell_likely_target(table: Table) -> None:
    console = result_console()
    if target := _likely_target(table):
        question = guess_task(table, target).title.lower()
        console.print(f"Likely target: {plain_text(target)} ({question})")
    else:
        console.print("No column of this table can be predicted.")


def _proposal(action: Action) -> str:
    option = _option(action)
    return f"{action.title} ({option})" if option else action.title


def _option(action: Action) -> str:
    """Return the option of ``run`` that does it; empty when none does."""
    joined = ",".join(action.columns)
    if action.kind is ActionKind.IGNORE:
        joined = join_words(action.columns)
    columns = shlex.quote(joined)
    return _OPTIONS.get(action.kind, "").format(columns=columns, **action.settings)


def _likely_target(table: Table) -> str:
    try:
        return guess_target(table)
    except LabError:  # nothing to predict, which is a fact of the file and no fault of the command
        return ""


def _columns_table(table: Table) -> TextTable:
    text = TextTable(box=None, pad_edge=False)
    for heading in ("column", "kind"):
        text.add_column(heading)
    for heading in ("missing", "levels"):
        text.add_column(heading, justify="right")
    missing = table.frame.isna().sum()
    for column in table.schema:
        n_missing = int(missing[column.name])
        text.add_row(plain_text(column.name), column.kind, f"{n_missing:,}", f"{column.n_levels:,}")
    return text
