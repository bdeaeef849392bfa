"""Ways to choose: a file, a shipped data set, an experiment, a metric, candidates."""

from collections.abc import Iterable, Sequence

import streamlit as st
from streamlit.typing import UploadedFile

from lab.base import LabError, markdown_text
from lab.data import READABLE_SUFFIXES, SAMPLES, ReadOptions
from lab.experiments import StudyKind
from lab.store import ExperimentInfo, JobState
from pages._ui import cached, session
from pages._ui.intake import take_database, take_path, take_sample, take_upload
from pages._ui.wording import ago, count, day_and_time, unique

LARGEST_MB = 200
GUESS = ReadOptions()


def upload_box(*, options: ReadOptions = GUESS) -> None:
    """Show the box for a file; what is put in becomes the current data set."""
    key = f"upload {session.generation('upload')}"
    upload = st.file_uploader(
        "Your table",
        type=[suffix.lstrip(".") for suffix in READABLE_SUFFIXES],
        key=key,
        help=f"Up to {LARGEST_MB} MB. It stays on this computer.",
    )
    if upload is not None:
        _take(upload, options)


def _take(upload: UploadedFile, options: ReadOptions) -> None:
    try:
        with st.spinner("Reading the file…"):
            take_upload(upload, upload.name, options)
    except LabError as error:
        session.remember_problem(error)
    session.renew("upload")
    st.rerun()


