"""What was read from a package is found by search from the same transaction on."""

from lessons.models import Course, Lesson
from lessons.search.indexing import courses_changed, facts_changed, lessons_changed, terms_changed
from portal.exchange.folders import Package


def index_package(package: Package) -> None:
    """Everything that the package has words of, and the lessons of its topics, which are found by their names too."""
    lessons = {folder.lesson.content.key for course in package.courses for folder in course.lessons.values()}
    topics = {row.key for _authority, _document, _path, row in package.shared_rows("topics.yaml")}
    facts = {row.key for _authority, _document, _path, row in package.shared_rows("local-facts.yaml")}
    courses = {course.course.content.key for course in package.courses}
    of_topics = Lesson.objects.filter(topics__key__in=topics).values_list("pk", flat=True)
    own = Lesson.objects.filter(key__in=lessons).values_list("pk", flat=True)
    courses_changed(set(Course.objects.filter(key__in=courses).values_list("pk", flat=True)))
    lessons_changed({*own, *of_topics})
    facts_changed(facts)
    terms_changed()
