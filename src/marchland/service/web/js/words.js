// How days, shares and counts are written for readers.

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `2021-07-08` as `8 Jul 2021`. */
export function day(value, none = "?") {
  const found = /^(\d{4})-(\d{2})-(\d{2})/.exec(value || "");
  return found ? `${Number(found[3])} ${MONTHS[Number(found[2]) - 1]} ${found[1]}` : value || none;
}

/** A probability as whole percents, never 0 or 100 unless it is so. */
export function percent(share) {
  if (share >= 0.995 && share < 1) return "> 99 %";
  if (share > 0 && share < 0.005) return "< 1 %";
  return `${Math.round(share * 100)} %`;
}

/** `1 witness`, `3 witnesses`. */
export const count = (number, one, many = `${one}s`) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

/** The holder of a spell or answer, in words. */
export const holderWords = (row) => row.holder_name || row.holder_id || (row.status === "abandoned" ? "nobody (abandoned)" : "unknown");

/** A sentence in quotation marks; one that begins with a mark of its own gets none. */
export const quoted = (sentence) => (/^["“«„]/.test(sentence) ? sentence : `“${sentence}”`);
