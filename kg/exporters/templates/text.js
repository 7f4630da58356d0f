// Building elements: every text goes through textContent, every address through a check.

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "onclick") element.addEventListener("click", value);
    else if (name === "class") element.className = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

// A text of an article: its own direction, never the page's.
const said = (text, tag = "span", attributes = {}) => make(tag, { dir: "auto", ...attributes }, text);

const safeAddress = (address) => (/^https?:\/\/[^\s<>"]+$/i.test(address ?? "") ? address : "");

function outside(address, text) {
  const safe = safeAddress(address);
  return safe ? make("a", { href: safe, target: "_blank", rel: "noopener noreferrer", dir: "auto" }, text) : said(text);
}

const capital = (text) => (text ? text[0].toUpperCase() + text.slice(1) : "");
const plural = (number, one, many) => `${number} ${number === 1 ? one : many ?? `${one}s`}`;

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
function day(date) {
  const [year, month, number] = (date ?? "").slice(0, 10).split("-");
  const name = MONTHS[Number(month) - 1];
  if (!name) return date ?? "";
  return number ? `${Number(number)} ${name} ${year}` : `${name} ${year}`;
}
