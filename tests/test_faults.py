"""What breaks leaves the last good snapshot serving, says so clearly, and heals; and no answer mixes two versions."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bench import faults
from bench.swap import swap


@pytest.mark.long
@pytest.mark.parametrize("fault", [faults.full_disk, faults.future_format, faults.cut_archive])
def test_a_fault(tmp_path: Path, fault: Callable[[Path], str]) -> None:
    assert fault(tmp_path).startswith(("byline: ", str(tmp_path)))


# What all of them share is tested within one process in tests/data/test_ingest.py.
@pytest.mark.long
@pytest.mark.parametrize("name", faults.DAMAGES)
def test_a_damaged_snapshot_is_told_and_healed(tmp_path: Path, name: str) -> None:
    assert str(tmp_path) in faults.damage(tmp_path, faults.DAMAGES[name])


@pytest.mark.long
def test_fifty_kills_at_random_moments(tmp_path: Path) -> None:
    assert faults.kills(tmp_path, faults.RUNS)


@pytest.mark.long
def test_no_answer_mixes_two_versions(tmp_path: Path) -> None:
    outcome = swap(tmp_path, 3, 100, every=0.2)
    assert outcome.wrong == []
    assert outcome.answers >= 100
    assert len(outcome.versions) >= 3


@pytest.mark.long
def test_a_thousand_queries_while_snapshots_swap_every_second(tmp_path: Path) -> None:
    outcome = swap(tmp_path, 10, 1000)
    assert outcome.wrong == []
    assert outcome.answers >= 1000
    assert len(outcome.versions) >= 10
