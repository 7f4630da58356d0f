"""Invented views for the tests of the page: a small story, a hostile one, and large ones of any size."""

from kg.exporters.view_data import (
    ViewArticle,
    ViewConflict,
    ViewCoverage,
    ViewData,
    ViewEdge,
    ViewEvent,
    ViewEvidence,
    ViewNode,
    ViewRow,
)

ARTICLES = (
    ViewArticle(
        id="article/a1",
        headline="Harbour board lets night ferries sail again, within limits",
        outlet="The Harbour Post",
        author="M. Reed",
        date="2026-03-01",
        url="https://harbour.example/night-ferries",
    ),
    ViewArticle(id="article/a2", headline="Ferries may sail after dusk", outlet="Coast Radio", date="2026-03-02"),
    ViewArticle(
        id="article/a3", headline="No ferry allowed at night, says union", outlet="Island Wire", date="2026-03-02"
    ),
)

EVIDENCE = (
    ViewEvidence(
        article=0,
        start=60,
        end=124,
        before="The harbour board met on Sunday. ",
        quote="The board will let ferries sail at night, but only inside the bay",
        after=", its chair told Coast Radio. Cargo ships must stay in port.",
        says="decision",
        status="made",
        claim="claim/c1",
        chain=("Coast Radio (outlet)", "the chair of the board (office)"),
    ),
    ViewEvidence(
        article=0,
        start=102,
        end=124,
        before="The board will let ferries sail at night, but ",
        quote="only inside the bay",
        after=", its chair told Coast Radio.",
        says="limit",
        status="made",
        claim="claim/c1",
        chain=("Coast Radio (outlet)", "the chair of the board (office)"),
    ),
    ViewEvidence(
        article=1,
        start=40,
        end=71,
        quote="Night sailings are allowed again",
        after=" until 30 June, except for cargo ships.",
        says="decision",
        status="made",
        claim="claim/c2",
        chain=("two harbour officials (anonymous)",),
    ),
    ViewEvidence(
        article=2,
        start=0,
        end=30,
        quote="The board has not allowed any night sailing",
        after=", the union said.",
        says="decision",
        status="denied",
        claim="claim/c3",
        chain=("the ferry union (organisation)",),
    ),
)

NODES = (
    ViewNode(
        id="decision/d1",
        kind="decision",
        label="ferries sail at night",
        title="Harbour board lets ferry companies: ferries sail at night",
        type="permit",
        concept="lift a ban",
        status="made",
        agreement="disputed",
        articles=3,
        origins=2,
        confidence=0.91,
        outlets=("Coast Radio", "Island Wire", "The Harbour Post"),
        dates=("2026-03-01", "2026-03-02"),
        evidence=(0, 2, 3),
        conflicts=(0,),
    ),
    ViewNode(
        id="decision/d2",
        kind="decision",
        label="cargo ships leave port after dusk",
        title="Harbour board bars cargo ships: leave port after dusk",
        type="prohibit",
        status="made",
        agreement="single-origin",
        articles=1,
        origins=1,
        confidence=0.62,
        outlets=("The Harbour Post",),
        dates=("2026-03-01",),
        evidence=(0,),
    ),
    ViewNode(
        id="decision/d3",
        kind="decision",
        label="extend the permission to the outer islands",
        title="Ferry companies ask the harbour board: extend the permission to the outer islands",
        type="request",
        status="considered",
        agreement="single-origin",
        articles=1,
        origins=1,
        confidence=0.4,
        outlets=("Coast Radio",),
        dates=("2026-03-02",),
        evidence=(2,),
    ),
    ViewNode(id="actor/board", kind="actor", label="Harbour Board", type="organisation", names=("the board",)),
    ViewNode(id="actor/ferries", kind="actor", label="ferry companies", type="group"),
    ViewNode(id="actor/cargo", kind="actor", label="cargo ships", type="group"),
    ViewNode(
        id="limit/l1",
        kind="limit",
        label="inside the bay",
        type="spatial",
        effect="only",
        agreement="corroborated",
        articles=2,
        origins=2,
        parent="decision/d1",
        evidence=(1,),
    ),
    ViewNode(
        id="limit/l2",
        kind="limit",
        label="for cargo ships",
        type="party",
        effect="except",
        agreement="single-origin",
        parent="decision/d1",
        evidence=(2,),
    ),
    ViewNode(
        id="limit/l3",
        kind="limit",
        label="until 30 June",
        type="temporal",
        effect="only",
        agreement="single-origin",
        parent="decision/d1",
        facts=(("date", "2026-06-30"),),
        evidence=(2,),
    ),
    ViewNode(id="source/s1", kind="source", label="Coast Radio", type="outlet", evidence=(0,)),
    ViewNode(id="source/s2", kind="source", label="two harbour officials", type="anonymous", evidence=(2,)),
    ViewNode(id="source/s3", kind="source", label="the ferry union", type="organisation", evidence=(3,)),
    ViewNode(id="article/a1", kind="article", label="The Harbour Post: Harbour board lets night ferries sail again"),
    ViewNode(id="article/a2", kind="article", label="Coast Radio: Ferries may sail after dusk"),
    ViewNode(id="article/a3", kind="article", label="Island Wire: No ferry allowed at night, says union"),
    ViewNode(id="claim/c1", kind="claim", label="The Harbour Post", type="permit", status="made", evidence=(0, 1)),
    ViewNode(id="claim/c2", kind="claim", label="Coast Radio", type="permit", status="made", evidence=(2,)),
    ViewNode(id="claim/c3", kind="claim", label="Island Wire", type="permit", status="denied", evidence=(3,)),
    ViewNode(id="article/a1#char=60,124", kind="passage", label="The board will let ferries sail", parent="claim/c1"),
)

