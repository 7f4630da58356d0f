// Lines between nodes, and the card that holds a decision with its limits: worked out in layout pixels when the picture
// changes; the canvas and the SVG draw the same ones.

const CARD_ROOM = 10;
const BUS = 11;
const READABLE_WORDS = 0.55;
const LINES = {
  decides: { arrow: true, width: 1.8 },
  recipient: { arrow: true, width: 1.8 },
  limit: { width: 1.6 },
  says: { dash: [2, 4], arrow: true, width: 1.2, quiet: true },
  reports: { dash: [2, 4], arrow: true, width: 1, quiet: true },
  tells: { arrow: true, width: 1, quiet: true },
  quotes: { dash: [1, 3], arrow: true, width: 1, quiet: true },
  contradicts: { dash: [8, 4], width: 2.4 },
};
const cards = new Map(); // decision -> the box around it and the limits that hang on it
const trunks = new Map(); // limit -> x of the trunk that its column hangs on
let lines = [];
let groups = [];

const boxAround = (node, room = 0) => ({ left: node.x - node.w / 2 - room, top: node.y - node.h / 2 - room, right: node.x + node.w / 2 + room, bottom: node.y + node.h / 2 + room });
const meets = (one, other) => one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;
const join = (one, other) => ({ left: Math.min(one.left, other.left), top: Math.min(one.top, other.top), right: Math.max(one.right, other.right), bottom: Math.max(one.bottom, other.bottom) });

// A limit hangs on its decision where it stands beneath it, as the layout puts it; a reader may have drawn it elsewhere.
const hangs = (limit, decision) => limit.y - limit.h / 2 > decision.y + decision.h / 2 && Math.abs(limit.x - decision.x) < 330 && limit.y - decision.y < 900;

function layCards() {
  cards.clear();
  trunks.clear();
  const columns = new Map();
  for (const id of shown) {
    const node = nodes.get(id);
    const decision = node.kind === "limit" && shown.has(node.parent) ? nodes.get(node.parent) : null;
    if (!decision || !hangs(node, decision)) continue;
    const column = `${decision.id} ${node.x}`;
    columns.set(column, [...(columns.get(column) ?? []), node]);
    cards.set(decision.id, join(cards.get(decision.id) ?? boxAround(decision, CARD_ROOM), boxAround(node, CARD_ROOM)));
  }
  for (const limits of columns.values()) {
    const x = Math.min(...limits.map((limit) => limit.x - limit.w / 2)) - 8;
    const decision = nodes.get(limits[0].parent);
    cards.set(decision.id, join(cards.get(decision.id), { left: x - CARD_ROOM, right: x, top: decision.y, bottom: decision.y }));
    for (const limit of limits) trunks.set(limit.id, x);
  }
}

// Where the way from a point in a box to a point outside leaves the box.
function leave(box, from, to) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const across = dx ? ((dx > 0 ? box.right : box.left) - from.x) / dx : Infinity;
  const down = dy ? ((dy > 0 ? box.bottom : box.top) - from.y) / dy : Infinity;
  const part = Math.max(0, Math.min(1, across, down));
  return [from.x + dx * part, from.y + dy * part];
}

function wayOf(edge) {
  const [a, b] = [nodes.get(edge.from), nodes.get(edge.to)];
  if (edge.role === "limit" && trunks.has(b.id)) {
    const [x, y] = [trunks.get(b.id), a.y + a.h / 2];
    const start = Math.abs(x - a.x) < a.w / 2 - 8 ? [[x, y]] : [[a.x, y], [a.x, y + BUS], [x, y + BUS]];
    return [...start, [x, b.y], [b.x - b.w / 2, b.y]];
  }
  const boxOf = (node, other) => (other.parent === node.id ? null : cards.get(node.id)) ?? boxAround(node);
  return [leave(boxOf(a, b), a, b), leave(boxOf(b, a), b, a)];
}

