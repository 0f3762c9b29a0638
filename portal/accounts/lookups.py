"""`id__among=[…]`: what `id__in=[…]` finds, for thousands of ids, which go to the database as one value.

With `in` each id is a parameter of its own, and an organisation's branch has thousands, several times in a query.
"""

import json
from typing import Any

from django.db.models import Field, ForeignObject, Lookup


class Among(Lookup[Any]):
    """Ids are whole numbers or UUIDs."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        column, params = self.process_lhs(compiler, connection)
        ids = sorted(self.rhs)
        if connection.vendor == "postgresql":
            kind = self.lhs.output_field.db_type(connection)
            return f"{column} = ANY(%s::{kind}[])", (*params, ids)
        told = json.dumps(ids, default=lambda one: one.hex)  # as UUIDs are stored
        return f"{column} IN (SELECT value FROM json_each(%s))", (*params, told)  # noqa: S608


def register() -> None:
    Field.register_lookup(Among)
    ForeignObject.register_lookup(Among)
