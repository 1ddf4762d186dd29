import type { Outcome } from './run-trials.ts';

/** Tells on stderr how far a part is: in one line that is redrawn where there is a terminal, else now and then in a new one. */
export function openProgress(part: string, about: string) {
  const began = performance.now();
  const { stderr } = process;
  let trials = 0;
  let done = 0;
  let losses = 0;
  let told = began;
  const line = (): string => {
    const seconds = Math.round((performance.now() - began) / 1000);
    return `  ${done} of ${trials} trials, ${losses} losses, ${seconds} s`;
  };
  const tell = (): void => {
    told = performance.now();
    stderr.write(stderr.isTTY ? `\r\u001b[K${line()}` : `${line()}\n`);
  };
  stderr.write(`${part}: ${about}\n`);
  return {
    expect(all: number): void {
      trials = all;
    },
    done({ ending }: Outcome): void {
      done++;
      if (ending === 'loss') losses++;
      if (performance.now() - told > (stderr.isTTY ? 200 : 10_000)) tell();
    },
    close(): void {
      tell();
      if (stderr.isTTY) stderr.write('\n');
    },
  };
}
