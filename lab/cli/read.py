"""``python -m lab read FILE``."""

from rich.table import Table as TextTable

from lab.base import Finding, LabError, plain_text, to_plain
from lab.cli.console import result_console, write_json
from lab.cli.opening import reading_table
from lab.cli.source import Source
from lab.data import Table, check_data, guess_target, guess_task


def read_file(source: Source, *, as_json: bool) -> None:
    """Tell what a file holds: dialect, shape, columns with their kinds, notes, findings."""
    with reading_table(source) as table:
        findings = check_data(table)
        if as_json:
            write_json(_facts(table, findings))
        else:
            _write_text(table, findings)


def _facts(table: Table, findings: tuple[Finding, ...]) -> dict[str, object]:
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
        "findings": [to_plain(finding) for finding in findings],
        "likely_target": target or None,
        "likely_task": str(guess_task(table, target)) if target else None,
    }


def _write_text(table: Table, findings: tuple[Finding, ...]) -> None:
    console = result_console()
    n_rows, n_columns = table.frame.shape
    console.print(f"{plain_text(table.source)}: {n_rows:,} rows, {n_columns:,} columns")
    for note in table.notes:
        console.print(f"- {plain_text(note, max_length=300)}")
    console.print(_columns_table(table))
    for finding in findings:
        title = plain_text(finding.title, max_length=200)
        console.print(f"{finding.code} {finding.severity}: {title}")
        console.print(f"     {plain_text(finding.detail, max_length=400)}")
    if target := _likely_target(table):
        task = guess_task(table, target).title.lower()
        console.print(f"Likely target: {plain_text(target)} ({task})")
    else:
        console.print("No column of this table can be predicted.")


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
