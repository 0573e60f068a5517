"""Ordinary names: what nearly every printed name is, told apart quickly from what needs a closer look."""

import re

from byline.data.remembered import remembered
from byline.data.text.mojibake import MANGLED

# Letters, initials, hyphens and apostrophes, and none of the words below.
_LETTERS = (
    "A-Za-z\xc0-\xd6\xd8-\xf6\xf8-\u024f\u0300-\u036f\u0370-\u03ff\u0400-\u04ff"
    # Arabic without its commas and digits.
    "\u0620-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u06ff"
    "\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
)
_ORDINARY = re.compile(rf"[{_LETTERS}][{_LETTERS} .'’‐–-]*").fullmatch
_SUSPECT = re.compile(rf"{MANGLED.pattern}|[他等外外人かど]$").search
# Words that stand in lists of authors without being a name, and suffixes.
_LISTED = """
al al. alii others other others. and und & et with for from by collaboration collaborations collab. collab consortium
consortia team teams group groups project contributors investigators workgroup force initiative partnership alliance
experiment experiments committee network jr jr. sr sr. ii iii iv phd md m.d. ph.d. msc mph dphil dsc prof prof. professor
dr dr. mr. mrs. ms. ing. dipl. anonymous anon anon. withdrawn unknown none n.a na nil null tba author authors various
editor editors eds eds. ed. etc etc. coworkers co-workers colleagues coauthors co-authors collaborators more andere
weitere otros otras autres outros altri anderen andra andre inni u.a. coll. cols. col. др др. другие ін. in. fl. m.fl.
kol. sur. etal etal. et-al et-al. mfl. wsp. współpr. ark ark. diğerleri muut colaboradores collaboratori collaborateurs
соавт соавт. соавторы
آخرون آخرين وآخرون وآخرين وغيرهم دیگران همکاران など u.v.a.
overlay links equally edited appendix prepared commented translated listed show participants members on
representing contributed corresponding available institute institut instituto istituto university universität université
università universidad universidade department dept. laboratory academy school college center centre hospital foundation
'and' "and" ecole école
corporation gmbh ltd ltd. inc. inc organization organisation faculty ministry society association ieee member fellow ph. and/or
"""
_WORDS = frozenset(_LISTED.split())
# Three and more names with initials, one behind the other without any sign between them.
_INITIALED = (
    r"(?:[A-Z\xc0-\xde]\.[\s-]?)+\s?(?:(?:[Dd]e|[Dd]el|[Dd]i|[Dd]a|[Vv]an|[Vv]on|[Dd]er|[Ll]a)\s)*[^\W\d_][\w'’-]*[^\W\d_]"
)
RUN_ON = re.compile(rf"{_INITIALED}(?:\s{_INITIALED}){{2,}}")
INITIALED = re.compile(_INITIALED)
_LONG = 60
# An "et al." of some languages, or nobody, where it is the whole of an entry and not the initials of a name; blanks left out.
_ABBREVIATED = frozenset(("u.a.", "u.v.a.", "u.a.m.", "e.a.", "a.o.", "vd.", "v.d.", "y.m.", "ym.", "n.n.", "N.N."))


@remembered(1 << 16)
def ordinary(name: str) -> bool:
    """Whether a name needs no closer look: nearly all do not."""
    if not 1 < len(name) <= _LONG or _ORDINARY(name) is None or not _WORDS.isdisjoint(name.lower().split()):
        return False
    if (len(name) < 10 and name.replace(" ", "") in _ABBREVIATED) or name.endswith((" u. a.", " u. v. a.")):
        return False
    if name.count(".") > 2 and RUN_ON.fullmatch(name):
        return False
    return name.isascii() or _SUSPECT(name) is None
