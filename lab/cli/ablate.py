"""``python -m lab ablate FILE --target COL --without STEP,... --out DIR``."""

from dataclasses import replace
from pathlib import Path

from lab.base import Workspace, plain_text, writing_whole
from lab.cli.changes import ChangeWords, all_left_out, asked_changes
from lab.cli.console import progress_console, result_console
from lab.cli.opening import reading_table
from lab.cli.planning import request_dataset, request_experiment
from lab.cli.request import RunRequest
from lab.cli.run import asked_cluster, follow_to_the_end, make_folder
from lab.cli.source import Source
from lab.comparison import choice_effects, effects_summary
from lab.experiments import ablation
from lab.reports import effects_csv, load_material, write_outputs_apart
from lab.store import Store, open_store

_LONGEST = 1000
_RACED = (
    "- Racing: what falls behind the best of all is not run to the end, and the effects that need "
    "it cannot be told. The same command without --racing runs the rest."
)


def ablate_request(
    source: Source,
    request: RunRequest,
    words: ChangeWords,
    workspace: Workspace,
    out: Path,
    *,
    worth: float,
) -> int:
    """Compare a recipe with and without single steps, write the effects, return the exit code.

    Parameters
    ----------
    source : Source
        The table.
    request : RunRequest
        Models, recipe, splits, limits, race and cluster, as of a run.
    words : ChangeWords
        The choices to compare; with none, each step that can be left out.
    workspace : Workspace
        Where results are kept.
    out : Path
        Folder for the files of a run and ``effects.csv``.
    worth : float
        Effects below it do not matter in practice.
    """
    changes = asked_changes(words)
    cluster = asked_cluster(request)
    make_folder(out)
    store = open_store(workspace)
    store.need_writable()
    console = progress_console()
    with reading_table(source) as table:
        dataset = request_dataset(table, request)
        base = request_experiment(dataset, request)
        chosen = changes or all_left_out(base, dataset.features)
        places = range(len(base.candidates))
        study = ablation(base, places, chosen, features=dataset.features)
        study = replace(study, racing=request.racing)
        for note in (*table.notes, *dataset.notes, *(study.study.notes if study.study else ())):
            console.print(f"- {plain_text(note, max_length=300)}")
        if request.racing:
            console.print(_RACED)
        store.save_dataset(dataset)
    study_id = store.save_experiment(store.told_apart(study))
    follow_to_the_end(store, study_id, cluster)
    return _finish(store, study_id, out, worth=worth)


def _finish(store: Store, study_id: str, out: Path, *, worth: float) -> int:
    study = store.load_experiment(study_id)
    paths = write_outputs_apart(store, study_id, out)
    path = out / "effects.csv"
    with writing_whole(path) as file:
        file.write(effects_csv(load_material(store, study_id), worth=worth))
    effects = choice_effects(
        study,
        store.records(study_id),
        study.metrics[0],
        worth=worth,
        outputs=lambda cell: store.load_predictions(cell.key).test,
    )
    console = result_console()
    for sentence in (*effects["sentence"], effects_summary(effects)):
        console.print(plain_text(sentence, max_length=_LONGEST))
    names = ", ".join(item.name for item in (*paths, path))
    console.print(f"Written to {plain_text(out, max_length=400)}: {names}")
    return 0 if effects["effect"].notna().any() else 1
