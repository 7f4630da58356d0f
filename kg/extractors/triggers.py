"""Words that evoke a decision: the lexicon's entries found in the parse, with what their verb does to them.

"lifted a ban" is one trigger: *ban* evokes it, *lifted* turns it round and carries subject and tense. The idea of
evoking words with a frame is FrameNet's (Baker, Fillmore and Lowe 1998), light verbs are PARSEME's LVC.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extractors import syntax
from kg.extractors.evidence import Evidence
from kg.extractors.lexicon_matches import Hit, Matches, find_matches
from kg.extractors.roles import has_mark
from kg.model import DecisionType
from kg.ontology import DecisionEntry, Ontology

__all__ = ["Trigger", "find_triggers"]

#: From this probability on a word that the lexicon lacks is looked at.
LEARNED = 0.4
#: The same where a modal and "not" may forbid: the grammar speaks for it too.
HINTED = 0.1
#: Labels of names of times.
TIMES = frozenset({"DATE", "TIME"})
#: Verbs by which somebody takes a thing to be something.
JUDGING = frozenset({"believe", "call", "consider", "regard", "see", "think", "view"})
#: What a modal itself may tell ("boats *may* enter", "*must* leave"): the subject is led, and does not lead.
LED_BY_MODALS = frozenset({DecisionType.PERMIT, DecisionType.PROHIBIT, DecisionType.REQUIRE})
#: Modals by which "not" forbids, and those by which it forbids or is no decision.
FORBIDDING = frozenset({"can", "could", "may", "must", "shall"})
BARRING = frozenset({"may", "must", "shall"})
#: What undoing makes of the thing undone.
REVERSED = {
    DecisionType.PERMIT: DecisionType.PROHIBIT,
    DecisionType.PROHIBIT: DecisionType.PERMIT,
    DecisionType.REQUIRE: DecisionType.PERMIT,
}
#: What "not" makes of an act that lets or obliges: not letting forbids.
NEGATED = {DecisionType.PERMIT: DecisionType.PROHIBIT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """One evoked decision.

    ``token`` is the evoking word, ``predicate`` the word that carries subject, tense and negation (the verb, or the noun
    itself where no verb helps it), ``operator`` what the predicate does to the evoking noun (support, receive, reverse,
    keep or ""). ``type`` has reversal worked in, negation not. ``weight`` is the lexicon's 0-1.
    """

    token: Token
    predicate: Token
    type: DecisionType
    entry: DecisionEntry
    operator: str = ""
    weight: float = 1.0
    words: tuple[Token, ...] = ()
    is_learned: bool = False

    @property
    def is_nominal(self) -> bool:
        """Whether a noun evokes it."""
        return self.entry.pos == "noun"


def find_triggers(doc: Doc, ontology: Ontology, evidence: Evidence) -> tuple[Trigger, ...]:
    """Every trigger of the document in text order, at most one for each evoking word.

    The lexicon comes first; words that only the learned heads take for a decision word get the frame of their form.
    """
    matches = find_matches(doc, ontology)
    found: dict[int, Trigger] = {}
    for index in sorted(matches):
        for trigger in _verbal(doc[index], matches):
            found.setdefault(trigger.token.i, trigger)
    taken = {word.i for trigger in found.values() for word in (*trigger.words, trigger.predicate)}
    for index in sorted(matches):
        if index not in taken:
            for trigger in _nominal(doc[index], matches):
                found.setdefault(trigger.token.i, trigger)
    taken |= {word.i for trigger in found.values() for word in (*trigger.words, trigger.predicate)}
    taken |= {i for i, hits in matches.items() if _is_ruled_out(doc[i], hits)}
    for token in doc:
        if token.i not in taken and _is_seen(token, evidence) and not _is_opinion(token):
            found.setdefault(token.i, _learned(token, evidence))
    return tuple(found[index] for index in sorted(found))


def _is_seen(token: Token, evidence: Evidence) -> bool:
    """Whether the heads see enough of a decision in a word that the lexicon lacks and that tells no time."""
    chance = evidence.any_decision(token)
    if chance < LEARNED and (chance < HINTED or not _may_not(_find_predicate(token), BARRING)):
        return False
    return token.ent_type_ not in TIMES or token.pos_ in {"VERB", "AUX"}


def _find_predicate(token: Token) -> Token:
    return token.head if token.dep_ in syntax.AUXILIARIES else token


def _learned(token: Token, evidence: Evidence) -> Trigger:
    """A trigger without an entry: its frame follows from its form, its type from the heads or, where they give but a hint,
    from the grammar, which forbids."""
    kinds = evidence.type_probabilities((token,))
    kind = max(kinds, key=lambda k: (kinds[k], k))
    if evidence.any_decision(token) < LEARNED:
        kind = DecisionType.PROHIBIT
    predicate = _find_predicate(token)
    pos = (
        "noun" if predicate.pos_ in {"NOUN", "PROPN"} else "verb" if predicate.pos_ in {"VERB", "AUX"} else "adjective"
    )
    entry = DecisionEntry(
        iri="", lemmas=(token.lemma_.lower(),), pos=pos, type=kind.value, frame=_form_frame(token, predicate, kind)
    )
    return Trigger(
        token=predicate, predicate=predicate, type=kind, entry=entry, weight=0.0, words=(token,), is_learned=True
    )


def _form_frame(token: Token, predicate: Token, kind: DecisionType) -> str:
    """What the type and the word's complements make of it: who lets, bids and bans by a modal is not its subject."""
    if kind in LED_BY_MODALS and (
        token.i != predicate.i or (kind is DecisionType.PROHIBIT and _may_not(predicate, FORBIDDING))
    ):
        return "Modal"
    if predicate.pos_ in {"NOUN", "PROPN"}:
        return "NounAction"
    clauses = [c for c in syntax.complements(predicate) if c.dep_ == "xcomp"]
    if clauses:
        return "RecipientAction" if syntax.objects(predicate) or syntax.indirect_objects(predicate) else "Infinitive"
    return "ActionObject" if predicate.pos_ == "VERB" else "AdjectiveAction"


