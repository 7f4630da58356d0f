// Filters, legend and focus: what is on show.

const filterForm = document.getElementById("filters");

function choices(name, values, set, describe) {
  if (values.length < 2) return "";
  return make("fieldset", {}, make("legend", {}, name), values.map((value) => {
    const box = make("input", { type: "checkbox", value, checked: set.has(value) });
    box.addEventListener("change", () => { if (box.checked) set.add(value); else set.delete(value); applyFilters(); });
    return make("label", {}, box, " ", describe ? describe(value) : said(value));
  }));
}

function present(values, field) {
  const found = new Set(decisions.map((node) => node[field]));
  return values.filter((value) => found.has(value));
}

function buildFilters() {
  const f = state.filters;
  const outlets = [...new Set(decisions.flatMap((node) => node.outlets ?? []))].sort();
  const actors = [...nodes.values()].filter((node) => node.kind === "actor").sort((a, b) => (a.label < b.label ? -1 : 1));
  const actor = make("select", { id: "filter-actor" }, make("option", { value: "" }, "anyone"), actors.map((node) => make("option", { value: node.id, selected: node.id === f.actor }, node.label)));
  actor.addEventListener("change", () => { f.actor = actor.value; applyFilters(); });
  const dates = ["from", "to"].map((end) => {
    const input = make("input", { type: "date", id: `filter-${end}`, value: f[end] });
    input.addEventListener("change", () => { f[end] = input.value; applyFilters(); });
    return make("label", {}, `${capital(end)} `, input);
  });
  const sure = make("input", { type: "range", min: 0, max: 1, step: 0.05, value: f.confidence, id: "filter-confidence" });
  const shownSure = make("output", { for: "filter-confidence" }, f.confidence ? `${Math.round(f.confidence * 100)} or more` : "any");
  sure.addEventListener("input", () => { f.confidence = Number(sure.value); shownSure.textContent = f.confidence ? `${Math.round(f.confidence * 100)} or more` : "any"; later(); });
  filterForm.replaceChildren(
    make("div", { class: "panel-top" }, make("h2", {}, "Filters"),
      make("button", { type: "button", class: "done", onclick: toggleFilters }, "Done"), make("button", { type: "button", id: "reset", onclick: resetAll }, "Reset")),
    choices("Type", present(TYPES, "type"), f.types, (value) => make("span", { class: `mark type-${value}` }, `${TYPE_SIGNS[value]} ${value}`)),
    choices("Status", present(STATUSES, "status"), f.statuses),
    choices("Agreement", present(AGREEMENTS, "agreement"), f.agreements, (value) => make("span", { class: `state state-${value}` }, value.replace("-", " "))),
    make("fieldset", {}, make("legend", {}, "Actor"), make("label", { class: "wide" }, "Decides or is addressed ", actor)),
    choices("Outlet", outlets, f.outlets),
    make("fieldset", {}, make("legend", {}, "Reported"), dates),
    make("fieldset", {}, make("legend", {}, "Confidence"), make("label", { class: "wide" }, "At least ", sure), shownSure),
  );
}

let pending = 0;
const later = () => { clearTimeout(pending); pending = setTimeout(applyFilters, 120); };

function applyFilters() {
  const number = filtersOn();
  document.getElementById("filter-count").textContent = number ? ` (${number})` : "";
  leaveFiltered();
  drawGraph();
  showFocusBar();
  fitAll({ readable: true });
  tell("filter");
}

// What the filters leave out is no longer looked at.
function leaveFiltered() {
  const { selected } = state;
  state.selected = null;
  if (!selected || visibleNodes().has(selected)) { state.selected = selected; return; }
  around = new Set();
  writeHash();
}

function resetAll() {
  state.filters = emptyFilters();
  state.kinds = new Set(FIRST_KINDS);
  state.opened.clear();
  state.focus = null;
  state.selected = null;
  around = new Set();
  buildFilters();
  buildLegend();
  applyFilters();
  writeHash();
  tell("select");
}

function setFocus(id, depth) {
  state.focus = id ? { id, depth } : null;
  drawGraph();
  showFocusBar();
  if (id) fitAll(); else fitAll({ readable: true });
  tell("filter");
}

function showFocusBar() {
  const bar = document.getElementById("focus-bar");
  bar.hidden = !state.focus;
  if (!state.focus) { bar.replaceChildren(); return; }
  const { id, depth } = state.focus;
  bar.replaceChildren("Around ", said(nodes.get(id).label, "strong"), " ",
    make("span", { role: "group", "aria-label": "Steps" }, [1, 2, 3].map((step) => make("button", { type: "button", "aria-pressed": String(step === depth), onclick: () => setFocus(id, step) }, plural(step, "step")))),
    make("button", { type: "button", class: "plain", onclick: () => setFocus(null) }, "Show everything"));
}

