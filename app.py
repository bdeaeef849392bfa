"""The playground's pages: `streamlit run app.py`."""

import streamlit as st

from pages._ui.navigation import draw_navigation

SECTIONS = {
    "Start": [
        st.Page(
            "pages/home.py",
            title="Home",
            default=True,
            help="Upload a table or pick a shipped one, and compare models in three clicks.",
        ),
    ],
    "Data": [
        st.Page(
            "pages/data.py",
            title="Data",
            help="What reading found and changed; the kind and the role of each column.",
        ),
        st.Page(
            "pages/profile.py",
            title="Profile",
            help="Findings, missing shares, distributions and associations before modelling.",
        ),
    ],
    "Experiment": [
        st.Page(
            "pages/recipe.py",
            title="Recipe",
            help="The steps that prepare the columns, with a preview before and after.",
        ),
        st.Page(
            "pages/benchmark.py",
            title="Benchmark",
            help="Choose models, splits and metrics, start the run and watch it.",
        ),
    ],
    "Results": [
        st.Page(
            "pages/leaderboard.py",
            title="Leaderboard",
            help="Scores with intervals and ties, and what they rest on.",
        ),
        st.Page(
            "pages/curves.py",
            title="Curves",
            help="ROC, precision-recall, calibration, confusion, residuals of chosen models.",
        ),
        st.Page(
            "pages/explain.py",
            title="Explain",
            help="Which columns a candidate relies on: permutation importance and SHAP.",
        ),
        st.Page(
            "pages/report.py",
            title="Report",
            help="One file to hand over, and the scores and predictions as tables.",
        ),
    ],
}

page = st.navigation(SECTIONS, position="hidden")
draw_navigation(SECTIONS)
page.run()
