"""The query page: GraphiQL where `make web` has built it, else a plain page of ours. Neither needs a network."""

from pathlib import Path

from starlette.responses import FileResponse
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

_BUILT = Path(__file__).with_name("static")
_PLAIN = Path(__file__).with_name("plain.html")


class Page:
    """The page and the files that it loads, as found when the server starts."""

    def __init__(self, built: Path = _BUILT) -> None:
        index = built / "index.html"
        self._html = index if index.is_file() else _PLAIN
        self._built = built

    def response(self) -> FileResponse:
        """The page itself."""
        return FileResponse(self._html, media_type="text/html", headers={"vary": "accept"})

    def routes(self) -> list[BaseRoute]:
        """Its scripts and styles, which bear a hash of their contents in their names; the plain page has none."""
        return [Mount("/static", StaticFiles(directory=self._built))] if self._html != _PLAIN else []
