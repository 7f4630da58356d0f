"""Annotated items become marks on words."""

import json

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.language.data import Document
from kg.language.items import read_items
from kg.language.labels import EFFECTS, KINDS, ROLES, STATUSES, TRIGGERS
from kg.language.lemmas import Lemmatizer
from kg.language.scores import DecisionScores, store_scores
from kg.language.tokenization import make_tokenizer

TEXT = "Peru lets trawlers unload\n\nPeru has allowed trawlers to unload until June. Norvik Bank grumbled."
DECISION = {
    "id": "D1",
    "type": "permit",
    "status": "made",
    "actor": ["Peru"],
    "recipient": ["trawlers"],
    "action": ["unload"],
    "mentions": ["Peru lets trawlers unload", "Peru has allowed trawlers to unload"],
    "constraints": [{"kind": "temporal", "effect": "only", "text": "until June", "quote": "to unload until June"}],
    "sources": [],
}
LEMMATIZER = Lemmatizer({"exceptions": {}, "rules": {"noun": [], "verb": [], "adj": []}, "index": {}})


def read_item(tmp_path, text: str = TEXT, *, seen: str = "", **changes) -> Document:
    for name in ("texts", "gold"):
        (tmp_path / name).mkdir()
    (tmp_path / "texts" / "a.txt").write_text(text, "utf-8")
    (tmp_path / "gold" / "a.json").write_text(json.dumps({"decisions": [DECISION | changes]}), "utf-8")
    (item,) = read_items([tmp_path], LEMMATIZER, parser=see(seen) if seen else None, ask_heads=bool(seen))
    return item


def see(word: str) -> Language:
    """A pipeline whose decision heads see a trigger in one word."""

    def score(doc: Doc) -> Doc:
        scores = {name: np.zeros((len(doc), 1), np.float32) for name in DecisionScores.__dataclass_fields__}
        triggers = np.array([[token.text != word, token.text == word] for token in doc], np.float32)
        store_scores(doc, DecisionScores(**scores | {"triggers": triggers}))
        return doc

    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer(nlp)
    Language.component(f"see_{word}", func=score)
    nlp.add_pipe(f"see_{word}")
    return nlp


def list_words(item: Document) -> list[str]:
    return [word for sentence in item.sentences() for word in sentence.words]


def test_marks(tmp_path):
    item = read_item(tmp_path)
    words, marks = list_words(item), item.marks
    assert [words[word] for word in marks.triggers] == ["lets", "allowed"]
    assert all(target[TRIGGERS.index("permit")] == 1 for target in marks.triggers.values())
    assert set(marks.statuses.values()) == {STATUSES.index("made")}
    trigger, first, last, roles = marks.roles[1]
    assert (words[trigger], words[first], words[last - 1]) == ("allowed", "Peru", ".")
    assert {words[word]: ROLES[role] for word, role in roles.items()} == {
        "Peru": "actor",
        "trawlers": "recipient",
        "unload": "action",
        "until": "only",
        "June": "only",
    }
    first, last, kind, effect, triggers = marks.limits[0]
    assert (words[first:last], KINDS[kind], EFFECTS[effect]) == (["until", "June"], "temporal", "only")
    assert [words[word] for word in triggers] == ["lets", "allowed"]


@pytest.mark.parametrize("seen", ["agreed", "allowed"])
def test_heads_choose_among_the_words_of_a_mention(tmp_path, seen):
    text = "Peru lets trawlers unload\n\nPeru agreed and allowed trawlers to unload."
    mentions = ["Peru agreed and allowed trawlers to unload"]
    item = read_item(tmp_path, text, seen=seen, mentions=mentions, constraints=[])
    assert [list_words(item)[word] for word in item.marks.triggers] == [seen]


def test_a_second_type_shares_the_weight(tmp_path):
    target = next(iter(read_item(tmp_path, also=["commit"]).marks.triggers.values()))
    assert target[TRIGGERS.index("permit")] > target[TRIGGERS.index("commit")] > 0
    assert sum(target) == pytest.approx(1)


def test_optional_decisions_are_left_out(tmp_path):
    marks = read_item(tmp_path, optional=True).marks
    assert not marks.triggers
    assert not marks.limits
    assert marks.ignored


def test_what_triggers_one_decision_is_one_act(tmp_path):
    marks = read_item(tmp_path).marks
    assert list(marks.acts) == list(marks.triggers)
    assert set(marks.acts.values()) == {0}


def test_a_long_paragraph_is_cut_after_sentences_and_loses_no_word(tmp_path):
    sentences = 40
    item = read_item(tmp_path, TEXT + " The boats left port again." * sentences)
    stretches = item.paragraphs[1]
    assert len(stretches) > 1
    assert all(stretch.words[-1] == "." and len(stretch.words) <= 160 for stretch in stretches)
    assert len(list_words(item)) == len(TEXT.replace(".", " .").split()) + 6 * sentences


def test_one_sentence_is_never_cut(tmp_path):
    item = read_item(tmp_path, TEXT + " The boats left" + " again and" * 120 + " again.")
    assert [len(stretch.words) for stretch in item.paragraphs[1]] == [13, 245]


@pytest.mark.parametrize(
    ("chains", "told"),
    [
        ([["Norvik Bank"]], [[], ["Norvik", "Bank"]]),
        ([["Reuters", "Ana Paz"]], [["Ana", "Paz"], ["Ana", "Paz"]]),
        ([["Peru"]], [["Peru"], ["Peru"]]),
        ([["El Norte"]], [[], []]),
    ],
)
def test_who_tells_is_looked_for_in_the_sentence_then_before_then_after(tmp_path, chains, told):
    text = f"{TEXT} It rained. It poured. Ana Paz said so."
    item = read_item(tmp_path, text.replace("Peru has", "Ana Paz was glad. Peru has", 1), sources=chains)
    words = list_words(item)
    assert [[words[n] for n in sorted(found)] for *_, found in item.marks.tellers] == told
    for trigger, first, last, found in item.marks.tellers:
        assert first <= trigger < last
        assert all(first <= word < last for word in found)
