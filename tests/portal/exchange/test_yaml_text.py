"""YAML is read with its lines, and cannot be used to harm."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.exchange.yaml_text import YamlFault, read_yaml


def fault(text: str) -> str:
    with pytest.raises(YamlFault) as error:
        read_yaml(text)
    return str(error.value)


def test_values_have_lines() -> None:
    yaml = read_yaml("a: 1\nb:\n  - x\n  - c: y\n    d: {e: 2}\n")
    assert yaml.data == {"a": 1, "b": ["x", {"c": "y", "d": {"e": 2}}]}
    lines = {("a",): 1, ("b",): 2, ("b", 0): 3, ("b", 1): 4, ("b", 1, "c"): 4, ("b", 1, "d"): 5, ("b", 1, "d", "e"): 5}
    assert yaml.lines == {(): 1} | lines


def test_lines_count_from_where_the_text_begins_in_its_file() -> None:
    assert read_yaml("a: 1\nb: 2", first_line=2).lines["b",] == 3


def test_names_are_texts_whatever_they_look_like() -> None:
    assert read_yaml("{no: 1, 2026: 2, null: 3}").data == {"no": 1, "2026": 2, "null": 3}


def test_an_empty_file_is_nothing() -> None:
    assert read_yaml("# only a comment\n").data is None


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\na: 2", 2, "“a” stands twice"),
        ("a: [1, 2", 1, "This is not YAML"),
        ("a: b: c", 1, "This is not YAML"),
        ("a: 1\n b: 2", 2, "This is not YAML"),
        ("a: \x00", 1, "This is not YAML"),
        ("a: 1\n---\nb: 2", 2, "A second document begins here"),
        ("a: !!python/object/apply:os.system ['true']", 1, "is not read here"),
        ("a: !!binary x", 1, "is not read here"),
        ("a: &x 1\nb: *x", 1, "anchors and aliases"),
        ("<<: *x", 1, "anchors and aliases"),
        ("? [a, b]\n: 1", 1, "A name must stand before the colon"),
        ("a: 2026-13-45", 1, "This is not YAML"),
        ("[" * 30, 1, "nested too deeply"),
        ("[" * 900_000, 1, "nested too deeply"),
        ("x" * 1_000_001, 1, "too long"),
    ],
    ids=lambda part: str(part)[:20],
)
def test_what_cannot_be_read_says_where_and_why(text: str, line: int, words: str) -> None:
    assert fault(text).startswith(f"{line}: ")
    assert words in fault(text)


def test_a_billion_laughs_are_none() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    assert fault(bomb).startswith("1: ")


@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    with suppress(YamlFault):
        read_yaml(text)
