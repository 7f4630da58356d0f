"""What a fusion found, put into the memory: articles, copies, claims, names and conflicts under the keys of their blocks."""

import json
from collections.abc import Collection, Iterable, Mapping

from kg.fusion.actors import FusedActor, find_name_keys
from kg.fusion.blocks import ANY_TIME, find_keys
from kg.fusion.claims import PreparedClaim
from kg.fusion.conflicts import Conflict, can_conflict
from kg.fusion.fusing import Fusion, find_actors
from kg.fusion.lookup import Lookup
from kg.fusion.matter import Matter
from kg.fusion.memory import Memory, encode_article, encode_matter
from kg.fusion.names import fold_words, parse_name
from kg.fusion.origins import are_copies, find_bands, fold_outlet, order_copies, sketch_text
from kg.fusion.records import ActorRecord, ArticleRecord, ClaimRecord

__all__ = [
    "find_led_keys",
    "find_rivals",
    "join_copies",
    "make_ghost",
    "profile_of",
    "remember_article",
    "remember_claims",
    "remember_conflict",
    "remember_fused",
    "remember_fusion",
    "remember_profile",
    "remember_speakers",
]


def profile_of(actor: ActorRecord) -> str:
    """All that fusion knows of an actor from its article: actors of one profile are fused alike."""
    return json.dumps([actor.names, actor.kind, actor.known, actor.state, actor.anonymous], ensure_ascii=False)


def make_ghost(profile: str) -> ActorRecord:
    """An actor of that profile and of no article."""
    names, kind, known, state, anonymous = json.loads(profile)
    return ActorRecord(
        iri=profile, article="", names=tuple(names), kind=kind, known=known, state=state, anonymous=anonymous
    )


def find_led_keys(actor: ActorRecord, lookup: Lookup) -> tuple[set[str], bool]:
    """Keys that a person shares with the governments that bear the person's name, and whether it is a government."""
    led = {form.leader[-1] for form in (parse_name(name, actor.kind, lookup) for name in actor.names) if form.leader}
    if led:
        return {f"led {name}" for name in led}, True
    words = fold_words(actor.names[0]) if actor.kind == "person" else ()
    return ({f"led {words[-1]}"} if words else set()), False


def remember_claims(memory: Memory, claims: Collection[PreparedClaim], *, staged: bool = False) -> None:
    """Puts claims under their keys; with ``staged`` these count from ``Memory.add_staged`` on."""
    add = memory.stage_items if staged else memory.add_items
    for prepared in claims:
        iri, dated = prepared.claim.iri, prepared.day is not None
        sorts = [("c", True), ("x", False)] if can_conflict(prepared) else [("c", True)]
        for sort, family in sorts:
            stand, look = find_keys(prepared, family=family)
            add(sort, stand, iri)
            if not dated:
                add(f"{sort}-undated", look, iri)


def find_rivals(memory: Memory, prepared: PreparedClaim, sort: str, *, family: bool) -> set[str]:
    """The claims that share a block with this one: it looks where they stand, or they where it stands."""
    stand, look = find_keys(prepared, family=family)
    found = memory.find_items(sort, look)
    if prepared.day is not None:
        found |= memory.find_items(f"{sort}-undated", (key for key in stand if f"|{ANY_TIME}|" in key))
    return found - {prepared.claim.iri}


def remember_fusion(memory: Memory, fusion: Fusion, graphs: dict[str, str], lookup: Lookup) -> None:
    """Makes the memory that of a full fusion; ``graphs`` are the graphs of its articles."""
    memory.inner.execute("BEGIN")
    memory.clear()
    decisions = {claim.iri: decision.iri for decision in fusion.decisions for claim in decision.claims}
    matters = {one.claim.article: one.article.matter for one in fusion.prepared.values()}
    for article in fusion.articles:
        remember_article(memory, article, graphs[article.iri], matters.get(article.iri, {}), decisions)
    for article in fusion.articles:
        join_copies(memory, article)
    remember_claims(memory, fusion.prepared.values(), staged=True)
    memory.add_staged()
    memory.write_links(fusion.links)
    # Each once: it stands under all of its members, with the links of all of them.
    actors = {actor.iri: actor for actor in fusion.actors.values()}.values()
    links = {link.member: (actor.iri, link.reason, link.score) for actor in actors for link in actor.links}
    for record in find_actors(fusion.articles):
        remember_profile(memory, record, lookup, (*links[record.iri], fusion.states.get(record.iri, record.state)))
    for actor in actors:
        remember_fused(memory, actor)
    for conflict in fusion.conflicts:
        remember_conflict(memory, conflict)
    for article in fusion.articles:
        remember_speakers(memory, article.claims, fusion.actors)
    memory.inner.execute("COMMIT")


