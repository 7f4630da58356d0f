"""Where an article names or describes a party: names, titles before them, and noun phrases headed by an actor noun."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extractors import syntax
from kg.model import ActorKind
from kg.ontology import KnownActor, Ontology

__all__ = ["Mention", "find_mentions", "noun_kind"]

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
LEFT_PARTS = frozenset({"amod", "compound", "nmod:desc", "nn", "nummod", "nmod", "flat", "goeswith", "punct", "advmod"})
DETERMINERS = frozenset({"the", "a", "an", "this", "that", "these", "those", "some", "any", "all", "both", "each", "every"})
DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})
QUANTIFIERS = frozenset({"one", "some", "several", "many", "most", "all", "two", "three", "four", "five", "six", "half"})
NUMBERS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
        " eighteen nineteen twenty".split()
    )
}
#: The longest known name, in tokens.
LONGEST_NAME = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place where a party is named or described; indices are tokens of the ``Doc``, ``end`` excluded.

    ``head`` is the token that the parse attaches; ``start``/``end`` bound the phrase without determiner and genitive ending,
    ``core`` the bare name in it. ``lemma`` is the head noun of a description. ``states`` are IRIs of the states named in the
    phrase or title ("*US* officials"); ``possessor`` is the token of a genitive, or -1.
    """

    head: int
    start: int
    end: int
    core: tuple[int, int]
    is_name: bool
    kind: ActorKind
    known: str = ""
    lemma: str = ""
    title: str = ""
    states: tuple[str, ...] = ()
    possessor: int = -1
    plural: bool = False
    definite: bool = False
    count: int = 0


def find_mentions(doc: Doc, ontology: Ontology) -> tuple[Mention, ...]:
    """All mentions in text order; a description inside a title or a name is no mention of its own."""
    covered: dict[int, Mention] = {}
    for start, end, kind, known in _find_name_spans(doc, ontology):
        mention = _make_name(doc, start, end, kind, known, ontology)
        for index in range(mention.start, mention.end):
            covered.setdefault(index, mention)
    found = list({id(mention): mention for mention in covered.values()}.values())
    for token in doc:
        if token.i not in covered and (mention := _make_description(token, ontology)) is not None:
            found.append(mention)
    return tuple(sorted(found, key=_position))


def _position(mention: Mention) -> tuple[int, int]:
    return mention.head, mention.start


def noun_kind(token: Token, ontology: Ontology) -> ActorKind:
    """The kind of party that a common noun denotes, ``UNKNOWN`` where it denotes none; plurals are groups."""
    for form in (token.lower_, token.lemma_.lower(), token.lower_.rpartition("-")[2], token.lemma_.lower().rpartition("-")[2]):
        if form in ontology.noun_kinds:
            kind = ActorKind(ontology.noun_kinds[form])
            return ActorKind.GROUP if is_plural(token) else kind
    return ActorKind.PERSON if ontology.office_by_name(token.text) is not None else ActorKind.UNKNOWN


def is_plural(token: Token) -> bool:
    """Whether a noun is plural by its tag."""
    return token.tag_ in {"NNS", "NNPS"}


# names


def _find_name_spans(doc: Doc, ontology: Ontology) -> Iterator[tuple[int, int, ActorKind, KnownActor | None]]:
    """Known names, entities and runs of proper nouns, longest first where they overlap."""
    spans: list[tuple[int, int, ActorKind, KnownActor | None]] = [*_scan_known(doc, ontology)]
    spans += [(*_widen(doc, ent.start, ent.end), LABEL_KINDS[ent.label_], None) for ent in doc.ents if ent.label_ in LABEL_KINDS]
    tails = {span[1]: span for span in spans if span[3] is not None and span[1] - span[0] > 1}
    spans = [span for span in spans if not _hides_known(span, tails)]
    spans += [(*span, ActorKind.UNKNOWN, None) for span in _scan_proper_nouns(doc, ontology)]
    taken: set[int] = set()
    for span in sorted(spans, key=_rank):
        start, end = _cut(doc, span[0], span[1], ontology)
        indices = set(range(start, end))
        known = span[3] if (start, end) == span[:2] else None
        if indices and not indices & taken and not _is_no_name(doc, start, end, span[2], known, ontology):
            taken |= indices
            yield start, end, span[2], known


