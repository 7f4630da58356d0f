"""Who, towards whom, what: the arguments of a trigger through the grammar.

One reading order for each frame of the lexicon; voice, control, coordination and relative clauses are `syntax`'s work.
Frames and their role names follow VerbNet's (Kipper-Schuler 2005) alternations in outline.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extractors import syntax
from kg.extractors.noun_arguments import ACTION_PREPOSITIONS, read_noun
from kg.extractors.roles import (
    find_actors,
    find_clauses,
    find_from_clauses,
    find_gerunds,
    find_patients,
    has_mark,
    is_named_party,
    led_by,
)
from kg.extractors.triggers import Trigger
from kg.model import DecisionType

__all__ = ["Arguments", "find_arguments"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """Heads of the phrases that fill the roles, each in text order."""

    actors: tuple[Token, ...] = ()
    recipients: tuple[Token, ...] = ()
    actions: tuple[Token, ...] = ()


def find_arguments(trigger: Trigger) -> Arguments:
    """The arguments that the sentence gives to the trigger; empty roles are left to the context."""
    if trigger.is_nominal:
        return _make(*read_noun(trigger))
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
