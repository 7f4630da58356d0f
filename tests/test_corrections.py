"""What a user corrects by hand: read, applied, recorded, and refused where it matches nothing."""

from pathlib import Path

import pytest

from kg import terms
from kg.corrections import load_corrections
from kg.errors import CorrectionError
from kg.fusion import Fusion, fuse_records, write_fusion
from kg.fusion.records import ActorRecord, ArticleRecord, ClaimRecord, ConstraintRecord
from kg.ontology import Ontology

BASE = "https://e.example/"


def tell(number: int, action: str, *, actor: str = "Harbour Board") -> ArticleRecord:
    iri = f"{BASE}article-{number}"
    who = ActorRecord(iri=f"{iri}-actor", article=iri, names=(actor,), kind="organisation")
    limit = ConstraintRecord(iri=f"{iri}-limit", kind="temporal", effect="only", texts=("at night",))
    claim = ClaimRecord(
        iri=f"{iri}-claim",
        article=iri,
        type="prohibit",
        actors=(who,),
        actions=(action,),
        constraints=(limit,),
        quotes=(action,),
    )
    return ArticleRecord(iri=iri, publisher=f"Outlet {number}", text=action, claims=(claim,))


ARTICLES = (
    tell(1, "sailing boats near the swimming bay"),
    tell(2, "sailing boats near the swimming bay"),
    tell(3, "the sale of live crabs", actor="Board of the Harbour"),
)


def write_yaml(folder: Path, text: str) -> Path:
    file = folder / "corrections.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def fuse(file: Path, ontology: Ontology) -> Fusion:
    return fuse_records(ARTICLES, ontology, corrections=load_corrections(file))


def group(fusion: Fusion) -> list[list[str]]:
    """Numbers of the articles in each decision."""
    return sorted(sorted(claim.iri[-7:-6] for claim in decision.claims) for decision in fusion.decisions)


def test_nothing_is_corrected_by_an_empty_file(tmp_path: Path, ontology: Ontology) -> None:
    assert group(fuse(write_yaml(tmp_path, "corrections: []\n"), ontology)) == [["1", "2"], ["3"]]
    assert load_corrections(write_yaml(tmp_path, "")) == ()


def test_split_and_merge_move_claims(tmp_path: Path, ontology: Ontology) -> None:
    text = f"""
- split: {BASE}article-1-claim
  members: [{BASE}article-2-claim]
- merge: [{BASE}article-2-claim, {BASE}article-3-claim]
  note: one notice
  by: A. Archivist
  date: 2026-03-01
"""
    fusion = fuse(write_yaml(tmp_path, text), ontology)
    assert group(fusion) == [["1"], ["2", "3"]]
    lines = {f"{quad.predicate} {quad.object}" for quad in write_fusion(fusion, ontology)}
    assert f'<{terms.expand_name("rdfs:comment")}> "one notice"' in lines
    assert f"<{terms.expand_name('kg:correctionTarget')}> <{BASE}article-3-claim>" in lines
    assert any(line.startswith(f"<{terms.expand_name('prov:wasInfluencedBy')}>") for line in lines)


def test_reject_takes_claims_and_limits_out(tmp_path: Path, ontology: Ontology) -> None:
    text = f"- reject: {BASE}article-3-claim\n- reject: {BASE}article-1-limit\n"
    fusion = fuse(write_yaml(tmp_path, text), ontology)
    assert group(fusion) == [["1", "2"]]
    assert [limit.articles for limit in fusion.decisions[0].limits] == [(f"{BASE}article-2",)]


def test_actors_are_merged_split_and_renamed(tmp_path: Path, ontology: Ontology) -> None:
    merged = fuse(
        write_yaml(
            tmp_path,
            f"- merge: [{BASE}article-1-actor, {BASE}article-3-actor]\n"
            f"- rename: {BASE}article-3-actor\n  to: Port Board\n",
        ),
        ontology,
    )
    assert merged.actors[f"{BASE}article-1-actor"].iri == merged.actors[f"{BASE}article-3-actor"].iri
    assert merged.actors[f"{BASE}article-3-actor"].name == "Port Board"
    split = fuse(
        write_yaml(tmp_path, f"- split: {BASE}article-1-actor\n  members: [{BASE}article-1-actor]\n"), ontology
    )
    assert split.actors[f"{BASE}article-1-actor"].iri != split.actors[f"{BASE}article-2-actor"].iri


def test_accept_and_rename_mark_decisions(tmp_path: Path, ontology: Ontology) -> None:
    plain = fuse_records(ARTICLES, ontology)
    text = f"- accept: {plain.decisions[0].iri}\n- rename: {plain.decisions[0].iri}\n  to: the bay ban\n"
    fusion = fuse(write_yaml(tmp_path, text), ontology)
    assert fusion.decisions[0].label == "the bay ban"
    assert {node for _, nodes in fusion.corrections for node in nodes} == {plain.decisions[0].iri}


def test_turtle_says_the_same_as_yaml(tmp_path: Path, ontology: Ontology) -> None:
    file = tmp_path / "corrections.ttl"
    file.write_text(
        f"""@prefix kg: <{terms.KG}> . @prefix dcterms: <http://purl.org/dc/terms/> .
<{BASE}entry> a kg:Correction ; kg:correctionKind "merge" ; dcterms:creator "A. Archivist" ;
    kg:correctionTarget <{BASE}article-2-claim>, <{BASE}article-3-claim> .""",
        encoding="utf-8",
    )
    assert group(fuse(file, ontology)) == [["1", "2", "3"]]
    assert load_corrections(file)[0].by == "A. Archivist"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"- reject: {BASE}gone\n", "entry 1 \\(reject\\).*gone"),
        (f"- merge: [{BASE}article-1-claim, {BASE}gone]\n", "gone is no claim or decision"),
        (f"- split: {BASE}article-1-claim\n  members: [{BASE}article-3-claim]\n", "no claim of"),
        (f"- accept: {BASE}gone\n", "nothing of the graph"),
    ],
)
def test_entries_that_match_nothing_are_named(tmp_path: Path, ontology: Ontology, text: str, message: str) -> None:
    with pytest.raises(CorrectionError, match=message):
        fuse(write_yaml(tmp_path, text), ontology)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- merge: [id:claim/1]\n", "two or more targets"),
        ("- split: id:claim/1\n", "lacks members"),
        ("- rename: id:actor/1\n", "lacks a name"),
        ("- accept: id:actor/1\n  to: X\n", "only a rename"),
        ("- destroy: id:actor/1\n", "allowed: one of accept"),
        ("- accept: nonsense\n", "no IRI"),
        ("- 3\n", "is no entry"),
        ("just text", "a list of entries"),
        ("- [", "not YAML"),
    ],
)
def test_malformed_entries_are_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(CorrectionError, match=message):
        load_corrections(write_yaml(tmp_path, text))


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorrectionError, match=r"gone\.yaml"):
        load_corrections(tmp_path / "gone.yaml")
