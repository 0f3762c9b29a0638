"""SQL composed once and run often: where everybody asks the same, composing takes longer than running."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Model, QuerySet
from django.db.models.sql import InsertQuery, UpdateQuery
from django.db.models.sql.compiler import SQLCompiler

M = TypeVar("M", bound=Model)
AnyField = models.Field[Any, Any]


class Given(Expression):
    """Stands in a statement for a value that is known when it is run; `field` says how the database takes it."""

    def __init__(self, name: str, field: AnyField) -> None:
        super().__init__(output_field=field)
        self.name, self._prepare = name, field.get_db_prep_save

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        return "%s", (self,)

    def taken_from(self, values: dict[str, Any]) -> Any:
        return self._prepare(values[self.name], connection)


class Composed:
    """A statement's SQL, and how the rows that it gives are read; ValueError where none of `names` stands in it."""

    def __init__(self, compiler: SQLCompiler, names: Sequence[str]) -> None:
        made: Any = compiler.as_sql()
        self.sql, self._parameters = made[0] if isinstance(made, list) else made
        missing = set(names) - {one.name for one in self._parameters if isinstance(one, Given)}
        if missing:
            raise ValueError(f"{', '.join(sorted(missing))} stands not in {self.sql}")
        columns = [column[0] for column in compiler.select or ()] if hasattr(compiler, "select") else []
        self._converters = compiler.get_converters(columns).items()

    def parameters(self, values: dict[str, Any]) -> list[Any]:
        return [one.taken_from(values) if isinstance(one, Given) else one for one in self._parameters]

    def read(self, row: Sequence[Any]) -> tuple[Any, ...]:
        read = list(row)
        for at, (converters, expression) in self._converters:
            for convert in converters:
                read[at] = convert(read[at], expression, connection)
        return tuple(read)


class Rows:
    """`build` makes a `values_list` from a Given for each of `fields`; called with their values, it gives the rows."""

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], **fields: AnyField) -> None:
        self._build, self._fields = build, fields
        self._composed: Composed | None = None

    def __call__(self, **values: Any) -> list[tuple[Any, ...]]:
        composed = self._composed = self._composed or self._compose()
        with connection.cursor() as cursor:
            cursor.execute(composed.sql, composed.parameters(values))
            return [composed.read(row) for row in cursor.fetchall()]

    def _compose(self) -> Composed:
        rows = self._build(**{name: Given(name, field) for name, field in self._fields.items()})
        return Composed(rows.query.get_compiler(connection=connection), [*self._fields])


class Prepared(Generic[M]):
    """`build(number)` is a query of objects that a number picks; called with a number, it gives them."""

    def __init__(self, build: Callable[[Any], QuerySet[M]]) -> None:
        self._build = build
        self._composed: tuple[type[M], Composed] | None = None

    def __call__(self, number: int) -> list[M]:
        model, composed = self._composed = self._composed or self._compose()
        return list(model._base_manager.raw(composed.sql, composed.parameters({"number": number})))

    def _compose(self) -> tuple[type[M], Composed]:
        rows = self._build(Given("number", models.BigIntegerField()))
        return rows.model, Composed(rows.query.get_compiler(connection=connection), ["number"])


class Change:
    """Sets the fields of those `names` in the row of a primary key."""

    def __init__(self, model: type[Model], *names: str) -> None:
        self._model, self._names = model, names
        self._composed: Composed | None = None

    def __call__(self, pk: Any, **values: Any) -> None:
        composed = self._composed = self._composed or self._compose()
        with connection.cursor() as cursor:
            cursor.execute(composed.sql, composed.parameters(values | {"pk": pk}))

    def _compose(self) -> Composed:
        meta: Any = self._model._meta
        row = self._model._base_manager.filter(pk=Given("pk", meta.pk))
        query: Any = row.query.chain(UpdateQuery)
        query.add_update_values({name: Given(name, meta.get_field(name)) for name in self._names})
        return Composed(query.get_compiler(connection=connection), ["pk", *self._names])


class Addition(Generic[M]):
    """Adds an object as a new row and gives it its number, as `save()` does; no signal is sent."""

    def __init__(self, model: type[M]) -> None:
        self._fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
        self._model = model
        self._composed: Composed | None = None

    def __call__(self, added: M) -> M:
        composed = self._composed = self._composed or self._compose()
        values = {field.attname: field.pre_save(added, add=True) for field in self._fields}
        with connection.cursor() as cursor:
            cursor.execute(composed.sql, composed.parameters(values))
            added.pk = cursor.fetchone()[0]
        added._state.adding, added._state.db = False, connection.alias
        return added

    def _compose(self) -> Composed:
        query, row = InsertQuery(self._model), self._model()
        for field in self._fields:
            setattr(row, field.attname, Given(field.attname, field))
        query.insert_values(self._fields, [row])
        compiler: Any = query.get_compiler(connection=connection)
        compiler.returning_fields = [self._model._meta.pk]
        return Composed(compiler, [field.attname for field in self._fields])
