import { keepCompiledCode } from '../../src/commands/compiled-code.ts';

/**
 * The least that can be drawn with Ink: one line. Like iamready it keeps its compiled code, and loads the rest after that;
 * it stays until it is ended, as a wizard does.
 */
keepCompiledCode(process.env);
const { drawOneLine } = await import('./one-line-screen.tsx');
drawOneLine();
