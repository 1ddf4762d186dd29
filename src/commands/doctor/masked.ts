/** What a name in an address may be made of; what stands before the at sign is all that is hidden. */
const address = /([\p{L}\p{N}])[\p{L}\p{N}._%+'-]*@(?=[\p{L}\p{N}-]+\.)/gu;

/**
 * A text that may be shown to strangers: of e-mail addresses the first letter and what follows the at sign, and `~` for the
 * home folder, in which a name stands.
 */
export function masked(text: string, home: string): string {
  const homeless = home.length > 1 ? text.replaceAll(home, '~') : text;
  return homeless.replaceAll(address, '$1…@');
}
