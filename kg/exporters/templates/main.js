// Start: header, views, theme, deep links.

const TABS = ["graph", "coverage", "timeline"];
const DRAW = { coverage: () => showCoverage(), timeline: () => showTimeline() };

function showTab(name) {
  state.tab = name;
  for (const tab of TABS) {
    const button = document.getElementById(`tab-${tab}`);
    button.setAttribute("aria-selected", String(tab === name));
    button.tabIndex = tab === name ? 0 : -1;
    document.getElementById(`view-${tab}`).hidden = tab !== name;
  }
  document.body.classList.toggle("tabled", name !== "graph");
  if (DRAW[name]) DRAW[name]();
  if (!state.selected) writeHash();
  if (name === "graph" && network) network.redraw();
}

TABS.forEach((name, at) => {
  const button = document.getElementById(`tab-${name}`);
  button.addEventListener("click", () => showTab(name));
  button.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = TABS[(at + step + TABS.length) % TABS.length];
    showTab(next);
    document.getElementById(`tab-${next}`).focus();
  });
});

function setTheme(name) {
  document.documentElement.dataset.theme = name;
  try { localStorage.setItem("decision-kg-theme", name); } catch { /* no storage for this page */ }
  buildLegend();
  redraw();
}

function readTheme() {
  try {
    const kept = localStorage.getItem("decision-kg-theme");
    if (kept === "dark" || kept === "light") return kept;
  } catch { /* no storage for this page */ }
  return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

// The address says what is looked at: #decision/…, or #coverage and #timeline.
function followHash() {
  let id = "";
  try { id = decodeURIComponent(location.hash.slice(1)); } catch { return; }
  if (TABS.includes(id)) { showTab(id); return; }
  if (nodes.has(id) && id !== state.selected) select(id, { move: true });
}

function showHeader() {
  document.getElementById("counts").replaceChildren(said(view.counts.filter(([, number]) => number).map(([name, number]) => `${number.toLocaleString("en")} ${name}`).join(" · ")));
  const note = document.getElementById("omission");
  note.hidden = !view.omission;
  if (view.omission) {
    note.replaceChildren(said(view.omission.reason));
  }
}

document.getElementById("theme").addEventListener("click", () => setTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"));
document.getElementById("zoom-in").addEventListener("click", () => zoomBy(1.3));
document.getElementById("zoom-out").addEventListener("click", () => zoomBy(1 / 1.3));
document.getElementById("fit").addEventListener("click", () => fitAll());
document.getElementById("skip").addEventListener("click", (event) => { event.preventDefault(); panel.focus(); });
on("filter", () => { if (DRAW[state.tab]) DRAW[state.tab](); });
window.addEventListener("hashchange", followHash);

document.documentElement.dataset.theme = readTheme();
if (window.innerWidth < 700) document.getElementById("legend").open = false;
if (large) document.body.classList.add("large");
showHeader();
buildLegend();
drawGraph();
showPanel();
fitAll({ readable: true });
followHash();
document.documentElement.dataset.ready = "yes";
