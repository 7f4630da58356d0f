"""Actors, recipients and actions around a noun that evokes a decision, and around the verb that helps it."""

from spacy.tokens import Token

from kg.extractors import syntax
from kg.extractors.roles import find_gerunds, has_mark, is_named_party, led_by, premodifying_parties
from kg.extractors.triggers import Trigger
from kg.model import DecisionType

__all__ = ["ACTION_PREPOSITIONS", "read_noun"]

#: Prepositions that lead from an evoking noun or verb to what it is about.
ACTION_PREPOSITIONS = frozenset({"on", "of", "for", "to", "against", "over", "in", "into", "from", "with", "about"})
#: Nouns for undertaking something else than themselves.
PROMISING = frozenset({"commitment", "decision", "intention", "plan", "pledge", "promise", "proposal", "vow"})
#: Verbs by which a decision comes about.
ISSUING = frozenset(
    "adopt agree announce approve award enact give grant hand impose introduce issue make pass place publish reach set sign "
    "take unveil".split()
)
#: Prepositions that lead to the other party.
PARTY_PREPOSITIONS = {
    DecisionType.PERMIT: frozenset({"to", "for"}),
    DecisionType.PROHIBIT: frozenset({"on", "against", "for"}),
    DecisionType.REQUIRE: frozenset({"to", "for"}),
    DecisionType.COMMIT: frozenset({"on", "against", "to", "with"}),
    DecisionType.REFUSE: frozenset({"to"}),
    DecisionType.REQUEST: frozenset({"to", "on", "with", "from"}),
    DecisionType.WARN: frozenset({"to", "against"}),
}
#: Types of acts that come "from" a party.
FROM_TYPES = frozenset({DecisionType.REQUEST, DecisionType.COMMIT, DecisionType.PERMIT, DecisionType.WARN})


def read_noun(trigger: Trigger) -> tuple[list[Token], list[Token], list[Token]]:
    """Heads of the phrases for actors, recipients and actions around an evoking noun and, where a verb helps it, of that
    verb."""
    noun, verb = trigger.token, trigger.predicate
    actions = _noun_actions(trigger)
    issuers = [agent for clause in _issuing_clauses(noun) for agent in syntax.agents(clause)]
    own_actors = [*syntax.possessors(noun), *syntax.agents(noun), *issuers, *_source_actors(trigger)]
    if verb.i == noun.i or not trigger.operator:
        actors: list[Token] = own_actors or premodifying_parties(noun)
        recipients = [n for n in led_by(noun, PARTY_PREPOSITIONS[trigger.type]) if is_named_party(n)]
        return actors, [r for r in recipients if r not in actions], actions
    if trigger.operator == "receive":
        return led_by(verb, {"from"}) or own_actors, syntax.subjects(verb), actions
    passive = syntax.is_passive(verb)
    actors = syntax.agents(verb) if passive else syntax.subjects(verb)
    recipients = syntax.indirect_objects(verb)
    if passive and noun not in syntax.subjects(verb):
        recipients = [*syntax.subjects(verb), *recipients]
    if not recipients:
        recipients = [n for n in _party_nouns(trigger) if n not in actions]
    return actors or own_actors, recipients, actions


def _party_nouns(trigger: Trigger) -> list[Token]:
    prepositions = PARTY_PREPOSITIONS[trigger.type]
    return [n for word in (trigger.predicate, trigger.token) for n in led_by(word, prepositions) if is_named_party(n)]


def _source_actors(trigger: Trigger) -> list[Token]:
    """ "calls *from allies*", "sanctions *from the EU*", "at the request *of Chile*"."""
    if trigger.type not in FROM_TYPES:
        return []
    found = [n for n in led_by(trigger.token, {"from"}) if is_named_party(n) or trigger.type is DecisionType.REQUEST]
    if trigger.type is DecisionType.REQUEST:
        found += [n for n in led_by(trigger.token, {"of"}) if is_named_party(n)]
    return found


def _noun_actions(trigger: Trigger) -> list[Token]:
    """What the noun is about: its clause, its prepositional complement, its compound; what is done "at the request of"
    somebody; commitments are their own action."""
    noun = trigger.token
    clauses = [c for c in syntax.complements(noun) if c.i > noun.i]
    verb = trigger.predicate
    if not clauses and verb.i != noun.i and trigger.operator:
        clauses = [c for c in syntax.complements(verb) if has_mark(c, {"to"}) and c.i > noun.i]
    if clauses:
        return clauses[:1]
    if trigger.type is DecisionType.COMMIT and trigger.entry.type == "commit":
        promised = led_by(noun, {"for", "of", "on"}) if noun.lemma_.lower() in PROMISING else []
        return [n for n in promised if not is_named_party(n)][:1] or [noun]
    issuing = _issuing_clauses(noun)
    askers = _source_actors(trigger)
    things = [n for word in (noun, *issuing) for n in led_by(word, ACTION_PREPOSITIONS) if n not in askers]
    if not things and trigger.operator:
        things = [n for n in led_by(verb, {"to", "for", "on"}) if not is_named_party(n) and n.i > noun.i]
    gerunds = find_gerunds(noun, set(ACTION_PREPOSITIONS)) + [
        c for c in noun.children if c.dep_ == "acl" and c.i > noun.i and c not in issuing
    ]
    if things or gerunds:
        return sorted({t.i: t for t in [*gerunds, *things]}.values(), key=_position)[:1]
    if trigger.type is DecisionType.REQUEST and ("at", noun) in syntax.obliques(noun.head):
        return [noun.head]
    compounds = [m for m in syntax.modifiers(noun) if m.pos_ in {"NOUN", "PROPN"} and not is_named_party(m)]
    return [m for m in compounds if m not in trigger.words][-1:] or [noun]


def _issuing_clauses(noun: Token) -> list[Token]:
    """Participles that tell how a decision came about ("the ban *imposed* by Oslo on whalers"), not what it is about."""
    return [c for c in noun.children if c.dep_ == "acl" and c.tag_ == "VBN" and c.lemma_.lower() in ISSUING]


def _position(token: Token) -> int:
    return token.i
