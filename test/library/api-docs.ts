import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

interface Documented {
  name: string;
  /** What stands above it, without the marks of a comment. */
  says: string;
  /** The declaration without bodies, as TypeScript. */
  code: string;
}

/** The library's documentation in Markdown: all that `src/index.ts` exports, in its order, as the sources say it. */
export function apiDocs(root: string): string {
  const index = path.join(root, 'src', 'index.ts');
  const sections = exportsOf(index).map(({ file, names }) => {
    const source = parsed(file);
    return names.map((name) => sectionOf(documented(source, name)));
  });
  return [
    '# The library',
    '<!-- drawn from src/index.ts and what it exports; `npm run unit -- test/library/api-docs.test.ts -u` -->',
    "```ts\nimport { testPermissions } from 'iamready';\n```",
    ...sections.flat(),
  ].join('\n\n');
}

function sectionOf({ name, says, code }: Documented): string {
  return [`## ${name}`, ...(says === '' ? [] : [says]), `\`\`\`ts\n${code}\n\`\`\``].join('\n\n');
}

function parsed(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
}

/** What the library exports: the file of each export, and its names. */
function exportsOf(index: string): { file: string; names: string[] }[] {
  return parsed(index).statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement))
      throw new Error(`src/index.ts does more than export: ${statement.getText()}`);
    const { moduleSpecifier, exportClause } = statement;
    if (
      !moduleSpecifier ||
      !ts.isStringLiteral(moduleSpecifier) ||
      !exportClause ||
      !ts.isNamedExports(exportClause)
    )
      throw new Error(`an export without names: ${statement.getText()}`);
    const file = path.join(path.dirname(index), moduleSpecifier.text);
    return [{ file, names: exportClause.elements.map(({ name }) => name.text) }];
  });
}

function documented(source: ts.SourceFile, name: string): Documented {
  const found = source.statements.find(
    (node) =>
      ((ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) && node.name?.text === name) ||
      ((ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) && node.name.text === name) ||
      (ts.isVariableStatement(node) &&
        node.declarationList.declarations.some((each) => each.name.getText() === name)),
  );
  // A type that is inferred stands beside the value that it is inferred from, and that one says what it is.
  if (found === undefined) throw new Error(`${source.fileName} declares no ${name}`);
  return { name, says: commentOf(source, found), code: codeOf(source, found) };
}

function commentOf(source: ts.SourceFile, node: ts.Node): string {
  const ranges = ts.getLeadingCommentRanges(source.text, node.getFullStart()) ?? [];
  const last = ranges.at(-1);
  const text = last === undefined ? '' : source.text.slice(last.pos, last.end);
  if (!text.startsWith('/**')) return '';
  return text
    .replace(/^\/\*\*|\*\/$/gu, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\*? ?/u, '').trimEnd())
    .join('\n')
    .replaceAll(
      /\n@(\w+)(?: \{(\w+)\})?/gu,
      (_, tag: string, type?: string) => `\n\n**${tag}**${type === undefined ? '' : ` \`${type}\``}`,
    )
    .trim();
}

/** The declaration, of a function without its body, of a class without those of its members. */
function codeOf(source: ts.SourceFile, node: ts.Node): string {
  const text = (from: number, to: number): string => source.text.slice(from, to);
  const start = node.getStart(source);
  if (ts.isFunctionDeclaration(node) && node.body) return `${text(start, node.body.pos)};`;
  if (!ts.isClassDeclaration(node)) return text(start, node.end);
  let code = '';
  let at = start;
  for (const member of node.members) {
    if (!ts.isConstructorDeclaration(member) && !ts.isMethodDeclaration(member)) continue;
    // Only the library makes them.
    code += text(at, member.getFullStart());
    at = member.end;
  }
  return (code + text(at, node.end)).replaceAll(/\n\s*\n(?=\})/gu, '\n');
}
