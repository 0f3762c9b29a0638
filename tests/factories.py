"""Rows for tests. Simple ones are factories; what is published is built whole by `published_*`, as publishing would."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import factory
from django.utils import timezone

from lessons.models import (
    Course,
    CourseEdition,
    EditionCover,
    EditionText,
    Lesson,
    LessonText,
    LocalFact,
    Media,
    Module,
    ModuleText,
    Narration,
    PictureCredit,
    Placement,
    Recording,
    Revision,
    Skill,
    State,
    Topic,
    TopicText,
)
from lessons.narrations import words_of
from lessons.recordings import store_recording
from portal.accounts.models import Membership, Organisation, Region, Residence, RoleGrant, User
from portal.studio.models import Release
from quizzes.models import (
    Completion,
    Learner,
    ProgressEvent,
    Question,
    QuestionText,
    QuestionVersion,
    Quiz,
    QuizQuestion,
)
from tests.voices import an_upload

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    language = "en"
    password = factory.django.Password("a-long-password")


class LearnerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Learner


class TopicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Topic

    key = factory.Sequence(lambda n: f"topic-{n}")
    slug = factory.SelfAttribute("key")
    icon = "heart"


CARD = {
    "en": "Press hard on the wound.\nCall {fact:emergency-number} on speaker.\nDo not let go.",
    "ar": "اضغطوا بقوة على الجرح.\nاطلبوا {fact:emergency-number} بمكبّر الصوت.\nلا تتركوه.",
}


def topic_with_card(slug: str = "bleeding", name: str = "Severe bleeding", **fields: Any) -> Topic:
    """A topic with a name and a first minute card in English and Arabic."""
    topic: Topic = TopicFactory(key=slug, **fields)
    for language, words in (("en", name), ("ar", f"{name} بالعربية")):
        TopicText.objects.create(topic=topic, language=language, name=words, first_minute=CARD[language])
    return topic


class SkillFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Skill

    key = factory.Sequence(lambda n: f"skill-{n}")


class LessonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Lesson

    key = factory.Sequence(lambda n: f"L-{n}")
    slug = factory.Sequence(lambda n: f"lesson-{n}")
    minutes = 4
    source_language = "en"


class LessonTextFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LessonText

    lesson = factory.SubFactory(LessonFactory)
    language = "en"


class RevisionFactory(factory.django.DjangoModelFactory):
    """A draft."""

    class Meta:
        model = Revision

    text = factory.SubFactory(LessonTextFactory)
    number = factory.Sequence(lambda n: n + 1)
    title = "Stop the bleeding"
    markdown = "::: first\nPress hard.\n:::\n"


class QuestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Question

    key = factory.Sequence(lambda n: f"Q-{n}")
    lesson = factory.SubFactory(LessonFactory)
    position = factory.Sequence(lambda n: n)


def a_recording(form: str = "ogg", **how: Any) -> Recording:
    """A recording that is kept, file and all (see `tests/voices.py`)."""
    return store_recording(an_upload(form, **how))


def read_aloud(draft: Revision, **fields: Any) -> Narration:
    """A draft with a recorded voice, which reads the text word for word unless there is a `transcript`."""
    told = {"recording": a_recording(), "words": words_of(draft), "reads_text": "transcript" not in fields}
    narration: Narration = Narration.objects.create(revision=draft, **told | fields)
    return narration


def published_lesson(
    slug: str = "bleeding",
    title: str = "Severe bleeding",
    html: Mapping[str, str] | None = None,
    voices: Mapping[str, Mapping[str, Any]] | None = None,
    **fields: Any,
) -> Lesson:
    """A lesson published in English and Arabic, with `html` by language as its text and `voices` as `read_aloud`."""
    lesson = LessonFactory(slug=slug, key=slug, **fields)
    for language, words in (("en", title), ("ar", f"{title} بالعربية")):
        text = LessonTextFactory(lesson=lesson, language=language)
        shown = (html or {}).get(language, f"<p>{words}</p>")
        draft = RevisionFactory(text=text, number=1, title=words, html=shown)
        if language in (voices or {}):
            read_aloud(draft, **(voices or {})[language])
        Revision.objects.filter(pk=draft.pk).update(state=State.PUBLISHED, published_at=LONG_AGO)
    return lesson


SINGLE: dict[str, Any] = {
    "kind": "single_choice",
    "structure": {"options": ["press", "wait", "wash"]},
    "answer_key": {"right": "press"},
    "words": {
        "en": {
            "stem": "Blood spurts from a leg. What first?",
            "options": {"press": "Press hard", "wait": "Wait for help", "wash": "Wash the wound"},
            "explanation": "EXPLANATION-EN pressure stops blood.",
            "feedback": {"wait": "WHY-NOT-WAIT minutes count.", "wash": "WHY-NOT-WASH water does not stop blood."},
        },
        "ar": {
            "stem": "دم يندفع من ساق. ماذا أولًا؟",
            "options": {"press": "اضغطوا بقوة", "wait": "انتظروا المساعدة", "wash": "اغسلوا الجرح"},
            "explanation": "EXPLANATION-AR الضغط يوقف الدم.",
            "feedback": {"wait": "الدقائق ثمينة.", "wash": "الماء لا يوقف الدم."},
        },
    },
}
TRUE_FALSE: dict[str, Any] = {
    "kind": "true_false",
    "structure": {},
    "answer_key": {"right": True},
    "words": {
        language: {"stem": "Pressure helps.", "explanation": "It does.", "feedback": "It does help."}
        for language in ("en", "ar")
    },
}
MULTIPLE: dict[str, Any] = {
    "kind": "multiple_choice",
    "structure": {"options": ["cloth", "hand", "ice", "dirt"]},
    "answer_key": {"right": ["cloth", "hand"]},
    "words": {
        language: {
            "stem": "What may you press with?",
            "options": {"cloth": "A cloth", "hand": "A hand", "ice": "Ice", "dirt": "Earth"},
            "explanation": "Anything clean.",
            "feedback": {"cloth": "A cloth works.", "hand": "A hand works.", "ice": "No.", "dirt": "No, never."},
        }
        for language in ("en", "ar")
    },
}
NUMERICAL: dict[str, Any] = {
    "kind": "numerical",
    "structure": {},
    "answer_key": {"right": {"min": 5, "max": 6}, "near": {"min": 4, "max": 7}},
    "words": {
        language: {
            "stem": "How deep?",
            "unit": "cm",
            "explanation": "Five to six.",
            "feedback": {"low": "Too shallow.", "high": "Too deep."},
        }
        for language in ("en", "ar")
    },
}
ORDERING: dict[str, Any] = {
    "kind": "ordering",
    "structure": {"options": ["press", "look", "check", "call"]},
    "answer_key": {"right": ["look", ["check", "call"], "press"]},
    "words": {
        "en": {
            "stem": "Someone has collapsed. In what order?",
            "options": {"look": "Look round", "check": "Check breathing", "call": "Call", "press": "Press"},
            "explanation": "EXPLANATION-ORDER danger first.",
            "feedback": {"look": "WHY-LOOK-FIRST two victims help nobody.", "press": "WHY-PRESS-LAST after the check."},
        },
        "ar": {
            "stem": "انهار شخص. بأي ترتيب؟",
            "options": {"look": "انظروا", "check": "افحصوا", "call": "اتصلوا", "press": "اضغطوا"},
            "explanation": "EXPLANATION-ORDER-AR الخطر أولًا.",
            "feedback": {},
        },
    },
}
MATCHING: dict[str, Any] = {
    "kind": "matching",
    "structure": {"prompts": ["fire", "flood", "cloud"], "options": ["out", "up", "in", "down"]},
    "answer_key": {"right": {"fire": "out", "flood": "up", "cloud": "in"}},
    "words": {
        language: {
            "stem": "Which way does each danger send you?",
            "prompts": {"fire": "Fire at home", "flood": "A flood", "cloud": "A gas cloud"},
            "options": {"out": "Outside", "up": "Uphill", "in": "Indoors", "down": "Into the basement"},
            "explanation": "EXPLANATION-MATCH the danger decides.",
            "feedback": {"flood": "WHY-FLOOD-UP water runs down."},
        }
        for language in ("en", "ar")
    },
}
SHORT: dict[str, Any] = {
    "kind": "short_answer",
    "structure": {"options": ["strap", "cord"], "spelling": "lenient"},
    "answer_key": {
        "right": {"strap": ["tourniquet", "CAT", "عاصبة", "رباط ضاغط"]},
        "wrong": {"cord": ["cord", "string", "حبل"]},
    },
    "words": {
        "en": {
            "stem": "What stops a limb that bleeds on?",
            "options": {"strap": "A tourniquet", "cord": "A cord"},
            "explanation": "EXPLANATION-SHORT a broad band.",
            "feedback": {"cord": "WHY-NO-CORD it cuts."},
        },
        "ar": {
            "stem": "ما الذي يوقف نزيف طرف لا يتوقف؟",
            "options": {"strap": "العاصبة", "cord": "الحبل"},
            "explanation": "EXPLANATION-SHORT-AR رباط عريض.",
            "feedback": {"cord": "WHY-NO-CORD-AR يجرح."},
        },
    },
}
GAPS: dict[str, Any] = {
    "kind": "gap_fill",
    "structure": {"gaps": {"where": ["chest", "belly", "side"], "deep": ["five", "two"]}},
    "answer_key": {"right": {"where": "chest", "deep": ["five"]}},
    "words": {
        "en": {
            "stem": "Fill the gaps.",
            "text": "Press in the middle of the {where}, {deep} cm deep.",
            "choices": {
                "where": {"chest": "chest", "belly": "belly", "side": "left side"},
                "deep": {"five": "5 to 6", "two": "2"},
            },
            "explanation": "EXPLANATION-GAPS the heart lies there.",
            "feedback": {"where:belly": "WHY-NO-BELLY no heart there.", "deep:two": "WHY-NO-TWO too shallow."},
        },
        "ar": {
            "stem": "املأوا الفراغات.",
            "text": "اضغطوا {deep} سم في منتصف {where}.",
            "choices": {
                "where": {"chest": "الصدر", "belly": "البطن", "side": "الجانب"},
                "deep": {"five": "5 إلى 6", "two": "2"},
            },
            "explanation": "EXPLANATION-GAPS-AR القلب هناك.",
            "feedback": {},
        },
    },
}
HOTSPOT: dict[str, Any] = {
    "kind": "hotspot",
    "structure": {
        "picture": {"file": f"{'c' * 64}.svg", "width": 640, "height": 400},
        "regions": [
            {"id": "belly", "rect": [260, 260, 120, 100]},
            {"id": "bone", "circle": [320, 180, 60]},
            {"id": "side", "polygon": [[420, 140], [520, 140], [520, 240]]},
        ],
    },
    "answer_key": {"right": "bone"},
    "words": {
        "en": {
            "stem": "Where do you press?",
            "alt": "A chest seen from above, with three marked places.",
            "regions": {"belly": "The upper belly", "bone": "The breastbone", "side": "The left side"},
            "explanation": "EXPLANATION-SPOT the heart lies under the bone.",
            "feedback": {"belly": "WHY-NOT-BELLY soft organs lie there.", "side": "WHY-NOT-SIDE ribs break there."},
        },
        "ar": {
            "stem": "أين تضغطون؟",
            "alt": "صدر يُرى من أعلى، وعليه ثلاثة مواضع معلَّمة.",
            "regions": {"belly": "أعلى البطن", "bone": "عظم القص", "side": "الجهة اليسرى"},
            "explanation": "EXPLANATION-SPOT-AR القلب تحت العظم.",
            "feedback": {"belly": "WHY-NOT-BELLY هناك أحشاء.", "side": "WHY-NOT-SIDE هناك أضلاع."},
        },
    },
}


def published_question(
    lesson: Lesson,
    spec: dict[str, Any] = SINGLE,
    *,
    critical: bool = False,
    seconds: int | None = None,
    **fields: Any,
) -> QuestionVersion:
    """A question with one published version and its texts."""
    question = QuestionFactory(lesson=lesson, **fields)
    version = QuestionVersion.objects.create(
        question=question,
        number=1,
        kind=spec["kind"],
        structure=spec["structure"],
        answer_key=spec["answer_key"],
        critical=critical,
        seconds=seconds,
        state=State.PUBLISHED,
        published_at=LONG_AGO,
    )
    for language, words in spec["words"].items():
        QuestionText.objects.create(
            version=version, language=language, words=words, state=State.PUBLISHED, published_at=LONG_AGO
        )
    return version


def check_of(lesson: Lesson, specs: Sequence[dict[str, Any]] = (SINGLE, TRUE_FALSE), **fields: Any) -> Quiz:
    """The lesson's check, asking these questions."""
    rules = {"pass_mark": "0.8", "feedback": Quiz.Feedback.AT_ONCE} | fields
    quiz = Quiz.objects.create(purpose=Quiz.Purpose.CHECK, lesson=lesson, **rules)
    for position, spec in enumerate(specs):
        version = published_question(lesson, spec, position=position)
        QuizQuestion.objects.create(quiz=quiz, question=version.question, position=position)
    return quiz


