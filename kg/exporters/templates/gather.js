// A few nodes picked out of a large picture (a neighbourhood, what passes the filters) stand far apart in it: they move
// together for as long as they are looked at alone, each to the nearest free room by what it is linked to.

const GATHER_UP_TO = 300;
const GATHER_ROOM = 26;
const TURNS = Array.from({ length: 16 }, (_, at) => (at % 2 ? -1 : 1) * Math.ceil(at / 2) * Math.PI / 8);
let homes = null; // node -> where it stands in the whole picture, while some are gathered

function gatherShown() {
  homes?.forEach(([x, y], id) => Object.assign(nodes.get(id), { x, y }));
  homes = null;
  if ((!state.focus && !filtersOn()) || shown.size > GATHER_UP_TO || !shown.size) return;
  const box = bounds(shown);
  if (fitScale(box) >= LEAST_READABLE) return;
  homes = new Map(order.map(({ id, x, y }) => [id, [x, y]]));
  const units = formUnits();
  const placed = new Map();
  for (const id of walkOrder(units)) placeUnit(id, units, placed);
}

// A decision moves with the limits that hang on it. Units are boxes around their first node's place.
function formUnits() {
  const units = new Map();
  for (const node of [...order].reverse()) {
    const decision = node.kind === "limit" ? nodes.get(node.parent) : null;
    if (decision && shown.has(decision.id) && hangs(node, decision)) {
      const unit = units.get(decision.id);
      unit.members.push(node);
      unit.box = join(unit.box, boxAround(node, CARD_ROOM));
    } else units.set(node.id, { members: [node], box: boxAround(node, CARD_ROOM) });
  }
  return units;
}

const unitOf = (id, units) => (units.has(id) ? id : nodes.get(id).parent);

// From the node in focus, else from the most reported decision, outwards; then what is not linked to it.
function walkOrder(units) {
  const seen = new Set();
  const starts = [state.focus?.id, ...decisions.map(({ id }) => id), ...units.keys()].filter((id) => units.has(id));
  for (const start of starts) {
    const ring = seen.has(start) ? [] : [start];
    seen.add(start);
    for (const id of ring) {
      for (const { members: [node] } of neighboursOf(id, units)) {
        if (!seen.has(node.id)) { seen.add(node.id); ring.push(node.id); }
      }
    }
  }
  return seen;
}

const neighboursOf = (id, units) => units.get(id).members.flatMap((node) => linked.get(node.id))
  .filter(({ other }) => shown.has(other)).map(({ other }) => units.get(unitOf(other, units)));

function placeUnit(id, units, placed) {
  const unit = units.get(id);
  const [first] = unit.members;
  const near = neighboursOf(id, units).flatMap(({ members: [node] }) => (placed.has(node.id) ? [node] : []));
  const anchor = near.length ? { x: mean(near.map(({ x }) => x)), y: mean(near.map(({ y }) => y)) } : { x: 0, y: 0 };
  const from = near.length ? homes.get(near[0].id) : homes.get([...placed.keys()][0] ?? id);
  const angle = Math.atan2(first.y - from[1], first.x - from[0]);
  const move = freeMove(unit.box, anchor, first, angle, [...placed.values()]);
  for (const node of unit.members) Object.assign(node, { x: node.x + move.x, y: node.y + move.y });
  placed.set(id, shift(unit.box, move));
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const shift = (box, { x, y }) => ({ left: box.left + x, right: box.right + x, top: box.top + y, bottom: box.bottom + y });

// Rings around the anchor, each from the direction in which the unit stands in the whole picture.
function freeMove(box, anchor, first, angle, taken) {
  for (let radius = 0; ; radius += 30) {
    for (const turn of TURNS) {
      const move = { x: anchor.x + Math.cos(angle + turn) * radius * 1.4 - first.x, y: anchor.y + Math.sin(angle + turn) * radius - first.y };
      const spot = shift({ left: box.left - GATHER_ROOM, right: box.right + GATHER_ROOM, top: box.top - GATHER_ROOM, bottom: box.bottom + GATHER_ROOM }, move);
      if (!taken.some((other) => meets(other, spot))) return move;
    }
  }
}
