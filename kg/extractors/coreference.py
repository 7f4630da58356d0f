"""Pronouns -> the party that they stand for, or none where the text leaves it open.

Agreement, recency and grammatical role (after Lappin and Leass 1994); silence is preferred to a guess: a candidate counts
only when no rival comes near. A quoted "I" or "we" is its speaker.
"""

from bisect import bisect_left
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extractors import syntax
from kg.extractors.grouping import Party, number_sentences
from kg.extractors.kinds import PLACES
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


@dataclass(slots=True)
class Reading:
    """What is known of an article while its pronouns are read from left to right.

    ``owner`` maps tokens to parties, resolved pronouns included; ``places`` lists the tokens of each party, by its number,
    as do ``kinds`` and ``genders``.
    """

    doc: Doc
    parties: list[Party]
    owner: dict[int, int]
    places: list[list[int]]
    kinds: list[ActorKind]
    genders: list[str]
    sentences: list[int]
    quotations: list[int]


def resolve_pronouns(doc: Doc, parties: list[Party]) -> dict[int, Party]:
    """Token index of a pronoun -> its party, for those that can be told."""
    reading = _begin_reading(doc, parties)
    found: dict[int, Party] = {}
    pronouns = [token for token in doc if token.pos_ in {"PRON", "DET"} and token.dep_ not in {"expl", "det"}]
    for finder in (_find_antecedent, _find_speaker):
        for token in pronouns:
            number = finder(token, reading)
            if number is not None:
                found[token.i] = parties[number]
                reading.owner[token.i] = number
                reading.places[number].append(token.i)
                reading.genders[number] = reading.genders[number] or _gender_of_pronoun(token)
    return found


def _begin_reading(doc: Doc, parties: list[Party]) -> Reading:
    owner: dict[int, int] = {}
    for number, party in enumerate(parties):
        for mention in party.mentions:
            owner[mention.head] = number
    for number, party in enumerate(parties):
        for mention in party.named:
            for index in range(mention.start, mention.end):
                owner.setdefault(index, number)
    return Reading(
        doc=doc,
        parties=parties,
        owner=owner,
        places=[[mention.head for mention in party.mentions] for party in parties],
        kinds=[party.kind for party in parties],
        genders=[_gender_of(party) for party in parties],
        sentences=number_sentences(doc),
        quotations=_number_quotations(doc),
    )


def _gender_of(party: Party) -> str:
    words = {word for mention in party.mentions for word in split_name(mention.title)}
    words |= {mention.lemma for mention in party.mentions if not mention.is_name}
    return "f" if words & WOMEN else "m" if words & MEN else ""


def _gender_of_pronoun(token: Token) -> str:
    gender = PRONOUN_GENDERS.get(token.lower_, "")
    return gender if gender in {"m", "f"} else ""


# third person


def _find_antecedent(token: Token, reading: Reading) -> int | None:
    """Number of the party that a third-person pronoun stands for: the most salient that agrees, with a clear lead."""
    gender = PRONOUN_GENDERS.get(token.lower_)
    if gender is None:
        return None
    barred = _find_barred(token, reading)
    scores = [(-score, -1) for score in _score_coordinations(token, reading)] if gender == "p" else []
    first = bisect_left(reading.sentences, reading.sentences[token.i] - REACH)
    for number, party in enumerate(reading.parties):
        places = [place for place in reading.places[number] if first <= place < token.i]
        if places and number not in barred and _agrees(party, gender, number, reading):
            score = max(_salience(reading.doc[place], token, reading) for place in places)
            if score > 0:
                scores.append((-score if party.plural or gender != "p" else 1.0 - score, number))
    scores.sort()
    if not scores or scores[0][1] < 0 or (len(scores) > 1 and scores[1][0] - scores[0][0] < LEAD):
        return None
    return scores[0][1]


def _find_barred(token: Token, reading: Reading) -> set[int]:
    """Parties that the pronoun cannot be: other arguments of its verb ("he told him"), the speaker of its quotation."""
    others: list[Token] = []
    if token.dep_ not in syntax.POSSESSORS:
        head = token.head
        others += [*syntax.own_subjects(head), *syntax.objects(head), *syntax.indirect_objects(head)]
    if reading.quotations[token.i]:
        others += _find_speaking_subjects(token, reading)
    return {reading.owner[other.i] for other in others if other.i != token.i and other.i in reading.owner}


