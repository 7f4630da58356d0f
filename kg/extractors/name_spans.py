"""Where an article names somebody: known names, the recogniser's entities, and runs of proper nouns that it missed."""

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Doc, Token

from kg.extractors.kinds import TIME_LEMMAS
from kg.model import ActorKind
from kg.ontology import KnownActor, Ontology

__all__ = ["DETERMINERS", "OTHER_LABELS", "NameSpan", "find_name_spans", "is_plural", "noun_kind", "strip_bounds"]

#: Entity labels (UD-trained and OntoNotes) -> kind of actor. Others are no actors.
LABEL_KINDS = {
    "PERSON": ActorKind.PERSON,
    "PER": ActorKind.PERSON,
    "ORG": ActorKind.ORGANISATION,
    "GPE": ActorKind.STATE,
    "LOC": ActorKind.STATE,
    "NORP": ActorKind.GROUP,
}
#: Labels whose tokens never start or carry a name of an actor.
OTHER_LABELS = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL", "LANGUAGE", "LAW"})
NAME_LINKS = frozenset({"flat", "flat:name", "compound", "nn"})
DETERMINERS = frozenset(
    {"the", "a", "an", "this", "that", "these", "those", "some", "any", "all", "both", "each", "every"}
)
#: The longest known name, in tokens.
LONGEST_NAME = 8


class NameSpan(NamedTuple):
    """A name: first token, token after the last, kind, and the known actor that bears it."""

    start: int
    end: int
    kind: ActorKind
    known: KnownActor | None = None


def noun_kind(token: Token, ontology: Ontology) -> ActorKind:
    """The kind of party that a common noun denotes, ``UNKNOWN`` where it denotes none; plurals are groups."""
    for form in (
        token.lower_,
        token.lemma_.lower(),
        token.lower_.rpartition("-")[2],
        token.lemma_.lower().rpartition("-")[2],
    ):
        if form in ontology.noun_kinds:
            kind = ActorKind(ontology.noun_kinds[form])
            return ActorKind.GROUP if is_plural(token) else kind
    return ActorKind.PERSON if ontology.office_by_name(token.text) is not None else ActorKind.UNKNOWN


def is_plural(token: Token) -> bool:
    """Whether a noun is plural by its tag."""
    return token.tag_ in {"NNS", "NNPS"}


def find_name_spans(doc: Doc, ontology: Ontology) -> Iterator[NameSpan]:
    """Known names, entities and runs of proper nouns, longest first where they overlap."""
    spans = [*_scan_known(doc, ontology)]
    tails = {span.end: span for span in spans if span.end - span.start > 1}
    spans += [span for span in _scan_entities(doc, ontology) if not _hides_known(span, tails)]
    spans += [*_scan_proper_nouns(doc, ontology)]
    taken: set[int] = set()
    for span in sorted(spans, key=_rank):
        indices = set(range(span.start, span.end))
        if indices and not indices & taken and not _is_no_name(doc, span, ontology):
            taken |= indices
            yield span


def _scan_entities(doc: Doc, ontology: Ontology) -> Iterator[NameSpan]:
    for ent in doc.ents:
        if ent.label_ in LABEL_KINDS:
            start, end = _widen(doc, ent.start, ent.end)
            kind = LABEL_KINDS[ent.label_]
            if kind is ActorKind.PERSON:
                start, end = _cut(doc, start, end, ontology)
            yield NameSpan(start, end, kind)


def _hides_known(span: NameSpan, tails: dict[int, NameSpan]) -> bool:
    """An entity that only puts words before a known name ("Obama White House") gives way to it."""
    tail = tails.get(span.end)
    return tail is not None and span.start < tail.start


def _rank(span: NameSpan) -> tuple[int, int, int]:
    """Longer first; of equal spans a known one, then one with a kind."""
    return span.start - span.end, 0 if span.known else 2 if span.kind is ActorKind.UNKNOWN else 1, span.start


def _scan_known(doc: Doc, ontology: Ontology) -> Iterator[NameSpan]:
    for token in doc:
        if token.text[:1].isupper() and _may_begin(token.text, ontology):
            for end in range(min(token.i + LONGEST_NAME, len(doc)), token.i, -1):
                known = _find_known(doc[token.i : end].text, ontology)
                if known is not None:
                    start = token.i
                    if token.lower_ == "the" and _find_known(doc[start + 1 : end].text, ontology) is known:
                        start += 1
                    yield NameSpan(start, end, ActorKind(known.kind), known)
                    break


def _may_begin(word: str, ontology: Ontology) -> bool:
    return ontology.actor_names.may_begin(word) or ontology.actor_metonyms.may_begin(word)


def _find_known(text: str, ontology: Ontology) -> KnownActor | None:
    if not text or "\n" in text:
        return None
    return ontology.known_actor_by_name(text) or ontology.known_actor_by_metonym(text)