def _hides_known(
    span: tuple[int, int, ActorKind, KnownActor | None], tails: dict[int, tuple[int, int, ActorKind, KnownActor | None]]
) -> bool:
    """An entity that only puts words before a known name ("Obama White House") gives way to it."""
    tail = tails.get(span[1])
    return tail is not None and span[3] is None and span[0] < tail[0]


def _rank(span: tuple[int, int, ActorKind, KnownActor | None]) -> tuple[int, int, int]:
    """Longer first; of equal spans a known one, then one with a kind."""
    return span[0] - span[1], 0 if span[3] else 2 if span[2] is ActorKind.UNKNOWN else 1, span[0]


def _scan_known(doc: Doc, ontology: Ontology) -> Iterator[tuple[int, int, ActorKind, KnownActor | None]]:
    for start in range(len(doc)):
        if not doc[start].text[:1].isupper():
            continue
        for end in range(min(start + LONGEST_NAME, len(doc)), start, -1):
            if doc[end - 1].is_space or doc[end - 1].text in {",", ";", ":", "(", ")"}:
                continue
            known = _find_known(doc[start:end].text, ontology)
            if known is not None:
                bare = start + (doc[start].lower_ == "the" and _find_known(doc[start + 1 : end].text, ontology) is known)
                yield bare, end, ActorKind(known.kind), known
                break


def _find_known(text: str, ontology: Ontology) -> KnownActor | None:
    if not text or "\n" in text:
        return None
    return ontology.known_actor_by_name(text) or ontology.known_actor_by_metonym(text)


