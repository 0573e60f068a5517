"""What reaches a terminal: no sign that it obeys, from names, file names, reasons and log lines."""

import io
import logging
import logging.config
import unicodedata
from pathlib import Path

import pytest

from byline.api.cli.main import main
from byline.api.cli.report import progress
from byline.api.serve import log_config
from byline.api.terminal import Terminal, printable

EVIL = "a\x1b[2J\x9b31m\r\u202eb\x07\u200b\udcff\u2028c"
ESCAPED = r"a\x1b[2J\x9b31m\r\u202eb\x07\u200b\udcff\u2028c"


def obeyed(text: str) -> list[str]:
    return [each for each in text if unicodedata.category(each) in ("Cc", "Cf", "Cs", "Zl", "Zp") and each not in "\n\t"]


def test_what_is_printable_stays() -> None:
    assert printable(EVIL) == ESCAPED
    for text in ("Zoë Ærø 李\u00a0明", "a\tb\nc", "می\u200cخواهم", ""):
        assert printable(text) == text


def test_a_terminal_prints_no_sign_that_it_obeys() -> None:
    into = io.StringIO()
    Terminal(file=into, soft_wrap=True, highlight=False, markup=False).print(EVIL)
    assert into.getvalue() == f"{ESCAPED}\n"
    bars = io.StringIO()
    with progress(Terminal(file=bars, force_terminal=True, width=200, color_system=None)) as show:
        show(f"[red]read {EVIL}", 1, 2)
    assert "\x1b[2J" not in bars.getvalue()
    assert f"[red]read {ESCAPED}" in bars.getvalue()


def test_log_lines_stay_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    before = (root.level, list(root.handlers))
    try:
        logging.config.dictConfig(log_config("info"))
        logging.getLogger("byline").error("%s", f"{EVIL}\nERROR forged")
        try:
            raise ValueError(EVIL)
        except ValueError:
            logging.getLogger("byline").exception("unexpected")
    finally:
        root.setLevel(before[0])
        root.handlers[:] = before[1]
    logged = capsys.readouterr().err
    assert obeyed(logged) == []
    assert logged.splitlines()[0].endswith(rf"ERROR {ESCAPED}\nERROR forged")


def test_commands_escape_names_of_files_and_reasons(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "b\x1b[31m\u202ed.jsonl"
    path.write_text(
        '{"type": "paper", "title": "A \\u001b[2J title", "authors": [{"name": "\\u202eAda Holm"}]}\n{"type": "\\u009b1m"}'
    )
    with pytest.raises(SystemExit, match="1"):
        main(["ingest", "records", str(path), "--store", str(tmp_path / "store")])
    shown = capsys.readouterr()
    with pytest.raises(SystemExit, match="3"):
        main(["ingest", "records", f"{path}.gone", "--store", str(tmp_path / "store")])
    gone = capsys.readouterr()
    assert obeyed(shown.out + shown.err + gone.out + gone.err) == []
    assert r"b\x1b[31m\u202ed.jsonl" in shown.err
    assert r"b\x1b[31m\u202ed.jsonl.gone is not there" in gone.err
