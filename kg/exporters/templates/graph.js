// The graph view: vis-network for the stage, hit testing and edges; our own shapes; positions computed beforehand.

const stage = document.getElementById("network");
const large = nodes.size > LARGE;
let network = null;
let shown = new Set();
let nodeSet = null;
let edgeSet = null;
let hovered = null;

function toVis(node) {
  return {
    id: node.id, x: node.x, y: node.y, shape: "custom", label: "", fixed: false,
    ctxRenderer: ({ ctx, id, x, y }) => {
      const one = nodes.get(id);
      return {
        drawNode() {
          const scale = network ? network.getScale() : 1;
          const dim = fade(id);
          if (dim) ctx.globalAlpha = 0.22;
          drawParts(ctx, partsOf(one, { selected: state.selected === id, hover: hovered === id, far: scale < 0.27 }), x, y);
          if (dim) ctx.globalAlpha = 1;
        },
        nodeDimensions: { width: one.w, height: one.h },
      };
    },
  };
}

function toVisEdge(edge) {
  const style = EDGE_STYLES[edge.role] ?? EDGE_STYLES.tells;
  const colour = edgeColour(edge);
  const quiet = fadeEdge(edge);
  const arrows = style.arrow === "both"
    ? { to: { enabled: true, type: "inv_triangle", scaleFactor: 0.6 }, from: { enabled: true, type: "inv_triangle", scaleFactor: 0.6 } }
    : { to: { enabled: true, type: style.arrow, scaleFactor: style.arrow === "bar" ? 0.7 : 0.55 } };
  return {
    id: edge.id, from: edge.from, to: edge.to, width: style.width, dashes: style.dash,
    color: { color: colour, hover: colour, highlight: colour, opacity: quiet ? 0.15 : 1 },
    label: large && !touches(edge) ? undefined : quiet ? undefined : edge.label,
    arrows,
    font: { size: 11, face: FONT, color: theme().soft, strokeWidth: 4, strokeColor: theme().halo, align: "horizontal", vadjust: 0 },
    scaling: { label: { drawThreshold: 7 } },
  };
}

// With a node chosen, what is not next to it steps back.
const touches = (edge) => state.selected && (edge.from === state.selected || edge.to === state.selected);
const aroundSelected = () => new Set(state.selected ? [state.selected, ...linked.get(state.selected).map(({ other }) => other)] : []);
let around = new Set();
const fade = (id) => around.size > 1 && !around.has(id);
const fadeEdge = (edge) => around.size > 1 && !touches(edge);

function drawGraph() {
  shown = visibleNodes();
  const some = [...shown].map((id) => nodes.get(id)).sort((a, b) => KINDS.indexOf(b.kind) - KINDS.indexOf(a.kind));
  const inner = edges.filter((edge) => shown.has(edge.from) && shown.has(edge.to));
  nodeSet = new vis.DataSet(some.map(toVis));
  edgeSet = new vis.DataSet(inner.map(toVisEdge));
  if (network) network.setData({ nodes: nodeSet, edges: edgeSet });
  else startNetwork();
  document.getElementById("nothing").hidden = shown.size > 0;
}

function startNetwork() {
  const options = read("options");
  if (large) Object.assign(options.interaction, { dragView: false, zoomView: false, hover: false });
  network = new vis.Network(stage, { nodes: nodeSet, edges: edgeSet }, options);
  network.on("click", ({ nodes: [id] }) => { if (id !== undefined) select(id); else select(null); });
  network.on("doubleClick", ({ nodes: [id] }) => { if (id !== undefined) toggleOpened(id); });
  network.on("hoverNode", ({ node }) => { hovered = node; stage.style.cursor = "pointer"; network.redraw(); });
  network.on("blurNode", () => { hovered = null; stage.style.cursor = ""; network.redraw(); });
  stage.querySelectorAll("canvas, .vis-network").forEach((element) => element.removeAttribute("tabindex"));
  if (large) glide(stage);
  stage.addEventListener("keydown", steerByKey);
}

function refreshEdges() {
  if (!edgeSet) return;
  const inner = edges.filter((edge) => shown.has(edge.from) && shown.has(edge.to));
  edgeSet.update(inner.map(toVisEdge));
  network.redraw();
}

function bounds(ids) {
  let box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const id of ids) {
    const node = nodes.get(id);
    box = [Math.min(box[0], node.x - node.w / 2), Math.min(box[1], node.y - node.h / 2), Math.max(box[2], node.x + node.w / 2), Math.max(box[3], node.y + node.h / 2)];
  }
  return box;
}

// Everything, where it can still be read; else the most reported decision with what is around it.
function fitAll({ readable = false } = {}) {
  if (!network || !shown.size) return;
  const box = bounds(shown);
  const scale = Math.min(1.25, stage.clientWidth / (box[2] - box[0] + 60), stage.clientHeight / (box[3] - box[1] + 60));
  const least = stage.clientWidth < 600 ? 0.55 : 0.42;
  if (!readable || scale >= least) {
    network.moveTo({ position: { x: (box[0] + box[2]) / 2, y: (box[1] + box[3]) / 2 }, scale: Math.max(0.02, scale), animation: false });
    return;
  }
  const first = decisions.find((node) => shown.has(node.id));
  if (first) goTo(first.id, Math.max(least, 0.6));
}

