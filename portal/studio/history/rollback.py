"""Going back: a former text or version becomes the draft, which goes through review like any other."""

from django.db import transaction
from django.utils.translation import gettext as _

from lessons.models import Revision
from portal.accounts.audit import record
from portal.accounts.models import User
from portal.studio import compositions, drafts, releases
from portal.studio.compositions import Composed
from portal.studio.drafts import Typed, Written
from portal.studio.figures import copy_attachments
from portal.studio.history.lines import last_words
from portal.studio.models import Release
from portal.studio.question_standing import standing_of
from portal.studio.refusals import ReleaseError
from portal.studio.standing import Standing, standings_of
from quizzes.models import QuestionVersion


class CannotGoBack(ReleaseError):
    """A draft is in the way, or there is nowhere to go back to."""


@transaction.atomic
def begin_from(revision: Revision, by: User) -> Revision:
    """A draft with the words, pictures and sources of that revision. Raises CannotGoBack."""
    lesson, language = revision.text.lesson, revision.text.language
    drafts.lock(lesson, [language])
    now = standings_of(lesson, [language])[language]
    _refuse(now, revision)
    try:
        saved = drafts.save(lesson, by, {language: Typed(Written.of(revision), drafts.mark_of(now))})
    except drafts.NotSaved:
        raise CannotGoBack(_in_the_way()) from None
    if not saved:
        raise CannotGoBack(_("This is what is there now, so there is nothing to go back to."))
    [draft] = saved
    draft.pictures.all().delete()
    draft.citations.all().delete()
    copy_attachments({revision.pk: draft})
    record(by, "draft.begun_from", draft, revision=revision.pk)
    return draft


def _refuse(now: Standing, revision: Revision) -> None:
    if now.in_review:
        raise CannotGoBack(_("This language is in review. Withdraw it, or wait until the review is over."))
    if now.is_draft and now.working != revision and Written.of(now.working) != Written.of(now.published):
        raise CannotGoBack(_in_the_way())
    if now.published and now.published.profile != revision.profile:
        raise CannotGoBack(_("This text is written for other guidelines than those that readers have now."))


def _in_the_way() -> str:
    return _("There is a draft already, which would be lost. Send it to review, or throw it away first.")


@transaction.atomic
def back_in_one_release(revision: Revision, by: User) -> Release:
    """The same, sent to review at once; somebody else publishes it. Raises CannotGoBack or NotReady."""
    draft = begin_from(revision, by)
    said = {"title": revision.title, "number": revision.number, "language": revision.text.language}
    release = Release.objects.create(title=(_("Back to %(number)s: %(title)s") % said)[:200], author=by)
    release.revisions.add(draft)
    releases.submit(release, by)
    return release


@transaction.atomic
def begin_version_from(version: QuestionVersion, by: User) -> None:
    """The structure, key and words of that version as the question's draft. Raises CannotGoBack."""
    standing = standing_of(version.question)
    if standing.in_review or standing.drafts:
        raise CannotGoBack(_in_the_way())
    words = {language: text.words for language, text in last_words([version])[version.pk].items()}
    composed = Composed(version.structure, version.answer_key, version.critical, words)
    try:
        saved = compositions.save(version.question, by, composed, compositions.mark_of(standing))
    except compositions.Moved:
        raise CannotGoBack(_in_the_way()) from None
    if not saved:
        raise CannotGoBack(_("This is what is there now, so there is nothing to go back to."))
    record(by, "draft.begun_from", version.question, version=version.pk)
