"""What an article is about: articles on one story share more of it than articles of one field."""

import math

from hypothesis import given
from hypothesis import strategies as st
from strategies import LAW

from kg.fusion.lookup import Lookup
from kg.fusion.matter import STRANGE, compare_matters, weigh_matter
from kg.fusion.memory import Memory, encode_matter
from kg.fusion.records import ArticleRecord
from kg.fusion.remembering import remember_article
from kg.ontology import load_ontology

LOOKUP = Lookup(load_ontology())
STRIKE = """Pilots of Nordvind walk out
The airline Nordvind cancelled 140 flights on Friday after its pilots walked out in a row over pensions.
Nordvind said that passengers would be rebooked. The union wants talks on pensions, not on pay."""
SAME_STRIKE = """Pension dispute grounds Nordvind
Nordvind scrapped 140 departures when members of the pilots' union stopped work, in a quarrel about their pensions."""
OTHER_STRIKE = """Ferries idle in Vesta
Sailors of the Vesta Line stopped work on Monday. The company said that crossings to the islands would resume soon."""
texts = st.lists(st.sampled_from(f"{STRIKE} {SAME_STRIKE} {OTHER_STRIKE} 7 1,200 Norway’s U.S. ёж".split())).map(
    " ".join
)


def test_one_story_is_told_from_another_of_its_field() -> None:
    told, same, other = (weigh_matter(text, LOOKUP) for text in (STRIKE, SAME_STRIKE, OTHER_STRIKE))
    assert compare_matters(told, same) > 2 * compare_matters(told, other)
    assert compare_matters(told, same) > STRANGE > compare_matters(same, other)


def test_what_is_said_again_and_again_matters_more() -> None:
    matter = weigh_matter(STRIKE, LOOKUP)
    assert matter["nordvind"] == max(matter.values()) > matter["friday"]


@LAW
@given(texts, texts)
def test_likeness_of_matters_is_that_of_unit_vectors(one: str, other: str) -> None:
    mine, theirs = weigh_matter(one, LOOKUP), weigh_matter(other, LOOKUP)
    assert compare_matters(mine, theirs) == compare_matters(theirs, mine)
    assert 0 <= compare_matters(mine, theirs) <= 1
    assert not mine or math.isclose(compare_matters(mine, mine), 1, abs_tol=0.01)


@LAW
@given(texts)
def test_matter_is_remembered_as_it_was(text: str) -> None:
    matter = weigh_matter(text, LOOKUP)
    memory = Memory(None)
    remember_article(memory, ArticleRecord(iri="https://e.example/a", text=text), "g", matter, {})
    assert memory.read_matter("https://e.example/a") == matter
    assert encode_matter(matter) == encode_matter(memory.read_matter("https://e.example/a"))
