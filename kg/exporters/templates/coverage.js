// Coverage: decisions and their limits by outlets; who asserts, contradicts, leaves out.

const coverageView = document.getElementById("view-coverage");
const CELLS = { asserted: ["●", "says it"], contradicted: ["✕", "contradicts it"], silent: ["–", "does not mention it"] };
const ROWS_AT_ONCE = 150;

function showCoverage(limit = ROWS_AT_ONCE) {
  const { outlets, rows } = view.coverage;
  const placeOf = new Map(decisions.map((node, at) => [node.id, at]));
  const rank = ({ node }) => (placeOf.get(nodes.get(node).parent ?? node) ?? 0) * 3 + (nodes.get(node).kind === "decision" ? 0 : nodes.get(node).effect === "except" ? 2 : 1);
  const some = rows.filter((line) => { const node = nodes.get(line.node); return node && shown.has(node.kind === "limit" && node.parent ? node.parent : node.id); }).sort((a, b) => rank(a) - rank(b));
  const head = make("tr", {}, make("th", { scope: "col" }, "Decision or limit"), outlets.map((outlet) => make("th", { scope: "col" }, said(outlet, "span", { class: "outlet" }))));
  const body = some.slice(0, limit).map((line) => {
    const node = nodes.get(line.node);
    return make("tr", { class: `row-${node.kind}` },
      make("th", { scope: "row" }, make("button", { type: "button", class: "node-link", onclick: () => select(node.id, { move: true }) }, mark(node), said(node.label)), stateTag(node) ?? ""),
      line.cells.map(([status, places], at) => coverageCell(node, outlets[at], status, places)));
  });
  coverageView.replaceChildren(
    make("h2", {}, "Who reports what"),
    make("p", { class: "hint" }, ...Object.entries(CELLS).flatMap(([status, [sign, words]]) => make("span", { class: "key" }, make("span", { class: `cell cell-${status}` }, sign), words)), "Choose a sign to read the sentence."),
    some.length ? make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Coverage table" }, make("table", {}, make("caption", { class: "hidden" }, "Decisions and limits by outlet"), make("thead", {}, head), make("tbody", {}, body)))
      : make("p", {}, rows.length ? "Nothing fits these filters." : "No outlet is known for these articles."),
    some.length > limit ? make("button", { type: "button", onclick: () => showCoverage(limit + ROWS_AT_ONCE) }, `Show more of ${some.length} rows`) : "");
}

function coverageCell(node, outlet, status, places) {
  const [sign, words] = CELLS[status] ?? CELLS.silent;
  if (!places?.length) return make("td", {}, make("span", { class: `cell cell-${status}` }, make("span", { "aria-hidden": "true" }, sign), make("span", { class: "hidden" }, words)));
  return make("td", {}, make("button", { type: "button", class: `cell cell-${status}`, "aria-label": `${outlet} ${words}: ${plural(places.length, "passage")}`, onclick: () => showPassages(node.id, places, outlet) }, sign));
}