EDGES = (
    ViewEdge(source="actor/board", target="decision/d1", role="decides", label="decides"),
    ViewEdge(source="actor/board", target="decision/d2", role="decides", label="decides"),
    ViewEdge(source="actor/ferries", target="decision/d3", role="decides", label="decides"),
    ViewEdge(source="decision/d1", target="actor/ferries", role="recipient", label="lets"),
    ViewEdge(source="decision/d2", target="actor/cargo", role="recipient", label="bars"),
    ViewEdge(source="decision/d3", target="actor/board", role="recipient", label="asks"),
    ViewEdge(source="decision/d1", target="limit/l1", role="limit", label="only"),
    ViewEdge(source="decision/d1", target="limit/l2", role="limit", label="except"),
    ViewEdge(source="decision/d1", target="limit/l3", role="limit", label="only"),
    ViewEdge(source="source/s1", target="decision/d1", role="says", label="says"),
    ViewEdge(source="source/s2", target="decision/d1", role="says", label="says"),
    ViewEdge(source="source/s3", target="decision/d1", role="says", label="denies"),
    ViewEdge(source="source/s2", target="decision/d3", role="says", label="says"),
    ViewEdge(source="source/s1", target="decision/d2", role="says", label="says"),
    ViewEdge(source="article/a1", target="decision/d1", role="reports", label="reports"),
    ViewEdge(source="article/a2", target="decision/d1", role="reports", label="reports"),
    ViewEdge(source="article/a3", target="decision/d1", role="reports", label="reports"),
    ViewEdge(source="claim/c1", target="decision/d1", role="tells", label="tells of"),
    ViewEdge(source="claim/c2", target="decision/d1", role="tells", label="tells of"),
    ViewEdge(source="claim/c3", target="decision/d1", role="tells", label="tells of"),
    ViewEdge(source="article/a1#char=60,124", target="claim/c1", role="quotes", label="quoted for"),
    ViewEdge(source="decision/d1", target="decision/d2", role="contradicts", label="contradicts"),
)

