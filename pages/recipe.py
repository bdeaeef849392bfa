"""Recipe: how the columns are prepared."""

from dataclasses import replace

import streamlit as st

from lab.base import LabError
from lab.data import Dataset
from lab.models import MODELS
from lab.recipes import PRESETS, Recipe, check_recipe, preset_recipe
from pages._ui import cached, current, session
from pages._ui.draft import AUTO, OWN, Draft, keep_draft, open_draft, recipe_named, recipe_title
from pages._ui.problems import list_problems, show
from pages._ui.recipe_steps import edit_steps, show_steps, step_keys
from pages._ui.shell import open_page
from pages._ui.wording import count, names, sentence


def pick_recipe(data: Dataset, draft: Draft) -> Draft:
    """Show the choice of a ready recipe or one's own."""
    keys = [AUTO, *PRESETS.keys, OWN]
    chosen = st.radio(
        "Recipe",
        keys,
        keys.index(draft.recipe) if draft.recipe in keys else 0,
        horizontal=True,
        format_func=recipe_title,
        key=f"recipe {data.id}",
        label_visibility="collapsed",
    )
    if chosen == OWN and draft.own is None:
        start = preset_recipe("linear") if draft.recipe == AUTO else preset_recipe(draft.recipe)
        return replace(draft, recipe=OWN, own=replace(start, title="Own recipe"))
    return replace(draft, recipe=str(chosen))


def explain_choice(data: Dataset, draft: Draft) -> Recipe:
    """Say what the chosen recipe is for, and return the recipe that is shown below."""
    if draft.recipe == AUTO:
        return explain_auto(data, draft)
    if draft.recipe == OWN:
        st.caption("Your own steps, for every model that does not say otherwise.")
        return draft.own or preset_recipe("linear")
    st.caption(PRESETS[draft.recipe].summary)
    return preset_recipe(draft.recipe)


def explain_auto(data: Dataset, draft: Draft) -> Recipe:
    """Say which models meet which recipe, and return the one that is looked at."""
    groups: dict[str, tuple[Recipe, list[str]]] = {}
    for contender in draft.contenders:
        recipe = recipe_named(AUTO, contender.model.key, own=None)
        entry = MODELS[contender.model.key]
        if contender.id == contender.model.key:
            groups.setdefault(recipe.id, (recipe, []))[1].append(entry.title)
    st.caption("Every model meets the preparation that suits it.")
    keys = sorted(groups, key=lambda key: -len(groups[key][1]))
    chosen = st.selectbox(
        "Look at the recipe of",
        keys,
        format_func=lambda key: f"{groups[key][0].title}: {', '.join(groups[key][1])}",
        key=f"auto {data.id}",
    )
    return groups[chosen][0]


def edit_own(data: Dataset, draft: Draft) -> Draft:
    """Show one's own recipe to edit, and how to start over from a ready one."""
    own = draft.own or preset_recipe("linear")
    edited = edit_steps(own, data.features, data.roles.task)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = st.selectbox(
            "Start over from", PRESETS.keys, format_func=recipe_title, key="start over from"
        )
        is_restarted = st.button("Start over", icon=":material/restart_alt:", key="start over")
    if is_restarted:
        edited = preset_recipe(key)
    changed = replace(draft, own=replace(edited, title="Own recipe"))
    if step_keys(edited) != step_keys(own) or is_restarted:
        keep_draft(data, changed)
        session.renew("recipe")
        st.rerun()
    return changed


def show_problems(recipe: Recipe, data: Dataset, draft: Draft) -> None:
    """Show what is wrong with a recipe for this table and the chosen models."""
    takers = [MODELS[item.model.key] for item in draft.chosen]
    problems = check_recipe(
        recipe,
        data.features,
        task=data.roles.task,
        takes_missing=all(entry.takes_missing for entry in takers) if takers else False,
    )
    list_problems(problems, lead="This recipe cannot be used as it stands:")


def show_preview(recipe: Recipe, data: Dataset) -> None:
    """Show a few rows before and after, and the columns that reach the model."""
    st.subheader("Before and after", anchor=False)
    try:
        with st.spinner("Preparing a few rows…"):
            found = cached.preview(data.id, recipe)
    except LabError as error:
        show(error)
        return
    with st.container(horizontal=True):
        st.metric("Columns in", f"{found.before.shape[1]:,}", border=True)
        st.metric("Columns out", f"{len(found.feature_names):,}", border=True)
        st.metric("Rows looked at", f"{found.rows_in:,}", border=True)
        st.metric("Rows to learn from", f"{found.rows_out:,}", border=True)
    for note in found.notes:
        st.caption(f":material/info: {sentence(note)}")
    left, right = st.columns(2)
    with left:
        st.markdown("**Before**")
        st.dataframe(found.before.head(50), height=300, alt="Rows before preparation", key="before")
    with right:
        st.markdown("**After**")
        st.dataframe(found.after.head(50), height=300, alt="Rows after preparation", key="after")
    st.caption(
        "Learned from these rows only. In a benchmark the same steps are learned anew from the "
        "training rows of each fold."
    )
    with st.expander(f"The {count(len(found.feature_names), 'column')} that reach a model"):
        st.markdown(names(found.feature_names, most=300))


def page() -> None:
    """Show the page."""
    data = current.need_dataset()
    draft = pick_recipe(data, open_draft(data))
    recipe = explain_choice(data, draft)
    if draft.recipe == OWN:
        draft = edit_own(data, draft)
        recipe = draft.own or recipe
    else:
        show_steps(recipe, data.features)
    keep_draft(data, draft)
    show_problems(recipe, data, draft)
    if session.chosen("experiment"):
        st.page_link(
            "pages/ablation.py",
            label="What does each step buy?",
            icon=":material/rule:",
            query_params=session.link(),
        )
    show_preview(recipe, data)


open_page("recipe", "Recipe", "How are the columns prepared?")
page()