def published_course(
    slug: str = "first-aid",
    lessons: Iterable[Lesson] = (),
    *,
    title: str = "First aid",
    audience: str = "",
    final: dict[str, Any] | None = None,
    cover: Media | None = None,
    second: Iterable[Lesson] = (),
    **fields: Any,
) -> CourseEdition:
    """A course with one published edition, its lessons in one module, and a final where `final` has its rules.

    The lessons `second` follow in a module of their own.
    """
    course = Course.objects.create(key=slug, slug=slug)
    defaults = {"minutes": 10, "valid_months": 12}
    edition = CourseEdition.objects.create(
        course=course, number=1, label="1", source_language="en", **(defaults | fields)
    )
    module = Module.objects.create(edition=edition, key="M1", position=1)
    for language, words in (("en", title), ("ar", f"{title} بالعربية")):
        EditionText.objects.create(
            edition=edition,
            language=language,
            title=words,
            summary=words,
            audience=audience,
            outcomes=f"{words} 1\n{words} 2",
        )
        ModuleText.objects.create(module=module, language=language, title=f"{words}: 1")
    if cover is not None:
        EditionCover.objects.create(edition=edition, media=cover, focus_x=20, focus_y=70)
    modules = [(module, lesson) for lesson in lessons]
    if second := list(second):
        last = Module.objects.create(edition=edition, key="M2", position=2)
        ModuleText.objects.create(module=last, language="en", title=f"{title}: 2")
        modules += [(last, lesson) for lesson in second]
    for position, (module, lesson) in enumerate(modules, 1):
        Placement.objects.create(edition=edition, module=module, lesson=lesson, position=position)
    if final is not None:
        rules = {"pass_mark": "0.8", "feedback": Quiz.Feedback.AT_END} | final
        Quiz.objects.create(purpose=Quiz.Purpose.FINAL, edition=edition, **rules)
    CourseEdition.objects.filter(pk=edition.pk).update(state=State.PUBLISHED, published_at=timezone.now())
    edition.refresh_from_db()
    return edition


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    code = factory.Sequence(lambda n: f"organisation-{n}")


class RegionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Region

    code = factory.Sequence(lambda n: f"region-{n}")


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    from_day = LONG_AGO.date()


class ResidenceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Residence

    user = factory.SubFactory(UserFactory)
    region = factory.SubFactory(RegionFactory)
    from_day = LONG_AGO.date()


class RoleGrantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RoleGrant

    user = factory.SubFactory(UserFactory)
    role = RoleGrant.Role.INSTRUCTOR
    from_day = LONG_AGO.date()


class ProgressEventFactory(factory.django.DjangoModelFactory):
    """What a learner did in an `edition` on a `day`."""

    class Meta:
        model = ProgressEvent

    learner = factory.SubFactory(LearnerFactory)
    verb = ProgressEvent.Verb.STARTED
    course = factory.SelfAttribute("edition.course")
    at = None


class CompletionFactory(factory.django.DjangoModelFactory):
    """A completion of an `edition`, `completed_on` a day."""

    class Meta:
        model = Completion

    learner = factory.SubFactory(LearnerFactory)
    course = factory.SelfAttribute("edition.course")


class MediaFactory(factory.django.DjangoModelFactory):
    """A picture's row; no file lies behind it."""

    class Meta:
        model = Media

    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    mime = "image/webp"
    file = factory.LazyAttribute(lambda media: f"{media.sha256[:2]}/{media.sha256}.webp")
    size = 1000
    width = 640
    height = 360


