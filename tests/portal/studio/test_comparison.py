from hypothesis import given
from hypothesis import strategies as st

from portal.studio.comparison import ADDED, REMOVED, SAME, Piece, change, compare

TEXTS = st.text(alphabet="ab \n.،كلمة", max_size=80)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_out_of_the_pieces(old: str, new: str) -> None:
    pieces = compare(old, new)
    assert "".join(piece.text for piece in pieces if piece.sort != REMOVED) == new
    assert "".join(piece.text for piece in pieces if piece.sort != ADDED) == old


def test_whole_words_are_compared() -> None:
    assert compare("press hard now", "press harder now") == [
        Piece(SAME, "press "),
        Piece(REMOVED, "hard "),
        Piece(ADDED, "harder "),
        Piece(SAME, "now"),
    ]


def test_very_long_texts_are_compared_line_by_line() -> None:
    line = "a few words\n"
    pieces = compare(line * 2000, line * 2000 + "and more\n")
    assert [piece.sort for piece in pieces] == [SAME, ADDED]


def test_a_long_stretch_without_a_change_is_shown_by_its_ends() -> None:
    piece = Piece(SAME, "word " * 300)
    assert piece.ends is not None
    assert len("".join(piece.ends)) < 400
    assert Piece(SAME, "word " * 100).ends is None
    assert Piece(ADDED, "word " * 300).ends is None


def test_what_was_not_there_before_is_new_and_not_unchanged() -> None:
    assert change("Title", None, "").is_new
    assert not change("Title", None, "").unchanged
    assert change("Title", "the same", "the same").unchanged
