"""The reports that are lists: origins, conflicts, gaps, timeline."""

from collections.abc import Iterator

from kg.reports.facts import ClaimFact, DecisionFact, Facts, LimitFact, read_facts
from kg.reports.table import Table
from kg.store import Store

__all__ = ["report_conflicts", "report_gaps", "report_origins", "report_timeline"]


def report_origins(store: Store) -> Table:
    """How many articles, outlets and independent origins state each decision and each limit, and which."""
    facts = read_facts(store)
    rows = []
    for decision in facts.decisions:
        outlets = {claim.outlet for claim in facts.claims_of(decision.iri)}
        rows.append((decision.label, "", *_count(decision, outlets), decision.agreement))
        for limit in facts.limits_of(decision.iri):
            outlets = {facts.claims[member.claim].outlet for member in limit.members}
            rows.append((decision.label, limit.label, *_count(limit, outlets), limit.agreement))
    columns = ("decision", "limit", "articles", "outlets", "independent origins", "origin names", "agreement")
    return Table(title="Origins", columns=columns, rows=tuple(rows), keys=1)


def _count(fact: DecisionFact | LimitFact, outlets: set[str]) -> tuple[str, str, str, str]:
    return str(fact.articles), str(len(outlets)), str(fact.origin_count), "; ".join(fact.origins)


def report_conflicts(store: Store) -> Table:
    """Each conflict with its sides, one row a side."""
    facts = read_facts(store)
    sides = {iri: (claim, next(iter(claim.quotes), "")) for iri, claim in facts.claims.items()}
    for limit in facts.limits:
        sides |= {member.iri: (facts.claims[member.claim], member.quote) for member in limit.members}
    rows = []
    for conflict in facts.conflicts:
        for side in conflict.sides:
            if side in sides:
                claim, quote = sides[side]
                rows.append((conflict.kind, conflict.reason, claim.outlet, claim.published, quote))
    return Table(title="Conflicts", columns=("kind", "reason", "outlet", "date", "quote"), rows=tuple(rows), keys=2)


def report_gaps(store: Store) -> Table:
    """Limits that rest on one origin or on anonymous sources alone, and outlets that report a decision without them."""
    facts = read_facts(store)
    labels = {decision.iri: decision.label for decision in facts.decisions}
    rows = [(labels[limit.decision], limit.label, *gap) for limit in facts.limits for gap in _find_gaps(limit, facts)]
    columns = ("decision", "limit", "gap", "outlets")
    return Table(title="Gaps", columns=columns, rows=tuple(sorted(rows)), keys=2)


def _find_gaps(limit: LimitFact, facts: Facts) -> Iterator[tuple[str, str]]:
    told = {facts.claims[member.claim].outlet for member in limit.members}
    names = "; ".join(sorted(told))
    if limit.origin_count == 1:
        yield f"single origin: {' and '.join(limit.origins)}", names
    if all(facts.claims[member.claim].anonymous for member in limit.members):
        yield "anonymous sources only", names
    silent = sorted({claim.outlet for claim in facts.claims_of(limit.decision)} - told)
    if silent:
        yield "left out", "; ".join(silent)


def report_timeline(store: Store) -> Table:
    """Who told what when, and what was new or changed since the report before; undated reports stand last."""
    facts = read_facts(store)
    rows = []
    for decision in facts.decisions:
        claims = facts.claims_of(decision.iri)
        for place, claim in enumerate(claims):
            news = "; ".join(_find_news(claim, claims[:place], facts.limits_of(decision.iri)))
            rows.append((claim.published, claim.outlet, decision.label, claim.status, news))
    columns = ("date", "outlet", "decision", "status", "news")
    return Table(title="Timeline", columns=columns, rows=tuple(sorted(rows, key=_by_date)))


def _by_date(row: tuple[str, ...]) -> tuple[str, ...]:
    return (row[0] or "9", *row[1:])


def _find_news(claim: ClaimFact, before: list[ClaimFact], limits: list[LimitFact]) -> Iterator[str]:
    if not before:
        yield "first report"
    elif before[-1].status != claim.status:
        yield f"status: {before[-1].status} → {claim.status}"
    told = {other.iri for other in before}
    for limit in limits:
        members = {member.claim for member in limit.members}
        if claim.iri in members and not members & told:
            yield f"limit {limit.label}" if not before else f"new limit {limit.label}"
