"""Headings of figures: `{% load reports %}` and `{% figure_heading "completed" %}`."""

from typing import Any

from django import template

from portal.reports.definitions import DEFINITIONS

register = template.Library()


@register.inclusion_tag("reports/figure_heading.html")
def figure_heading(key: str) -> dict[str, Any]:
    """What the figure is called, and the way to what it means; KeyError for a figure that is not defined."""
    return {"definition": DEFINITIONS[key]}
