"""Another picture in the place of one that a lesson shows: its crop, or its original again.

It takes a name of its own, since a name belongs to one picture of a lesson for good; the drafts' texts follow.
"""

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from django.db import transaction

from lessons.crops import box_of, focus_within
from lessons.focus import Focus
from lessons.models import Lesson, Media, Revision, RevisionMedia
from portal.accounts.audit import record
from portal.accounts.models import User
from portal.studio.authorship import sign
from portal.studio.drafts import drafts_in
from portal.studio.standing import STANDING, languages_showing

CROPPED = re.compile(r"-crop(?:-\d+)?$")


def names_in(lesson: Lesson, media: Media) -> list[str]:
    """The names under which the lesson's texts, drafts and what is published, show the picture."""
    uses = RevisionMedia.objects.filter(revision__text__lesson=lesson, revision__state__in=STANDING, media=media)
    return sorted(set(uses.values_list("name", flat=True)))


@transaction.atomic
def show_instead(lesson: Lesson, former: Media, media: Media, by: User) -> list[str]:
    """Show `media` wherever the lesson's texts show `former`, in drafts begun where there is none.

    The names that it has now; [] where the lesson did not show the former one. Raises UnderReview.
    """
    return [new for name in names_in(lesson, former) if (new := _show_instead(lesson, name, former, media, by))]


def _show_instead(lesson: Lesson, name: str, former: Media, media: Media, by: User) -> str:
    languages = languages_showing(lesson, [name])
    if not languages:
        return ""
    new = name_for(lesson, name, media)
    drafts = drafts_in(lesson, languages, by)
    for use in RevisionMedia.objects.filter(revision__in=list(drafts.values()), name=name):
        _exchange(use, new, former, media)
    for draft in drafts.values():
        _rename(draft, name, new, by)
    record(by, "picture.exchanged", media, picture=media.pk, lesson=lesson.key, name=new)
    return new


def name_for(lesson: Lesson, name: str, media: Media) -> str:
    """The name that the lesson knows the picture by, or else one like `name` that no other picture of it has."""
    known = dict(
        RevisionMedia.objects.filter(revision__text__lesson=lesson).values_list("name", "media").order_by("pk")
    )
    own = [each for each, pk in known.items() if pk == media.pk]
    if own:
        return own[-1]
    path = PurePosixPath(name)
    stem = CROPPED.sub("", path.stem) + ("-crop" if media.cropped_from_id else "")
    tried = (f"{path.parent}/{stem}{f'-{number}' if number > 1 else ''}{path.suffix}" for number in _counting())
    return next(each for each in tried if each not in known)


def _counting() -> Iterable[int]:
    number = 0
    while True:
        number += 1
        yield number


def _exchange(use: RevisionMedia, new: str, former: Media, media: Media) -> None:
    if RevisionMedia.objects.filter(revision=use.revision_id, name=new).exclude(pk=use.pk).exists():
        use.delete()  # the text has the other one already
        return
    focus = focus_within(Focus.of(use), box_of(former), box_of(media))
    use.media, use.name = media, new
    if use.focus_x is not None:
        use.focus_x, use.focus_y = focus
    use.save()


def _rename(draft: Revision, name: str, new: str, by: User) -> None:
    """Only the text changes, not the time at which it was saved: a translation of it is as right as before."""
    markdown = re.sub(rf"(?<=\()<?{re.escape(name)}>?(?=[\s)])", new, draft.markdown)
    if markdown != draft.markdown:
        Revision.objects.filter(pk=draft.pk).update(markdown=markdown)
        sign(draft, by)
