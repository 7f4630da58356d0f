"""Actors of many articles -> fused actors, each link with its reason and score.

Nothing is linked on a guess: a name joins others only where one bearer fits, a description joins none.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg import terms
from kg.fusion.lookup import Lookup
from kg.fusion.names import Match, NameForm, compare_forms, parse_name
from kg.fusion.phrases import sound_name
from kg.fusion.records import ActorRecord
from kg.fusion.words import FUNCTION_WORDS

__all__ = ["FusedActor", "IdentityLink", "are_linked", "find_name_keys", "resolve_actors"]

#: Reasons that bind two full names; the weaker ones bind a name to its only bearer.
STRONG = frozenset({"same-name", "same-words", "transliteration"})
ALONE = Match("unnamed", 1.0)


@dataclass(frozen=True, slots=True)
class IdentityLink:
    """Why an actor of an article was taken for a fused one; ``score`` is 0-1, ordinal."""

    member: str
    reason: str
    score: float


@dataclass(frozen=True, slots=True)
class FusedActor:
    """One party as all articles name it; ``iri`` is that of the known actor where it is one."""

    iri: str
    names: tuple[str, ...]
    kind: str
    known: str
    links: tuple[IdentityLink, ...]

    @property
    def name(self) -> str:
        """The name to show."""
        return self.names[0]


@dataclass(frozen=True, slots=True)
class _Node:
    """All records that bear one proper name."""

    form: NameForm
    records: tuple[ActorRecord, ...]

    @property
    def key(self) -> tuple[str, ...]:
        flag = {True: "person", False: "body", None: "any"}[self.form.is_person]
        return (flag, *self.form.words)


def resolve_actors(actors: Iterable[ActorRecord], lookup: Lookup) -> dict[str, FusedActor]:
    """IRI of each actor of an article -> its fused actor."""
    known: dict[str, list[tuple[ActorRecord, Match]]] = defaultdict(list)
    named: dict[tuple[str, ...], list[tuple[ActorRecord, NameForm]]] = defaultdict(list)
    fused: list[FusedActor] = []
    for record in sorted({actor.iri: actor for actor in actors}.values(), key=_by_iri):
        form = _choose_form(record, lookup)
        if form.known:
            reason = "known-actor" if record.known == form.known else "known-name"
            known[form.known].append((record, Match(reason, 1.0 if record.known else 0.95)))
        elif record.anonymous or form.is_description or not form.words:
            fused.append(_make_alone(record))
        else:
            node = _Node(form, ())
            named[node.key].append((record, form))
    nodes = [_Node(forms[0][1], tuple(record for record, _ in forms)) for _, forms in sorted(named.items())]
    fused.extend(_make_known(iri, members, lookup) for iri, members in sorted(known.items()))
    fused.extend(_fuse_nodes(group, lookup) for group in _group_nodes(nodes))
    return {link.member: actor for actor in fused for link in actor.links}


def find_name_keys(record: ActorRecord, lookup: Lookup) -> frozenset[str]:
    """Keys of which two actors share one if they can be linked; none for an actor that joins no other."""
    form = _choose_form(record, lookup)
    if form.known:
        return frozenset({f"known {form.known}"})
    if record.anonymous or form.is_description or not form.words:
        return frozenset()
    return frozenset(_block_name(form))


def are_linked(one: ActorRecord, other: ActorRecord, lookup: Lookup) -> bool:
    """Whether two actors are one, or would be if no third one fitted as well."""
    mine, theirs = (_Node(_choose_form(record, lookup), ()) for record in (one, other))
    if mine.form.known or theirs.form.known:
        return mine.form.known == theirs.form.known
    match = compare_forms(mine.form, theirs.form)
    return mine.key == theirs.key or bool(match and _may_match(match, mine, theirs))


def _by_iri(record: ActorRecord) -> str:
    return record.iri


def _choose_form(record: ActorRecord, lookup: Lookup) -> NameForm:
    """The form that names the actor best: a known one, else the fullest proper name, else its description."""
    if record.known:
        return NameForm(record.names[0], known=record.known)
    forms = [parse_name(name, record.kind, lookup) for name in record.names]
    known = sorted({form.known for form in forms if form.known})
    if len(known) == 1 and not record.anonymous and record.kind != "person":
        return next(form for form in forms if form.known)
    proper = [form for form in forms if form.words and not form.is_description and not form.known]
    return max(proper, key=_fullness) if proper else forms[0]


def _fullness(form: NameForm) -> tuple[int, int, str]:
    return len(form.words), len(form.text), form.text


def _make_alone(record: ActorRecord) -> FusedActor:
    link = IdentityLink(record.iri, ALONE.reason, ALONE.score)
    return FusedActor(terms.mint_id("actor", "fused", record.iri), record.names, record.kind, "", (link,))


def _make_known(iri: str, members: list[tuple[ActorRecord, Match]], lookup: Lookup) -> FusedActor:
    actor = lookup.known_actors.get(iri)
    records = [record for record, _ in members]
    names = _rank_names(records, lookup)
    if actor:
        names = (actor.name, *(name for name in names if name != actor.name))
    links = tuple(IdentityLink(record.iri, match.reason, match.score) for record, match in members)
    return FusedActor(iri, names, actor.kind if actor else _choose_kind(records), iri, links)


def _choose_kind(records: Iterable[ActorRecord]) -> str:
    """The kind that articles take the actor for; of several the first by name."""
    return min((record.kind for record in records if record.kind != "unknown"), default="unknown")


def _rank_names(records: Iterable[ActorRecord], lookup: Lookup) -> tuple[str, ...]:
    """The names by which articles mainly call the actor, fullest first, then all others that are no descriptions."""
    main = sorted({record.names[0] for record in records}, key=_name_order)
    others = {name: parse_name(name, record.kind, lookup) for record in records for name in record.names}
    proper = (name for name, form in others.items() if form.words and not form.is_description)
    return tuple(dict.fromkeys([*main, *sorted(proper, key=_name_order)]))


def _name_order(name: str) -> tuple[int, int, str]:
    return -len(name.split()), -len(name), name


def _group_nodes(nodes: list[_Node]) -> list[list[tuple[_Node, Match]]]:
    """Nodes that are one party's, each with the reason that brought it in; the first is the fullest."""
    matches = _find_matches(nodes)
    leader = _join_strong(nodes, matches)
    groups: dict[int, list[tuple[int, Match]]] = defaultdict(list)
    for index in range(len(nodes)):
        home = leader[index]
        reason = Match("same-name", 0.95) if home == index else matches[min(index, home), max(index, home)]
        groups[home].append((index, reason))
    _attach_weak(groups, matches, nodes)
    return [
        [(nodes[index], match) for index, match in sorted(members, key=_member_order(nodes))]
        for members in (groups[home] for home in sorted(groups))
    ]


