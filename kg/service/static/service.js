"use strict";
// The editor asks this service alone: no prefix.cc, no remote completion, no other endpoint.
window.addEventListener("DOMContentLoaded", () => {
  const place = document.getElementById("editor");
  const chooser = document.getElementById("questions");
  const declarations = place.dataset.prefixes.split("\n");
  const declare = (query) => {
    const used = declarations.filter((line) => query.includes(line.split(" ")[1]));
    return used.concat("", query).join("\n");
  };
  // Names that the graph minted lead to this service's page of them: the whole IRI is in the path.
  const base = place.dataset.base;
  const lead = (root) => {
    for (const link of root.querySelectorAll(`a[href^="${base}"]`)) {
      const name = link.getAttribute("href").slice(base.length);
      link.href = "/id/" + name.split("/").map(encodeURIComponent).join("/");
    }
  };
  new MutationObserver(() => lead(place)).observe(place, { childList: true, subtree: true });
  Yasgui.Yasqe.defaults.autocompleters = ["variables"];
  const yasgui = new Yasgui(place, {
    requestConfig: { endpoint: window.location.origin + "/sparql", method: "POST" },
    copyEndpointOnNewTab: false,
    persistenceId: "decision-kg",
    autofocus: true,
    endpointCatalogueOptions: { getData: () => [] },
    yasqe: { value: declare(chooser.options[1].value) },
  });
  chooser.addEventListener("change", () => {
    if (!chooser.value) return;
    const tab = yasgui.getTab();
    tab.setQuery(declare(chooser.value));
    tab.query();
  });
});
