"""Where an article names or describes a party: names, titles before them, and noun phrases headed by an actor noun."""

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extractors import syntax
from kg.extractors.name_spans import DETERMINERS, OTHER_LABELS, find_name_spans, is_plural, noun_kind, strip_bounds
from kg.extractors.names import FIRM_WORDS, LEGAL_FORMS
from kg.model import ActorKind
from kg.ontology import KnownActor, Ontology

__all__ = ["Mention", "find_mentions", "noun_kind"]

#: What tells of a description whose it is, or that it is known.
SPECIFIERS = syntax.POSSESSORS | {"det", "det:predet"}
LEFT_PARTS = syntax.NOUN_MODIFIERS | {"nummod", "flat", "goeswith", "punct", "advmod"}
DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})
QUANTIFIERS = frozenset(
    {"one", "some", "several", "many", "most", "all", "two", "three", "four", "five", "six", "half"}
)
NUMBERS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
        " eighteen nineteen twenty".split()
    )
}
#: Adjectives behind their noun ("attorney general").
POSTMODIFIERS = frozenset({"general", "elect", "designate"})
#: The longest name of a state that is looked for in titles and descriptions, in words.
LONGEST_STATE = 3


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
    for start, end, kind, known in find_name_spans(doc, ontology):
        mention = _make_name(doc, start, end, kind, known, ontology)
        for index in range(mention.start, mention.end):
            covered.setdefault(index, mention)
    found = list({id(mention): mention for mention in covered.values()}.values())
    for token in doc:
        if token.i not in covered and (description := _make_description(token, ontology)) is not None:
            found.append(description)
    return tuple(sorted(found, key=_position))


def _position(mention: Mention) -> tuple[int, int]:
    return mention.head, mention.start


def _make_name(
    doc: Doc, start: int, end: int, kind: ActorKind, known: KnownActor | None, ontology: Ontology
) -> Mention:
    root = doc[start:end].root
    demonym = ontology.known_actor_by_demonym(doc[start:end].text) if known is None and end - start == 1 else None
    plural = bool(demonym) and is_plural(root)
    if demonym is not None and not plural:
        known, kind = demonym, ActorKind(demonym.kind)
    if kind is ActorKind.PERSON and known is None and _is_body_name(doc[start:end].text, ontology):
        kind = ActorKind.ORGANISATION
    left = (
        _find_title(doc, start, end, ontology)
        if known is None and kind in {ActorKind.PERSON, ActorKind.UNKNOWN}
        else start
    )
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
        states=(demonym.iri,)
        if plural and demonym
        else _states_in(doc, left, end if known is None else left, ontology),
        possessor=possessor,
        plural=plural,
        definite=True,
    )


def _is_body_name(name: str, ontology: Ontology) -> bool:
    """A name of several words that ends as those of firms and bodies do, whatever the recogniser took it for."""
    words = name.lower().replace(".", "").split()
    last = words[-1] if len(words) > 1 else ""
    return last in FIRM_WORDS | LEGAL_FORMS or ontology.noun_kinds.get(last) == ActorKind.ORGANISATION


def _find_title(doc: Doc, start: int, end: int, ontology: Ontology) -> int:
    """Where the title directly before a name begins, or ``start`` where there is none."""
    for size in range(min(4, start), 0, -1):
        title = doc[start - size : start]
        if any(token.is_space for token in title) or ontology.office_by_name(title.text) is None:
            continue
        left = start - size
        while left > 0 and _extends_title(doc[left - 1], left, end):
            left -= 1
        return strip_bounds(doc, left, start)[0]
    return start


def _extends_title(token: Token, left: int, end: int) -> bool:
    """Whether a token before a title belongs to it ("*US Commerce* Secretary", "*acting* mayor")."""
    if token.is_space or (token.is_punct and token.text != "-") or token.lower_ in DETERMINERS:
        return False
    return token.dep_ in syntax.NOUN_MODIFIERS and left <= token.head.i < end


def _states_in(doc: Doc, start: int, end: int, ontology: Ontology) -> tuple[str, ...]:
    """IRIs of the states that words of a phrase name, by name, demonym or metonym ("*United States* President")."""
    found: dict[str, None] = {}
    for token in doc[start:end]:
        for size in range(LONGEST_STATE, 0, -1) if token.text[:1].isupper() else ():
            name = doc[token.i : min(token.i + size, end)].text
            known = ontology.known_actor_by_demonym(name) or ontology.known_actor_by_name(name)
            known = known or ontology.known_actor_by_metonym(name)
            if known is not None and known.kind == ActorKind.STATE:
                found.setdefault(known.iri)
                break
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
    first = min((child.left_edge.i for child in possessors if child.pos_ not in {"PRON", "DET"}), default=start)
    words = [child for child in token.children if child.dep_ in SPECIFIERS and child.i < token.i]
    left = strip_bounds(token.doc, min(first, start), end)[0]
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
        definite=bool(possessors) or any(w.lower_ in DEFINITE for w in words) or _is_capitalised(token),
        count=_count(token),
    )


def _is_capitalised(token: Token) -> bool:
    """A capital that is not the sentence's own ("the said Department")."""
    return token.text[:1].isupper() and not token.is_sent_start and not is_plural(token)


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
    if end < len(token.doc) and token.doc[end].lower_ in POSTMODIFIERS:
        end += 1
    for child in sorted(children.values(), key=_index):
        if child.left_edge.i == end and child.dep_ in {"nmod", "prep"} and child.left_edge.lower_ == "of":
            end = _of_end(child)
    return strip_bounds(token.doc, start, end)


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
