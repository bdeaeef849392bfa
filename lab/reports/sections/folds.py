"""How sure the order of the candidates is."""

import math

from lab.charts import CHARTS
from lab.reports import words
from lab.reports.document import Block, Grid
from lab.reports.figures import chart_block
from lab.reports.material import Material


def build(material: Material) -> tuple[Block, ...]:
    """Return the differences to the best and the scores by fold."""
    metric = material.leaderboard.primary
    names = tuple(material.ranked)
    if not material.best:
        return ()
    apart = CHARTS["differences"].frame(
        material.differences, metric=metric, reference=material.best
    )
    scores = CHARTS["fold_scores"].frame(material.folds, metric=metric)
    numbers = words.grid(
        [
            {
                "Candidate": words.listed([row["candidate"]]),
                "Difference": words.score(row["difference"]),
                "95 % interval": words.interval(row["low"], row["high"]),
                "p": words.chance(row["p_value"]),
            }
            for row in apart.to_dict("records")
        ],
        numeric=("Difference", "95 % interval", "p"),
    )
    blocks = (
        chart_block("differences", apart, names, numbers=numbers),
        chart_block("fold_scores", scores, names, numbers=_by_fold(material)),
    )
    return tuple(block for block in blocks if block is not None)


def _by_fold(material: Material) -> Grid:
    own = material.folds[material.folds["metric"] == material.leaderboard.primary]
    names = [name for name in material.ranked if name in set(own["candidate"])]
    known = {
        (row["candidate"], row["repeat"], row["fold"]): float(row["value"])
        for row in own.to_dict("records")
    }
    keys = sorted({(repeat, fold) for _, repeat, fold in known})
    lines = [
        {
            "Candidate": words.listed([name]),
            **{f"{r + 1}.{f + 1}": words.score(known.get((name, r, f), math.nan)) for r, f in keys},
        }
        for name in names
    ]
    columns = list(lines[0])[1:] if lines else []
    return words.grid(lines, numeric=columns, caption="By repeat and fold, both counted from 1.")
