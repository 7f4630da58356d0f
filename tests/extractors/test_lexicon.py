"""The ontology's example sentences, run: every decision type and every limit cue finds what it says it finds."""

import pytest
from spacy.language import Language

from kg.extractors.actors import build_actor_index
from kg.extractors.cued_limits import find_limits
from kg.extractors.decisions import find_acts
from kg.ontology import load_ontology

ONTOLOGY = load_ontology()
TYPES = [(concept.iri, concept.type, text) for concept in ONTOLOGY.concepts.values() for text in concept.examples]
ENTRIES = [
    (entry.iri, entry.type, text) for entry in ONTOLOGY.decision_entries for text in entry.examples if entry.type
]
CUES = [(cue.iri, cue.effect, text) for cue in ONTOLOGY.constraint_cues for text in cue.examples]


def test_every_type_and_every_cue_has_an_example() -> None:
    assert not [concept.iri for concept in ONTOLOGY.concepts.values() if not concept.examples]
    assert not [cue.iri for cue in ONTOLOGY.constraint_cues if not cue.examples]


@pytest.mark.model
@pytest.mark.parametrize(("iri", "kind", "text"), TYPES + ENTRIES)
def test_example_states_its_decision(iri: str, kind: str, text: str, nlp: Language) -> None:
    doc = nlp(text)
    found = {act.type.value for act in find_acts(doc, ONTOLOGY, build_actor_index(doc, ONTOLOGY))}
    assert kind in found, f"{iri}: {text!r} gives {sorted(found)}"


@pytest.mark.model
@pytest.mark.parametrize(("iri", "effect", "text"), CUES)
def test_example_states_its_limit(iri: str, effect: str, text: str, nlp: Language) -> None:
    found = {limit.effect.value for limit in find_limits(nlp(text), ONTOLOGY)}
    assert found, f"{iri}: no limit in {text!r}"
