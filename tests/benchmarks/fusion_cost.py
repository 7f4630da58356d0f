"""What fusion costs: full refusion, and adding one article, at several sizes (in rising order: the peak of
memory is that of the process).

``python tests/benchmarks/fusion_cost.py 1000 10000`` prints a Markdown table. The claims are synthetic: parties are drawn
with the skew of news (Zipf), words so that articles of different events have as much in common as annotated ones have or
more (median 0.09 and 95th percentile 0.18 of what they are about; 0.05 and 0.13 there), an event is told by one to six
outlets in words of their own, most events of a day have nothing to do with each other.
"""

import gc
import random
import resource
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from kg.fusion import Fusion, fuse_records, write_fusion
from kg.fusion.lookup import Lookup
from kg.fusion.memory import Memory
from kg.fusion.records import ActorRecord, ArticleRecord, ClaimRecord, ConstraintRecord, LinkRecord
from kg.fusion.remembering import remember_fusion
from kg.fusion.splicing import list_changes
from kg.fusion.updating import Update
from kg.fusion.words import load_words
from kg.ontology import Ontology, load_ontology
from kg.store import open_store
from kg.terms import FUSED_GRAPH

#: Claims of one article.
CLAIMS = 5
TYPES = ("permit", "prohibit", "require", "commit", "commit", "refuse", "request", "warn")
GIVEN = "Ada Bo Cy Dana Eli Finn Gro Hana Ivo Jun Kai Lea Mio Nora Oda Per Quin Ria Sol Tam Una Vik Wes Yva Zoe".split()
ENDS = "berg dahl moor wick stad holm by ton ford ley field sen sson ova enko idze".split()
SYLLABLES = "ka lo mi ne pu ra si to va we xo yu za be da fo gu hi je".split()


def zipf(rng: random.Random, size: int) -> int:
    """A rank from 0 on, the n-th about as often as 1/n."""
    return min(size - 1, int(size ** rng.random()) - 1)


def draw_word(rng: random.Random, size: int) -> int:
    """A rank from 0 on, low ones more often."""
    return int(size * rng.random() ** 2)


