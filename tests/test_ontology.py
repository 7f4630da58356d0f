"""The loader: what it reads, and what it refuses with a reason."""

from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.ontology import KG, LEXICON, Ontology, load_ontology

PREFIXES = """
@prefix kg: <https://w3id.org/decision-kg/ontology#> .
@prefix lex: <https://w3id.org/decision-kg/lexicon/> .
@prefix actor: <https://w3id.org/decision-kg/actor/> .
@prefix place: <https://w3id.org/decision-kg/place/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix ontolex: <http://www.w3.org/ns/lemon/ontolex#> .
@prefix lexinfo: <http://www.lexinfo.net/ontology/3.0/lexinfo#> .
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

SAMPLE = """
kg:RecipientAction a kg:Frame .
kg:Dative a kg:Frame .
kg:Licensing rdfs:subClassOf kg:Permit ; rdfs:label "licensing" ; skos:example "The port licensed the ferry." .
lex:license a kg:DecisionEntry ; rdfs:label "license" ; skos:altLabel "licence" ; lexinfo:partOfSpeech lexinfo:verb ;
    ontolex:evokes kg:Licensing ; kg:frame kg:RecipientAction ; kg:weight 0.9 ; kg:notObject "driver" .
lex:green-light a kg:DecisionEntry ; rdfs:label "give the green light"@en ; lexinfo:partOfSpeech lexinfo:verb ;
    ontolex:evokes kg:Permit ; kg:frame kg:Dative .
lex:letter a kg:DecisionEntry ; rdfs:label "letter of intent" ; lexinfo:partOfSpeech lexinfo:noun ;
    ontolex:evokes kg:Commit ; kg:impliesStatus kg:Considered .
lex:lift a kg:DecisionEntry ; rdfs:label "lift" ; lexinfo:partOfSpeech lexinfo:verb ; kg:operator kg:Reverse ;
    kg:object "ban", "embargo" .
lex:other-than a kg:ConstraintCue ; rdfs:label "other than" ; kg:cuePattern kg:Preposition ; kg:effect kg:Except .
lex:until a kg:ConstraintCue ; rdfs:label "until" ; kg:cuePattern "subordinator" ; kg:effect kg:Only ;
    kg:constraintKind kg:Temporal .
lex:interview a kg:ReportingCue ; rdfs:label "in an interview with" ; lexinfo:partOfSpeech lexinfo:phrase ;
    kg:commitment "certain" ; kg:channel true .
actor:FR a kg:KnownActor ; rdfs:label "France" ; skos:altLabel "French Republic" ; kg:actorKind kg:State ;
    kg:demonym "French" ; kg:metonym "Paris", "Elysée" ; kg:isoCode "FR" ; skos:exactMatch wd:Q142 .
actor:FR-bank a kg:KnownActor ; rdfs:label "Bank of France" ; kg:actorKind kg:Organisation ; kg:partOf actor:FR ;
    kg:noun "bank" .
actor:US a kg:KnownActor ; rdfs:label "United States" ; skos:altLabel "US", "America" ; kg:actorKind kg:State .
actor:one a kg:KnownActor ; rdfs:label "Daily Post" ; skos:altLabel "the Post" ; kg:actorKind kg:Organisation ;
    kg:outlet true .
