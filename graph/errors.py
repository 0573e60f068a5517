"""Every error that Byline raises on purpose.

    BylineError
    ├── BadInput                what was asked cannot be answered as asked
    │   ├── BadCursor
    │   ├── BadFilter
    │   ├── BadId
    │   ├── AmbiguousKey        a key that several nodes have
    │   ├── PageTooLarge
    │   ├── TooCostly
    │   │   └── OutOfTime
    │   ├── HeadTooLarge        a request's head
    │   │   └── UrlTooLong
    │   ├── TooSlow             a request that does not come to its end
    │   └── HostNotAllowed      a name for which the server does not answer
    ├── Overloaded              the server has no room for more; later it may
    ├── RecordRejected          one line of input; the rest goes on
    ├── SourceFailed            a whole file cannot be read, or obeyed
    ├── FetchFailed             an API that does not answer, or refuses
    ├── StoreFailed
    │   ├── NoSnapshot
    │   ├── SnapshotDamaged
    │   ├── FormatTooNew
    │   ├── StoreBusy
    │   └── ContractBroken      a store whose answers are not the reference store's
    └── WrongUse                a setting or a command-line argument

Each carries a `code` that clients may rely on and, where one is known, a `hint` that says what would be right.
"""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Self


def describe(error: Exception) -> str:
    """What the system says of an error, without its number and its path: for a message that names the file by itself."""
    message = (isinstance(error, OSError) and error.strerror) or str(error) or type(error).__name__
    return message if message[1:2].isupper() else f"{message[:1].lower()}{message[1:]}"


def with_place(error: Exception) -> str:
    """The same behind the path that the system names: for a message that does not."""
    path = error.filename if isinstance(error, OSError) else None
    return f"{path}: {describe(error)}" if path else describe(error)


def limit_hint(hint: str, setting: str) -> str:
    """A hint of what would be right within a bound, and which setting of the server holds the bound."""
    return f"{hint}; the server's BYLINE_{setting.upper()} sets the bound"


class BylineError(Exception):
    """The root: `message` for people, `code` for programs, `hint` for what would be right."""

    code: ClassVar[str] = "INTERNAL"

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    @property
    def extensions(self) -> dict[str, Any]:
        """What graphql-core copies into the error's `extensions`."""
        return {"code": self.code} | ({"hint": self.hint} if self.hint else {})

    @property
    def formatted(self) -> dict[str, Any]:
        """The error as an answer has it."""
        return {"message": self.message, "extensions": self.extensions}

    def afresh(self) -> Self:
        """The same without the frames that it was raised in, which hold the request: for what is kept, or raised again."""
        return type(self)(self.message, self.hint)

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class BadInput(BylineError):
    """The request cannot be answered as asked."""

    code = "BAD_USER_INPUT"


class BadCursor(BadInput):
    """A cursor that this connection, in this order, did not give."""

    code = "BAD_CURSOR"


class BadFilter(BadInput):
    """A filter whose members do not fit together."""

    code = "BAD_FILTER"


class BadId(BadInput):
    """A string that is no id of ours."""

    code = "BAD_ID"


class AmbiguousKey(BadInput):
    """A key that several nodes have: `candidates` are some of them, as `extensions` show them."""

    code = "AMBIGUOUS_KEY"

    def __init__(self, message: str, hint: str | None = None, candidates: Sequence[dict[str, Any]] = ()) -> None:
        super().__init__(message, hint or "name one of `extensions.candidates` by its id")
        self.candidates = tuple(candidates)

    @property
    def extensions(self) -> dict[str, Any]:
        """The candidates beside code and hint: id, name, number of papers, place."""
        return super().extensions | {"candidates": list(self.candidates)}

    def afresh(self) -> Self:
        """See BylineError."""
        return type(self)(self.message, self.hint, self.candidates)


class PageTooLarge(BadInput):
    """More entries, or more nested entries, than one answer may hold."""

    code = "PAGE_TOO_LARGE"


class TooCostly(BadInput):
    """A query whose answer would be larger than one request may ask for."""

    code = "TOO_COSTLY"


class OutOfTime(TooCostly):
    """A query that was given up because it took too long, or because nobody waits for its answer any more."""

    code = "OUT_OF_TIME"


class HeadTooLarge(BadInput):
    """A request's head, or what comes with a body in pieces beside the body, with more bytes or headers than are read."""

    code = "HEAD_TOO_LARGE"


class UrlTooLong(HeadTooLarge):
    """A URL that fills the head by itself."""

    code = "URL_TOO_LONG"


class TooSlow(BadInput):
    """A request that was begun and did not come to its end in time."""

    code = "TOO_SLOW"


class HostNotAllowed(BadInput):
    """A request to a name that is none of the server's: a proxy that is not known, or a page that had its name moved here."""

    code = "HOST_NOT_ALLOWED"


class PreflightRefused(BadInput):
    """A page of another origin that asks, by its browser, to send what it may not (CORS)."""

    code = "PREFLIGHT_REFUSED"


class Overloaded(BylineError):
    """Nothing is wrong with the request; the server has no room for it at present."""

    code = "OVERLOADED"


class RecordRejected(BylineError):
    """One line of input that does not fit; it is counted and listed, and the rest goes on."""

    code = "RECORD_REJECTED"


class SourceFailed(BylineError):
    """A whole file that cannot be read, or decisions that cannot be obeyed; nothing of this ingest is kept."""

    code = "SOURCE_FAILED"


class FetchFailed(BylineError):
    """An API that refuses, asks for more patience than there is, or does not answer; what it gave before is kept."""

    code = "FETCH_FAILED"


class StoreFailed(BylineError):
    """A store that cannot be opened or written."""

    code = "STORE_FAILED"


class NoSnapshot(StoreFailed):
    """A store into which nothing was ingested yet."""

    code = "NO_SNAPSHOT"


class SnapshotDamaged(StoreFailed):
    """A snapshot whose files are missing, short or changed."""

    code = "SNAPSHOT_DAMAGED"


class FormatTooNew(StoreFailed):
    """A snapshot that a newer Byline wrote."""

    code = "FORMAT_TOO_NEW"


class StoreBusy(StoreFailed):
    """Another ingest holds the store."""

    code = "STORE_BUSY"


class ContractBroken(StoreFailed):
    """A store whose answers are not the reference store's, as `byline.graph.store.contract.run` finds them."""

    code = "CONTRACT_BROKEN"


class WrongUse(BylineError):
    """A setting or an argument that cannot be."""

    code = "WRONG_USE"


def forget_frames(errors: Iterable[BaseException | None]) -> None:
    """Let go of the frames that errors were raised in. They hold the text and the variables of the request, and are held by them
    in turn, so that only the collector of cycles would find them: late, since a server sets it off seldom."""
    left, seen = list(errors), set()
    while left:
        error = left.pop()
        if error is not None and id(error) not in seen:
            seen.add(id(error))
            error.__traceback__ = None
            left += [error.__cause__, error.__context__, getattr(error, "original_error", None)]
