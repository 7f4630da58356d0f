// The side panel: the list of decisions, or what is known of the chosen node with the exact sentences.

const panel = document.getElementById("panel");
const LIST_STEP = 40;
let listLength = LIST_STEP;

const mark = (node) => {
  const sign = node.kind === "limit" ? EFFECT_SIGNS[node.effect] ?? "" : TYPE_SIGNS[node.type] ?? "";
  const word = node.kind === "limit" ? node.effect : node.type;
  const tone = node.kind === "limit" ? `effect-${node.effect}` : `type-${node.type}`;
  return make("span", { class: `mark ${TYPES.includes(node.type) || node.effect ? tone : ""}` }, `${sign} `, said(word ?? ""));
};
const stateTag = (node) => (node.agreement ? make("span", { class: `state state-${node.agreement}` }, node.agreement.replace("-", " ")) : null);

function nodeButton(id, ...before) {
  const node = nodes.get(id);
  return make("button", { type: "button", class: "node-link", "data-node": id, onclick: () => select(id, { move: true }) }, ...before, said(node.label || titleOf(id)));
}

function decisionButton(node) {
  const actors = linked.get(node.id).filter(({ edge }) => edge.role === "decides").map(({ other }) => nodes.get(other).label);
  const limits = linked.get(node.id).filter(({ edge }) => edge.role === "limit").length;
  return make("li", {}, make("button", { type: "button", class: "decision-link", "data-node": node.id, onclick: () => select(node.id, { move: true }) },
    make("span", { class: "line" }, mark(node), node.status && node.status !== "made" ? make("span", { class: "status" }, node.status) : null, stateTag(node)),
    make("span", { class: "what" }, said(actors.join(", ")), actors.length ? ": " : "", said(node.label)),
    make("span", { class: "more" }, [plural(node.articles ?? 0, "article"), plural(node.origins ?? 0, "origin"), limits ? plural(limits, "limit") : ""].filter(Boolean).join(" · "))));
}

function showOverview() {
  const some = decisions.filter((node) => shown.has(node.id));
  panel.replaceChildren(
    make("h2", {}, state.focus || filtersOn() ? `${plural(some.length, "decision")} on show` : "Decisions"),
    make("p", { class: "hint" }, some.length ? "Those with most independent origins first. Choose one to read the sentences behind it." : "None fits."),
    make("ol", { class: "decisions" }, some.slice(0, listLength).map(decisionButton)),
    some.length > listLength ? make("button", { type: "button", onclick: () => { listLength += LIST_STEP; showOverview(); } }, `Show ${Math.min(LIST_STEP, some.length - listLength)} more of ${some.length}`) : "",
  );
}

function row(name, ...values) {
  const parts = values.flat().filter(Boolean);
  return parts.length ? [make("dt", {}, name), make("dd", {}, parts)] : [];
}

function quoteCard(place) {
  const evidence = view.evidence[place];
  const article = view.articles[evidence.article ?? 0] ?? {};
  const where = [said(article.outlet || "unknown outlet", "strong"), article.date ? `, ${day(article.date)}` : ""];
  return make("li", { class: "evidence", id: `evidence-${place}` },
    make("p", { class: "where" }, where),
    make("p", { class: "headline" }, outside(article.url, article.headline || "untitled")),
    make("blockquote", { dir: "auto" }, evidence.before ?? "", make("mark", {}, evidence.quote), evidence.after ?? ""),
    make("p", { class: "chain" }, "According to ", evidence.chain?.length ? evidence.chain.flatMap((link, at) => [at ? make("span", { class: "step", "aria-label": "quoting" }, " › ") : "", said(link, "span", { class: "link" })]) : "the article itself"),
    make("p", { class: "fine" }, [evidence.says ? `evidence of the ${evidence.says}` : "", evidence.status, `characters ${evidence.start ?? 0}–${evidence.end ?? 0}`].filter(Boolean).join(" · ")),
  );
}

const CONFLICT_WORDS = {
  "permission conflict": "Permitted by one, prohibited by another",
  "status conflict": "Taken, says one; not taken, says another",
  "limit conflict": "Limits that exclude each other",
  "value conflict": "Different numbers or dates",
  "headline conflict": "A headline against its own article",
};

function conflictCard(place) {
  const conflict = view.conflicts[place];
  return make("div", { class: "conflict" },
    make("h4", { dir: "auto" }, CONFLICT_WORDS[conflict.kind] ?? capital(conflict.kind)), said(conflict.reason, "p"),
    make("ul", {}, (conflict.sides ?? []).map(([id, says, evidence]) => make("li", {},
      nodes.has(id) ? nodeButton(id) : "", " ", said(says),
      (evidence ?? []).slice(0, 2).map((at) => {
        const article = view.articles[view.evidence[at].article ?? 0] ?? {};
        return make("p", { class: "small-quote" }, said(article.outlet ?? "", "strong"), ": ", said(`“${view.evidence[at].quote}”`));
      })))));
}

const GROUPS = [
  ["decides", "out", "Decisions"], ["recipient", "in", "Directed at it"], ["decides", "in", "Decided by"], ["recipient", "out", "Directed at"],
  ["limit", "out", "Limits"], ["limit", "in", "Limits this decision"], ["says", "in", "Sources"], ["says", "out", "Speaks of"],
  ["contradicts", "both", "Contradicted by"], ["reports", "in", "Articles"], ["reports", "out", "Reports"],
  ["tells", "in", "Accounts"], ["tells", "out", "Tells of"], ["quotes", "in", "Passages"], ["quotes", "out", "Quoted for"],
];

