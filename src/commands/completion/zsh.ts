import type { SpecCommand, SpecOption, Values } from './spec.ts';

/** A script that completes in zsh, with what each word means, without starting the program. */
export function zshScript(spec: readonly SpecCommand[]): string {
  const [first, ...rest] = spec;
  const top = rest.filter(({ at }) => !at.includes(' '));
  const cases = top.map((command) => {
    const inner = rest.filter(({ at }) => at.startsWith(`${command.at} `));
    const lines = inner.length > 0 ? groupLines(command, inner) : argumentLines(command);
    return [
      `    ${command.at})`,
      '      shift words; (( CURRENT-- ))',
      ...lines.map((line) => `      ${line}`),
      '      ;;',
    ];
  });
  return `#compdef iamready
# zsh completion for iamready: iamready completion zsh > a folder of $fpath/_iamready
_iamready_or_file() { _alternative "names:name:($*)" 'files:file:_files' }
_iamready() {
  local curcontext=$curcontext context state line
  local -a commands
  typeset -A opt_args
  if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then
${describe(first)
  .map((line) => `    ${line}`)
  .join('\n')}
    return
  fi
  case $words[2] in
    -*)
${argumentLines(first)
  .map((line) => `      ${line}`)
  .join('\n')}
      ;;
${cases.flat().join('\n')}
  esac
}
if [[ $funcstack[1] == _iamready ]]; then _iamready "$@"; else compdef _iamready iamready; fi
`;
}

function groupLines(command: SpecCommand, inner: readonly SpecCommand[]): string[] {
  return [
    'if (( CURRENT == 2 )); then',
    ...describe(command).map((line) => `  ${line}`),
    'else',
    '  case $words[2] in',
    ...inner.flatMap((each) => [
      `    ${each.at.split(' ').at(-1) ?? ''})`,
      '      shift words; (( CURRENT-- ))',
      ...argumentLines(each).map((line) => `      ${line}`),
      '      ;;',
    ]),
    '  esac',
    'fi',
  ];
}

function describe(command: SpecCommand | undefined): string[] {
  const list = command?.commands ?? [];
  return [
    'commands=(',
    ...list.map(({ name, about }) => `  ${quoted(`${name.replaceAll(':', '\\:')}:${about}`)}`),
    ')',
    '_describe -t commands command commands',
  ];
}

function argumentLines(command: SpecCommand | undefined): string[] {
  if (command === undefined) return [];
  const { options, argument, commands } = command;
  const words =
    argument ??
    (commands.length > 0
      ? { name: 'command', words: commands.map(({ name }) => name), paths: 'none' as const }
      : undefined);
  const specs = [
    ...options.flatMap(optionSpecs),
    ...(words ? [quoted(`*:${plain(words.name)}:${action(words)}`)] : []),
  ];
  return specs.length === 0
    ? []
    : [`_arguments \\`, ...specs.map((each, at) => `  ${each}${at < specs.length - 1 ? ' \\' : ''}`)];
}

function optionSpecs({ long, short, about, value }: SpecOption): string[] {
  const text = `[${about.replaceAll(/[[\]\\]/gu, '\\$&')}]`;
  if (value === undefined) return [long, ...(short ? [short] : [])].map((name) => quoted(`${name}${text}`));
  const { name, optional } = value;
  return [
    quoted(`${long}=${optional ? '-' : ''}${text}${optional ? '::' : ':'}${plain(name)}:${action(value)}`),
  ];
}

function action({ words, paths }: Values): string {
  const files = paths === 'folders' ? '_files -/' : '_files';
  const list = `(${words.join(' ')})`;
  if (words.length === 0) return paths === 'none' ? ' ' : files;
  return paths === 'none' ? list : ` _iamready_or_file ${words.join(' ')}`;
}

const plain = (text: string): string => text.replaceAll(':', '\\:');
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
