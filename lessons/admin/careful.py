"""How the administration keeps the rules: what is published or recorded stays as it is, no state is set by hand."""

from functools import reduce
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import ForeignKeyRawIdWidget
from django.core.paginator import Paginator
from django.core.validators import RegexValidator
from django.db import IntegrityError, models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from lessons import stamp
from lessons.immutability import Frozen
from lessons.models import State

PERMANENT = ("authority", "key", "language")
DECIDED_ELSEWHERE = (
    "state",
    "number",
    "author",
    "reviewer",
    "created_at",
    "submitted_at",
    "published_at",
    "superseded_at",
    "archived_at",
    "made_from",
)
# What the models call by no name of its own, since only lines here show it.
LABELS = {"source": _("Source"), "position": _("Position")}
NOTHING_SAVED = _(
    "Nothing was saved: what is published or recorded does not change; texts and questions are written in the studio."
)
DATABASE_REFUSED = _("Nothing was saved: the database does not take this, perhaps because it has just been published.")
LANGUAGE_CODE = RegexValidator(r"^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$", _("Write the code of the language, like ar or en."))


def is_settled(row: models.Model) -> bool:
    """Whether a row is written for good: recorded once for all, or no longer (part of) a draft."""
    rule = getattr(type(row), "frozen", None)
    if isinstance(rule, Frozen) and not rule.states:
        return True
    path = rule.parent.split("__") if isinstance(rule, Frozen) and rule.parent else []
    owner = reduce(getattr, path, row)
    return bool(getattr(owner, "state", State.DRAFT) != State.DRAFT)


class ByLanguageCode:
    """Mixin: a language is written as its code."""

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in {"language", "source_language"}:
            kwargs |= {"validators": [LANGUAGE_CODE], "widget": forms.TextInput({"size": 8, "dir": "ltr"})}
            kwargs.setdefault("help_text", _("Its code, like ar or en."))
        return super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]


class Careful(ByLanguageCode, admin.ModelAdmin):
    """Rows that may be written while they are drafts; after a change every public page is made anew."""

    show_full_result_count = False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or not is_settled(obj))

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or not is_settled(obj))

    def get_actions(self, request: HttpRequest) -> Any:
        """Without deleting many at once, which would ask no row whether it is settled."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        kept = DECIDED_ELSEWHERE if obj is None else (*DECIDED_ELSEWHERE, *PERMANENT)
        own = {field.name for field in self.opts.get_fields()}
        return (*super().get_readonly_fields(request, obj), *(name for name in kept if name in own))

    def get_fields(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        """What may be written and what may not, in the order of the model."""
        if self.fields:
            return self.fields
        order = [field.name for field in self.opts.get_fields()]
        return sorted(super().get_fields(request, obj), key=lambda name: order.index(str(name)))

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        self.index(form.instance)
        stamp.touch()

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        super().delete_model(request, obj)
        self.index(obj)
        stamp.touch()

    def index(self, row: Any) -> None:
        """Bring the search index up to date with a row that was saved or deleted, where it can be found."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The page; where a form comes in that may not be taken, it again with the reason."""
        if request.method == "POST" and object_id and not self._may_change(request, object_id):
            return self._refused(request, NOTHING_SAVED)
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            return self._refused(request, DATABASE_REFUSED)

    def _may_change(self, request: HttpRequest, object_id: str) -> bool:
        row = self.get_object(request, unquote(object_id))
        return row is None or self.has_change_permission(request, row)

    def _refused(self, request: HttpRequest, why: Any) -> HttpResponse:
        self.message_user(request, why, messages.ERROR)
        return HttpResponseRedirect(request.get_full_path())


class LookedAt(Careful):
    """Rows that can be seen and nothing else."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class AtMost(Paginator):
    """Pages of a table too large to be counted: it is counted no further than this many rows."""

    MOST = 10_000

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        return int(rows.order_by()[: self.MOST].count())


class PlainRawId(ForeignKeyRawIdWidget):
    """A key with a magnifying glass, which does not ask the database for a name row by row."""

    def label_and_url_for_value(self, value: Any) -> tuple[str, str]:
        return "", ""


class Rows(ByLanguageCode, admin.TabularInline):
    """Lines below the row that owns them."""

    extra = 0
    formfield_overrides = {models.TextField: {"widget": forms.Textarea({"rows": 3, "cols": 36})}}

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        if label := LABELS.get(db_field.name):
            kwargs.setdefault("label", label)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.raw_id_fields:
            kwargs["widget"] = PlainRawId(db_field.remote_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class RowsLookedAt(Rows):
    """Lines that can be seen and nothing else."""

    can_delete = False

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        return self.fields or super().get_readonly_fields(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False
