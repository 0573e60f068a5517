"""Keys to rows: ids by binary search, external ids and names by their hashes, category codes by reading them."""

from byline.graph.identifiers import normal
from byline.graph.model import Kind
from byline.graph.request import Key
from byline.graph.store.codes import only
from byline.graph.store.columnar.files.indexes import OWN, external_hash
from byline.graph.store.columnar.mapped.snapshot import Snapshot
from byline.graph.store.columnar.read.id_lookup import resolve
from byline.graph.store.hashing import hashed
from byline.graph.text import compact


def lookup(snapshot: Snapshot, kind: Kind, key: Key) -> int:
    """The row that a key names, MISSING or AMBIGUOUS."""
    if key.by == "id":
        return int(resolve(snapshot, kind, [key.value])[0])
    return only(candidates(snapshot, kind, key))


def candidates(snapshot: Snapshot, kind: Kind, key: Key) -> list[int]:
    """The rows that a key may name, ascending."""
    match key.by:
        case "id":
            return [row] if (row := lookup(snapshot, kind, key)) >= 0 else []
        case "external":
            return _external(snapshot, kind, key)
        case "name":
            return _named(snapshot, kind, key.value)
        case "code":
            return snapshot.category_rows(key.value)
        case _:
            raise AssertionError(f"no key {key.by}")


def _external(snapshot: Snapshot, kind: Kind, key: Key) -> list[int]:
    if kind is Kind.CATEGORY:
        return []
    scheme, value = key.scheme.lower(), normal(key.scheme, key.value)
    own = [snapshot.reader(kind, column) for column, own_scheme in OWN[kind].items() if own_scheme == scheme]

    def bears(row: int) -> bool:
        if any(stated and normal(scheme, stated) == value for reader in own for stated in reader.few((row,))):
            return True
        listed = snapshot.reader(kind, "external_ids").few((row,))[0] or ()
        return any(each["scheme"].lower() == scheme and normal(scheme, each["value"]) == value for each in listed)

    return snapshot.index(f"{kind}.external").find(external_hash(scheme, value), bears)


def _named(snapshot: Snapshot, kind: Kind, name: str) -> list[int]:
    wanted = compact(name)

    def bears(row: int) -> bool:
        # The preferred name is the first of the names, and mostly the one that was asked for.
        if compact(snapshot.reader(kind, "name").few((row,))[0]) == wanted:
            return True
        return any(compact(each) == wanted for each in snapshot.reader(kind, "names").few((row,))[0] or ())

    return snapshot.index(f"{kind}.name").find(hashed(wanted), bears)
