"""`id__among=[…]`: what `id__in=[…]` finds, for thousands of whole numbers, which go to the database as one value.

With `in` each number is a parameter of its own, and an organisation's branch has thousands, several times in a query.
"""

import json
from typing import Any

from django.db.models import Field, ForeignObject, Lookup


class Among(Lookup[Any]):
    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        column, params = self.process_lhs(compiler, connection)
        numbers = sorted(self.rhs)
        if connection.vendor == "postgresql":
            return f"{column} = ANY(%s::bigint[])", (*params, numbers)
        return f"{column} IN (SELECT value FROM json_each(%s))", (*params, json.dumps(numbers))  # noqa: S608


def register() -> None:
    Field.register_lookup(Among)
    ForeignObject.register_lookup(Among)
