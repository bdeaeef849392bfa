"""What was in the file."""

from lab.base import Finding
from lab.charts import CHARTS
from lab.data import Roles
from lab.reports import words
from lab.reports.document import Block, Bullets, Callout, Facts, Grid, Paragraph
from lab.reports.figures import chart_block
from lab.reports.material import Material

MAX_COLUMNS = 60
MAX_FINDINGS = 20


def build(material: Material) -> tuple[Block, ...]:
    """Return size, roles, notes of reading, findings, balance, columns and missing values."""
    dataset = material.dataset
    roles = dataset.roles
    special = {"Group": roles.group, "Time": roles.time, "Weight": roles.weight}
    facts = [
        ("File", words.listed([dataset.table.source])),
        ("Rows", words.count(dataset.n_rows)),
        ("Columns", words.count(len(dataset.table.schema))),
        ("Target", words.listed([roles.target])),
        ("Task", roles.task.title),
        *((name, words.listed([column])) for name, column in special.items() if column),
    ]
    if roles.ignored:
        facts.append(("Left out", words.listed(roles.ignored)))
    blocks: list[Block | None] = [Facts(items=tuple(facts))]
    if notes := (*dataset.table.notes, *dataset.notes):
        blocks += [Paragraph(text="What reading guessed or changed:"), Bullets(items=notes)]
    blocks += [_callout(finding) for finding in material.findings[:MAX_FINDINGS]]
    blocks += [_balance(material), _columns(material), _missing(material)]
    return tuple(block for block in blocks if block is not None)


def _callout(finding: Finding) -> Callout:
    columns = f" Columns: {words.listed(finding.columns)}." if finding.columns else ""
    return Callout(
        title=f"{finding.title} ({finding.code})",
        text=finding.detail + columns,
        tone=finding.severity.value,
    )


def _balance(material: Material) -> Block | None:
    dataset = material.dataset
    if not dataset.labels:
        return None
    counts = {label: int((dataset.y == code).sum()) for code, label in enumerate(dataset.labels)}
    return chart_block("class_balance", CHARTS["class_balance"].frame(counts), ())


def _missing(material: Material) -> Block | None:
    shares = material.dataset.table.frame.isna().mean().to_dict()
    frame = CHARTS["missingness"].frame({str(name): value for name, value in shares.items()})
    return chart_block("missingness", frame, ())


def _columns(material: Material) -> Grid:
    dataset = material.dataset
    special = _roles_by_column(dataset.roles)
    missing = dataset.table.frame.isna().mean()
    lines = [
        {
            "Column": words.listed([column.name]),
            "Kind": column.kind.value,
            "Role": special.get(column.name, "feature"),
            "Missing": words.share(float(missing[column.name])),
            "Distinct values": words.count(column.n_levels),
        }
        for column in dataset.table.schema
    ]
    more = len(lines) - MAX_COLUMNS
    caption = "Columns of the table" + (f"; {more} more are not listed." if more > 0 else ".")
    return words.grid(lines[:MAX_COLUMNS], numeric=("Missing", "Distinct values"), caption=caption)


def _roles_by_column(roles: Roles) -> dict[str, str]:
    found = dict.fromkeys(roles.ignored, "ignored")
    for role in ("time", "group", "weight", "target"):
        if column := getattr(roles, role):
            found[column] = role
    return found
