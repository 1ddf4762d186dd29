/** A time as people read it, to the minute: "2026-11-26 15:12 UTC". */
export function toMinute(time: string): string {
  return `${time.slice(0, 16).replace('T', ' ')} UTC`;
}

/** A text that stands as a sentence: with a capital, and a stop where it has no end of its own. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return '';
  // Names of the cloud's things keep their case.
  const head = /^[a-z]+(?=[\s,])/u.test(trimmed)
    ? trimmed.charAt(0).toUpperCase() + trimmed.slice(1)
    : trimmed;
  return /[.!?:…]$/u.test(head) ? head : `${head}.`;
}
