"""Definite descriptions and pronouns -> the party that they stand for, or none where the text leaves it open.

An entity-centred pass in text order with agreement, recency and grammatical role (after Lappin and Leass 1994), which
prefers silence to a guess: a candidate counts only when no rival comes near.
"""

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from kg.extractors import syntax
from kg.extractors.grouping import Party
from kg.extractors.mentions import Mention
from kg.extractors.names import PRONOUN_GENDERS, split_name
from kg.model import ActorKind
from kg.ontology import Ontology

__all__ = ["join_descriptions", "resolve_pronouns"]

#: Nouns for the powers of a state: with the state's name they are the state as an actor.
GOVERNMENTS = frozenset({"government", "authority", "authorities"})
#: Nouns that any private or any public body may be called by.
FIRMS = frozenset(
    "company firm group giant maker manufacturer carrier retailer business conglomerate operator producer supplier startup developer"
    " lender insurer exporter importer yard utility chain platform contractor airline brewer drugmaker carmaker automaker chipmaker".split()
)
PUBLIC = frozenset(
    "agency authority body regulator watchdog organisation organization commission committee council board bureau office department"
    " ministry service institution inspectorate".split()
)
#: Words in a body's name that fit such a noun.
FIRM_WORDS = frozenset("inc ltd corp co company group holdings motors motor airlines airways bank energy oil gas steel pharma systems".split())
PUBLIC_WORDS = frozenset("agency administration authority bureau commission board council office service inspectorate institute ofcom".split())
#: Nouns that any person of that sex or office may be called by.
WOMEN = frozenset("woman spokeswoman chairwoman congresswoman actress queen princess businesswoman mother daughter wife widow girl".split())
MEN = frozenset("man spokesman chairman congressman actor king prince businessman father son husband boy emperor pope".split())
ANY_PERSON = frozenset("man woman official leader politician minister lawmaker executive".split())
#: First-person pronouns of a quoted speaker -> whether they may stand for the body that speaks.
SPEAKERS = {"i": False, "me": False, "my": False, "we": True, "us": True, "our": True}
#: How many sentences a description and a pronoun look back.
DESCRIPTION_REACH, PRONOUN_REACH = 12, 2
#: By how much the best antecedent of a pronoun must lead.
LEAD = 1.0
PLACE_PREPOSITIONS = frozenset("in at near around inside outside across through over off".split())
ROOTS = frozenset({"ROOT", "root"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubjpass", "csubj", "nsubj:outer"})


def join_descriptions(doc: Doc, parties: list[Party], ontology: Ontology) -> list[Party]:
    """Parties with the descriptions that have one antecedent put into it, in text order."""
    sentences = _number_sentences(doc)
    done: list[Party] = []
    for party in sorted(parties, key=_first):
        target = None if party.named else _find_antecedent(doc, party.mentions[0], done, parties, sentences, ontology)
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
    left = []
    for party in parties:
        mention = party.mentions[0]
        is_lead = not party.named and not party.plural and mention.possessor < 0 and not mention.count
        if is_lead and (mention.head < headline or _is_office(mention, ontology)):
            later = [other for other in parties if other is not party and other.first > mention.head]
            fitting = [other for other in later if _answers(doc, mention, other, ontology)]
            if len(fitting) == 1:
                fitting[0].mentions.extend(party.mentions)
                continue
        left.append(party)
    return left


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


def _number_sentences(doc: Doc) -> list[int]:
    numbers = []
    for number, sent in enumerate(doc.sents):
        numbers.extend([number] * len(sent))
    return numbers


def _find_antecedent(
    doc: Doc, mention: Mention, before: list[Party], parties: list[Party], sentences: list[int], ontology: Ontology
) -> Party | None:
    """The party that a description stands for; ``before`` are those already read, all names count from anywhere."""
    if mention.lemma in GOVERNMENTS and len(mention.states) == 1:
        states = [party for party in parties if party.known == mention.states[0]]
        return states[0] if states else None
    same = [party for party in before if _is_same_description(doc, mention, party)]
    if same:
        return _pick_latest(same, mention.head, sentences, reach=10_000)
    if not mention.definite or mention.plural or mention.possessor >= 0 or mention.count:
        return None
    candidates = [party for party in before if party.named and party.first < mention.head]
    fitting = [party for party in candidates if _fits(doc, mention, party, ontology)]
    if not fitting:
        fitting = [party for party in before if not party.named and _continues(doc, mention, party)]
    if not fitting:
        fitting = [party for party in candidates if _may_be_called(doc, mention, party, ontology)]
    return _pick_latest(fitting, mention.head, sentences, reach=DESCRIPTION_REACH)


def _pick_latest(parties: list[Party], index: int, sentences: list[int], *, reach: int) -> Party | None:
    """The party mentioned last, if it is the only one or the others are at least two sentences farther off."""
    ranked = sorted(((_distance(party, index, sentences), number) for number, party in enumerate(parties)))
    if not ranked or ranked[0][0] > reach:
        return None
    if len(ranked) > 1 and ranked[1][0] - ranked[0][0] < 2:
        return None
    return parties[ranked[0][1]]


def _distance(party: Party, index: int, sentences: list[int]) -> int:
    last = party.last_before(index)
    return sentences[index] - sentences[last] if last >= 0 else 10_001


def _is_same_description(doc: Doc, mention: Mention, party: Party) -> bool:
    """Equal words: definite again, or a bare plural again; an indefinite one is always somebody new."""
    words = split_name(doc[mention.core[0] : mention.core[1]].text)
    for other in party.mentions:
        if other.is_name or other.lemma != mention.lemma or other.plural != mention.plural:
            continue
        if split_name(doc[other.core[0] : other.core[1]].text) != words or _conflict(mention.states, other.states):
            continue
        if (len(words) > 1 and _is_public(mention)) or mention.definite or (mention.plural and len(words) > 1 and not mention.count):
            return mention.possessor < 0 or other.possessor < 0 or doc[mention.possessor].lower_ == doc[other.possessor].lower_
    return False


def _is_public(mention: Mention) -> bool:
    return mention.kind is ActorKind.ORGANISATION


def _conflict(one: Iterable[str], other: Iterable[str]) -> bool:
    one, other = set(one), set(other)
    return bool(one and other and not one & other)


def _premodifiers(doc: Doc, mention: Mention) -> set[str]:
    """Words of a description before its head noun, less ordinals and states."""
    return {token.lower_ for token in doc[mention.core[0] : mention.head] if token.is_alpha and not token.text[:1].isupper()}


def _fits(doc: Doc, mention: Mention, party: Party, ontology: Ontology) -> bool:
    """Its noun stands in a name, title or earlier description of the party ("the commission", "the president")."""
    if _conflict(mention.states, party.states) or party.plural:
        return False
    words = _premodifiers(doc, mention)
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
    forms += [split_name(doc[o.core[0] : o.head + 1].text) for o in party.mentions if not o.is_name and o.lemma == mention.lemma]
    if known is not None:
        forms += [split_name(name) for name in known.names if mention.lemma in split_name(name)[:1] + split_name(name)[-1:]]
    return any(words <= set(form) for form in forms)


def _continues(doc: Doc, mention: Mention, party: Party) -> bool:
    """A definite description takes up an earlier unnamed one of the same noun ("a US official" … "the official")."""
    first = party.mentions[0]
    if party.plural or first.lemma != mention.lemma or _conflict(mention.states, party.states):
        return False
    return _premodifiers(doc, mention) <= {word.lower_ for word in doc[first.start : first.end]}


def _may_be_called(doc: Doc, mention: Mention, party: Party, ontology: Ontology) -> bool:
    """A general noun that fits the kind of the party ("the company" after a firm's name)."""
    if _premodifiers(doc, mention) or mention.states or party.plural:
        return False
    words = {word for form in party.words(doc) for word in form}
    if mention.kind is ActorKind.PERSON:
        return mention.lemma in ANY_PERSON and party.kind is ActorKind.PERSON and mention.lemma in {"man", "woman"}
    if party.kind not in {ActorKind.ORGANISATION, ActorKind.UNKNOWN}:
        return False
    if mention.lemma in FIRMS:
        heads = {word for form in party.words(doc) for word in form[-1:] if word in ontology.noun_kinds}
        return not party.known and not words & PUBLIC and heads <= FIRMS | FIRM_WORDS
    return mention.lemma in PUBLIC and bool(words & PUBLIC_WORDS)


# pronouns


def resolve_pronouns(doc: Doc, parties: list[Party]) -> dict[int, Party]:
    """Token index of a pronoun -> its party, for those that can be told."""
    sentences = _number_sentences(doc)
    owner = {mention.head: party for party in parties for mention in party.mentions}
    owner |= {index: party for party in parties for mention in party.named for index in range(mention.start, mention.end)}
    genders = {id(party): gender for party in parties if (gender := _gender_of(doc, party))}
    quotes = _find_quotes(doc)
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
    words = {word for m in party.mentions for word in split_name(m.title)} | {m.lemma for m in party.mentions if not m.is_name}
    if words & (WOMEN | {"mrs", "ms", "miss", "lady", "dame", "baroness"}):
        return "f"
    return "m" if words & (MEN | {"mr", "sir", "lord", "sheikh"}) else ""


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
    pairs = [head for head in heads if any(child.dep_ == "conj" and child.i in owner and child.i < token.i for child in head.children)]
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
    return [child for child in (*syntax.own_subjects(head), *syntax.objects(head), *syntax.indirect_objects(head)) if child.i != token.i]


def _salience(place: Token, token: Token, sentences: list[int]) -> float:
    """Recency and role of a mention as seen from a pronoun; 0 where it is out of reach."""
    distance = sentences[token.i] - sentences[place.i]
    if distance > PRONOUN_REACH or place.i >= token.i:
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
    return any(child.lower_ in PLACE_PREPOSITIONS for child in place.children) or place.head.lower_ in PLACE_PREPOSITIONS


# quotations


def _find_quotes(doc: Doc) -> list[int]:
    """For each token, the number of the quotation that it stands in, or 0; an unclosed one ends with its paragraph."""
    numbers, current, opened = [], 0, 0
    for token in doc:
        if token.text in {"“", "''", "``"} or (token.text == '"' and not current):
            opened += 1
            current = opened
            numbers.append(0)
        elif token.text in {"”", '"'}:
            current = 0
            numbers.append(0)
        else:
            numbers.append(current)
        if "\n" in token.text:
            current = 0
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
