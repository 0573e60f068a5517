"""The table of settings: defaults, bad values, and its agreement with the schema's limits."""

from dataclasses import fields

import pytest

from byline.api.settings import Settings, unknown_variables, variable
from byline.graph.errors import WrongUse
from byline.schema.context import Limits


def test_each_setting_has_a_sentence() -> None:
    for name, setting in Settings.model_fields.items():
        assert setting.description, name
        assert setting.description.endswith("."), name


def test_the_schemas_limits_are_settings_with_the_same_defaults() -> None:
    assert Settings().limits() == Limits()
    assert {field.name for field in fields(Limits)} <= set(Settings.model_fields)


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BYLINE_MAX_PAGE", "50")
    assert Settings.read().limits().max_page == 50


def test_an_option_comes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BYLINE_PORT", "9000")
    assert Settings.read(port=9001, host=None).port == 9001


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "high"),
        ("port", "70000"),
        ("workers", "0"),
        ("max_body_bytes", "-1"),
        ("log_level", "loud"),
        ("access_log", "perhaps"),
        ("store", ""),
    ],
)
def test_a_bad_value_names_its_variable_and_says_what_is_right(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(variable(name), value)
    with pytest.raises(WrongUse) as caught:
        Settings.read()
    assert str(caught.value).startswith(f"{variable(name)} is {value!r}: ")
    assert caught.value.hint == Settings.model_fields[name].description


def test_a_default_page_larger_than_the_largest_is_refused() -> None:
    with pytest.raises(WrongUse, match="BYLINE_MAX_PAGE"):
        Settings.read(default_page=50, max_page=10)


@pytest.mark.parametrize("store", ["postgresql://somewhere/graph", "s3://bucket"])
def test_a_store_of_another_sort_is_refused(store: str) -> None:
    with pytest.raises(WrongUse, match="this version keeps a graph in a folder"):
        Settings.read(store=store).folder()


def test_the_processes_that_serve_get_the_same_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings.read(port=9001, access_log=True, store="some folder", allow_origin="")
    for name, value in settings.environment().items():
        monkeypatch.setenv(name, value)
    assert Settings.read() == settings


def test_a_variable_that_is_no_setting_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BYLINE_PROT", "9000")
    assert "BYLINE_PROT" in unknown_variables()