def path_box(*, options: ReadOptions = GUESS) -> None:
    """Show the field for a file of this computer, for files too large to upload."""
    with st.form("path", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        path = st.text_input(
            "Or the path of a file on this computer",
            placeholder="/home/me/large.csv",
            help=f"For files above {LARGEST_MB} MB: it is read where it stands.",
        )
        is_sent = st.form_submit_button("Open")
    if is_sent and path.strip():
        try:
            with st.spinner("Reading the file…"):
                take_path(path.strip(), options)
        except LabError as error:
            session.remember_problem(error)
        st.rerun()


def database_box() -> None:
    """Show the form for a table or a query of a database; the password is not kept."""
    with st.expander("From a database", icon=":material/database:"), st.form("db", border=False):
        address = st.text_input(
            "Address of the database",
            placeholder="postgresql://me@localhost:5432/shop",
            key="db address",
            help="sqlite:///FILE, duckdb:///FILE (a whole path after four slashes) or "
            "postgresql://USER@HOST:PORT/NAME. It is opened to read only.",
        )
        with st.grid(2, min_column_width=200, gap="small"):
            table = st.text_input(
                "Table or view",
                key="db table",
                help="With neither table nor query, the tables are listed.",
            )
            password = st.text_input(
                "Password",
                type="password",
                key=f"db password {session.generation('password')}",
                autocomplete="off",
                help="Used once and kept nowhere.",
            )
        query = st.text_area(
            "Or a query",
            placeholder="SELECT * FROM orders WHERE year = 2024",
            key="db query",
            height=96,
            max_chars=20_000,
            help="One SELECT. Nothing can be changed by it.",
        )
        is_sent = st.form_submit_button("Read from the database")
    if is_sent:
        _take_database(address.strip(), table.strip(), query.strip(), password)


def _take_database(address: str, table: str, query: str, password: str) -> None:
    try:
        with st.spinner("Reading from the database…"):
            take_database(address, table=table, query=query, password=password)
    except LabError as error:
        session.remember_problem(error)
    session.renew("password")
    st.rerun()


def sample_gallery() -> None:
    """Show the shipped data sets as cards; one click opens one."""
    with st.grid("auto", min_column_width=250, gap="small"):
        for entry in SAMPLES:
            with st.container(border=True, height="stretch", gap="xxsmall"):
                st.markdown(f"**{entry.title}**")
                st.caption(f"{entry.domain} · {entry.task.title.lower()}")
                st.markdown(f":small[{entry.summary}]")
                st.space("stretch")
                with st.container(
                    horizontal=True,
                    horizontal_alignment="distribute",
                    vertical_alignment="center",
                ):
                    st.caption(f"{entry.rows:,} × {entry.columns}", width="content")
                    if st.button("Open", key=f"sample {entry.key}"):
                        take_sample(entry.key, entry.title)
                        st.rerun()


STATE_WORDS = {
    JobState.IDLE: "not started",
    JobState.WAITING: "starting",
    JobState.RUNNING: "running",
    JobState.PAUSED: "paused",
    JobState.DONE: "finished",
    JobState.FAILED: "failed",
    JobState.CANCELLED: "stopped",
    JobState.INTERRUPTED: "interrupted",
}


def recent_experiments(infos: Iterable[ExperimentInfo], *, most: int = 6) -> None:
    """Show experiments as a list of links with their state."""
    for info in list(infos)[:most]:
        page, icon = _where(info)
        with st.container(border=True, gap="xxsmall"):
            st.page_link(
                page,
                label=f"**{markdown_text(info.dataset_name, max_length=48)}** · "
                f"{markdown_text(info.name, max_length=80)}",
                icon=icon,
                query_params={"dataset": info.dataset_id, "experiment": info.id},
            )
            st.caption(
                f"{STATE_WORDS[info.state]} · {info.n_done:,} of {count(info.n_cells, 'fit')} · "
                f"{ago(info.created)}"
            )


def _where(info: ExperimentInfo) -> tuple[str, str]:
    """Return the page that shows an experiment as it stands, and an icon."""
    if info.study == StudyKind.ABLATION:
        return "pages/ablation.py", ":material/rule:"
    if info.study:
        return "pages/studies.py", ":material/insights:"
    if info.state.is_active:
        return "pages/benchmark.py", ":material/pending:"
    return "pages/leaderboard.py", ":material/leaderboard:"


def pick_experiment() -> None:
    """Show which experiment on the current data set is open, when there are several.

    Studies are left out, but for the one that is open: their own pages list them.
    """
    data_id, current = session.chosen("dataset"), session.chosen("experiment")
    infos = {
        info.id: info
        for info in cached.store().experiments()
        if info.dataset_id == data_id and (not info.study or info.id == current)
    }
    if len(infos) < 2 or current not in infos:
        return
    ids = list(infos)
    # The browser answers with the words, so they must differ and must not change with time.
    labels = unique([f"{info.name} · {day_and_time(info.created)}" for info in infos.values()])
    titles = dict(zip(ids, labels, strict=True))
    chosen = st.selectbox(
        "Experiment",
        ids,
        ids.index(current),
        format_func=titles.__getitem__,
        key=f"experiment {current}",
    )
    if chosen != current:
        session.open_experiment(chosen, data_id)
        st.rerun()


def pick_metric(keys: Sequence[str]) -> str:
    """Show the choice of a metric, remembered in the URL, and return its key."""
    from lab.metrics import METRICS

    current = session.chosen("metric")
    chosen = st.selectbox(
        "Metric",
        keys,
        keys.index(current) if current in keys else 0,
        format_func=lambda key: METRICS[key].title,
        key="pick metric",
        help="It decides the order of the table and stands behind the verdict.",
    )
    session.choose("metric", chosen)
    return chosen


def pick_candidates(names: Sequence[str], *, most: int, key: str) -> list[str]:
    """Show the choice of candidates for charts and return their names in order."""
    chosen = st.multiselect(
        "Candidates",
        names,
        names[:4],
        key=key,
        placeholder="Choose candidates",
        max_selections=most,
        help=f"At most {most} at a time, so that a chart can be read.",
    )
    return [name for name in names if name in chosen]


def pick_candidate(names: Sequence[str], *, default: str) -> str:
    """Show the choice of one candidate, remembered in the URL, and return its name."""
    current = session.chosen("candidate")
    start = current if current in names else default
    chosen = st.selectbox("Candidate", names, list(names).index(start), key="pick candidate")
    session.choose("candidate", chosen)
    return chosen
