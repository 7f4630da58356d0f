"""Who, towards whom, what: the arguments of a trigger through the grammar.

One reading order for each frame of the lexicon; voice, control, coordination and relative clauses are `syntax`'s work.
Frames and their role names follow VerbNet's (Kipper-Schuler 2005) alternations in outline.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extractors import syntax
from kg.extractors.triggers import Trigger
from kg.model import DecisionType

__all__ = ["Arguments", "find_arguments"]

#: Prepositions that lead from an evoking noun or verb to what it is about.
ACTION_PREPOSITIONS = frozenset({"on", "of", "for", "to", "against", "over", "in", "into", "from", "with", "about"})
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


#: Nouns for what carries a decision but takes none.
CARRIERS = frozenset(
    "order decision ruling law bill rule regulation measure decree proclamation directive contract agreement deal treaty "
    "statement document policy notice judgment verdict resolution permit licence license plan proposal move step ban "
    "legislation injunction mandate announcement sanction restriction amendment memo letter action direction authorization "
    "authorisation permission approval instruction edict clearance".split()
)


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


def _actors(verb: Token) -> list[Token]:
    """The agent of a passive, else the subject; what only carries a decision ("an order that blocks") gives way to who
    issued it."""
    found = syntax.agents(verb) if syntax.is_passive(verb) else syntax.subjects(verb)
    return [issuer for token in found for issuer in (_issuers(token) if token.lemma_.lower() in CARRIERS else [token])]


def _issuers(noun: Token) -> list[Token]:
    """Whose order, or who signs, issues or lifts it."""
    own = [*syntax.possessors(noun), *syntax.agents(noun), *_premodifying_actors(noun)]
    if own:
        return own
    if noun.dep_ in syntax.OBJECTS and noun.head.pos_ == "VERB":
        return [s for s in syntax.subjects(noun.head) if s.lemma_.lower() not in CARRIERS]
    return []


def _patients(verb: Token) -> list[Token]:
    """Objects, or the subjects of a passive, or the noun a relative clause leaves out."""
    if syntax.is_passive(verb):
        return [*syntax.subjects(verb), *syntax.objects(verb)]
    found = syntax.objects(verb)
    noun = syntax.antecedent(verb)
    if not found and noun is not None and verb.dep_ in syntax.RELATIVES and noun not in syntax.subjects(verb):
        return [noun]
    return found


def _led_by(word: Token, prepositions: Iterable[str]) -> list[Token]:
    wanted = frozenset(prepositions)
    return [noun for preposition, noun in syntax.obliques(word) if preposition in wanted and noun.ent_type_ != "DATE"]


def _clauses(word: Token) -> list[Token]:
    """Clauses that complete the word, purpose-like infinitives included when nothing else does."""
    found = syntax.complements(word)
    if found:
        return found
    return [c for c in word.children if c.dep_ in {"advcl", "acl"} and c.i > word.i and _has_mark(c, {"to"})]


def _from_clauses(word: Token) -> list[Token]:
    return [c for c in word.children if c.i > word.i and _has_mark(c, {"from"}) and c.pos_ in {"VERB", "AUX"}] + [
        c
        for preposition in word.children
        if preposition.lower_ == "from" and preposition.dep_ in {"prep", "mark"}
        for c in preposition.children
        if c.dep_ == "pcomp"
    ]


def _has_mark(clause: Token, words: set[str]) -> bool:
    return any(c.lower_ in words and c.i < clause.i and c.dep_ in {"mark", "aux", "case"} for c in clause.children)


def _recipient_action(trigger: Trigger) -> Arguments:
    verb = trigger.token
    patients, clauses = _patients(verb), _clauses(verb)
    nested = [s for clause in clauses for s in syntax.own_subjects(clause)]
    indirect = syntax.indirect_objects(verb)
    if clauses:
        return _make(_actors(verb), indirect or [p for p in patients if p not in clauses] or nested, clauses)
    if not patients:
        patients = _led_by(verb, {"for"})
    return _make(_actors(verb), indirect, patients)


def _recipient_from(trigger: Trigger) -> Arguments:
    verb = trigger.token
    clauses = _from_clauses(verb)
    patients = _patients(verb)
    if clauses:
        return _make(_actors(verb), patients, clauses)
    places = _led_by(verb, {"from"})
    if places and any(p.ent_type_ in {"PERSON", "ORG", "NORP"} or p.pos_ == "PROPN" for p in patients):
        return _make(_actors(verb), patients, [verb])
    return _make(_actors(verb), _led_by(verb, {"against"}), patients or syntax.complements(verb))


def _action_object(trigger: Trigger) -> Arguments:
    verb = trigger.token
    patients = _patients(verb)
    clauses = [c for c in syntax.complements(verb) if c.dep_ in {"ccomp", "xcomp"}]
    recipients = syntax.indirect_objects(verb)
    if not recipients and not patients and trigger.type is DecisionType.REQUEST:
        recipients = [s for clause in clauses for s in syntax.own_subjects(clause)]
    if not recipients and patients:
        nouns = [noun for patient in patients for noun in _led_by(patient, {"on", "against"})]
        recipients = [n for n in [*_led_by(verb, {"on", "against"}), *nouns] if _is_party(n)]
    return _make(_actors(verb), recipients, patients or clauses or _led_by(verb, ACTION_PREPOSITIONS))


def _is_party(noun: Token) -> bool:
    return noun.ent_type_ in {"PERSON", "ORG", "GPE", "NORP"}


def _infinitive(trigger: Trigger) -> Arguments:
    verb = trigger.token
    clauses = _clauses(verb)
    if syntax.is_passive(verb) and not clauses:
        return _make(_actors(verb), [], syntax.subjects(verb))
    actions = clauses or _patients(verb) or _led_by(verb, {"to", "on", "for", "against"})
    return _make(_actors(verb), syntax.indirect_objects(verb), actions)


def _recipient_for(trigger: Trigger) -> Arguments:
    verb = trigger.token
    return _make(_actors(verb), _patients(verb), [verb])


def _speech(trigger: Trigger) -> Arguments:
    verb = trigger.token
    clauses = syntax.complements(verb)
    patients = [*syntax.indirect_objects(verb), *(p for p in _patients(verb) if p not in clauses)]
    topics = _led_by(verb, {"of", "against", "about", "over"}) + _gerunds(verb, {"of", "against", "about", "over"})
    if not clauses and not topics and patients and not _is_party(patients[0]):
        return _make(_actors(verb), [], patients)
    return _make(_actors(verb), patients, clauses or topics or _quoted_clause(verb))


def _gerunds(verb: Token, marks: set[str]) -> list[Token]:
    return [c for c in verb.children if c.i > verb.i and c.dep_ in {"advcl", "pcomp"} and _has_mark(c, marks)]


def _quoted_clause(verb: Token) -> list[Token]:
    """The sentence that a parenthetical verb of saying credits ("…, he warned")."""
    return [verb.head] if verb.dep_ == "parataxis" and verb.head.i < verb.i else []


def _threat(trigger: Trigger) -> Arguments:
    verb = trigger.token
    clauses = _clauses(verb)
    if clauses:
        return _make(_actors(verb), _patients(verb), clauses)
    means = _led_by(verb, {"with"})
    return _make(_actors(verb), _patients(verb) if means else [], means or _patients(verb))


def _ask(trigger: Trigger) -> Arguments:
    verb = trigger.token
    clauses, things = _clauses(verb), _led_by(verb, {"for"})
    asked = [*syntax.indirect_objects(verb), *_patients(verb)]
    if clauses:
        return _make(_actors(verb), asked or [s for c in clauses for s in syntax.own_subjects(c)], clauses)
    return _make(_actors(verb), asked if things else [], things or asked)


def _call_for(trigger: Trigger) -> Arguments:
    verb = trigger.token
    prepositions = {word.lower_ for word in trigger.words[1:]} or {"for"}
    things = _led_by(verb, prepositions)
    clauses = [c for thing in things for c in syntax.complements(thing)] or _clauses(verb)
    if clauses and things and any(_is_party(t) for t in things):
        return _make(_actors(verb), things, clauses)
    return _make(_actors(verb), [], things or clauses or _patients(verb))


def _call_on(trigger: Trigger) -> Arguments:
    verb = trigger.token
    parties = _led_by(verb, {"on", "upon"})
    return _make(_actors(verb), parties, _clauses(verb) or [c for p in parties for c in syntax.complements(p)])


def _preposition_action(trigger: Trigger) -> Arguments:
    verb = trigger.token
    clauses = _clauses(verb)
    parties = _led_by(verb, {"to", "with"})
    if clauses:
        return _make(_actors(verb), parties, clauses)
    things = _led_by(verb, {"for", "on", "against", "in", "from", "over"})
    if things:
        return _make(_actors(verb), parties, things)
    return _make(_actors(verb), [], parties or _patients(verb))


def _tell(trigger: Trigger) -> Arguments:
    verb = trigger.token
    addressed = syntax.indirect_objects(verb) or _patients(verb)
    return _make(_actors(verb), addressed, [c for c in syntax.complements(verb) if _has_mark(c, {"to"})])


def _adjective(trigger: Trigger) -> Arguments:
    """ "X is free to do Y": the subject is the recipient, the actor stands elsewhere."""
    return _make([], syntax.subjects(trigger.token), _clauses(trigger.token))


def _modal(trigger: Trigger) -> Arguments:
    """ "X may do Y", "X must do Y": the subject is the recipient, the verb phrase the action."""
    verb = trigger.token
    return _make([], _patients(verb) if syntax.is_passive(verb) else syntax.subjects(verb), [verb])


def _of_noun(trigger: Trigger) -> Arguments:
    """Arguments around an evoking noun and, where a verb helps it, of that verb."""
    noun, verb = trigger.token, trigger.predicate
    actions = _noun_actions(trigger)
    own_actors = [*syntax.possessors(noun), *syntax.agents(noun), *_source_actors(trigger)]
    if verb.i == noun.i or not trigger.operator:
        actors: list[Token] = own_actors or _premodifying_actors(noun)
        recipients = [n for n in _led_by(noun, PARTY_PREPOSITIONS[trigger.type]) if _is_party(n)]
        return _make(actors, [r for r in recipients if r not in actions], actions)
    if trigger.operator == "receive":
        return _make(_led_by(verb, {"from"}) or own_actors, syntax.subjects(verb), actions)
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
    return [n for word in (trigger.predicate, trigger.token) for n in _led_by(word, prepositions) if _is_party(n)]


def _source_actors(trigger: Trigger) -> list[Token]:
    """ "calls *from allies*", "sanctions *from the EU*"."""
    if trigger.type not in _FROM_TYPES:
        return []
    return [n for n in _led_by(trigger.token, {"from"}) if _is_party(n) or trigger.type is DecisionType.REQUEST]


_FROM_TYPES = frozenset({DecisionType.REQUEST, DecisionType.COMMIT, DecisionType.PERMIT, DecisionType.WARN})


def _premodifying_actors(noun: Token) -> list[Token]:
    """ "the *FDA* approval", "*US* tariffs"."""
    return [m for m in syntax.modifiers(noun) if m.ent_type_ in {"ORG", "GPE", "PERSON", "NORP"}][:1]


def _noun_actions(trigger: Trigger) -> list[Token]:
    """What the noun is about: its clause, its prepositional complement, its compound; commitments are their own action."""
    noun = trigger.token
    clauses = [c for c in syntax.complements(noun) if c.i > noun.i]
    verb = trigger.predicate
    if not clauses and verb.i != noun.i and trigger.operator:
        clauses = [c for c in syntax.complements(verb) if _has_mark(c, {"to"}) and c.i > noun.i]
    if clauses:
        return clauses[:1]
    if trigger.type is DecisionType.COMMIT and trigger.entry.type == "commit":
        return [noun]
    things = _led_by(noun, ACTION_PREPOSITIONS)
    if not things and trigger.operator:
        things = [n for n in _led_by(verb, {"to", "for", "on"}) if not _is_party(n) and n.i > noun.i]
    gerunds = _gerunds(noun, set(ACTION_PREPOSITIONS)) + [c for c in noun.children if c.dep_ == "acl" and c.i > noun.i]
    if things or gerunds:
        return sorted({t.i: t for t in [*gerunds, *things]}.values(), key=_position)[:1]
    compounds = [
        m for m in syntax.modifiers(noun) if m.pos_ in {"NOUN", "PROPN"} and m.ent_type_ not in {"GPE", "ORG", "PERSON"}
    ]
    return compounds[-1:] or [noun]


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
    "Tell": _tell,
    "Modal": _modal,
    "AdjectiveAction": _adjective,
    "Deny": _recipient_action,
}