def _widen(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """An entity with the proper nouns that the parse joins to it; without determiner and genitive ending."""
    while end < len(doc) and doc[end].pos_ == "PROPN" and _continues_name(doc[end], start, end):
        end += 1
    while (
        start > 0
        and doc[start - 1].pos_ == "PROPN"
        and doc[start - 1].dep_ in NAME_LINKS
        and start <= doc[start - 1].head.i < end
    ):
        if doc[start - 1].ent_type_ in OTHER_LABELS or doc[start - 1].ent_type_ == "NORP":
            break
        start -= 1
    return strip_bounds(doc, start, end)


def _continues_name(token: Token, start: int, end: int) -> bool:
    """Whether the proper noun behind a name belongs to it: as its flat part, or as the head that the name modifies."""
    last = token.nbor(-1)
    if (token.ent_iob_ == "B" and token.ent_type_ != last.ent_type_) or not token.text[:1].isupper():
        return False
    if token.dep_ in {"flat", "flat:name"} and start <= token.head.i < end:
        return True
    return last.head.i == token.i and last.dep_ in NAME_LINKS and last.ent_type_ in {"PERSON", "PER"}


def strip_bounds(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Bounds of a phrase without determiner, conjunction, punctuation and genitive ending at its edges."""
    while start < end and (
        doc[start].lower_ in DETERMINERS or doc[start].pos_ == "CCONJ" or doc[start].is_punct or doc[start].is_space
    ):
        start += 1
    while start < end and (
        doc[end - 1].lower_ in {"'s", "’s", "'", "’"} or doc[end - 1].is_space or doc[end - 1].text in {",", '"', "”"}
    ):
        end -= 1
    return start, end


def _scan_proper_nouns(doc: Doc, ontology: Ontology) -> Iterator[NameSpan]:
    """Runs of proper nouns around one that the parse attaches as a nominal."""
    proper = _find_proper_words(doc)
    for token in doc:
        if not _is_proper(token, proper) or token.dep_ in NAME_LINKS or token.ent_type_ in OTHER_LABELS:
            continue
        if noun_kind(token, ontology) is not ActorKind.UNKNOWN or token.lemma_.lower() in TIME_LEMMAS:
            continue
        start, end = token.i, token.i + 1
        while (
            start > 0
            and _is_proper(doc[start - 1], proper)
            and doc[start - 1].head.i == token.i
            and doc[start - 1].dep_ in NAME_LINKS
        ):
            start -= 1
        while (
            end < len(doc)
            and _is_proper(doc[end], proper)
            and doc[end].dep_ in NAME_LINKS
            and start <= doc[end].head.i < end
        ):
            end += 1
        yield NameSpan(*_cut(doc, start, end, ontology), ActorKind.UNKNOWN)


def _is_proper(token: Token, proper: frozenset[str]) -> bool:
    return token.text[:1].isupper() and (token.pos_ == "PROPN" or token.text in proper)


def _find_proper_words(doc: Doc) -> frozenset[str]:
    """Words that the body writes with a capital inside sentences and nowhere without: names, whatever the tagger says."""
    headline = next((token.i for token in doc if "\n" in token.text), 0)
    lower = {token.text for token in doc if token.is_lower}
    inside = [token for token in doc[headline:] if token.is_title and not token.is_sent_start and len(token) > 2]
    firm = {
        token.text for token in inside if token.nbor(-1).is_alpha and token.pos_ in {"NOUN", "PROPN", "ADJ", "X", "ADV"}
    }
    return frozenset(word for word in firm if word.lower() not in lower)


def _cut(doc: Doc, start: int, end: int, ontology: Ontology) -> tuple[int, int]:
    """A span without the office titles that it starts with ("President Ruiz" is named Ruiz)."""
    for size in range(min(4, end - start - 1), 0, -1):
        if ontology.office_by_name(doc[start : start + size].text) is not None:
            return start + size, end
    return start, end


def _is_no_name(doc: Doc, span: NameSpan, ontology: Ontology) -> bool:
    """A span that is one common noun ("Department"), an office title or cut by an editor's bracket ("[W]e") names nobody."""
    token, text = doc[span.start], doc[span.start : span.end].text
    if text.count("[") != text.count("]"):
        return True
    if span.end - span.start > 1:
        last = doc[span.end - 1]
        return last.pos_ == "NOUN" and last.is_lower and token.is_lower
    if not any(letter.isupper() for letter in token.text):
        return True
    if span.kind is not ActorKind.PERSON and span.known is None and noun_kind(token, ontology) is not ActorKind.UNKNOWN:
        return True
    is_demonym = token.pos_ == "ADJ" and ontology.known_actor_by_demonym(token.text) is not None
    return not is_demonym and ontology.office_by_name(token.text) is not None
