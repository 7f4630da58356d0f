"use strict";
// The editor asks this service alone: no prefix.cc, no remote completion, no other endpoint.
window.addEventListener("DOMContentLoaded", () => {
  const place = document.getElementById("editor");
  const chooser = document.getElementById("questions");
  Yasgui.Yasqe.defaults.autocompleters = ["variables"];
  const yasgui = new Yasgui(place, {
    requestConfig: { endpoint: window.location.origin + "/sparql", method: "POST" },
    copyEndpointOnNewTab: false,
    persistenceId: "decision-kg",
    autofocus: true,
    endpointCatalogueOptions: { getData: () => [] },
    yasqe: { value: chooser.options[1] ? chooser.options[1].value : "SELECT * WHERE { ?s ?p ?o } LIMIT 10" },
  });
  chooser.addEventListener("change", () => {
    if (!chooser.value) return;
    const tab = yasgui.getTab();
    tab.setQuery(place.dataset.prefixes + "\n\n" + chooser.value);
    tab.query();
  });
});
