// Bundled into one file of its own: `explain` is to start in a blink, and each further file costs a millisecond.
export { explainQuickly as explained } from './commands/explain-quickly.ts';
