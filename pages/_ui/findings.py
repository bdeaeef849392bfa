"""The panel of findings: what stands out, and a button for each thing that can be done about it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from lab.base import Action, Finding, LabError, Severity, markdown_text
from lab.data import Dataset, Table, check_data
from lab.experiments import offered
from pages._ui import applying, cached, session
from pages._ui.draft import Draft, open_draft
from pages._ui.wording import count, names, sentence

MOST_SHOWN = 5
_MOST_SERIOUS = 2

_ICONS = {
    Severity.SERIOUS: ":material/error:",
    Severity.WARNING: ":material/warning:",
    Severity.INFO: ":material/info:",
}
_BOXES = {Severity.SERIOUS: st.error, Severity.WARNING: st.warning, Severity.INFO: st.info}


@dataclass(frozen=True, kw_only=True)
class Line:
    """A finding as it stands on the page.

    Parameters
    ----------
    finding : Finding
        What was found.
    actions : tuple of Action
        What can be done about it here and is not done yet.
    settled : str
        Title of the action that the draft has already; empty when it has none.
    key : str
        Beginning of the keys of its buttons.
    """

    finding: Finding
    actions: tuple[Action, ...]
    settled: str
    key: str


def show_findings(table: Table, data: Dataset) -> None:
    """Show what stands out, the most serious first, with what one click can do about it."""
    findings = cached.value(
        f"findings {table.id} {data.roles}", lambda: check_data(table, roles=data.roles)
    )
    lines = lines_of(findings, data, open_draft(data))
    _offer_to_take_back(data)
    unsettled = [line for line in lines if not line.settled]
    settled = [line for line in lines if line.settled]
    if not unsettled:
        st.success("Nothing stands out that would mislead a comparison.", icon=":material/check:")
    _show_lines(unsettled[:MOST_SHOWN], table, data)
    if rest := unsettled[MOST_SHOWN:]:
        with st.expander(count(len(rest), "more finding")):
            _show_lines(rest, table, data)
    if settled:
        with st.expander(count(len(settled), "settled finding"), icon=":material/check:"):
            _show_lines(settled, table, data)


def lines_of(findings: Sequence[Finding], data: Dataset, draft: Draft) -> list[Line]:
    """Return the findings with what can be done about each, and what is done already."""
    seen: Counter[str] = Counter()
    lines = []
    for finding in findings:
        actions = offered(finding, data.roles.task)
        done = [action for action in actions if applying.is_settled(action, data, draft)]
        lines.append(
            Line(
                finding=finding,
                actions=tuple(action for action in actions if action not in done),
                settled=done[0].title if done else "",
                key=f"apply {finding.code} {seen[finding.code]}",
            )
        )
        seen[finding.code] += 1
    return lines


def show_serious(findings: Sequence[Finding]) -> None:
    """Show the findings that make scores mean little, and the way to what can be done."""
    serious = [finding for finding in findings if finding.severity is Severity.SERIOUS]
    for finding in serious[:_MOST_SERIOUS]:
        _box(finding)
    if serious:
        more = len(serious) - _MOST_SERIOUS
        st.page_link(
            "pages/profile.py",
            label=f"{count(more, 'more finding')} on the profile" if more > 0 else "To the profile",
            icon=":material/bar_chart:",
            query_params=session.link(),
        )


def _show_lines(lines: Sequence[Line], table: Table, data: Dataset) -> None:
    for line in lines:
        with st.container(gap="xsmall"):
            _show_line(line)
            _offer_actions(line, table, data)


def _show_line(line: Line) -> None:
    _box(line.finding, f" In the draft: {sentence(line.settled)}" if line.settled else "")


def _box(finding: Finding, more: str = "") -> None:
    is_told = all(name in finding.detail for name in finding.columns)
    columns = "" if is_told else f" Columns: {names(finding.columns)}."
    _BOXES[finding.severity](
        f"{sentence(finding.detail, max_length=900)}{columns}{more}",
        title=f"{markdown_text(finding.title)} :small[{finding.code}]",
        icon=_ICONS[finding.severity],
    )


def _offer_actions(line: Line, table: Table, data: Dataset) -> None:
    if not line.actions:
        return
    with st.container(horizontal=True, gap="small"):
        for place, action in enumerate(line.actions):
            if st.button(
                markdown_text(action.title, max_length=140),
                key=f"{line.key} {place}",
                help=_help(action),
            ):
                _take(action, table, data)


def _take(action: Action, table: Table, data: Dataset) -> None:
    try:
        applying.take(action, table, data)
    except LabError as error:
        session.remember_problem(error)
    st.rerun()


def _offer_to_take_back(data: Dataset) -> None:
    taken = applying.last_taken(data)
    if taken is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"Last change: {sentence(taken.title)}")
        if st.button("Take back", icon=":material/undo:", key="take back"):
            applying.take_back(taken)
            st.rerun()


def _help(action: Action) -> str:
    """Return what a click changes, and what it leaves alone."""
    if action.kind.is_of_data:
        return (
            "Makes a data set of its own with this change; the present one and experiments on it"
            " stay. It can be taken back."
        )
    return "Changes the draft of the next experiment. It can be taken back."
