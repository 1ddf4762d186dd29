import type { Outcome } from './run-trials.ts';

/** Tells on stderr how a part is getting on: in a line that is redrawn where there is a terminal, else in one line at its end. */
export function openProgress(part: string, about: string) {
  const to = process.stderr;
  const began = performance.now();
  let trials = 0;
  let done = 0;
  let losses = 0;
  let told = 0;
  const count = (): string => {
    const seconds = Math.round((performance.now() - began) / 1000);
    return `${losses} ${losses === 1 ? 'loss' : 'losses'}, ${seconds} s`;
  };
  if (to.isTTY) to.write(`${part}: ${about}\n`);
  return {
    expect(all: number): void {
      trials = all;
    },
    done({ ending }: Outcome): void {
      done++;
      if (ending === 'loss') losses++;
      if (!to.isTTY || performance.now() - told < 200) return;
      told = performance.now();
      to.write(`\r\u001b[K  ${done} of ${trials} trials, ${count()}`);
    },
    close(): void {
      to.write(
        to.isTTY ? `\r\u001b[K  ${done} trials, ${count()}\n` : `${part}: ${done} trials, ${count()}\n`,
      );
    },
  };
}