function neighbourLists(id) {
  return GROUPS.flatMap(([role, side, name]) => {
    const found = linked.get(id).filter(({ edge }) => edge.role === role && (side === "both" || (side === "out") === (edge.from === id)));
    const others = [...new Set(found.map(({ other }) => other))].sort((a, b) => weightOf(nodes.get(b)) - weightOf(nodes.get(a)));
    if (!others.length) return [];
    return [make("h3", {}, `${name} `, make("span", { class: "number" }, String(others.length))), longList(others)];
  });
}

function longList(others, length = 12) {
  const list = make("ul", { class: "neighbours" });
  const fill = (from, to) => list.append(...others.slice(from, to).map((other) => {
    const one = nodes.get(other);
    return make("li", {}, nodeButton(other, ["decision", "limit"].includes(one.kind) ? mark(one) : ""), stateTag(one) ?? "");
  }));
  fill(0, length);
  if (others.length > length) {
    const more = make("button", { type: "button", class: "plain", onclick: () => { more.parentElement.remove(); fill(length, others.length); } }, `${others.length - length} more`);
    list.append(make("li", {}, more));
  }
  return list;
}

function actionsFor(node) {
  const hidden = linked.get(node.id).filter(({ other }) => !state.kinds.has(nodes.get(other).kind)).length;
  const open = state.opened.has(node.id);
  return make("div", { class: "actions" },
    make("button", { type: "button", onclick: () => setFocus(node.id, 1) }, "Focus"),
    hidden || open ? make("button", { type: "button", id: "expand", "aria-pressed": String(open), onclick: () => toggleOpened(node.id) }, open ? "Collapse" : `Show ${plural(hidden, "article and account", "articles and accounts")}`) : "",
    make("button", { type: "button", onclick: (event) => copyLink(event.currentTarget) }, "Copy link"));
}

async function copyLink(button) {
  try {
    await navigator.clipboard.writeText(location.href);
    button.textContent = "Copied";
  } catch {
    button.textContent = "The link is in the address bar";
  }
}

function evidenceSection(node) {
  const places = node.evidence ?? [];
  if (!places.length) return [];
  const first = node.conflicts?.length || node.kind === "actor" ? 3 : 8; // what contradicts it is to be seen soon
  const list = make("ul", { class: "quotes" }, places.slice(0, first).map(quoteCard));
  const more = places.length > first ? make("button", { type: "button", class: "more", onclick: () => { list.append(...places.slice(first).map(quoteCard)); more.remove(); } }, plural(places.length - first, "more passage")) : "";
  return [make("h3", {}, "Evidence ", make("span", { class: "number" }, String(places.length))), list, more];
}

function showNode(node) {
  const iri = /^https?:/.test(node.id) ? node.id : view.base + node.id;
  const dates = node.dates ?? [];
  const span = dates.length ? (dates.length === 1 ? day(dates[0]) : `${day(dates[0])} to ${day(dates[dates.length - 1])}`) : "";
  const facts = (node.facts ?? []).flatMap(([name, value]) => row(capital(name), said(value)));
  panel.replaceChildren(
    make("div", { class: "panel-top" }, make("button", { type: "button", class: "plain back", onclick: () => { select(null); } }, "‹ All decisions"), make("span", { class: "kind" }, KIND_NAME[node.kind])),
    said(node.title || node.label || node.id, "h2"),
    make("p", { class: "line" }, ["decision", "limit", "claim"].includes(node.kind) ? mark(node) : "", node.status ? make("span", { class: "status" }, node.status) : "", stateTag(node) ?? ""),
    actionsFor(node),
    ...(node.kind === "actor" ? neighbourLists(node.id) : []),
    ...evidenceSection(node),
    ...(node.conflicts?.length ? [make("h3", {}, "Accounts that contradict each other ", make("span", { class: "number" }, String(node.conflicts.length))), ...node.conflicts.map(conflictCard)] : []),
    ...(node.kind === "actor" ? [] : neighbourLists(node.id)),
    make("h3", {}, "In numbers"),
    make("dl", {},
      row("Agreement", node.agreement ? AGREEMENT_WORDS[node.agreement] ?? said(node.agreement) : ""),
      row("Articles", node.articles ? String(node.articles) : ""), row("Independent origins", node.origins ? String(node.origins) : ""),
      row("Kind", said(node.kind === "limit" || node.kind === "actor" || node.kind === "source" ? node.type ?? "" : node.concept ?? "")),
      row("Also named", (node.names ?? []).flatMap((name, at) => [at ? ", " : "", said(name)])),
      row("Reported", span), row("Outlets", (node.outlets ?? []).flatMap((name, at) => [at ? ", " : "", said(name)])),
      row("Confidence", node.confidence ? `${Math.round(node.confidence * 100)} of 100 (ranks, not chances)` : ""),
      facts,
      row("Links", (node.links ?? []).flatMap((address, at) => [at ? " " : "", outside(address, address.replace(/^https?:\/\//, ""))])),
      row("Identifier", make("code", {}, iri))),
  );
  panel.scrollTop = 0;
}

function showPanel() {
  const node = nodes.get(state.selected);
  document.body.classList.toggle("with-node", Boolean(node));
  if (node) showNode(node); else showOverview();
}

// The passages behind a cell of the matrix or a dot of the timeline.
function showPassages(id, places, title) {
  select(id, { move: true });
  if (!places.length) return;
  panel.replaceChildren(
    make("div", { class: "panel-top" }, make("button", { type: "button", class: "plain back", onclick: () => showPanel() }, "‹ Everything on this"), make("span", { class: "kind" }, title)),
    said(titleOf(id), "h2"), make("ul", { class: "quotes" }, places.map(quoteCard)));
  panel.scrollTop = 0;
  document.body.classList.add("with-node");
}

on("select", showPanel);
on("filter", showPanel);
