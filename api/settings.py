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

    store: Annotated[str, Field(min_length=1, description="Folder of the graph.")] = ".byline"
    host: Annotated[str, Field(min_length=1, description="Address to listen on.")] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535, description="Port to listen on; 0 chooses a free one.")] = 8000
    workers: Annotated[int, Field(ge=1, le=64, description="Number of server processes.")] = 1
    log_level: Annotated[Literal["debug", "info", "warning", "error"], Field(description="Minimum severity of log lines.")] = (
        "info"
    )
    access_log: Annotated[bool, Field(description="Whether to log every request.")] = False
    allow_origin: Annotated[
        str,
        Field(
            description="Origins whose web pages may read responses (CORS), separated by commas; `*` allows any, empty allows "
            "none."
        ),
    ] = ""
    hosts: Annotated[
        str,
        Field(
            description="Host names that the server answers to (`Host` header), separated by commas; `*` allows any. Default: "
            "`localhost`, `127.0.0.1` and `[::1]` on a loopback address, any name otherwise."
        ),
    ] = ""
    stop_seconds: Annotated[
        int, Field(ge=0, le=600, description="Time that running requests get to finish when the server stops, in seconds.")
    ] = 10
    max_connections: Annotated[
        int,
        Field(
            ge=0,
            le=1_000_000,
            description="Maximum number of open connections per process; 0 derives it from the open-file limit.",
        ),
    ] = 0
    max_head_bytes: Annotated[
        int,
        Field(
            ge=1024,
            le=1 << 24,
            description="Maximum size of a request head including the URL, in bytes; also applies to trailers.",
        ),
    ] = 64 * 1024
    max_headers: Annotated[
        int, Field(ge=10, le=10_000, description="Maximum number of headers in a request, trailers included.")
    ] = 100
    head_seconds: Annotated[
        float,
        Field(gt=0, le=3600, description="Timeout for receiving a request head, in seconds from its first byte."),
    ] = 10.0
    body_seconds: Annotated[float, Field(gt=0, le=3600, description="Timeout for receiving a request body, in seconds.")] = 30.0
    idle_seconds: Annotated[
        float, Field(gt=0, le=3600, description="Time after which an idle connection is closed, in seconds.")
    ] = 5.0
    write_seconds: Annotated[
        float,
        Field(
            gt=0,
            le=3600,
            description="Time in which a client must read another 256 KiB of a response, or the rest of it, in seconds.",
        ),
    ] = 30.0
    max_unread_bytes: Annotated[
        int,
        Field(
            ge=1 << 20,
            description="Maximum total size of responses that clients have not read yet, in bytes; beyond it the largest are "
            "dropped.",
        ),
    ] = 256 * 1024 * 1024
    max_body_bytes: Annotated[int, Field(ge=1024, description="Maximum size of a request body, in bytes.")] = 1024 * 1024
    max_document_characters: Annotated[int, Field(ge=100, description="Maximum length of a query document, in characters.")] = (
        100_000
    )
    max_tokens: Annotated[
        int, Field(ge=10, description="Maximum number of tokens (names, values, brackets) in a query document.")
    ] = 5000
    max_selections: Annotated[
        int,
        Field(
            ge=10, le=100_000, description="Maximum number of fields that a query selects, counted after fragments are expanded."
        ),
    ] = 5000
    max_depth: Annotated[
        int, Field(ge=5, le=200, description="Maximum nesting depth of the selections of a query, fragments included.")
    ] = 100
    max_comparisons: Annotated[
        int,
        Field(ge=10, description="Maximum number of comparisons of fields with the same name while a document is validated."),
    ] = 30_000
    max_values: Annotated[
        int,
        Field(
            ge=10,
            description="Maximum number of values in the arguments of a query, list entries and object fields included; the "
            "values "
            "of a variable count as often as it is used. The JSON of a request, unused variables and extensions "
            "included, may hold BYLINE_MAX_TOKENS more.",
        ),
    ] = 5000
    max_value_depth: Annotated[int, Field(ge=4, le=200, description="Maximum nesting depth of a variable or argument value.")] = (
        32
    )
    max_errors: Annotated[
        int,
        Field(ge=1, le=1000, description="Number of errors after which validation of a document, or of its variables, stops."),
    ] = 20
    introspection: Annotated[
        bool,
        Field(description="Whether queries may ask for the schema. Without it errors propose no names of the schema either."),
    ] = True
    cached_documents: Annotated[
        int, Field(ge=0, le=100_000, description="Number of parsed and validated query documents that each process caches.")
    ] = 256
    cached_document_characters: Annotated[
        int,
        Field(
            ge=0,
            description="Maximum total length of the cached query documents of a process, in characters; no single document may "
            "take more than an eighth of it.",
        ),
    ] = 4 * 1024 * 1024
    gzip_bytes: Annotated[
        int, Field(ge=0, description="Minimum size of a response to be compressed for clients that accept gzip, in bytes.")
    ] = 4096
    default_page: Annotated[
        int, Field(ge=1, description="Page size of a connection when neither `first` nor `last` is given.")
    ] = 20
    max_page: Annotated[int, Field(ge=1, description="Maximum page size of a connection.")] = 100
    max_ids: Annotated[int, Field(ge=1, description="Maximum number of ids in one call of `nodes`.")] = 100
    max_filter_depth: Annotated[int, Field(ge=1, le=64, description="Maximum nesting depth of a filter.")] = 8
    max_filter_values: Annotated[
        int, Field(ge=1, description="Maximum number of values in a filter, entries of `in` lists included.")
    ] = 1000

    max_search_characters: Annotated[
        int, Field(ge=1, description="Maximum length of the text of `search` and `suggest`, in characters.")
    ] = 300
    keep_snapshots: Annotated[
        int, Field(ge=1, le=1000, description="Number of snapshots that an ingest keeps in the store, the current one included.")
    ] = 2
    max_objects: Annotated[
        int,
        Field(
            ge=1, description="Maximum number of objects in a response, checked against the cost estimate before the query runs."
        ),
    ] = 1_000_000
    max_answer_bytes: Annotated[
        int,
        Field(
            ge=1024,
            description="Maximum size of a response in bytes, checked against an estimate before the query runs and against the "
            "actual size while it is written.",
        ),
    ] = 128 * 1024 * 1024
    max_distance: Annotated[
        int, Field(ge=1, le=20, description="Maximum number of steps in the coauthor graph for `distance` and `radius`.")
    ] = 6
    max_paths: Annotated[int, Field(ge=1, le=1000, description="Maximum number of paths that `collaborationPath` lists.")] = 20
    max_path_nodes: Annotated[
        int, Field(ge=1, description="Maximum number of authors that a path search visits before it stops.")
    ] = 500_000
    max_network_nodes: Annotated[int, Field(ge=1, le=5000, description="Maximum number of nodes in a network.")] = 1000
    max_conflict_keys: Annotated[int, Field(ge=1, description="Maximum number of keys in each list of `conflicts`.")] = 5_000
    max_conflict_pairs: Annotated[
        int,
        Field(
            ge=1,
            le=500_000_000,
            description="Maximum number of pairs that `conflicts` looks at: people times those they are held against. Takes two "
            "bytes of memory a pair.",
        ),
    ] = 25_000_000
    max_matrix_papers: Annotated[
        int,
        Field(
            ge=1,
            description="Maximum number of papers that a matrix, or a network of nodes that papers link, reads; a paper counts "
            "once for each chosen node on it, or linked by it.",
        ),
    ] = 500_000
    max_seconds: Annotated[
        float, Field(gt=0, le=86_400, description="Query timeout: maximum time that a query may run, in seconds.")
    ] = 30.0
    long_requests: Annotated[
        int,
        Field(
            ge=1,
            le=256,
            description="Number of long-running requests that are processed at the same time; as many again for queries "
            "without a "
            "plan.",
        ),
    ] = 4
    long_queue: Annotated[
        int,
        Field(
            ge=0,
            le=100_000,
            description="Maximum number of long-running requests that wait for a free place; further ones are refused.",
        ),
    ] = 16
    queue_seconds: Annotated[
        float, Field(gt=0, le=3600, description="Maximum time that a request waits for a free place, in seconds.")
    ] = 10.0
    max_plain_fields: Annotated[
        int, Field(ge=1, description="Maximum number of fields resolved for a query without a plan, such as introspection.")
    ] = 50_000

    build_memory_mb: Annotated[
        int, Field(ge=64, description="Memory limit for building a snapshot, in MiB; larger intermediate results go to disk.")
    ] = 2048
    max_kept_team: Annotated[
        int,
        Field(
            ge=1,
            description="Maximum number of authors of a paper for which a snapshot stores all coauthor pairs; pairs of larger "
            "teams are computed on request.",
        ),
    ] = PAIRS.max_kept_team
    max_measured_pairs: Annotated[
        int,
        Field(
            ge=1,
            description="Maximum number of coauthor pairs in a graph for metrics of the whole graph (cores, communities, "
            "clustering); the build may use 16 bytes of disk space per pair for a while.",
        ),
    ] = PAIRS.max_measured_pairs
    max_unpacked_mb: Annotated[int, Field(ge=1, description="Maximum uncompressed size of a file to ingest, in MiB.")] = (
        FILES.max_unpacked_mb
    )
    max_unpack_ratio: Annotated[
        int,
        Field(ge=2, description="Maximum compression ratio of a file that unpacks to more than 64 MiB."),
    ] = FILES.max_unpack_ratio
    max_record_bytes: Annotated[
        int,
        Field(
            ge=1024, description="Maximum size of a record (a line, an element, an entry), in bytes; larger ones are rejected."
        ),
    ] = FILES.max_record_bytes
    max_document_bytes: Annotated[
        int,
        Field(
            ge=1024,
            description="Maximum size of a file that is read as a single value (a JSON list, YAML, a saved page), in bytes.",
        ),
    ] = FILES.max_document_bytes
    max_record_members: Annotated[
        int,
        Field(
            ge=100,
            description="Maximum number of members and list entries in a record; a file that is a single value may have ten "
            "times "
            "as many.",
        ),
    ] = FILES.max_record_members
    max_record_depth: Annotated[
        int, Field(ge=8, le=200, description="Maximum nesting depth of a record, in levels of JSON, XML, YAML or braces.")
    ] = FILES.max_record_depth
    mail: Annotated[str, Field(description="Your e-mail address, which `fetch` sends to the APIs as contact.")] = ""
    openalex_url: Annotated[str, Field(min_length=8, description="Base URL of the OpenAlex API.")] = "https://api.openalex.org"
    openalex_key: Annotated[str, Field(description="Your OpenAlex API key.")] = ""
    openalex_pause: Annotated[float, Field(ge=0, le=600, description="Pause between two requests to OpenAlex, in seconds.")] = 0.1
    s2_url: Annotated[str, Field(min_length=8, description="Base URL of the Semantic Scholar Graph API.")] = (
        "https://api.semanticscholar.org/graph/v1"
    )
    s2_key: Annotated[str, Field(description="Your Semantic Scholar API key.")] = ""
    s2_pause: Annotated[float, Field(ge=0, le=600, description="Pause between two requests to Semantic Scholar, in seconds.")] = (
        1.0
    )
    fetch_tries: Annotated[int, Field(ge=1, le=20, description="Number of attempts of `fetch` per page before it gives up.")] = 6
    fetch_patience: Annotated[
        float,
        Field(
            ge=0,
            le=86_400,
            description="Maximum time that `fetch` waits before a retry when the API asks it to wait, in seconds.",
        ),
    ] = 300.0

    @model_validator(mode="after")
    def _page_fits(self) -> "Settings":
        if self.default_page > self.max_page:
            raise ValueError(f"BYLINE_DEFAULT_PAGE is {self.default_page}, BYLINE_MAX_PAGE only {self.max_page}")
        return self

    @classmethod
    def read(cls, **overrides: Any) -> "Settings":
        """The environment's settings, those of `overrides` that are not None put over them."""
        try:
            return cls(**{name: value for name, value in overrides.items() if value is not None})
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
        """The store's folder, which may not be there yet. Raises WrongUse for a store of another sort."""
        if "://" in self.store:
            raise WrongUse(f"{PREFIX}STORE is {self.store!r}: this version keeps a graph in a folder", "give a folder")
        folder = Path(self.store)
        there = next((path for path in (folder, *folder.parents) if os.path.exists(path)), None)
        if there is not None and not os.path.isdir(there):
            raise WrongUse(f"{PREFIX}STORE is {self.store!r}: {there} is not a folder", "give the folder of a graph")
        return folder

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
    message = problem["msg"][0].lower() + problem["msg"][1:]
    return WrongUse(f"{variable(name)} is {problem['input']!r}: {message}", about)


def unknown_variables() -> list[str]:
    """Variables of the environment that have our prefix and no setting: most often a slip of the pen."""
    settings_variables = {variable(name) for name in Settings.model_fields}
    return sorted(name for name in os.environ if name.startswith(PREFIX) and name not in settings_variables)


def table() -> str:
    """The settings as a Markdown table; docs/settings.md holds a copy and a test keeps the two equal."""
    rows = ["| variable | default | meaning |", "|---|---|---|"]
    for name, setting in Settings.model_fields.items():
        default = f"`{setting.default}`" if setting.default != "" else "none"
        rows.append(f"| `{variable(name)}` | {default} | {setting.description} |")
    return "\n".join(rows)