def _score_coordinations(token: Token, reading: Reading) -> list[float]:
    """Salience of coordinated parties ("France and Germany"): a plural may mean them together, which is no one party."""
    conjuncts = [reading.doc[index] for index in reading.owner if index < token.i]
    joined = {conjunct.head.i for conjunct in conjuncts if conjunct.dep_ == "conj" and conjunct.head.i in reading.owner}
    return [
        _salience(reading.doc[index], token, reading) for index in sorted(joined) if reading.doc[index].dep_ != "conj"
    ]


def _agrees(party: Party, gender: str, number: int, reading: Reading) -> bool:
    """Number, gender and kind agree."""
    kind, known_gender = reading.kinds[number], reading.genders[number]
    if gender == "p":
        return party.plural or kind is ActorKind.GROUP or (kind is ActorKind.ORGANISATION and bool(party.named))
    if party.plural:
        return False
    if gender == "n":
        return kind is not ActorKind.PERSON or _is_bare_surname(party)
    return kind is ActorKind.PERSON and known_gender in {"", gender}


def _is_bare_surname(party: Party) -> bool:
    """One word and no title: the recogniser may have taken a firm for a person."""
    return bool(party.named) and all(not m.title and m.core[1] - m.core[0] == 1 for m in party.named)


def _salience(place: Token, token: Token, reading: Reading) -> float:
    """Recency and role of a mention as seen from a pronoun; 0 where it is out of reach."""
    distance = reading.sentences[token.i] - reading.sentences[place.i]
    if distance > REACH or place.i >= token.i or _is_location(place):
        return 0.0
    role = _weigh_role(place)
    if place.dep_ in SUBJECTS and token.dep_ in SUBJECTS:
        role += 1.0 if token.head.dep_ in ROOTS and place.head.dep_ in ROOTS else 0.5
    return 4.0 - 1.5 * distance + role + _weigh_reported(place, token)


def _weigh_role(place: Token) -> float:
    if place.dep_ in SUBJECTS:
        return 2.5 if place.head.dep_ in ROOTS else 2.0
    if place.dep_ in syntax.PREMODIFIERS:
        return 0.0
    return 1.0 if place.dep_ in {"obj", "dobj", "iobj", "obl:agent"} else 0.5


def _weigh_reported(place: Token, token: Token) -> float:
    """ "X said it would": the subject of a reported clause is the speaker, or the body that the speaker speaks for."""
    clause = token.head
    if token.dep_ not in SUBJECTS or clause.dep_ != "ccomp" or clause.head.i > token.i:
        return 0.0
    speakers = {subject.i for subject in syntax.own_subjects(clause.head)}
    return 2.0 if place.i in speakers else 1.5 if place.head.i in speakers or place.head.head.i in speakers else 0.0


def _is_location(place: Token) -> bool:
    """A place name behind a preposition of place tells where, not who."""
    if place.ent_type_ not in PLACES or place.dep_ in SUBJECTS:
        return False
    return (
        any(child.lower_ in PLACE_PREPOSITIONS for child in place.children) or place.head.lower_ in PLACE_PREPOSITIONS
    )


# quoted first person


def _number_quotations(doc: Doc) -> list[int]:
    """For each token the number of the quotation that it stands in, or 0."""
    numbers = [0] * len(doc)
    for number, quotation in enumerate(find_quotations(doc), start=1):
        for index in range(quotation.first, quotation.last):
            numbers[index] = number
    return numbers


def _find_speaker(token: Token, reading: Reading) -> int | None:
    """Number of the party that says the quotation in which an "I" or "we" stands."""
    if token.lower_ not in SPEAKERS or not reading.quotations[token.i]:
        return None
    owners = [
        reading.owner[subject.i] for subject in _find_speaking_subjects(token, reading) if subject.i in reading.owner
    ]
    if len(owners) != 1:
        return None
    may_be_body = SPEAKERS[token.lower_]
    return owners[0] if may_be_body or reading.kinds[owners[0]] is ActorKind.PERSON else None


def _find_speaking_subjects(token: Token, reading: Reading) -> list[Token]:
    """Subjects of the verb outside the quotation that governs it, in this sentence or in a neighbour's."""
    head = token
    while reading.quotations[head.i] and head.head.i != head.i:
        head = head.head
    if reading.quotations[head.i]:
        head = _find_cue_nearby(token, reading) or head
    return [] if reading.quotations[head.i] else syntax.subjects(head)


def _find_cue_nearby(token: Token, reading: Reading) -> Token | None:
    """The root, outside quotation marks, of the next sentence or the one before, if that holds a quotation too."""
    doc, sent = token.doc, token.sent
    for index in (sent.end, sent.start - 1):
        if 0 <= index < len(doc):
            root = doc[index].sent.root
            if not reading.quotations[root.i] and any(reading.quotations[word.i] for word in doc[index].sent):
                return root
    return None
