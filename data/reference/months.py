"""Months and seasons by name, in the languages in which bibliographies are mostly kept."""

import re
import unicodedata

# Names of the months, January first; a name is known by three letters or more of its beginning where these tell it apart.
_ENGLISH = "january february march april may june july august september october november december"
_OTHERS = (
    "januar februar marz april mai juni juli august september oktober november dezember",
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "januari februari maart april mei juni juli augustus september oktober november december",
)
_SHORTEST = 3
_SEASONS = frozenset(
    (
        *("spring", "summer", "autumn", "fall", "winter", "fruhling", "fruhjahr", "sommer", "herbst"),
        *("printemps", "ete", "automne", "hiver", "primavera", "verano", "otono", "invierno"),
    )
)


def _beginnings() -> dict[str, int]:
    number_of: dict[str, int] = {}
    for line in (*_OTHERS, _ENGLISH):
        for number, name in enumerate(line.split(), start=1):
            number_of |= {name[:length]: number for length in range(_SHORTEST, len(name) + 1)}
    # Three letters that begin two months in one of the languages tell neither ("jui" is juin or juillet).
    return {name: number for name, number in number_of.items() if name != "jui"}


_MONTHS = _beginnings()


def month_named(word: str) -> int | None:
    """The number of a month by its name or a beginning of it ("Sept.", "März"); None where the word is no month."""
    return _MONTHS.get(_folded(word))


def is_season(word: str) -> bool:
    """Whether a word names a part of the year ("Spring")."""
    return _folded(word) in _SEASONS


def _folded(word: str) -> str:
    letters = unicodedata.normalize("NFD", word.strip().lower())
    return re.sub(r"[^a-z]", "", letters)
