"""The playground's pages: `streamlit run app.py`."""

import streamlit as st

from pages._ui.navigation import draw_navigation
from pages._ui.problems import telling

SECTIONS = {
    "Start": [
        st.Page("pages/home.py", title="Home", default=True),
    ],
    "Data": [
        st.Page("pages/data.py", title="Data"),
        st.Page("pages/profile.py", title="Profile"),
    ],
    "Experiment": [
        st.Page("pages/recipe.py", title="Recipe"),
        st.Page("pages/benchmark.py", title="Benchmark"),
        st.Page("pages/runs.py", title="Runs"),
    ],
    "Results": [
        st.Page("pages/leaderboard.py", title="Leaderboard"),
        st.Page("pages/curves.py", title="Curves"),
        st.Page("pages/explain.py", title="Explain"),
        st.Page("pages/studies.py", title="Studies"),
        st.Page("pages/ablation.py", title="Ablation"),
        st.Page("pages/report.py", title="Report"),
    ],
}

page = st.navigation(SECTIONS, position="hidden")
draw_navigation(SECTIONS)
with telling():
    page.run()