def _may_not(verb: Token, modals: frozenset[str]) -> bool:
    """Whether one of the modals and a "not" forbid what the verb tells ("boats *may not* enter")."""
    return not modals.isdisjoint(aux.lower_ for aux in syntax.auxiliaries(verb)) and syntax.is_negated(verb)


def _verbal(token: Token, matches: Matches) -> Iterator[Trigger]:
    """Triggers whose predicate is this verb or adjective: an operator with its noun, or the word by itself."""
    hits = [hit for hit in matches.get(token.i, ()) if hit[0].pos != "noun"]
    operated = [
        trigger for entry, words in hits if entry.operator for trigger in _operated(token, entry, words, matches)
    ]
    if operated:
        yield from operated
        return
    for entry, words in sorted(hits, key=_by_weight):
        if entry.type and _allows_object(token, entry) and _has_needed_argument(token, entry):
            yield Trigger(
                token=token,
                predicate=token,
                type=DecisionType(entry.type),
                entry=entry,
                weight=entry.weight,
                words=words,
            )
            return


def _by_weight(hit: Hit) -> tuple[bool, float, str]:
    return (not hit[0].objects, -hit[0].weight, hit[0].iri)


def _operated(verb: Token, operator: DecisionEntry, words: tuple[Token, ...], matches: Matches) -> Iterator[Trigger]:
    """What an operator verb makes of the evoking nouns among its objects or passive subjects."""
    for noun in _operands(verb):
        for entry, noun_words in matches.get(noun.i, ()):
            if entry.pos != "noun" or not entry.type:
                continue
            kind = DecisionType(entry.type)
            if operator.operator == "reverse":
                if kind not in REVERSED:
                    continue
                kind = REVERSED[kind]
            elif operator.operator in {"receive"} and kind is not DecisionType.PERMIT:
                continue
            yield Trigger(
                token=noun,
                predicate=verb,
                type=kind,
                entry=entry,
                operator=operator.operator,
                weight=max(entry.weight, 0.6) * operator.weight,
                words=(*words, *noun_words),
            )
            break


