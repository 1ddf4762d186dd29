/** A sentence as it stands after a label or a colon, as problems are told: without its capital and its full stop. */
export function asPhrase(sentence: string): string {
  const text = sentence.replace(/\.$/, '');
  return /^[A-Z][a-z ]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
