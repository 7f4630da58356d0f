// Timeline: one lane for each decision; a dot for each article that tells of it, a flag for each day that a limit names.

const timelineView = document.getElementById("view-timeline");
const LANES_AT_ONCE = 60;
const DENSE = 8;

function showTimeline(limit = LANES_AT_ONCE) {
  const laneOf = (event) => { const node = nodes.get(event.node); return node?.kind === "limit" ? node.parent : event.node; };
  const events = view.timeline.filter((event) => shown.has(laneOf(event)));
  const days = [...new Set(events.map((event) => event.date.slice(0, 10)))].sort();
  const lanes = new Map();
  for (const event of events) {
    if (!lanes.has(laneOf(event))) lanes.set(laneOf(event), []);
    lanes.get(laneOf(event)).push(event);
  }
  const order = [...lanes.keys()].sort((a, b) => (lanes.get(a)[0].date < lanes.get(b)[0].date ? -1 : lanes.get(a)[0].date > lanes.get(b)[0].date ? 1 : weightOf(nodes.get(b)) - weightOf(nodes.get(a))));
  const dense = days.length > DENSE;
  const head = dense ? denseHead(days) : [make("tr", {}, make("th", { scope: "col" }, "Decision"), days.map((date) => make("th", { scope: "col", class: "day" }, day(date))))];
  const body = order.slice(0, limit).map((id) => lane(id, days, lanes.get(id)));
  timelineView.replaceChildren(
    make("h2", {}, "When it was reported"),
    make("p", { class: "hint" }, [["cell-asserted", "●", "an article tells of it"], ["cell-asserted", "○", "as considered"], ["cell-contradicted", "✕", "an article denies it"], ["", "⚑", "a limit names this day"]]
      .map(([tone, sign, text]) => make("span", { class: "key" }, make("span", { class: `cell ${tone}` }, sign), text))),
    events.length ? make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Timeline" }, make("table", { class: dense ? "timeline dense" : "timeline" }, make("caption", { class: "hidden" }, "Decisions by day"), make("thead", {}, head), make("tbody", {}, body)))
      : make("p", {}, view.timeline.length ? "Nothing fits these filters." : "These articles have no dates."),
    order.length > limit ? make("button", { type: "button", onclick: () => showTimeline(limit + LANES_AT_ONCE) }, `Show more of ${order.length} decisions`) : "");
}

// Many days: a row of months, and beneath it the days by their numbers.
function denseHead(days) {
  const months = new Map();
  for (const date of days) months.set(date.slice(0, 7), (months.get(date.slice(0, 7)) ?? 0) + 1);
  return [
    make("tr", {}, make("th", { scope: "col", rowspan: 2 }, "Decision"), [...months].map(([month, number]) => make("th", { scope: "colgroup", colspan: number, class: "month" }, day(month)))),
    make("tr", {}, days.map((date) => {
      const [first, ...rest] = date.length > 7 ? day(date).split(" ") : ["·", day(date)];
      return make("th", { scope: "col", class: "day" }, first, make("span", { class: "hidden" }, ` ${rest.join(" ")}`));
    })),
  ];
}

function lane(id, days, events) {
  const node = nodes.get(id);
  const reported = events.filter((event) => event.kind === "report").map((event) => event.date).sort();
  const [first, last] = [reported[0] ?? "", reported[reported.length - 1] ?? ""];
  return make("tr", {},
    make("th", { scope: "row" }, make("button", { type: "button", class: "node-link", onclick: () => select(id, { move: true }) }, mark(node), said(node.label))),
    days.map((date) => make("td", { class: date >= first && date <= last ? "between" : "" }, events.filter((event) => event.date.slice(0, 10) === date).map((event) => dot(event)))));
}

function dot(event) {
  if (event.kind === "limit") {
    return make("button", { type: "button", class: "cell", "aria-label": `Limit: ${titleOf(event.node)}`, title: titleOf(event.node), onclick: () => select(event.node, { move: true }) }, "⚑");
  }
  const article = view.articles[event.article ?? 0] ?? {};
  const denied = event.status === "denied";
  const places = (nodes.get(event.node)?.evidence ?? []).filter((at) => (view.evidence[at].article ?? 0) === (event.article ?? 0));
  return make("button", {
    type: "button", class: `cell ${denied ? "cell-contradicted" : "cell-asserted"} status-${event.status ?? "made"}`,
    "aria-label": `${article.outlet || "an article"}, ${day(event.date)}: ${event.status || "made"}`, title: `${article.outlet ?? ""}: ${article.headline ?? ""}`,
    onclick: () => showPassages(event.node, places, article.outlet ?? ""),
  }, denied ? "✕" : event.status === "considered" ? "○" : "●");
}
