"""A portal in which every table of the administration has rows."""

from hashlib import sha256

from allauth.account.models import EmailAddress, EmailConfirmation
from django.contrib.auth.models import Group
from django.utils import timezone

from lessons.models import (
    CourseEdition,
    EditionSource,
    EditionText,
    GlossaryTerm,
    GlossaryText,
    LocalFact,
    LocalFactText,
    LocalFactValue,
    Media,
    Module,
    ModuleText,
    Narration,
    Placement,
    Recording,
    Rendition,
    RevisionMedia,
    RevisionSource,
    SkillText,
    Source,
    State,
    TopicText,
)
from portal.accounts.audit import record
from portal.accounts.models import Assignment, OrganisationText, RegionText, User
from portal.studio.models import Comment, Release
from quizzes.models import Accommodation, QuestionSkill, QuestionText, QuestionVersion, Quiz
from tests.factories import (
    LearnerFactory,
    LessonTextFactory,
    MembershipFactory,
    QuestionFactory,
    ResidenceFactory,
    RevisionFactory,
    RoleGrantFactory,
    SkillFactory,
    TopicFactory,
    UserFactory,
    check_of,
    published_course,
    published_lesson,
)
from tests.portal.accounts.guests import with_second_factor
from tests.quizzes.sitting import sit


def furnish(name: str) -> None:
    """One more of everything, under a name of its own: published, drafts, and what a learner did with it."""
    edition = _course(name)
    _drafts(name, edition)
    _words_and_facts(name)
    _people(name, edition)


def _course(name: str) -> CourseEdition:
    lesson = published_lesson(name)
    check = check_of(lesson)
    edition = published_course(name, lessons=[lesson], final={})
    learner = LearnerFactory(user=UserFactory())
    Accommodation.objects.create(learner=learner, extra="1.5", from_day=timezone.localdate())
    sit(learner, check, edition.pk)
    sit(learner, Quiz.objects.get(edition=edition), edition.pk)
    return edition


def _drafts(name: str, former: CourseEdition) -> None:
    source = Source.objects.create(key=name, title=f"A work on {name}", publisher="WHO", year=2025)
    media = Media.objects.create(
        sha256=sha256(name.encode()).hexdigest(), mime="image/webp", file=f"{name}.webp", size=1, width=9, height=9
    )
    Rendition.objects.create(media=media, mime="image/webp", file="b.webp", sha256="b" * 64, size=1, width=4, height=4)
    revision = RevisionFactory(text=LessonTextFactory())
    RevisionSource.objects.create(revision=revision, source=source)
    RevisionMedia.objects.create(revision=revision, media=media, name="a.webp")
    recording = Recording.objects.create(
        sha256=sha256(f"{name} read".encode()).hexdigest(), mime="audio/ogg", file=f"{name}.ogg", size=1, seconds=1
    )
    Narration.objects.create(revision=revision, recording=recording, narrator=f"Mona {name}", transcript=name)
    draft = CourseEdition.objects.create(course=former.course, number=2, label="2", minutes=5, source_language="en")
    EditionText.objects.create(edition=draft, language="en", title=name, summary=name)
    EditionSource.objects.create(edition=draft, source=source)
    for position, lesson in enumerate((published_lesson(f"{name}-x"), published_lesson(f"{name}-y")), 1):
        module = Module.objects.create(edition=draft, key=f"M{position}", position=position)
        ModuleText.objects.create(module=module, language="en", title="A module")
        Placement.objects.create(edition=draft, module=module, lesson=lesson, position=position)
    Quiz.objects.create(purpose="final", edition=draft, pass_mark="0.8", feedback="at_end")
    question = QuestionFactory()
    version = QuestionVersion.objects.create(question=question, number=1, kind="true_false", answer_key={"right": True})
    QuestionText.objects.create(version=version, language="en", words={"stem": f"Is it {name}?"})
    QuestionSkill.objects.create(question=question, skill=SkillFactory())
    release = Release.objects.create(title=f"Release {name}", author=UserFactory())
    release.revisions.add(revision)
    Comment.objects.create(release=release, text="Well done.", author=release.author)


def _words_and_facts(name: str) -> None:
    TopicText.objects.create(topic=TopicFactory(key=name), language="en", name=f"Topic {name}")
    SkillText.objects.create(skill=SkillFactory(parent=SkillFactory()), language="en", name=f"Skill {name}")
    GlossaryText.objects.create(
        glossary_term=GlossaryTerm.objects.create(key=name), language="en", term=name, definition=name
    )
    fact = LocalFact.objects.create(key=name, kind="phone")
    LocalFactText.objects.create(fact=fact, language="en", label=name, default="your number")
    LocalFactValue.objects.create(
        fact=fact, value="112", state=State.PUBLISHED, published_at=timezone.now(), author=UserFactory()
    )
    LocalFactValue.objects.create(fact=fact, value="911")


def _people(name: str, edition: CourseEdition) -> None:
    user: User = UserFactory()
    with_second_factor(user)
    address = EmailAddress.objects.create(user=user, email=str(user.email), verified=True, primary=True)
    EmailConfirmation.objects.create(email_address=address, key=name)
    organisation = MembershipFactory(user=user).organisation
    OrganisationText.objects.create(organisation=organisation, language="en", name=f"Organisation {name}")
    region = ResidenceFactory(user=user).region
    RegionText.objects.create(region=region, language="en", name=f"Region {name}")
    RoleGrantFactory(user=user)
    Assignment.objects.create(organisation=organisation, course=edition.course)
    record(user, "test", name)
    Group.objects.create(name=name)
