"""Mentions of one article joined into parties: by known actor, by name, by apposition. Descriptions follow in coreference."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from spacy.tokens import Doc

from kg.extractors import syntax
from kg.extractors.mentions import Mention
from kg.extractors.names import is_acronym_of, is_short_form, same_person_name, split_name
from kg.model import ActorKind
from kg.ontology import Ontology, fold_name

__all__ = ["Party", "group_mentions", "number_sentences"]

BODIES = frozenset({ActorKind.ORGANISATION, ActorKind.UNKNOWN, ActorKind.GROUP})


@dataclass(slots=True, eq=False)
class Party:
    """The mentions of one party while an article is read; becomes an ``Actor`` at the end."""

    mentions: list[Mention] = field(default_factory=list)
    known: str = ""

    @property
    def named(self) -> list[Mention]:
        """Mentions that are names."""
        return [mention for mention in self.mentions if mention.is_name]

    @property
    def is_named(self) -> bool:
        """Whether one of them is a name."""
        return any(mention.is_name for mention in self.mentions)

    @property
    def kind(self) -> ActorKind:
        """The kind that most mentions give, full names twice; a title makes a person."""
        counts: dict[ActorKind, int] = {}
        for mention in self.mentions:
            if mention.title:
                return ActorKind.PERSON
            if mention.is_name and mention.kind is not ActorKind.UNKNOWN:
                is_full = mention.core[1] - mention.core[0] > 1
                counts[mention.kind] = counts.get(mention.kind, 0) + 1 + is_full
        if not counts:
            for mention in self.mentions:
                if mention.kind is not ActorKind.UNKNOWN:
                    counts[mention.kind] = counts.get(mention.kind, 0) + 1
        return max(counts, key=lambda kind: (counts[kind], kind)) if counts else ActorKind.UNKNOWN

    @property
    def first(self) -> int:
        """Token of the first mention's head."""
        return min(mention.head for mention in self.mentions)

    @property
    def plural(self) -> bool:
        """Whether it is an unnamed plural."""
        return any(mention.plural for mention in self.mentions) and not self.is_named

    @property
    def states(self) -> frozenset[str]:
        """IRIs of the states that its titles and descriptions name."""
        return frozenset(state for mention in self.mentions for state in mention.states)

    def words(self, doc: Doc) -> set[tuple[str, ...]]:
        """Its names as words."""
        return {split_name(doc[mention.core[0] : mention.core[1]].text) for mention in self.named} - {()}

    def last_before(self, index: int) -> int:
        """Head of the last mention before a token, or -1."""
        return max((mention.head for mention in self.mentions if mention.head < index), default=-1)


def group_mentions(doc: Doc, mentions: Iterable[Mention], ontology: Ontology) -> list[Party]:
    """Parties of all named mentions, and one party for each description, in text order."""
    named: dict[str, Party] = {}
    parties: list[Party] = []
    for mention in mentions:
        if not mention.is_name:
            parties.append(Party([mention]))
            continue
        key = mention.known or fold_name(" ".join(split_name(doc[mention.core[0] : mention.core[1]].text)))
        party = named.setdefault(key, Party(known=mention.known))
        if not party.mentions:
            parties.append(party)
        party.mentions.append(mention)
    parties = _join(parties, _find_full_names(doc, parties))
    parties = _join(parties, _find_acronyms(doc, parties))
    parties = _join(parties, _find_short_names(doc, parties, ontology))
    parties = _join(parties, _find_appositions(doc, parties))
    return sorted(parties, key=_first)


def number_sentences(doc: Doc) -> list[int]:
    """For each token the number of its sentence."""
    numbers, current = [], -1
    for token in doc:
        current += bool(token.is_sent_start) or current < 0
        numbers.append(current)
    return numbers


def _first(party: Party) -> int:
    return party.first


def _join(parties: list[Party], pairs: list[tuple[Party, Party]]) -> list[Party]:
    """Parties with the second of each pair put into the first; pairs are followed in order."""
    into: dict[int, Party] = {}
    for target, source in pairs:
        target, source = _final(target, into), _final(source, into)
        if target is not source:
            target.mentions.extend(source.mentions)
            target.known = target.known or source.known
            into[id(source)] = target
    return [party for party in parties if id(party) not in into]


def _final(party: Party, into: dict[int, Party]) -> Party:
    while id(party) in into:
        party = into[id(party)]
    return party


def _find_full_names(doc: Doc, parties: list[Party]) -> list[tuple[Party, Party]]:
    """Full names of one person that differ in initials or middle names."""
    people = [
        party
        for party in parties
        if not party.known and party.is_named and party.kind in {ActorKind.PERSON, ActorKind.UNKNOWN}
    ]
    pairs = []
    for index, party in enumerate(people):
        for other in people[:index]:
            if any(same_person_name(a, b) for a in party.words(doc) for b in other.words(doc)):
                pairs.append((other, party))
                break
    return pairs


