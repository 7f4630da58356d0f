"""The parties of one article: all forms of one party become one ``Actor``, found from any of its tokens."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from spacy.tokens import Doc, Token

from kg.extractors import syntax
from kg.extractors.coreference import resolve_pronouns
from kg.extractors.descriptions import join_descriptions
from kg.extractors.grouping import Party, group_mentions
from kg.extractors.mentions import Mention, find_mentions
from kg.extractors.name_spans import DETERMINERS
from kg.model import Actor, ActorKind, Span
from kg.ontology import Ontology

__all__ = ["ActorIndex", "build_actor_index", "describe_actor", "find_actors"]

#: Nouns of bodies and offices that belong to the state named with them; a company named after a state does not.
OF_STATES = frozenset(
    "ministry department government administration parliament army military navy force forces court agency police embassy senate"
    " congress cabinet presidency authority authorities commission committee council board bureau office regime troops"
    " soldiers officials lawmakers ministers official minister president secretary chancellor premier spokesman spokeswoman envoy"
    " ambassador judge prosecutor prosecutors general senator governor leader lawmaker diplomat diplomats regulator bank house"
    " service".split()
)


#: Ranks of the forms of a name.
NAME, METONYM, TITLED, DESCRIPTION = 0, 1, 2, 3
#: The longest description, in words, that still helps as a name.
LONGEST_DESCRIPTION = 7
#: The longest description, in words, that stands for a party without a name.
LONGEST_PHRASE = 15
#: The powers of a state, which need no adjective where it is clear which state is meant.
POWERS = frozenset("government parliament cabinet army police".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorIndex:
    """The actors of one article, in the order of their first mention; pure look-ups.

    ``by_token`` maps a token's index to the actor it names, describes or (as a pronoun) stands for; ``heads`` are the
    indices of the heads of those mentions, rising; ``states`` maps an actor to the IRI of the state that it is or belongs
    to, where the article or the ontology tells; ``outlets`` are the news outlets that the ontology knows.
    """

    actors: tuple[Actor, ...]
    by_token: Mapping[int, Actor]
    heads: tuple[int, ...]
    states: Mapping[Actor, str]
    outlets: frozenset[Actor]

    def actor_at(self, token: Token) -> Actor | None:
        """The actor at a token: any token of its name or title, the head of its description, or a resolved pronoun.

        None where the token denotes no party, or where the text leaves open which.
        """
        return self.by_token.get(token.i)

    def list_heads(self, doc: Doc, start: int, end: int) -> list[Token]:
        """The words between two indices that head a mention of an actor, in text order."""
        return [doc[index] for index in self.heads[bisect_left(self.heads, start) : bisect_left(self.heads, end)]]

    def state_of(self, actor: Actor) -> str:
        """IRI of the state that the actor is or belongs to ("the defence ministry" of Norway: Norway), or empty."""
        return self.states.get(actor, "")


def find_actors(doc: Doc, ontology: Ontology) -> tuple[Actor, ...]:
    """The parties that an article names or describes, in the order of their first mention."""
    return build_actor_index(doc, ontology).actors


def build_actor_index(doc: Doc, ontology: Ontology) -> ActorIndex:
    """Find the mentions of a parsed article, group them, and resolve descriptions and pronouns."""
    parties = group_mentions(doc, find_mentions(doc, ontology), ontology)
    parties = sorted(join_descriptions(doc, parties, ontology), key=_first)
    pronouns = resolve_pronouns(doc, parties)
    actors = {id(party): _make_actor(doc, party, ontology) for party in parties}
    by_token = {index: actors[id(party)] for index, party in pronouns.items()}
    for party in parties:
        for mention in party.mentions:
            by_token[mention.head] = actors[id(party)]
    for party in parties:
        for index in (index for mention in party.named for index in range(mention.start, mention.end)):
            by_token.setdefault(index, actors[id(party)])
    main = _find_main_state(parties, ontology)
    states = {actors[id(party)]: state for party in parties if (state := _state_of(doc, party, main, ontology))}
    return ActorIndex(
        actors=tuple(actors.values()),
        by_token=MappingProxyType(dict(sorted(by_token.items()))),
        heads=tuple(sorted({*pronouns, *(mention.head for party in parties for mention in party.mentions)})),
        states=MappingProxyType(states),
        outlets=frozenset(a for a in actors.values() if a.known and ontology.known_actors[a.known].outlet),
    )


def describe_actor(token: Token) -> Actor:
    """A party of unknown kind for a noun that is no actor noun but is let or forbidden something ("*lorries* over 12 t")."""
    cases = [child for child in token.children if child.dep_ == "case" and child.i < token.i]
    start, end = syntax.phrase_bounds(token, drop=cases)
    start += token.doc[start].lower_ in DETERMINERS and start < token.i
    span = _make_span(token.doc, start, end)
    return Actor(names=(_clean(span.text),), kind=ActorKind.UNKNOWN, spans=(span,))


def _first(party: Party) -> int:
    return party.first


def _make_actor(doc: Doc, party: Party, ontology: Ontology) -> Actor:
    mentions = sorted(party.mentions, key=_place)
    spans = {mention.core: _make_span(doc, *mention.core) for mention in mentions}
    return Actor(
        names=_order_names(doc, party, ontology),
        kind=_kind_of(party, ontology),
        spans=tuple(spans[core] for core in sorted(spans)),
        known=party.known,
        count=max((mention.count for mention in mentions), default=0),
    )


def _place(mention: Mention) -> int:
    return mention.head


def _make_span(doc: Doc, start: int, end: int) -> Span:
    span = doc[start:end]
    return Span(start=span.start_char, end=span.end_char, text=span.text)


def _kind_of(party: Party, ontology: Ontology) -> ActorKind:
    return ActorKind(ontology.known_actors[party.known].kind) if party.known else party.kind


def _order_names(doc: Doc, party: Party, ontology: Ontology) -> tuple[str, ...]:
    """Bare names first, those with most words before the others, then with titles, then descriptions; no demonyms.

    Where there is a name, descriptions of one word ("president") or very many tell no more and stay out; where there is
    none, a noun stands for a phrase of very many.
    """
    ranked: dict[str, tuple[int, int, int]] = {}
    for mention in sorted(party.mentions, key=_place):
        for name, rank in _list_forms(doc, mention, ontology):
            ranked.setdefault(name, (rank, -len(name.split()), -len(name)))
    names = sorted(ranked, key=ranked.__getitem__)
    if any(ranked[name][0] < DESCRIPTION for name in names):
        names = [
            name for name in names if ranked[name][0] < DESCRIPTION or 1 < len(name.split()) <= LONGEST_DESCRIPTION
        ]
    elif names:
        names = [name for name in names if len(name.split()) <= LONGEST_PHRASE] or [doc[party.mentions[0].head].text]
    unique = list({name.casefold(): name for name in reversed(names)}.values())[::-1]
    return tuple(unique) or (ontology.known_actors[party.known].name,)


def _list_forms(doc: Doc, mention: Mention, ontology: Ontology) -> Iterator[tuple[str, int]]:
    """The forms of a mention with their rank: name, metonym, name with title, description."""
    bare = _clean(doc[mention.core[0] : mention.core[1]].text)
    phrase = _clean(doc[mention.start : mention.end].text)
    if not mention.is_name:
        yield phrase, DESCRIPTION
        yield bare, DESCRIPTION
        return
    metonym = ontology.known_actor_by_metonym(bare) if mention.known else None
    if metonym is not None or not mention.known or ontology.known_actor_by_name(bare) is not None:
        yield bare, METONYM if metonym is not None and metonym.iri == mention.known else NAME
    if phrase != bare:
        yield phrase, TITLED
    title = _drop_courtesy(mention.title, ontology)
    if title:
        yield _clean(title), DESCRIPTION


def _drop_courtesy(title: str, ontology: Ontology) -> str:
    """A title up to the words that only honour ("Former State Senator Dr." -> "Former State Senator"), which may be all."""
    words = title.split()
    for first in range(len(words)):
        office = ontology.office_by_name(" ".join(words[first:]))
        if office is not None and office.role == "title":
            return " ".join(words[:first])
    return title


def _clean(text: str) -> str:
    """One line without genitive ending."""
    line = " ".join(text.split())
    for ending in ("'s", "’s", "'", "’"):
        line = line.removesuffix(ending)
    return line


def _find_main_state(parties: list[Party], ontology: Ontology) -> str:
    """The sovereign state that the article names at least twice as often as any other, or empty."""
    counts: dict[str, int] = {}
    for party in parties:
        if party.known and ontology.known_actors[party.known].kind == ActorKind.STATE:
            state = climb_to_state(party.known, ontology)
            counts[state] = counts.get(state, 0) + len(party.mentions)
    ranked = sorted(((-count, state) for state, count in counts.items()))
    if not ranked or ranked[0][0] > -2 or (len(ranked) > 1 and ranked[0][0] > 2 * ranked[1][0]):
        return ""
    return ranked[0][1]


def _state_of(doc: Doc, party: Party, main: str, ontology: Ontology) -> str:
    """The sovereign state above a known actor, else the one state that titles and descriptions agree on.

    "The government" without more is that of the article's main state, if it has one.
    """
    if party.known:
        return climb_to_state(party.known, ontology)
    places = {ontology.known_place_by_name(doc[m.core[0] : m.core[1]].text) for m in party.named} - {None}
    found = {place.country for place in places if place is not None and party.kind is ActorKind.STATE}
    for mention in party.mentions:
        words = {token.lower_ for token in doc[mention.start : mention.end]} | {mention.lemma}
        if words & OF_STATES or not mention.is_name:
            found.update(climb_to_state(state, ontology) for state in mention.states)
    if (
        not found
        and not party.named
        and any(m.lemma in POWERS and m.definite and m.possessor < 0 for m in party.mentions)
    ):
        return main
    return found.pop() if len(found) == 1 else ""


def climb_to_state(iri: str, ontology: Ontology) -> str:
    """The topmost state that a known actor is part of, or empty."""
    state = ""
    while iri:
        known = ontology.known_actors[iri]
        state = iri if known.kind == ActorKind.STATE else state
        iri = known.part_of
    return state
