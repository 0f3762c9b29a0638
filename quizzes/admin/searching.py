"""Finding the rows of one learner in tables too large to be read through."""

import uuid
from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lessons.admin.careful import AtMost, LookedAt


class FoundByLearner:
    """Mixin: `key` and `address` lead to the learner who owns a row and to the person's e-mail address."""

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


class OfLearners(FoundByLearner, LookedAt):
    """Rows that a learner owns, to be looked at."""

    ordering: ClassVar[Any] = ("-pk",)
