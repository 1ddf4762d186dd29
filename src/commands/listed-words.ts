/** The words of a flag, which commas or spaces part; each once. */
export function listed(text = ''): string[] {
  return [...new Set(text.split(/[\s,]+/).filter((word) => word !== ''))];
}
