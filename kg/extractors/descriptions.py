"""Definite descriptions -> the party that they take up ("the ministry", "the president"), or none where it is open.

One pass in text order. A description joins the party whose name, title or earlier description holds its noun; of several
the one mentioned last, if the others are well behind; else nobody.
"""

from collections.abc import Iterable

from spacy.tokens import Doc

from kg.extractors.grouping import Party, number_sentences
from kg.extractors.mentions import Mention
from kg.extractors.names import FIRM_WORDS, split_name
from kg.model import ActorKind
from kg.ontology import Ontology

__all__ = ["join_descriptions"]

#: How many of a party's last mentions a description is compared with.
RECENT = 24
#: How many of the parties named last a description may repeat.
RECENT_PARTIES = 60
#: Nouns for the powers of a state: with the state's name they are the state as an actor.
GOVERNMENTS = frozenset({"government", "authority", "authorities"})
#: Nouns that any private or any public body may be called by.
FIRMS = frozenset(
    "company firm group giant maker manufacturer carrier retailer business conglomerate operator producer supplier startup"
    " developer lender insurer exporter importer yard utility chain platform contractor airline brewer drugmaker carmaker"
    " automaker chipmaker".split()
)
PUBLIC = frozenset("agency authority body regulator watchdog organisation organization institution".split())
#: Words in a body's name that fit a public noun.
PUBLIC_WORDS = frozenset(
    "agency administration authority bureau commission board council office service inspectorate institute".split()
)
#: How many sentences a description looks back.
REACH = 12
#: How much farther off, in sentences, every rival must be.
LEAD = 2
NEVER = 10_000


def join_descriptions(doc: Doc, parties: list[Party], ontology: Ontology) -> list[Party]:
    """Parties with the descriptions that have one antecedent put into it, in text order."""
    sentences = number_sentences(doc)
    done: list[Party] = []
    for party in sorted(parties, key=_first):
        target = (
            None if party.is_named else _find_antecedent(doc, party.mentions[0], done, parties, sentences, ontology)
        )
        if target is None:
            done.append(party)
        else:
            target.mentions.extend(party.mentions)
    return _join_leads(doc, done, ontology)


def _join_leads(doc: Doc, parties: list[Party], ontology: Ontology) -> list[Party]:
    """Descriptions that come before their name, as news have it: "Judge halts …", "A federal judge …", "Judge Ann Poe …".

    Only a headline's bare noun, or a singular office in the first sentences, and only where one party of the whole article
    answers to it.
    """
    headline = next((token.i for token in doc if "\n" in token.text), 0)
    named = [party for party in parties if party.is_named]
    left = []
    for party in parties:
        mention = party.mentions[0]
        is_lead = not party.is_named and not party.plural and mention.possessor < 0 and not mention.count
        if is_lead and (mention.head < headline or _is_office(mention, ontology)):
            later = [other for other in named if other is not party and _is_named_after(other, mention)]
            fitting = [other for other in later if _answers(doc, mention, other, ontology)]
            if len(fitting) == 1:
                fitting[0].mentions.extend(party.mentions)
                continue
        left.append(party)
    return left


def _is_named_after(party: Party, mention: Mention) -> bool:
    return all(other.head > mention.head for other in party.named)


def _is_office(mention: Mention, ontology: Ontology) -> bool:
    office = ontology.office_by_name(mention.lemma)
    return office is not None and office.role in {"head", "minister", "judge"} and not mention.plural


def _answers(doc: Doc, mention: Mention, party: Party, ontology: Ontology) -> bool:
    """The noun stands in the party's name or titles; other words before it need not."""
    if _conflict(mention.states, party.states) or party.plural:
        return False
    if mention.kind is ActorKind.PERSON:
        titles = {split_name(other.title)[-1] for other in party.mentions if split_name(other.title)}
        return party.kind is ActorKind.PERSON and bool(party.named) and mention.lemma in titles
    if party.kind not in {ActorKind.ORGANISATION, ActorKind.UNKNOWN}:
        return False
    return _fits(doc, mention, party, ontology)


def _first(party: Party) -> int:
    return party.first


def _find_antecedent(
    doc: Doc, mention: Mention, before: list[Party], parties: list[Party], sentences: list[int], ontology: Ontology
) -> Party | None:
    """The party that a description stands for; ``before`` are those already read, all names count from anywhere."""
    if mention.lemma in GOVERNMENTS and len(mention.states) == 1:
        states = [party for party in parties if party.known == mention.states[0]]
        return states[0] if states else None
    same = [party for party in before[-RECENT_PARTIES:] if _is_same_description(doc, mention, party)]
    if same:
        return _pick_latest(same, mention.head, sentences, reach=NEVER - 1)
    if not mention.definite or mention.plural or mention.possessor >= 0 or mention.count:
        return None
    candidates = [party for party in before if party.is_named and party.first < mention.head]
    fitting = [party for party in candidates if _fits(doc, mention, party, ontology)]
    if not fitting:
        fitting = [party for party in before if not party.is_named and _continues(doc, mention, party, ontology)]
    if not fitting:
        fitting = [party for party in candidates if _may_be_called(doc, mention, party, ontology)]
    return _pick_latest(fitting, mention.head, sentences, reach=REACH)


