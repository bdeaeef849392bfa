"""The draft in three short lines on the card, written again when the page changes it."""

from contextvars import ContextVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lab.base import markdown_text

# The card is drawn before the page below it asks for anything, so what is asked there comes too
# late for it. A context belongs to one run of one session's script, as Streamlit's own stack of
# containers does.
_PLACE: ContextVar[DeltaGenerator | None] = ContextVar("place of the draft's lines", default=None)


def place_lines(recipe: str, models: str, plan: str) -> None:
    """Write the lines here, and remember where.

    Parameters
    ----------
    recipe, models, plan : str
        Short words for each.
    """
    _PLACE.set(st.empty())
    write_lines(recipe, models, plan)


def write_lines(recipe: str, models: str, plan: str) -> None:
    """Write the lines anew where they stand; nothing where no card has been drawn."""
    place = _PLACE.get()
    if place is not None:
        place.caption(
            f"Recipe: {markdown_text(recipe, max_length=28)}  \nModels: {models}  \nSplits: {plan}"
        )
