"""The verdict first."""

from lab.charts import CHARTS
from lab.metrics import METRICS
from lab.reports import words
from lab.reports.document import Block, Callout, Facts, Paragraph
from lab.reports.figures import chart_block
from lab.reports.material import Material


def build(material: Material) -> tuple[Block, ...]:
    """Return the verdict, the key figures, and the scores with their intervals."""
    board = material.leaderboard
    blocks: list[Block | None] = [
        Callout(text=board.verdict, tone="verdict"),
        Facts(items=_facts(material)),
    ]
    if board.optimism is not None:
        blocks.append(Paragraph(text=board.optimism.sentence))
    blocks.append(
        chart_block(
            "intervals",
            CHARTS["intervals"].frame(board.frame, metric=board.primary),
            tuple(material.ranked),
        )
    )
    return tuple(block for block in blocks if block is not None)


def _facts(material: Material) -> tuple[tuple[str, str], ...]:
    dataset, board = material.dataset, material.leaderboard
    frame = board.frame
    complete = int((frame["state"] == "complete").sum())
    facts = [
        ("Data set", words.listed([dataset.name or dataset.table.source])),
        ("Target", words.listed([dataset.roles.target])),
        ("Rows", words.count(dataset.n_rows)),
        ("Feature columns", words.count(len(dataset.features))),
        ("Candidates", f"{complete} of {len(frame)} complete"),
    ]
    if material.best:
        first = frame[frame["candidate"] == material.best].iloc[0]
        metric = METRICS[board.primary].title
        facts.insert(0, ("Best candidate", words.listed([material.best])))
        facts.insert(1, (f"Its {metric}", words.score(first[board.primary])))
        bounds = (first[f"{board.primary}_low"], first[f"{board.primary}_high"])
        facts.insert(2, ("95 % interval", words.interval(*bounds)))
    return tuple(facts)
