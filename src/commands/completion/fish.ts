import type { SpecCommand, Values } from './spec.ts';

/** A script that completes in fish, with what each word means, without starting the program. */
export function fishScript(spec: readonly SpecCommand[]): string {
  const groups = spec.filter(({ at, commands }) => at !== '' && commands.length > 0).map(({ at }) => at);
  return `# fish completion for iamready: iamready completion fish > ~/.config/fish/completions/iamready.fish
function __iamready_at
    set -l words (commandline -opc)
    set -e words[1]
    set -l at ''
    if set -q words[1]; and not string match -q -- '-*' $words[1]
        set at $words[1]
        if contains -- $at ${groups.join(' ')}; and set -q words[2]; and not string match -q -- '-*' $words[2]
            set at "$at $words[2]"
        end
    end
    test "$at" = "$argv[1]"
end
complete -c iamready -f
${spec.flatMap(linesOf).join('\n')}
`;
}

function linesOf({ at, options, commands, argument }: SpecCommand): string[] {
  const begin = `complete -c iamready -n ${quoted(`__iamready_at ${quoted(at)}`)}`;
  return [
    ...commands.map(({ name, about }) => `${begin} -a ${quoted(name)} -d ${quoted(about)}`),
    ...options.map(({ long, short, about, value }) => {
      const names = `-l ${long.slice(2)}${short ? ` -s ${short.slice(1)}` : ''}`;
      // What may stand alone has its value after "=" only, and is not asked for one.
      const takes = value === undefined || value.optional ? '' : ` ${valueFlags(value)}`;
      return `${begin} ${names}${takes} -d ${quoted(about)}`;
    }),
    ...(argument && (argument.words.length > 0 || argument.paths !== 'none')
      ? [`${begin} ${argumentFlags(argument)}`]
      : []),
  ];
}

function valueFlags({ words, paths }: Values): string {
  const list = words.length === 0 ? '' : ` -a ${quoted(words.join(' '))}`;
  if (paths === 'folders') return `-x -a '(__fish_complete_directories)'`;
  return paths === 'files' ? `-r -F${list}` : `-x${list}`;
}

function argumentFlags({ words, paths }: Values): string {
  return [
    ...(words.length > 0 ? [`-a ${quoted(words.join(' '))}`] : []),
    ...(paths === 'none' ? [] : ['-F']),
  ].join(' ');
}

const quoted = (text: string): string => `'${text.replaceAll(/['\\]/gu, '\\$&')}'`;
