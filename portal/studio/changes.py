"""What differs between two states of a lesson's words."""

from django.utils.translation import gettext as _

from portal.studio.comparison import Change, change
from portal.studio.drafts import Written


def changes_in(old: Written | None, new: Written) -> list[Change]:
    """What is different, part by part."""
    labels = {"title": _("Title"), "summary": _("Summary"), "objective": _("After this lesson"), "markdown": _("Text")}
    return [
        change(label, getattr(old, name) if old else None, getattr(new, name))
        for name, label in labels.items()
        if getattr(old, name, "") or getattr(new, name)
    ]
