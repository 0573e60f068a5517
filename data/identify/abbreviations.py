"""Words of institutions as catalogues abbreviate them, and names compared through their abbreviations.

Web of Science prints "Univ Calif Berkeley" and "Chinese Acad Sci"; PubMed "Univ. of", "Inst.", "Hosp.".
"""

from byline.data.remembered import remembered
from byline.graph.text import words

_TABLE = """
academy acad akademie academia akad
advanced adv
agricultural agr agric
american amer
applied appl
association assoc
australian austral
biological biol
biology biol
business bus
california calif
center centre ctr cent centro zentrum
central cent
chemical chem
clinical clin
college coll
computational comp comput
computer comp comput
departement
department dept dep dpto
development dev
division div
economics econ
education educ
electrical elect elec
electronic electron
engineering engn eng engrg
environmental environm environ
european
faculty fac
federal fed
foundation fdn
general gen
geography geog
graduate grad
health hlth
hospital hosp
industrial ind
information informat inf
informatics informat
institute inst institut instituto istituto
international int intl
laboratory lab labs laboratories
library libr
management mgmt
massachusetts mass
materials mat
mathematical
mathematics math maths
mechanical mech
medical med
medicine med
molecular mol
national natl nat nacional nazionale
natural nat
north n
northern no
nuclear nucl
observatory observ
organization org organisation
pennsylvania penn
philosophy philos
physical phys
physics phys
political polit
polytechnic polytech politecnico politecnica
program programme prog
psychology psychol
public publ
regional reg
research res
royal roy
saint st
school sch
science sci
sciences sci
social soc
society soc
south s
southern so
state st
statistics stat
structural struct
studies stud
system syst
systems syst
technical tech
technology technol tech
technological technol tech
theoretical theoret
university univ universitat universite universidad universita universidade universiteit universitet uniwersytet universitaet uni
aeronautics aeronaut
aerospace aerosp
agriculture agr agric
astronomy astron
astrophysics astrophys
atmospheric atmospher
automation automat
behavioral behav
biochemistry biochem
bioinformatics bioinformat
biomedical biomed
biotechnology biotechnol
cardiology cardiol
catholic cathol
chemistry chem
cognitive cognit
communication commun
communications commun
computing comp comput
cybernetics cybernet
ecology ecol
evolutionary evolut
experimental exptl
fundamental fundament
geological geol
geophysics geophys
geosciences geosci
history hist
hygiene hyg
immunology immunol
infectious infect
language lang
languages lang
linguistics linguist
marine mar
metallurgy met
meteorology meteorol
microbiology microbiol
military mil
mining min
museum mus
nanotechnology nanotechnol
neuroscience neurosci
neurosciences neurosci
nursing nurs
oceanography oceanog
oncology oncol
optics opt
pathology pathol
pediatrics pediat
petroleum petr petrol
pharmaceutical pharmaceut
pharmacology pharmacol
pharmacy pharm
physiology physiol
planetary planet
psychiatry psychiat
radiology radiol
rehabilitation rehabil
robotics robot
surgery surg
telecommunications telecommun
toxicology toxicol
traditional tradit
transportation transportat
tropical trop
virology virol
zoology zool
veterinary vet
west w
western
east e
"""
# Words that names are printed with and without.
_SMALL = "of the for and at in de di da do du des der und et la le fur a"
_EMPTY = frozenset(_SMALL.split())

_FULL: dict[str, tuple[str, ...]] = {}
for _line in _TABLE.strip().splitlines():
    _first, *_others = _line.split()
    for _other in _others:
        _FULL[_other] = (*_FULL.get(_other, ()), _first)
# The abbreviation of one word alone is that word.
_ONE = {short: full[0] for short, full in _FULL.items() if len(full) == 1}


@remembered(1 << 16)
def canonical(name: str) -> tuple[str, ...]:
    """The folded words of a name, abbreviations that stand for one word written out."""
    return tuple(_ONE.get(word, word) for word in words(name))


@remembered(1 << 16)
def key(name: str) -> tuple[str, ...]:
    """What names have in common that differ by abbreviations of one meaning and by small words."""
    return tuple(word for word in canonical(name) if word not in _EMPTY)


def heads(plain: tuple[str, ...]) -> tuple[str, ...]:
    """What a key and the same one with its words cut short have in common: the first letter of each word."""
    return tuple(word[0] for word in plain)


def shortens(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether one key is the other with words abbreviated: "chinese academy sci", "chinese academy sciences". Only words of the
    table are: of names of places and people nobody knows what they are cut from ("Northwest" is not "Northwestern")."""
    return len(short) == len(full) and all(
        one == other or other in _FULL.get(one, ()) for one, other in zip(short, full, strict=True)
    )


def meanings(word: str) -> tuple[str, ...]:
    """What an abbreviation may stand for; the word itself where it is none."""
    return _FULL.get(word, (word,))
