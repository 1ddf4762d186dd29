import type { Terminal } from './terminal.ts';

/** Waits until a question stands there and is prompted for (and `shown` with it), and types a line. */
export async function reply(terminal: Terminal, question: string, line: string, shown = ''): Promise<void> {
  await terminal.until(() => {
    const text = terminal.screen().join('\n').trimEnd();
    const asked = text.slice(text.lastIndexOf(question));
    return text.includes(question) && asked.includes(shown) && asked.endsWith(':');
  });
  terminal.type(line);
  terminal.press('enter');
}
