// The graph view: vis-network for canvas, camera and gestures; our own shapes and lines; positions computed beforehand.
// Of a large graph vis-network gets no nodes: it takes a second to take in some thousands that it only has to hand back.

const stage = document.getElementById("network");
const frame = document.getElementById("stage-frame");
const large = nodes.size > LARGE;
const FAR = 0.36; // below this scale boxes bear no text
let network = null;
let shown = new Set();
let order = []; // the nodes on show, in drawing order
let landmarks = []; // actors with several links, then decisions: names for the view from afar
let nodeSet = null;
let hovered = null;

const toVis = ({ id, x, y }) => ({ id, x, y });

// Parts are the same from frame to frame but for the node that is looked at.
const parts = new Map();
function partsNow(node, far) {
  const [selected, hover] = [state.selected === node.id, hovered === node.id];
  if (selected || hover) return partsOf(node, { selected, hover, far });
  const key = `${document.documentElement.dataset.theme} ${far} ${node.id}`;
  if (!parts.has(key)) parts.set(key, partsOf(node, { far }));
  return parts.get(key);
}

function drawNode(ctx, id, x, y, scale) {
  const dim = fade(id);
  if (dim) ctx.globalAlpha = 0.22;
  drawParts(ctx, partsNow(nodes.get(id), scale < FAR), x, y);
  if (dim) ctx.globalAlpha = 1;
}

// vis-network asks how each node is drawn and how large it is.
function renderNode({ ctx, id, x, y }) {
  const node = nodes.get(id);
  return { drawNode: () => drawNode(ctx, id, x, y, network.getScale()), nodeDimensions: { width: node.w, height: node.h } };
}

// The part of the layout on the canvas.
function seenPart() {
  const [scale, middle] = [network.getScale(), network.getViewPosition()];
  const half = { x: stage.clientWidth / 2 / scale, y: stage.clientHeight / 2 / scale };
  return { left: middle.x - half.x, right: middle.x + half.x, top: middle.y - half.y, bottom: middle.y + half.y };
}

function drawUnder(ctx) {
  const [seen, scale] = [seenPart(), network.getScale()];
  drawLines(ctx, seen, scale);
  if (!large) return;
  for (const node of order) if (meets(boxAround(node, 12), seen)) drawNode(ctx, node.id, node.x, node.y, scale);
}

function drawOver(ctx) {
  const scale = network.getScale();
  if (scale < FAR) drawLandmarks(ctx, seenPart(), scale);
}

const nodeAt = ({ x, y }) => order.findLast((node) => Math.abs(node.x - x) <= node.w / 2 && Math.abs(node.y - y) <= node.h / 2)?.id;

// With a node chosen, what is not next to it steps back.
const touches = (edge) => state.selected && (edge.from === state.selected || edge.to === state.selected);
function aroundSelected() {
  if (!state.selected) return new Set();
  const near = linked.get(state.selected).map(({ other }) => other);
  const limits = near.filter((id) => nodes.get(id).kind === "decision").flatMap((id) => linked.get(id)).filter(({ edge }) => edge.role === "limit");
  return new Set([state.selected, ...near, ...limits.map(({ edge }) => edge.to)]);
}
let around = new Set();
const fade = (id) => around.size > 1 && !around.has(id);

function drawGraph() {
  shown = visibleNodes();
  order = [...shown].map((id) => nodes.get(id)).sort((a, b) => KINDS.indexOf(b.kind) - KINDS.indexOf(a.kind));
  const busy = order.filter(({ id, kind }) => kind === "actor" && linked.get(id).length > 2).sort((a, b) => linked.get(b.id).length - linked.get(a.id).length);
  landmarks = [...busy.map(({ id }) => id), ...decisions.map(({ id }) => id).filter((id) => shown.has(id))];
  gatherShown();
  layLines();
  if (!large) nodeSet = new vis.DataSet(order.map(toVis));
  if (!network) startNetwork();
  else if (large) network.redraw();
  else exchangeNodes();
  document.getElementById("nothing").hidden = shown.size > 0;
}

// vis-network shows all of what it is given anew; the reader stays where they were.
function exchangeNodes() {
  const [position, scale] = [network.getViewPosition(), network.getScale()];
  network.setData({ nodes: nodeSet, edges: [] });
  network.moveTo({ position, scale, animation: false });
}

