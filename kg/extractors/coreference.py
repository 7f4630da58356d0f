"""Pronouns -> the party that they stand for, or none where the text leaves it open.

Agreement, recency and grammatical role (after Lappin and Leass 1994); silence is preferred to a guess: a candidate counts
only when no rival comes near. A quoted "I" or "we" is its speaker.
"""

from spacy.tokens import Doc, Token

from kg.extractors import syntax
from kg.extractors.grouping import Party, number_sentences
from kg.extractors.names import PRONOUN_GENDERS, split_name
from kg.extractors.quotations import find_quotations
from kg.model import ActorKind

__all__ = ["resolve_pronouns"]

#: Nouns and titles that tell the sex of their bearer.
WOMEN = frozenset(
    "woman spokeswoman chairwoman congresswoman businesswoman actress queen princess mother daughter wife widow girl mrs ms"
    " miss lady dame baroness".split()
)
MEN = frozenset(
    "man spokesman chairman congressman businessman actor king prince father son husband boy emperor pope mr sir lord"
    " sheikh".split()
)
#: First-person pronouns of a quoted speaker -> whether they may stand for the body that speaks.
SPEAKERS = {"i": False, "me": False, "my": False, "we": True, "us": True, "our": True}
#: How many sentences a pronoun looks back, and by how much the best antecedent must lead.
REACH, LEAD = 2, 1.0
PLACE_PREPOSITIONS = frozenset("in at near around inside outside across through over off".split())
SUBJECTS = syntax.SUBJECTS | syntax.PASSIVE_SUBJECTS
ROOTS = frozenset({"ROOT", "root"})


def resolve_pronouns(doc: Doc, parties: list[Party]) -> dict[int, Party]:
    """Token index of a pronoun -> its party, for those that can be told."""
    sentences = number_sentences(doc)
    owner = {mention.head: party for party in parties for mention in party.mentions}
    owner |= {
        index: party for party in parties for mention in party.named for index in range(mention.start, mention.end)
    }
    genders = {id(party): gender for party in parties if (gender := _gender_of(doc, party))}
    quotes = _number_quotations(doc)
    found: dict[int, Party] = {}
    pronouns = [token for token in doc if token.pos_ in {"PRON", "DET"} and token.dep_ not in {"expl", "det"}]
    for token in pronouns:
        gender = PRONOUN_GENDERS.get(token.lower_, "")
        party = _find_pronoun(doc, token, parties, owner | found, found, genders, sentences) if gender else None
        if party is not None:
            found[token.i] = party
            if gender in {"m", "f"}:
                genders.setdefault(id(party), gender)
    for token in pronouns:
        if token.lower_ in SPEAKERS:
            party = _find_speaker(token, quotes, owner | found, plural=SPEAKERS[token.lower_])
            if party is not None:
                found[token.i] = party
    return found


def _gender_of(doc: Doc, party: Party) -> str:
    words = {word for m in party.mentions for word in split_name(m.title)} | {
        m.lemma for m in party.mentions if not m.is_name
    }
    return "f" if words & WOMEN else "m" if words & MEN else ""


def _find_pronoun(
    doc: Doc,
    token: Token,
    parties: list[Party],
    owner: dict[int, Party],
    found: dict[int, Party],
    genders: dict[int, str],
    sentences: list[int],
) -> Party | None:
    gender = PRONOUN_GENDERS[token.lower_]
    barred = {id(owner[other.i]) for other in _coarguments(token) if other.i in owner}
    scores = [(-score, -1) for score in _score_coordinations(doc, token, owner, sentences)] if gender == "p" else []
    for number, party in enumerate(parties):
        if id(party) in barred or not _agrees(party, gender, genders.get(id(party), "")):
            continue
        places = [m.head for m in party.mentions] + [index for index, other in found.items() if other is party]
        score = max((_salience(doc[place], token, sentences) for place in places if place < token.i), default=0.0)
        if score > 0:
            scores.append((-score if party.plural or gender != "p" else 1.0 - score, number))
    scores.sort()
    if not scores or scores[0][1] < 0 or (len(scores) > 1 and scores[1][0] - scores[0][0] < LEAD):
        return None
    return parties[scores[0][1]]


