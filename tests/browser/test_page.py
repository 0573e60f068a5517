"""Both forms of the query page, opened in a real browser that can reach no host but this server."""

import re
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
import uvicorn

from byline.api.app import create_app
from byline.api.http.page import Page
from byline.api.settings import Settings
from byline.data.ingest.ingest import ensure_sample

BUILT = Path(__file__).parents[2] / "api" / "static"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--enable-logging=stderr",
    "--virtual-time-budget=10000",
    "--dump-dom",
]


@pytest.fixture(scope="module", params=["built", "plain"])
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    if request.param == "built" and not (BUILT / "index.html").is_file():
        pytest.skip("the page is not built: make web")
    store = tmp_path_factory.mktemp("store")
    ensure_sample(store)
    page = Page(BUILT if request.param == "built" else store)
    app = create_app(Settings(store=str(store)), page=page)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}/graphql"
    server.should_exit = True
    thread.join()


def opened(address: str, profile: Path) -> str:
    """The text of the page once it has settled."""
    assert CHROMIUM is not None
    command = [CHROMIUM, *FLAGS, f"--user-data-dir={profile}", address]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert "Content Security Policy" not in done.stderr
    shown = unescape(re.sub(r"<[^>]+>", "", done.stdout)).replace("\xa0", " ")
    assert shown.strip(), done.stderr[-2000:]
    return shown


def test_the_page_opens_with_an_answer_to_its_example(address: str, tmp_path: Path) -> None:
    shown = opened(address, tmp_path)
    assert re.search(r'"totalCount":\s*[0-9]+', shown), shown[-2000:]


def test_a_query_in_the_address_is_shown_and_not_run(address: str, tmp_path: Path) -> None:
    query = "?query=%7Bauthor(by%3A%7Bname%3A%22Andrew%20Kyle%20Lampinen%22%7D)%7Breported%7BhIndex%7D%7D%7D"
    shown = opened(address + query, tmp_path)
    # The plain page holds it in a text area, whose contents a dump of the page does not have.
    assert "hIndex" in shown or "Query" in shown
    assert not re.search(r'"hIndex":\s*28', shown), shown[-2000:]
