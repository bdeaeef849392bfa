"""The links between pages in the sidebar."""

from collections.abc import Mapping, Sequence

import streamlit as st

from pages._ui import session

_ICONS = {
    "home": ":material/home:",
    "data": ":material/table:",
    "profile": ":material/bar_chart:",
    "recipe": ":material/format_list_numbered:",
    "benchmark": ":material/play_circle:",
    "runs": ":material/list_alt:",
    "leaderboard": ":material/leaderboard:",
    "curves": ":material/show_chart:",
    "explain": ":material/lightbulb:",
    "studies": ":material/insights:",
    "ablation": ":material/rule:",
    "report": ":material/description:",
}


def draw_navigation(sections: Mapping[str, Sequence[st.Page]]) -> None:
    """Draw the pages by section in the sidebar; each link keeps what is open.

    Drawn by us because Streamlit's own sections fail as lists for screen readers, drop the ids
    from the links, and fetch a page's icon from the internet as the favicon.

    Parameters
    ----------
    sections : mapping of str to sequence of st.Page
        Pages by heading, as for ``st.navigation``.
    """
    session.read_url()
    query = session.link()
    with st.sidebar, st.container(gap="xxsmall", key="pages"):
        for heading, pages in sections.items():
            st.caption(heading)
            for page in pages:
                st.page_link(
                    page,
                    label=page.title,
                    icon=_ICONS[page.url_path or "home"],
                    query_params=query,
                    width="stretch",
                )
