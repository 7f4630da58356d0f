// Large graphs: while the hand moves, the picture that is there moves with it, and it is drawn anew when the hand rests
// or comes to the rim of what is drawn. Mouse, wheel, and one or two fingers.

const LEAST_SCALE = 0.02;
const MOST_SCALE = 3;

function glide(element) {
  const layer = element.querySelector(".vis-network");
  const reach = 0.25;
  const fingers = new Map();
  let moved = { x: 0, y: 0, scale: 1 };
  let hold = null; // where the fingers stood, and what had moved, when the last of them came or went
  let waiting = 0;
  const resting = () => !moved.x && !moved.y && moved.scale === 1;
  const show = () => { layer.style.transform = resting() ? "" : `translate(${moved.x}px, ${moved.y}px) scale(${moved.scale})`; };
  const settle = () => {
    clearTimeout(waiting);
    if (resting()) return;
    const scale = network.getScale() * moved.scale;
    const middle = network.getViewPosition();
    network.moveTo({ position: { x: middle.x - moved.x / scale, y: middle.y - moved.y / scale }, scale, animation: false });
    moved = { x: 0, y: 0, scale: 1 };
    network.redraw();
    show();
    if (hold) grip();
  };
  const soon = (wait) => { clearTimeout(waiting); waiting = setTimeout(settle, wait); };
  // The middle of the fingers, from the middle of the stage, and how far they are apart.
  const feel = () => {
    const box = frame.getBoundingClientRect();
    const [one, other = one] = [...fingers.values()];
    return {
      x: (one.x + other.x) / 2 - box.left - box.width / 2, y: (one.y + other.y) / 2 - box.top - box.height / 2,
      apart: Math.hypot(one.x - other.x, one.y - other.y),
    };
  };
  const grip = () => { hold = fingers.size ? { ...feel(), from: moved } : null; };
  const follow = () => {
    const now = feel();
    const least = LEAST_SCALE / network.getScale();
    const most = MOST_SCALE / network.getScale();
    const scale = hold.apart && now.apart ? Math.min(most, Math.max(least, hold.from.scale * now.apart / hold.apart)) : hold.from.scale;
    const grown = scale / hold.from.scale;
    const next = { x: now.x - (hold.x - hold.from.x) * grown, y: now.y - (hold.y - hold.from.y) * grown, scale };
    if (resting() && scale === 1 && Math.hypot(next.x, next.y) < 4) return;
    moved = next;
    if (Math.abs(moved.x) > frame.clientWidth * reach || Math.abs(moved.y) > frame.clientHeight * reach || moved.scale < 0.67 || moved.scale > 2) settle();
    else show();
  };
  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || fingers.size > 1) return;
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    grip();
  });
  element.addEventListener("pointermove", (event) => {
    if (!fingers.has(event.pointerId)) return;
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    follow();
  });
  const end = (event) => {
    if (!fingers.delete(event.pointerId)) return;
    grip();
    if (!hold) soon(20);
  };
  window.addEventListener("pointerup", end);
  window.addEventListener("pointercancel", end);
  element.addEventListener("wheel", (event) => {
    event.preventDefault();
    const factor = Math.min(1.5, Math.max(0.66, Math.exp(-event.deltaY * 0.0016)));
    const scale = network.getScale() * moved.scale * factor;
    if (scale > MOST_SCALE || scale < LEAST_SCALE) return;
    const box = frame.getBoundingClientRect();
    const at = { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 };
    moved = { x: at.x - (at.x - moved.x) * factor, y: at.y - (at.y - moved.y) * factor, scale: moved.scale * factor };
    if (moved.scale < 0.6 || moved.scale > 2.5) settle();
    else { show(); soon(140); }
  }, { passive: false });
}
