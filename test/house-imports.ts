import path from 'node:path';
import ts from 'typescript';

/** One import that a file writes down. */
export interface Import {
  /** The file that imports, from the package's root, with forward slashes. */
  readonly file: string;
  readonly line: number;
  /** As written. Undefined when it is computed, so that no test can know what it reaches. */
  readonly specifier: string | undefined;
  /** Gone when types are stripped. */
  readonly typeOnly: boolean;
  /** For a path: the file that is reached, from the package's root. Undefined for a package or a builtin. */
  readonly target: string | undefined;
}

/**
 * Every import of one source file: static, dynamic, re-exported, in types (`import('x').T`), by `require`, and the
 * one of React that JSX implies.
 * @param file - from the package's root, with forward slashes
 */
export function importsOf(file: string, text: string): Import[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const add = (node: ts.Node, literal: ts.Node | undefined, typeOnly: boolean) => {
    const specifier = literal && ts.isStringLiteralLike(literal) ? literal.text : undefined;
    const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
    found.push({ file, line, specifier, typeOnly, target: targetOf(file, specifier) });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node))
      add(node, node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier)
      add(node, node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference))
      add(node, node.moduleReference.expression, node.isTypeOnly);
    else if (ts.isImportTypeNode(node))
      add(node, ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true);
    else if (ts.isCallExpression(node) && isImportCall(node)) add(node, node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(source);
  if (file.endsWith('x'))
    found.push({ file, line: 1, specifier: 'react/jsx-runtime', typeOnly: false, target: undefined });
  return found;
}

/** A module has no `require` of its own, so one that is given something computed is a function of that name. */
function isImportCall({ expression, arguments: [argument] }: ts.CallExpression): boolean {
  if (expression.kind === ts.SyntaxKind.ImportKeyword) return true;
  return (
    ts.isIdentifier(expression) &&
    expression.text === 'require' &&
    argument !== undefined &&
    ts.isStringLiteralLike(argument)
  );
}

function targetOf(file: string, specifier: string | undefined): string | undefined {
  if (specifier === undefined || !/^(?:[./]|file:)/u.test(specifier)) return undefined;
  return specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : specifier; // an absolute path leaves the package, whatever it says
}

/**
 * The cycles of a graph: for each knot of files that all reach each other, one way round it.
 * @param edges - for each file the files that it imports
 */
export function cyclesOf(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const cycles: string[][] = [];
  const done = new Set<string>();
  const walk = (file: string, way: readonly string[]): void => {
    const start = way.indexOf(file);
    if (start !== -1) cycles.push([...way.slice(start), file]);
    if (start !== -1 || done.has(file)) return;
    for (const next of edges.get(file) ?? []) walk(next, [...way, file]);
    done.add(file);
  };
  for (const file of edges.keys()) walk(file, []);
  return cycles;
}