def _widen(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """An entity with the proper nouns that the parse joins to it; without determiner and genitive ending."""
    while end < len(doc) and doc[end].pos_ == "PROPN" and _continues_name(doc[end], start, end):
        end += 1
    while start > 0 and doc[start - 1].pos_ == "PROPN" and doc[start - 1].dep_ in NAME_LINKS and start <= doc[start - 1].head.i < end:
        if doc[start - 1].ent_type_ in OTHER_LABELS or doc[start - 1].ent_type_ == "NORP":
            break
        start -= 1
    return _strip(doc, start, end)


def _continues_name(token: Token, start: int, end: int) -> bool:
    """Whether the proper noun behind a name belongs to it: as its flat part, or as the head that the name modifies."""
    if (token.ent_type_ and token.ent_iob_ == "B") or not token.text[:1].isupper():
        return False
    if token.dep_ in {"flat", "flat:name"} and start <= token.head.i < end:
        return True
    last = token.nbor(-1)
    return last.head.i == token.i and last.dep_ in NAME_LINKS and last.ent_type_ in {"PERSON", "PER"}


def _strip(doc: Doc, start: int, end: int) -> tuple[int, int]:
    while start < end and (doc[start].lower_ in DETERMINERS or doc[start].is_punct or doc[start].is_space):
        start += 1
    while start < end and (doc[end - 1].lower_ in {"'s", "’s", "'", "’"} or doc[end - 1].is_space or doc[end - 1].text in {",", '"', "”"}):
        end -= 1
    return start, end


def _scan_proper_nouns(doc: Doc, ontology: Ontology) -> Iterator[tuple[int, int]]:
    """Runs of proper nouns around one that the parse attaches as a nominal."""
    proper = _find_proper_words(doc)
    for token in doc:
        if not _is_proper(token, proper) or token.dep_ in NAME_LINKS or token.ent_type_ in OTHER_LABELS:
            continue
        if noun_kind(token, ontology) is not ActorKind.UNKNOWN:
            continue
        start, end = token.i, token.i + 1
        while start > 0 and _is_proper(doc[start - 1], proper) and doc[start - 1].head.i == token.i and doc[start - 1].dep_ in NAME_LINKS:
            start -= 1
        while end < len(doc) and _is_proper(doc[end], proper) and doc[end].dep_ in NAME_LINKS and start <= doc[end].head.i < end:
            end += 1
        yield start, end


def _is_proper(token: Token, proper: frozenset[str]) -> bool:
    return token.text[:1].isupper() and (token.pos_ == "PROPN" or token.text in proper)


def _find_proper_words(doc: Doc) -> frozenset[str]:
    """Words that the body writes with a capital inside sentences and nowhere without: names, whatever the tagger says."""
    headline = next((token.i for token in doc if "\n" in token.text), 0)
    lower = {token.text for token in doc if token.is_lower}
    inside = [token for token in doc[headline:] if token.is_title and not token.is_sent_start and len(token) > 2]
    firm = {token.text for token in inside if token.nbor(-1).is_alpha and token.pos_ in {"NOUN", "PROPN", "ADJ", "X", "ADV"}}
    return frozenset(word for word in firm if word.lower() not in lower)


def _cut(doc: Doc, start: int, end: int, ontology: Ontology) -> tuple[int, int]:
    """A span without the office titles that it starts with ("President Ruiz" is named Ruiz)."""
    for size in range(min(4, end - start - 1), 0, -1):
        if ontology.office_by_name(doc[start : start + size].text) is not None:
            return start + size, end
    return start, end


def _is_no_name(
    doc: Doc, start: int, end: int, kind: ActorKind, known: KnownActor | None, ontology: Ontology
) -> bool:
    """A span that is one common noun ("Department") or an office title names nobody by itself."""
    if end - start > 1:
        return doc[end - 1].pos_ == "NOUN" and doc[end - 1].is_lower and doc[start].is_lower
    token = doc[start]
    if not any(letter.isupper() for letter in token.text):
        return True
    if kind is not ActorKind.PERSON and not known and noun_kind(token, ontology) is not ActorKind.UNKNOWN:
        return True
    is_demonym = token.pos_ == "ADJ" and ontology.known_actor_by_demonym(token.text) is not None
    return not is_demonym and ontology.office_by_name(token.text) is not None


def _make_name(
    doc: Doc, start: int, end: int, kind: ActorKind, known: KnownActor | None, ontology: Ontology
) -> Mention:
    root = doc[start:end].root
    demonym = ontology.known_actor_by_demonym(doc[start:end].text) if known is None and end - start == 1 else None
    plural = bool(demonym) and is_plural(root)
    if demonym is not None and not plural:
        known, kind = demonym, ActorKind(demonym.kind)
    left = _find_title(doc, start, ontology) if known is None and kind in {ActorKind.PERSON, ActorKind.UNKNOWN} else start
    possessor = next((child.i for child in syntax.possessors(root) if child.i < start), -1)
    return Mention(
        head=root.i,
        start=left,
        end=end,
        core=(start, end),
        is_name=True,
        kind=ActorKind.PERSON if left < start else ActorKind.GROUP if plural else kind,
        known=known.iri if known is not None else "",
        lemma="" if known else root.lemma_.lower(),
        title=doc[left:start].text,
        states=(demonym.iri,) if plural and demonym else _states_in(doc, left, end if known is None else left, ontology),
        possessor=possessor,
        plural=plural,
        definite=True,
    )


def _find_title(doc: Doc, start: int, ontology: Ontology) -> int:
    """Where the title directly before a name begins, or ``start`` where there is none."""
    for size in range(min(4, start), 0, -1):
        title = doc[start - size : start]
        if any(token.is_space for token in title) or ontology.office_by_name(title.text) is None:
            continue
        left = start - size
        while left > 0 and _extends_title(doc[left - 1], left, start):
            left -= 1
        return _strip(doc, left, start)[0]
    return start


def _extends_title(token: Token, left: int, start: int) -> bool:
    """Whether a token before a title belongs to it ("*US Commerce* Secretary", "*acting* mayor")."""
    if token.is_space or (token.is_punct and token.text != "-") or token.lower_ in DETERMINERS:
        return False
    return token.dep_ in {"amod", "compound", "nn", "nmod:desc", "nmod"} and left <= token.head.i <= start


def _states_in(doc: Doc, start: int, end: int, ontology: Ontology) -> tuple[str, ...]:
    """IRIs of the known actors that single words of a phrase name, by name or demonym."""
    found: dict[str, None] = {}
    for token in doc[start:end]:
        if token.text[:1].isupper():
            known = ontology.known_actor_by_demonym(token.text) or ontology.known_actor_by_name(token.text)
            known = known or ontology.known_actor_by_metonym(token.text)
            if known is not None and known.kind == ActorKind.STATE:
                found.setdefault(known.iri)
    return tuple(found)


# descriptions


def _make_description(token: Token, ontology: Ontology) -> Mention | None:
    """A noun phrase headed by an actor noun, or "one of" such a phrase."""
    kind, noun = _described_kind(token, ontology)
    if kind is ActorKind.UNKNOWN or token.dep_ in {"flat", "flat:name"}:
        return None
    if token.dep_ == "amod" and not token.text[:1].isupper():
        return None
    possessors = [child for child in syntax.possessors(token) if child.i < token.i]
    start, end = _describe_bounds(token)
    first = min((child.left_edge.i for child in possessors), default=start)
    words = [child for child in token.children if child.dep_ in {"det", "det:predet", "nmod:poss", "poss"} and child.i < token.i]
    left = _strip(token.doc, min(first, start), end)[0]
    return Mention(
        head=token.i,
        start=left,
        end=end,
        core=(start, end),
        is_name=False,
        kind=kind,
        lemma=(noun.lemma_ or noun.text).lower(),
        states=_states_in(token.doc, left, end, ontology),
        possessor=possessors[0].i if possessors else -1,
        plural=is_plural(token) or (noun.i != token.i and token.lower_ != "one"),
        definite=bool(possessors) or any(w.lower_ in DEFINITE for w in words) or token.text[:1].isupper(),
        count=_count(token),
    )


def _described_kind(token: Token, ontology: Ontology) -> tuple[ActorKind, Token]:
    """Kind of the noun, or for "one of the ministers" that of the noun after "of"; with that noun."""
    if token.pos_ in {"NOUN", "PROPN"} and token.ent_type_ not in OTHER_LABELS:
        return noun_kind(token, ontology), token
    if token.lower_ in QUANTIFIERS and token.pos_ in {"NUM", "PRON", "DET", "ADJ"}:
        for preposition, noun in syntax.obliques(token):
            if preposition == "of" and noun.i > token.i and noun_kind(noun, ontology) is not ActorKind.UNKNOWN:
                return ActorKind.PERSON if token.lower_ == "one" else ActorKind.GROUP, noun
    return ActorKind.UNKNOWN, token


def _describe_bounds(token: Token) -> tuple[int, int]:
    """From the first premodifier to the head and its of-phrase; determiners and genitives stay out."""
    start, end = token.i, token.i + 1
    children = {child.i: child for child in token.children}
    while start > 0:
        before = [c for c in children.values() if c.i < start and c.right_edge.i == start - 1 and c.dep_ in LEFT_PARTS]
        if not before or (before[0].dep_ == "punct" and before[0].text != "-"):
            break
        start = before[0].left_edge.i
    for child in sorted(children.values(), key=_index):
        if child.left_edge.i == end and child.dep_ in {"nmod", "prep"} and child.left_edge.lower_ == "of":
            end = _of_end(child)
    return _strip(token.doc, start, end)


def _index(token: Token) -> int:
    return token.i


def _of_end(child: Token) -> int:
    """The end of an of-phrase without relative clauses and appositions behind its noun."""
    if child.dep_ == "prep":
        objects = [grandchild for grandchild in child.children if grandchild.dep_ == "pobj"]
        return syntax.phrase_bounds(objects[0])[1] if objects else child.i
    return syntax.phrase_bounds(child)[1]


def _count(token: Token) -> int:
    """The stated number of a group, or 0."""
    for child in token.children:
        if child.dep_ == "nummod" and child.i < token.i:
            digits = child.text.replace(",", "")
            return int(digits) if digits.isdecimal() else NUMBERS.get(child.lower_, 0)
    return NUMBERS.get(token.lower_, 0) if token.pos_ == "NUM" else 0
