"""Recipe: how the columns are prepared."""

from dataclasses import replace

import streamlit as st

from lab.base import markdown_text
from lab.data import Dataset
from lab.models import MODELS
from lab.recipes import (
    PRESETS,
    STEPS,
    Recipe,
    RecipeProblems,
    preset_recipe,
    problems_by_step,
    put_step,
)
from pages._ui import current, own_recipes, session
from pages._ui.draft import AUTO, Draft, keep_draft, open_draft, recipe_named, recipe_title
from pages._ui.ledger_view import show_ledger
from pages._ui.problems import list_problems
from pages._ui.recipe_dialogs import (
    DELETE,
    NEW,
    RENAME,
    SHARE,
    TAKE_IN,
    choose_recipe,
    open_dialog,
    show_dialog,
)
from pages._ui.recipe_editor import Changed, apply, draw_anew, edit_steps, fill_slots
from pages._ui.recipe_steps import show_steps
from pages._ui.shell import close_page, open_page
from pages._ui.step_picker import ADD, MARK, close, pick_step
from pages._ui.step_preview import show_preview
from pages._ui.taking_over import with_own_recipe
from pages._ui.wording import count, sentence


def pick_recipe(data: Dataset, draft: Draft) -> Draft:
    """Show the choice among ready recipes and one's own."""
    words = [AUTO, *PRESETS.keys, *own_recipes.own_recipes()]
    chosen = st.radio(
        "Recipe",
        words,
        words.index(draft.recipe) if draft.recipe in words else 0,
        horizontal=True,
        format_func=lambda word: markdown_text(recipe_title(word), max_length=60),
        key=f"recipe {data.id} {session.generation('recipe choice')}",
        label_visibility="collapsed",
    )
    for broken in own_recipes.unreadable():
        st.warning(f"A recipe of the workspace cannot be read: {sentence(broken.problem)}")
    return replace(draft, recipe=str(chosen))


def show_actions(data: Dataset, draft: Draft) -> None:
    """Show what can be done with recipes as a whole."""
    is_own = own_recipes.is_own(draft.recipe)
    with st.container(horizontal=True, gap="small"):
        if is_own and st.button("Duplicate", icon=":material/content_copy:", key="duplicate"):
            recipe = own_recipes.own_recipe(draft.recipe)
            choose_recipe(data, draft, own_recipes.add(recipe)) if recipe else None
        for name, label, icon, is_shown in (
            (RENAME, "Rename", ":material/edit:", is_own),
            (SHARE, "Share", ":material/share:", is_own),
            (DELETE, "Delete", ":material/delete:", is_own),
            (NEW, "New recipe", ":material/add_notes:", True),
            (TAKE_IN, "Bring in", ":material/upload_file:", True),
        ):
            if is_shown and st.button(label, icon=icon, key=f"{name} recipe"):
                open_dialog(name)


def show_ready(data: Dataset, draft: Draft) -> Recipe:
    """Say what a ready recipe is for, show its steps, and offer to change a copy of it."""
    if draft.recipe == AUTO:
        recipe = explain_auto(data, draft)
    else:
        st.caption(PRESETS[draft.recipe].summary)
        recipe = preset_recipe(draft.recipe)
    show_steps(recipe, data.features)
    if st.button("Change these steps", icon=":material/edit:", key="make own"):
        choose_recipe(data, draft, own_recipes.add(recipe, title="Own recipe"))
    return recipe


def explain_auto(data: Dataset, draft: Draft) -> Recipe:
    """Say which models meet which recipe, and return the one that is looked at."""
    groups: dict[str, tuple[Recipe, list[str]]] = {}
    for contender in draft.contenders:
        recipe = recipe_named(AUTO, contender.model.key)
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


