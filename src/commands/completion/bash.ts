import type { SpecCommand, Values } from './spec.ts';

/**
 * A script that completes in bash, from 3.2 on, without bash-completion and without starting the program: what was typed is
 * compared, and never evaluated.
 */
export function bashScript(spec: readonly SpecCommand[]): string {
  const groups = spec.filter(({ at, commands }) => at !== '' && commands.length > 0).map(({ at }) => at);
  const words = spec.map(({ at, options, commands, argument }) => {
    const flags = options.flatMap(({ long, value }) => (value && !value.optional ? `${long}=` : long));
    const next = [...commands.map(({ name }) => name), ...(argument?.words ?? [])];
    return `    '${at}') flags='${flags.join(' ')}'; words='${next.join(' ')}'; paths=${argument?.paths ?? 'none'} ;;`;
  });
  return `# bash completion for iamready: . <(iamready completion bash)
_iamready() {
  local cur=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} option='' attached=''
  local at='' flags='' words='' paths=none line
  # bash may take "=" for a word of its own.
  if [[ $cur == '=' ]]; then
    option=$before cur=''
  elif [[ $before == '=' ]]; then
    option=\${COMP_WORDS[COMP_CWORD-2]}
  elif [[ $cur == --*=* ]]; then
    option=\${cur%%=*} attached="\${cur%%=*}=" cur=\${cur#*=}
  elif [[ $before == -* ]]; then
    option=$before
  fi
  if (( COMP_CWORD > 1 )) && [[ \${COMP_WORDS[1]} != -* ]]; then
    at=\${COMP_WORDS[1]}
    case $at in
    ${groups.join('|')})
      if (( COMP_CWORD > 2 )) && [[ \${COMP_WORDS[2]} != -* ]]; then at="$at \${COMP_WORDS[2]}"; fi ;;
    esac
  fi
  case $at in
${words.join('\n')}
    *) return ;;
  esac
  case "$at $option" in
${valueCases(spec).join('\n')}
    *) if [[ $cur == -* ]]; then words=$flags paths=none; fi ;;
  esac
  COMPREPLY=()
  while IFS= read -r line; do COMPREPLY+=("$attached$line"); done < <(compgen -W "$words" -- "$cur")
  case $paths in
  files) while IFS= read -r line; do COMPREPLY+=("$attached$line"); done < <(compgen -f -- "$cur") ;;
  folders) while IFS= read -r line; do COMPREPLY+=("$attached$line"); done < <(compgen -d -- "$cur") ;;
  esac
  # A flag that waits for its value has no space after it; a path is quoted, and a folder gets its slash.
  if type compopt > /dev/null 2>&1; then
    if [[ $paths != none ]]; then compopt -o filenames; fi
    if [[ \${#COMPREPLY[@]} == 1 && \${COMPREPLY[0]} == *= ]]; then compopt -o nospace; fi
  fi
}
complete -F _iamready iamready
`;
}

/** Options that take the same values stand in one case. */
function valueCases(spec: readonly SpecCommand[]): string[] {
  const cases = new Map<string, string[]>();
  for (const { at, options } of spec)
    for (const { long, value } of options) {
      if (value === undefined || value.optional) continue;
      const key = assignment(value);
      cases.set(key, [...(cases.get(key) ?? []), `'${at} ${long}'`]);
    }
  return [...cases].map(([key, patterns]) => `    ${patterns.join('|')}) ${key} ;;`);
}

const assignment = ({ words, paths }: Values): string => `words='${words.join(' ')}' paths=${paths}`;