def make_articles(claims: int, ontology: Ontology, *, seed: int = 7) -> Iterator[ArticleRecord]:
    """Articles with so many claims in all."""
    rng = random.Random(seed)
    states = [actor for actor in ontology.known_actors.values() if actor.kind == "state" and not actor.part_of]
    words = [stem for stem in load_words().ranks if len(stem) > 3][200:6000]
    rng.shuffle(states)
    people = [f"{rng.choice(GIVEN)} {make_word(rng)}{rng.choice(ENDS)}".title() for _ in range(max(50, claims // 20))]
    number = 0
    while number * CLAIMS < claims:
        day = date(2024, 1, 1) + timedelta(days=rng.randrange(max(30, claims // 60)))
        events = [make_event(rng, states, people, words) for _ in range(CLAIMS)]
        for _ in range(1 + zipf(rng, 6)):
            if number * CLAIMS < claims:
                yield make_article(number, day, events, rng)
                number += 1


def make_word(rng: random.Random) -> str:
    return "".join(rng.choice(SYLLABLES) for _ in range(2))


def make_event(rng: random.Random, states: list, people: list[str], words: list[str]) -> tuple:  # type: ignore[type-arg]
    state = states[zipf(rng, len(states))]
    actor = (state.name, "state", state.iri) if rng.random() < 0.5 else (people[zipf(rng, len(people))], "person", "")
    action = [words[draw_word(rng, len(words))] for _ in range(6)] + [make_word(rng).title()]
    return (
        rng.choice(TYPES),
        actor,
        states[zipf(rng, len(states))],
        action,
        rng.choice(("until 1 May", "near the border")),
    )


def make_article(number: int, day: date, events: list[tuple], rng: random.Random) -> ArticleRecord:  # type: ignore[type-arg]
    iri = f"https://bench.example/article-{number:06}"
    claims = tuple(make_claim(iri, place, event, rng) for place, event in enumerate(events))
    text = f"Headline {number}\n" + " ".join(quote for claim in claims for quote in claim.quotes)
    return ArticleRecord(
        iri=iri, publisher=f"Outlet {zipf(rng, 300)}", published=day.isoformat(), text=text, claims=claims
    )


def make_claim(article: str, place: int, event: tuple, rng: random.Random) -> ClaimRecord:  # type: ignore[type-arg]
    kind, (name, sort, known), recipient, words, limit = event
    iri = f"{article}-{place}"
    told = [word for word in words if rng.random() < 0.8]
    actor = ActorRecord(iri=f"{iri}-a", article=article, names=(name,), kind=sort, known=known)
    target = ActorRecord(iri=f"{iri}-r", article=article, names=(recipient.name,), kind="state", known=recipient.iri)
    outlet = ActorRecord(iri=f"{iri}-s", article=article, names=(f"Outlet {zipf(rng, 300)}",), kind="organisation")
    return ClaimRecord(
        iri=iri,
        article=article,
        type=kind,
        actors=(actor,),
        recipients=(target,),
        actions=(" ".join(told),),
        constraints=(ConstraintRecord(iri=f"{iri}-c", kind="temporal", effect="only", texts=(limit,)),),
        chains=((LinkRecord(speaker=outlet, kind="outlet"),),) if rng.random() < 0.3 else (),
        quotes=(f"{name} {kind} {recipient.name} {' '.join(told)}",),
    )


def fill_store(fusion: Fusion, ontology: Ontology, folder: Path) -> None:
    """What a full refusion leaves on disk: the fused graph and the memory of it."""
    store, memory = open_store(folder / "store"), Memory(folder / "memory.sqlite")
    store.replace_graph(FUSED_GRAPH, write_fusion(fusion, ontology))
    remember_fusion(memory, fusion, {article.iri: article.iri for article in fusion.articles}, Lookup(ontology))
    memory.close()
    store.close()


def add_articles(added: list[ArticleRecord], ontology: Ontology, folder: Path) -> tuple[list[float], list[float]]:
    """Seconds of the processor and of the clock that each article takes on top of a fusion, from its record to the
    changed fused graph on disk."""
    store, memory, lookup = open_store(folder / "store"), Memory(folder / "memory.sqlite"), Lookup(ontology)
    busy, taken = [], []
    for article in added:
        start, start_busy = time.perf_counter(), time.process_time()
        update = Update(memory, Lookup(ontology))
        memory.inner.execute("BEGIN")
        update.add([(article.iri, article)])
        remove, add = list_changes(store, update, lookup)
        store.change_graph(FUSED_GRAPH, remove=remove - add, add=add - remove)
        memory.inner.execute("COMMIT")
        busy.append(time.process_time() - start_busy)
        taken.append(time.perf_counter() - start)
    return busy, taken


def measure_size(size: int, ontology: Ontology) -> tuple[object, ...]:
    """A row of the table."""
    *articles, one, two, three, four, five = make_articles(size + 5 * CLAIMS, ontology)
    start = time.process_time()
    fusion = fuse_records(articles, ontology)
    full = time.process_time() - start
    count, decisions = len(articles), len(fusion.decisions)
    with TemporaryDirectory() as folder:
        fill_store(fusion, ontology, Path(folder))
        stored = time.process_time() - start - full
        # Articles come to a store on disk, not to one that was fused a moment ago.
        del fusion, articles
        gc.collect()
        busy, taken = add_articles([one, two, three, four, five], ontology, Path(folder))
    seconds = (full, stored, median(busy), max(busy), max(taken))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    first, *others = (f"{value:.1f}" if value >= 1 else f"{value:.2f}" for value in seconds)
    return size, count, decisions, first, f"{full / size * 1000:.2f}", *others, f"{peak:.1f}"


def main() -> None:
    ontology = load_ontology()
    head = (
        "claims",
        "articles",
        "fused decisions",
        "full refusion, CPU s",
        "per claim, ms",
        "its graph and memory to disk, CPU s",
        "one more article, CPU s",
        "at most",
        "by the clock, at most",
        "peak memory, GiB",
    )
    sys.stdout.write(f"| {' | '.join(head)} |\n|{'---|' * len(head)}\n")
    for size in map(int, sys.argv[1:] or ("1000", "10000")):
        sys.stdout.write(f"| {' | '.join(map(str, measure_size(size, ontology)))} |\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
