// What the page knows: the view data, what is looked at, and who listens to changes.

const read = (id) => JSON.parse(document.getElementById(id).textContent);
// What opens with the page is read at once, evidence and tables when they are first asked for.
const view = read("view-data");
for (const [block, names] of [["evidence-data", ["articles", "evidence", "conflicts"]], ["table-data", ["coverage", "timeline"]]]) {
  let parts = null;
  for (const name of names) Object.defineProperty(view, name, { get: () => (parts ??= read(block))[name] });
}
const nodes = new Map(read("nodes").map((node) => [node.id, node]));
const edges = read("edges").filter((edge) => nodes.has(edge.from) && nodes.has(edge.to));
const linked = new Map([...nodes.keys()].map((id) => [id, []]));
for (const edge of edges) {
  linked.get(edge.from).push({ edge, other: edge.to });
  linked.get(edge.to).push({ edge, other: edge.from });
}

const KINDS = ["decision", "actor", "limit", "source", "article", "claim", "passage"];
const FIRST_KINDS = ["decision", "actor", "limit", "source"];
const KIND_NAMES = {
  decision: "Decisions", actor: "Actors", limit: "Limits", source: "Sources",
  article: "Articles", claim: "Accounts", passage: "Passages",
};
const KIND_NAME = {
  decision: "Decision", actor: "Actor", limit: "Limit", source: "Source",
  article: "Article", claim: "Account of one article", passage: "Passage",
};
const TYPES = ["permit", "prohibit", "require", "commit", "refuse", "request", "warn"];
const STATUSES = ["made", "considered", "denied", "ended"];
const AGREEMENTS = ["corroborated", "single-origin", "disputed", "denied"];
const AGREEMENT_WORDS = {
  corroborated: "corroborated: independent origins agree",
  "single-origin": "single origin: every report goes back to one",
  disputed: "disputed: sources contradict each other",
  denied: "denied by everyone who mentions it",
};
const LARGE = 800;

const emptyFilters = () => ({
  types: new Set(), statuses: new Set(), agreements: new Set(), outlets: new Set(),
  actor: "", from: "", to: "", confidence: 0,
});
const state = {
  kinds: new Set(FIRST_KINDS),
  filters: emptyFilters(),
  opened: new Set(), // nodes whose hidden neighbours are shown
  focus: null, // {id, depth}
  selected: null,
  tab: "graph",
};

const listeners = { select: [], filter: [], theme: [], tab: [] };
const on = (event, listener) => listeners[event].push(listener);
const tell = (event) => listeners[event].forEach((listener) => listener());

const decisions = [...nodes.values()].filter((node) => node.kind === "decision");
// Most independent origins first, then most articles, then most limits: what a reader should see first.
const weightOf = (node) => (node.origins ?? 0) * 1e4 + (node.articles ?? 0) * 100 + Math.min(99, linked.get(node.id).length);
decisions.sort((a, b) => weightOf(b) - weightOf(a) || (a.id < b.id ? -1 : 1));

const filtersOn = () => {
  const f = state.filters;
  return [f.types, f.statuses, f.agreements, f.outlets].filter((set) => set.size).length
    + (f.actor ? 1 : 0) + (f.from || f.to ? 1 : 0) + (f.confidence > 0 ? 1 : 0);
};

function passes(node) {
  const f = state.filters;
  const dates = node.dates ?? [];
  return (!f.types.size || f.types.has(node.type))
    && (!f.statuses.size || f.statuses.has(node.status))
    && (!f.agreements.size || f.agreements.has(node.agreement))
    && (!f.outlets.size || (node.outlets ?? []).some((outlet) => f.outlets.has(outlet)))
    && (!f.actor || linked.get(node.id).some(({ other }) => other === f.actor))
    && ((!f.from && !f.to) || dates.some((date) => (!f.from || date >= f.from) && (!f.to || date <= f.to)))
    && (node.confidence ?? 0) >= f.confidence;
}

// Sources of very many decisions: ways do not lead through them, and their lines are drawn where they are chosen.
const HUB = 24;
const hubs = new Set([...nodes.values()].filter(({ id, kind }) => kind === "source" && linked.get(id).length > HUB).map(({ id }) => id));

function within(id, depth) {
  let ring = [id];
  const seen = new Set(ring);
  for (let step = 0; step < depth; step += 1) {
    ring = ring.filter((one) => step === 0 || !hubs.has(one)).flatMap((one) => linked.get(one)).filter(({ other }) => FIRST_KINDS.includes(nodes.get(other).kind))
      .map(({ other }) => other).filter((other) => !seen.has(other) && seen.add(other));
  }
  return seen;
}

// The nodes on show: decisions that pass the filters, what hangs on them, and what the reader opened.
function visibleNodes() {
  const filtered = filtersOn() > 0;
  const near = state.focus ? within(state.focus.id, state.focus.depth) : null;
  const kept = new Set(decisions.filter((node) => passes(node) && (!near || near.has(node.id))).map((node) => node.id));
  const shown = new Set();
  const holds = (id, kind) => {
    if (kind === "decision") return kept.has(id);
    const around = linked.get(id);
    if (kind === "passage") return around.some(({ other }) => linked.get(other).some((next) => kept.has(next.other)));
    if (!filtered && !near) return true;
    return around.some(({ other }) => kept.has(other));
  };
  for (const [id, node] of nodes) {
    const wanted = state.kinds.has(node.kind) && (!near || near.has(id) || !FIRST_KINDS.includes(node.kind));
    if (wanted && holds(id, node.kind)) shown.add(id);
  }
  for (const id of state.opened) {
    if (!shown.has(id)) continue;
    for (const { other } of linked.get(id)) shown.add(other);
  }
  if (state.focus) shown.add(state.focus.id);
  if (state.selected && nodes.has(state.selected)) shown.add(state.selected);
  return shown;
}

const titleOf = (id) => {
  const node = nodes.get(id);
  return node ? node.title || node.label || id : id;
};
