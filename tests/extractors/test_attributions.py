"""Who said what: grammar on hand-built docs, surface forms with the bundled model."""

import json
from collections.abc import Iterable

import pytest
from conftest import make_doc
from spacy.language import Language
from spacy.tokens import Doc

from kg.extractors.actors import build_actor_index
from kg.extractors.attributions import attribution_row, find_attributions
from kg.model import Article, Attribution, AttributionKind
from kg.ontology import Ontology, load_ontology

EXAMPLES = sorted({(cue.iri, text) for cue in load_ontology().reporting_cues for text in cue.examples})


def attributions(doc: Doc, ontology: Ontology) -> tuple[Attribution, ...]:
    return find_attributions(doc, ontology, build_actor_index(doc, ontology))


def roles(found: Iterable[Attribution]) -> list[tuple[str, str, list[str]]]:
    """(source, cue, contents) in text order."""
    return [
        (a.source.text if a.source else "", a.cue.text if a.cue else "", [c.text for c in a.content]) for a in found
    ]


def test_clause_in_universal_dependencies(ontology: Ontology) -> None:
    doc = make_doc(
        ["Smith", "said", "that", "it", "rains", "."],
        [1, 1, 4, 4, 1, 1],
        ["nsubj", "ROOT", "mark", "nsubj", "ccomp", "punct"],
        tags=["NNP", "VBD", "IN", "PRP", "VBZ", "."],
        pos=["PROPN", "VERB", "SCONJ", "PRON", "VERB", "PUNCT"],
        lemmas=["Smith", "say", "that", "it", "rain", "."],
    )
    assert roles(attributions(doc, ontology)) == [("Smith", "said", ["that it rains"])]


def test_inverted_cue_that_the_parse_takes_for_a_host(ontology: Ontology) -> None:
    doc = make_doc(
        ["It", "rains", ",", "said", "Smith", "."],
        [1, 1, 3, 1, 3, 1],
        ["nsubj", "ROOT", "punct", "parataxis", "nsubj", "punct"],
        tags=["PRP", "VBZ", ",", "VBD", "NNP", "."],
        pos=["PRON", "VERB", "PUNCT", "VERB", "PROPN", "PUNCT"],
        lemmas=["it", "rain", ",", "say", "Smith", "."],
    )
    assert roles(attributions(doc, ontology)) == [("Smith", "said", ["It rains"])]


@pytest.mark.parametrize(
    ("heads", "deps"),
    [
        ([2, 0, 5, 5, 5, 5, 5], ["case", "fixed", "obl", "punct", "nsubj", "ROOT", "punct"]),
        ([5, 0, 1, 5, 5, 5, 5], ["prep", "prep", "pobj", "punct", "nsubj", "ROOT", "punct"]),
    ],
    ids=["Universal Dependencies", "ClearNLP"],
)
def test_preposition_in_both_schemes(ontology: Ontology, heads: list[int], deps: list[str]) -> None:
    doc = make_doc(
        ["According", "to", "Smith", ",", "it", "rains", "."],
        heads,
        deps,
        tags=["VBG", "IN", "NNP", ",", "PRP", "VBZ", "."],
        pos=["VERB", "ADP", "PROPN", "PUNCT", "PRON", "VERB", "PUNCT"],
        lemmas=["accord", "to", "Smith", ",", "it", "rain", "."],
    )
    assert roles(attributions(doc, ontology)) == [("Smith", "According to", ["it rains"])]


SURFACE = [
    ("The bridge is safe, the mayor said.", ("the mayor", "said", ["The bridge is safe"])),
    ("The mayor has said that the bridge is safe.", ("The mayor", "has said", ["that the bridge is safe"])),
    ("“The bridge is safe,” said the mayor.", ("the mayor", "said", ["“The bridge is safe,”"])),
    ("“The bridge,” she said, “is safe.”", ("she", "said", ["“The bridge,”", "“is safe.”"])),
    (
        "“The bridge is safe,” Ann Lee said. “It will stay open.”",
        ("Ann Lee", "said", ["“The bridge is safe,”", "“It will stay open.”"]),
    ),
    (
        "Ann Lee told reporters: “The bridge is safe. It will stay open.”",
        ("Ann Lee", "told", ["“The bridge is safe. It will stay open.”"]),
    ),
    ("According to the mayor, the bridge is safe.", ("the mayor", "According to", ["the bridge is safe"])),
    ("The mayor called the bridge a disgrace.", ("The mayor", "called", ["the bridge a disgrace"])),
    ("The mayor urged drivers to wait.", ("The mayor", "urged", ["drivers to wait"])),
    ("The mayor hopes to reopen the bridge.", ("The mayor", "hopes", ["to reopen the bridge"])),
    ("The mayor criticized the engineers.", ("The mayor", "criticized", ["the engineers"])),
    ("The union did not support the plan.", ("The union", "did not support", ["the plan"])),
    ("The bridge seems to be safe.", ("", "seems", ["The bridge", "to be safe"])),
    (
        "The court rejected the mayor's claim that the bridge is safe.",
        ("the mayor's", "claim", ["that the bridge is safe"]),
    ),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "expected"), SURFACE)