class PictureCreditFactory(factory.django.DjangoModelFactory):
    """A credit that readers must be told."""

    class Meta:
        model = PictureCredit

    media = factory.SubFactory(MediaFactory)
    licence = "CC-BY-4.0"
    author = "Huda al-Amin"
    source_url = "https://pictures.example/leg"


class LocalFactFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LocalFact

    key = factory.Sequence(lambda n: f"fact-{n}")
    kind = LocalFact.Kind.TEXT


class ReleaseFactory(factory.django.DjangoModelFactory):
    """An empty release, not yet sent to review."""

    class Meta:
        model = Release

    title = "A small correction"
    author = factory.SubFactory(UserFactory)


def draft_question(question: Question | None = None, spec: dict[str, Any] = SINGLE, **fields: Any) -> QuestionVersion:
    """A draft version with draft texts, of a new question or as the next version of one."""
    question = question or QuestionFactory()
    version = QuestionVersion.objects.create(
        question=question,
        number=question.versions.count() + 1,
        kind=spec["kind"],
        structure=spec["structure"],
        answer_key=spec["answer_key"],
        **fields,
    )
    for language, words in spec["words"].items():
        QuestionText.objects.create(version=version, language=language, words=words, author=version.author)
    return version


def corrected_question(version: QuestionVersion, answer_key: dict[str, Any], **fields: Any) -> QuestionVersion:
    """The next version of a published question, published in its place with another key and the words that fit it."""
    now = timezone.now()
    QuestionVersion.objects.filter(pk=version.pk).update(state=State.SUPERSEDED, superseded_at=now)
    values = {"kind": version.kind, "structure": version.structure, "critical": version.critical} | fields
    number = version.number + 1
    made = QuestionVersion.objects.create(
        question=version.question,
        number=number,
        answer_key=answer_key,
        state=State.PUBLISHED,
        published_at=now,
        **values,
    )
    for text in version.texts.all():
        words = dict(text.words)
        if isinstance(words.get("feedback"), dict) and made.kind == "single_choice":
            wrong = set(made.structure["options"]) - {answer_key["right"]}
            words["feedback"] = {option: words["feedback"].get(option, "Not this.") for option in wrong}
        QuestionText.objects.create(
            version=made, language=text.language, words=words, state=State.PUBLISHED, published_at=now
        )
    return made