def _score_coordinations(doc: Doc, token: Token, owner: dict[int, Party], sentences: list[int]) -> list[float]:
    """Salience of coordinated parties ("France and Germany"): a plural may mean them together, which is no one party."""
    heads = [doc[index] for index in owner if index < token.i and doc[index].dep_ != "conj"]
    pairs = [
        head
        for head in heads
        if any(child.dep_ == "conj" and child.i in owner and child.i < token.i for child in head.children)
    ]
    return [_salience(head, token, sentences) for head in pairs]


def _agrees(party: Party, gender: str, known_gender: str) -> bool:
    """Number, gender and kind agree."""
    kind = party.kind
    if gender == "p":
        return party.plural or kind is ActorKind.GROUP or (kind is ActorKind.ORGANISATION and bool(party.named))
    if party.plural:
        return False
    if gender == "n":
        return kind is not ActorKind.PERSON or _is_bare_surname(party)
    return kind is ActorKind.PERSON and known_gender in {"", gender}


def _is_bare_surname(party: Party) -> bool:
    """One word and no title: the recogniser may have taken a firm for a person."""
    return bool(party.named) and all(not m.title and m.core[1] - m.core[0] == 1 for m in party.mentions)


def _coarguments(token: Token) -> list[Token]:
    """Other arguments of the pronoun's verb: they are not the same party ("he told him")."""
    head = token.head
    if token.dep_ in {"nmod:poss", "poss"}:
        return []
    return [
        child
        for child in (*syntax.own_subjects(head), *syntax.objects(head), *syntax.indirect_objects(head))
        if child.i != token.i
    ]


def _salience(place: Token, token: Token, sentences: list[int]) -> float:
    """Recency and role of a mention as seen from a pronoun; 0 where it is out of reach."""
    distance = sentences[token.i] - sentences[place.i]
    if distance > REACH or place.i >= token.i:
        return 0.0
    role = 2.0 if place.dep_ in SUBJECTS else 1.0 if place.dep_ in {"obj", "dobj", "iobj", "obl:agent"} else 0.5
    if place.dep_ == "conj":
        role = 0.5
    if place.dep_ in SUBJECTS and place.head.dep_ in ROOTS:
        role += 0.5
    if place.dep_ in {"compound", "nn", "amod", "nmod:desc"}:
        role = 0.0
    if _is_location(place):
        return 0.0
    parallel = 0.5 if place.dep_ in SUBJECTS and token.dep_ in SUBJECTS else 0.0
    if parallel and token.head.dep_ in ROOTS and place.head.dep_ in ROOTS:
        parallel += 0.5
    return 4.0 - 1.5 * distance + role + parallel


def _is_location(place: Token) -> bool:
    """A place name behind a preposition of place tells where, not who."""
    if place.ent_type_ not in {"GPE", "LOC", "FAC"} or place.dep_ in SUBJECTS:
        return False
    return (
        any(child.lower_ in PLACE_PREPOSITIONS for child in place.children) or place.head.lower_ in PLACE_PREPOSITIONS
    )


def _number_quotations(doc: Doc) -> list[int]:
    """For each token the number of the quotation that it stands in, or 0."""
    numbers = [0] * len(doc)
    for number, quotation in enumerate(find_quotations(doc), start=1):
        for index in range(quotation.first, quotation.last):
            numbers[index] = number
    return numbers


def _find_speaker(token: Token, quotes: list[int], owner: dict[int, Party], *, plural: bool) -> Party | None:
    """Who says the quotation: the subject of the verb outside it that governs it, in this sentence or a neighbour's."""
    if not quotes[token.i]:
        return None
    head = token
    while quotes[head.i] and head.head.i != head.i:
        head = head.head
    if quotes[head.i]:
        head = _find_cue_nearby(token, quotes) or head
    subjects = [] if quotes[head.i] else syntax.subjects(head)
    parties = [owner[subject.i] for subject in subjects if subject.i in owner]
    if len(parties) != 1:
        return None
    return parties[0] if plural or parties[0].kind is ActorKind.PERSON else None


def _find_cue_nearby(token: Token, quotes: list[int]) -> Token | None:
    """The root of the next sentence of the same quotation or paragraph that stands outside quotation marks."""
    sent = token.sent
    doc = token.doc
    neighbours = [doc[index].sent for index in (sent.end, sent.start - 1) if 0 <= index < len(doc)]
    for other in neighbours:
        if not quotes[other.root.i] and any(quotes[word.i] for word in other):
            return other.root
    return None
