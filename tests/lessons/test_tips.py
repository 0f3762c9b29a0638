"""Which words of a text are marked as terms that are explained below it, and which are left alone."""

import re

import pytest

from lessons.tips import Terms, Tip

TERMS = Terms(
    Tip(key, term, f"What {term} is.")
    for key, term in (
        ("cpr", "CPR"),
        ("seizure", "Seizure"),
        ("evacuation", "Evacuation"),
        ("lift", "Evacuation lift"),
        ("blows", "Back blows"),
        ("stay", "Stay put"),
        ("tourniquet", "العاصبة"),
        ("shahaqat", "الشهقات"),
        ("airway", "مجرى الهواء"),
        ("fit", "نوبة التشنّج"),
        ("allergy", "الحساسية الشديدة (التأق)"),
    )
)


def marks(html: str) -> list[tuple[str, str]]:
    """(key, words) of every mark, in order."""
    return re.findall(r'<a class="word" href="#word-([^"]+)">([^<]*)</a>', TERMS.marked_in(html)[0])


def test_only_the_first_use_is_marked() -> None:
    html, used = TERMS.marked_in("<p>Start CPR. Go on with CPR.</p><p>CPR tires.</p>")
    assert html == '<p>Start <a class="word" href="#word-cpr">CPR</a>. Go on with CPR.</p><p>CPR tires.</p>'
    assert [tip.term for tip in used] == ["CPR"]


def test_terms_are_told_in_the_order_in_which_they_come() -> None:
    _html, used = TERMS.marked_in("<p>A seizure. Then CPR. Another seizure.</p>")
    assert [tip.key for tip in used] == ["seizure", "cpr"]


def test_a_text_without_terms_stays_as_it_is() -> None:
    html = '<p>Press &amp; hold <img alt="a > b" src="/media/x.svg"> {fact:stay-put}</p>'
    assert TERMS.marked_in(html) == (html, ())


@pytest.mark.parametrize("text", ["cpr", "Cpr", "CPR", "CPR’s"])
def test_case_and_possessive_make_no_difference(text: str) -> None:
    assert marks(f"<p>See {text}.</p>") == [("cpr", text)]


@pytest.mark.parametrize("text", ["seizures", "Back blow", "back-blows", "back\nblows"])
def test_a_plural_or_a_hyphen_makes_none_either(text: str) -> None:
    assert [words for _key, words in marks(f"<p>{text}</p>")] == [text]


@pytest.mark.parametrize("text", ["CPRs2", "preseizure", "back, blows", "back <strong>blows</strong>", "stay. Put"])
def test_part_of_a_word_or_words_apart_are_no_term(text: str) -> None:
    assert not marks(f"<p>{text}</p>")


def test_the_longest_term_is_meant_and_its_parts_are_not() -> None:
    html = "<p>An evacuation lift is not for evacuation. An evacuation lift is rare.</p>"
    assert marks(html) == [("lift", "evacuation lift"), ("evacuation", "evacuation")]


@pytest.mark.parametrize(
    "text",
    [
        "عاصبة",
        "العاصبة",
        "والعاصبة",
        "وعاصبة",
        "بالعاصبة",
        "بعاصبة",
        "للعاصبة",
        "لعاصبة",
        "ولعاصبة",
        "فالعاصبة",
        "عَاصِبة",
    ],
)
def test_arabic_words_are_found_behind_their_prefixes(text: str) -> None:
    assert marks(f"<p>استعملوا {text} الآن.</p>") == [("tourniquet", text)]


@pytest.mark.parametrize("text", ["مجرى الهواء", "ومجرى الهواء", "لمجرى الهواء", "بمجرى الهواء"])
def test_a_term_of_two_arabic_words_has_its_prefix_on_the_first(text: str) -> None:
    assert marks(f"<p>افتحوا {text}.</p>") == [("airway", text)]


def test_an_article_on_the_second_word_makes_no_difference() -> None:
    assert marks("<p>بعد نوبة تشنج انتهت</p>") == [("fit", "نوبة تشنج")]


@pytest.mark.parametrize("text", ["عاصبتان", "معاصبة", "مجرى الماء", "هواء"])
def test_another_arabic_word_is_no_term(text: str) -> None:
    assert not marks(f"<p>{text}</p>")


@pytest.mark.parametrize("text", ["حساسية شديدة", "التأق"])
def test_what_stands_in_brackets_is_another_way_to_say_it(text: str) -> None:
    assert marks(f"<p>{text}</p>") == [("allergy", text)]


@pytest.mark.parametrize(
    "html",
    [
        '<h2 id="part-cpr">CPR</h2>',
        "<h3>CPR</h3>",
        '<a href="{lesson:LS-2}">CPR <strong>CPR</strong></a>',
        '<p class="block-title">CPR</p>',
        "<pre><code>CPR</code></pre>",
        '<table><thead><tr><th scope="col">CPR</th></tr></thead></table>',
        '<figure aria-hidden="true"><img alt="CPR > CPR"><figcaption>CPR</figcaption></figure>',
        '<p><img alt="CPR"></p>',
        "<p>{fact:cpr}</p>",
    ],
)
def test_headings_links_titles_and_pictures_are_left_alone(html: str) -> None:
    assert TERMS.marked_in(html) == (html, ())


def test_the_first_use_is_the_first_that_may_be_marked() -> None:
    assert marks('<h2 id="part-cpr">CPR</h2><div class="first"><p class="block-title">CPR</p>CPR</div>') == [
        ("cpr", "CPR")
    ]
