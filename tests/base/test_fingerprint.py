import json
import subprocess
import sys
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from lab.base import fingerprint, fingerprint_bytes

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=8,
)


@dataclass(frozen=True, kw_only=True)
class Leaf:
    name: str
    settings: dict[str, int] = field(default_factory=dict)


@given(st.dictionaries(st.text(max_size=5), PLAIN))
def test_the_order_of_a_dictionary_changes_nothing(values):
    backwards = dict(reversed(values.items()))
    assert fingerprint(values) == fingerprint(backwards)


@given(PLAIN, PLAIN)
def test_values_have_equal_fingerprints_when_their_json_is_equal_and_only_then(one, other):
    same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    assert (fingerprint(one) == fingerprint(other)) is same


@given(st.lists(st.binary(max_size=20), max_size=5))
def test_bytes_count_whatever_the_chunks(chunks):
    assert fingerprint_bytes(chunks) == fingerprint_bytes([b"".join(chunks)])


def test_where_one_value_ends_and_the_next_begins_counts():
    assert fingerprint("ab", "c") != fingerprint("a", "bc")
    assert fingerprint(["a"], "b") != fingerprint("a", ["b"])


def test_a_whole_and_a_real_number_differ_as_settings_of_different_type_do():
    assert fingerprint(1) != fingerprint(1.0)
    assert fingerprint(1) != fingerprint(True)
    assert fingerprint(0.1 + 0.2) != fingerprint(0.3)


def test_a_value_of_ours_has_the_same_fingerprint_in_another_process():
    code = "from lab.base import fingerprint; print(fingerprint({'b': 1, 'a': ['x', 0.1]}))"
    other = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()
    assert other == fingerprint({"a": ["x", 0.1], "b": 1})
    assert len(other) == 32


def test_every_field_of_a_dataclass_counts():
    assert fingerprint(Leaf(name="a")) != fingerprint(Leaf(name="b"))
    assert fingerprint(Leaf(name="a", settings={"x": 1})) != fingerprint(Leaf(name="a"))
