"""`make bench ARGS=search`: the whole search view on 5,000 lessons in two languages, in this process, on a database
of its own: SQLite, or PostgreSQL where DATABASE_URL names a server on which a database may be made.
"""

import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import yaml

LESSONS = 5000
WORDS = 600
ROUNDS = 400
NAME = "portal_search_bench"
Sample = tuple[float, float, str]
FOLDER = Path(__file__).resolve().parent.parent.parent
CURRICULUM = FOLDER / "lessons" / "curriculum"
QUERIES = FOLDER / "tests" / "lessons" / "search" / "queries.yaml"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, _database() as url:
        os.environ |= {"DEMO": "1", "DATABASE_URL": url, "VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "portal.settings"}
        os.environ |= {"LOG_LEVEL": "WARNING", "SECRET_KEY": "only-for-measuring-search-on-this-machine-" + "0" * 20}
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        _publish()
        _measure()
        from django.db import connections

        connections.close_all()
        for connection in connections.all():
            getattr(connection, "close_pool", lambda: None)()


@contextmanager
def _database() -> Iterator[str]:
    """The address of an empty database, taken away afterwards."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield ""
        return
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {NAME}")
        connection.execute(f"CREATE DATABASE {NAME}")
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{NAME}"))
        finally:
            connection.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


def _publish() -> None:
    """Lessons whose words are drawn from the starter curriculum's own, as often as they stand there."""
    from lessons.models import Course, Lesson, LessonText, Placement, Revision
    from lessons.search.indexing import rebuild
    from tests.factories import LONG_AGO, published_course

    draw = random.Random(8120)
    words = {language: _words_of(language) for language in ("en", "ar")}
    titles = {language: _titles_of(language) for language in ("en", "ar")}
    lessons = Lesson.objects.bulk_create(
        Lesson(key=f"B-{at}", slug=f"b-{at}", minutes=5, source_language="en") for at in range(LESSONS)
    )
    texts = LessonText.objects.bulk_create(
        LessonText(lesson=lesson, language=language) for lesson in lessons for language in words
    )
    for start in range(0, len(texts), 500):
        Revision.objects.bulk_create(
            Revision(
                text=text,
                number=1,
                title=f"{draw.choice(titles[text.language])} {text.lesson_id}",
                markdown="x",
                html=f"<p>{' '.join(draw.choices(words[text.language], k=WORDS))}</p>",
                state="published",
                published_at=LONG_AGO,
            )
            for text in texts[start : start + 500]
        )
    edition = published_course("bench", lessons[:1])
    module = edition.modules.get()
    draft = edition.course.editions.create(number=2, label="2", minutes=5, source_language="en")
    later = draft.modules.create(key=module.key, position=1)
    Placement.objects.bulk_create(
        Placement(edition=draft, module=later, lesson=lesson, position=at) for at, lesson in enumerate(lessons, 1)
    )
    edition.course.editions.filter(pk=edition.pk).update(state="superseded")
    Course.objects.get().editions.filter(pk=draft.pk).update(state="published", published_at=LONG_AGO)
    begun, used = time.perf_counter(), time.process_time()
    count = rebuild()
    took, busy = time.perf_counter() - begun, time.process_time() - used
    print(f"{count} documents indexed in {took:.0f} s, {busy:.0f} s of CPU in this process; {_load()}", flush=True)


def _titles_of(language: str) -> list[str]:
    heads = [path.read_text().split("---")[1] for path in sorted(CURRICULUM.glob(f"*/*/lesson.{language}.md"))]
    return [yaml.safe_load(head)["title"] for head in heads]


def _words_of(language: str) -> list[str]:
    return [word for path in CURRICULUM.glob(f"*/*/lesson.{language}.md") for word in path.read_text().split()]


def _measure() -> None:
    from django.db import connection
    from django.test import Client

    client, draw = Client(headers={"host": "localhost"}), random.Random(1)
    data = yaml.safe_load(QUERIES.read_text(encoding="utf-8"))
    asked = [(language, str(typed)) for language, cases in data.items() for typed in cases]
    for path, most in (("search/", 50), ("search/suggest/", 50)):
        samples: list[Sample] = []
        for language, typed in [draw.choice(asked) for _round in range(ROUNDS + 40)]:
            begun, used = time.perf_counter(), time.process_time()
            response = client.get(f"/{language}/{path}", {"q": typed})
            busy = time.process_time() - used
            samples.append(((time.perf_counter() - begun) * 1000, busy * 1000, typed))
            assert response.status_code == 200
        _tell(f"{connection.vendor}, {path}", samples[40:], most)


def _tell(name: str, samples: list[Sample], most: int) -> None:
    """Time by the clock, and the CPU time of this process, which other work on the machine changes less."""
    taken, busy = sorted(one[0] for one in samples), sorted(one[1] for one in samples)
    print(f"{name}: {_of(taken)} (budget {most}), CPU {_of(busy)}; {_load()}")
    print("  slowest:", ", ".join(f"{took:.0f} {typed}" for took, _busy, typed in sorted(samples, reverse=True)[:6]))


def _of(times: list[float]) -> str:
    return f"p50 {statistics.median(times):.1f} ms, p95 {times[len(times) * 95 // 100]:.1f} ms"


def _load() -> str:
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"


if __name__ == "__main__":
    main()
