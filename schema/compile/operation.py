"""Operation to plan. Fragments, aliases, merged fields, @skip, @include and __typename are settled here."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, TypeAlias

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    Undefined,
    VariableNode,
    get_named_type,
)
from strawberry.schema import Schema
from strawberry.types.field import StrawberryField

from byline.graph.model import LETTERS, Edge, Kind
from byline.graph.query import operators as ops
from byline.graph.query.measures import Scope
from byline.graph.query.slots import ConnectionArgs, Slot
from byline.graph.request import EVERYTHING, Hop, Select
from byline.schema.compile import neighbourhood, search
from byline.schema.compile.coerce import Arguments, Variables, arguments_of
from byline.schema.compile.introspection import introspected, is_introspection
from byline.schema.compile.memo import memoized, variables_in
from byline.schema.context import Limits
from byline.schema.fields import FIELD, ColumnField, EdgeValueField, ListingField
from byline.schema.inputs.filters import where_of
from byline.schema.inputs.listing import bounded, understand, years_of
from byline.schema.inputs.orders import BY_CODE
from byline.schema.types.keys import key_maker, key_of
from byline.schema.types.matrices import MatrixField
from byline.schema.types.matrices import asked as matrix_asked
from byline.schema.types.measures import WorkedField
from byline.schema.types.node import TYPE_NAMES
from byline.schema.types.similar import SimilarField
from byline.schema.types.similar import asked as similar_asked
from byline.schema.unplannable import Unplannable

Fields: TypeAlias = dict[str, list[FieldNode]]
Binder: TypeAlias = Callable[[Variables], Any]
KINDS = tuple(LETTERS)


class Compiler:
    """Compiles one operation for one setting of the variables that its directives name."""

    def __init__(self, schema: Schema, document: DocumentNode, limits: Limits, switches: Mapping[str, Any]) -> None:
        self.schema = schema
        self.limits = limits
        self.switches = switches
        self.binders: list[Binder] = []
        # Whether something other than introspection is asked.
        self._beside = False
        self.fragments = {part.name.value: part for part in document.definitions if isinstance(part, FragmentDefinitionNode)}

    # ------------------------------------------------------------ selections

    def collect(self, nodes: Iterable[FieldNode | OperationDefinitionNode], type_name: str) -> Fields:
        """The fields of a type by response key, in the order of the answer."""
        fields: Fields = {}
        for node in nodes:
            if node.selection_set:
                self._gather(node.selection_set, type_name, fields, set())
        return fields

    def _gather(self, selections: SelectionSetNode, type_name: str, fields: Fields, seen: set[str]) -> None:
        for selection in selections.selections:
            if not self._included(selection):
                continue
            if isinstance(selection, FieldNode):
                key = selection.alias.value if selection.alias else selection.name.value
                fields.setdefault(key, []).append(selection)
            elif isinstance(selection, InlineFragmentNode):
                if _applies(selection.type_condition.name.value if selection.type_condition else None, type_name):
                    self._gather(selection.selection_set, type_name, fields, seen)
            elif isinstance(selection, FragmentSpreadNode) and selection.name.value not in seen:
                seen.add(selection.name.value)
                fragment = self.fragments[selection.name.value]
                if _applies(fragment.type_condition.name.value, type_name):
                    self._gather(fragment.selection_set, type_name, fields, seen)

    def _included(self, selection: SelectionNode) -> bool:
        for directive in selection.directives or ():
            if directive.name.value not in ("skip", "include"):
                raise Unplannable(f"directive @{directive.name.value}")
            value: Any = (directive.arguments or ())[0].value
            switch = self.switches.get(value.name.value) if isinstance(value, VariableNode) else value.value
            if switch is None:
                raise Unplannable("a directive without its value")
            if switch is (directive.name.value == "skip"):
                return False
        return True

    def outputs(self, nodes: Iterable[FieldNode | OperationDefinitionNode], type_name: str, make: "Make") -> tuple[Any, ...]:
        """The outputs of a selection, `make` called for every field but __typename."""
        made = []
        for key, same in self.collect(nodes, type_name).items():
            name = same[0].name.value
            if name == "__typename":
                made.append(ops.Const(key, type_name))
            elif is_introspection(name):
                made.append(self._introspected(key, same))
            else:
                made.append(make(key, _field(self.schema, type_name, name), same, type_name))
        return tuple(made)

    def plain(self, nodes: list[FieldNode], type_name: str) -> tuple[Any, ...]:
        """A selection of an object whose fields are simply its members, named as in Python."""
        return self.outputs(nodes, type_name, lambda key, field, same, _: ops.Cell(key, field.python_name))

    # ------------------------------------------------------------ arguments

    def bind(self, nodes: list[FieldNode], field: StrawberryField, type_name: str, use: Callable[[dict[str, Any]], Any]) -> Any:
        """What `use` makes of the arguments: now where they are settled, else a slot."""
        arguments: Arguments = arguments_of(self.schema, nodes[0], field, type_name)
        if not arguments.made:
            return use(arguments.values({}))
        self.binders.append(lambda variables: use(arguments.values(variables)))
        return Slot(len(self.binders) - 1)

    def asked(self, nodes: list[FieldNode], field: StrawberryField, type_name: str, declared: ListingField) -> Any:
        """The arguments of a connection. Where only `where` waits for variables, the rest is understood now."""
        arguments = arguments_of(self.schema, nodes[0], field, type_name)
        if set(arguments.made) != {"where"}:
            return self.bind(nodes, field, type_name, lambda given: understand(declared, given, self.limits))
        settled = understand(declared, arguments.settled, self.limits)
        make, limits = arguments.made["where"], self.limits

        def filtered(variables: Variables) -> ConnectionArgs:
            given = make(variables)
            where = EVERYTHING if given is Undefined else where_of(given, limits)
            return ConnectionArgs(settled.hop, replace(settled.select, where=where))

        self.binders.append(memoized(filtered, variables_in(nodes[0].arguments)))
        return Slot(len(self.binders) - 1)

    # ------------------------------------------------------------ nodes

    def shape(self, nodes: Iterable[FieldNode], kind: Kind) -> ops.Shape:
        """What a selection shows of a node."""
        return ops.Shape(kind, self.outputs(nodes, TYPE_NAMES[kind], self._of_node(kind)))

    def shapes(self, nodes: Iterable[FieldNode]) -> tuple[ops.Shape, ...]:
        """What a selection on the interface shows of a node of each kind."""
        nodes = list(nodes)
        return tuple(self.shape(nodes, kind) for kind in KINDS)

    def _of_node(self, kind: Kind) -> "Make":
        def make(key: str, field: StrawberryField, nodes: list[FieldNode], type_name: str) -> ops.Operator:
            declared = field.metadata.get(FIELD)
            if isinstance(declared, ColumnField):
                return self._column(key, declared, nodes)
            if isinstance(declared, ListingField):
                return self.listing(key, field, nodes, type_name, declared)
            if isinstance(declared, Edge):
                order = BY_CODE if declared.source is Kind.CATEGORY else ()
                return ops.Many(key, Hop(declared), Select(order=order), self.shape(nodes, declared.target))
            if declared == "id":
                return ops.Cell(key, "id")
            if isinstance(declared, WorkedField):
                return self._worked(key, field, nodes, type_name, declared)
            if isinstance(declared, SimilarField):
                return self._similar(key, field, nodes, type_name)
            if declared == "author_metrics":
                scope = self.bind(nodes, field, type_name, _author_scope)
                return ops.Figures(key, scope, self.outputs(nodes, "AuthorMetrics", self._figure))
            if declared == "paper_metrics":
                scope = self.bind(nodes, field, type_name, _paper_scope)
                return ops.Figures(key, scope, self.outputs(nodes, "PaperMetrics", self._figure))
            if made := neighbourhood.output(self, key, field, nodes, type_name):
                return made
            raise Unplannable(f"{type_name}.{field.python_name} has no plan")

        return make

    def _column(self, key: str, declared: ColumnField, nodes: list[FieldNode]) -> ops.Operator:
        if declared.leads_to is not None:
            return ops.One(key, declared.column, declared.leads_to, self.shape(nodes, declared.leads_to))
        if declared.records is not None:
            return ops.Records(key, declared.column, self.plain(nodes, declared.records))
        return ops.Cell(key, declared.column)

    def _matrix(
        self, key: str, field: StrawberryField, nodes: list[FieldNode], type_name: str, declared: MatrixField
    ) -> ops.Matrix:
        def make(inner: str, part: StrawberryField, same: list[FieldNode], owner: str) -> Any:
            if part.metadata.get(FIELD) == "matrix_nodes":
                return ops.Nodes(inner, self.shape(same, declared.kind))
            return ops.Cell(inner, part.python_name)

        asked = self.bind(nodes, field, type_name, lambda given: matrix_asked(declared.kind, given, self.limits))
        return ops.Matrix(key, asked, self.outputs(nodes, f"{TYPE_NAMES[declared.kind]}Matrix", make))

    def _similar(self, key: str, field: StrawberryField, nodes: list[FieldNode], type_name: str) -> ops.Similar:
        def make(inner: str, part: StrawberryField, same: list[FieldNode], owner: str) -> Any:
            if part.python_name == "node":
                return ops.EntryNode(inner, self.shape(same, Kind.PAPER))
            if part.python_name == "shared_papers":
                first = self.bind(same, part, owner, lambda given: bounded("first", given["first"], self.limits))
                return ops.SharedPapers(inner, first, self.shape(same, Kind.PAPER))
            return ops.Cell(inner, part.python_name)

        asked = self.bind(nodes, field, type_name, lambda given: similar_asked(given, self.limits))
        return ops.Similar(key, asked, self.outputs(nodes, "SimilarPaper", make))

    def _worked(
        self, key: str, field: StrawberryField, nodes: list[FieldNode], type_name: str, declared: WorkedField
    ) -> ops.MetricNode:
        asked = self.bind(nodes, field, type_name, declared.use)
        return ops.MetricNode(key, declared.name, asked, self.plain(nodes, declared.of))

    def _figure(self, key: str, field: StrawberryField, nodes: list[FieldNode], type_name: str) -> Any:
        name, declared = field.python_name, field.metadata.get(FIELD)
        if isinstance(declared, WorkedField):
            return self._worked(key, field, nodes, type_name, declared)
        if name == "by_year":
            return ops.ByYear(key, self.plain(nodes, "YearCount"))
        if name.endswith("_index"):
            return ops.Index(key, name, self.plain(nodes, "Measure"))
        return ops.Cell(key, name)

    # ------------------------------------------------------------ connections

    def listing(
        self, key: str, field: StrawberryField, nodes: list[FieldNode], type_name: str, declared: ListingField
    ) -> ops.Listing:
        """A connection."""
        asked = self.asked(nodes, field, type_name, declared)
        return ops.Listing(key, declared.kind, asked, self._parts(nodes, type_name, declared))

    def _parts(self, nodes: list[FieldNode], owner: str, declared: ListingField) -> tuple[ops.Operator, ...]:
        def make(key: str, part: StrawberryField, same: list[FieldNode], type_name: str) -> ops.Operator:
            match part.metadata.get(FIELD):
                case "total_count":
                    return ops.Total(key)
                case "completeness":
                    return ops.Completeness(key, part.python_name)
                case "page_info":
                    return ops.PageFlags(key, self.plain(same, "PageInfo"))
                case "connection_nodes":
                    return ops.Nodes(key, self.shape(same, declared.kind))
                case "connection_edges":
                    return ops.Entries(key, self._entries(same, type_name, declared))
                case "facets":
                    return self._facets(key, part, same, type_name)
            raise Unplannable(f"{type_name}.{part.python_name} has no plan")

        return self.outputs(nodes, self._type_name(nodes, owner), make)

    def _type_name(self, nodes: list[FieldNode], type_name: str) -> str:
        """The name of the object type that a field of a type answers, lists and nulls aside."""
        owner: Any = self.schema._schema.type_map[type_name]
        name: str = get_named_type(owner.fields[nodes[0].name.value].type).name
        return name

    def _entries(self, nodes: list[FieldNode], owner: str, declared: ListingField) -> tuple[Any, ...]:
        def make(key: str, part: StrawberryField, same: list[FieldNode], type_name: str) -> Any:
            shown = part.metadata.get(FIELD)
            if isinstance(shown, EdgeValueField):
                return ops.HopValue(key, shown.value)
            if isinstance(shown, ListingField):
                assert shown.edge is not None
                asked = self.asked(same, part, type_name, shown)
                return ops.Evidence(key, shown.edge, asked, self._parts(same, type_name, shown))
            if isinstance(shown, Edge):
                if shown.pair:
                    return ops.EvidenceYears(key, shown, self.plain(same, "YearCount"))
                return ops.EntryMany(key, Hop(shown), Select(), self.shape(same, shown.target))
            if shown == "cursor":
                return ops.Cursor(key)
            if shown == "entry_node":
                return ops.EntryNode(key, self.shape(same, declared.kind))
            if shown == "between":
                return neighbourhood.between(self, key, part, same, type_name)
            raise Unplannable(f"{type_name}.{part.python_name} has no plan")

        return self.outputs(nodes, self._type_name(nodes, owner), make)

    def _facets(self, key: str, field: StrawberryField, nodes: list[FieldNode], type_name: str) -> ops.Facets:
        def use(given: dict[str, Any]) -> Any:
            return given["by"].value, bounded("first", given["first"], self.limits)

        def make(inner: str, part: StrawberryField, same: list[FieldNode], _: str) -> Any:
            if part.python_name == "node":
                return ops.FacetNode(inner, self.shapes(same))
            return ops.Cell(inner, part.python_name)

        asked = self.bind(nodes, field, type_name, use)
        return ops.Facets(key, asked, self.outputs(nodes, "Facet", make))

    # ------------------------------------------------------------ roots

    def roots(self, operation: OperationDefinitionNode) -> ops.Plan:
        """The whole operation."""
        fields = self.collect([operation], "Query")
        self._beside = not all(same[0].name.value.startswith("__") for same in fields.values())
        roots = self.outputs([operation], "Query", self._root)
        return ops.Plan(roots, len(self.binders))

    def _introspected(self, key: str, nodes: list[FieldNode]) -> ops.Introspected:
        """What the schema says, beside something that is planned."""
        if not self._beside:
            raise Unplannable("introspection")
        return ops.Introspected(key, introspected(self.schema, nodes, self.fragments))

    def _root(self, key: str, field: StrawberryField, nodes: list[FieldNode], type_name: str) -> Any:
        declared = field.metadata.get(FIELD)
        if isinstance(declared, ListingField):
            return self.listing(key, field, nodes, type_name, declared)
        if isinstance(declared, Kind):
            by = self._key(nodes, field, type_name)
            return ops.ByKey(key, by, self.shape(nodes, declared))
        if declared == "node":
            return ops.ByIds(key, self.bind(nodes, field, type_name, lambda given: (given["id"],)), self.shapes(nodes), True)
        if declared == "nodes":
            return ops.ByIds(key, self.bind(nodes, field, type_name, self._ids), self.shapes(nodes), False)
        if isinstance(declared, MatrixField):
            return self._matrix(key, field, nodes, type_name, declared)
        if declared == "snapshot":
            return ops.Info(key, self.outputs(nodes, "Snapshot", self._info))
        if declared == "search":
            return search.search(self, key, field, nodes)
        if declared == "suggest":
            return search.suggest(self, key, field, nodes)
        if made := neighbourhood.root(self, key, field, nodes, type_name):
            return made
        raise Unplannable(f"Query.{field.python_name} has no plan")

    def _key(self, nodes: list[FieldNode], field: StrawberryField, type_name: str) -> Any:
        """The `by:` of a node. The commonest way to write it, an object with one variable in it, needs no input objects."""
        quick = key_maker((nodes[0].arguments or ())[0].value)
        if quick is None:
            return self.bind(nodes, field, type_name, lambda given: key_of(given["by"]))
        self.binders.append(quick)
        return Slot(len(self.binders) - 1)

    def _ids(self, given: dict[str, Any]) -> tuple[str, ...]:
        if len(given["ids"]) > self.limits.max_ids:
            raise Unplannable("more ids than one request may have")
        return tuple(given["ids"])

    def _info(self, key: str, field: StrawberryField, nodes: list[FieldNode], type_name: str) -> Any:
        if field.python_name == "sources":
            return ops.Sources(key, self.plain(nodes, "SnapshotSource"))
        return ops.Cell(key, field.python_name)


Make: TypeAlias = Callable[[str, StrawberryField, list[FieldNode], str], Any]


@lru_cache(4096)
def _field(schema: Schema, type_name: str, name: str) -> StrawberryField:
    # Python names are turned into GraphQL's letter by letter: more than all else that a field costs.
    definition = schema.get_type_by_name(type_name)
    names = schema.config.name_converter
    return next(f for f in definition.fields if names.get_graphql_name(f) == name)  # type: ignore[union-attr]


def _applies(condition: str | None, type_name: str) -> bool:
    return condition in (None, type_name) or (condition == "Node" and type_name in TYPE_NAMES.values())


def _author_scope(given: dict[str, Any]) -> Scope:
    as_of = given.get("as_of") or None
    return Scope(*years_of(given.get("years")), as_of, given["exclude_self_citations"])


def _paper_scope(given: dict[str, Any]) -> Scope:
    return Scope(as_of=given.get("as_of") or None)


def switches_of(document: DocumentNode) -> set[str]:
    """The variables that directives name anywhere in a document: those that shape a plan."""
    return set(_switches(document))


def _switches(node: Any) -> Iterator[str]:
    for directive in getattr(node, "directives", None) or ():
        yield from (a.value.name.value for a in directive.arguments or () if isinstance(a.value, VariableNode))
    inner = getattr(node, "definitions", None) or getattr(getattr(node, "selection_set", None), "selections", None) or ()
    for child in inner:
        yield from _switches(child)