actor:two a kg:KnownActor ; rdfs:label "Evening Post" ; skos:altLabel "the Post" ; kg:actorKind kg:Organisation .
place:lyon a kg:KnownPlace ; rdfs:label "Lyon" ; skos:altLabel "Lyons" ; kg:partOf actor:FR .
lex:premier a kg:Office ; rdfs:label "prime minister" ; skos:altLabel "premier" ; kg:role "head" .
"""


def load_text(folder: Path, text: str) -> Ontology:
    """An ontology of this text alone."""
    file = folder / "mine.ttl"
    file.write_text(PREFIXES + text, encoding="utf-8")
    return load_ontology(file, bundled=False)


@pytest.fixture
def ontology(tmp_path: Path) -> Ontology:
    """The sample above."""
    return load_text(tmp_path, SAMPLE)


def test_decision_entries_have_type_of_their_root(ontology: Ontology) -> None:
    entry = ontology.decision_entries_by_lemma["license"][0]
    assert (entry.evokes, entry.type, entry.frame, entry.weight) == (KG + "Licensing", "permit", "RecipientAction", 0.9)
    assert entry.not_objects == ("driver",)
    assert ontology.concepts[KG + "Licensing"].examples == ("The port licensed the ferry.",)


def test_further_spellings_are_further_entries(ontology: Ontology) -> None:
    assert ontology.decision_entries_by_lemma["licence"][0].iri == ontology.decision_entries_by_lemma["license"][0].iri


def test_heads_of_multiword_labels(ontology: Ontology) -> None:
    assert ontology.decision_entries_by_lemma["give"][0].lemmas == ("give", "the", "green", "light")
    assert ontology.decision_entries_by_lemma["letter"][0].status == "considered"


def test_operator_without_type(ontology: Ontology) -> None:
    entry = ontology.decision_entries_by_lemma["lift"][0]
    assert (entry.operator, entry.type, entry.objects) == ("reverse", "", ("ban", "embargo"))


def test_cues(ontology: Ontology) -> None:
    until = ontology.constraint_cues_by_word["until"][0]
    assert (until.pattern, until.effect, until.kind) == ("subordinator", "only", "temporal")
    assert ontology.constraint_cues_by_word["other"][0].words == ("other", "than")
    cue = ontology.reporting_cues_by_lemma["in"][0]
    assert (cue.channel, cue.commitment, cue.pos) == (True, "certain", "phrase")


def test_known_actors(ontology: Ontology) -> None:
    france = ontology.known_actor_by_name("the french republic")
    assert france is not None
    assert (france.name, france.kind, france.iso) == ("France", "state", "FR")
    assert france.wikidata == "http://www.wikidata.org/entity/Q142"
    assert ontology.known_actor_by_demonym("French") is france
    assert ontology.known_actor_by_metonym("Paris") is france
    assert ontology.known_actor_by_name("U.S.") is ontology.known_actor_by_name("United States")


def test_acronyms_keep_their_case_and_ambiguous_names_find_nothing(ontology: Ontology) -> None:
    assert ontology.known_actor_by_name("us") is None
    assert ontology.known_actor_by_name("the Post") is None
    assert ontology.known_actor_by_name("Daily Post") is not None


def test_places_and_offices(ontology: Ontology) -> None:
    place = ontology.known_place_by_name("Lyons")
    assert place is not None
    assert place.country.endswith("/FR")
    office = ontology.office_by_name("Premier")
    assert office is not None
    assert office.role == "head"


def test_terms_name_the_nearest(ontology: Ontology) -> None:
    assert ontology.term("Permit") == KG + "Permit"
    with pytest.raises(OntologyError, match="did you mean Permit"):
        ontology.term("Premit")


def test_version_is_of_content_alone(tmp_path: Path, ontology: Ontology) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    lines = SAMPLE.strip().split(" .\n")
    again = load_text(folder, " .\n".join(reversed([line.removesuffix(" .") for line in lines])) + " .\n")
    assert again.version == ontology.version
    assert load_text(folder, SAMPLE + "kg:Other a kg:Frame .").version != ontology.version
    assert load_text(folder, SAMPLE) is not None


def test_equal_contents_give_the_same_object(tmp_path: Path, ontology: Ontology) -> None:
    assert load_text(tmp_path, SAMPLE) is ontology


def test_blank_nodes_do_not_disturb_the_version(tmp_path: Path) -> None:
    text = SAMPLE + 'kg:Extra a kg:Frame ; rdfs:seeAlso [ rdfs:label "x" ] .'
    first = load_text(tmp_path, text).version
    assert load_text(tmp_path, text + "\n").version == first


VERB = 'a kg:DecisionEntry ; rdfs:label "hike" ; lexinfo:partOfSpeech lexinfo:verb'
CUE = 'a kg:ConstraintCue ; rdfs:label "solely"'


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (f"{VERB} ; ontolex:evokes kg:Permitt", r"kg:Permitt, which is no decision type \(did you mean kg:Permit\?\)"),
        (f"{VERB}", "neither ontolex:evokes nor kg:operator"),
        (f"{VERB} ; kg:operator kg:Flip", "kg:operator is .*allowed: one of support, reverse, keep, receive"),
        (f"{VERB} ; ontolex:evokes kg:Permit ; kg:frame kg:Nothing", "kg:frame kg:Nothing; allowed: kg:Dative"),
        (f"{VERB} ; ontolex:evokes kg:Permit ; kg:weight 3", "allowed: a number from 0 to 1"),
        (f"{VERB} ; ontolex:evokes kg:Permit ; kg:object kg:Permit", "kg:object is .*not a literal"),
        (f"{VERB} ; ontolex:evokes kg:Permit ; kg:impliesStatus kg:Maybe", "allowed: one of made, considered"),
        (f"{VERB} ; ontolex:evokes kg:Permit ; kg:wieght 1", r"kg:wieght is no property.*did you mean weight\?"),
        (f"{VERB} ; ontolex:evokes kg:Permit, kg:Warn", "ontolex:evokes has 2 values"),
        ('a kg:DecisionEntry ; rdfs:label "hike" ; ontolex:evokes kg:Permit', "lexinfo:partOfSpeech is missing"),
        ("a kg:DecisionEntry ; lexinfo:partOfSpeech lexinfo:verb ; ontolex:evokes kg:Permit", "no written form"),
        ('a ontolex:LexicalEntry ; rdfs:label "hike"', "a lexical entry of no known kind"),
        (f'{CUE} ; kg:cuePattern "adverb"', "kg:effect is missing"),
        (f'{CUE} ; kg:cuePattern "adverb" ; kg:effect "often"', "allowed: one of only, except, requires"),
        (f'{CUE} ; kg:cuePattern "odd" ; kg:effect kg:Only', "kg:cuePattern is .*allowed: one of preposition"),
        (f'{CUE} ; kg:cuePattern "adverb" ; kg:effect kg:Only ; kg:constraintKind "x"', "kg:constraintKind is"),
        ('a kg:ReportingCue ; rdfs:label "say" ; lexinfo:partOfSpeech "verb" ; kg:channel "maybe"', "kg:channel is"),
        ('a kg:KnownActor ; rdfs:label "X"', "kg:actorKind is missing; allowed: one of person, organisation"),
        ("a kg:KnownActor ; kg:actorKind kg:State", "no name or an empty one"),
        ('a kg:KnownActor ; rdfs:label "X" ; kg:actorKind kg:State ; kg:partOf lex:y', "no declared kg:KnownActor"),
        ('a kg:Office ; rdfs:label "X" ; kg:role "cook"', "kg:role is .*allowed: one of head"),
    ],
)  # fmt: skip
def test_bad_entries_are_refused_with_name_file_and_reason(tmp_path: Path, entry: str, reason: str) -> None:
    with pytest.raises(OntologyError, match=reason) as caught:
        load_text(tmp_path, f"{SAMPLE}\nlex:bad {entry} .\n")
    assert "lex:bad (mine.ttl)" in str(caught.value)
    assert LEXICON not in str(caught.value).split(":", 2)[0]


def test_two_roots_are_refused(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"kg:Both \(mine.ttl\): stands below several decision types"):
        load_text(tmp_path, "kg:Both rdfs:subClassOf kg:Permit, kg:Warn .")


def test_unreadable_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="no such file or folder"):
        load_ontology(tmp_path / "none.ttl")
    with pytest.raises(OntologyError, match=r"mine\.ttl: not readable as Turtle"):
        load_text(tmp_path, "this is : not turtle")


@pytest.fixture(scope="module")
def bundled() -> Ontology:
    """What ships."""
    return load_ontology()


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("the US", "United States"),
        ("U.K.", "United Kingdom"),
        ("the Kremlin", "Kremlin"),
        ("Pentagon", "US Department of Defense"),
        ("ECB", "European Central Bank"),
        ("The Hill", "The Hill"),
        ("Hill", None),
        ("who", None),
        ("Supreme Court", None),
    ],
)
def test_bundled_actor_names(bundled: Ontology, name: str, label: str | None) -> None:
    actor = bundled.known_actor_by_name(name)
    assert (actor.name if actor is not None else None) == label


def test_every_state_has_its_code_and_adjective_and_no_name_is_claimed_twice(bundled: Ontology) -> None:
    states = [actor for actor in bundled.known_actors.values() if actor.iso]
    assert len(states) > 190
    assert all(actor.kind == "state" and actor.wikidata for actor in states)
    assert sum(bool(actor.demonyms) for actor in states) > 180
    for table in (bundled.actor_names, bundled.actor_metonyms, bundled.actor_demonyms, bundled.office_names):
        assert [name for name, entry in table.entries.items() if entry is None] == []


def test_part_of_leads_to_a_state_without_a_circle(bundled: Ontology) -> None:
    for actor in bundled.known_actors.values():
        seen, current = {actor.iri}, actor
        while current.part_of:
            current = bundled.known_actors[current.part_of]
            assert current.iri not in seen
            seen.add(current.iri)


@pytest.mark.parametrize(("one", "other"), [("Kiev", "Kyiv"), ("Kharkov", "Kharkiv"), ("Bombay", "Mumbai")])
def test_spellings_of_a_place_are_one_place(bundled: Ontology, one: str, other: str) -> None:
    place = bundled.known_place_by_name(one)
    assert place is not None
    assert place is bundled.known_place_by_name(other)


def test_metonyms_adjectives_and_nouns(bundled: Ontology) -> None:
    paris = bundled.known_actor_by_metonym("Paris")
    assert paris is not None
    assert paris is bundled.known_actor_by_demonym("French")
    assert bundled.noun_kinds["ministry"] == "organisation"
    assert bundled.noun_kinds["minister"] == "person"
    assert "decision" not in bundled.noun_kinds
