"""Attributions: who said what, in the roles of PARC 3 (source, cue, content), nested ones included."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from kg.extractors.actors import ActorIndex
from kg.extractors.contents import find_content, token_runs
from kg.extractors.cues import Cue, cue_bounds, find_cues
from kg.extractors.quotations import Quotation, find_quotations
from kg.extractors.speakers import find_speaker, speaker_bounds
from kg.model import Article, Attribution, AttributionKind, Span
from kg.ontology import Ontology, ReportingCue

__all__ = ["attribution_row", "find_attributions"]

#: How many tokens may stand between a quotation and the cue that follows it.
REACH = 30
#: A quotation of so few tokens that fills a paragraph may be a crosshead.
SHORT = 8


@dataclass(slots=True, kw_only=True)
class Draft:
    """An attribution in tokens while it is put together."""

    content: set[int]
    cue: Cue
    entry: ReportingCue
    source: Token | None = None
    quoted: set[int] = field(default_factory=set)


def find_attributions(doc: Doc, ontology: Ontology, index: ActorIndex) -> tuple[Attribution, ...]:
    """Every attribution of a parsed article in text order of its cue or content.

    One inside another's content is nested ("S said that T denied it"); the spans tell.
    """
    quotations = [q for q in find_quotations(doc) if q.is_speech]
    drafts = [_draft(cue) for cue in find_cues(doc, ontology) if not _inside(cue.token.i, quotations)]
    _attach_quotations(doc, quotations, drafts)
    found = [_finish(doc, draft, index) for draft in _keep(drafts)]
    return tuple(sorted(found, key=_place))


def _place(attribution: Attribution) -> tuple[int, int]:
    spans = [*attribution.content, *(s for s in (attribution.source, attribution.cue) if s)]
    return min(s.start for s in spans), max(s.end for s in spans)


def _inside(index: int, quotations: Iterable[Quotation]) -> bool:
    return any(q.first <= index < q.last for q in quotations)


def _draft(cue: Cue) -> Draft:
    content, entry = find_content(cue)
    return Draft(content=content, cue=cue, entry=entry, source=find_speaker(cue))


def _attach_quotations(doc: Doc, quotations: Sequence[Quotation], drafts: list[Draft]) -> None:
    """Quotations go to the draft whose content they overlap, to the nearest cue, or on with the one before."""
    previous: Draft | None = None
    end = 0
    for quotation in quotations:
        tokens = set(range(quotation.first, quotation.last))
        draft = _overlapping(tokens, drafts) or _following(doc, quotation, drafts) or _preceding(doc, quotation, drafts)
        if draft is None and _goes_on(doc, quotation, end):
            draft = previous
        if draft is not None:
            if not draft.content & tokens and not draft.quoted:
                draft.content = set()
            draft.content |= tokens
            draft.quoted |= tokens
        previous, end = draft, quotation.last


def _goes_on(doc: Doc, quotation: Quotation, end: int) -> bool:
    """Whether a quotation without a cue goes on with the one that ended at token ``end``.

    It does in the same paragraph, and where it fills the next paragraph alone.
    """
    between = doc[end : quotation.first].text
    if quotation.is_continued or "\n" not in between:
        return True
    after = doc[quotation.last : quotation.last + 2].text.lstrip(" .")
    alone = between.endswith("\n") and (not after or after.startswith("\n"))
    return alone and between.strip().count("\n") == 0 and quotation.last - quotation.first > SHORT


def _overlapping(tokens: set[int], drafts: Iterable[Draft]) -> Draft | None:
    found = [d for d in drafts if d.content & tokens]
    return max(found, key=_size, default=None)


def _size(draft: Draft) -> int:
    return len(draft.content)


def _following(doc: Doc, quotation: Quotation, drafts: Iterable[Draft]) -> Draft | None:
    """The cue that comes at once after the quotation: between them stands the source alone."""
    for draft in drafts:
        cue = draft.cue
        if quotation.last <= cue.token.i < quotation.last + REACH and cue.token.pos_ == "VERB":
            between = doc[quotation.last : cue.token.i]
            if "\n" in between.text or any(
                t.pos_ in {"VERB"} or t.text in {".", ";"}
                for t in between
                if t.i != cue.anchor.i and t.dep_ not in {"acl", "acl:relcl"}
            ):
                return None
            return draft
    return None


def _preceding(doc: Doc, quotation: Quotation, drafts: Iterable[Draft]) -> Draft | None:
    """The cue that leads up to the quotation with a comma or colon."""
    before = doc[max(0, quotation.first - 3) : quotation.first].text.strip()
    if before[-1:] not in {":", ","}:
        return None
    lead = quotation.first - 1
    while lead > 0 and doc[lead].is_space:
        lead -= 1
    found = None
    start = doc[lead].sent.start
    for draft in drafts:
        leads = start <= draft.cue.token.i < lead and draft.cue.token.pos_ == "VERB" and not draft.quoted
        if leads and (not draft.content or max(draft.content) < quotation.first):
            found = draft
    return found


def _keep(drafts: Iterable[Draft]) -> list[Draft]:
    return [d for d in drafts if d.content]


def _finish(doc: Doc, draft: Draft, index: ActorIndex) -> Attribution:
    bounds = cue_bounds(draft.cue)
    content = draft.content - set(range(*bounds))
    source = None
    if draft.source is not None:
        edges = speaker_bounds(draft.source, draft.cue)
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