STORY = ViewData(
    nodes=NODES,
    edges=EDGES,
    articles=ARTICLES,
    evidence=EVIDENCE,
    conflicts=(
        ViewConflict(
            id="conflict/x1",
            kind="status conflict",
            reason="made against denied",
            sides=(("decision/d1", "made", (0,)), ("decision/d1", "denied", (3,))),
        ),
    ),
    coverage=ViewCoverage(
        outlets=("Coast Radio", "Island Wire", "The Harbour Post"),
        rows=(
            ViewRow(node="decision/d1", cells=(("asserted", (2,)), ("contradicted", (3,)), ("asserted", (0,)))),
            ViewRow(node="limit/l1", cells=(("silent", ()), ("silent", ()), ("asserted", (1,)))),
            ViewRow(node="limit/l2", cells=(("asserted", (2,)), ("silent", ()), ("silent", ()))),
            ViewRow(node="limit/l3", cells=(("asserted", (2,)), ("silent", ()), ("silent", ()))),
            ViewRow(node="decision/d2", cells=(("silent", ()), ("silent", ()), ("asserted", (0,)))),
            ViewRow(node="decision/d3", cells=(("asserted", (2,)), ("silent", ()), ("silent", ()))),
        ),
    ),
    timeline=(
        ViewEvent(date="2026-03-01", kind="report", node="decision/d1", article=0, status="made"),
        ViewEvent(date="2026-03-01", kind="report", node="decision/d2", article=0, status="made"),
        ViewEvent(date="2026-03-02", kind="report", node="decision/d1", article=1, status="made"),
        ViewEvent(date="2026-03-02", kind="report", node="decision/d1", article=2, status="denied"),
        ViewEvent(date="2026-03-02", kind="report", node="decision/d3", article=1, status="considered"),
        ViewEvent(date="2026-06-30", kind="limit", node="limit/l3"),
    ),
    counts=(("articles", 3), ("outlets", 3), ("decisions", 3), ("limits", 3), ("sources", 3)),
)

