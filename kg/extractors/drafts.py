"""Drafts of attributions in tokens: cues with their contents, and the quotations that belong to them.

The rules for quotations follow the procedure of Pareti et al. (2013): the cue stands in the quotation's own sentence,
before or after it; a quotation without a cue goes on with the speaker before.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from kg.extractors.contents import find_content
from kg.extractors.cues import Cue, find_cues
from kg.extractors.kinds import PLACES
from kg.extractors.labels import Label, find_labels
from kg.extractors.layout import find_paragraphs
from kg.extractors.quotations import Quotation, find_quotations
from kg.extractors.reported_clauses import subtree
from kg.extractors.speakers import find_speaker
from kg.ontology import Ontology, ReportingCue

__all__ = ["Draft", "make_drafts"]

#: How many tokens may stand between a quotation and the cue that follows it.
REACH = 30
#: A quotation of so few tokens that fills a paragraph may be a crosshead.
SHORT = 8
#: The entry of the ontology for a label's colon or dash.
LABEL = ":"
#: Commitments of entries by which something is spoken.
SPEECH = frozenset({"stated", "claimed", "asked", "denied", "proposed", "warned", "judged", "promised"})
STOPS = frozenset({".", "!", "?"})
MARKS = "“”„«»\"'`‘’ "


@dataclass(slots=True, kw_only=True)
class Draft:
    """An attribution while it is put together; ``content`` and ``quoted`` are token indices.

    ``source_bounds`` bounds the source where a label names it; elsewhere its extent follows from the parse.
    """

    content: set[int]
    cue: Cue
    entry: ReportingCue
    source: Token | None = None
    source_bounds: tuple[int, int] | None = None
    quoted: set[int] = field(default_factory=set)


def make_drafts(doc: Doc, ontology: Ontology) -> list[Draft]:
    """One draft for each cue outside quoted speech; those that find no content are left out."""
    quotations = [q for q in find_quotations(doc) if q.is_speech]
    inside = {index for q in quotations for index in range(q.first, q.last)}
    segments = number_segments(doc, quotations, inside)
    drafts = [_draft(cue, segments) for cue in find_cues(doc, ontology) if cue.token.i not in inside]
    _attach_quotations(doc, quotations, drafts, segments)
    _attach_statements(doc, drafts, inside)
    _share_speakers(drafts, segments)
    drafts += _label_drafts(doc, ontology)
    return [draft for draft in drafts if draft.content]


def _label_drafts(doc: Doc, ontology: Ontology) -> Iterator[Draft]:
    for label in find_labels(doc):
        if _is_dateline(doc, label, ontology):
            continue
        for entry in ontology.reporting_cues_by_lemma.get(LABEL, ()):
            cue = Cue(token=label.mark, anchor=label.mark, words=(label.mark,), entries=(entry,))
            source = doc[label.first : label.end].root
            content = set(range(*label.content))
            bounds = (label.first, label.end)
            yield Draft(content=content, cue=cue, entry=entry, source=source, source_bounds=bounds)


def _is_dateline(doc: Doc, label: Label, ontology: Ontology) -> bool:
    """Whether a paragraph opens with the place that it was filed from ("NAIROBI: Kenya has ..."); in a headline a state may
    speak ("Kenya: talks are over")."""
    words = doc[label.first : label.end]
    is_place = words[-1].ent_type_ in PLACES or ontology.known_place_by_name(words.text.title()) is not None
    return is_place and label.first > 0


def _share_speakers(drafts: Sequence[Draft], segments: Sequence[int]) -> None:
    """A participle after a reporting verb has its speaker ("said X, adding that ...")."""
    spoken: Draft | None = None
    for draft in drafts:
        token = draft.cue.token
        if spoken is not None and segments[spoken.cue.token.i] != segments[token.i]:
            spoken = None
        if token.tag_ == "VBG" and token.dep_ != "acl" and draft.cue.anchor == token and not _has_own_subject(token):
            if spoken is not None:
                draft.source = spoken.source
                _cut(spoken, draft)
        elif draft.entry.commitment == "stated" and draft.content and token.pos_ == "VERB" and draft.source is not None:
            spoken = draft


def _cut(spoken: Draft, draft: Draft) -> None:
    """Takes a participle of speech that the parse drew into a content out of it (", adding that ...")."""
    token = draft.cue.token
    doc, first = token.doc, token.i
    while first > 0 and (doc[first - 1].dep_ in {"mark", "advmod", "cc"} or doc[first - 1].pos_ == "ADV"):
        first -= 1
    if draft.entry.commitment in SPEECH and draft.content and doc[first - 1].text == ",":
        spoken.content -= {*range(first, token.i), *subtree(token), *draft.content} - spoken.quoted


def _has_own_subject(verb: Token) -> bool:
    return any(child.dep_.startswith("nsubj") or child.dep_.startswith("aux") for child in verb.children)


def number_segments(doc: Doc, quotations: Iterable[Quotation], inside: set[int]) -> list[int]:
    """For each token the number of its sentence by punctuation alone: a guard where the parse joined two sentences."""
    ends = {q.last - 1 for q in quotations if q.last < len(doc) and _last_character(doc, q) == "."}
    numbers, number = [], 0
    for token in doc:
        numbers.append(number)
        stops = token.text in STOPS and token.i not in inside
        if stops or token.i in ends or (token.is_space and "\n" in token.text):
            number += 1
    return numbers


def _last_character(doc: Doc, quotation: Quotation) -> str:
    return doc[quotation.first : quotation.last].text.rstrip(MARKS)[-1:]


def _draft(cue: Cue, segments: Sequence[int]) -> Draft:
    content, entry = find_content(cue)
    own = segments[cue.token.i]
    return Draft(content={i for i in content if segments[i] == own}, cue=cue, entry=entry, source=find_speaker(cue))


def _attach_quotations(
    doc: Doc, quotations: Sequence[Quotation], drafts: Sequence[Draft], segments: Sequence[int]
) -> None:
    """Quotations go to the drafts whose content they overlap, to the nearest cue, or on with the one before."""
    previous: list[Draft] = []
    end = 0
    for quotation in quotations:
        tokens = set(range(quotation.first, quotation.last))
        found = _overlapping(tokens, drafts) or _following(doc, quotation, drafts, segments)
        found = found or _preceding(doc, quotation, drafts, segments)
        if not found and _goes_on(doc, quotation, end):
            found = previous
        for draft in found:
            _add(draft, tokens, leads=quotation.last <= draft.cue.token.i)
        previous, end = found, quotation.last


def _attach_statements(doc: Doc, drafts: Sequence[Draft], inside: set[int]) -> None:
    """What press releases tell without marks goes to the cue that leads up to it ("The minister said:", then paragraphs):
    all up to the next quotation or speaker."""
    paragraphs = find_paragraphs(doc)
    told = {draft.cue.token.i for draft in drafts if draft.content and draft.source is not None}
    for number, (first, end) in enumerate(paragraphs):
        leading = [d for d in drafts if first <= d.cue.token.i < end and not d.content and d.entry.commitment in SPEECH]
        if not leading or doc[end - 1].text != ":" or leading[-1].cue.token.pos_ != "VERB":
            continue
        for start, stop in paragraphs[number + 1 :]:
            stretch = set(range(start, stop))
            if stretch & inside or stretch & told or doc[stop - 1].text == ":":
                break
            leading[-1].content |= stretch


def _add(draft: Draft, tokens: set[int], *, leads: bool) -> None:
    """Adds a quotation to a draft; one that leads up to its cue is the whole content ("Q," said X, who had come late)."""
    if not draft.quoted and (leads or not draft.content & tokens):
        first = min(tokens)
        draft.content = {i for i in draft.content if i < first} if draft.content & tokens else set()
    draft.content |= tokens
    draft.quoted |= tokens


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


def _overlapping(tokens: set[int], drafts: Iterable[Draft]) -> list[Draft]:
    return [d for d in drafts if d.content & tokens]


def _following(doc: Doc, quotation: Quotation, drafts: Iterable[Draft], segments: Sequence[int]) -> list[Draft]:
    """The cue that comes at once after the quotation: between them stands the source alone."""
    for draft in drafts:
        token = draft.cue.token
        if quotation.last <= token.i < quotation.last + REACH and token.pos_ == "VERB":
            near = segments[quotation.last - 1] == segments[token.i] or not draft.content
            between = doc[quotation.last : draft.cue.anchor.i]
            if not near or any(_separates(word) for word in between):
                return []
            return [draft]
    return []


def _separates(word: Token) -> bool:
    if (word.is_space and "\n" in word.text) or word.text in {".", ";"}:
        return True
    return word.pos_ == "VERB" and word.dep_ not in {"acl", "acl:relcl", "amod"}


def _preceding(doc: Doc, quotation: Quotation, drafts: Iterable[Draft], segments: Sequence[int]) -> list[Draft]:
    """The cue that leads up to the quotation with a comma or colon, also across a paragraph."""
    lead = quotation.first - 1
    while lead > 0 and doc[lead].is_space:
        lead -= 1
    if lead < 0 or doc[lead].text not in {":", ","}:
        return []
    found: list[Draft] = []
    for draft in drafts:
        token = draft.cue.token
        leads = token.i < lead and segments[token.i] == segments[lead] and token.pos_ == "VERB" and not draft.quoted
        if leads and (not draft.content or max(draft.content) < quotation.first):
            found = [draft]
    return found
