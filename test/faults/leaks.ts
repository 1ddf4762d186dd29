/** Looks like a secret, whoever made it: PEM, the DER of a key in base64, a JWT, one of Google's tokens. */
export const shapes = /-----BEGIN|MII[A-Za-z0-9+/]{20}|eyJ[\w-]{20}|ya29\.\w|\b1\/\/[\w-]{20}/;

/**
 * Which secrets stand in which texts, as they are or as an address would have them, and what only looks like one.
 * @param places texts, by where each stands
 * @param secrets what each is, by the secret
 */
export function leaksIn(places: ReadonlyMap<string, string>, secrets: ReadonlyMap<string, string>): string[] {
  return [...places].flatMap(([place, text]) => [
    ...[...secrets].flatMap(([secret, what]) =>
      text.includes(secret) || text.includes(encodeURIComponent(secret)) ? [`${what} in ${place}`] : [],
    ),
    ...(shapes.test(text) ? [`${shapes.exec(text)?.[0] ?? ''}… in ${place}`] : []),
  ]);
}
