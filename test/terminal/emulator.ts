import xterm from '@xterm/headless';

/** A terminal's screen without a window: what it shows after all that was written to it. */
export interface Emulator {
  /** Resolves when all of it was obeyed. */
  write(bytes: Uint8Array): Promise<void>;
  resize(columns: number, rows: number): void;
  /** The lines that are on the screen, without spaces at their ends. */
  screen(): string[];
  /** The lines that were pushed off the main screen, oldest first. */
  scrollback(): string[];
  /** Where the next character goes, from 0. */
  cursor(): { column: number; row: number };
  /** True if the application's own screen is shown in place of the one with the scrollback. */
  alternate(): boolean;
  cursorVisible(): boolean;
  /** True while a frame is being written (synchronised output): a terminal shows it when it is complete. */
  synchronising(): boolean;
  bracketedPaste(): boolean;
  /** True if the application is told of the mouse. */
  mouse(): boolean;
  /** What was asked to be put on the clipboard, in order. */
  clipboard(): readonly string[];
}

/** @param answer takes what the terminal itself answers to queries. */
export function openEmulator(columns: number, rows: number, answer: (data: string) => void): Emulator {
  const terminal = new xterm.Terminal({ cols: columns, rows, scrollback: 10_000, allowProposedApi: true });
  terminal.onData(answer);
  // What the emulator does not tell by itself.
  let visible = true;
  let synchronised = false;
  const modes =
    (on: boolean) =>
    (parameters: (number | number[])[]): boolean => {
      if (parameters.includes(25)) visible = on;
      if (parameters.includes(2026)) synchronised = on;
      return false;
    };
  terminal.parser.registerCsiHandler({ prefix: '?', final: 'h' }, modes(true));
  terminal.parser.registerCsiHandler({ prefix: '?', final: 'l' }, modes(false));
  const clipboard: string[] = [];
  terminal.parser.registerOscHandler(52, (data) => {
    clipboard.push(Buffer.from(data.replace(/^[^;]*;/u, ''), 'base64').toString('utf8'));
    return true;
  });

  function lines(from: number, to: number): string[] {
    const { active } = terminal.buffer;
    return Array.from({ length: to - from }, (_, at) => {
      // The emulator remembers what it cut off when it was made narrower.
      const line = active.getLine(from + at)?.translateToString(true, 0, terminal.cols) ?? '';
      return line.trimEnd();
    });
  }
  return {
    write: (bytes) => new Promise((resolve) => terminal.write(bytes, resolve)),
    resize: (wide, high) => terminal.resize(wide, high),
    screen() {
      const { baseY } = terminal.buffer.active;
      return lines(baseY, baseY + terminal.rows);
    },
    scrollback: () => lines(0, terminal.buffer.active.baseY),
    cursor() {
      const { cursorX, cursorY } = terminal.buffer.active;
      return { column: cursorX, row: cursorY };
    },
    alternate: () => terminal.buffer.active.type === 'alternate',
    cursorVisible: () => visible,
    synchronising: () => synchronised,
    bracketedPaste: () => terminal.modes.bracketedPasteMode,
    mouse: () => terminal.modes.mouseTrackingMode !== 'none',
    clipboard: () => clipboard,
  };
}