def edit_own(data: Dataset, draft: Draft) -> Recipe:
    """Show one's own recipe to edit, with what is wrong at each step, and return it."""
    word = draft.recipe
    recipe = own_recipes.own_recipe(word) or Recipe(title="", steps=())
    st.caption(
        "Your own steps, for every model that does not say otherwise. Kept as you change them."
    )
    told = st.container()
    recipe, slots = edit_steps(word, recipe, data.features)
    if not recipe.steps:
        st.caption("No step yet: columns reach the models as they stand.")
    show_editing(word)
    if session.marked(MARK) == ADD:
        pick_step(data.features, data.roles.task, lambda key: put_in(word, key))
    problems = find_problems(recipe, data, draft)
    fill_slots(slots, problems.of_steps)
    with told:
        tell_problems(problems)
    return recipe


def show_editing(word: str) -> None:
    """Show the buttons that add a step and that take changes back."""
    past, future = session.history(word)
    with st.container(horizontal=True, gap="small"):
        if st.button("Add a step", type="primary", icon=":material/add:", key="add step"):
            open_dialog(ADD)
        if st.button("Undo", icon=":material/undo:", key="undo", disabled=not past):
            own_recipes.undo(word)
            draw_anew()
        if st.button("Redo", icon=":material/redo:", key="redo", disabled=not future):
            own_recipes.redo(word)
            draw_anew()


def put_in(word: str, key: str) -> None:
    """Put a step into a recipe where its family allows, and open its form."""
    recipe = own_recipes.own_recipe(word)
    close()
    if recipe is None:
        return
    longer, place = put_step(recipe, STEPS.choose(key))
    apply(word, Changed(recipe=longer, opened=place))


def find_problems(recipe: Recipe, data: Dataset, draft: Draft) -> RecipeProblems:
    """Return what is wrong with a recipe for this table and the models that meet it."""
    takers = [MODELS[key] for key in models_that_meet(recipe, draft)]
    return problems_by_step(
        recipe,
        data.features,
        task=data.roles.task,
        takes_missing=bool(takers) and all(entry.takes_missing for entry in takers),
        takes_categories=all(entry.takes_categories for entry in takers),
        labels=data.labels,
        y=data.y,
    )


def models_that_meet(recipe: Recipe, draft: Draft) -> tuple[str, ...]:
    """Return the keys of the chosen models that meet a recipe; with Auto, of all that it suits."""
    if draft.recipe == AUTO:
        keys = dict.fromkeys(one.model.key for one in draft.contenders)
        return tuple(key for key in keys if recipe_named(AUTO, key).id == recipe.id)
    return tuple(one.model.key for one in draft.chosen if one.recipe in {"", draft.recipe})


def tell_problems(problems: RecipeProblems) -> None:
    """Say whether a recipe can be used, and what is wrong that is no single step's matter."""
    list_problems(problems.of_whole, lead="This recipe cannot be used as it stands:")
    wrong = [str(place + 1) for place, found in enumerate(problems.of_steps) if found]
    if wrong:
        which = f"{'step' if len(wrong) == 1 else 'steps'} {', '.join(wrong)}"
        st.warning(
            f"{count(sum(map(len, problems.of_steps)), 'problem')} at {which}, told at the cards.",
            icon=":material/warning:",
        )


def page() -> None:
    """Show the page."""
    data = current.need_dataset()
    draft = pick_recipe(data, with_own_recipe(open_draft(data)))
    keep_draft(data, draft)
    show_actions(data, draft)
    show_dialog(data, draft)
    if own_recipes.is_own(draft.recipe):
        recipe = edit_own(data, draft)
    else:
        recipe = show_ready(data, draft)
        tell_problems(find_problems(recipe, data, draft))
    if session.chosen("experiment"):
        st.page_link(
            "pages/ablation.py",
            label="What does each step buy?",
            icon=":material/rule:",
            query_params=session.link(),
        )
    show_preview(recipe, data)
    show_ledger(recipe, data, draft)


open_page("recipe", "Recipe", "How are the columns prepared?")
page()
close_page("recipe")
