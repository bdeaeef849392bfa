"""Our runs against the limit, plain loops and other tools: whole processes, by turns, medians.

    python benchmarks/against.py [--rounds 3] [--rows 1000 53940 500000] [--peers] [--only NAME ...]

`limit` is the processor time of the bare fits and predictions over the cores; "from the click" has
a process waiting with its libraries imported, as the app has; "whole" starts from nothing, reads
the file and writes report and predictions. A peer runs when its environment is there
(`make bench PEERS=1` makes them); its note tells what work it does.
"""

import argparse
import json
import re
import statistics
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from peers import ENVIRONMENTS, KNOWN
from peers import WORK as PEERS_WORK
from tree import ROOT, Cost, timed
from work import ALL, FAST, TARGET, Work, write_table

SECONDS = 3600
TABLES = {1_000: ("mixed", ALL), 53_940: ("diamonds", ALL), 500_000: ("mixed", FAST)}


@dataclass(frozen=True, kw_only=True)
class Contender:
    """Something that does the work, and which part of it."""

    name: str
    work: str
    run: Callable[[Work], Cost]


def script(name: str, *more: str, python: str = sys.executable) -> Callable[[Work], Cost]:
    path = str(ROOT / "benchmarks" / name)

    def run(work: Work) -> Cost:
        command = [path, *more[:1], str(work.table), ",".join(work.models), *more[1:]]
        return timed([word for word in command if word], python=python, seconds=SECONDS)

    return run


def limit(work: Work) -> Cost:
    cost = script("limit.py")(work)
    found = re.search(r"limit ([\d.]+) s = ([\d.]+) s", cost.text)
    assert found is not None
    wall, cpu = (float(text) for text in found.groups())
    return Cost(wall=wall, cpu=cpu, peak_mb=float("nan"), text="")


def from_the_click(work: Work) -> Cost:
    answer = json.loads(script("ours.py")(work).text)
    begun, committed = answer["first_begun"], answer["first_committed"]
    text = f"first cell begun after {begun:.2f} s, first committed after {committed:.2f} s"
    return Cost(wall=answer["wall"], cpu=answer["cpu"], peak_mb=answer["peak_mb"], text=text)


def whole_run(work: Work) -> Cost:
    with tempfile.TemporaryDirectory() as folder:
        command = ["-m", "lab", "run", str(work.table), "--target", TARGET]
        command += ["--models", ",".join(work.models)]
        return timed([*command, "--out", f"{folder}/out", "--home", f"{folder}/home"])


def peer_python(name: str) -> Path:
    return ROOT / ".venv-peers" / ENVIRONMENTS[name] / "bin" / "python"


def contenders(*, with_peers: bool) -> list[Contender]:
    same = "scores + predictions"
    found = [
        Contender(name="limit", work="fits and predictions", run=limit),
        Contender(name="ours, from the click", work=same, run=from_the_click),
        Contender(name="ours, whole `lab run`", work=f"{same} + report", run=whole_run),
        Contender(name="plain loop", work="scores", run=script("plain_loop.py")),
        Contender(
            name="plain loop + predictions",
            work=same,
            run=script("plain_loop.py", "", "--predictions"),
        ),
    ]
    for name, work in PEERS_WORK.items():
        if with_peers and peer_python(name).exists():
            run = script("peers.py", name, python=str(peer_python(name)))
            found.append(Contender(name=name, work=work, run=run))
    return found


def compare(work: Work, runners: list[Contender], rounds: int) -> None:
    costs: dict[str, list[Cost]] = {runner.name: [] for runner in runners}
    told: dict[str, str] = {}
    for _ in range(rounds):
        for runner in runners:
            if runner.name not in told:
                try:
                    cost = runner.run(work)
                    costs[runner.name].append(cost)
                    print(f"{runner.name}: {cost.wall:.1f} s", file=sys.stderr, flush=True)
                except RuntimeError as error:
                    told[runner.name] = str(error).strip().splitlines()[-1][:90]
    base = {name: _median(found, "wall") for name, found in costs.items() if found}
    print(
        "| | work | wall s | processor s | peak MB | x limit | x ours |\n"
        "|---|---|---|---|---|---|---|"
    )
    for runner in runners:
        name, found = runner.name, costs[runner.name]
        share = f", {_shared(name, work)} models" if name in KNOWN else ""
        if not found:
            print(f"| {name} | {runner.work} | failed: {told[name]} | | | | |")
            continue
        wall, cpu, peak = (_median(found, what) for what in ("wall", "cpu", "peak_mb"))
        ratios = [
            f"{wall / base[other]:.2f}" if other in base else ""
            for other in ("limit", "ours, from the click")
        ]
        memory = "" if name == "limit" else f"{peak:,.0f}"
        cells = (f"{wall:.1f}", f"{cpu:.1f}", memory, *ratios)
        print(f"| {name} | {runner.work}{share} | {' | '.join(cells)} |")
    for found in costs.get("ours, from the click", []):
        print(f"\nFrom the click: {found.text}")


def _shared(name: str, work: Work) -> str:
    return f"{sum(key in KNOWN[name] for key in work.models)} of {len(work.models)}"


def _median(costs: list[Cost], what: str) -> float:
    return statistics.median(getattr(cost, what) for cost in costs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rows", type=int, nargs="+", default=list(TABLES), choices=list(TABLES))
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--only", nargs="+", help="words that names begin with")
    options = parser.parse_args()
    runners = contenders(with_peers=options.peers)
    if options.only:
        runners = [runner for runner in runners if runner.name.startswith(tuple(options.only))]
    with tempfile.TemporaryDirectory() as folder:
        for rows in options.rows:
            kind, models = TABLES[rows]
            table = Path(folder) / f"{rows}.csv"
            write_table(table, rows=rows, kind=kind)
            print(f"\n## {rows:,} rows, {len(models)} models x 5 folds\n", flush=True)
            compare(Work(table=table, models=models), runners, options.rounds)


if __name__ == "__main__":
    main()
