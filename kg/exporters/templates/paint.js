// Shapes and colours. One description of each node (a list of simple shapes) is drawn on the canvas and into an SVG.
// Colours after Okabe and Ito (2008), told apart with every common form of colour blindness; each type also has a sign.

const TYPE_COLOURS = {
  permit: "#0072b2", prohibit: "#c44e00", require: "#8a6100", commit: "#00785a",
  refuse: "#a8467c", request: "#2b7fb0", warn: "#6b6b00",
};
const TYPE_SIGNS = { permit: "✓", prohibit: "✕", require: "!", commit: "➜", refuse: "⊘", request: "?", warn: "⚠" };
const EFFECT_COLOURS = { only: "#8a6100", except: "#a8467c", requires: "#00785a" };
const EFFECT_SIGNS = { only: "⊙", except: "⊖", requires: "⊢" };
const THEMES = {
  light: {
    back: "#fbfbfc", text: "#1a1d21", soft: "#565d66", line: "#9aa3ad", paper: "#ffffff", actor: "#fdf0c4", actorLine: "#8f7100",
    source: "#e9edf2", sourceLine: "#68727d", tint: 0.1, select: "#1a1d21", dispute: "#b3003c", halo: "#fbfbfc",
  },
  dark: {
    back: "#14171b", text: "#eef1f4", soft: "#a9b2bc", line: "#66707b", paper: "#1e2328", actor: "#4a3f14", actorLine: "#d9b83d",
    source: "#2a3037", sourceLine: "#93a0ad", tint: 0.3, select: "#ffffff", dispute: "#ff6f91", halo: "#14171b",
  },
};
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';
const theme = () => THEMES[document.documentElement.dataset.theme] ?? THEMES.light;

const mixed = new Map();
function mix(colour, other, part) {
  const key = `${colour}${other}${part}`;
  if (!mixed.has(key)) mixed.set(key, blend(colour, other, part));
  return mixed.get(key);
}
function blend(colour, other, part) {
  const parts = [colour, other].map((hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)));
  return `#${parts[0].map((value, at) => Math.round(value * part + parts[1][at] * (1 - part)).toString(16).padStart(2, "0")).join("")}`;
}
const lighter = (colour) => (theme() === THEMES.dark ? mix(colour, "#ffffff", 0.55) : colour);
const tinted = (colour) => mix(colour, theme().paper, theme().tint);

function badgeOf(node) {
  const t = theme();
  if (node.agreement === "disputed") return { text: "≠", fill: t.dispute, ink: t === THEMES.dark ? "#14171b" : "#ffffff" };
  if (node.agreement === "denied") return { text: "✕", fill: t.paper, ink: t.text, line: t.text };
  if (node.agreement === "corroborated") return { text: String(node.origins ?? 2), fill: t.text, ink: t.back };
  if (node.agreement === "single-origin") return { text: "1", fill: t.paper, ink: t.soft, line: t.soft, dash: [2, 2] };
  return null;
}

// The outline of each kind, in its own w × h box around 0,0: [path, ...] of simple commands.
function outline(kind, w, h) {
  const x = w / 2;
  const y = h / 2;
  if (kind === "limit") return [["M", -x + 12, -y], ["L", x - 12, -y], ["L", x, 0], ["L", x - 12, y], ["L", -x + 12, y], ["L", -x, 0], ["Z"]];
  if (kind === "source") return [["M", -x, -y], ["L", x, -y], ["L", x, y - 6], ["L", -x + 28, y - 6], ["L", -x + 18, y + 3], ["L", -x + 16, y - 6], ["L", -x, y - 6], ["Z"]];
  if (kind === "article") return [["M", -x, -y], ["L", x - 12, -y], ["L", x, -y + 12], ["L", x, y], ["L", -x, y], ["Z"]];
  const r = kind === "actor" ? y : kind === "decision" ? 7 : 3;
  return [
    ["M", -x + r, -y], ["L", x - r, -y], ["Q", x, -y, x, -y + r], ["L", x, y - r], ["Q", x, y, x - r, y],
    ["L", -x + r, y], ["Q", -x, y, -x, y - r], ["L", -x, -y + r], ["Q", -x, -y, -x + r, -y], ["Z"],
  ];
}

function styleOf(node) {
  const t = theme();
  if (node.kind === "decision" || node.kind === "claim") {
    const colour = TYPE_COLOURS[node.type] ?? "#555555";
    const dash = { considered: [7, 4], denied: [2, 3] }[node.status];
    return { fill: tinted(colour), line: lighter(colour), ink: t.text, dash, colour };
  }
  if (node.kind === "limit") {
    const colour = EFFECT_COLOURS[node.effect] ?? "#555555";
    return { fill: t.paper, line: lighter(colour), ink: t.text, colour, dash: node.effect === "except" ? [6, 3] : undefined };
  }
  if (node.kind === "actor") return { fill: t.actor, line: t.actorLine, ink: t.text };
  if (node.kind === "source") return { fill: t.source, line: t.sourceLine, ink: t.text, dash: node.type === "anonymous" ? [3, 3] : undefined };
  return { fill: t.paper, line: t.line, ink: t.text };
}

