"""YAML within bounds: what nests too deep, has aliases or too many values is refused before anything is built of it.

The parser of libyaml gives events without recursion; what builds values of them recurses in C, where too deep a nesting ends the
process, and an alias lets a line stand for gigabytes. So the events are looked at first.
"""

from typing import Any

import yaml

from byline.data.limits import bound, limits, too_deep
from byline.data.notices import Notice

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(text: bytes, shown: str) -> Any:
    """The value of a document, or the notice that refuses it; `shown` names the file."""
    try:
        return _problem(text, shown) or yaml.load(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        return Notice(shown, line, "", f"is not YAML: {getattr(error, 'problem', error)}")
    except (ValueError, RecursionError) as error:
        return Notice(shown, 1, "", f"is not YAML: {error}")


def _problem(text: bytes, shown: str) -> Notice | None:
    depth = 0
    bounds = limits()
    for count, event in enumerate(yaml.parse(text, Loader=_LOADER), start=1):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        reason = None
        if depth > bounds.max_record_depth:
            reason = too_deep()
        elif count > bounds.max_record_members:
            reason = f"has too many values: {bound('max_record_members')}"
        elif isinstance(event, yaml.AliasEvent):
            reason = f"has an alias, *{event.anchor}, which is not followed: write out what it stands for"
        if reason is not None:
            return Notice(shown, event.start_mark.line + 1, "", reason)
    return None
