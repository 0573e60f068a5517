"""Every setting and every limit, in one table. Each is read from the environment variable BYLINE_<NAME>."""

import os
from dataclasses import fields
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from byline.data.limits import DEFAULT as FILES
from byline.data.limits import Limits as FileLimits
from byline.graph.errors import WrongUse
from byline.graph.store.columnar.files.pair_bounds import BOUNDS as PAIRS
from byline.graph.store.columnar.files.pair_bounds import PairBounds
from byline.schema.context import Limits

PREFIX = "BYLINE_"


class Settings(BaseSettings):
    """The table. `read` builds one; a value that cannot be raises WrongUse and names its variable."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True)

    store: Annotated[str, Field(min_length=1, description="Folder that holds the graph.")] = ".byline"
    host: Annotated[str, Field(min_length=1, description="Address to listen on.")] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535, description="Port to listen on; 0 takes a free one.")] = 8000
    workers: Annotated[int, Field(ge=1, le=64, description="Number of server processes.")] = 1
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"], Field(description="Least severe log line that is written.")
    ] = "info"
    access_log: Annotated[bool, Field(description="Whether each request gets a log line.")] = False
    allow_origin: Annotated[
        str, Field(description="Web pages from these origins (commas between them) may read answers; `*` is any, empty is none.")
    ] = ""
    hosts: Annotated[
        str,
        Field(
            description="Names by which the server may be asked (`Host`), commas between them; `*` is any. "
            "Unless given: on a loopback address `localhost`, `127.0.0.1` and `[::1]`, elsewhere any."
        ),
    ] = ""
    stop_seconds: Annotated[
        int, Field(ge=0, le=600, description="Seconds that running requests get when the server is told to stop.")
    ] = 10
    max_connections: Annotated[
        int, Field(ge=0, le=1_000_000, description="Most open connections of each process; 0 takes what its open files allow.")
    ] = 0
    max_head_bytes: Annotated[
        int,
        Field(ge=1024, le=1 << 24, description="Longest head of a request with its URL, in bytes; the same for trailers."),
    ] = 64 * 1024
    max_headers: Annotated[int, Field(ge=10, le=10_000, description="Most headers of one request, trailers included.")] = 100
    head_seconds: Annotated[
        float,
        Field(gt=0, le=3600, description="Seconds in which the head of a request has to come, from its first byte."),
    ] = 10.0
    body_seconds: Annotated[float, Field(gt=0, le=3600, description="Seconds in which the body of a request has to come.")] = 30.0
    idle_seconds: Annotated[
        float, Field(gt=0, le=3600, description="Seconds after which a connection that asks for nothing more is closed.")
    ] = 5.0
    write_seconds: Annotated[
        float,
        Field(gt=0, le=3600, description="Seconds in which a client has to take another 256 KiB, or the rest, of an answer."),
    ] = 30.0
    max_unread_bytes: Annotated[
        int,
        Field(ge=1 << 20, description="Bytes of answers that wait for clients to take them; beyond it the largest are given up."),
    ] = 256 * 1024 * 1024
    max_body_bytes: Annotated[int, Field(ge=1024, description="Longest request body, in bytes.")] = 1024 * 1024
    max_document_characters: Annotated[int, Field(ge=100, description="Longest query document, in characters.")] = 100_000
    max_tokens: Annotated[int, Field(ge=10, description="Most tokens (names, values, brackets) in one query document.")] = 5000
    max_selections: Annotated[
        int, Field(ge=10, le=100_000, description="Most fields that one query selects once its fragments are spread.")
    ] = 5000
    max_depth: Annotated[
        int, Field(ge=5, le=200, description="Deepest nesting of the selections of one query, fragments included.")
    ] = 100
    max_comparisons: Annotated[
        int,
        Field(ge=10, description="Most steps that comparing the fields which share a name may take in validating one document."),
    ] = 100_000
    max_values: Annotated[
        int,
        Field(
            ge=10,
            description="Most values that one query gives in its arguments, entries of lists and members of objects included,"
            " those of a variable as often as it is used. The JSON of a request, variables that nothing uses and extensions"
            " included, may hold BYLINE_MAX_TOKENS more.",
        ),
    ] = 5000
    max_value_depth: Annotated[
        int, Field(ge=4, le=200, description="Deepest nesting of one value of a variable or an argument.")
    ] = 32
    max_errors: Annotated[
        int, Field(ge=1, le=1000, description="Errors after which the check of one document, or of its variables, stops.")
    ] = 20
    cached_documents: Annotated[
        int, Field(ge=0, le=100_000, description="Parsed and validated query documents that each process keeps.")
    ] = 256
    cached_document_characters: Annotated[
        int,
        Field(
            ge=0, description="Characters of query documents that each process keeps parsed; none of more than an eighth of it."
        ),
    ] = 4 * 1024 * 1024
    gzip_bytes: Annotated[
        int, Field(ge=0, description="Answers from this many bytes on are compressed for clients that accept gzip.")
    ] = 4096
    default_page: Annotated[
        int, Field(ge=1, description="Entries in a page of a connection when neither `first` nor `last` is given.")
    ] = 20
    max_page: Annotated[int, Field(ge=1, description="Most entries in a page of a connection.")] = 100
    max_ids: Annotated[int, Field(ge=1, description="Most ids in one call of `nodes`.")] = 100
    max_filter_depth: Annotated[int, Field(ge=1, le=64, description="Deepest nesting of a filter.")] = 8
    max_filter_values: Annotated[int, Field(ge=1, description="Most values in one filter, `in` lists included.")] = 1000

    max_search_characters: Annotated[int, Field(ge=1, description="Longest text of a search or a suggestion, in characters.")] = (
        300
    )
    keep_snapshots: Annotated[
        int, Field(ge=1, le=1000, description="Snapshots that an ingest keeps in the store, the current one included.")
    ] = 2
    max_objects: Annotated[
        int, Field(ge=1, description="Most objects that one answer may hold, by the bound that a query is given before it runs.")
    ] = 1_000_000
    max_answer_bytes: Annotated[
        int,
        Field(ge=1024, description="Most bytes of one answer, by mean widths before it runs and by count while it is written."),
    ] = 128 * 1024 * 1024
    max_distance: Annotated[
        int, Field(ge=1, le=20, description="Most steps from coauthor to coauthor, for `distance` and `radius`.")
    ] = 6
    max_paths: Annotated[int, Field(ge=1, le=1000, description="Most paths that one `collaborationPath` may ask for.")] = 20
    max_path_nodes: Annotated[
        int, Field(ge=1, description="Most people that a search for a path looks at before it is given up.")
    ] = 500_000
    max_network_nodes: Annotated[int, Field(ge=1, le=5000, description="Most people in one network that is drawn.")] = 1000
    max_matrix_papers: Annotated[
        int, Field(ge=1, description="Most papers that one matrix looks at, those of two of the chosen ones counted twice.")
    ] = 500_000
    max_seconds: Annotated[
        float, Field(gt=0, le=86_400, description="Most seconds that one query may be worked on before it is given up.")
    ] = 30.0
    long_requests: Annotated[
        int,
        Field(ge=1, le=256, description="Requests that take long, worked on beside each other; as many again without a plan."),
    ] = 4
    long_queue: Annotated[
        int, Field(ge=0, le=100_000, description="Requests that take long and wait for a place; more are refused.")
    ] = 16
    queue_seconds: Annotated[float, Field(gt=0, le=3600, description="Most seconds that a request waits for a place.")] = 10.0
    max_plain_fields: Annotated[
        int, Field(ge=1, description="Most fields resolved for a query that no plan answers, such as introspection.")
    ] = 50_000

    build_memory_mb: Annotated[
        int, Field(ge=64, description="Memory that building a snapshot may use at once, in MiB; the rest goes through files.")
    ] = 2048
    max_kept_team: Annotated[
        int,
        Field(
            ge=1,
            description="Largest number of authors of a paper of which a snapshot keeps all pairs; those of the people of larger"
            " teams are worked out when asked.",
        ),
    ] = PAIRS.max_kept_team
    max_measured_pairs: Annotated[
        int,
        Field(
            ge=1,
            description="Most pairs of coauthors in a graph for measures that look through all of them (cores, communities,"
            " clustering); building may put 16 bytes of each on the disk for a while.",
        ),
    ] = PAIRS.max_measured_pairs
    max_unpacked_mb: Annotated[int, Field(ge=1, description="Most that one file of an ingest may unpack to, in MiB.")] = (
        FILES.max_unpacked_mb
    )
    max_unpack_ratio: Annotated[
        int,
        Field(
            ge=2, description="Most bytes that each packed byte of a file may stand for, where it unpacks to more than 64 MiB."
        ),
    ] = FILES.max_unpack_ratio
    max_record_bytes: Annotated[
        int,
        Field(ge=1024, description="Longest record of a file (a line, an element, an entry), in bytes; a longer one is refused."),
    ] = FILES.max_record_bytes
    max_document_bytes: Annotated[
        int, Field(ge=1024, description="Longest file that is read as one value (a list of JSON, YAML, a saved page), in bytes.")
    ] = FILES.max_document_bytes
    max_record_members: Annotated[
        int,
        Field(ge=100, description="Most members and entries of one record; a file that is one value may have ten times as many."),
    ] = FILES.max_record_members
    max_record_depth: Annotated[
        int, Field(ge=8, le=200, description="Deepest nesting of a record, in levels of JSON, XML, YAML or braces.")
    ] = FILES.max_record_depth
    mail: Annotated[str, Field(description="Your mail address; `fetch` tells it to the APIs, so that they can write to you.")] = (
        ""
    )
    openalex_url: Annotated[str, Field(min_length=8, description="Where OpenAlex's API is.")] = "https://api.openalex.org"
    openalex_key: Annotated[str, Field(description="Your key of OpenAlex's API.")] = ""
    openalex_pause: Annotated[float, Field(ge=0, le=600, description="Seconds between two requests to OpenAlex.")] = 0.1
    s2_url: Annotated[str, Field(min_length=8, description="Where Semantic Scholar's Graph API is.")] = (
        "https://api.semanticscholar.org/graph/v1"
    )
    s2_key: Annotated[str, Field(description="Your key of Semantic Scholar's API.")] = ""
    s2_pause: Annotated[float, Field(ge=0, le=600, description="Seconds between two requests to Semantic Scholar.")] = 1.0
    fetch_tries: Annotated[int, Field(ge=1, le=20, description="How often `fetch` asks for one page before it gives up.")] = 6
    fetch_patience: Annotated[
        float, Field(ge=0, le=86_400, description="Most seconds that `fetch` waits for one try, when the API asks it to wait.")
    ] = 300.0

    @model_validator(mode="after")
    def _page_fits(self) -> "Settings":
        if self.default_page > self.max_page:
            raise ValueError(f"BYLINE_DEFAULT_PAGE is {self.default_page}, BYLINE_MAX_PAGE only {self.max_page}")
        return self

    @classmethod
    def read(cls, **given: Any) -> "Settings":
        """The environment's settings, those of `given` that are not None put over them."""
        try:
            return cls(**{name: value for name, value in given.items() if value is not None})
        except ValidationError as error:
            raise _wrong_use(error) from None

    def limits(self) -> Limits:
        """The bounds that the schema keeps."""
        return Limits(**{field.name: getattr(self, field.name) for field in fields(Limits)})

    def file_limits(self) -> FileLimits:
        """The bounds that the reading of files keeps."""
        return FileLimits(**{field.name: getattr(self, field.name) for field in fields(FileLimits)})

    def pair_bounds(self) -> PairBounds:
        """What a snapshot keeps of pairs of coauthors."""
        return PairBounds(**{field.name: getattr(self, field.name) for field in fields(PairBounds)})

    def folder(self) -> Path:
        """The store's folder. Raises WrongUse for a store of another sort."""
        if "://" in self.store:
            raise WrongUse(f"{PREFIX}STORE is {self.store!r}: this version keeps a graph in a folder", "give a folder")
        return Path(self.store)

    def environment(self) -> dict[str, str]:
        """The settings as environment variables, for the processes that serve."""
        return {variable(name): str(value) for name, value in self.model_dump().items()}


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return PREFIX + name.upper()


def _wrong_use(error: ValidationError) -> WrongUse:
    problem = error.errors()[0]
    if not problem["loc"]:
        return WrongUse(problem["msg"].removeprefix("Value error, "))
    name = str(problem["loc"][0])
    about = Settings.model_fields[name].description
    said = problem["msg"][0].lower() + problem["msg"][1:]
    return WrongUse(f"{variable(name)} is {problem['input']!r}: {said}", about)


def unknown_variables() -> list[str]:
    """Variables of the environment that have our prefix and no setting: most often a slip of the pen."""
    known = {variable(name) for name in Settings.model_fields}
    return sorted(name for name in os.environ if name.startswith(PREFIX) and name not in known)


def table() -> str:
    """The settings as a Markdown table; docs/settings.md holds a copy and a test keeps the two equal."""
    rows = ["| variable | default | meaning |", "|---|---|---|"]
    for name, setting in Settings.model_fields.items():
        default = f"`{setting.default}`" if setting.default != "" else "none"
        rows.append(f"| `{variable(name)}` | {default} | {setting.description} |")
    return "\n".join(rows)
