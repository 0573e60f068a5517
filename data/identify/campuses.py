"""Systems of universities: the place behind their name tells which university it is."""

from functools import cache

from byline.data.identify.abbreviations import key
from byline.graph.text import words

# Systems of several campuses: the place behind the name tells which; one of these places alone is the name's own.
_CAMPUSES = """
University of California:
State University of New York:
California State University:
University of Texas: Austin
University of Texas System:
University of Illinois: Urbana, Champaign, Urbana-Champaign
University of Wisconsin: Madison
University of Maryland: College Park
University of Michigan: Ann Arbor
University of Minnesota: Minneapolis, St Paul
University of Massachusetts: Amherst
University of North Carolina: Chapel Hill
University of Colorado: Boulder
University of Tennessee: Knoxville
University of Alabama: Tuscaloosa
University of Missouri: Columbia
University of Nebraska: Lincoln
University of Arkansas: Fayetteville
University of Hawaii: Honolulu
University of Houston: Houston
University of Alaska: Fairbanks
University of Nevada: Reno
Indiana University: Bloomington
Purdue University: West Lafayette
Pennsylvania State University: University Park, State College
Louisiana State University: Baton Rouge
Texas A&M University: College Station
Washington University: St Louis, Saint Louis
Rutgers University: New Brunswick, Piscataway
Indian Institute of Technology:
Indian Institutes of Technology:
Indian Institute of Science Education and Research:
National Institute of Technology:
Indian Statistical Institute: Kolkata, Calcutta
Max Planck Institute:
Institute of Technology:
"""


@cache
def campuses() -> dict[tuple[str, ...], frozenset[str]]:
    """The names of systems as keys of words, each with the cities (folded) that are the name's own."""
    lines = (line.partition(":") for line in _CAMPUSES.strip().splitlines())
    return {
        key(name): frozenset(" ".join(words(city)) for city in cities.split(",") if city.strip()) for name, _, cities in lines
    }
