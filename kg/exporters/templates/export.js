// The view as a picture (PNG, twice the size of the screen) or a drawing (SVG): the same parts as on the stage.

function download(blob, name) {
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
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
      "text-anchor": "middle", "font-family": FONT, "font-style": of.italic ? "italic" : undefined, ...squeeze(of),
    }, of.text);
    return badge ? [drawn("circle", { cx: x + part.x, cy: y + part.y, r: 9, fill: badge.fill, stroke: badge.line, "stroke-width": 1.2 }), text] : [text];
  });
}

// As the canvas does: a text that is wider than its room is squeezed.
const ruler = document.createElement("canvas").getContext("2d");
function squeeze({ text, size, weight, room }) {
  ruler.font = `${weight} ${size}px ${FONT}`;
  return room && ruler.measureText(text).width > room ? { textLength: room, lengthAdjust: "spacingAndGlyphs" } : {};
}

const svgPath = (points, close = "") => `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}${close}`;

function svgLine({ edge, way, head, style }) {
  const colour = edgeColour(edge);
  const line = drawn("path", { d: svgPath(way), fill: "none", stroke: colour, "stroke-width": style.width, "stroke-dasharray": style.dash?.join(" ") });
  return head ? [line, drawn("path", { d: svgPath(head, "Z"), fill: colour })] : [line];
}

function svgCard([id, box]) {
  const { fill, line } = cardStyle(nodes.get(id));
  return drawn("rect", { x: box.left, y: box.top, width: box.right - box.left, height: box.bottom - box.top, rx: 12, fill, stroke: line });
}

const svgWord = ({ text, x, y, strong }) => drawn("text", {
  x: x.toFixed(1), y: (y + 4).toFixed(1), "font-size": 12, "font-weight": strong ? 700 : 400, "text-anchor": "middle", "font-family": FONT,
  fill: strong ? theme().dispute : theme().soft, stroke: theme().halo, "stroke-width": 4, "paint-order": "stroke",
}, text);

// Everything on show, not only what the frame holds.
function makeSvg() {
  const box = bounds(shown);
  const [left, top, width, height] = [box[0] - 30, box[1] - 30, box[2] - box[0] + 60, box[3] - box[1] + 60];
  const svg = drawn("svg", { xmlns: SVG, viewBox: `${left} ${top} ${width} ${height}`, width, height });
  svg.append(drawn("title", {}, view.title), drawn("rect", { x: left, y: top, width, height, fill: theme().back }));
  const on = groups.flatMap((group) => group.lines);
  svg.append(...on.filter(({ inner }) => !inner).flatMap(svgLine), ...[...cards].map(svgCard), ...on.filter(({ inner }) => inner).flatMap(svgLine));
  svg.append(...(large ? [] : words).map(svgWord));
  for (const node of order) {
    const group = drawn("g", {});
    group.append(drawn("title", {}, titleOf(node.id)), ...svgParts(partsOf(node), node.x, node.y));
    svg.append(group);
  }
  return new XMLSerializer().serializeToString(svg);
}

// What the frame shows.
function savePng() {
  const canvas = document.createElement("canvas");
  canvas.width = frame.clientWidth * 2;
  canvas.height = frame.clientHeight * 2;
  const ctx = canvas.getContext("2d");
  ctx.fillStyle = theme().back;
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  const middle = network.getViewPosition();
  const scale = network.getScale();
  ctx.translate(canvas.width / 2, canvas.height / 2);
  ctx.scale(scale * 2, scale * 2);
  ctx.translate(-middle.x, -middle.y);
  const seen = seenPart();
  drawLines(ctx, seen, scale);
  for (const node of order) if (meets(boxAround(node, 12), seen)) drawNode(ctx, node.id, node.x, node.y, scale);
  drawOver(ctx);
  canvas.toBlob((blob) => download(blob, "decisions.png"), "image/png");
}

document.getElementById("save-png").addEventListener("click", savePng);
document.getElementById("save-svg").addEventListener("click", () => download(new Blob([makeSvg()], { type: "image/svg+xml" }), "decisions.svg"));
