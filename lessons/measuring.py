"""What can be counted of a lesson's text, and the one thing that would help it most."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from django.utils.translation import gettext as _

from lessons.markdown.tree import count_words, lines_and_runs, parse, plain, walk
from lessons.reading_level import FACT, WORD, grade, long_words, sentences_in

WORDS_A_MINUTE = {"ar": 138, "en": 228}
"""S. Trauzettel-Klosinski, K. Dietz: Standardized Assessment of Reading Performance: The New International Reading
Speed Texts IReST. Investigative Ophthalmology & Visual Science 53 (2012)."""
OTHERWISE = 184  # the mean of the 17 languages there
LONG_SENTENCE = 20  # words
HARD_SENTENCES = 12.0  # words on average
HARD_WORDS = 0.25
HARD_GRADE = 6
TOO_FEW = 40  # words, of which nothing can be said
MOST_LISTED = 8


@dataclass(frozen=True)
class Place:
    """Words of the text and the line, from 1, on which they stand; `level` is that of a heading."""

    line: int
    text: str
    level: int = 0


@dataclass(frozen=True)
class Measure:
    """`grade` is said of English only; `long_words` counts of a hundred."""

    words: int
    minutes: int
    planned: int
    sentence: float
    long_words: int
    grade: int | None
    long_sentences: Sequence[Place]
    outline: Sequence[Place]

    @property
    def lix(self) -> int:
        """Björnsson's measure: the words of a sentence and the long words of a hundred."""
        return round(self.sentence + self.long_words)

    @property
    def longest(self) -> Sequence[Place]:
        """The long sentences that are listed, in the order of the text."""
        return sorted(sorted(self.long_sentences, key=_by_length)[:MOST_LISTED], key=lambda place: place.line)

    @property
    def advice(self) -> str:
        """One sentence for its author."""
        return next(said for holds, said in self._judged() if holds)

    @property
    def reads_well(self) -> bool:
        return not any(holds for holds, _said in self._judged()[:-2])

    def _judged(self) -> list[tuple[bool, str]]:
        hard = self.grade is not None and self.grade > HARD_GRADE
        return [
            (self.words < TOO_FEW, _("Too short to judge yet.")),
            (self.sentence > HARD_SENTENCES, _("Sentences are long: split them.")),
            (hard or self.long_words > 100 * HARD_WORDS, _("Many words are long: say it in everyday words.")),
            (self.minutes > self.planned, _("It takes longer to read than the lesson says: shorten it, or make two.")),
            (len(self.long_sentences) > 0, _("It reads easily. A few sentences are still long.")),
            (True, _("It reads easily.")),
        ]


def _by_length(place: Place) -> int:
    return -count_words(place.text)


def measure(markdown: str, language: str, planned: int) -> Measure:
    """Of a text in that language, in a lesson of `planned` minutes; what is only said of a picture is not counted."""
    tree = parse(markdown)
    runs = list(lines_and_runs(tree))
    texts = [text for _line, text in runs]
    sentences = [(line, sentence) for line, text in runs for sentence in sentences_in(text)]
    lengths = [count for _line, sentence in sentences if (count := count_words(sentence))]
    words = sum(map(count_words, texts))
    return Measure(
        words=words,
        minutes=ceil(words / WORDS_A_MINUTE.get(language, OTHERWISE)),
        planned=planned,
        sentence=sum(lengths) / len(lengths) if lengths else 0.0,
        long_words=round(100 * long_words(texts)),
        grade=_grade(texts) if language == "en" else None,
        long_sentences=[Place(line, text) for line, text in sentences if count_words(text) > LONG_SENTENCE],
        outline=[
            Place(line, FACT.sub("…", plain(node)).strip(), int(node.tag[1]))
            for line, node in walk(tree)
            if node.type == "heading"
        ],
    )


def _grade(texts: list[str]) -> int | None:
    """At least the first; None where there is no word of English."""
    return max(1, round(grade(texts))) if any(map(WORD.search, texts)) else None
