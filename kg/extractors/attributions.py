"""Attributions: who said what, in the roles of PARC 3 (source, cue, content), nested ones included."""

from collections.abc import Iterable

from spacy.tokens import Doc

from kg.extractors.actors import ActorIndex
from kg.extractors.contents import leading_preposition, token_runs
from kg.extractors.cues import cue_bounds
from kg.extractors.drafts import Draft, make_drafts
from kg.extractors.speakers import speaker_bounds
from kg.model import Article, Attribution, AttributionKind, Span
from kg.ontology import Ontology

__all__ = ["attribution_row", "find_attributions"]


def find_attributions(doc: Doc, ontology: Ontology, index: ActorIndex) -> tuple[Attribution, ...]:
    """Every attribution of a parsed article in text order of its cue or content.

    One inside another's content is nested ("S said that T denied it"); the spans tell.
    """
    found = [_finish(doc, draft, index) for draft in make_drafts(doc, ontology)]
    return tuple(sorted((a for a in found if a.content), key=_place))


def _place(attribution: Attribution) -> tuple[int, int]:
    spans = [*attribution.content, *(s for s in (attribution.source, attribution.cue) if s)]
    return min(s.start for s in spans), max(s.end for s in spans)


def _finish(doc: Doc, draft: Draft, index: ActorIndex) -> Attribution:
    bounds = cue_bounds(draft.cue)
    bounds = bounds[0], max([bounds[1], *(word.i + 1 for word in leading_preposition(draft.cue))])
    content = draft.content - set(range(*bounds))
    source = None
    if draft.source is not None:
        edges = draft.source_bounds or speaker_bounds(draft.source, draft.cue)
        source = _span(doc, *edges)
        if draft.cue.token.pos_ != "NOUN":
            content -= set(range(*edges))
    return Attribution(
        kind=_kind(draft.quoted & content, content),
        content=tuple(_span(doc, *run) for run in token_runs(doc, content)),
        source=source,
        cue=_span(doc, *bounds),
        cue_lemma=" ".join(draft.entry.lemmas),
        speaker=None if draft.source is None else index.actor_at(draft.source),
        commitment=draft.entry.commitment,
    )


def _kind(quoted: set[int], content: set[int]) -> AttributionKind:
    """Direct where at least four fifths of the content are quoted."""
    if not quoted:
        return AttributionKind.INDIRECT
    return AttributionKind.DIRECT if len(quoted) * 5 >= len(content) * 4 else AttributionKind.MIXED


def _span(doc: Doc, first: int, end: int) -> Span:
    text = doc[first:end].text
    return Span(start=doc[first].idx, end=doc[first].idx + len(text), text=text)


def attribution_row(article: Article, attributions: Iterable[Attribution]) -> dict[str, object]:
    """The JSON form of one article: offsets as pairs [start, end); nested attributions stand apart."""
    rows = [a for a in attributions if a.content]
    outer = [a for a in rows if not any(_is_nested(a, b) for b in rows if b is not a)]
    return {
        "article": article.name,
        "attributions": [_row(a) for a in outer],
        "nested": [_row(a) for a in rows if a not in outer],
    }


def _is_nested(inner: Attribution, outer: Attribution) -> bool:
    if inner.cue is None or not _covers(outer, inner.cue):
        return False
    return outer.cue is None or not _covers(inner, outer.cue) or _length(outer) > _length(inner)


def _covers(outer: Attribution, span: Span) -> bool:
    return any(c.start <= span.start and span.end <= c.end for c in outer.content)


def _length(attribution: Attribution) -> int:
    return sum(c.end - c.start for c in attribution.content)


def _row(a: Attribution) -> dict[str, object]:
    return {
        "source": [a.source.start, a.source.end] if a.source else None,
        "cue": [a.cue.start, a.cue.end] if a.cue else None,
        "content": [[c.start, c.end] for c in a.content],
        "speaker": a.speaker.name if a.speaker else None,
        "cue_lemma": a.cue_lemma,
        "kind": a.kind.value,
        "text": " ".join(c.text for c in a.content),
    }