function goTo(id, scale) {
  const node = nodes.get(id);
  if (node && network) network.moveTo({ position: { x: node.x, y: node.y }, scale: scale ?? Math.max(0.75, network.getScale()), animation: false });
}

function zoomBy(factor) {
  network.moveTo({ scale: Math.min(3, Math.max(0.02, network.getScale() * factor)), animation: false });
}

// Arrow keys walk to the nearest node in that direction; without a chosen node they start at the most reported decision.
const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
function steerByKey(event) {
  const { key } = event;
  if (key === "+" || key === "=") zoomBy(1.25);
  else if (key === "-") zoomBy(0.8);
  else if (key === "Escape") select(null);
  else if (key === "0") fitAll();
  else if (key === "Enter") { if (state.selected) document.getElementById("panel").focus(); }
  else if (DIRECTIONS[key]) {
    const next = nextInDirection(DIRECTIONS[key]);
    if (next) { select(next); goTo(next); }
  } else return;
  event.preventDefault();
}

function nextInDirection([dx, dy]) {
  const here = nodes.get(state.selected);
  if (!here || !shown.has(here.id)) return (decisions.find((node) => shown.has(node.id)) ?? nodes.get([...shown][0]))?.id;
  let best = null;
  let least = Infinity;
  for (const id of shown) {
    const node = nodes.get(id);
    const along = (node.x - here.x) * dx + (node.y - here.y) * dy;
    const aside = Math.abs((node.x - here.x) * dy) + Math.abs((node.y - here.y) * dx);
    if (id === here.id || along <= 4 || aside > along * 2.5) continue;
    if (along + aside * 1.5 < least) { least = along + aside * 1.5; best = id; }
  }
  return best;
}

// Large graphs: while the hand moves, the picture that is there moves with it, and it is drawn anew when the hand rests.
// The stage is larger than its frame, so that there is something to see at the rim.
function glide(element) {
  const layer = element.querySelector(".vis-network");
  let moved = { x: 0, y: 0, scale: 1 };
  let from = null;
  let waiting = 0;
  const show = () => { layer.style.transform = `translate(${moved.x}px, ${moved.y}px) scale(${moved.scale})`; };
  const settle = () => {
    clearTimeout(waiting);
    if (!moved.x && !moved.y && moved.scale === 1) return;
    const scale = network.getScale();
    const middle = network.getViewPosition();
    network.moveTo({
      position: { x: middle.x - moved.x / (scale * moved.scale), y: middle.y - moved.y / (scale * moved.scale) },
      scale: scale * moved.scale, animation: false,
    });
    moved = { x: 0, y: 0, scale: 1 };
    requestAnimationFrame(show);
  };
  const later = (wait) => { clearTimeout(waiting); waiting = setTimeout(settle, wait); };
  element.addEventListener("pointerdown", (event) => {
    if (event.button === 0 && event.isPrimary) from = { x: event.clientX - moved.x, y: event.clientY - moved.y, id: event.pointerId };
  });
  element.addEventListener("pointermove", (event) => {
    if (!from || event.pointerId !== from.id) return;
    const next = { x: event.clientX - from.x, y: event.clientY - from.y };
    if (Math.abs(next.x - moved.x) + Math.abs(next.y - moved.y) < 2 && !moved.x && !moved.y) return;
    moved = { ...moved, ...next };
    show();
    const far = Math.max(Math.abs(moved.x) / element.clientWidth, Math.abs(moved.y) / element.clientHeight);
    if (far > 0.45) { settle(); from = { ...from, x: event.clientX, y: event.clientY }; } else later(160);
  });
  const end = () => { from = null; later(30); };
  element.addEventListener("pointerup", end);
  element.addEventListener("pointercancel", end);
  element.addEventListener("wheel", (event) => {
    event.preventDefault();
    const factor = Math.min(1.5, Math.max(0.66, Math.exp(-event.deltaY * 0.0016)));
    const frame = element.getBoundingClientRect();
    const at = { x: event.clientX - frame.left - frame.width / 2, y: event.clientY - frame.top - frame.height / 2 };
    moved = { x: at.x - (at.x - moved.x) * factor, y: at.y - (at.y - moved.y) * factor, scale: moved.scale * factor };
    show();
    later(140);
  }, { passive: false });
}

function select(id, { move = false } = {}) {
  if (id !== null && !nodes.has(id)) return;
  state.selected = id;
  around = aroundSelected();
  if (id !== null && !shown.has(id)) drawGraph();
  else refreshEdges();
  if (move) goTo(id);
  writeHash();
  tell("select");
}

function toggleOpened(id) {
  if (!state.opened.delete(id)) state.opened.add(id);
  drawGraph();
  tell("select");
}

function writeHash() {
  const hash = state.selected ? `#${encodeURI(state.selected).replaceAll("#", "%23")}` : state.tab === "graph" ? "#" : `#${state.tab}`;
  try { history.replaceState(null, "", hash); } catch { /* a frame without an address of its own */ }
}
