"""Arguments and options of the commands, with the words of their help."""

from pathlib import Path
from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON instead of text.")]
File = Annotated[
    str,
    typer.Argument(
        metavar="FILE",
        help="CSV, TSV, Parquet, Excel, JSON or ARFF, also packed; or the address of a database.",
    ),
]
TableName = Annotated[str, typer.Option("--table", help="Of a database.")]
Query = Annotated[str, typer.Option(help="One SELECT, of a database.")]
Delimiter = Annotated[
    str | None,
    typer.Option(
        help="One to four characters between cells, or tab, comma, semicolon, bar, space, "
        "spaces (any number), gaps (two or more), none (one column)."
    ),
]
Encoding = Annotated[str | None, typer.Option(help="Such as utf-8 or cp1252.")]
Decimal = Annotated[str | None, typer.Option(help="Decimal mark: point or comma.")]
Thousands = Annotated[str | None, typer.Option(help="Mark between groups of digits, or none.")]
Quote = Annotated[str | None, typer.Option(help="One character around cells, or none.")]
Escape = Annotated[str | None, typer.Option(help="One character before a plain one, or none.")]
Comment = Annotated[str | None, typer.Option(help="What begins a line left out, or none.")]
SkipRows = Annotated[int | None, typer.Option(help="Lines above the table.", min=0)]
HeaderRows = Annotated[int | None, typer.Option(help="Lines that name the columns.", min=0)]
Sheet = Annotated[str | None, typer.Option(help="Sheet of a workbook.", show_default="first")]
Target = Annotated[str, typer.Option(help="Column to predict.")]
LikelyTarget = Annotated[
    str, typer.Option("--target", help="Column to predict, for the findings about it.")
]
Out = Annotated[Path, typer.Option(help="Folder for the files that are left.")]
TaskKey = Annotated[str, typer.Option(help="binary, multiclass or regression.")]
Positive = Annotated[str, typer.Option(help="Class to find, of a binary task.")]
ModelKeys = Annotated[str | None, typer.Option(help="Keys with commas; 'models' lists them.")]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", help="MODEL.SETTING=VALUE; may be given often.", show_default=False),
]
RecipeWord = Annotated[
    str, typer.Option(help="auto, trees, linear, minimal, a recipe's file or an experiment.json.")
]
SplitterKey = Annotated[str, typer.Option(help="stratified, kfold, holdout, group or time.")]
Folds = Annotated[int | None, typer.Option(help="Parts of the rows.", show_default="5")]
Repeats = Annotated[int, typer.Option(help="How often the rows are divided anew.", min=1)]
Group = Annotated[str, typer.Option(help="Column whose equal values stay together.")]
Time = Annotated[str, typer.Option(help="Column that orders the rows.")]
Weight = Annotated[str, typer.Option(help="Column of row weights.")]
Kinds = Annotated[
    list[str] | None,
    typer.Option(
        "--kind",
        help="COL=KIND: number, category, boolean, date, text or identifier; may be given often.",
        show_default=False,
    ),
]
Ignored = Annotated[
    str, typer.Option(help="Columns left out, with commas; names with commas in quotation marks.")
]
MetricKeys = Annotated[str | None, typer.Option(help="Keys with commas; the first one ranks.")]
Seed = Annotated[int, typer.Option(help="Of all that is drawn.", min=0, max=2**31 - 1)]
Workers = Annotated[int, typer.Option(help="Fits at the same time; 0 for one a core.", min=0)]
Racing = Annotated[
    bool, typer.Option("--racing", help="Stop models that the test already rules out.")
]
CellSeconds = Annotated[
    float | None, typer.Option(help="Limit of one fit.", min=1, show_default="900")
]
ClusterAddress = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="ADDRESS",
        help="Dask scheduler whose workers do the fits, tcp://host:8786.",
        show_default="$PLAYGROUND_CLUSTER or none",
    ),
]
Home = Annotated[
    Path | None,
    typer.Option(help="Folder that keeps results.", show_default="$PLAYGROUND_HOME or yours"),
]
RunWord = Annotated[str, typer.Argument(metavar="RUN", help="Its name, or how its id begins.")]
Pause = Annotated[bool, typer.Option("--pause", help="Only pause it.")]
OlderThan = Annotated[float, typer.Option(metavar="DAYS", help="Untouched for so long.", min=0)]
Yes = Annotated[bool, typer.Option("--yes", help="Delete; without it, only tell what would go.")]
Without = Annotated[str, typer.Option(metavar="STEP,...", help="Steps left out, one at a time.")]
Instead = Annotated[
    str, typer.Option(metavar="STEP=STEP,...", help="A step's place taken by another.")
]
Added = Annotated[str, typer.Option("--add", metavar="STEP,...", help="Steps put in.")]
Varied = Annotated[
    list[str] | None,
    typer.Option(
        "--vary",
        metavar="STEP.SETTING=VALUE",
        help="A step set otherwise; may be given often.",
        show_default=False,
    ),
]
Worth = Annotated[
    float, typer.Option(help="Effects below it do not matter, in units of the metric.", min=0)
]