function headOf([[x0, y0], [x, y]]) {
  const angle = Math.atan2(y0 - y, x0 - x);
  const at = (turn) => [x + Math.cos(angle + turn) * 10, y + Math.sin(angle + turn) * 10];
  return [[x, y], at(0.38), at(-0.38)];
}

const cardOf = (id) => (trunks.has(id) ? nodes.get(id).parent : cards.has(id) ? id : null);
const inOneCard = ({ from, to }) => cardOf(from) !== null && cardOf(from) === cardOf(to);

function layLines() {
  layCards();
  lines = edges.filter((edge) => shown.has(edge.from) && shown.has(edge.to)).map((edge) => {
    const way = wayOf(edge);
    const style = LINES[edge.role] ?? LINES.tells;
    const [xs, ys] = [way.map(([x]) => x), way.map(([, y]) => y)];
    return {
      edge, way, style, inner: inOneCard(edge), head: style.arrow ? headOf(way.slice(-2)) : null,
      box: { left: Math.min(...xs) - 2, top: Math.min(...ys) - 2, right: Math.max(...xs) + 2, bottom: Math.max(...ys) + 2 },
    };
  });
  groupLines();
}

// Lines that look alike are drawn in one stroke; those of the chosen node come last. Contradictions within a card are
// marked at its nodes; a source of very many decisions has lines only where it or they are chosen.
function groupLines() {
  const found = new Map();
  for (const line of lines) {
    const touched = touches(line.edge);
    if (!touched && (line.edge.role === "says" && hubs.has(line.edge.from))) continue;
    if (line.inner && line.edge.role === "contradicts") continue;
    const colour = edgeColour(line.edge);
    const dim = around.size > 1 && !(around.has(line.edge.from) && around.has(line.edge.to));
    const key = [touched ? 1 : 0, dim, line.inner, colour, line.edge.role].join(" ");
    if (!found.has(key)) found.set(key, { colour, dim, touched, inner: line.inner, style: line.style, lines: [] });
    found.get(key).lines.push(line);
  }
  groups = [...found.values()].sort((a, b) => Number(a.touched) - Number(b.touched));
  if (!large) words = placeWords(lines, order);
}

// Words on lines, where they cover no node and no other word.
let words = [];
const wordOf = ({ edge, style }) => {
  if (edge.role === "limit" || !edge.label) return "";
  if (edge.role === "contradicts") return `≠ ${edge.label}`;
  if (touches(edge)) return edge.label;
  return around.size > 1 || (style.quiet && edge.label === "says") ? "" : edge.label;
};

function placeWords(someLines, someNodes) {
  const worded = someLines.filter((line) => !line.inner && wordOf(line));
  const taken = worded.length ? [...someNodes.map((node) => boxAround(node)), ...someNodes.flatMap(({ id }) => cards.get(id) ?? [])] : [];
  const placed = [];
  for (const line of [...worded.filter(({ edge }) => touches(edge)), ...worded.filter(({ edge }) => !touches(edge))]) {
    const text = wordOf(line);
    const [[x0, y0], [x1, y1]] = [line.way[0], line.way[line.way.length - 1]];
    for (const part of [0.5, 0.4, 0.6, 0.3, 0.7]) {
      const [x, y] = [x0 + (x1 - x0) * part, y0 + (y1 - y0) * part];
      const box = { left: x - text.length * 3.4 - 2, right: x + text.length * 3.4 + 2, top: y - 7, bottom: y + 7 };
      if (taken.some((other) => meets(box, other))) continue;
      taken.push(box);
      placed.push({ text, x, y, strong: line.edge.role === "contradicts" });
      break;
    }
  }
  return placed;
}

function tracePath(path, points, close = false) {
  points.forEach(([x, y], at) => (at ? path.lineTo(x, y) : path.moveTo(x, y)));
  if (close) path.closePath();
}

