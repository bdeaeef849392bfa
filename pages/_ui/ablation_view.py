"""What an ablation says: the summary, the chart, every verdict, and what limits it."""

from functools import partial

import pandas as pd
import streamlit as st

from lab.base import file_name
from lab.charts import CHARTS
from lab.comparison import TOGETHER, choice_effects, effects_summary
from lab.experiments import Study
from lab.metrics import METRICS
from pages._ui import cached
from pages._ui.cached import Results
from pages._ui.figures import csv_bytes, current_theme, show_chart
from pages._ui.problems import telling
from pages._ui.run_panel import POLL_SECONDS
from pages._ui.wording import count, sentence

_MOST_SENTENCES = 12


def ask_worth(metric: str) -> float:
    """Show the field for the smallest effect that matters, and return it."""
    return float(
        st.number_input(
            "Effects below this do not matter",
            0.0,
            value=0.0,
            format="%g",
            key=f"worth {metric}",
            width=260,
            help=f"In units of {METRICS[metric].title}. A choice whose whole interval is smaller "
            "is told to be too small to matter; 0 for none.",
        )
    )


def show_ablation(experiment_id: str, study: Study, metric: str, worth: float) -> None:
    """Show an ablation as far as it has come; it is looked at again only while it runs.

    Parameters
    ----------
    experiment_id : str
        Its id.
    study : Study
        What it compares.
    metric : str
        Key of the metric shown.
    worth : float
        Effects below it do not matter.
    """
    job = cached.store().job(experiment_id)
    every = POLL_SECONDS if job is not None and job.state.is_active else None
    st.fragment(_show, run_every=every)(experiment_id, study, metric, worth)


@telling()
def _show(experiment_id: str, study: Study, metric: str, worth: float) -> None:
    found = cached.results(experiment_id)
    effects = _effects(found, metric, worth)
    st.markdown(f"##### {sentence(effects_summary(effects), max_length=1_200)}")
    models = tuple(dict.fromkeys(contrast.model for contrast in study.contrasts))
    show_chart(
        "effects",
        f"{metric} {worth:g} {found.token}",
        lambda: CHARTS["effects"].frame(effects, metric=metric, worth=worth),
        theme=current_theme(models),
    )
    _show_sentences(effects)
    for note in study.notes:
        st.caption(sentence(note))
    st.download_button(
        "Effects (CSV)",
        data=partial(csv_bytes, effects),
        file_name=file_name("effects", suffix=".csv"),
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
        key="download all effects",
    )


def _effects(found: Results, metric: str, worth: float) -> pd.DataFrame:
    return cached.value(
        f"effects {metric} {worth:g} {found.token}",
        lambda: choice_effects(
            found.experiment, found.records, metric, worth=worth, outputs=cached.outputs_of_cell
        ),
    )


def _show_sentences(effects: pd.DataFrame) -> None:
    """Show every verdict as a sentence, those over all models first."""
    is_whole = effects["model"] == TOGETHER
    ordered = [*effects.loc[is_whole, "sentence"], *effects.loc[~is_whole, "sentence"]]
    _list(ordered[:_MOST_SENTENCES])
    if rest := ordered[_MOST_SENTENCES:]:
        with st.expander(count(len(rest), "more effect")):
            _list(rest)
    st.caption(
        "Mean over the folds of the score with the choice minus the score without it, with its "
        "own corrected 95 % interval. Verdicts allow for all effects by model, and for all effects "
        "over the models."
    )


def _list(sentences: list[str]) -> None:
    st.markdown("\n".join(f"- {sentence(item, max_length=400)}" for item in sentences))
