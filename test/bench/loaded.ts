import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

/**
 * Preloaded (`--import`) into the program that is measured: writes the URL of each file that is loaded into the file that
 * BENCH_LOADED names, one a line, until BENCH_UNTIL was written to the terminal.
 */
const { BENCH_LOADED: file = '', BENCH_UNTIL: text } = process.env;

const hooks = registerHooks({
  load(url, context, next) {
    if (url.startsWith('file:')) appendFileSync(file, `${url}\n`);
    return next(url, context);
  },
});
if (text !== undefined) {
  const { stdout } = process;
  const write = stdout.write.bind(stdout);
  stdout.write = new Proxy(write, {
    apply(_target, _self, args: unknown[]): unknown {
      if (String(args[0]).includes(text)) hooks.deregister();
      return Reflect.apply(write, stdout, args);
    },
  });
}
