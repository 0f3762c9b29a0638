from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import mark_safe

from lessons.slots import for_person as fill
from lessons.slots import marked, split

register = template.Library()


class SlotNode(template.Node):
    def __init__(self, name: FilterExpression, argument: FilterExpression | None, default: NodeList) -> None:
        self.name, self.argument, self.default = name, argument, default

    def render(self, context: Context) -> str:
        argument = self.argument.resolve(context) if self.argument else ""
        slot = marked(str(self.name.resolve(context)), str(argument), self.default.render(context))
        request = context.get("request")
        if context.get("cached_for_everybody") or request is None:
            return slot
        # A page that is nobody else's fills its slots where they stand.
        return mark_safe(fill(split(slot), request))  # noqa: S308 - made of rendered templates


@register.tag("slot")
def do_slot(parser: Parser, token: Token) -> SlotNode:
    """`{% slot "name" argument %}what a guest sees{% endslot %}`: see `lessons/slots.py`."""
    name, *rest = token.split_contents()[1:]
    default = parser.parse(("endslot",))
    parser.delete_first_token()
    return SlotNode(parser.compile_filter(name), parser.compile_filter(rest[0]) if rest else None, default)


@register.filter
def slot_arg(first: object, second: object) -> str:
    """Two values as one argument of a slot."""
    return f"{first}:{second}"
