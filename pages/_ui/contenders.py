"""The table of models that may compete: check boxes, one line each, settings in a popover."""

from dataclasses import replace

import streamlit as st

from lab.base import LabError, label_words, markdown_text, value_words
from lab.data import Dataset
from lab.models import MODELS, default_models
from lab.recipes import PRESETS
from pages._ui import own_recipes, session
from pages._ui.draft import (
    AUTO,
    KEPT,
    Contender,
    Draft,
    change_contender,
    copy_contender,
    drop_contender,
    recipe_title,
)
from pages._ui.forms import settings_form
from pages._ui.problems import show

_PRESETS = {"sensible": "Sensible set", "fast": "Fast", "all": "All", "none": "None"}
_FAST_SECONDS = 2.0


def pick_set(draft: Draft, data: Dataset) -> Draft:
    """Show the choice of a whole set of models and return the draft with it."""
    chosen = st.segmented_control(
        "Choose a set",
        list(_PRESETS),
        format_func=_PRESETS.__getitem__,
        key=f"set {session.generation('set')}",
        label_visibility="collapsed",
        default=None,
    )
    if chosen is None:
        return draft
    session.renew("set")
    session.renew("contenders")
    keys = _set_keys(str(chosen), draft, data)
    contenders = tuple(
        replace(contender, is_chosen=contender.model.key in keys) for contender in draft.contenders
    )
    return replace(draft, contenders=contenders)


def _set_keys(name: str, draft: Draft, data: Dataset) -> frozenset[str]:
    everything = frozenset(contender.model.key for contender in draft.contenders)
    n_rows, n_columns, n_classes = data.n_rows, len(data.features), max(len(data.labels), 1)
    if name == "sensible":
        has_weights = bool(data.roles.weight)
        task = data.roles.task
        return frozenset(default_models(task, n_rows, n_columns, has_weights=has_weights))
    if name == "fast":
        return frozenset(
            key
            for key in everything
            if MODELS[key].fit_seconds(n_rows, n_columns, n_classes) <= _FAST_SECONDS
        )
    return everything if name == "all" else frozenset()


def edit_contenders(draft: Draft) -> Draft:
    """Show a line for each model, and return the draft as it stands in them."""
    with st.container(border=True, gap="xsmall"):
        for contender in draft.contenders:
            draft = _edit_line(draft, contender)
    return draft


def _edit_line(draft: Draft, contender: Contender) -> Draft:
    key = f"contender {session.generation('contenders')} {contender.id}"
    name, line, more = st.columns([3, 8, 2], vertical_alignment="center", gap="small")
    is_chosen = name.checkbox(
        f"**{markdown_text(contender.name, max_length=60)}**", contender.is_chosen, key=key
    )
    line.caption(_line(contender))
    popover = more.popover(
        "Settings",
        key=f"{key} settings",
        on_change="rerun",
        type="tertiary",
        icon=":material/tune:",
    )
    draft = change_contender(draft, contender.id, is_chosen=is_chosen)
    if popover.open:
        with popover:
            draft = _edit_settings(draft, contender, key)
    return draft


def _line(contender: Contender) -> str:
    entry, settings = MODELS[contender.model.key], contender.model.settings
    changed = [
        f"{label_words(param)} {value_words(param, settings[param.name])}"
        for param in entry.params
        if settings.get(param.name, param.default) != param.default
    ]
    recipe = f"recipe: {recipe_title(contender.recipe)}" if contender.recipe else ""
    details = "; ".join([*changed, *([recipe] if recipe else [])])
    return f"{entry.summary} **{markdown_text(details)}**" if details else entry.summary


def _edit_settings(draft: Draft, contender: Contender, key: str) -> Draft:
    entry = MODELS[contender.model.key]
    st.markdown(f"**{entry.title}**")
    name = st.text_input("Name", contender.name, max_chars=60, key=f"{key} name")
    recipes = ["", AUTO, *PRESETS.keys, *own_recipes.own_recipes()]
    recipes += [KEPT] if contender.kept is not None else []
    recipe = st.selectbox(
        "Recipe",
        recipes,
        recipes.index(contender.recipe) if contender.recipe in recipes else 0,
        format_func=lambda word: recipe_title(word) if word else "As on the recipe page",
        key=f"{key} recipe",
    )
    settings = settings_form(entry.params, contender.model.settings, key=key)
    try:
        model = MODELS.choose(entry.key, settings)
    except LabError as error:
        show(error)
        model = contender.model
    draft = change_contender(
        draft, contender.id, model=model, recipe=recipe, name=name.strip() or contender.name
    )
    return _offer_copy(draft, contender, key)


def _offer_copy(draft: Draft, contender: Contender, key: str) -> Draft:
    with st.container(horizontal=True):
        if st.button("Add a copy", icon=":material/content_copy:", key=f"{key} copy"):
            return copy_contender(draft, contender.id)
        if contender.id != contender.model.key and st.button(
            "Remove", icon=":material/delete:", key=f"{key} remove"
        ):
            return drop_contender(draft, contender.id)
    return draft
