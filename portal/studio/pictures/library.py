"""The library: every picture that is kept, and ways to narrow it down. Any of them go together in one query."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lessons.credits import UNCREDITED, credit_of
from lessons.models import EditionCover, Media, PictureCredit, RevisionMedia
from lessons.renditions import WEBP
from portal.accounts.forms import plain_helper
from portal.studio.languages import language_name, written_languages
from portal.studio.picture_lines import thumbnail_url
from portal.studio.standing import STANDING
from quizzes.models import QuestionVersion

UNUSED, NO_CREDIT, NO_ALT, CROPS = "unused", "no-credit", "no-alt", "crops"
PHOTOGRAPHS, DRAWINGS = "photographs", "drawings"
SORTS = (("", _("Photographs and drawings")), (PHOTOGRAPHS, _("Photographs")), (DRAWINGS, _("Drawings")))
SHOWN_IN = "structure__picture__file"


@dataclass(frozen=True)
class Card:
    """A picture as the library lists it."""

    media: Media
    name: str
    thumbnail: str
    uses: int
    is_asked_about: bool
    is_cover: bool
    lacks_credit: bool


class LibraryForm(forms.Form):
    """What of the library is asked for, as it stands in the address; nothing named is everything."""

    q = forms.CharField(label=_("Name, words or credit"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=SORTS)
    show = forms.ChoiceField(label=_("Show only"), required=False)

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query)
        self.fields["q"].widget.input_type = "search"
        self.fields["show"].choices = [  # type: ignore[attr-defined]
            ("", _("All pictures")),
            (UNUSED, _("Used nowhere")),
            (NO_CREDIT, _("Without a credit")),
            (CROPS, _("Crops")),
            *(
                (f"{NO_ALT}-{code}", _("Without words: %(language)s") % {"language": language_name(code)})
                for code in written_languages()
            ),
        ]
        self.helper = plain_helper("q", "kind", "show")

    @property
    def address(self) -> dict[str, Any]:
        """What was asked for, to be asked for again; only of a valid form."""
        return {name: said for name, said in self.cleaned_data.items() if said}

    def narrow(self, pictures: QuerySet[Media]) -> QuerySet[Media]:
        """Those of the pictures that are asked for; only of a valid form."""
        asked = self.cleaned_data
        if asked["q"]:
            pictures = pictures.filter(saying(asked["q"]))
        if asked["kind"]:
            is_photograph = Q(mime=WEBP)
            pictures = pictures.filter(is_photograph if asked["kind"] == PHOTOGRAPHS else ~is_photograph)
        return pictures.filter(shown_as(asked["show"]))


def saying(typed: str) -> Q:
    """Pictures whose name, alternative text, caption or credit holds what was typed."""
    typed = " ".join(typed.split())
    said = Q()
    for field in ("name", "alt", "caption"):
        said |= Q(**{f"{field}__icontains": typed})
    credited = PictureCredit.objects.filter(
        Q(author__icontains=typed) | Q(licence__icontains=typed) | Q(source_url__icontains=typed)
    )
    return (
        Q(original_name__icontains=typed)
        | Q(Exists(_uses().filter(said)))
        | Q(pk__in=credited.values("media"))
        | Q(cropped_from__in=credited.values("media"))
    )


def shown_as(show: str) -> Q:
    """By one of the ways above; "" is every picture."""
    if show == UNUSED:
        return Q(~Exists(_uses())) & ~Q(sha256__in=_asked_about()) & ~Q(Exists(_covers()))
    if show == NO_CREDIT:
        return Q(credit=None) & (Q(cropped_from=None) | Q(cropped_from__credit=None))
    if show == CROPS:
        return ~Q(cropped_from=None)
    if show:
        spoken = _uses().filter(revision__text__language=show.removeprefix(f"{NO_ALT}-"))
        return Q(Exists(_uses().filter(decorative=False))) & ~Q(Exists(spoken.exclude(alt="", decorative=False)))
    return Q()


def _uses() -> QuerySet[RevisionMedia]:
    return RevisionMedia.objects.filter(media=OuterRef("pk"), revision__state__in=STANDING)


def _covers() -> QuerySet[EditionCover]:
    return EditionCover.objects.filter(media=OuterRef("pk"), edition__state__in=STANDING)


def _asked_about() -> list[str]:
    """The hashes of the pictures that questions show. One query."""
    versions = QuestionVersion.objects.filter(**{f"{SHOWN_IN}__isnull": False}, state__in=STANDING)
    return [PurePosixPath(file).stem for file in versions.values_list(SHOWN_IN, flat=True)]


def library() -> QuerySet[Media]:
    """Every picture, the newest first, with all that its card needs."""
    named = _uses().order_by("-pk").values("name")[:1]
    used = _uses().order_by().values("media").annotate(lessons=Count("revision__text__lesson", distinct=True))
    return (
        Media.objects.select_related("credit", "cropped_from__credit")
        .prefetch_related("renditions")
        .annotate(called=Subquery(named), lessons=Subquery(used.values("lessons")), is_cover=Exists(_covers()))
        .order_by("-uploaded_at", "-pk")
    )


def cards(pictures: Iterable[Any]) -> list[Card]:
    """The cards of some rows of `library()`. One query beside theirs."""
    asked = set(_asked_about())
    return [
        Card(
            each,
            name_of(each),
            thumbnail_url(each),
            each.lessons or 0,
            each.sha256 in asked,
            each.is_cover,
            each.uploaded and credit_of(each) is None,
        )
        for each in pictures
    ]


def name_of(picture: Any) -> str:
    """What a row of `library()` is called: the name that texts use, or else that of its file."""
    return picture.called or picture.original_name or picture.sha256[:12]


def count_uncredited() -> int:
    """How many pictures cannot be published because nobody has said who made them. One query."""
    return Media.objects.filter(UNCREDITED).count()
