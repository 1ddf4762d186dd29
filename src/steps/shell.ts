export { commandLine, quoted } from '../handoff/shell-line.ts';
