"""What the portal has just said to this person, on whatever page they come to next."""

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.template.loader import render_to_string

from lessons import slots


def said(request: HttpRequest, argument: str) -> str:
    """Django's messages as HTML, once; nothing where there are none."""
    messages = get_messages(request)
    # Counting them leaves their cookie as it is; only reading them takes it away.
    return render_to_string("components/messages.html", {"messages": messages}) if len(messages) else ""


def register() -> None:
    slots.register("messages", said)
