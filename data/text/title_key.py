"""What names a paper without an id, and a 64-bit hash of its title by which records that may be one paper are found."""

import re
from hashlib import blake2b

from byline.graph.text import compact, words

# Titles that say what a piece is and not what it is about. They bring no two records together.
_GENERIC = frozenset(
    """
    abstract; abstracts; acknowledgement; acknowledgements; acknowledgment; acknowledgments; advertisement; advertisements;
    announcement; announcements; annual report; appendix; author index; authors index; back matter; bibliography; book review;
    book reviews; books received; briefly noted; call for papers; chair s message; committee; committees; conclusion;
    conclusions; contents; contributors; correspondence; corrections; cover; dedication; discussion; editor s note;
    editorial; editorial board; editorial introduction; editorial note; editors introduction; editors note; editors preface;
    foreword; front cover; front matter; frontmatter; general introduction; general discussion; glossary; guest editorial;
    guest editors introduction; guest editors foreword; highlights; in memoriam; index; interview; introduction;
    introduction to the special issue; introduction to this special issue; invited talk; invited talks; issue information;
    keynote; keynote speech; keynote talk; letter from the editor; letter to the editor; letters; letters to the editor;
    list of contributors; list of reviewers; masthead; message from the chair; message from the chairs; miscellaneous; news;
    notes; notes and comments; notice; notices; obituaries; obituary; open problems; opening remarks; organization;
    organizing committee; overview; panel; panel discussion; poster; posters; preface; president s message; problems;
    proceedings; program; program committee; programme; publications received; reply; report; reports; response; retraction;
    review; reviewers; reviews; session; short notes; special issue; summary; supplement; supplementary material;
    table of contents; title page; tutorial; tutorials; untitled; welcome; welcome message; workshop summary
    """.replace("\n", " ").split(";")
)
_GENERIC = frozenset(" ".join(title.split()) for title in _GENERIC)
# "Erratum: On X" is neither "On X" nor the next erratum to it.
_NOTICE = re.compile(
    r"(?:\w+ ){0,2}(?:erratum|errata|corrigendum|corrigenda|addendum|retraction|retracted|withdrawn|withdrawal)\b"
    r"|(?:(?:author|publisher) corrections?|corrections? to|(?:reply|response|rejoinder) to|comments? on|discussion of)\b"
    r"|.* (?:erratum|errata|corrigendum|corrigenda|addendum)(?: to .*)?$"
)

GENERIC, NOTICE = "a title that many papers have", "an erratum, reply or comment"


def paper_name(title: str, year: int | None, first_author: str) -> str:
    """Title, year and first author, compact. Part of the key of the public id of a paper without other ids."""
    return f"{compact(title)}|{year or ''}|{compact(first_author) if first_author else ''}"


def likeness(title: str) -> int:
    """The hash under which records of one title meet, up to case, accents, punctuation and spacing."""
    return int.from_bytes(blake2b(compact(title).encode(), digest_size=8).digest())


def telling_nothing(title: str) -> str | None:
    """Why a title brings no two records together: GENERIC or NOTICE; None where it may."""
    folded = " ".join(words(title))
    bare = re.sub(r"(?: (?:\d+|[ivxl]+))+$", "", re.sub(r"^the ", "", folded))
    if folded in _GENERIC or bare in _GENERIC:
        return GENERIC
    return NOTICE if _NOTICE.match(folded) else None
