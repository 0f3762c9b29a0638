"""Short ways through the administration in tests."""

from typing import Any

from django.forms import BaseInlineFormSet
from django.test import Client
from django.urls import reverse
from zeal import zeal_ignore

NOTHING_SAVED = "Nothing was saved"
# Django checks what each line of a form names with a query of its own.
LINE_BY_LINE: list[Any] = [{"model": "*", "field": "get()"}]


def address(model: Any, name: str, *args: Any) -> str:
    """A page of the administration in Arabic: changelist, add, change, delete or history."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def page(model: Any, name: str, *args: Any) -> str:
    """The English page."""
    return address(model, name, *args).replace("/ar/", "/en/", 1)


def values_of(row: Any) -> dict[str, Any]:
    found: dict[str, Any] = type(row)._default_manager.filter(pk=row.pk).values().get()
    return found


def as_sent(browser: Client, url: str) -> dict[str, Any]:
    """What the browser would send if the form were sent back as it came."""
    context = browser.get(url).context
    forms: list[Any] = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        formset: BaseInlineFormSet = inline.formset
        forms += [formset.management_form, *formset.forms]
    fields = [form[name] for form in forms for name in form.fields]
    return {field.html_name: "" if field.value() is None else field.value() for field in fields}


def send(browser: Client, url: str, changed: dict[str, Any]) -> Any:
    """Sends the page's form back with some fields changed; the page that follows."""
    sent = as_sent(browser, url) | changed
    with zeal_ignore(LINE_BY_LINE):
        return browser.post(url, sent, follow=True)
