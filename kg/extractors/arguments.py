"""Who, towards whom, what: the arguments of a trigger through the grammar.

One reading order for each frame of the lexicon; voice, control, coordination and relative clauses are `syntax`'s work.
Frames and their role names follow VerbNet's (Kipper-Schuler 2005) alternations in outline.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extractors import syntax
from kg.extractors.roles import (
    find_actors,
    find_clauses,
    find_from_clauses,
    find_gerunds,
    find_patients,
    has_mark,
    is_named_party,
    led_by,
    premodifying_parties,
)
from kg.extractors.triggers import Trigger
from kg.model import DecisionType

__all__ = ["Arguments", "find_arguments"]

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """Heads of the phrases that fill the roles, each in text order."""

    actors: tuple[Token, ...] = ()
    recipients: tuple[Token, ...] = ()
    actions: tuple[Token, ...] = ()


def find_arguments(trigger: Trigger) -> Arguments:
    """The arguments that the sentence gives to the trigger; empty roles are left to the context."""
    if trigger.is_nominal:
        return _of_noun(trigger)
    return _READERS.get(trigger.entry.frame, _action_object)(trigger)


def _make(actors: Iterable[Token], recipients: Iterable[Token], actions: Iterable[Token]) -> Arguments:
    recipients, actions = tuple(recipients), tuple(actions)
    taken = {token.i for token in (*recipients, *actions)}
    return Arguments(actors=tuple(t for t in actors if t.i not in taken), recipients=recipients, actions=actions)


def _recipient_action(trigger: Trigger) -> Arguments:
    verb = trigger.token
    patients, clauses = find_patients(verb), find_clauses(verb)
    nested = [s for clause in clauses for s in syntax.own_subjects(clause)]
    indirect = syntax.indirect_objects(verb)
    if clauses:
        return _make(find_actors(verb), indirect or [p for p in patients if p not in clauses] or nested, clauses)
    if not patients:
        patients = led_by(verb, {"for"})
    return _make(find_actors(verb), indirect, patients)


def _recipient_from(trigger: Trigger) -> Arguments:
    verb = trigger.token
    clauses = find_from_clauses(verb)
    patients = find_patients(verb)
    if clauses:
        return _make(find_actors(verb), patients, clauses)
    places = led_by(verb, {"from"})
    if places and any(p.ent_type_ in {"PERSON", "ORG", "NORP"} or p.pos_ == "PROPN" for p in patients):
        return _make(find_actors(verb), patients, [verb])
    return _make(find_actors(verb), led_by(verb, {"against"}), patients or syntax.complements(verb))


def _action_object(trigger: Trigger) -> Arguments:
    verb = trigger.token
    patients = find_patients(verb)
    clauses = [c for c in syntax.complements(verb) if c.dep_ in {"ccomp", "xcomp"}]
    recipients = syntax.indirect_objects(verb)
    if not recipients and not patients and trigger.type is DecisionType.REQUEST:
        recipients = [s for clause in clauses for s in syntax.own_subjects(clause)]
    if not recipients and patients:
        nouns = [noun for patient in patients for noun in led_by(patient, {"on", "against"})]
        recipients = [n for n in [*led_by(verb, {"on", "against"}), *nouns] if is_named_party(n)]
    return _make(find_actors(verb), recipients, patients or clauses or led_by(verb, ACTION_PREPOSITIONS))


def _infinitive(trigger: Trigger) -> Arguments:
    verb = trigger.token
    clauses = find_clauses(verb)
    if syntax.is_passive(verb) and not clauses:
        return _make(find_actors(verb), [], syntax.subjects(verb))
    actions = clauses or find_patients(verb) or led_by(verb, {"to", "on", "for", "against"})
    return _make(find_actors(verb), syntax.indirect_objects(verb), actions)


def _recipient_for(trigger: Trigger) -> Arguments:
    verb = trigger.token
    return _make(find_actors(verb), find_patients(verb), [verb])


def _speech(trigger: Trigger) -> Arguments:
    verb = trigger.token
    clauses = syntax.complements(verb)
    patients = [*syntax.indirect_objects(verb), *(p for p in find_patients(verb) if p not in clauses)]
    topics = led_by(verb, {"of", "against", "about", "over"}) + find_gerunds(verb, {"of", "against", "about", "over"})
    if not clauses and not topics and patients and not is_named_party(patients[0]):
        return _make(find_actors(verb), [], patients)
    return _make(find_actors(verb), patients, clauses or topics or _quoted_clause(verb))


def _quoted_clause(verb: Token) -> list[Token]:
    """The sentence that a parenthetical verb of saying credits ("…, he warned")."""
    return [verb.head] if verb.dep_ == "parataxis" and verb.head.i < verb.i else []


def _threat(trigger: Trigger) -> Arguments:
    verb = trigger.token
    clauses = find_clauses(verb)
    if clauses:
        return _make(find_actors(verb), find_patients(verb), clauses)
    means = led_by(verb, {"with"})
    return _make(find_actors(verb), find_patients(verb) if means else [], means or find_patients(verb))


def _ask(trigger: Trigger) -> Arguments:
    verb = trigger.token
    clauses, things = find_clauses(verb), led_by(verb, {"for"})
    asked = [*syntax.indirect_objects(verb), *find_patients(verb)]
    if clauses:
        return _make(find_actors(verb), asked or [s for c in clauses for s in syntax.own_subjects(c)], clauses)
    return _make(find_actors(verb), asked if things else [], things or asked)


def _call_for(trigger: Trigger) -> Arguments:
    verb = trigger.token
    prepositions = {word.lower_ for word in trigger.words[1:]} or {"for"}
    things = led_by(verb, prepositions)
    clauses = [c for thing in things for c in syntax.complements(thing)] or find_clauses(verb)
    if clauses and things and any(is_named_party(t) for t in things):
        return _make(find_actors(verb), things, clauses)
    return _make(find_actors(verb), [], things or clauses or find_patients(verb))


def _call_on(trigger: Trigger) -> Arguments:
    verb = trigger.token
    parties = led_by(verb, {"on", "upon"})
    return _make(find_actors(verb), parties, find_clauses(verb) or [c for p in parties for c in syntax.complements(p)])


def _preposition_action(trigger: Trigger) -> Arguments:
    verb = trigger.token
    clauses = find_clauses(verb)
    parties = led_by(verb, {"to", "with"})
    if clauses:
        return _make(find_actors(verb), parties, clauses)
    things = led_by(verb, {"for", "on", "against", "in", "from", "over"})
    if things:
        return _make(find_actors(verb), parties, things)
    return _make(find_actors(verb), [], parties or find_patients(verb))


def _causation(trigger: Trigger) -> Arguments:
    """ "X prompted Y to do Z": Y did Z."""
    verb = trigger.token
    return _make(find_patients(verb), [], [c for c in syntax.complements(verb) if has_mark(c, {"to"})])


def _tell(trigger: Trigger) -> Arguments:
    verb = trigger.token
    addressed = syntax.indirect_objects(verb) or find_patients(verb)
    return _make(find_actors(verb), addressed, [c for c in syntax.complements(verb) if has_mark(c, {"to"})])


def _adjective(trigger: Trigger) -> Arguments:
    """ "X is free to do Y": the subject is the recipient, the actor stands elsewhere."""
    return _make([], syntax.subjects(trigger.token), find_clauses(trigger.token))


def _modal(trigger: Trigger) -> Arguments:
    """ "X may do Y", "X must do Y": the subject is the recipient, the verb phrase the action."""
    verb = trigger.token
    return _make([], find_patients(verb) if syntax.is_passive(verb) else syntax.subjects(verb), [verb])


def _of_noun(trigger: Trigger) -> Arguments:
    """Arguments around an evoking noun and, where a verb helps it, of that verb."""
    noun, verb = trigger.token, trigger.predicate
    actions = _noun_actions(trigger)
    issuers = [agent for clause in _issuing_clauses(noun) for agent in syntax.agents(clause)]
    own_actors = [*syntax.possessors(noun), *syntax.agents(noun), *issuers, *_source_actors(trigger)]
    if verb.i == noun.i or not trigger.operator:
        actors: list[Token] = own_actors or premodifying_parties(noun)
        recipients = [n for n in led_by(noun, PARTY_PREPOSITIONS[trigger.type]) if is_named_party(n)]
        return _make(actors, [r for r in recipients if r not in actions], actions)
    if trigger.operator == "receive":
        return _make(led_by(verb, {"from"}) or own_actors, syntax.subjects(verb), actions)
    passive = syntax.is_passive(verb)
    actors = syntax.agents(verb) if passive else syntax.subjects(verb)
    recipients = syntax.indirect_objects(verb)
    if passive and noun not in syntax.subjects(verb):
        recipients = [*syntax.subjects(verb), *recipients]
    if not recipients:
        recipients = [n for n in _party_nouns(trigger) if n not in actions]
    return _make(actors or own_actors, recipients, actions)


def _party_nouns(trigger: Trigger) -> list[Token]:
    prepositions = PARTY_PREPOSITIONS[trigger.type]
    return [n for word in (trigger.predicate, trigger.token) for n in led_by(word, prepositions) if is_named_party(n)]


def _source_actors(trigger: Trigger) -> list[Token]:
    """ "calls *from allies*", "sanctions *from the EU*", "at the request *of Chile*"."""
    if trigger.type not in _FROM_TYPES:
        return []
    found = [n for n in led_by(trigger.token, {"from"}) if is_named_party(n) or trigger.type is DecisionType.REQUEST]
    if trigger.type is DecisionType.REQUEST:
        found += [n for n in led_by(trigger.token, {"of"}) if is_named_party(n)]
    return found


_FROM_TYPES = frozenset({DecisionType.REQUEST, DecisionType.COMMIT, DecisionType.PERMIT, DecisionType.WARN})


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


_READERS: Mapping[str, Callable[[Trigger], Arguments]] = {
    "RecipientAction": _recipient_action,
    "RecipientFrom": _recipient_from,
    "ActionObject": _action_object,
    "Infinitive": _infinitive,
    "RecipientFor": _recipient_for,
    "Speech": _speech,
    "Threat": _threat,
    "Ask": _ask,
    "CallFor": _call_for,
    "CallOn": _call_on,
    "PrepositionAction": _preposition_action,
    "Causation": _causation,
    "Tell": _tell,
    "Modal": _modal,
    "AdjectiveAction": _adjective,
    "Deny": _recipient_action,
}
