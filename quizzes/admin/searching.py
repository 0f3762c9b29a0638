"""Finding the rows of one learner in tables too large to be read through."""

import uuid
from collections.abc import Iterable
from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from lessons.admin.careful import AtMost, LookedAt
from quizzes.looking import looked_at


class FoundByLearner:
    """Mixin: `key` and `address` lead to the learner who owns a row and to the person's e-mail address.

    Whose rows are looked at is written down.
    """

    key = "learner"
    address = "learner__user__email"
    search_fields: ClassVar[Any] = ("learner",)
    search_help_text: ClassVar[Any] = _("The key of a learner, or the whole e-mail address of a person.")
    paginator: Any = AtMost

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """The rows under this key, or of the person with this address, by the indexes on them."""
        term = search_term.strip()
        return (queryset.filter(self._is_asked_for(term)) if term else queryset), False

    def _is_asked_for(self, term: str) -> Q:
        try:
            return Q(**{self.key: uuid.UUID(term)})
        except ValueError:
            return Q(**{f"{self.address}__iexact": term})

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        response: HttpResponse = super().changelist_view(request, extra_context)  # type: ignore[misc]
        changes = (getattr(response, "context_data", None) or {}).get("cl")
        if changes is not None:
            self._tell(request, [row.pk for row in changes.result_list])
        return response

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        response: HttpResponse = super().changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc]
        if object_id and request.method == "GET" and response.status_code == 200:
            self._tell(request, [object_id])
        return response

    def _tell(self, request: HttpRequest, rows: Iterable[Any]) -> None:
        person = self.address.removesuffix("__email")
        model: Any = self.model  # type: ignore[attr-defined]
        shown = model._default_manager.filter(**{"pk__in": list(rows), f"{person}__isnull": False})
        people = set(shown.order_by().values_list(person, flat=True))
        if people:
            looked_at(request, f"admin:{model._meta.model_name}", people)


class OfLearners(FoundByLearner, LookedAt):
    """Rows that a learner owns, to be looked at."""

    ordering: ClassVar[Any] = ("-pk",)
