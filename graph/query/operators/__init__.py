"""The operators of plans, one a file, and the plan of a query: frozen, printable, without GraphQL and without a store in it."""

from byline.graph.query.operators.cells import Cell, Records, Texts
from byline.graph.query.operators.completions import Completions
from byline.graph.query.operators.conflicts import ConflictEnd, ConflictInstitutions, Conflicts
from byline.graph.query.operators.connection import Listing
from byline.graph.query.operators.const import Const, Introspected
from byline.graph.query.operators.country_matrix import CountryMatrix
from byline.graph.query.operators.edges import Cursor, Entries, EntryMany, EntryNode, HopValue
from byline.graph.query.operators.evidence import Evidence, EvidenceYears
from byline.graph.query.operators.facets import FacetNode, Facets, HitFacets
from byline.graph.query.operators.inline import Inline
from byline.graph.query.operators.lookups import ByIds, ByKey, ByKeys
from byline.graph.query.operators.many import Many
from byline.graph.query.operators.matrix import Matrix
from byline.graph.query.operators.metrics import ByYear, Figures, Index, MetricNode
from byline.graph.query.operators.network import Network, NetworkLinks, NetworkNodes
from byline.graph.query.operators.one import One
from byline.graph.query.operators.operator import Operator
from byline.graph.query.operators.outside_works import OutsideWorks
from byline.graph.query.operators.page_parts import Completeness, Nodes, PageFlags, Total
from byline.graph.query.operators.paged import PagedEdges, PagedNode, PagedNodes
from byline.graph.query.operators.paths import HopEnd, PathHops, PathList, PathPeople, PathSearch
from byline.graph.query.operators.plan import Plan
from byline.graph.query.operators.search import HitEntries, HitNode, HitNodes, HitPage, Score
from byline.graph.query.operators.shape import Shape
from byline.graph.query.operators.shared_network import LinkPapers, SharedLinks, SharedNetwork
from byline.graph.query.operators.similar import SharedPapers, Similar
from byline.graph.query.operators.snapshot import Info, Sources
from byline.graph.query.operators.snippets import Marks, Snippets
from byline.graph.query.operators.suggestions import Suggestions

__all__ = [
    "ByIds",
    "ByKey",
    "ByKeys",
    "ByYear",
    "Cell",
    "Completeness",
    "Completions",
    "ConflictEnd",
    "ConflictInstitutions",
    "Conflicts",
    "Const",
    "CountryMatrix",
    "Cursor",
    "Entries",
    "EntryMany",
    "EntryNode",
    "Evidence",
    "EvidenceYears",
    "FacetNode",
    "Facets",
    "Figures",
    "HitEntries",
    "HitFacets",
    "HitNode",
    "HitNodes",
    "HitPage",
    "HopEnd",
    "HopValue",
    "Index",
    "Info",
    "Inline",
    "Introspected",
    "LinkPapers",
    "Listing",
    "Many",
    "Marks",
    "Matrix",
    "MetricNode",
    "Network",
    "NetworkLinks",
    "NetworkNodes",
    "Nodes",
    "One",
    "Operator",
    "OutsideWorks",
    "PageFlags",
    "PagedEdges",
    "PagedNode",
    "PagedNodes",
    "PathHops",
    "PathList",
    "PathPeople",
    "PathSearch",
    "Plan",
    "Records",
    "Score",
    "Shape",
    "SharedLinks",
    "SharedNetwork",
    "SharedPapers",
    "Similar",
    "Snippets",
    "Sources",
    "Suggestions",
    "Texts",
    "Total",
]
