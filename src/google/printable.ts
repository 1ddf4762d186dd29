/**
 * Makes text from a server, a file or another program fit for an error message: control and format characters (terminal
 * escapes, bidirectional overrides, newlines) become one space each run, and what looks like a secret is taken out.
 * @param text what arrived
 * @param secrets exact strings to take out wherever they stand (the token that was sent)
 * @param limit most characters kept
 */
export function printable(text: string, secrets: readonly string[] = [], limit = 2000): string {
  let clean = text;
  for (const secret of secrets.filter((each) => each !== ''))
    // Forms are sent percent-encoded, and may come back so.
    for (const form of [secret, encodeURIComponent(secret.toWellFormed())])
      clean = clean.replaceAll(form, '[redacted]');
  for (const shape of SECRET_SHAPES) clean = clean.replaceAll(shape, '[redacted]');
  clean = clean
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .trim()
    .toWellFormed();
  return clean.length > limit ? `${clean.slice(0, limit).toWellFormed()}…` : clean;
}

/** PEM blocks (also cut short, also JSON-escaped), Google's access and refresh tokens, signed JWTs, base64 of a JSON document. */
const SECRET_SHAPES = [
  /-----BEGIN[\s\S]*?(?:-----END[^-]*-----|$)/g,
  /\bya29\.[\w.-]+/g,
  /\b1\/\/[\w-]{20,}/g,
  /\beyJ[\w-]{10,}(?:\.[\w-]+){1,2}/g,
  /\bew[A-Za-z0-9+/]{60,}={0,2}/g,
];
