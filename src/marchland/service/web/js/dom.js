// Elements from data. Words of reports reach the page as text nodes only: nothing here, or in any page, parses markup.

const SVG = "http://www.w3.org/2000/svg";

/** An HTML element. `props`: `class`, `on` (event name to listener), `style` (property to value), else attributes. */
export function h(tag, props, ...children) {
  return fill(document.createElement(tag), props, children);
}

/** An SVG element, as `h`. */
export function s(tag, props, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children);
}

function fill(element, props, children) {
  for (const [name, value] of Object.entries(props || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else if (name === "style") for (const [key, one] of Object.entries(value)) element.style.setProperty(key, one);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  put(element, children);
  return element;
}

/** Children at the end of an element: nodes as they are, all else as text; null, false and undefined are left out. */
export function put(element, children) {
  for (const one of [children].flat(Infinity)) {
    if (one === null || one === undefined || one === false) continue;
    element.append(one instanceof Node ? one : document.createTextNode(String(one)));
  }
  return element;
}

/** The children of an element replaced. */
export function show(element, ...children) {
  element.replaceChildren();
  return put(element, children);
}

/** A link to an outside page, for http and https only; plain text for any other address. */
export function outside(url, words) {
  let parsed = null;
  try { parsed = new URL(url); } catch { /* no address */ }
  const good = parsed && (parsed.protocol === "https:" || parsed.protocol === "http:");
  return good ? h("a", { href: parsed.href, rel: "noopener noreferrer nofollow", target: "_blank" }, words) : h("span", {}, words);
}
