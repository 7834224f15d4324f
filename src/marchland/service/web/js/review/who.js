// Who reviews: the token of the tab, asked for where writing is refused.

import { get, keepToken, Problem, token } from "../api.js";
import { h, show as put } from "../dom.js";

/** A line that says who reviews here, with a field for the token; `changed(name)` is called when that changes. */
export function whoami(changed) {
  const line = h("div", { class: "review-who" });
  const known = async () => {
    if (!token()) { entry(line, check, ""); changed(null); return; }
    try {
      const me = await get("/api/me");
      signed(line, me.name, () => { keepToken(""); known(); });
      changed(me.name);
    } catch (error) {
      if (error instanceof Problem && error.status !== 401) { put(line, h("p", { class: "problem" }, error.message)); return; }
      keepToken("");
      entry(line, check, "This token is not good, or no more.");
      changed(null);
    }
  };
  const check = (value) => { keepToken(value); known(); };
  known();
  line.ask = (words) => { entry(line, check, words); line.querySelector("input").focus(); };
  return line;
}

function signed(line, name, leave) {
  put(line, h("p", {}, "You review as ", h("strong", {}, h("bdi", {}, name)), ". ", h("button", { type: "button", class: "small", on: { click: leave } }, "Forget the token")));
}

function entry(line, check, words) {
  const field = h("input", { type: "password", name: "token", autocomplete: "off", maxlength: 200, required: true, "aria-describedby": "token-hint" });
  put(line, words ? h("p", { class: "problem", role: "alert" }, words) : null,
    h("form", { on: { submit: (event) => { event.preventDefault(); if (field.value.trim()) check(field.value.trim()); } } },
      h("label", {}, "Token ", field), " ", h("button", { type: "submit" }, "Use it"), " ",
      h("small", { class: "quiet", id: "token-hint" }, "To judge you need a token: ", h("code", {}, "marchland token add NAME"), ". It is kept for this tab alone.")));
}
