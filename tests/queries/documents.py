"""Valid documents made from the schema itself: fields, arguments, aliases, fragments, directives, variables.

Nothing here names a field of the schema except where its cost or its meaning matters; what is added to the schema is
asked for without a change here.
"""

from collections.abc import Sequence
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_required_argument,
)  # fmt: skip
from hypothesis import strategies as st
from strawberry import Schema

from byline.graph.request import Order
from byline.schema.fields import FIELD, ListingField
from byline.schema.inputs.orders import ON_EDGE
from tests.queries.list_cursors import MADE, made_cursor
from tests.queries.literals import Variables, plain
from tests.queries.pools import Pools
from tests.queries.values import Choices, Draw, Values

DEPTH = 7  # nested selections
ROOM = 60  # objects whose fields are asked for, about
LISTS = {"edges": 0, "nodes": 0, "ids": 3}  # lists whose length the connection around them sets
_GENTLE = 12  # objects below which a selection may still ask for computed figures and lists


def documents(schema: Schema, pools: Pools) -> st.SearchStrategy[tuple[str, dict[str, Any]]]:
    """(text, variables) of documents that validate, small enough to answer in well under 100 ms on a small graph.

    Ids, names, codes and cursors are drawn from `pools` and from what is not in them; a few arguments must be refused.
    """

    @st.composite
    def document(draw: Draw) -> tuple[str, dict[str, Any]]:
        return _Writer(draw, schema._schema, pools).document()

    return document()


class _Set:
    """One selection set, fragments in it included: which response names it has given away. `objects` is how often its
    fields will be asked for."""

    def __init__(self, depth: int, objects: int, page: int) -> None:
        self.depth, self.objects, self.page = depth, objects, page
        self.taken: set[str] = set()
        self.leaves: set[str] = set()


