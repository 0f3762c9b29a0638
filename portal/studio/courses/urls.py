"""Lines of `portal/studio/urls.py`: they stand before those that take any address for a lesson's or a course's."""

from django.urls import path

from portal.studio.courses import (
    views_catalogue,
    views_courses,
    views_cover,
    views_edition,
    views_lessons,
    views_place,
    views_words,
)

urlpatterns = [
    path("catalogue/", views_catalogue.catalogue, name="catalogue"),
    path("courses/new/", views_courses.new_course, name="new_course"),
    path("courses/<slug:course>/edition/", views_edition.edition, name="edition"),
    path("courses/<slug:course>/edition/begin/", views_edition.begin, name="begin_edition"),
    path("courses/<slug:course>/edition/discard/", views_edition.discard_edition, name="discard_edition"),
    path("courses/<slug:course>/edition/words/", views_words.words, name="edition_words"),
    path("courses/<slug:course>/edition/rules/", views_words.rules, name="edition_rules"),
    path("courses/<slug:course>/edition/cover/", views_cover.cover, name="edition_cover"),
    path("courses/<slug:course>/edition/cover/choose/", views_cover.choose, name="choose_cover"),
    path("courses/<slug:course>/settings/", views_courses.settings, name="course_settings"),
    path("courses/<slug:course>/duplicate/", views_courses.duplicate, name="duplicate_course"),
    path("courses/<slug:course>/archive/", views_catalogue.archive, name="archive_course"),
    path("courses/<slug:course>/restore/", views_catalogue.restore, name="restore_course"),
    path("lessons/new/", views_lessons.new_lesson, name="new_lesson"),
    path("lessons/<slug:lesson>/settings/", views_lessons.lesson_settings, name="lesson_settings"),
    path("lessons/<slug:lesson>/sources/", views_lessons.sources, name="lesson_sources"),
    path("lessons/<slug:lesson>/place/", views_place.place_lesson, name="place_lesson"),
    path("lessons/<slug:lesson>/check/", views_lessons.check, name="lesson_check"),
    path("lessons/<slug:lesson>/archive/", views_lessons.archive_lesson, name="archive_lesson"),
]