def test_surface_forms(nlp: Language, ontology: Ontology, text: str, expected: tuple[str, str, list[str]]) -> None:
    assert expected in roles(attributions(nlp(text), ontology))


HEADLINES = [
    ("Ann Lee: The bridge is safe", "Ann Lee", "The bridge is safe"),
    ("Report: Bridge failed two tests", "Report", "Bridge failed two tests"),
    ("Bridge failed two tests – Harbour Gazette", "Harbour Gazette", "Bridge failed two tests"),
    ("Bridge failed two tests, say officials", "officials", "Bridge failed two tests"),
    ("Bridge failed two tests, Lee says", "Lee", "Bridge failed two tests"),
]


@pytest.mark.model
@pytest.mark.parametrize(("headline", "source", "content"), HEADLINES)
def test_headlines(nlp: Language, ontology: Ontology, headline: str, source: str, content: str) -> None:
    found = roles(attributions(nlp(headline + "\n\nThe bridge is old."), ontology))
    assert (source, [content]) in [(s, c) for s, _, c in found]


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "Related: The bridge is old",
        "The plan: a new bridge for the town",
        "Bridge opens - at last",
        "Bridge opens\n\nNAIROBI: Kenya has opened the bridge to lorries.",
    ],
)
def test_rubrics_and_datelines_are_no_speakers(nlp: Language, ontology: Ontology, text: str) -> None:
    assert [a for a in attributions(nlp(text), ontology) if a.cue_lemma == ":"] == []


@pytest.mark.model
def test_scare_quotes_are_no_attribution(nlp: Language, ontology: Ontology) -> None:
    assert attributions(nlp("The “miracle” bridge opened on Monday."), ontology) == ()


@pytest.mark.model
def test_quotation_without_cue_goes_on(nlp: Language, ontology: Ontology) -> None:
    text = "“The bridge is safe,” Ann Lee said.\n\n“It will stay open. We have checked it.”"
    contents = [c.text for a in attributions(nlp(text), ontology) for c in a.content]
    assert "“It will stay open. We have checked it.”" in contents


@pytest.mark.model
def test_a_statement_without_marks_goes_to_the_cue_that_leads_up_to_it(nlp: Language, ontology: Ontology) -> None:
    text = (
        "Deal\n\nTrade Minister Ann Lee said:\n\nWe will keep the ports open.\n\nThe deal is good for Norway.\n\n"
        "A spokesman for Chile said the deal was bad."
    )
    found = [row for row in roles(attributions(nlp(text), ontology)) if row[0] == "Trade Minister Ann Lee"]
    assert [row[2] for row in found] == [["We will keep the ports open.\n\nThe deal is good for Norway"]]


@pytest.mark.model
def test_nested_attribution_stands_apart(nlp: Language, ontology: Ontology) -> None:
    text = "The gazette reported that officials said the bridge was safe."
    row = attribution_row(Article(id="a", text=text, name="a"), attributions(nlp(text), ontology))
    assert [a["cue_lemma"] for a in row["attributions"]] == ["report"]
    assert [a["cue_lemma"] for a in row["nested"]] == ["say"]


@pytest.mark.model
def test_row_is_json_with_true_offsets(nlp: Language, ontology: Ontology) -> None:
    text = "“The bridge is safe,” said Ann Lee."
    row = attribution_row(Article(id="a", text=text, name="a"), attributions(nlp(text), ontology))
    (only,) = json.loads(json.dumps(row))["attributions"]
    assert text[slice(*only["source"])] == "Ann Lee"
    assert text[slice(*only["content"][0])] == "“The bridge is safe,”"
    assert only["kind"] == "direct"


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“The bridge is safe,” she said.", AttributionKind.DIRECT),
        ("She said the bridge was safe.", AttributionKind.INDIRECT),
        ("She said the new bridge over the river was not quite “as safe as the old one was.”", AttributionKind.MIXED),
    ],
)
def test_kinds(nlp: Language, ontology: Ontology, text: str, kind: AttributionKind) -> None:
    assert [a.kind for a in attributions(nlp(text), ontology)] == [kind]


@pytest.mark.model
@pytest.mark.parametrize(("iri", "text"), EXAMPLES)
def test_examples_of_the_ontology(nlp: Language, ontology: Ontology, iri: str, text: str) -> None:
    labels = {" ".join(cue.lemmas) for cue in ontology.reporting_cues if cue.iri == iri}
    found = attributions(nlp(text), ontology)
    assert labels & {a.cue_lemma for a in found}
    assert all(a.content for a in found)