def remember_article(
    memory: Memory, article: ArticleRecord, graph: str, matter: Matter, decisions: Mapping[str, str]
) -> None:
    told = (article.iri, graph, article.publisher, article.published, encode_article(article), article.iri)
    row = (*told, sketch_text(article.text), encode_matter(matter))
    memory.tell("INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, ?, ?)", [row])
    memory.tell(
        "INSERT INTO claim VALUES (?, ?, ?)",
        ((claim.iri, article.iri, decisions.get(claim.iri, "")) for claim in article.claims),
    )
    memory.add_items("o", [fold_outlet(article.publisher)], article.publisher)
    memory.tell(
        "INSERT OR IGNORE INTO actor VALUES (?, ?, ?)",
        (
            (actor.iri, claim.iri, profile_of(actor))
            for claim in article.claims
            for actor in find_actors([ArticleRecord(iri=article.iri, claims=(claim,))])
        ),
    )


def join_copies(memory: Memory, article: ArticleRecord) -> list[str]:
    """Puts an article under the bands of its text and beside its copies; the articles that get another first one."""
    ((sketch,),) = memory.ask("SELECT sketch FROM article WHERE iri = ?", article.iri)
    if not sketch:
        return []
    bands = find_bands(sketch)
    groups = {article.iri}
    for other in sorted(memory.find_items("t", bands) - {article.iri}):
        ((rival, first),) = memory.ask("SELECT sketch, first FROM article WHERE iri = ?", other)
        if are_copies(sketch, rival):
            groups.add(first)
    memory.add_items("t", bands, article.iri)
    members = [
        (memory.read_article(iri), first)
        for group in sorted(groups)
        for iri, first in memory.ask("SELECT iri, first FROM article WHERE first = ?", group)
    ]
    leader = min((member for member, _ in members), key=order_copies).iri
    moved = [member.iri for member, first in members if first != leader]
    memory.tell("UPDATE article SET first = ? WHERE iri = ?", ((leader, iri) for iri in moved))
    return moved


def remember_profile(memory: Memory, actor: ActorRecord, lookup: Lookup, found: tuple[str, str, float, str]) -> None:
    """Puts the profile of an actor that can be linked under its keys, with what came of it."""
    keys = find_name_keys(actor, lookup)
    if not keys:
        return
    profile = profile_of(actor)
    memory.tell("INSERT OR REPLACE INTO profile VALUES (?, ?, ?, ?, ?)", [(profile, *found)])
    memory.add_items("n", keys | find_led_keys(actor, lookup)[0], profile)


def remember_fused(memory: Memory, actor: FusedActor) -> None:
    row = (actor.iri, json.dumps(actor.names, ensure_ascii=False), actor.kind, actor.known)
    memory.tell("INSERT OR REPLACE INTO fused VALUES (?, ?, ?, ?)", [row])


def remember_conflict(memory: Memory, conflict: Conflict) -> None:
    body = json.dumps([conflict.kind, conflict.sides, conflict.reason, conflict.claims], ensure_ascii=False)
    memory.tell("INSERT OR IGNORE INTO conflict VALUES (?, ?)", ((claim, body) for claim in conflict.claims))


def remember_speakers(memory: Memory, claims: Iterable[ClaimRecord], actors: Mapping[str, FusedActor]) -> None:
    """Puts claims under the names of their speakers, which may turn out to be publishers."""
    for claim in claims:
        names = {actors[link.speaker.iri].name for chain in claim.chains for link in chain}
        memory.add_items("s", map(fold_outlet, names), claim.iri)
