"""An expert's signature under a release: taken for the exact words, and carried to what is published."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from lessons.models import Revision
from portal.accounts.audit import record
from portal.studio.models import Invitation, Release, SignedText, SignOff
from portal.studio.review.digests import digests_of


@dataclass(frozen=True)
class Signature:
    """Who signs, as they write themselves."""

    name: str
    title: str
    organisation: str = ""


@transaction.atomic
def sign_off(invitation: Invitation, signature: Signature) -> SignOff:
    """Keep it for every text of the release in the expert's language. The same signature sent twice is kept once.

    The caller has made sure that the link is good and that nothing has changed since it was made.
    """
    kept = {"name": signature.name, "title": signature.title, "organisation": signature.organisation}
    Invitation.objects.select_for_update().get(pk=invitation.pk)
    signed, made = SignOff.objects.get_or_create(
        release=invitation.release, invitation=invitation, **kept, defaults={"day": timezone.localdate()}
    )
    if made:
        digests = digests_of(texts_to_sign(invitation))
        SignedText.objects.bulk_create(
            SignedText(sign_off=signed, revision_id=revision, digest=digest) for revision, digest in digests.items()
        )
        record(None, "release.signed", invitation.release, release=invitation.release_id, **kept)
    return signed


def texts_to_sign(invitation: Invitation) -> list[Revision]:
    return list(invitation.release.revisions.filter(text__language=invitation.language).order_by("pk"))


def sign_revisions(release: Release, revisions: Iterable[Revision]) -> None:
    """Write the last signature that holds for its words into each revision, before it is published. Three queries."""
    rows = list(revisions)
    signed = SignedText.objects.filter(sign_off__release=release, revision__in=rows).select_related("sign_off")
    latest = {(text.revision_id, text.digest): text.sign_off for text in signed.order_by("sign_off__at", "pk")}
    digests = digests_of(rows) if latest else {}
    changed = [row for row in rows if (row.pk, digests.get(row.pk, "")) in latest]
    for row in changed:
        signature = latest[row.pk, digests[row.pk]]
        row.expert, row.expert_on = signature.name, signature.day
        row.expert_title = title_in(row.text.language, signature)
    Revision.objects.bulk_update(changed, ["expert", "expert_on", "expert_title"])


def title_in(language: str, signature: SignOff) -> str:
    """Profession and organisation as readers of the language are told them."""
    if not signature.organisation:
        return signature.title
    with override(language):
        return _("%(title)s at %(organisation)s") % {"title": signature.title, "organisation": signature.organisation}
