"""What a plain Django view does in the same server, middleware and compression, for pages of the same size."""

import uuid
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from lessons.models import Lesson, Revision, State
from quizzes.models import Learner

PAGE = engines["django"].from_string(
    "<!doctype html><html lang='en'><head><title>{{ title }}</title></head><body><h1>{{ title }}</h1>"
    "{{ body|safe }}<p>{{ now }}</p></body></html>"
)


LENGTH = 14_300  # characters, about those of the lesson page beside it


@cache
def body() -> str:
    """Published texts, one after the other, until the page is about as long as a lesson page."""
    texts = Revision.objects.filter(state=State.PUBLISHED, text__language="en").values_list("html", flat=True)
    return "".join(texts)[:LENGTH]


def one_template(request: HttpRequest) -> HttpResponse:
    return HttpResponse(PAGE.render({"title": "A lesson", "body": body(), "now": timezone.now()}))


def one_query(request: HttpRequest) -> HttpResponse:
    lesson = Lesson.objects.order_by("pk")[0]
    return HttpResponse(PAGE.render({"title": lesson.slug, "body": body(), "now": timezone.now()}))


@csrf_exempt
def one_row(request: HttpRequest) -> HttpResponse:
    learner = Learner.objects.create(pk=uuid.uuid4())
    return HttpResponse(str(learner.pk))
