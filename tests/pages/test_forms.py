"""Forms made from settings: every entry of every catalogue can be asked for."""

import pytest
from streamlit.testing.v1 import AppTest

from lab.base import Number, Option, Text, Toggle
from lab.models import MODELS
from lab.recipes import STEPS
from lab.validation import SPLITTERS


def show(entry):
    import streamlit as st

    from pages._ui.forms import settings_form

    st.session_state["values"] = settings_form(entry.params, {}, key="form")


@pytest.mark.parametrize("entry", [*MODELS, *STEPS, *SPLITTERS], ids=lambda entry: entry.key)
def test_a_form_stands_at_the_defaults(entry):
    app = AppTest.from_function(show, args=(entry,)).run()
    assert not app.exception
    assert app.session_state["values"] == {param.name: param.default for param in entry.params}


def ask_all():
    import streamlit as st

    from lab.base import Number, Option, Text, Toggle
    from pages._ui.forms import settings_form

    params = (
        Number(name="n", label="N", default=3, minimum=1, maximum=9, integer=True),
        Number(name="rate", label="Rate", default=1e-4, minimum=1e-9, maximum=1.0, log_scale=True),
        Number(name="depth", label="Depth", default=None, minimum=1, maximum=99, integer=True,
               none_label="no limit"),
        Toggle(name="on", label="On", default=True, advanced=True),
        Option(name="way", label="Way", default="a", options=(("a", "First"), ("b", "Second"))),
        Text(name="word", label="Word", default="missing"),
    )  # fmt: skip
    st.session_state["values"] = settings_form(params, {}, key="form")


def test_what_is_put_in_comes_out_in_its_own_type():
    app = AppTest.from_function(ask_all).run()
    app.number_input(key="form n").set_value(5)
    app.number_input(key="form rate").set_value(0.01)
    app.checkbox(key="form depth none").uncheck()
    app.toggle(key="form on").set_value(False)
    app.selectbox(key="form way").select("b")
    app.text_input(key="form word").set_value("gone").run()
    values = app.session_state["values"]
    assert values == {"n": 5, "rate": 0.01, "depth": 10, "on": False, "way": "b", "word": "gone"}
    assert isinstance(values["n"], int)
    assert isinstance(values["depth"], int)


def test_advanced_settings_stand_under_more_settings():
    app = AppTest.from_function(ask_all).run()
    assert [box.label for box in app.expander] == ["More settings"]
    assert [item.label for item in app.expander[0].toggle] == ["On"]


def test_every_kind_of_setting_has_a_widget():
    assert {type(param) for entry in MODELS for param in entry.params} <= {
        Number, Option, Text, Toggle,
    }  # fmt: skip
