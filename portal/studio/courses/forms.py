"""Forms for lessons and courses as such: making them, where they stand, what they are found by."""

from typing import Any

from django import forms
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from lessons.models import Course, EditionText, Lesson, Module, ModuleText, Skill, State, Topic
from lessons.words import in_language
from portal.studio.courses.fields import (
    Ticks,
    add_topics_and_skills,
    address_field,
    check_address,
    due_days_field,
    language_field,
    line_of,
    minutes_field,
)
from portal.studio.courses.making import NewCourse, NewLesson
from portal.studio.languages import direction, language_name
from portal.studio.overview import editions_in_hand

MOST_MONTHS = 1200


def title_field() -> forms.CharField:
    return forms.CharField(label=_("Title"), max_length=160, widget=forms.TextInput({"dir": "auto"}))


def months_field() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Valid for (months)"),
        required=False,
        min_value=1,
        max_value=MOST_MONTHS,
        help_text=_("How long a completion holds from the day it is earned. Empty: for good."),
    )


class NewLessonForm(forms.Form):
    """A lesson from nothing; `place` is a course and one of its modules, as `course:module`."""

    title = title_field()
    language = language_field()
    minutes = minutes_field()
    slug = address_field()
    place = forms.ChoiceField(
        label=_("Where it is to stand"),
        required=False,
        help_text=_("It goes to the end of the module, in a draft of the course. It can be placed later, too."),
    )
    topics = Ticks(label=_("Topics"))
    skills = Ticks(label=_("Skills"))

    def __init__(self, data: Any = None, *, language: str, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial={"language": language, "minutes": 5} | (initial or {}))
        add_topics_and_skills(self, language)
        self.fields["place"].choices = [("", gettext("Nowhere yet")), *places(language)]  # type: ignore[attr-defined]

    def clean_title(self) -> str:
        return line_of(self.cleaned_data["title"])

    def clean(self) -> dict[str, Any]:
        check_address(self, Lesson.objects.all())
        return self.cleaned_data

    @property
    def about(self) -> NewLesson:
        said = self.cleaned_data
        return NewLesson(
            said["title"], said["language"], said["minutes"], said["slug"], *chosen(said["topics"], said["skills"])
        )

    @property
    def where(self) -> tuple[Course, str] | None:
        return place_named(self.cleaned_data["place"]) if self.cleaned_data["place"] else None


class PlaceForm(forms.Form):
    """Where a lesson that is there already is to stand; `place` as above."""

    place = forms.ChoiceField(
        label=_("Where it is to stand"),
        help_text=_("It goes to the end of the module, in a draft of the course."),
        error_messages={"required": _("Choose a module.")},
    )

    def __init__(self, data: Any = None, *, language: str) -> None:
        super().__init__(data)
        self.fields["place"].choices = [("", gettext("Choose a module")), *places(language)]  # type: ignore[attr-defined]

    @property
    def where(self) -> tuple[Course, str]:
        return place_named(self.cleaned_data["place"])


def place_named(place: str) -> tuple[Course, str]:
    """The course and the key of its module, of a place that can be chosen."""
    course, _colon, module = place.partition(":")
    return Course.objects.get(slug=course), module


def chosen(topics: list[str], skills: list[str]) -> tuple[list[Topic], list[Skill]]:
    return list(Topic.objects.filter(slug__in=topics)), list(Skill.objects.filter(pk__in=skills))


