import { duration } from '../../print/layout.ts';

// Long enough that a line more is worth it; after that, half as often each time.
const firstMs = 5000;

/** Tells what is going on: once at first, and with the time it took where it goes on. Undefined: it is over. */
export function busyTeller(say: (line: string) => void): (what: string | undefined) => void {
  let timer: NodeJS.Timeout | undefined;
  let current: string | undefined;

  return (what) => {
    if (what === current) return;
    clearTimeout(timer);
    current = what;
    if (what === undefined) return;
    say(`${capital(what)}.`);
    const began = performance.now();
    const again = (ms: number): void => {
      timer = setTimeout(() => {
        say(`Still ${what}: ${duration(performance.now() - began)}.`);
        again(ms * 2);
      }, ms);
      timer.unref();
    };
    again(firstMs);
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
