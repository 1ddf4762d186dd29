import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { ESLint } from 'eslint';
import ts from 'typescript';

/**
 * What `npm run types` and `npm run lint` look at, in half of their time: tsc and ESLint share one program, and Prettier
 * runs beside them. All are heard before it ends with 1, if one of them found something.
 */
const root = path.join(import.meta.dirname, '..');

async function formatted(): Promise<boolean> {
  const prettier = path.join(root, 'node_modules/prettier/bin/prettier.cjs');
  const child = spawn(process.execPath, [prettier, '--check', '--log-level=warn', '.'], {
    cwd: root,
    stdio: 'inherit',
  });
  const [code] = await once(child, 'exit');
  return code === 0;
}

/** All that tsconfig.json includes. Ends the process where it cannot be read. */
function programOfAll(): ts.Program {
  const config = ts.getParsedCommandLineOfConfigFile(path.join(root, 'tsconfig.json'), undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic(diagnostic) {
      throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
    },
  });
  if (config === undefined) throw new Error('there is no tsconfig.json');
  return ts.createProgram({
    rootNames: config.fileNames,
    options: config.options,
    configFileParsingDiagnostics: config.errors,
  });
}

async function linted(program: ts.Program): Promise<boolean> {
  const eslint = new ESLint({
    cwd: root,
    overrideConfig: {
      files: ['**/*.{ts,tsx}'],
      languageOptions: { parserOptions: { projectService: false, programs: [program] } },
    },
  });
  const results = await eslint.lintFiles('.');
  const formatter = await eslint.loadFormatter('stylish');
  process.stdout.write(await formatter.format(results));
  return results.every(({ errorCount }) => errorCount === 0);
}

function typed(program: ts.Program): boolean {
  const found = ts.getPreEmitDiagnostics(program);
  const host = {
    getCanonicalFileName: (name: string) => name,
    getCurrentDirectory: () => root,
    getNewLine: () => '\n',
  };
  process.stdout.write(ts.formatDiagnosticsWithColorAndContext(found, host));
  return found.length === 0;
}

const format = formatted();
const program = programOfAll();
const lint = await linted(program);
const passed = [typed(program), lint, await format];
process.exitCode = passed.includes(false) ? 1 : 0;