def places(language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every course with the modules of the edition that is written, or else of the published one. Two queries."""
    editions: Any = editions_in_hand().select_related("course").order_by("course__position", "course", "-number")
    newest: dict[int, Any] = {}
    for edition in editions.annotate(title=in_language(EditionText.objects.all(), "edition", "title", language)):
        if edition.state != State.IN_REVIEW:
            newest.setdefault(edition.course_id, edition)
    modules: dict[int, list[tuple[str, str]]] = {edition.pk: [] for edition in newest.values()}
    for module in _modules(list(modules), language):
        slug = module.edition.course.slug
        modules[module.edition_id].append((f"{slug}:{module.key}", module.title or module.key))
    return [(edition.title or edition.course.key, modules[edition.pk]) for edition in newest.values()]


def _copy_of(title: str, language: str) -> str:
    """What a copy is called until it has a name, in the language of its title and not of the page."""
    with override(language):
        return gettext("%(title)s (copy)") % {"title": title}


def _modules(editions: list[int], language: str) -> Any:
    title = in_language(ModuleText.objects.all(), "module", "title", language)
    rows = Module.objects.filter(edition__in=editions)
    return rows.select_related("edition__course").annotate(title=title).order_by("position")


class LessonSettingsForm(forms.Form):
    """What is a lesson's own beside its words; the address only until it has been published."""

    mark = forms.CharField(widget=forms.HiddenInput, required=False)
    minutes = minutes_field()
    slug = address_field(required=True, help_text=_("The end of the page's address. It stays once it is published."))
    topics = Ticks(label=_("Topics"), help_text=_("Citizens find the lesson through them."))
    skills = Ticks(label=_("Skills"), help_text=_("What somebody can do after it. Its questions may test these."))

    def __init__(
        self, data: Any = None, *, lesson: Lesson, language: str, is_public: bool, initial: dict[str, Any]
    ) -> None:
        super().__init__(data, initial=initial)
        self.lesson = lesson
        add_topics_and_skills(self, language)
        if is_public:
            del self.fields["slug"]

    def clean(self) -> dict[str, Any]:
        check_address(self, Lesson.objects.exclude(pk=self.lesson.pk))
        return self.cleaned_data


class NewCourseForm(forms.Form):
    """A course from nothing, with the first of its modules."""

    language = language_field()
    title = title_field()
    summary = forms.CharField(
        label=_("Summary"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
        help_text=_("One or two sentences: what somebody can do afterwards."),
    )
    module = forms.CharField(
        label=_("Title of the first module"),
        required=False,
        max_length=160,
        widget=forms.TextInput({"dir": "auto"}),
        help_text=_("Empty: that of the course. More modules can be added."),
    )
    valid_months = months_field()
    slug = address_field()
    topics = Ticks(label=_("Topics"))

    def __init__(self, data: Any = None, *, language: str) -> None:
        super().__init__(data, initial={"language": language, "valid_months": 12})
        add_topics_and_skills(self, language)

    def clean(self) -> dict[str, Any]:
        check_address(self, Course.objects.all())
        return self.cleaned_data

    @property
    def about(self) -> NewCourse:
        said = self.cleaned_data
        return NewCourse(
            line_of(said["title"]),
            said["summary"],
            said["language"],
            said["slug"],
            chosen(said["topics"], [])[0],
            said["valid_months"],
            line_of(said["module"]),
        )


class DuplicateForm(forms.Form):
    """The titles of the new course, in the languages of the former one."""

    slug = address_field()

    def __init__(self, data: Any = None, *, titles: dict[str, str]) -> None:
        super().__init__(data)
        self.languages = list(titles)
        for language, title in titles.items():
            self.fields[f"title_{language}"] = forms.CharField(
                label=gettext("Title · %(language)s") % {"language": language_name(language)},
                max_length=160,
                initial=_copy_of(title[:140], language),
                widget=forms.TextInput({"lang": language, "dir": direction(language)}),
            )
        self.order_fields([*(f"title_{language}" for language in titles), "slug"])

    def clean(self) -> dict[str, Any]:
        check_address(self, Course.objects.all())
        return self.cleaned_data

    @property
    def titles(self) -> dict[str, str]:
        return {language: line_of(self.cleaned_data[f"title_{language}"]) for language in self.languages}


class CourseSettingsForm(forms.Form):
    """What is a course's own beside its editions; it counts at once."""

    mark = forms.CharField(widget=forms.HiddenInput, required=False)
    slug = address_field(required=True, help_text=_("The end of the page's address. It stays once it is published."))
    topics = Ticks(label=_("Topics"), help_text=_("Citizens find the course through them."))
    due_days = due_days_field()
    take_first = Ticks(label=_("Take first"), help_text=_("Better taken before this one; nobody is held to it."))

    def __init__(
        self, data: Any = None, *, course: Course, others: Any, language: str, is_public: bool, initial: dict[str, Any]
    ) -> None:
        super().__init__(data, initial=initial)
        self.course = course
        add_topics_and_skills(self, language)
        self.fields["take_first"].choices = others  # type: ignore[attr-defined]
        if is_public:
            del self.fields["slug"]

    def clean(self) -> dict[str, Any]:
        check_address(self, Course.objects.exclude(pk=self.course.pk))
        return self.cleaned_data
