"""What no plan answers leaves nothing behind, however often it is asked."""

from pathlib import Path

import pytest

from bench.again import sent
from byline.data.ingest.ingest import ensure_sample
from tests.server import serving

# Requests before the first look: the caches of documents are full by then. Then so many a look.
WARM, EVERY, TIMES = 1000, 1000, 3000
# MiB for as many requests. One of a hundred kept for good with its 1 MB of variables would be 12, 12 KB of each 35.
FLAT = 8.0


@pytest.mark.long
def test_nothing_is_kept_of_what_no_plan_answers(tmp_path: Path) -> None:
    ensure_sample(tmp_path)
    with serving(tmp_path) as server:
        sent(server, WARM, WARM)
        measured = sent(server, TIMES, EVERY)
    assert measured.statuses == {200: TIMES}
    memory = [mebibytes for _, mebibytes in measured.memory]
    assert max(memory[1:]) - memory[0] < FLAT, f"MiB after every {EVERY} requests: {memory}"