function startNetwork() {
  const options = read("options");
  Object.assign(options.nodes, { ctxRenderer: renderNode, chosen: false });
  if (large) Object.assign(options.interaction, { dragView: false, dragNodes: false, zoomView: false, hover: false });
  network = new vis.Network(stage, { nodes: nodeSet ?? [], edges: [] }, options);
  network.on("beforeDrawing", drawUnder);
  network.on("afterDrawing", drawOver);
  network.on("click", ({ pointer }) => select(nodeAt(pointer.canvas) ?? null));
  network.on("doubleClick", ({ pointer }) => { const id = nodeAt(pointer.canvas); if (id) toggleOpened(id); });
  network.on("hoverNode", ({ node }) => { hovered = node; stage.style.cursor = "pointer"; network.redraw(); });
  network.on("blurNode", () => { hovered = null; stage.style.cursor = ""; network.redraw(); });
  network.on("dragging", ({ nodes: [id] }) => { if (id !== undefined) followHand(id); });
  network.on("dragEnd", ({ nodes: [id] }) => { if (id !== undefined) { followHand(id); network.redraw(); } });
  stage.querySelectorAll("canvas, .vis-network").forEach((element) => element.removeAttribute("tabindex"));
  if (large) {
    glide(stage);
    stage.addEventListener("pointermove", (event) => { if (!event.buttons) stage.style.cursor = nodeAt(network.DOMtoCanvas(pointOf(event))) ? "pointer" : ""; });
  }
  stage.addEventListener("keydown", steerByKey);
}

function pointOf(event) {
  const box = stage.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}

// A node drawn elsewhere by hand: lines follow, and a decision takes its limits along.
function followHand(id) {
  const node = nodes.get(id);
  const hung = node.kind === "decision" ? order.filter((limit) => limit.parent === id && trunks.has(limit.id)) : [];
  const { x, y } = network.getPosition(id);
  const [across, down] = [x - node.x, y - node.y];
  Object.assign(node, { x, y });
  for (const limit of hung) {
    Object.assign(limit, { x: limit.x + across, y: limit.y + down });
    network.moveNode(limit.id, limit.x, limit.y);
  }
  layLines();
}

function redraw() {
  groupLines();
  network?.redraw();
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

const LEAST_READABLE = 0.7;
// What the note on a neighbourhood covers at the top.
const barHeight = () => (state.focus ? 50 : 0);
function fitScale(box) {
  return Math.min(1.25, frame.clientWidth / (box[2] - box[0] + 50), (frame.clientHeight - barHeight()) / (box[3] - box[1] + 50));
}

// Everything, where it can still be read; else as much as can be read, with the most reported decision in it.
function fitAll({ readable = false } = {}) {
  if (!network || !shown.size) return;
  const box = bounds(shown);
  const room = { width: frame.clientWidth, height: frame.clientHeight };
  const scale = fitScale(box);
  const least = LEAST_READABLE;
  if (!readable || scale >= least) {
    lookAt((box[0] + box[2]) / 2, (box[1] + box[3]) / 2 - barHeight() / 2 / scale, Math.max(LEAST_SCALE, scale));
    return;
  }
  const first = decisions.find((node) => shown.has(node.id)) ?? nodes.get([...shown][0]);
  const card = cards.get(first.id) ?? boxAround(first);
  const clamp = (value, low, high, half) => (high - low < 2 * half ? (low + high) / 2 : Math.min(high - half, Math.max(low + half, value)));
  lookAt(clamp((card.left + card.right) / 2, box[0] - 20, box[2] + 20, room.width / 2 / least), clamp((card.top + card.bottom) / 2, box[1] - 20, box[3] + 20, room.height / 2 / least), least);
}

function goTo(id, scale) {
  const node = nodes.get(id);
  if (node && network) lookAt(node.x, node.y, scale ?? Math.max(0.75, network.getScale()));
}

function zoomBy(factor) {
  network.moveTo({ scale: Math.min(MOST_SCALE, Math.max(LEAST_SCALE, network.getScale() * factor)), animation: false });
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

function select(id, { move = false } = {}) {
  if (id !== null && !nodes.has(id)) return;
  state.selected = id;
  around = aroundSelected();
  if (id !== null && !shown.has(id)) drawGraph();
  else redraw();
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