// The parts of a node: outlines, texts and badges, in drawing order.
function partsOf(node, { selected = false, hover = false, far = false } = {}) {
  const { w, h, kind } = node;
  const style = styleOf(node);
  const parts = [];
  if (selected || hover) {
    parts.push({ path: outline(kind, w + 10, h + 10), fill: "none", line: theme().select, width: selected ? 3 : 1.5 });
  }
  parts.push({ path: outline(kind, w, h), fill: style.fill, line: style.line, width: kind === "decision" ? 2 : 1.4, dash: style.dash });
  if (far) {
    if (kind === "decision") parts.push({ path: outline(kind, w, h), fill: style.colour, line: style.line, width: 1 });
    return parts;
  }
  let top = -h / 2;
  if (kind === "decision") {
    parts.push({ path: [["M", -w / 2 + 1, -h / 2 + 7], ["L", -w / 2 + 7, -h / 2 + 1], ["L", -w / 2 + 7, h / 2 - 1], ["L", -w / 2 + 1, h / 2 - 7], ["Z"]], fill: style.colour, line: "none", width: 0 });
    const status = node.status && node.status !== "made" ? ` · ${node.status}` : "";
    parts.push({ text: `${TYPE_SIGNS[node.type] ?? ""} ${(node.type ?? "").toUpperCase()}${status}`, x: 3, y: top + 15, size: 11, weight: 700, ink: style.line, room: w - 40 });
    top += 22;
  } else if (kind === "limit") {
    const word = node.effect ? `${EFFECT_SIGNS[node.effect] ?? ""} ${node.effect.toUpperCase()}` : "LIMIT";
    parts.push({ text: word, x: 0, y: top + 12, size: 10, weight: 700, ink: style.line, room: w - 40 });
    top += 17;
  } else if (kind === "article") {
    parts.push({ text: "ARTICLE", x: 0, y: top + 13, size: 9, weight: 700, ink: theme().soft, room: w - 30 });
    top += 18;
  }
  const size = { decision: 13.5, actor: 13.5, limit: 12.5, source: 12, article: 12, claim: 12, passage: 11.5 }[kind];
  const leading = { decision: 17, actor: 17, limit: 15, source: 15, article: 15, claim: 15, passage: 14 }[kind];
  const bottom = kind === "source" ? h / 2 - 6 : h / 2;
  const first = (top + bottom) / 2 - ((node.lines.length - 1) * leading) / 2;
  node.lines.forEach((line, at) => {
    parts.push({ text: line, x: kind === "decision" ? 3 : 0, y: first + at * leading, size, weight: kind === "actor" ? 600 : 400, ink: style.ink, room: w - 20, italic: kind === "passage" });
  });
  const badge = kind === "decision" || kind === "limit" ? badgeOf(node) : null;
  if (badge) parts.push({ badge, x: w / 2 - (kind === "limit" ? 14 : 8), y: -h / 2 });
  return parts;
}

function trace(ctx, path, x, y) {
  ctx.beginPath();
  for (const [step, ...to] of path) {
    if (step === "M") ctx.moveTo(x + to[0], y + to[1]);
    else if (step === "L") ctx.lineTo(x + to[0], y + to[1]);
    else if (step === "Q") ctx.quadraticCurveTo(x + to[0], y + to[1], x + to[2], y + to[3]);
    else ctx.closePath();
  }
}

function drawParts(ctx, parts, x, y) {
  for (const part of parts) {
    if (part.path) {
      trace(ctx, part.path, x, y);
      if (part.fill !== "none") { ctx.fillStyle = part.fill; ctx.fill(); }
      if (part.line !== "none") {
        ctx.strokeStyle = part.line; ctx.lineWidth = part.width; ctx.setLineDash(part.dash ?? []); ctx.stroke(); ctx.setLineDash([]);
      }
    } else {
      const { badge } = part;
      const of = badge ? { text: badge.text, x: part.x, y: part.y, size: 10.5, weight: 700, ink: badge.ink, room: 14 } : part;
      if (badge) {
        ctx.beginPath(); ctx.arc(x + part.x, y + part.y, 9, 0, 2 * Math.PI);
        ctx.fillStyle = badge.fill; ctx.fill();
        if (badge.line) { ctx.strokeStyle = badge.line; ctx.lineWidth = 1.2; ctx.setLineDash(badge.dash ?? []); ctx.stroke(); ctx.setLineDash([]); }
      }
      ctx.font = `${of.italic ? "italic " : ""}${of.weight} ${of.size}px ${FONT}`;
      ctx.fillStyle = of.ink; ctx.textAlign = "center"; ctx.textBaseline = "middle";
      ctx.fillText(of.text, x + of.x, y + of.y, of.room);
    }
  }
}

function edgeColour(edge) {
  const t = theme();
  if (edge.role === "contradicts") return t.dispute;
  const node = nodes.get(edge.role === "recipient" || edge.role === "limit" ? edge.from : edge.to);
  if (["recipient", "decides", "limit"].includes(edge.role)) return mix(styleOf(node).line, t.back, edge.role === "limit" ? 0.6 : 0.75);
  return t.line;
}