def _pick_latest(parties: list[Party], index: int, sentences: list[int], *, reach: int) -> Party | None:
    """The party mentioned last, if it is the only one or the others are at least two sentences farther off."""
    ranked = sorted(((_distance(party, index, sentences), number) for number, party in enumerate(parties)))
    if not ranked or ranked[0][0] > reach:
        return None
    if len(ranked) > 1 and ranked[1][0] - ranked[0][0] < LEAD:
        return None
    return parties[ranked[0][1]]


def _distance(party: Party, index: int, sentences: list[int]) -> int:
    last = party.last_before(index)
    return sentences[index] - sentences[last] if last >= 0 else NEVER


def _is_same_description(doc: Doc, mention: Mention, party: Party) -> bool:
    """Equal words: definite again, or a bare plural again; an indefinite one is always somebody new."""
    lemma, plural = mention.lemma, mention.plural
    others = [o for o in party.mentions[-RECENT:] if o.lemma == lemma and not o.is_name and o.plural == plural]
    if not others:
        return False
    words, phrase = _words(doc, *mention.core), _words(doc, mention.start, mention.end)
    for other in others:
        if mention.possessor != other.possessor and phrase == _words(doc, other.start, other.end):
            return True
        if _words(doc, *other.core) != words or _conflict(mention.states, other.states):
            continue
        if (
            (len(words) > 1 and _is_public(mention))
            or mention.definite
            or (mention.plural and len(words) > 1 and not mention.count)
        ):
            return (
                mention.possessor < 0
                or other.possessor < 0
                or doc[mention.possessor].lower_ == doc[other.possessor].lower_
            )
    return False


def _words(doc: Doc, start: int, end: int) -> tuple[str, ...]:
    return split_name(doc[start:end].text)


def _is_public(mention: Mention) -> bool:
    return mention.kind is ActorKind.ORGANISATION


def _conflict(one: Iterable[str], other: Iterable[str]) -> bool:
    one, other = set(one), set(other)
    return bool(one and other and not one & other)


def _premodifiers(doc: Doc, mention: Mention, ontology: Ontology) -> set[str]:
    """Words of a description before its head noun, less the states (they are compared apart)."""
    words = (token for token in doc[mention.core[0] : mention.head] if token.is_alpha)
    return {token.lower_ for token in words if not _is_state(token.text, ontology)}


def _is_state(word: str, ontology: Ontology) -> bool:
    known = ontology.known_actor_by_demonym(word) or ontology.known_actor_by_name(word)
    return known is not None and known.kind == ActorKind.STATE


def _fits(doc: Doc, mention: Mention, party: Party, ontology: Ontology) -> bool:
    """Its noun stands in a name, title or earlier description of the party ("the commission", "the president")."""
    if _conflict(mention.states, party.states) or party.plural:
        return False
    words = _premodifiers(doc, mention, ontology)
    known = ontology.known_actors.get(party.known)
    if mention.kind is ActorKind.PERSON:
        titles = [split_name(other.title) for other in party.mentions if other.title]
        titles += [split_name(doc[o.core[0] : o.head + 1].text) for o in party.mentions if not o.is_name]
        return party.kind is ActorKind.PERSON and any(mention.lemma == t[-1] and words <= set(t) for t in titles if t)
    if party.kind is ActorKind.PERSON:
        return False
    if known is not None and mention.lemma in known.nouns and not words - {"central"}:
        return True
    forms = [form for form in party.words(doc) if mention.lemma in {form[0], form[-1]} and len(form) > 1]
    forms += [
        split_name(doc[o.core[0] : o.head + 1].text)
        for o in party.mentions
        if not o.is_name and o.lemma == mention.lemma
    ]
    if known is not None:
        forms += [
            split_name(name) for name in known.names if mention.lemma in split_name(name)[:1] + split_name(name)[-1:]
        ]
    return any(words <= set(form) for form in forms)


def _continues(doc: Doc, mention: Mention, party: Party, ontology: Ontology) -> bool:
    """A definite description takes up an earlier unnamed one of the same noun ("a US official" … "the official")."""
    first = party.mentions[0]
    if party.plural or first.lemma != mention.lemma or _conflict(mention.states, party.states):
        return False
    return _premodifiers(doc, mention, ontology) <= {word.lower_ for word in doc[first.start : first.end]}


def _may_be_called(doc: Doc, mention: Mention, party: Party, ontology: Ontology) -> bool:
    """A general noun that fits the kind of the party ("the company" after a firm's name)."""
    if _premodifiers(doc, mention, ontology) or mention.states or party.plural:
        return False
    words = {word for form in party.words(doc) for word in form}
    if mention.kind is ActorKind.PERSON:
        return mention.lemma in {"man", "woman"} and party.kind is ActorKind.PERSON
    if party.kind not in {ActorKind.ORGANISATION, ActorKind.UNKNOWN}:
        return False
    if mention.lemma in FIRMS:
        heads = {word for form in party.words(doc) for word in form[-1:] if word in ontology.noun_kinds}
        return not party.known and not words & PUBLIC and heads <= FIRMS | FIRM_WORDS and _acts(doc, party)
    return mention.lemma in PUBLIC and bool(words & PUBLIC_WORDS)


def _acts(doc: Doc, party: Party) -> bool:
    """Whether it stands anywhere but behind a preposition of place ("a report in the Gazette")."""
    heads = [doc[mention.head] for mention in party.named]
    return any(not any(child.lower_ in {"in", "near", "at"} for child in head.children) for head in heads)
