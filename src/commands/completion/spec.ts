import type { Argument, Command, Option } from 'commander';

/** What may stand as a value. */
export interface Values {
  words: readonly string[];
  /** Files and folders, folders alone, or neither. */
  paths: 'files' | 'folders' | 'none';
}

/** An option, as shells complete it. */
export interface SpecOption {
  /** With its dashes. */
  long: string;
  short?: string;
  about: string;
  /** Its value, where it takes one; `optional`: it may stand alone. */
  value?: Values & { name: string; optional: boolean };
}

/** One command, as shells complete it. */
export interface SpecCommand {
  /** "" for the program alone, "setup", "profile new". */
  at: string;
  options: readonly SpecOption[];
  /** The words that go on: commands and what they are. */
  commands: readonly { name: string; about: string }[];
  argument?: Values & { name: string };
}

/** Names that stand in for files. */
export interface Known {
  profiles: readonly string[];
  worlds: readonly string[];
}

/**
 * Every command of a program, as a flat list. What commander knows is said once: flags, what they are, and their choices; what
 * a value is shows in its name, as `<file>`.
 * @param wizard the command that runs where none is named: its options stand at the program, too
 */
export function specOf(root: Command, wizard: string, known: Known): SpecCommand[] {
  const commandOf = (command: Command, at: string): SpecCommand => {
    const help = command.createHelp();
    const [argument] = command.registeredArguments;
    return {
      at,
      options: help.visibleOptions(command).flatMap((option) => optionOf(option, known)),
      commands: help
        .visibleCommands(command)
        .map((each) => ({ name: each.name(), about: each.description() })),
      ...(argument && { argument: { name: argument.name(), ...valuesOf(argument, argument.name(), known) } }),
    };
  };
  const below = (command: Command, at: string): SpecCommand[] =>
    command.commands.flatMap((each) => {
      const path = at === '' ? each.name() : `${at} ${each.name()}`;
      return [commandOf(each, path), ...below(each, path)];
    });
  const named = below(root, '');
  const first = commandOf(root, '');
  const without = named.find(({ at }) => at === wizard);
  const options = new Map([...(without?.options ?? []), ...first.options].map((each) => [each.long, each]));
  const help = { at: 'help', options: [], commands: first.commands };
  return [{ ...first, options: [...options.values()] }, ...named, help];
}

function optionOf(option: Option, known: Known): SpecOption[] {
  const { long, short, description, required, optional, flags } = option;
  if (!long) return [];
  const name = /[<[]([^>\]]+)[>\]]/u.exec(flags)?.[1] ?? '';
  const values =
    long === '--profile' ? { words: known.profiles, paths: 'files' as const } : valuesOf(option, name, known);
  return [
    {
      long,
      ...(short && { short }),
      about: description,
      ...((required || optional) && { value: { name, optional, ...values } }),
    },
  ];
}

function valuesOf({ argChoices }: Pick<Option | Argument, 'argChoices'>, name: string, known: Known): Values {
  if (argChoices !== undefined) return { words: argChoices, paths: 'none' };
  if (name === 'file') return { words: [], paths: 'files' };
  if (name === 'dir') return { words: [], paths: 'folders' };
  if (name === 'world') return { words: known.worlds, paths: 'files' };
  return { words: [], paths: 'none' };
}
