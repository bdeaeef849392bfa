"""Form widgets made from the settings that a catalogue declares."""

import math
from collections.abc import Mapping, Sequence
from functools import singledispatch

import streamlit as st

from lab.base import Number, Option, Param, Text, Toggle, Value

_WHEN_NONE = 10.0
"""Where a number begins when it had no limit before."""


def settings_form(
    params: Sequence[Param], settings: Mapping[str, Value], *, key: str
) -> dict[str, Value]:
    """Show a widget for each setting and return the values that stand in them.

    Common settings are in view, advanced ones under "More settings".

    Parameters
    ----------
    params : sequence of Param
        The settings in order.
    settings : mapping of str to Value
        What the widgets show at first.
    key : str
        Beginning of the widgets' keys.
    """
    values = {
        param.name: ask(param, settings.get(param.name, param.default), key=key)
        for param in params
        if not param.advanced
    }
    advanced = [param for param in params if param.advanced]
    if advanced:
        with st.expander("More settings"):
            for param in advanced:
                current = settings.get(param.name, param.default)
                values[param.name] = ask(param, current, key=key)
    return values


@singledispatch
def _ask(param: object, value: Value, key: str) -> Value:  # noqa: ARG001  # a dispatcher
    raise TypeError(f"no widget for {type(param).__name__}")


def ask(param: Param, value: Value, *, key: str) -> Value:
    """Show the widget of one setting and return its value."""
    return _ask(param, value, f"{key} {param.name}")


@_ask.register
def _(param: Number, value: Value, key: str) -> Value:
    if not param.none_label:
        return _number(param, value, key)
    is_none = st.checkbox(
        f"{param.label}: {param.none_label}", value is None, key=f"{key} none", help=param.help
    )
    if is_none:
        return None
    start = min(max(param.minimum, _WHEN_NONE), param.maximum) if value is None else value
    return _number(param, start, key)


def _number(param: Number, value: Value, key: str) -> Value:
    number = float(value) if isinstance(value, int | float) else float(param.minimum)
    if param.integer:
        return int(
            st.number_input(
                param.label,
                int(param.minimum),
                int(param.maximum),
                int(number),
                step=1,
                key=key,
                help=param.help or None,
            )
        )
    return float(
        st.number_input(
            param.label,
            float(param.minimum),
            float(param.maximum),
            number,
            step=_step(param, number),
            format="%g",
            key=key,
            help=param.help or None,
        )
    )


def _step(param: Number, number: float) -> float:
    scale = abs(number) or abs(param.default or 0.0) or (param.maximum - param.minimum) / 10
    return 10.0 ** (math.floor(math.log10(scale)) - (0 if param.log_scale else 1))


@_ask.register
def _(param: Toggle, value: Value, key: str) -> Value:
    return st.toggle(param.label, bool(value), key=key, help=param.help or None)


@_ask.register
def _(param: Option, value: Value, key: str) -> Value:
    words = param.words
    return str(
        st.selectbox(
            param.label,
            words,
            words.index(str(value)),
            format_func=param.title,
            key=key,
            help=param.help or None,
        )
    )


@_ask.register
def _(param: Text, value: Value, key: str) -> Value:
    return str(
        st.text_input(
            param.label,
            str(value or ""),
            max_chars=param.max_length,
            key=key,
            help=param.help or None,
        )
    )
