// Search over names, other names, titles and the quoted sentences.

const searchBox = document.getElementById("search");
const results = document.getElementById("results");
const fold = (text) => (text ?? "").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
let haystack = null;
let chosen = -1;

function prepareSearch() {
  haystack = [...nodes.values()].map((node) => ({
    id: node.id,
    name: fold([node.label, ...(node.names ?? [])].join("\n")),
    text: fold([node.title, node.concept, node.type, ...(node.outlets ?? []), ...quotesOf(node)].join("\n")),
    rank: KINDS.indexOf(node.kind),
  }));
}

// The sentences behind an actor or a source are those of its decisions, which are found by them.
const quotesOf = (node) => (node.kind === "actor" || node.kind === "source" ? [] : (node.evidence ?? []).map((at) => view.evidence[at].quote));

function findNodes(query) {
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  if (!haystack) prepareSearch();
  return haystack
    .map((entry) => ({ ...entry, score: words.reduce((sum, word) => sum + (entry.name.includes(word) ? 2 : entry.text.includes(word) ? 1 : -1000), 0) }))
    .filter((entry) => entry.score > 0)
    .sort((a, b) => b.score - a.score || a.rank - b.rank || weightOf(nodes.get(b.id)) - weightOf(nodes.get(a.id)) || (a.id < b.id ? -1 : 1));
}

function showResults() {
  const found = findNodes(searchBox.value);
  chosen = -1;
  searchBox.setAttribute("aria-expanded", String(Boolean(searchBox.value.trim())));
  searchBox.removeAttribute("aria-activedescendant");
  results.hidden = !searchBox.value.trim();
  results.replaceChildren(...found.slice(0, 12).map(({ id }, at) => make("li", { role: "option", id: `result-${at}`, "aria-selected": "false", "data-node": id, onclick: () => takeResult(id) },
    make("span", { class: "kind" }, KIND_NAME[nodes.get(id).kind]), " ", said(nodes.get(id).label || id))));
  if (!found.length && searchBox.value.trim()) results.append(make("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, "Nothing found"));
  else if (found.length > 12) results.append(make("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, `and ${found.length - 12} more`));
}

function takeResult(id) {
  closeResults();
  showTab("graph");
  select(id, { move: true });
}

function closeResults() {
  results.hidden = true;
  searchBox.setAttribute("aria-expanded", "false");
  searchBox.removeAttribute("aria-activedescendant");
}

searchBox.addEventListener("input", showResults);
searchBox.addEventListener("focus", () => { if (searchBox.value) showResults(); });
searchBox.addEventListener("keydown", (event) => {
  const options = [...results.querySelectorAll("[data-node]")];
  if (event.key === "Escape") { searchBox.value = ""; closeResults(); return; }
  if (event.key === "Enter" && options.length) { event.preventDefault(); takeResult(options[Math.max(0, chosen)].dataset.node); return; }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !options.length) return;
  event.preventDefault();
  chosen = (chosen + step + options.length) % options.length;
  options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
  searchBox.setAttribute("aria-activedescendant", options[chosen].id);
  options[chosen].scrollIntoView({ block: "nearest" });
});
document.addEventListener("pointerdown", (event) => { if (!event.target.closest(".search")) closeResults(); });
