"""Which decisions the page shows: those asked for, and of these the best connected as far as there is room."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kg.errors import ExportError
from kg.exporters.view_data import ViewOmission
from kg.exporters.view_statements import Statements
from kg.model import DecisionType

__all__ = ["Skeleton", "find_skeletons", "select_decisions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Skeleton:
    """A fused decision and what hangs on it, by IRI; ``days`` are those of the articles that tell of it."""

    iri: str
    type: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    limits: tuple[str, ...]
    origins: tuple[str, ...]
    claims: tuple[str, ...]
    days: tuple[str, ...]
    weight: tuple[int, ...]

    @property
    def parties(self) -> tuple[str, ...]:
        """Actors and recipients."""
        return (*self.actors, *self.recipients)

    @property
    def nodes(self) -> frozenset[str]:
        """Everything that the decision brings onto the page."""
        return frozenset((self.iri, *self.parties, *self.limits, *self.origins))


def find_skeletons(fused: Statements, day_of: Mapping[str, str]) -> list[Skeleton]:
    """All decisions of the fused graph; ``day_of`` gives the day of the article of each claim."""
    degree: dict[str, int] = defaultdict(int)
    decisions = list(fused.list_subjects("kg:Decision"))
    for iri in decisions:
        for predicate in ("kg:actor", "kg:recipient"):
            for actor in fused.list_values(iri, predicate):
                degree[actor] += 1
    return [_find_skeleton(iri, fused, day_of, degree) for iri in decisions]


def _find_skeleton(iri: str, fused: Statements, day_of: Mapping[str, str], degree: Mapping[str, int]) -> Skeleton:
    actors, recipients = fused.list_values(iri, "kg:actor"), fused.list_values(iri, "kg:recipient")
    claims, limits = fused.list_values(iri, "kg:claim"), fused.list_values(iri, "kg:constraint")
    days = sorted({day for claim in claims if (day := day_of.get(claim, ""))})
    links = sum(degree[actor] for actor in (*actors, *recipients)) + len(limits)
    weight = (int(fused.find_number(iri, "kg:originCount")), int(fused.find_number(iri, "kg:articleCount")), links)
    return Skeleton(
        iri=iri,
        type=fused.find_name(iri, "kg:topType"),
        actors=tuple(actors),
        recipients=tuple(recipients),
        limits=tuple(limits),
        origins=tuple(fused.list_values(iri, "kg:origin")),
        claims=tuple(claims),
        days=tuple(days),
        weight=weight,
    )


def select_decisions(
    skeletons: Sequence[Skeleton],
    fused: Statements,
    *,
    focus: str | None = None,
    depth: int = 2,
    types: Sequence[str] = (),
    since: str = "",
    until: str = "",
    max_nodes: int = 5000,
) -> tuple[list[Skeleton], ViewOmission | None]:
    """The decisions to show, by IRI, and what is left out for want of room. Arguments as for ``export_html``."""
    _check(types=types, since=since, until=until, depth=depth, max_nodes=max_nodes)
    kept = [one for one in skeletons if (not types or one.type in types) and _within(one.days, since, until)]
    asked = [("types", ", ".join(types)), ("since", since), ("until", until)]
    if focus:
        iri = _find_focus(focus, skeletons, fused)
        near = _find_near(kept, iri, depth)
        kept = [one for one in kept if one.iri in near]
        asked.insert(0, ("focus", f"{fused.find_value(iri, 'rdfs:label')} (depth {depth})"))
    chosen, omission = _fit(kept, max_nodes)
    if omission is None and len(kept) < len(skeletons):
        omission = _tell_asked(kept, skeletons, asked)
    return chosen, omission


def _tell_asked(
    kept: Sequence[Skeleton], skeletons: Sequence[Skeleton], asked: Iterable[tuple[str, str]]
) -> ViewOmission:
    """What the page leaves out because its maker asked for less."""
    options = "; ".join(f"{name} {value}" for name, value in asked if value)
    return ViewOmission(
        shown=len({iri for one in kept for iri in one.nodes}),
        total=len({iri for one in skeletons for iri in one.nodes}),
        reason=f"This page shows {len(kept):,} of {len(skeletons):,} decisions: {options}.",
    )


def _check(*, types: Iterable[str], since: str, until: str, depth: int, max_nodes: int) -> None:
    known = [str(each) for each in DecisionType]
    for name in types:
        if name not in known:
            raise ExportError(f"unknown decision type {name!r}; allowed: {', '.join(known)}")
    for word, day in (("since", since), ("until", until)):
        try:
            date.fromisoformat(day or "2000-01-01")
        except ValueError as error:
            raise ExportError(f"{word} {day!r} is no day; write it as 2025-03-01") from error
    if depth < 0 or max_nodes < 1:
        raise ExportError(f"depth {depth} and max_nodes {max_nodes}; allowed: from 0 and from 1 upwards")


def _within(days: Sequence[str], since: str, until: str) -> bool:
    if not since and not until:
        return True
    return any((not since or day >= since) and (not until or day <= until) for day in days)


def _find_focus(focus: str, skeletons: Sequence[Skeleton], fused: Statements) -> str:
    """The one actor, else decision, of that name or IRI; a part of a name will do where only one has it."""
    actors = {iri for one in skeletons for iri in one.parties}
    known = [*sorted(actors), *(one.iri for one in skeletons)]
    if focus in known:
        return focus
    wanted = focus.casefold()
    names = {iri: _list_names(iri, fused) for iri in known}
    named = [iri for iri in known if wanted in names[iri]]
    named = named or [iri for iri in known if any(wanted in name for name in names[iri])]
    found = [iri for iri in named if iri in actors] or named
    if len(found) == 1:
        return found[0]
    if not found:
        raise ExportError(f"no actor or decision is called {focus!r}")
    some = "; ".join(f"{fused.find_value(iri, 'rdfs:label')} <{iri}>" for iri in found[:6])
    raise ExportError(f"{len(found)} actors or decisions are called {focus!r}; name one by its IRI: {some}")


def _list_names(iri: str, fused: Statements) -> list[str]:
    names = [*fused.list_values(iri, "rdfs:label"), *fused.list_values(iri, "skos:altLabel")]
    return [name.casefold() for name in (*names, *fused.list_values(iri, "kg:action"))]


def _find_near(skeletons: Sequence[Skeleton], focus: str, depth: int) -> Collection[str]:
    """Decisions and actors within ``depth`` steps, from decision to party and from party to decision."""
    links: dict[str, set[str]] = defaultdict(set)
    for one in skeletons:
        for party in one.parties:
            links[one.iri].add(party)
            links[party].add(one.iri)
    near, ring = {focus}, {focus}
    for _ in range(depth):
        ring = {other for iri in ring for other in links[iri]} - near
        near |= ring
    return near


def _fit(skeletons: Sequence[Skeleton], max_nodes: int) -> tuple[list[Skeleton], ViewOmission | None]:
    """The heaviest decisions whose nodes there is room for; at least one."""
    total = len({iri for one in skeletons for iri in one.nodes})
    if total <= max_nodes:
        return sorted(skeletons, key=_by_iri), None
    kept: list[Skeleton] = []
    nodes: set[str] = set()
    for one in sorted(skeletons, key=_by_weight):
        if not kept or len(nodes | one.nodes) <= max_nodes:
            kept.append(one)
            nodes |= one.nodes
        if len(nodes) >= max_nodes:
            break
    reason = (
        f"This page shows the {len(kept):,} best reported and connected of {len(skeletons):,} decisions "
        f"({len(nodes):,} of {total:,} nodes). For the others: kg view --focus, --types, --since or --until; "
        "kg serve; kg export --format gexf for Gephi."
    )
    return sorted(kept, key=_by_iri), ViewOmission(shown=len(nodes), total=total, reason=reason)


def _by_iri(one: Skeleton) -> str:
    return one.iri


def _by_weight(one: Skeleton) -> tuple[tuple[int, ...], str]:
    return tuple(-each for each in one.weight), one.iri
