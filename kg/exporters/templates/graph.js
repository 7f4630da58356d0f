// The graph view: vis-network for the stage, hit testing and edges; our own shapes; positions computed beforehand.

const stage = document.getElementById("network");
const frame = document.getElementById("stage-frame");
const large = nodes.size > LARGE;
let network = null;
let shown = new Set();
let nodeSet = null;
let edgeSet = null;
let hovered = null;

const toVis = ({ id, x, y }) => ({ id, x, y });

// vis-network asks how each node is drawn and how large it is.
function renderNode({ ctx, id, x, y }) {
  const node = nodes.get(id);
  return {
    drawNode() {
      const dim = fade(id);
      if (dim) ctx.globalAlpha = 0.22;
      drawParts(ctx, partsOf(node, { selected: state.selected === id, hover: hovered === id, far: network.getScale() < 0.27 }), x, y);
      if (dim) ctx.globalAlpha = 1;
    },
    nodeDimensions: { width: node.w, height: node.h },
  };
}

function toVisEdge(edge) {
  const style = EDGE_STYLES[edge.role] ?? EDGE_STYLES.tells;
  const quiet = fadeEdge(edge);
  return {
    id: edge.id, from: edge.from, to: edge.to, width: style.width, dashes: style.dash, arrows: ARROWS[style.arrow],
    color: { color: edgeColour(edge), opacity: quiet ? 0.15 : large && !touches(edge) ? 0.4 : 1 },
    // A blank, since vis-network keeps the old label where the new one is empty; limits bear their word themselves.
    label: quiet || edge.role === "limit" || (large && !touches(edge)) ? " " : edge.label || " ",
  };
}

const ARROWS = {
  arrow: "to",
  none: "",
  both: { to: { enabled: true, type: "inv_triangle", scaleFactor: 0.6 }, from: { enabled: true, type: "inv_triangle", scaleFactor: 0.6 } },
};

// What all edges share; it changes with the theme.
const edgeOptions = () => ({
  edges: {
    arrows: { to: { enabled: false, type: "arrow", scaleFactor: 0.55 } },
    font: { size: 12, face: FONT, color: theme().soft, strokeWidth: 4, strokeColor: theme().halo, align: "horizontal" },
    scaling: { label: { drawThreshold: 8 } },
    chosen: false,
  },
});

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
  Object.assign(options.edges, edgeOptions().edges);
  Object.assign(options.nodes, { ctxRenderer: renderNode, chosen: false });
  if (large) Object.assign(options.interaction, { dragView: false, dragNodes: false, zoomView: false, hover: false });
  network = new vis.Network(stage, { nodes: nodeSet, edges: edgeSet }, options);
  network.on("click", ({ nodes: [id] }) => { if (id !== undefined) select(id); else select(null); });
  network.on("doubleClick", ({ nodes: [id] }) => { if (id !== undefined) toggleOpened(id); });
  network.on("dragEnd", ({ nodes: [id] }) => { if (id !== undefined && nodes.has(id)) Object.assign(nodes.get(id), network.getPosition(id)); });
  network.on("hoverNode", ({ node }) => { hovered = node; stage.style.cursor = "pointer"; network.redraw(); });
  network.on("blurNode", () => { hovered = null; stage.style.cursor = ""; network.redraw(); });
  stage.querySelectorAll("canvas, .vis-network").forEach((element) => element.removeAttribute("tabindex"));
  if (large) glide(stage);
  stage.addEventListener("keydown", steerByKey);
}

function refreshEdges({ colours = false } = {}) {
  if (!edgeSet) return;
  if (colours) network.setOptions(edgeOptions());
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

const lookAt = (x, y, scale) => network.moveTo({ position: { x, y }, scale, animation: false });

// Everything, where it can still be read; else as much as can be read, with the most reported decision in it.
function fitAll({ readable = false } = {}) {
  if (!network || !shown.size) return;
  const box = bounds(shown);
  const room = { width: frame.clientWidth, height: frame.clientHeight };
  const scale = Math.min(1.25, room.width / (box[2] - box[0] + 50), room.height / (box[3] - box[1] + 50));
  const least = large ? 0.3 : 0.6;
  if (!readable || scale >= least) {
    lookAt((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, Math.max(0.02, scale));
    return;
  }
  const first = decisions.find((node) => shown.has(node.id)) ?? nodes.get([...shown][0]);
  const clamp = (value, low, high, half) => (high - low < 2 * half ? (low + high) / 2 : Math.min(high - half, Math.max(low + half, value)));
  lookAt(clamp(first.x, box[0] - 20, box[2] + 20, room.width / 2 / least), clamp(first.y, box[1] - 20, box[3] + 20, room.height / 2 / least), least);
}

function goTo(id, scale) {
  const node = nodes.get(id);
  if (node && network) lookAt(node.x, node.y, scale ?? Math.max(0.75, network.getScale()));
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

// Large graphs: while the hand moves, the picture that is there moves with it, and it is drawn anew when the hand rests
// or comes to the rim of what is drawn.
function glide(element) {
  const layer = element.querySelector(".vis-network");
  const reach = 0.25;
  let moved = { x: 0, y: 0, scale: 1 };
  let hold = null;
  let waiting = 0;
  const show = () => { layer.style.transform = moved.x || moved.y || moved.scale !== 1 ? `translate(${moved.x}px, ${moved.y}px) scale(${moved.scale})` : ""; };
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
    network.redraw();
    show();
  };
  const soon = (wait) => { clearTimeout(waiting); waiting = setTimeout(settle, wait); };
  element.addEventListener("pointerdown", (event) => {
    if (event.button === 0 && event.isPrimary) hold = { x: event.clientX, y: event.clientY, from: moved };
  });
  element.addEventListener("pointermove", (event) => {
    if (!hold || !event.isPrimary) return;
    const next = { x: hold.from.x + event.clientX - hold.x, y: hold.from.y + event.clientY - hold.y };
    if (!moved.x && !moved.y && Math.hypot(next.x, next.y) < 4) return;
    moved = { ...moved, ...next };
    if (Math.abs(moved.x) > frame.clientWidth * reach || Math.abs(moved.y) > frame.clientHeight * reach) {
      settle();
      hold = { x: event.clientX, y: event.clientY, from: moved };
    } else show();
  });
  const end = () => { hold = null; soon(20); };
  window.addEventListener("pointerup", end);
  window.addEventListener("pointercancel", end);
  element.addEventListener("wheel", (event) => {
    event.preventDefault();
    const factor = Math.min(1.5, Math.max(0.66, Math.exp(-event.deltaY * 0.0016)));
    if (network.getScale() * moved.scale * factor > 3 || network.getScale() * moved.scale * factor < 0.02) return;
    const box = frame.getBoundingClientRect();
    const at = { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 };
    moved = { x: at.x - (at.x - moved.x) * factor, y: at.y - (at.y - moved.y) * factor, scale: moved.scale * factor };
    show();
    soon(140);
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
