"""Names, titles and places for the rich graph. Nobody and nothing here is real."""

# The first people, one a script or a spelling that software gets wrong.
SCRIPTS = [
    "Zoë Åkesson", "Ольга Ветрова", "李 明", "Łucja Wiśniewska", "Þórunn Óskarsdóttir", "Nguyễn Thị Lan", "Fionn O'Dowd",
    "أمل حداد", "José Peña", "Jose\u0301 Pen\u0303a", "Mei Lin", "Ada de la Cruz-Ibáñez", "İpek Işık", "Straße Müller",
    "A. B. Çelik",
]  # fmt: skip
GIVEN = [
    "Anna", "Bruno", "Carla", "Dinesh", "Edda", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Kemi", "Lars", "Mina", "Noor",
    "Otto", "Priya", "Quinn", "Rosa", "Sven", "Tomo",
]  # fmt: skip
FAMILY = [
    "Abel", "Brandt", "Castro", "Dubois", "Eriksen", "Fontana", "Gupta", "Haas", "Ivanov", "Jensen", "Kato", "Lund",
    "Moreau", "Novák", "Okafor", "Petrov", "Quist", "Rossi", "Sato", "Tanaka",
]  # fmt: skip

# code: (name, parent); three levels, two codes that end alike, one that holds nothing.
CATEGORIES: dict[str, tuple[str, str | None]] = {
    "cs": ("Computer Science", None),
    "cs.CL": ("Computation and Language", "cs"),
    "cs.CL.MT": ("Machine Translation", "cs.CL"),
    "cs.LG": ("Machine Learning", "cs"),
    "stat": ("Statistics", None),
    "stat.ML": ("Machine Learning", "stat"),
    "stat.AP": ("Applications", "stat"),
    "physics": ("Physics", None),
    "physics.AP": ("Applied Physics", "physics"),
    "other.CL": ("Another Classification's CL", None),
    "math.empty": ("Nothing Yet", None),
}

# key: (names, country, ROR); two share a name, the last has no papers.
INSTITUTIONS: dict[str, tuple[tuple[str, ...], str | None, str | None]] = {
    "oslo": (("University of the Fjord", "UFjord", "Fjord Univ."), "NO", "05abc1234"),
    "lagos": (("Lagoon Polytechnic",), "NG", "05abc1235"),
    "kyoto": (("湖畔大学", "Lakeside University"), "JP", "05abc1236"),
    "basel": (("Université du Rhin", "Rhine University"), "CH", None),
    "physics-1": (("Institute of Physics",), "DE", None),
    "physics-2": (("Institute of  Physics.",), "PL", None),
    "company": (("deepfield",), None, None),
    "lab": (("Łódź Lab & Sons", "Lodz Lab"), "PL", "05abc1237"),
    "austin": (("Prairie State",), "US", "05abc1238"),
    "ghost": (("College of Nowhere",), "US", None),
}

# key: (names, type, ISSN); two share a name, the last has no papers.
VENUES: dict[str, tuple[tuple[str, ...], str | None, str | None]] = {
    "tides": (("Journal of Tides", "J. Tides"), "journal", "1550-7998"),
    "letters": (("Łódź Letters", "Lodz Letters"), "journal", None),
    "conference": (("Conference on Words",), "conference", None),
    "preprints": (("Preprints of the Fjord",), "repository", "2331-8422"),
    "namesake": (("Annals",), None, None),
    "namesake-2": (("ANNALS.",), "series", None),
    "unused": (("Annals of Nothing",), "book", None),
}

QUESTIONS = [
    "A Note on", "Notes towards", "Learning", "Measuring", "Why We Need", "On the Limits of", "Revisiting", "Fast",
    "Towards Better", "Ångström-Scale", "étude of", "The Cost of",
]  # fmt: skip
SUBJECTS = [
    "Parsing", "Word Order", "Attention", "Graph Search", "Alignment", "Spelling", "Memory", "Sampling", "Naïve Bayes",
    "Tides", "Crystals", "Translation by Ear", "Small Models", "Long Sentences",
]  # fmt: skip
# Repeated on purpose, with what breaks escaping.
TITLES = [
    'Quotes " and \\ back\\slashes', "$\\alpha$-Decay of {TeX} in Titles", "Tab\tand 🦉 and \u2028 separator", "Preface",
    "深層学習について",
]  # fmt: skip
PRINTED_TWICE = "Two Hats, One Head"
ABSTRACTS = [
    "We count things that others guessed.",
    "A method, a table and a caveat: the caveat is the result.",
    "Größe matters less than Übung; we show it on three made-up tasks.\nA second line follows.",
    "Long abstracts exist. " * 12,
]
