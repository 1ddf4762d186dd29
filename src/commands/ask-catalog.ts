// In one file, because each file that is loaded costs half a millisecond, and `explain` is to start in a blink.
export { explain } from './explain.ts';
export { search } from './search.ts';
export { suggest } from './suggest.ts';
