// The last visit to the page of changes, kept in this browser for each ledger: up to which day the record was seen.

const NOW = "marchland-visit-now";

const key = (ledger) => `marchland-visit:${ledger}`;

/** What was kept at the last visit before this one: `{day, revision, when}`; null at the first. Keeps what is seen now. */
export function lastVisit(told) {
  try {
    const own = sessionStorage.getItem(NOW + key(told.ledger));
    const before = own === null ? localStorage.getItem(key(told.ledger)) : own;
    if (own === null) sessionStorage.setItem(NOW + key(told.ledger), before || "");
    localStorage.setItem(key(told.ledger), JSON.stringify({ day: told.last_day, revision: told.revision, when: new Date().toISOString().slice(0, 10) }));
    return checked(before);
  } catch { return null; } // a browser that keeps nothing, or what is kept is broken
}

function checked(text) {
  const found = text ? JSON.parse(text) : null;
  return found && /^\d{4}-\d{2}-\d{2}$/.test(found.day || "") ? found : null;
}