def _operands(verb: Token) -> list[Token]:
    found = list(syntax.objects(verb))
    if syntax.is_passive(verb):
        found += syntax.subjects(verb)
    found += [c for c in verb.children if c.dep_ == "advmod" and c.tag_.startswith("NN")]
    relative = syntax.antecedent(verb)
    if relative is not None and not found and verb.dep_ in syntax.RELATIVES:
        found.append(relative)
    return [noun for noun in found if noun.i != verb.i]


def _allows_object(token: Token, entry: DecisionEntry) -> bool:
    if not entry.objects and not entry.not_objects:
        return True
    lemmas = {word.lemma_.lower() for word in (*_operands(token), *syntax.complements(token))}
    lemmas |= {noun.lemma_.lower() for _, noun in syntax.obliques(token)}
    return not lemmas & set(entry.not_objects) and (not entry.objects or bool(lemmas & set(entry.objects)))


def _is_ruled_out(token: Token, hits: list[Hit]) -> bool:
    """Whether the lexicon knows the word and says that with this object it is no decision ("requested anonymity")."""
    return any(
        entry.type and (not _allows_object(token, entry) or (entry.frame == "Thing" and _has_infinitive(token)))
        for entry, _ in hits
    )


def _is_opinion(verb: Token) -> bool:
    """Whether somebody takes something to be something ("does not consider the islands (to be) its own")."""
    if verb.lemma_.lower() not in JUDGING:
        return False
    clauses = [c for c in verb.children if c.dep_ in {"xcomp", "ccomp"}]
    return any(syntax.copula(c) is not None or c.pos_ in {"NOUN", "PROPN", "ADJ"} for c in clauses)


def _has_needed_argument(token: Token, entry: DecisionEntry) -> bool:
    """Frames that mean the decision only with their clause or object ("told them *to leave*", "denied *him entry*")."""
    if entry.pos == "adjective":
        return bool(syntax.complements(token)) or any(c.dep_ == "advcl" for c in token.children)
    if token.lemma_ == "let" and any(c.lower_ in {"'s", "’s", "us"} for c in token.children):
        return False
    if entry.frame in {"Tell", "Causation"}:
        return _has_infinitive(token)
    if entry.frame == "Thing":
        return any(noun.pos_ in {"NOUN", "PROPN"} for noun in _operands(token))
    if entry.frame == "Deny":
        return bool(syntax.indirect_objects(token)) or any(noun.pos_ == "NOUN" for noun in _operands(token))
    if entry.frame == "Infinitive" and entry.weight < 1:
        return bool(syntax.complements(token) or _operands(token) or any(True for _ in syntax.obliques(token)))
    return True


def _has_infinitive(verb: Token) -> bool:
    return any(has_mark(clause, {"to"}) for clause in syntax.complements(verb))


def _nominal(token: Token, matches: Matches) -> Iterator[Trigger]:
    """An evoking noun without an operator; its predicate is the verb it is subject of, or itself."""
    for entry, words in matches.get(token.i, ()):
        if entry.pos == "noun" and entry.type and token.dep_ not in {"compound", "nmod:desc"}:
            yield Trigger(
                token=token,
                predicate=_nominal_predicate(token),
                type=DecisionType(entry.type),
                entry=entry,
                weight=entry.weight * 0.6,
                words=words,
            )
            return


def _nominal_predicate(token: Token) -> Token:
    label = token.dep_
    if label in syntax.SUBJECTS | syntax.PASSIVE_SUBJECTS and token.head.pos_ in {"VERB", "AUX"}:
        return token.head
    return token