def _member_order(nodes: list[_Node]):  # type: ignore[no-untyped-def]
    def order(member: tuple[int, Match]) -> tuple[int, tuple[str, ...]]:
        return -len(nodes[member[0]].form.words), nodes[member[0]].key

    return order


def _find_matches(nodes: list[_Node]) -> dict[tuple[int, int], Match]:
    """Matches between nodes that share the sound of a last word, an acronym, or all words in another order."""
    blocks: dict[str, set[int]] = defaultdict(set)
    for index, node in enumerate(nodes):
        for key in _block_name(node.form):
            blocks[key].add(index)
    pairs = {(one, other) for block in blocks.values() for one in block for other in block if one < other}
    found = {pair: compare_forms(nodes[pair[0]].form, nodes[pair[1]].form) for pair in sorted(pairs)}
    return {pair: match for pair, match in found.items() if match and _may_match(match, nodes[pair[0]], nodes[pair[1]])}


def _may_match(match: Match, one: _Node, other: _Node) -> bool:
    """A bare name joins a longer one only as a person's surname, and both must be taken for persons."""
    if match.reason == "surname":
        return one.form.words == other.form.words or bool(one.form.is_person and other.form.is_person)
    return True


def _block_name(form: NameForm) -> set[str]:
    telling = sorted(set(form.words) - FUNCTION_WORDS)
    keys = {f"sound {sound_name(form.words[-1])}", f"words {' '.join(telling)}"}
    if form.acronym:
        keys.add(f"acronym {form.acronym}")
    if len(form.words) == 1:
        keys.add(f"acronym {form.words[0]}")
    return keys


def _join_strong(nodes: list[_Node], matches: Mapping[tuple[int, int], Match]) -> list[int]:
    """The leader (lowest index) of each node's group of full names that all match each other strongly."""
    groups = {index: [index] for index in range(len(nodes))}
    strong = [(pair, match) for pair, match in matches.items() if match.reason in STRONG]
    for (one, other), _ in sorted(strong, key=_by_score):
        mine, theirs = groups[one], groups[other]
        if mine is theirs:
            continue
        pairs = [(min(a, b), max(a, b)) for a in mine for b in theirs]
        if all(pair in matches and matches[pair].reason in STRONG for pair in pairs):
            joined = sorted(mine + theirs)
            for index in joined:
                groups[index] = joined
    return [groups[index][0] for index in range(len(nodes))]


def _by_score(item: tuple[tuple[int, int], Match]) -> tuple[float, tuple[int, int]]:
    return -item[1].score, item[0]


def _attach_weak(
    groups: dict[int, list[tuple[int, Match]]], matches: Mapping[tuple[int, int], Match], nodes: list[_Node]
) -> None:
    """Join each group to the one fuller group that it matches (initials, surname, acronym); to none where two fit.

    In rounds: where "H. Marsh" has joined "Helen Marsh", "Marsh" has one bearer and not two.
    """
    while True:
        home = {index: leader for leader, members in groups.items() for index, _ in members}
        full = {leader: max(_fullness_of(nodes[index]) for index, _ in members) for leader, members in groups.items()}
        fuller: dict[int, dict[int, Match]] = defaultdict(dict)
        for (one, other), match in sorted(matches.items()):
            mine, theirs = sorted((home[one], home[other]), key=full.__getitem__)
            if mine != theirs:
                fuller[mine][theirs] = max(fuller[mine].get(theirs, match), match, key=_score_of)
        single = {mine: next(iter(found.items())) for mine, found in fuller.items() if len(found) == 1}
        if not single:
            return
        # The least full first: what joins a group goes along where that group joins a fuller one.
        for mine in sorted(single, key=full.__getitem__):
            theirs, match = single[mine]
            groups[theirs].extend((index, match) for index, _ in groups.pop(mine))


def _score_of(match: Match) -> tuple[float, str]:
    return match.score, match.reason


def _fullness_of(node: _Node) -> tuple[int, int, tuple[str, ...]]:
    words = node.form.words
    return len(words), sum(map(len, words)), node.key


def _fuse_nodes(members: list[tuple[_Node, Match]], lookup: Lookup) -> FusedActor:
    records = [record for node, _ in members for record in node.records]
    links = tuple(
        IdentityLink(record.iri, match.reason, match.score) for node, match in members for record in node.records
    )
    return FusedActor(
        iri=terms.mint_id("actor", "fused", *members[0][0].key),
        names=_rank_names(records, lookup),
        kind=_choose_kind(records),
        known="",
        links=tuple(sorted(links, key=_by_member)),
    )


def _by_member(link: IdentityLink) -> str:
    return link.member
