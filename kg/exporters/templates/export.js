// The view as a picture (PNG, twice the size of the screen) or a drawing (SVG): the same parts as on the stage.

function download(blob, name) {
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

// From the middle of a box towards another point: where the line leaves the box.
function rim(node, toward) {
  const dx = toward.x - node.x;
  const dy = toward.y - node.y;
  const part = Math.min(1, Math.min(dx ? node.w / 2 / Math.abs(dx) : Infinity, dy ? node.h / 2 / Math.abs(dy) : Infinity));
  return { x: node.x + dx * part, y: node.y + dy * part, angle: Math.atan2(dy, dx) };
}

function lineOf(edge) {
  const [a, b] = [nodes.get(edge.from), nodes.get(edge.to)];
  return { from: rim(a, b), to: rim(b, a), style: EDGE_STYLES[edge.role] ?? EDGE_STYLES.tells, colour: edgeColour(edge), label: edge.label };
}

const SVG = "http://www.w3.org/2000/svg";
function drawn(tag, attributes, text) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined && value !== "") element.setAttribute(name, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

function svgParts(parts, x, y) {
  return parts.flatMap((part) => {
    if (part.path) {
      const d = part.path.map(([step, ...to]) => step + to.map((value, at) => (value + (at % 2 ? y : x)).toFixed(1)).join(" ")).join("");
      return [drawn("path", { d, fill: part.fill, stroke: part.line, "stroke-width": part.width, "stroke-dasharray": part.dash?.join(" ") })];
    }
    const { badge } = part;
    const of = badge ? { text: badge.text, x: part.x, y: part.y, size: 10.5, weight: 700, ink: badge.ink } : part;
    const text = drawn("text", {
      x: (x + of.x).toFixed(1), y: (y + of.y + of.size * 0.35).toFixed(1), "font-size": of.size, "font-weight": of.weight, fill: of.ink,
      "text-anchor": "middle", "font-family": FONT, "font-style": of.italic ? "italic" : undefined,
    }, of.text);
    return badge ? [drawn("circle", { cx: x + part.x, cy: y + part.y, r: 9, fill: badge.fill, stroke: badge.line, "stroke-width": 1.2 }), text] : [text];
  });
}

function makeSvg() {
  const box = bounds(shown);
  const [left, top, width, height] = [box[0] - 30, box[1] - 30, box[2] - box[0] + 60, box[3] - box[1] + 60];
  const svg = drawn("svg", { xmlns: SVG, viewBox: `${left} ${top} ${width} ${height}`, width, height });
  svg.append(drawn("title", {}, view.title), drawn("rect", { x: left, y: top, width, height, fill: theme().back }));
  for (const edge of edges.filter((one) => shown.has(one.from) && shown.has(one.to))) {
    const line = lineOf(edge);
    svg.append(drawn("line", {
      x1: line.from.x.toFixed(1), y1: line.from.y.toFixed(1), x2: line.to.x.toFixed(1), y2: line.to.y.toFixed(1),
      stroke: line.colour, "stroke-width": line.style.width, "stroke-dasharray": line.style.dash ? line.style.dash.join(" ") : undefined,
    }));
    if (line.style.arrow !== "none") svg.append(drawn("path", { d: headOf(line), fill: line.colour }));
    if (edge.label) {
      svg.append(drawn("text", {
        x: ((line.from.x + line.to.x) / 2).toFixed(1), y: ((line.from.y + line.to.y) / 2 + 4).toFixed(1), "font-size": 11, "text-anchor": "middle",
        "font-family": FONT, fill: theme().soft, stroke: theme().halo, "stroke-width": 4, "paint-order": "stroke",
      }, edge.label));
    }
  }
  for (const id of shown) {
    const node = nodes.get(id);
    const group = drawn("g", {});
    group.append(drawn("title", {}, titleOf(id)), ...svgParts(partsOf(node), node.x, node.y));
    svg.append(group);
  }
  return new XMLSerializer().serializeToString(svg);
}

function headOf({ to }) {
  const back = to.angle;
  const at = (angle, length) => `${(to.x + Math.cos(back + angle) * length).toFixed(1)} ${(to.y + Math.sin(back + angle) * length).toFixed(1)}`;
  return `M${to.x.toFixed(1)} ${to.y.toFixed(1)}L${at(0.4, 9)}L${at(-0.4, 9)}Z`;
}

function savePng() {
  const canvas = document.createElement("canvas");
  canvas.width = frame.clientWidth * 2;
  canvas.height = frame.clientHeight * 2;
  const ctx = canvas.getContext("2d");
  ctx.fillStyle = theme().back;
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  const middle = network.getViewPosition();
  const scale = network.getScale() * 2;
  ctx.translate(canvas.width / 2, canvas.height / 2);
  ctx.scale(scale, scale);
  ctx.translate(-middle.x, -middle.y);
  for (const edge of edges.filter((one) => shown.has(one.from) && shown.has(one.to))) drawLine(ctx, lineOf(edge));
  for (const id of shown) drawParts(ctx, partsOf(nodes.get(id), { selected: id === state.selected }), nodes.get(id).x, nodes.get(id).y);
  canvas.toBlob((blob) => download(blob, "decisions.png"), "image/png");
}

function drawLine(ctx, line) {
  ctx.strokeStyle = line.colour; ctx.fillStyle = line.colour; ctx.lineWidth = line.style.width;
  ctx.setLineDash(line.style.dash || []);
  ctx.beginPath(); ctx.moveTo(line.from.x, line.from.y); ctx.lineTo(line.to.x, line.to.y); ctx.stroke(); ctx.setLineDash([]);
  if (line.style.arrow !== "none") ctx.fill(new Path2D(headOf(line)));
  if (!line.label) return;
  ctx.font = `11px ${FONT}`; ctx.textAlign = "center"; ctx.textBaseline = "middle"; ctx.lineWidth = 4; ctx.lineJoin = "round";
  ctx.strokeStyle = theme().halo; ctx.fillStyle = theme().soft;
  const [x, y] = [(line.from.x + line.to.x) / 2, (line.from.y + line.to.y) / 2];
  ctx.strokeText(line.label, x, y); ctx.fillText(line.label, x, y);
}

document.getElementById("save-png").addEventListener("click", savePng);
document.getElementById("save-svg").addEventListener("click", () => download(new Blob([makeSvg()], { type: "image/svg+xml" }), "decisions.svg"));
