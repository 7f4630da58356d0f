"""Who is taken for whom, why, and who is not."""

import pytest

from kg.fusion.actors import FusedActor, resolve_actors
from kg.fusion.affiliations import find_state
from kg.fusion.lookup import Lookup
from kg.fusion.names import compare_forms, parse_name
from kg.fusion.parties import compare_parties, parse_parties
from kg.fusion.phrases import compare_spellings
from kg.fusion.records import ActorRecord

KG = "https://w3id.org/decision-kg/actor/"


def make_actor(number: int, *names: str, kind: str = "person", state: str = "", anonymous: bool = False) -> ActorRecord:
    iri = f"https://e.example/{number}"
    return ActorRecord(iri=iri, article=f"a{number}", names=names, kind=kind, state=state, anonymous=anonymous)


def resolve(lookup: Lookup, *actors: ActorRecord) -> list[FusedActor]:
    """The fused actor of each, in the order given."""
    fused = resolve_actors(actors, lookup)
    return [fused[actor.iri] for actor in actors]


@pytest.mark.parametrize(
    ("one", "other", "kind", "reason"),
    [
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy", "person", "transliteration"),
        ("Dmitri A. Medvedev", "Dmitry Medvedev", "person", "transliteration"),
        ("Ada Lund", "A. Lund", "person", "initials"),
        ("President Ada Lund", "Ada Lund", "person", "same-name"),
        ("Looply Inc", "Looply", "organisation", "same-name"),
        ("Harbour Safety Board", "HSB", "organisation", "acronym"),
        ("Ministry of Tolls", "Tolls Ministry", "organisation", "same-words"),
    ],
)
def test_names_of_one_party(lookup: Lookup, one: str, other: str, kind: str, reason: str) -> None:
    match = compare_forms(parse_name(one, kind, lookup), parse_name(other, kind, lookup))
    assert match
    assert match.reason == reason
    first, second = resolve(lookup, make_actor(1, one, kind=kind), make_actor(2, other, kind=kind))
    assert first.iri == second.iri


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Helen Marsh", "Daniel Marsh", "person"),
        ("Ada Lund", "Ada Lunde", "person"),
        ("Valley Radio", "Valley Rail", "organisation"),
        ("Iran", "Iraq", "state"),
        ("Austria", "Australia", "state"),
    ],
)
def test_names_of_two_parties(lookup: Lookup, one: str, other: str, kind: str) -> None:
    first, second = resolve(lookup, make_actor(1, one, kind=kind), make_actor(2, other, kind=kind))
    assert first.iri != second.iri


def test_surname_joins_its_only_bearer(lookup: Lookup) -> None:
    full, bare = resolve(lookup, make_actor(1, "Helen Marsh"), make_actor(2, "Marsh"))
    assert full.iri == bare.iri
    assert {link.reason for link in full.links} == {"same-name", "surname"}


def test_surname_of_two_bearers_joins_neither(lookup: Lookup) -> None:
    helen, daniel, bare = resolve(
        lookup, make_actor(1, "Helen Marsh"), make_actor(2, "Daniel Marsh"), make_actor(3, "Marsh")
    )
    assert len({helen.iri, daniel.iri, bare.iri}) == 3


def test_surname_and_initials_of_one_bearer_join(lookup: Lookup) -> None:
    names = ("Helen Marsh", "H. Marsh", "Marsh")
    found = resolve(lookup, *(make_actor(number, name) for number, name in enumerate(names)))
    assert len({actor.iri for actor in found}) == 1


def test_initials_of_two_bearers_join_neither(lookup: Lookup) -> None:
    names = ("Helen Marsh", "Hugh Marsh", "H. Marsh")
    found = resolve(lookup, *(make_actor(number, name) for number, name in enumerate(names)))
    assert len({actor.iri for actor in found}) == 3


def test_capitals_and_spellings_are_known_states(lookup: Lookup) -> None:
    names = ("Kiev", "Kyiv", "Ukraine")
    found = resolve(lookup, *(make_actor(n, name, kind="state") for n, name in enumerate(names)))
    assert {actor.iri for actor in found} == {KG + "UA"}


def test_anonymous_sources_of_equal_words_stay_apart(lookup: Lookup) -> None:
    actors = [make_actor(n, "three officials", kind="group", anonymous=True) for n in (1, 2)]
    first, second = resolve(lookup, *actors)
    assert first.iri != second.iri


def test_government_parts_are_compatible_but_not_one(lookup: Lookup) -> None:
    president = make_actor(1, "Luc Arnaud", state=KG + "FR")
    state = make_actor(2, "France", kind="state")
    team = make_actor(3, "the Arnaud administration", kind="organisation")
    office = make_actor(4, "the French transport ministry", kind="organisation")
    assert len({actor.iri for actor in resolve(lookup, president, state, team, office)}) == 4
    parties = [parse_parties([actor], lookup, states={}) for actor in (president, state, team, office)]
    assert compare_parties(parties[0], parties[1]) >= 0.8
    assert compare_parties(parties[0], parties[2]) >= 0.8
    assert compare_parties(parties[1], parties[3]) >= 0.8
    assert compare_parties(parties[1], parse_parties([make_actor(5, "Spain", kind="state")], lookup, states={})) == 0


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("French President Luc Arnaud spoke.", "FR"),
        ("The ship left France. President Arnaud spoke.", ""),
        ("French President Arnaud met. German Chancellor Arnaud left.", ""),
        ("In Norway, Arnaud spoke.", ""),
    ],
)
def test_office_as_the_article_shows_it(lookup: Lookup, text: str, state: str) -> None:
    assert find_state("Arnaud", text, lookup) == (KG + state if state else "")


@pytest.mark.parametrize(
    ("one", "other"), [("zelensky", "zelenskiy"), ("kharkov", "kharkiv"), ("mohammed", "muhammad")]
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert compare_spellings(one, other)


@pytest.mark.parametrize(("one", "other"), [("marsh", "march"), ("iran", "iraq"), ("smith", "smits"), ("li", "lee")])
def test_names_that_only_look_alike(one: str, other: str) -> None:
    assert not compare_spellings(one, other)


@pytest.mark.parametrize(
    ("one", "other", "kind", "least"),
    [
        ("NATO", "NATO countries", "organisation", 0.8),
        ("Norges Bank", "Norway's central bank", "organisation", 0.8),
        ("European Union", "EU antitrust regulators", "organisation", 0.8),
        ("Norway", "the Norwegian parliament", "organisation", 0.8),
        ("Judge Maria Holt", "a court", "person", 0.5),
        ("Australia", "government", "state", 0.5),
    ],
)
def test_powers_act_by_their_organs_and_members(lookup: Lookup, one: str, other: str, kind: str, least: float) -> None:
    parties = [
        parse_parties([make_actor(n, name, kind=kind)], lookup, states={}) for n, name in enumerate((one, other))
    ]
    assert compare_parties(*parties) >= least


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("US", "Republican Party"),
        ("US", "US allies"),
        ("Russia", "Russian farmers"),
        ("European Commission", "World Bank"),
        ("NATO", "European Union"),
    ],
)
def test_what_only_belongs_to_a_power_does_not_act_for_it(lookup: Lookup, one: str, other: str) -> None:
    parties = [
        parse_parties([make_actor(n, name, kind="organisation")], lookup, states={})
        for n, name in enumerate((one, other))
    ]
    assert compare_parties(*parties) < 0.3
