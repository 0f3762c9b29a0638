"""What the page of a lesson or question sends while somebody types, as its script does."""

from typing import Any

from django.test import Client

from portal.accounts.models import User
from portal.studio.keeping.resending import signed
from portal.studio.models import WorkingCopy
from tests.portal.studio.people import LESSON, lesson_fields

KEEPING, DROP = f"{LESSON}keeping/", f"{LESSON}keeping/drop/"
ARABIC = "اِضغَطوا بِقُوَّةٍ على الجُرْحِ، ولا تَتوقَّفوا.\n\n  ثُمَّ اتَّصِلوا  \n"
TAB, OTHER_TAB = "a" * 24, "b" * 24


def page_fields(client: Client, url: str = LESSON) -> dict[str, Any]:
    """Everything that a lesson's page would send, with what its keeping needs."""
    page = client.get(url)
    kept = page.context["keeping"]
    return lesson_fields(page) | {
        "copy-id": kept.mark,
        "typist-id": kept.token,
        "place-id": kept.place.desk.place,
    }


def typed(client: Client, count: int = 1, tab: str = TAB, **changed: Any) -> dict[str, Any]:
    """The same with some fields changed (`en_title`), from a page with a script."""
    fields = page_fields(client) | {"tab-id": f"{tab}.{count}"}
    return fields | {name.replace("_", "-", 1): said for name, said in changed.items()}


def type_(client: Client, **changed: Any) -> Any:
    """Type into a page just opened, and let its script send it."""
    return client.post(KEEPING, typed(client, **changed))


def copy_of(person: User) -> WorkingCopy:
    return WorkingCopy.objects.get(person=person)


def shown(client: Client, name: str, url: str = LESSON) -> Any:
    """What stands in a field of the page when it is opened."""
    return lesson_fields(client.get(url))[name]


def token(person: User) -> str:
    return signed(person)
