"""How rows were divided, and what kept test rows apart."""

from lab.metrics import METRICS
from lab.reports import words
from lab.reports.document import Block, Bullets, Facts, Paragraph
from lab.reports.material import Material
from lab.validation import SPLITTERS

_APART = (
    "Every step of every recipe (filling gaps, scaling, encoding, resampling) was fitted on the"
    " training rows of each fold alone. Test rows were only predicted: none of them was seen by a"
    " step or a model, and resampling never touched them. All candidates met the same folds."
)


def build(material: Material) -> tuple[Block, ...]:
    """Return splitter, sizes, seeds, metrics and the statement that nothing leaked."""
    plan, board = material.experiment.plan, material.leaderboard
    entry = SPLITTERS[plan.splitter.key]
    sizes = [(len(split.train), len(split.test)) for split in material.splits]
    facts = [
        ("Splitter", entry.title),
        ("Folds in all", words.count(len(sizes))),
        ("Repeats", words.count(plan.repeats)),
        ("Training rows", _range([train for train, _ in sizes])),
        ("Test rows", _range([test for _, test in sizes])),
        ("Seed of the splits", str(plan.seed)),
        ("Seed of the models", str(material.experiment.seed)),
    ]
    chosen = words.settings(entry.params, plan.splitter)
    metrics = tuple(
        (METRICS[key].title + ":", METRICS[key].summary) for key in material.experiment.metrics
    )
    blocks: list[Block] = [
        Paragraph(text=f"{entry.title}: {entry.summary}" + (f" ({chosen})" if chosen else "")),
        Facts(items=tuple(facts)),
        Paragraph(text=_APART),
        Paragraph(text=f"Ranked by {METRICS[board.primary].title}. The metrics:"),
        Bullets(items=metrics),
    ]
    if board.notes:
        blocks += [Paragraph(text="What limits these numbers:"), Bullets(items=board.notes)]
    return tuple(blocks)


def _range(sizes: list[int]) -> str:
    low, high = min(sizes), max(sizes)
    return words.count(low) if low == high else f"{low:,} to {high:,}"
