"""Findings as JSON: every field, and the fused decision of each frame."""

import json

from hypothesis import given
from strategies import LAW, RUN, read_articles_with_frames

from kg.exporters.frames import describe_frames, find_fused
from kg.model import Article, Frame
from kg.ontology import load_ontology

Readings = list[tuple[Article, tuple[Frame, ...]]]


@LAW
@given(readings=read_articles_with_frames())
def test_every_finding_is_in_the_json_with_its_exact_quote(readings: Readings) -> None:
    for article, frames in readings:
        row = json.loads(json.dumps(describe_frames(article, frames)))
        assert len(row["decisions"]) == len(frames)
        for frame, decision in zip(frames, row["decisions"], strict=True):
            assert decision["type"] == frame.decision.type
            assert len(decision["constraints"]) == len(frame.constraints)
            assert len(decision["sources"]) == len(frame.sources)
            for passage in [*decision["mentions"], *decision["constraints"]]:
                assert article.text[passage["start"] : passage["end"]] == passage["quote"]


@LAW
@given(readings=read_articles_with_frames())
def test_every_frame_has_a_fused_decision(readings: Readings) -> None:
    fused = find_fused(readings, load_ontology(), RUN)
    assert [len(names) for names in fused] == [len(frames) for _, frames in readings]
