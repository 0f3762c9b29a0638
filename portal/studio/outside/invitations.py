"""Links for experts without an account: making, reading, revoking them."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from portal.accounts.audit import record
from portal.accounts.models import User
from portal.studio.languages import language_name
from portal.studio.models import Invitation, Release, SignOff
from portal.studio.review.digests import digest_of_release

DAYS = (1, 7, 30)
signer = Signer(salt="portal.studio.outside")


class Standing(StrEnum):
    GOOD = "good"
    EXPIRED = "expired"
    REVOKED = "revoked"
    OVER = "over"
    CHANGED = "changed"


def invite(release: Release, by: User, language: str, days: int, name: str = "", email: str = "") -> Invitation:
    """A link to the release as it is now."""
    made = Invitation.objects.create(
        release=release,
        made_by=by,
        language=language,
        expires_at=timezone.now() + timedelta(days=days),
        digest=digest_of_release(release),
        name=name,
        email=email,
    )
    record(by, "release.expert_invited", release, release=release.pk, invitation=made.pk, days=days, language=language)
    return made


def revoke(invitation: Invitation, by: User) -> None:
    """The link opens nothing any more; doing it again changes nothing."""
    if Invitation.objects.filter(pk=invitation.pk, revoked_at=None).update(revoked_at=timezone.now()):
        record(
            by, "release.expert_revoked", invitation.release, release=invitation.release_id, invitation=invitation.pk
        )


def path_of(invitation: Invitation) -> str:
    """The link, in the expert's language."""
    with override(invitation.language):
        return reverse("outside:look", kwargs={"token": token_of(invitation)})


def token_of(invitation: Invitation) -> str:
    return signer.sign(invitation.key).replace(":", ".")


def invitation_of(token: str) -> Invitation | None:
    """The invitation that we have signed; None for anything else. No query where the signature is wrong."""
    try:
        key = signer.unsign(":".join(token.rsplit(".", 1)))
    except BadSignature:
        return None
    return Invitation.objects.select_related("release").filter(key=key).first()


def standing_of(invitation: Invitation, digest: str = "") -> Standing:
    """Whether the link can be used, and otherwise why not; `digest` is that of its release where it is known."""
    if invitation.revoked_at:
        return Standing.REVOKED
    if invitation.expires_at <= timezone.now():
        return Standing.EXPIRED
    if invitation.release.state not in (Release.State.IN_REVIEW, Release.State.APPROVED):
        return Standing.CHANGED if invitation.release.state == Release.State.DRAFT else Standing.OVER
    now = digest or digest_of_release(invitation.release)
    return Standing.GOOD if now == invitation.digest else Standing.CHANGED


def note_opened(invitation: Invitation) -> None:
    if invitation.opened_at is None:
        Invitation.objects.filter(pk=invitation.pk, opened_at=None).update(opened_at=timezone.now())


@dataclass(frozen=True)
class InvitationLine:
    """A link as the release's page lists it."""

    invitation: Invitation
    language: str
    path: str
    standing: str
    signed: list[SignOff]


def lines_of(release: Release) -> list[InvitationLine]:
    """The links of a release with their signatures. Two queries, and those of a digest where there is a link."""
    rows = list(release.invitations.select_related("made_by").prefetch_related("sign_offs"))
    digest = digest_of_release(release) if rows else ""
    for row in rows:
        row.release = release
    return [_line(row, digest) for row in rows]


def _line(row: Invitation, digest: str) -> InvitationLine:
    signed = list(row.sign_offs.all())
    return InvitationLine(row, language_name(row.language), path_of(row), standing_of(row, digest), signed)
