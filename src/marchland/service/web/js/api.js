// Questions to the API of the service that this page came from.

/** What the API says is wrong: `status`, `title`, `detail`. */
export class Problem extends Error {
  constructor(status, told) {
    super(told.detail || told.title || `the service answered ${status}`);
    this.status = status;
    this.told = told;
  }
}

const KEY = "marchland-token";

/** The token for writing that the reviewer gave, kept for this tab alone; an empty string without one. */
export const token = () => sessionStorage.getItem(KEY) || "";

/** Keep a token for this tab, or forget it. */
export function keepToken(value) {
  if (value) sessionStorage.setItem(KEY, value); else sessionStorage.removeItem(KEY);
}

/** An address with its parameters; those that are empty, null or undefined are left out, lists are repeated. */
export function address(path, params = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== null && one !== undefined && one !== "") query.append(name, one);
    }
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

/** The answer to a question; throws `Problem`. */
export const get = (path, params, options = {}) => asked(address(path, params), options);

/** The answer to something that is written, with the token; throws `Problem`. */
export const post = (path, body, options = {}) => asked(path, {
  ...options, method: "POST", body: JSON.stringify(body ?? {}), headers: { "Content-Type": "application/json" },
});

async function asked(url, options) {
  const headers = { Accept: "application/json", ...options.headers };
  if (token()) headers.Authorization = `Bearer ${token()}`;
  const answer = await fetch(url, { ...options, headers });
  const text = await answer.text();
  let told = null;
  try { told = text ? JSON.parse(text) : null; } catch { told = { detail: "the answer is no JSON" }; }
  if (!answer.ok) throw new Problem(answer.status, told || {});
  return told;
}

let known = null;
/** What `/api/about` says, asked once and again after `forget()`. */
export function about() {
  known ??= get("/api/about").catch((error) => { known = null; throw error; });
  return known;
}
export const forget = () => { known = null; };
