// A text field with suggestions beneath: the pattern "combobox with listbox" of ARIA. Typing asks, arrows move, Enter
// takes, Escape closes; whoever does not look at the suggestions can type on and send the form.

import { h, show } from "../dom.js";

const WAIT = 120;
let numbers = 0;

/**
 * Give `input` suggestions. `ask(text, signal)` returns a promise of a list, `row(item)` what an option shows,
 * `take(item)` what choosing it does, `label` the name of the list. Returns the list, to be put behind the input in an
 * element that is positioned.
 */
export function combobox(input, { ask, row, take, label }) {
  const id = `suggestions-${(numbers += 1)}`;
  const list = h("ul", { id, role: "listbox", "aria-label": label, class: "suggestions", hidden: true });
  const told = h("span", { class: "unseen", role: "status", "aria-live": "polite" });
  const state = { items: [], active: -1, waiting: 0, asked: null };
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": id, "aria-expanded": "false", autocomplete: "off", spellcheck: "false" })) input.setAttribute(name, value);

  const close = () => { clearTimeout(state.waiting); state.asked?.abort(); present([]); };
  const choose = (item) => { close(); take(item); };
  function present(items) {
    state.items = items;
    show(list, items.map((item, at) => h("li", { id: `${id}-${at}`, role: "option", "aria-selected": "false", on: { click: () => choose(item) } }, row(item))));
    list.hidden = !items.length;
    input.setAttribute("aria-expanded", String(Boolean(items.length)));
    activate(-1);
  }
  function activate(at) {
    state.active = at;
    [...list.children].forEach((one, number) => one.setAttribute("aria-selected", String(number === at)));
    if (at < 0) { input.removeAttribute("aria-activedescendant"); return; }
    input.setAttribute("aria-activedescendant", `${id}-${at}`);
    list.children[at].scrollIntoView({ block: "nearest" });
  }
  async function renew() {
    state.asked?.abort();
    const mine = state.asked = new AbortController();
    const text = input.value.trim();
    const items = text ? await ask(text, mine.signal).catch(() => []) : [];
    if (mine.signal.aborted || document.activeElement !== input) return;
    present(items);
    show(told, items.length ? `${items.length} suggestions` : "");
  }
  input.addEventListener("input", () => { clearTimeout(state.waiting); state.waiting = setTimeout(renew, WAIT); });
  input.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault());
  input.addEventListener("keydown", (event) => keyed(event, { state, activate, choose, close, renew }));
  return [list, told];
}

function keyed(event, { state, activate, choose, close, renew }) {
  const last = state.items.length - 1;
  const steps = { ArrowDown: state.active < last ? state.active + 1 : -1, ArrowUp: state.active < 0 ? last : state.active - 1 };
  if (event.isComposing || event.ctrlKey || event.metaKey) return;
  if (event.key in steps) {
    event.preventDefault();
    if (state.items.length) activate(steps[event.key]); else renew();
  } else if (event.key === "Enter" && state.active >= 0) {
    event.preventDefault();
    choose(state.items[state.active]);
  } else if (event.key === "Enter") {
    close();
  } else if (event.key === "Escape" && state.items.length) {
    event.preventDefault();
    close();
  }
}