const cardStyle = (node) => ({ fill: mix(styleOf(node).line, theme().back, 0.06), line: mix(styleOf(node).line, theme().back, 0.45) });

function drawCards(ctx, seen) {
  for (const [id, box] of cards) {
    if (!meets(box, seen)) continue;
    const { fill, line } = cardStyle(nodes.get(id));
    ctx.globalAlpha = fade(id) ? 0.3 : 1;
    ctx.beginPath();
    ctx.roundRect(box.left, box.top, box.right - box.left, box.bottom - box.top, 12);
    ctx.fillStyle = fill; ctx.fill();
    ctx.strokeStyle = line; ctx.lineWidth = 1; ctx.stroke();
  }
  ctx.globalAlpha = 1;
}

// `seen` is the part of the layout on the screen, `scale` screen pixels for one of the layout. What passes by goes under
// the cards.
function drawLines(ctx, seen, scale) {
  drawGroups(ctx, groups.filter(({ inner }) => !inner), seen, scale);
  drawCards(ctx, seen);
  drawGroups(ctx, groups.filter(({ inner }) => inner), seen, scale);
  if (scale <= READABLE_WORDS) return;
  const some = large ? placeWords(lines.filter(({ box }) => meets(box, seen)), order.filter((node) => meets(boxAround(node), seen))) : words;
  for (const word of some) drawWord(ctx, word);
}

function drawGroups(ctx, some, seen, scale) {
  const far = scale < FAR;
  for (const group of some) {
    const [path, heads] = [new Path2D(), new Path2D()];
    for (const line of group.lines) {
      if (!meets(line.box, seen)) continue;
      tracePath(path, line.way);
      if (line.head && !far) tracePath(heads, line.head, true);
    }
    ctx.globalAlpha = group.dim ? 0.14 : far && large && !group.touched ? 0.4 : 1;
    ctx.strokeStyle = group.colour; ctx.fillStyle = group.colour; ctx.lineWidth = Math.max(group.style.width, 0.6 / scale);
    ctx.setLineDash(far ? [] : group.style.dash ?? []);
    ctx.stroke(path);
    ctx.fill(heads);
  }
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
}

function drawWord(ctx, { text, x, y, strong }) {
  ctx.font = `${strong ? 700 : 400} 12px ${FONT}`; ctx.textAlign = "center"; ctx.textBaseline = "middle";
  ctx.lineWidth = 4; ctx.lineJoin = "round"; ctx.strokeStyle = theme().halo; ctx.fillStyle = strong ? theme().dispute : theme().soft;
  ctx.strokeText(text, x, y); ctx.fillText(text, x, y);
}

// From afar boxes bear no text: the best linked nodes are named in the size of the screen, as towns on a map.
const LANDMARKS = 40;
function drawLandmarks(ctx, seen, scale) {
  const taken = [];
  for (const id of landmarks) {
    const node = nodes.get(id);
    if (node.x < seen.left || node.x > seen.right || node.y < seen.top || node.y > seen.bottom || fade(id)) continue;
    const text = node.label.length > 26 ? `${node.label.slice(0, 24).replace(/\s+\S*$/, "")} …` : node.label;
    const half = { x: (text.length * 3.5 + 6) / scale, y: 9 / scale };
    const box = { left: node.x - half.x, right: node.x + half.x, top: node.y - half.y, bottom: node.y + half.y };
    if (taken.some((other) => meets(box, other))) continue;
    taken.push(box);
    ctx.font = `600 ${12 / scale}px ${FONT}`; ctx.textAlign = "center"; ctx.textBaseline = "middle";
    ctx.lineWidth = 4 / scale; ctx.lineJoin = "round"; ctx.strokeStyle = theme().halo; ctx.fillStyle = theme().text;
    ctx.strokeText(text, node.x, node.y); ctx.fillText(text, node.x, node.y);
    if (taken.length === LANDMARKS) break;
  }
}