def _find_acronyms(doc: Doc, parties: list[Party]) -> list[tuple[Party, Party]]:
    """Acronyms in brackets behind their name, and those that are the initials of one name of the article."""
    by_start = {mention.core[0]: party for party in parties for mention in party.named}
    pairs = []
    for party in parties:
        for mention in party.mentions:
            after = mention.end
            if after + 1 < len(doc) and doc[after].text == "(" and after + 1 in by_start:
                text = doc[after + 1].text
                names = (doc[mention.core[0] : mention.end].text, doc[mention.start : mention.end].text)
                if by_start[after + 1] is not party and any(_may_abbreviate(text, name) for name in names):
                    pairs.append((party, by_start[after + 1]))
    for party in parties:
        acronyms = [
            m for m in party.named if m.core[1] - m.core[0] == 1 and doc[m.core[0]].text.isupper() and not party.known
        ]
        if acronyms:
            text = doc[acronyms[0].core[0]].text
            full = [other for other in parties if other is not party and _has_initials(doc, other, text)]
            if len(full) == 1:
                pairs.append((full[0], party))
    return pairs


def _may_abbreviate(acronym: str, name: str) -> bool:
    """In brackets behind the name, a looser test will do: the first letter agrees."""
    return (
        acronym[:1].isupper()
        and sum(c.isupper() for c in acronym) >= 2
        and acronym[0].casefold() in {w[0] for w in split_name(name)}
    )


def _has_initials(doc: Doc, party: Party, acronym: str) -> bool:
    return any(
        is_acronym_of(acronym, doc[m.core[0] : m.core[1]].text) for m in party.mentions if m.core[1] - m.core[0] > 1
    )


def _find_short_names(doc: Doc, parties: list[Party], ontology: Ontology) -> list[tuple[Party, Party]]:
    """A surname or a shortened name goes to the one full name that it can stand for; two candidates: to none."""
    pairs = []
    bearers = [_Bearer(party, party.kind, party.words(doc)) for party in parties if party.known or party.is_named]
    for short in bearers:
        party = short.party
        if party.known or not party.is_named or not short.words:
            continue
        full = [other for other in bearers if other is not short and _may_shorten(doc, short, other, ontology)]
        if len(full) > 1:
            surnames = [other for other in full if any(w[-1] == s[-1] for w in other.words for s in short.words)]
            full = surnames if len(surnames) == 1 else []
        if len(full) == 1:
            pairs.append((full[0].party, party))
    return pairs


class _Bearer(NamedTuple):
    """A party with what its names say."""

    party: Party
    kind: ActorKind
    words: set[tuple[str, ...]]


def _may_shorten(doc: Doc, short: _Bearer, full: _Bearer, ontology: Ontology) -> bool:
    known = full.party.known
    if known and full.kind is ActorKind.ORGANISATION:
        names = [split_name(name) for name in ontology.known_actors[known].names]
        return any(len(a) > 1 and is_short_form(a, b) for a in short.words for b in names)
    if known or all(doc[mention.head].pos_ == "ADJ" for mention in short.party.named):
        return False
    kinds = {short.kind, full.kind}
    if ActorKind.STATE in kinds and full.kind is not ActorKind.PERSON:
        return False
    if full.kind is not ActorKind.PERSON and ActorKind.PERSON in kinds and any(m.title for m in short.party.mentions):
        return False
    pairs = [(a, b) for a in short.words for b in full.words]
    if full.kind is ActorKind.PERSON:
        return any(len(a) == 1 and len(b) > 1 and a[0] in {b[0], b[-1]} for a, b in pairs)
    return any(is_short_form(a, b) and len(a[0]) > 2 for a, b in pairs)


def _find_appositions(doc: Doc, parties: list[Party]) -> list[tuple[Party, Party]]:
    """A name and the description beside it: by the parse, or two subjects of one verb with a comma between them."""
    owner = {mention.head: party for party in parties for mention in party.mentions}
    inside = {index: party for party in parties for mention in party.named for index in range(*mention.core)}
    pairs = []
    for party in parties:
        for mention in party.mentions:
            token = doc[mention.head]
            other = owner.get(token.head.i) or inside.get(token.head.i)
            if mention.possessor >= 0 and doc[mention.possessor].lower_ == "whose":
                continue
            beside = token.dep_ == "appos" or (token.dep_ in syntax.NOUN_MODIFIERS and mention.end in inside)
            if beside and other is not None and _may_be_apposed(other, party):
                pairs.append((other, party) if other.is_named else (party, other))
            elif mention.is_name and mention.start > 1 and doc[mention.start - 1].text == ",":
                other = next(
                    (o for o in parties for m in o.mentions if m.end == mention.start - 1 and not m.is_name), None
                )
                if other is not None and other.mentions[0].definite and _may_be_apposed(party, other):
                    before = doc[other.mentions[0].head]
                    if before.head == token.head and before.dep_ == token.dep_ == "nsubj":
                        pairs.append((party, other))
    return pairs


def _may_be_apposed(one: Party, other: Party) -> bool:
    """One name and one description of compatible kinds."""
    if one.is_named == other.is_named or one.plural or other.plural:
        return False
    kinds = {one.kind, other.kind}
    if ActorKind.PERSON in kinds:
        return kinds <= {ActorKind.PERSON, ActorKind.UNKNOWN}
    return kinds <= BODIES | {ActorKind.UNKNOWN} or kinds == {ActorKind.STATE}
