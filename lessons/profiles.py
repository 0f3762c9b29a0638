"""The resuscitation profile: which of the guidelines' variants readers see, each of them whole.

A text or a question that guidelines teach differently is written once for each profile. What is written for the profile
in force is published, what is written for another waits in reserve, reviewed like it; so whoever asks for what is
published never gets two of them, nor a mixture. A value of the fact `resuscitation-profile` that goes out puts another
profile in force and exchanges all of them, in its own transaction.
"""

from collections.abc import Callable, Collection

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from lessons.models import PROFILE_FACT, RELEASED, LocalFact, LocalFactValue, Profile, Revision, State
from lessons.readiness import Reason
from lessons.search.indexing import lessons_changed

DEFAULT = Profile.ERC
"""In force until a value is published; what stands beside variants is written for it."""
Exchange = Callable[[Profile], object]
_exchanges: list[Exchange] = []


def register(exchange: Exchange) -> None:
    """`exchange(profile)` lets what else is written for profiles follow, in the transaction of the texts."""
    if exchange not in _exchanges:
        _exchanges.append(exchange)


def in_force(*, held: bool = False) -> Profile:
    """The profile that is taught; `held` keeps it so until the transaction ends."""
    if held:
        list(LocalFact.objects.filter(key=PROFILE_FACT).order_by("pk").select_for_update())
    values = LocalFactValue.objects.filter(fact__key=PROFILE_FACT, state=State.PUBLISHED, value__in=Profile.values)
    chosen = values.order_by("-published_at", "-pk").values_list("value", flat=True).first()
    return Profile(chosen) if chosen else DEFAULT


def shown_under(profile: str, path: str = "profile") -> Q:
    """Condition on what readers get under a profile: what is written for it, and what is right in all."""
    return Q(**{f"{path}__in": ["", profile]})


def settle() -> None:
    """Puts what the profile in force wants in front of readers, and the rest in reserve; nothing where it is so."""
    profile = in_force(held=True)
    _settle_texts(profile)
    for exchange in _exchanges:
        exchange(profile)


def _settle_texts(profile: Profile) -> None:
    standing = Revision.objects.filter(state=State.PUBLISHED)
    leaving = list(standing.exclude(shown_under(profile)).values_list("pk", "text__lesson"))
    coming = list(
        Revision.objects.filter(state=State.RESERVE, profile=profile).values_list("pk", "text", "text__lesson")
    )
    if not leaving and not coming:
        return
    standing.filter(pk__in=[pk for pk, _lesson in leaving]).update(state=State.RESERVE)
    # A text for all has had its day where one for this profile takes its place.
    former = standing.filter(text__in=[text for _pk, text, _lesson in coming])
    former.update(state=State.SUPERSEDED, superseded_at=timezone.now())
    Revision.objects.filter(pk__in=[pk for pk, _text, _lesson in coming]).update(state=State.PUBLISHED)
    lessons_changed({row[-1] for row in (*leaving, *coming)})


def reasons_against(value: LocalFactValue, coming: Collection[Revision] = ()) -> list[Reason]:
    """What keeps a profile from being chosen: there is none of that name, or a lesson lacks its variant.

    `coming` are texts that go out with it.
    """
    if fault := value.fault_of_profile():
        return [Reason(fault, value)]
    profile = Profile(value.value)
    released = Revision.objects.filter(state__in=RELEASED, text__lesson__archived_at=None)
    has = set(released.filter(shown_under(profile)).values_list("text", flat=True))
    has |= {revision.text_id for revision in coming if revision.profile in ("", profile)}
    others = (
        released.exclude(shown_under(profile)).exclude(text__in=has).order_by("text__lesson__key", "text__language")
    )
    message = _("The lesson “%(key)s” has no text for %(profile)s in “%(language)s”. A profile is taken whole: add it.")
    return [
        Reason(message % {"key": key, "language": language, "profile": profile.value.upper()}, value)
        for key, language in dict.fromkeys(others.values_list("text__lesson__key", "text__language"))
    ]
