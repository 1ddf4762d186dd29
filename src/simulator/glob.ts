/** A pattern in which `*` stands for any text, and all else for itself, as an anchored regular expression. */
export function globPattern(glob: string): RegExp {
  const text = glob.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*');
  return new RegExp(`^${text}$`);
}