// A drawing of a shape for the legend, by the same parts as the graph.
function sample(node) {
  const box = { lines: [], w: 34, h: 20, ...node };
  const svg = drawn("svg", { viewBox: "-24 -16 48 32", width: 30, height: 20, "aria-hidden": "true" });
  svg.append(...svgParts(partsOf(box).filter((part) => part.path && part.width !== 0), 0, 0));
  return svg;
}

function buildLegend() {
  const counts = new Map();
  for (const node of nodes.values()) counts.set(node.kind, (counts.get(node.kind) ?? 0) + 1);
  const kinds = KINDS.filter((kind) => counts.has(kind)).map((kind) => {
    const box = make("input", { type: "checkbox", "data-kind": kind, checked: state.kinds.has(kind) });
    box.addEventListener("change", () => { if (box.checked) state.kinds.add(kind); else state.kinds.delete(kind); drawGraph(); tell("filter"); });
    return make("label", {}, box, sample({ kind, type: "permit", effect: "only" }), `${KIND_NAMES[kind]} `, make("span", { class: "number" }, String(counts.get(kind))));
  });
  const types = present(TYPES, "type").map((type) => make("span", { class: `mark type-${type}` }, `${TYPE_SIGNS[type]} ${type}`));
  const effects = ["only", "except", "requires"].filter((effect) => [...nodes.values()].some((node) => node.effect === effect))
    .map((effect) => make("span", { class: `mark effect-${effect}` }, `${EFFECT_SIGNS[effect]} ${effect}`));
  const badges = [["corroborated", "3", "independent origins agree"], ["single-origin", "1", "one origin"], ["disputed", "≠", "disputed"], ["denied", "✕", "denied by all"]]
    .filter(([state_]) => [...nodes.values()].some((node) => node.agreement === state_))
    .map(([state_, sign, words]) => make("span", { class: "badge-line" }, make("span", { class: `badge badge-${state_}`, "aria-hidden": "true" }, sign), words));
  const rims = [["considered", "5 3", "considered"], ["denied", "2 3", "denied"]].filter(([status]) => decisions.some((node) => node.status === status)).map(([, dash, words]) => {
    const svg = drawn("svg", { viewBox: "0 0 26 16", width: 26, height: 16, "aria-hidden": "true" });
    svg.append(drawn("rect", { x: 1, y: 1, width: 24, height: 14, rx: 4, fill: "none", stroke: "currentColor", "stroke-width": 2, "stroke-dasharray": dash }));
    return make("span", { class: "badge-line" }, svg, words);
  });
  const roles = [["decides", "decides, or is directed at"], ["says", hubs.size ? "says so (of busy sources: when chosen)" : "says so"], ["contradicts", "contradicts"]].filter(([role]) => edges.some((edge) => edge.role === role)).map(([role, words]) => make("span", { class: "badge-line" }, lineSample(role), words));
  document.getElementById("legend-body").replaceChildren(
    make("div", { class: "kinds", role: "group", "aria-label": "Kinds on show" }, kinds),
    ...[["Type", types], ["Limit", effects], ["Status", rims], ["Agreement", badges], ["Line", roles]].filter(([, signs]) => signs.length)
      .map(([name, signs]) => make("div", { class: "signs" }, make("span", { class: "sign-name" }, name), signs)));
}

function lineSample(role) {
  const svg = drawn("svg", { viewBox: "0 0 34 12", width: 34, height: 12, "aria-hidden": "true" });
  const colour = role === "contradicts" ? theme().dispute : role === "decides" ? lighter(TYPE_COLOURS.permit) : theme().line;
  svg.append(drawn("line", { x1: 0, y1: 6, x2: 30, y2: 6, stroke: colour, "stroke-width": 2, "stroke-dasharray": LINES[role].dash?.join(" ") }));
  if (LINES[role].arrow) svg.append(drawn("path", { d: "M34 6L25 2L25 10Z", fill: colour }));
  return svg;
}

document.getElementById("nothing-reset").addEventListener("click", resetAll);
function toggleFilters() {
  const button = document.getElementById("open-filters");
  filterForm.hidden = !filterForm.hidden;
  button.setAttribute("aria-expanded", String(!filterForm.hidden));
  if (!filterForm.hidden && !filterForm.children.length) buildFilters();
  if (filterForm.hidden) button.focus();
  if (network) network.redraw();
}
document.getElementById("open-filters").addEventListener("click", toggleFilters);
filterForm.addEventListener("submit", (event) => event.preventDefault());
