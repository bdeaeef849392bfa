"""Questions about one's own recipes: a new one, its name, sharing it, deleting it."""

import json
from dataclasses import replace

import streamlit as st

from lab.base import LabError, file_name, markdown_text
from lab.data import Dataset
from lab.recipes import PRESETS, Recipe, preset_recipe, recipe_to_json
from pages._ui import own_recipes, session
from pages._ui.draft import AUTO, Draft, keep_draft, put_recipe, recipe_title
from pages._ui.problems import show, telling
from pages._ui.recipe_editor import draw_anew
from pages._ui.step_picker import MARK, close

NEW, TAKE_IN, RENAME, SHARE, DELETE = "new", "take in", "rename", "share", "delete"
_BLANK = "blank"


def open_dialog(name: str) -> None:
    """Have a dialog shown."""
    session.mark(MARK, name)
    st.rerun()


def show_dialog(data: Dataset, draft: Draft) -> None:
    """Show the dialog that is asked for, if one is."""
    asked = session.marked(MARK)
    if asked == NEW:
        _ask_for_new(data, draft)
    elif asked == TAKE_IN:
        _ask_for_shared(data, draft)
    elif own_recipes.is_own(draft.recipe):
        dialogs = {RENAME: _ask_for_title, SHARE: _share, DELETE: _ask_to_delete}
        if asked in dialogs:
            dialogs[asked](data, draft)


def choose_recipe(data: Dataset, draft: Draft, word: str) -> None:
    """Choose a recipe for all models that do not say otherwise, and draw the page anew."""
    close()
    keep_draft(data, replace(draft, recipe=word))
    session.renew("recipe choice")
    draw_anew()


@st.dialog("New recipe", on_dismiss=close)
@telling()
def _ask_for_new(data: Dataset, draft: Draft) -> None:
    title = st.text_input(
        "Name", own_recipes.free_title("Own recipe"), max_chars=60, key="new title"
    )
    own = own_recipes.own_recipes()
    start = st.selectbox(
        "Start from",
        [*PRESETS.keys, *own, _BLANK],
        format_func=lambda word: "No steps" if word == _BLANK else recipe_title(word),
        key="new start",
    )
    if st.button("Make it", type="primary", icon=":material/add:", key="make recipe"):
        recipe = _start(str(start), own)
        choose_recipe(data, draft, own_recipes.add(recipe, title=title.strip()))


def _start(word: str, own: dict[str, Recipe]) -> Recipe:
    if word == _BLANK:
        return Recipe(title="Own recipe", steps=())
    return own[word] if word in own else preset_recipe(word)


@st.dialog("Bring in a shared recipe", on_dismiss=close)
@telling()
def _ask_for_shared(data: Dataset, draft: Draft) -> None:
    file = st.file_uploader("A recipe's JSON file", type=["json"], key="shared file")
    text = st.text_area("or its text", key="shared text", height=160, placeholder='{"title": …}')
    st.caption("Nothing in it is run: it names steps of the catalogue and their settings.")
    given = file.getvalue() if file is not None else text.strip()
    if not st.button(
        "Bring it in", type="primary", icon=":material/download:", key="take in", disabled=not given
    ):
        return
    try:
        recipe = own_recipes.read_shared(given)
    except LabError as error:
        show(error)
        return
    word = own_recipes.add(recipe)
    session.remember_note(f"the recipe {recipe_title(word)} is here")
    choose_recipe(data, draft, word)


@st.dialog("Rename this recipe", on_dismiss=close)
@telling()
def _ask_for_title(data: Dataset, draft: Draft) -> None:
    title = st.text_input("Name", recipe_title(draft.recipe), max_chars=60, key="other title")
    if st.button("Rename it", type="primary", key="rename it", disabled=not title.strip()):
        own_recipes.rename(draft.recipe, title.strip())
        choose_recipe(data, draft, draft.recipe)


@st.dialog("Share this recipe", on_dismiss=close)
@telling()
def _share(data: Dataset, draft: Draft) -> None:  # noqa: ARG001 - as every dialog
    recipe = own_recipes.own_recipe(draft.recipe)
    if recipe is None:
        return
    text = json.dumps(json.loads(recipe_to_json(recipe)), indent=2, ensure_ascii=False)
    name = file_name(recipe.title, suffix=".json", default="recipe")
    st.markdown(
        "The recipe as JSON: for another workspace (**Bring in** on this page), or for the command "
        f"line (`--recipe {name}`). It holds steps, settings and names of columns, and no data."
    )
    st.download_button(
        "Download", text, name, "application/json", icon=":material/download:", type="primary"
    )
    st.code(text, language="json", wrap_lines=True, height=240)


@st.dialog("Delete this recipe?", on_dismiss=close)
@telling()
def _ask_to_delete(data: Dataset, draft: Draft) -> None:
    st.markdown(f"**{markdown_text(recipe_title(draft.recipe))}**")
    users = [item.name for item in draft.chosen if item.recipe == draft.recipe]
    if users:
        told = ", ".join(markdown_text(name, max_length=40) for name in users)
        st.markdown(f"Chosen for {told}: auto takes its place.")
    st.caption("Runs that used it keep it. It cannot be undone.")
    with st.container(horizontal=True):
        if st.button("Delete it", type="primary", icon=":material/delete:", key="delete it"):
            own_recipes.delete(draft.recipe)
            choose_recipe(data, put_recipe(draft, draft.recipe, AUTO), AUTO)
        if st.button("Keep it", key="keep it"):
            close()
            st.rerun()
