"""The texts of a release block by block, with what is said beside each."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from lessons.markdown.figures import shown_in
from lessons.models import Revision
from portal.studio.rendering import facts_by_language, filled_html, rendered
from portal.studio.review.blocks import blocks_of
from portal.studio.review.difference import Compared, compared
from portal.studio.review.remarks import Remark, placed
from portal.studio.reviewed_texts import TextReview


@dataclass(frozen=True)
class Paragraph:
    """A block as it is compared with what was there, its name as a place for remarks, and those that there are."""

    block: Compared
    name: str
    remarks: list[Remark]


@dataclass(frozen=True)
class Run:
    """Paragraphs that follow one another; `quiet` where there is nothing to look at in them."""

    paragraphs: list[Paragraph]
    quiet: bool


@dataclass(frozen=True)
class TextInBlocks:
    """`lost` are remarks about words that are no longer there."""

    paragraphs: list[Paragraph]
    lost: list[Remark]

    @property
    def runs(self) -> list[Run]:
        """The paragraphs in stretches: those that are as they were and of which nothing is said can be folded."""
        grouped = groupby(self.paragraphs, key=lambda paragraph: not (paragraph.block.is_new or paragraph.remarks))
        return [Run(list(found), quiet=quiet) for quiet, found in grouped]

    @property
    def changed(self) -> int:
        """How many blocks are not as they were."""
        return sum(paragraph.block.is_new for paragraph in self.paragraphs)

    @property
    def open_remarks(self) -> int:
        every = [*self.lost, *(remark for paragraph in self.paragraphs for remark in paragraph.remarks)]
        return sum(remark.is_open for remark in every)


def in_blocks(text: TextReview, remarks: Sequence[Remark] = ()) -> TextInBlocks:
    """The text with what is new marked, and its remarks beside what they are about."""
    found = compared(blocks_of(text.before), blocks_of(text.html))
    quotes = [block.quote for block in found if block.place is not None]
    beside, lost = placed([each for each in remarks if each.comment.lesson_text_id == text.revision.text_id], quotes)
    paragraphs = [_paragraph(block, text.revision, beside) for block in found]
    return TextInBlocks(paragraphs, lost)


def _paragraph(block: Compared, revision: Revision, beside: dict[int, list[Remark]]) -> Paragraph:
    if block.place is None:
        return Paragraph(block, "", [])
    return Paragraph(block, f"text-{revision.pk}-{block.place}", beside.get(block.place, []))


def paragraphs_of(revision: Revision) -> list[str]:
    """The words of each block of a revision as readers would get it; [] while there are faults."""
    html, _faults = rendered(revision, shown_in([revision])[revision.pk])
    language = revision.text.language
    facts = facts_by_language([(language, html)]).get(language, {})
    return [block.quote for block in blocks_of(filled_html(html, facts))]