#: Text that would do harm if it were ever read as markup, script, template or path.
HOSTILE = (
    "</script><script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    "{{ 7*7 }}{% raw %}{#",
    "'\"><svg onload=window.hacked=1>",
    "javascript:window.hacked=1",
    "مرحبا \u202eabc\u202c 👩‍👩‍👧‍👦 \u2028 \u0000".replace("\u0000", ""),
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3,
    "<!-- --> ]]> &lt;b&gt; \\u003c/script",
)


def make_hostile_view() -> ViewData:
    """Every text field hostile, ids included where ids allow it."""
    count = len(HOSTILE)
    articles = tuple(
        ViewArticle(id=f"article/h{i}", headline=text, outlet=text, author=text, date="2026-03-01", url=text)
        for i, text in enumerate(HOSTILE)
    )
    evidence = tuple(
        ViewEvidence(article=i, start=0, end=9, before=text, quote=text, after=text, says=text, chain=(text, text))
        for i, text in enumerate(HOSTILE)
    )
    decisions = tuple(
        ViewNode(
            id=f"decision/h{i}",
            kind="decision",
            label=text,
            title=text,
            type="permit" if i % 2 else "prohibit",
            concept=text,
            status="made",
            agreement="disputed",
            outlets=(text,),
            dates=("2026-03-01",),
            evidence=(i,),
            conflicts=(i,),
        )
        for i, text in enumerate(HOSTILE)
    )
    others = tuple(
        ViewNode(
            id=f"{kind}/h{i}",
            kind=kind,
            label=text,
            title=text,
            type=text,
            effect="only" if kind == "limit" else "",
            names=(text,),
            facts=((text, text),),
            links=(text, "https://example.org/?q=<script>"),
            evidence=(i,),
        )
        for kind in ("actor", "limit", "source")
        for i, text in enumerate(HOSTILE)
    )
    return ViewData(
        nodes=(*decisions, *others),
        edges=tuple(
            ViewEdge(source=f"{kind}/h{i}", target=f"decision/h{i}", role=role, label=HOSTILE[i])
            for kind, role in (("actor", "decides"), ("source", "says"))
            for i in range(count)
        ),
        articles=articles,
        evidence=evidence,
        conflicts=tuple(
            ViewConflict(id=f"conflict/{i}", kind=text, reason=text, sides=((f"decision/h{i}", text, (i,)),))
            for i, text in enumerate(HOSTILE)
        ),
        coverage=ViewCoverage(
            outlets=HOSTILE,
            rows=tuple(
                ViewRow(node=f"decision/h{i}", cells=tuple(("asserted", (i,)) for _ in range(count)))
                for i in range(count)
            ),
        ),
        timeline=tuple(
            ViewEvent(date="2026-03-01", kind="report", node=f"decision/h{i}", article=i) for i in range(count)
        ),
        counts=tuple((text[:20], 1) for text in HOSTILE[:2]),
        title=HOSTILE[0],
    )


TYPES = ("permit", "prohibit", "require", "commit", "refuse", "request", "warn")
STATES = ("single-origin", "corroborated", "single-origin", "disputed", "denied")
WORDS = (
    "harbour ferry night dusk cargo island bridge school budget water tariff licence port export fuel grain "
    "pharmacy vaccine airline runway tower festival market museum stadium forest river mine quarry union"
).split()


def make_large_view(count: int) -> ViewData:
    """A view of exactly ``count`` nodes with skewed degrees: many stories around shared actors and sources."""
    decisions = max(1, count * 35 // 100)
    limits = count * 30 // 100
    sources = count * 15 // 100
    actors = count - decisions - limits - sources
    nodes: list[ViewNode] = []
    edges: list[ViewEdge] = []
    for i in range(decisions):
        words = " ".join(WORDS[(i * 7 + k * 5) % len(WORDS)] for k in range(3 + i % 4))
        nodes.append(
            ViewNode(
                id=f"decision/{i}",
                kind="decision",
                label=words,
                title=words,
                type=TYPES[i % 7],
                status=("made", "made", "considered", "denied", "ended")[i % 5],
                agreement=STATES[i % 5],
                articles=1 + i % 4,
                origins=1 + i % 3,
                confidence=(i % 100) / 100,
                outlets=(f"Outlet {i % 12}",),
                dates=(f"2026-03-{1 + i % 28:02}",),
                evidence=(i,),
            )
        )
        for actor, role in ((_skew(i, actors), "decides"), (_skew(i * 3 + 1, actors), "recipient")):
            ends = (f"actor/{actor}", f"decision/{i}")
            source, target = ends if role == "decides" else ends[::-1]
            edges.append(ViewEdge(source=source, target=target, role=role, label=role))
        edges.append(
            ViewEdge(source=f"source/{_skew(i * 5 + 2, sources)}", target=f"decision/{i}", role="says", label="says")
        )
    for i in range(limits):
        parent = f"decision/{i * 11 % decisions}"
        effect = ("only", "except", "requires")[i % 3]
        label = f"limit on {WORDS[i % len(WORDS)]} number {i}"
        nodes.append(ViewNode(id=f"limit/{i}", kind="limit", label=label, type="spatial", effect=effect, parent=parent))
        edges.append(ViewEdge(source=parent, target=f"limit/{i}", role="limit", label=effect))
    nodes.extend(ViewNode(id=f"source/{i}", kind="source", label=f"Source {i}", type="outlet") for i in range(sources))
    nodes.extend(
        ViewNode(id=f"actor/{i}", kind="actor", label=f"Actor {i}", type="organisation") for i in range(actors)
    )
    return ViewData(
        nodes=tuple(nodes),
        edges=tuple(edges),
        articles=(ViewArticle(id="article/1", headline="An invented report", outlet="Outlet 1", date="2026-03-01"),),
        evidence=tuple(
            ViewEvidence(article=0, start=i, end=i + 9, quote=f"passage {i} of an invented report", before="It said: ")
            for i in range(decisions)
        ),
        counts=(("articles", 1), ("decisions", decisions), ("limits", limits)),
    )


def _skew(value: int, count: int) -> int:
    """A place below ``count``, the low ones often, as names in the news are."""
    part = (value * 7919 % 1009) / 1009
    return min(count - 1, int(count * part * part * part))
