"""The commands with their arguments; each imports its work when it is called, so help is quick."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typer

from lab.base import LabError, Workspace, default_workspace, split_words
from lab.cli import options
from lab.cli.request import RunRequest, named_keys, split_kinds
from lab.cli.source import FLAGS, MARKED_FLAGS, Flag, Source, mark


def read(  # noqa: PLR0913  # each option of the command is a parameter here
    file: options.File,
    *,
    target: options.LikelyTarget = "",
    table: options.TableName = "",
    query: options.Query = "",
    delimiter: options.Delimiter = None,
    encoding: options.Encoding = None,
    decimal: options.Decimal = None,
    thousands: options.Thousands = None,
    quote: options.Quote = None,
    escape: options.Escape = None,
    comment: options.Comment = None,
    skip_rows: options.SkipRows = None,
    header_rows: options.HeaderRows = None,
    sheet: options.Sheet = None,
    as_json: options.AsJson = False,
) -> None:
    """Tell what a file holds: dialect, shape, columns with their kinds, notes, findings."""
    source = _source(locals())
    from lab.cli.read import read_file

    read_file(source, target=target, as_json=as_json)


def run(  # noqa: PLR0913  # each option of the command is a parameter here
    file: options.File,
    *,
    target: options.Target,
    out: options.Out,
    table: options.TableName = "",
    query: options.Query = "",
    delimiter: options.Delimiter = None,
    encoding: options.Encoding = None,
    decimal: options.Decimal = None,
    thousands: options.Thousands = None,
    quote: options.Quote = None,
    escape: options.Escape = None,
    comment: options.Comment = None,
    skip_rows: options.SkipRows = None,
    header_rows: options.HeaderRows = None,
    sheet: options.Sheet = None,
    task: options.TaskKey = "",
    positive: options.Positive = "",
    models: options.ModelKeys = None,
    settings: options.Settings = None,
    recipe: options.RecipeWord = "auto",
    cv: options.SplitterKey = "",
    folds: options.Folds = None,
    repeats: options.Repeats = 1,
    group: options.Group = "",
    time: options.Time = "",
    weight: options.Weight = "",
    kinds: options.Kinds = None,
    ignore: options.Ignored = "",
    metrics: options.MetricKeys = None,
    seed: options.Seed = 0,
    workers: options.Workers = 0,
    racing: options.Racing = False,
    cell_seconds: options.CellSeconds = None,
    cluster: options.ClusterAddress = None,
    home: options.Home = None,
) -> None:
    """Compare models on a table; write leaderboard, folds, predictions, splits and a report."""
    source, request = _source(locals()), _request(locals())
    workspace = _workspace(home)
    from lab.cli.run import run_request

    raise typer.Exit(run_request(source, request, workspace, out))


def ablate(  # noqa: PLR0913  # each option of the command is a parameter here
    file: options.File,
    *,
    target: options.Target,
    out: options.Out,
    table: options.TableName = "",
    query: options.Query = "",
    delimiter: options.Delimiter = None,
    encoding: options.Encoding = None,
    decimal: options.Decimal = None,
    thousands: options.Thousands = None,
    quote: options.Quote = None,
    escape: options.Escape = None,
    comment: options.Comment = None,
    skip_rows: options.SkipRows = None,
    header_rows: options.HeaderRows = None,
    sheet: options.Sheet = None,
    without: options.Without = "",
    instead: options.Instead = "",
    add: options.Added = "",
    vary: options.Varied = None,
    worth: options.Worth = 0.0,
    task: options.TaskKey = "",
    positive: options.Positive = "",
    models: options.ModelKeys = None,
    settings: options.Settings = None,
    recipe: options.RecipeWord = "auto",
    cv: options.SplitterKey = "",
    folds: options.Folds = None,
    repeats: options.Repeats = 1,
    group: options.Group = "",
    time: options.Time = "",
    weight: options.Weight = "",
    kinds: options.Kinds = None,
    ignore: options.Ignored = "",
    metrics: options.MetricKeys = None,
    seed: options.Seed = 0,
    workers: options.Workers = 0,
    racing: options.Racing = False,
    cell_seconds: options.CellSeconds = None,
    cluster: options.ClusterAddress = None,
    home: options.Home = None,
) -> None:
    """Tell what single steps of a recipe buy; without naming any, each that can be left out."""
    source, request = _source(locals()), _request(locals())
    from lab.cli.ablate import ablate_request
    from lab.cli.changes import ChangeWords

    words = ChangeWords(
        without=split_words(without),
        instead=split_words(instead),
        added=split_words(add),
        varied=tuple(vary or ()),
    )
    code = ablate_request(source, request, words, _workspace(home), out, worth=worth)
    raise typer.Exit(code)


def runs(as_json: options.AsJson = False, home: options.Home = None) -> None:
    """List all runs, the newest first: state, progress, best score, size on the disk."""
    from lab.cli.runs import tell_runs

    tell_runs(_existing_workspace(home), as_json=as_json)


def stop(run: options.RunWord, *, pause: options.Pause = False, home: options.Home = None) -> None:
    """Stop a run that is going on or waits; what it has finished is kept."""
    from lab.cli.stop import stop_run

    stop_run(_existing_workspace(home), run, only_pause=pause)


def clean(
    older_than: options.OlderThan, *, yes: options.Yes = False, home: options.Home = None
) -> None:
    """Delete runs that were not touched for some days, and data that nothing uses any more."""
    from lab.cli.clean import clean_up

    clean_up(_existing_workspace(home), older_than=older_than, is_sure=yes)


def models(as_json: options.AsJson = False) -> None:
    """List the models: key, title, tasks, settings with bounds and defaults."""
    from lab.cli.models import list_models

    list_models(as_json=as_json)


def steps(as_json: options.AsJson = False) -> None:
    """List the preparation steps: key, title, columns, settings with bounds and defaults."""
    from lab.cli.steps import list_steps

    list_steps(as_json=as_json)


def metrics(as_json: options.AsJson = False) -> None:
    """List the metrics: key, title, tasks, direction and range."""
    from lab.cli.metrics import list_metrics

    list_metrics(as_json=as_json)


def splitters(as_json: options.AsJson = False) -> None:
    """List the ways to divide rows: key, title, needs, settings with bounds and defaults."""
    from lab.cli.splitters import list_splitters

    list_splitters(as_json=as_json)


def _source(given: Mapping[str, Any]) -> Source:
    """Return where the table comes from, of the arguments of a command."""
    flags: dict[str, Flag] = {name: mark(given[name]) for name in MARKED_FLAGS}
    flags |= {name: given[name] for name in FLAGS}
    return Source(place=given["file"], flags=flags, table=given["table"], query=given["query"])


def _request(given: Mapping[str, Any]) -> RunRequest:
    """Return what is to be run, of the arguments of a command."""
    as_given = ("target", "task", "positive", "recipe", "folds", "repeats", "group", "time",
                "weight", "seed", "workers", "racing", "cell_seconds", "cluster")  # fmt: skip
    return RunRequest(
        name=f"{_source(given).stem}: {given['target']}",
        models=named_keys("model", given["models"]),
        settings=tuple(given["settings"] or ()),
        splitter=given["cv"],
        kinds=split_kinds(tuple(given["kinds"] or ())),
        ignored=split_words(given["ignore"]),
        metrics=named_keys("metric", given["metrics"]),
        **{name: given[name] for name in as_given},
    )


def _workspace(home: Path | None) -> Workspace:
    return Workspace(root=home.resolve()) if home else default_workspace()


def _existing_workspace(home: Path | None) -> Workspace:
    if home is not None and not home.is_dir():
        raise LabError(f"there is no folder {home}", hint="Name the --home that a run was given.")
    workspace = _workspace(home)
    root = workspace.root
    if not next(folder for folder in (root, *root.parents) if folder.exists()).is_dir():
        workspace.path("any")  # is refused, in the same words as for a run
    return workspace
