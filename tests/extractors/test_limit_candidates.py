"""Phrases that may word a limit."""

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from tables import read_table

from kg.extractors.actors import build_actor_index
from kg.extractors.decisions import list_proposals
from kg.extractors.evidence import read_evidence
from kg.extractors.limit_candidates import Candidate, find_candidates
from kg.extractors.limit_features import Reach, describe_matter
from kg.extractors.words import read_words
from kg.model import Effect
from kg.ontology import load_ontology

FINE = """
    Chile Chile NNP PROPN nsubj 1 GPE
    imposed impose VBD VERB ROOT 1
    more more JJR ADJ advmod 4
    than than IN ADP fixed 2
    40 40 CD NUM nummod 5
    % % NN SYM compound 6
    tariffs tariff NNS NOUN obj 1
    . . . PUNCT punct 1
"""


BUT_NOT = """
    Chile Chile NNP PROPN nsubj 1 GPE
    lets let VBZ VERB ROOT 1
    them they PRP PRON obj 1
    fish fish VB VERB xcomp 1
    with with IN ADP case 6
    small small JJ ADJ amod 6
    boats boat NNS NOUN obl 3
    but but CC CCONJ cc 9
    not not RB PART advmod 9
    trawlers trawler NNS NOUN conj 6
    . . . PUNCT punct 1
"""


@pytest.mark.parametrize(
    ("before", "phrase", "effect"),
    [
        ("flavours", "except tobacco", Effect.EXCEPT),
        ("flavours", "other than tobacco", Effect.EXCEPT),
        ("strikes", "only near Oslo", Effect.ONLY),
        ("not", "only near Oslo", None),
        ("flavours but not", "tobacco from Chile", Effect.EXCEPT),
        ("not", "tobacco from Chile", None),
        ("strikes", "near Oslo", None),
        ("flavours", "other", None),
    ],
)
def test_first_words_say_how_a_phrase_bounds(before: str, phrase: str, effect: Effect | None) -> None:
    first = len(before.split())
    doc = Doc(spacy.blank("en").vocab, words=[*before.split(), *phrase.split(), "than"])
    candidate = Candidate(head=doc[len(doc) - 2], first=first, end=len(doc) - 1, form="phrase")
    assert candidate.stated_effect is effect


def test_an_amount_before_its_noun_may_be_a_limit() -> None:
    doc = read_words(read_table(FINE))
    found = find_candidates(doc, load_ontology(), read_evidence(doc))
    assert "more than 40 %" in {doc[c.first : c.end].text for c in found if c.form == "number"}


@pytest.mark.parametrize(("word", "is_empty"), [("conditions", True), ("restrictions", True), ("nets", False)])
def test_that_there_are_limits_is_no_limit(word: str, is_empty: bool) -> None:
    rows = ["Chile Chile NNP PROPN nsubj 1", "allowed allow VBD VERB ROOT 1", "fishing fishing NN NOUN obj 1"]
    noun = f"{word} {word.removesuffix('s')} NNS NOUN obl 1"
    doc = read_table("\n".join([*rows, "with with IN ADP case 4", noun, ". . . PUNCT punct 1"]))
    assert Candidate(head=doc[4], first=3, end=5, form="phrase").is_empty is is_empty


def test_a_phrase_with_an_exception_of_its_own_is_no_limit() -> None:
    doc = read_words(read_table(BUT_NOT))
    found = find_candidates(doc, load_ontology(), read_evidence(doc))
    texts = {doc[c.first : c.end].text for c in found if c.form != "cue"}
    assert "with small boats" in texts
    assert not any("boats but" in text for text in texts)


@pytest.mark.model
@pytest.mark.parametrize(("phrase", "share"), [("near Oslo", "all"), ("until May", "none"), ("abroad", "none")])
def test_what_every_telling_has_is_the_matter_of_the_act(phrase: str, share: str, nlp: Language) -> None:
    doc = read_words(nlp(f"Chile has banned boats near Oslo. Boats near Oslo are banned {phrase}, Chile said."))
    ontology = load_ontology()
    proposals = [p for p in list_proposals(doc, ontology, build_actor_index(doc, ontology)) if p.type == "prohibit"]
    first = next(token.i for token in reversed(doc) if token.text == phrase.split()[0])
    candidate = Candidate(head=doc[first], first=first, end=first + len(phrase.split()), form="phrase")
    others = Reach([proposals]).list_elsewhere(candidate, 0)
    assert f"matter={share}" in set(describe_matter(candidate, others, is_near=True))


def test_an_act_told_once_says_nothing_of_its_matter() -> None:
    doc = read_words(read_table(FINE))
    candidate = Candidate(head=doc[4], first=2, end=6, form="number")
    assert "matter=alone" in set(describe_matter(candidate, (), is_near=True))