class _Writer:
    def __init__(self, draw: Draw, schema: GraphQLSchema, pools: Pools) -> None:
        self._schema = schema
        self._choose, self._pools = Choices(draw), pools
        self._values = Values(self._choose, pools)
        self._variables = Variables(self._choose)
        self._fragments: list[str] = []
        self._reusable: list[tuple[str, str, set[str]]] = []
        self._aliases = 0

    def document(self) -> tuple[str, dict[str, Any]]:
        assert self._schema.query_type is not None
        body = self._selection(self._schema.query_type, _Set(0, 1, 1), most=2)
        declared = f"({', '.join(self._variables.declared)})" if self._variables.declared else ""
        return "\n".join([f"query{declared} {body}", *self._fragments]), self._variables.values

    # Selections.

    def _selection(self, type_: GraphQLNamedType, among: _Set, most: int = 4) -> str:
        parts = [self._part(type_, among) for _ in range(1 + self._choose.below(most))]
        return f"{{ {' '.join(parts)} }}"

    def _part(self, type_: GraphQLNamedType, among: _Set) -> str:
        """A field, or a fragment with some."""
        if not self._choose.maybe(12) and not (is_abstract_type(type_) and self._choose.maybe(70)):
            return self._field(type_, among)
        match self._choose.below(4):
            case 0 if not is_abstract_type(type_):
                return f"...{self._directives()} {self._inside(type_, among)}"
            case 1:
                return self._named(type_, among)
            case _:
                target = self._concrete(type_)
                return f"... on {target.name}{self._directives()} {self._inside(target, among)}"

    def _inside(self, type_: GraphQLNamedType, among: _Set) -> str:
        return f"{{ {' '.join(self._field(type_, among) for _ in range(1 + self._choose.below(3)))} }}"

    def _concrete(self, type_: GraphQLNamedType) -> GraphQLNamedType:
        """The type itself, or one that implements it."""
        return self._choose.one(list(self._schema.get_possible_types(type_))) if is_abstract_type(type_) else type_

    def _named(self, type_: GraphQLNamedType, among: _Set) -> str:
        """A named fragment: one that was written before where its names clash with nothing, else a new one."""
        reusable = [f for f in self._reusable if f[1] == type_.name and not f[2] & among.taken]
        if reusable and among.objects <= 2 and self._choose.maybe(50):
            name, _, names = self._choose.one(reusable)
        else:
            target, inner = self._concrete(type_), _Set(among.depth, among.objects, among.page)
            inner.taken |= among.taken
            body = self._inside(target, inner)
            name, names = f"F{len(self._fragments) + 1}", inner.taken - among.taken
            self._fragments.append(f"fragment {name} on {target.name} {body}")
            if among.objects <= 4:
                self._reusable.append((name, target.name, names))
        among.taken |= names
        return f"...{name}{self._directives()}"

    def _directives(self) -> str:
        if not self._choose.maybe(8):
            return ""
        name, keep = self._choose.one(["skip", "include"]), self._choose.maybe(60)
        return f" @{name}(if: {self._variables.flag(keep == (name == 'include'))})"

    # Fields.

    def _field(self, type_: GraphQLNamedType, among: _Set) -> str:
        fields: dict[str, GraphQLField] = getattr(type_, "fields", {})
        leaves_only = among.depth >= DEPTH or among.objects > ROOM
        names = [name for name, field in fields.items() if self._affordable(name, field, among, leaves_only)]
        if not names or self._choose.maybe(4):
            return f"__typename{self._directives()}"
        name = self._choose.one([name for name in names if name not in among.leaves] or names)
        field = fields[name]
        if is_leaf_type(get_named_type(field.type)):
            alias = self._alias() if self._choose.maybe(6) else ""
            among.leaves.add(name)
            return f"{alias}{name}{self._directives()}" + (f" {name}" if not alias and self._choose.maybe(3) else "")
        arguments, page = self._arguments(name, field, among)
        alias = self._alias() if name in among.taken or self._choose.maybe(12) else ""
        among.taken.add(name)
        inner = self._selection(get_named_type(field.type), _Set(among.depth + 1, self._grown(name, among), page))
        return f"{alias}{name}{arguments}{self._directives()} {inner}"

    def _affordable(self, name: str, field: GraphQLField, among: _Set, leaves_only: bool) -> bool:
        target = get_named_type(field.type)
        if is_leaf_type(target) and not field.args:
            return not (target.name == "Measure" and among.objects > _GENTLE)
        if leaves_only or among.depth + 1 >= DEPTH:
            return False
        if among.objects > _GENTLE:
            return name in LISTS or name in ("node", "pageInfo")
        return True

    def _grown(self, name: str, among: _Set) -> int:
        """How many objects the fields below will be asked of."""
        return among.objects * (max(among.page, 1) if name in LISTS else 5 if name == "suggest" else 1)

    def _alias(self) -> str:
        self._aliases += 1
        return f"a{self._aliases}: "

    # Arguments.

    def _arguments(self, name: str, field: GraphQLField, among: _Set) -> tuple[str, int]:
        """The arguments as text, and about how many entries a page will have."""
        arguments: dict[str, Any] = {}
        hops = 2 if among.objects == 1 else 1 if among.objects <= 3 else 0
        for argument, declared in field.args.items():
            if argument in ("after", "before", "first", "last"):
                continue
            if is_required_argument(declared) or self._choose.maybe(30):
                arguments[argument] = self._values.of(declared.type, argument, hops)
                if not is_required_argument(declared) and "!" not in str(declared.type)[-1:] and self._choose.maybe(5):
                    arguments[argument] = None
        page = self._paging(field, arguments, among) if "first" in field.args else 3
        listed = [*arguments.items()] if not self._choose.maybe(20) else [*reversed(arguments.items())]
        texts = [f"{argument}: {self._variables.written(field.args[argument].type, value)}" for argument, value in listed]
        return (f"({', '.join(texts)})" if texts else ""), page

    def _paging(self, field: GraphQLField, arguments: dict[str, Any], among: _Set) -> int:
        """Draw the paging arguments into `arguments`; answers the length of the page."""
        room = max(ROOM // among.objects // 3, 1)
        backwards = "last" in field.args and self._choose.maybe(30)
        length = "last" if backwards else "first"
        if among.objects > 1 or not self._choose.maybe(15):
            arguments[length] = self._values.page(room)
            if backwards and self._choose.maybe(15):
                arguments["first"] = self._values.page(room)
        declared = field.extensions["strawberry-definition"].metadata.get(FIELD) if field.extensions else None
        if isinstance(declared, ListingField):
            order = _order(field, arguments) or declared.default_order
            for name in ("after", "before"):
                if name in field.args and self._choose.maybe(15):
                    arguments[name] = self._values.cursor(declared.kind, order)
        if get_named_type(field.type).name == "FacetConnection":
            for name in ("after", "before"):
                if self._choose.maybe(20):
                    arguments[name] = self._values.facet_cursor(arguments["by"])
        elif get_named_type(field.type).name in MADE:
            for name in ("after", "before"):
                if self._choose.maybe(20):
                    arguments[name] = made_cursor(get_named_type(field.type).name, arguments, self._choose, self._pools)
        elif "query" in field.args and "after" in field.args:
            for name in ("after", "before"):
                if self._choose.maybe(20):
                    arguments[name] = self._values.search_cursor()
        return int(arguments.get(length, 20)) if 0 <= arguments.get(length, 20) <= 100 else 1


def _order(field: GraphQLField, arguments: dict[str, Any]) -> Sequence[Order]:
    """The order that drawn arguments ask for, as the schema reads it."""
    order_by = plain(arguments.get("orderBy")) or []
    keys = []
    for one in order_by if isinstance(order_by, list) else [order_by]:
        input_: Any = get_named_type(field.args["orderBy"].type)
        type_: Any = get_named_type(input_.fields["by"].type)
        column = type_.values[one["by"]].value
        keys.append(Order(column.removeprefix(ON_EDGE), one.get("direction", "DESC") == "DESC", column.startswith(ON_EDGE)))
    return keys
