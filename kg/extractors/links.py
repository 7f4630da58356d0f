"""One link of a source chain: a speaker with kind, passage, cue, channel and conditions, and the outlet that was told."""

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extractors import syntax
from kg.extractors.actors import ActorIndex
from kg.model import Actor, ActorKind, Attribution, Link, Span, SpeakerKind
from kg.ontology import Ontology

__all__ = ["Telling", "find_kind", "read_telling"]

#: Nouns of things that say something by themselves.
DOCUMENTS = frozenset(
    (
        "statement report letter memo memorandum document poll survey study filing notice bulletin email e-mail "
        "paper record transcript decree communique communiqué website order text file data figure statistic "
        "release announcement article audit review analysis brief lawsuit complaint"
    ).split()
)
#: Last words of outlets' names, for outlets that the ontology does not know.
OUTLET_WORDS = frozenset(
    (
        "News Times Post Journal Herald Tribune Gazette Observer Telegraph Chronicle Daily Magazine Radio TV "
        "Television Broadcasting"
    ).split()
)
OUTLET_NOUNS = frozenset(
    (
        "newspaper paper daily broadcaster magazine website outlet weekly tabloid channel television radio tv "
        "station program programme podcast newswire wire network blog"
    ).split()
)
#: Last words of bodies that may be told something and are no outlets.
BODIES = frozenset(
    (
        "Congress Parliament Senate House Committee Court Council Commission Ministry Department Union Conference "
        "Assembly Board Tribunal Bundestag Knesset Duma Lords Commons Cabinet Government"
    ).split()
)
CITING = frozenset({"cite", "quote"})
#: Verbs of relative clauses that name to whom a speaker spoke.
SPEAKING = frozenset({"speak", "talk", "tell", "brief"})
#: Wordings of the terms on which somebody spoke.
CONDITIONS = (
    "on condition of anonymity",
    "on the condition of anonymity",
    "requested anonymity",
    "asked not to be named",
    "asked not to be identified",
    "not authorized to speak",
    "not authorised to speak",
    "declined to be named",
    "declined to be identified",
    "wished to remain anonymous",
    "spoke anonymously",
    "under condition of anonymity",
    "off the record",
)
ARTICLES = frozenset({"the", "a", "an", "this", "that", "these", "those", "another"})
CHANNELS = frozenset({"in", "on", "via", "through", "during", "at"})
CHANNEL_NOUNS = frozenset(
    (
        "interview statement tweet letter email e-mail memo speech conference briefing call remark post testimony "
        "filing report message video address hearing release notice Twitter Facebook Telegram"
    ).split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What an attribution says about who told it: the speaker's link, the outlet that was told, and whom an outlet cites."""

    speaker: Link | None
    outlet: Link | None
    cited: Link | None = None


def read_telling(doc: Doc, attribution: Attribution, index: ActorIndex, *, ontology: Ontology) -> Telling:
    """The links of one attribution. ``speaker`` is None where the source is a pronoun that stands for nobody known."""
    if attribution.source is None:
        return Telling(speaker=None, outlet=None)
    cue = None if attribution.cue is None else _tokens(doc, attribution.cue)
    speaker = _speaker(doc, attribution, index, ontology)
    outlet = None if cue is None else _told_outlet(cue, attribution, index, ontology)
    if outlet is None:
        outlet = _outlet_of_speaker(_tokens(doc, attribution.source), attribution, index, ontology)
    if outlet is not None and speaker is not None and outlet.speaker.name == speaker.speaker.name:
        outlet = None
    return Telling(speaker=speaker, outlet=outlet, cited=_cited(cue, attribution, index, ontology) if cue else None)


def _cited(cue: list[Token], attribution: Attribution, index: ActorIndex, ontology: Ontology) -> Link | None:
    """Whom the speaker cites ("the paper reported, *citing two officials*")."""
    for token in cue[0].sent:
        if token.lemma_ in CITING and token.tag_ == "VBG" and not _is_covered(token, attribution):
            for noun in syntax.objects(token):
                words = [word for word in noun.subtree if word.i > token.i]
                is_document = noun.lemma_.lower() in DOCUMENTS
                actor = index.actor_at(noun) or (_described(words, noun) if is_document else None)
                if actor is not None:
                    return Link(
                        speaker=actor, kind=find_kind(actor, noun, ontology), span=_span(noun), cue=_span(token)
                    )
    return None


def _span(token: Token) -> Span:
    return Span(start=token.idx, end=token.idx + len(token), text=token.text)


def _tokens(doc: Doc, span: Span) -> list[Token]:
    found = doc.char_span(span.start, span.end, alignment_mode="expand")
    return [] if found is None else list(found)


def _speaker(doc: Doc, attribution: Attribution, index: ActorIndex, ontology: Ontology) -> Link | None:
    assert attribution.source is not None
    tokens = _tokens(doc, attribution.source)
    head = _head(tokens)
    if head is None:
        return None
    person = _named_person(tokens, index)
    actor = person or _maker(tokens, head, index) or index.actor_at(head) or attribution.speaker
    actor = actor or _described(tokens, head)
    if actor is None:
        return None
    return Link(
        speaker=actor,
        kind=find_kind(actor, head, ontology, is_person=person is not None),
        span=attribution.source,
        cue=attribution.cue,
        channel=_channel(doc, attribution),
        conditions=_conditions(head.sent.text),
    )


def _head(tokens: list[Token]) -> Token | None:
    """The word that the source hangs by; who does something, where the parse takes a relative clause for a sentence."""
    inside = {token.i for token in tokens}
    head = next((t for t in tokens if t.head.i not in inside or t.head.i == t.i), None)
    if head is not None and head.pos_ == "VERB":
        return next((t for t in syntax.own_subjects(head) if t.i in inside), head)
    return head


def _named_person(tokens: list[Token], index: ActorIndex) -> Actor | None:
    """The person named in a source such as "spokesman Jo Wanjau" or "Jo Wanjau, a spokesman"."""
    for token in tokens:
        if token.text == ",":
            break
        if token.ent_type_ in {"PERSON", "PER"} and not _is_possessor(token):
            actor = index.actor_at(token)
            if actor is not None:
                return actor
    return None


def _maker(tokens: list[Token], head: Token, index: ActorIndex) -> Actor | None:
    """Who made a document that speaks ("a report *by* the ministry", "a statement issued *by* the court")."""
    if head.lemma_.lower() not in DOCUMENTS:
        return None
    named = [token.head for token in tokens if token.lower_ == "by"]
    makers = [index.actor_at(token) for token in named if head in (token.head, token.head.head)]
    return next((actor for actor in makers if actor is not None), None)


def _is_possessor(token: Token) -> bool:
    while token.dep_ in {"flat", "compound", "flat:name"}:
        token = token.head
    return token.dep_ == "nmod" or token.dep_ in syntax.POSSESSORS


def _described(tokens: list[Token], head: Token) -> Actor | None:
    """An actor of the source's own words, without article and what a comma, bracket or relative clause adds."""
    if head.pos_ == "PRON":
        return None
    ends = (n for n, t in enumerate(tokens) if t.i > head.i and (t.text in {",", "("} or t.tag_ in {"WP", "WDT"}))
    end = next(ends, len(tokens))
    words = [token for token in tokens[:end] if not token.is_space]
    while words and words[0].lower_ in ARTICLES:
        words = words[1:]
    if not words:
        return None
    text = head.doc[words[0].i : words[-1].i + 1].text
    return Actor(names=(text,), kind=ActorKind.GROUP if head.tag_ == "NNS" else ActorKind.UNKNOWN)


def find_kind(actor: Actor, head: Token, ontology: Ontology, *, is_person: bool = False) -> SpeakerKind:
    """What sort of speaker an actor is whose name or description hangs by ``head``."""
    if _is_outlet(actor, head, ontology):
        return SpeakerKind.OUTLET
    if is_person or (actor.kind is ActorKind.PERSON and any(_is_name(name) for name in actor.names)):
        return SpeakerKind.PERSON
    if head.lemma_.lower() in DOCUMENTS:
        return SpeakerKind.DOCUMENT
    if actor.known or actor.kind in {ActorKind.ORGANISATION, ActorKind.STATE}:
        return SpeakerKind.ORGANISATION
    if ontology.office_by_name(actor.name) is not None and head.tag_ in {"NN", "NNP"}:
        return SpeakerKind.OFFICE
    return SpeakerKind.ORGANISATION if head.pos_ == "PROPN" else SpeakerKind.ANONYMOUS


def _is_name(name: str) -> bool:
    """Whether it ends as names do ("Jo Wanjau") and descriptions do not ("US official")."""
    return name.split()[-1][:1].isupper()


def _is_outlet(actor: Actor, head: Token, ontology: Ontology) -> bool:
    for name in actor.names:
        known = ontology.known_actor_by_name(name)
        if known is not None:
            return known.outlet
    words = actor.name.split()
    if len(words) > 1 and words[-1] in OUTLET_WORDS and actor.kind is not ActorKind.PERSON:
        return True
    return head.lemma_.lower() in OUTLET_NOUNS


def _told_outlet(cue: list[Token], attribution: Attribution, index: ActorIndex, ontology: Ontology) -> Link | None:
    """The outlet in "told POLITICO", "in an interview with Bild", "speaking to Le Monde"."""
    inside = {token.i for token in cue}
    sent = cue[-1].sent
    behind = sent[cue[-1].i + 1 - sent.start :] if cue[-1].i + 1 < sent.end else ()
    listeners = [
        t for t in behind if t.i not in inside and not _is_covered(t, attribution) and _is_addressee(t, inside)
    ]
    return _first_outlet(listeners, attribution, index, ontology)


def _outlet_of_speaker(
    source: list[Token], attribution: Attribution, index: ActorIndex, ontology: Ontology
) -> Link | None:
    """The outlet in "an official *who spoke to Le Monde*"."""
    verbs = {token.i for token in source if token.lemma_.lower() in SPEAKING}
    listeners = [token for token in source if _is_addressee(token, verbs)]
    return _first_outlet(listeners, attribution, index, ontology)


def _first_outlet(
    listeners: Iterable[Token], attribution: Attribution, index: ActorIndex, ontology: Ontology
) -> Link | None:
    for token in listeners:
        actor = index.actor_at(token) or _described([t for t in token.subtree if t.lower_ not in {"to", "with"}], token)
        if actor is not None and (
            _is_outlet(actor, token, ontology) or _is_unknown_organisation(actor, token, ontology)
        ):
            return Link(speaker=actor, kind=SpeakerKind.OUTLET, span=_span(token), cue=attribution.cue)
    return None


def _is_unknown_organisation(actor: Actor, token: Token, ontology: Ontology) -> bool:
    """A named organisation of no known kind that is told something is taken for an outlet ("told Harbour Weekly")."""
    if token.pos_ != "PROPN" or token.ent_type_ not in {"ORG", ""} or actor.name.split()[-1] in BODIES:
        return False
    return not any(ontology.known_actor_by_name(name) for name in actor.names)


def _is_covered(token: Token, attribution: Attribution) -> bool:
    spans = (*attribution.content, *((attribution.source,) if attribution.source else ()))
    return any(span.start <= token.idx < span.end for span in spans)


def _is_addressee(token: Token, cue: set[int]) -> bool:
    if token.dep_ in {"obj", "iobj", "dobj", "dative", "obl"} and token.head.i in cue:
        return True
    noun = token.head
    return (
        token.dep_ == "nmod"
        and noun.lemma_ in CHANNEL_NOUNS
        and any(c.lower_ in {"with", "to"} for c in token.children)
    )


def _channel(doc: Doc, attribution: Attribution) -> str:
    """The way it was told, in the article's words ("in a notice to freight agents"), or empty."""
    if attribution.cue is None:
        return ""
    for token in _tokens(doc, attribution.cue):
        if token.pos_ in {"VERB", "AUX"}:
            for child in token.children:
                if child.dep_ == "obl" and child.lemma_ in CHANNEL_NOUNS and child.left_edge.lower_ in CHANNELS:
                    return doc[child.left_edge.i : child.right_edge.i + 1].text
    return ""


def _conditions(text: str) -> str:
    lowered = text.lower()
    return next((wording for wording in CONDITIONS if wording in lowered), "")
