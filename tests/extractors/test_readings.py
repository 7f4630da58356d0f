"""Readings: the types and the status that a trigger may have, by grammar and heads, on hand-built documents."""

from dataclasses import replace

import pytest
from heads import evoke
from spacy.tokens import Doc
from tables import read_table

from kg.extractors.actors import build_actor_index
from kg.extractors.decisions import list_proposals
from kg.extractors.evidence import Evidence
from kg.extractors.factuality import judge_factuality
from kg.extractors.proposals import judge_proposals
from kg.extractors.readings import Reading, list_readings
from kg.extractors.status_features import describe_status, weigh_status
from kg.extractors.surroundings import read_surroundings
from kg.extractors.triggers import find_triggers
from kg.model import DecisionType, Status
from kg.ontology import Ontology

BANNED = """
    Oslo Oslo NNP PROPN nsubj 1 GPE
    banned ban VBD VERB ROOT 1
    whaling whaling NN NOUN obj 1
    . . . PUNCT punct 1
"""
NOT_LET = """
    Oslo Oslo NNP PROPN nsubj 3 GPE
    did do VBD AUX aux 3
    not not RB PART advmod 3
    allow allow VB VERB ROOT 3
    whaling whaling NN NOUN obj 3
    . . . PUNCT punct 3
"""
IF_BANNED = """
    If if IN SCONJ mark 2
    Oslo Oslo NNP PROPN nsubj 2 GPE
    bans ban VBZ VERB advcl 5
    whaling whaling NN NOUN obj 2
    boats boat NNS NOUN nsubj 5
    leave leave VBP VERB ROOT 5
    . . . PUNCT punct 5
"""


def read(table: str, ontology: Ontology, heads: str = "", chance: float = 1.0) -> tuple[Doc, Evidence, list[Reading]]:
    doc = read_table(table)
    lemma = "allow" if "allow" in table else "ban"
    evidence = evoke(doc, lemma, heads, chance=chance) if heads else Evidence(scores=None)
    return doc, evidence, list_readings(find_triggers(doc, ontology, evidence), evidence)


def types_of(readings: list[Reading]) -> list[str]:
    return [reading.factuality.type.value for reading in readings]


@pytest.mark.parametrize(
    ("heads", "chance", "types"),
    [
        ("", 1.0, ["prohibit"]),
        ("prohibit", 0.9, ["prohibit"]),
        ("warn", 0.9, ["prohibit", "warn"]),
        ("warn", 0.05, ["prohibit"]),
    ],
)
def test_what_the_heads_see_is_read_beside_the_lexicon(
    heads: str, chance: float, types: list[str], ontology: Ontology
) -> None:
    assert types_of(read(BANNED, ontology, heads, chance)[2]) == types


def test_not_letting_is_forbidding_whoever_reads_it(ontology: Ontology) -> None:
    assert types_of(read(NOT_LET, ontology)[2]) == ["prohibit"]
    assert types_of(read(NOT_LET, ontology, "permit")[2]) == ["prohibit"]


@pytest.mark.parametrize(("chance", "types"), [(0.6, []), (0.9, ["prohibit"])])
def test_what_is_supposed_is_read_only_where_the_heads_are_sure(
    chance: float, types: list[str], ontology: Ontology
) -> None:
    assert types_of(read(IF_BANNED, ontology)[2]) == []
    assert types_of(read(IF_BANNED, ontology, "prohibit", chance)[2]) == types


def test_one_word_makes_one_proposal_of_the_likelier_type(ontology: Ontology) -> None:
    doc, evidence, readings = read(BANNED, ontology, "warn", 0.9)
    index = build_actor_index(doc, ontology)
    (proposal,) = list_proposals(doc, ontology, index, evidence=evidence)
    assert len(readings) == 2
    other = next(r.factuality for r in readings if r.factuality.type is not proposal.type)
    surroundings = read_surroundings(doc, [proposal, replace(proposal, factuality=other)], headline_end=0)
    one, two = judge_proposals(surroundings, evidence)
    assert one > two


def test_the_status_is_seen_at_word_action_predicate_and_sentence(ontology: Ontology) -> None:
    doc, evidence, (reading,) = read(BANNED, ontology, "prohibit")
    rule = judge_factuality(reading.trigger)
    assert weigh_status(reading.trigger, reading.arguments, rule, rule.type, Evidence(scores=None)) is None
    sight = weigh_status(reading.trigger, reading.arguments, rule, rule.type, evidence)
    assert sight is not None
    assert sight.places == ((1, 2), (2, 3), (1, 2), (0, len(doc)))
    made = len(Status)
    assert sight.evidence[made : 2 * made] == (1.0, 0.0, 0.0, 0.0)


def test_the_features_of_a_status_tell_negation_and_both_types(ontology: Ontology) -> None:
    _, _, (reading,) = read(NOT_LET, ontology)
    rule = judge_factuality(reading.trigger)
    features = set(describe_status(reading.trigger, rule, DecisionType.PROHIBIT))
    assert {"negated=True,prohibit", "types=permit,prohibit", "rule=made"} <= features
