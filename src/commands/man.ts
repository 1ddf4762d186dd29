import type { Command } from 'commander';
import { wrap } from '../print/layout.ts';
import { exitCodes } from '../wizard/exit-codes.ts';
import { examplesOf } from './program/after.ts';

/** What no flag says: the variables that are read besides. */
const environment = [
  ['IAMREADY_PROJECT', 'the project, where --project does not name one'],
  ['IAMREADY_ENDPOINT', 'one base URL for every Google API, where --endpoint does not name one'],
  ['IAMREADY_ACCESS_TOKEN_FILE', 'the file of an access token, where no flag says who signs in'],
  ['GOOGLE_APPLICATION_CREDENTIALS', 'a credentials file, as for all programs of Google'],
  ['GOOGLE_CLOUD_QUOTA_PROJECT', 'the project that is charged with quota'],
  ['HTTPS_PROXY, NO_PROXY', 'the proxy to Google, and for which hosts it is left aside'],
  ['NO_COLOR, FORCE_COLOR', 'whether to colour'],
  ['INK_SCREEN_READER', 'questions are asked in lines, for a screen reader'],
] as const;

/**
 * The man page of a program, in man(7): every command with its flags and examples, and the exit codes. It says what the help
 * says, because it is made from the same.
 * @param date when it is made
 */
export function manPage(root: Command, version: string, date: Date): string {
  const commands = allOf(root).filter((command) => command !== root);
  return [
    `.TH IAMREADY 1 ${date.toISOString().slice(0, 10)} "iamready ${version}" "User Commands"`,
    '.SH NAME',
    `iamready \\- ${text(root.description().replace(/\.$/u, ''))}`,
    '.SH SYNOPSIS',
    '.B iamready',
    text('[command] [options]'),
    '.SH DESCRIPTION',
    text(
      'Without a command, a wizard asks for everything. Nothing is changed before it has been shown and agreed to.',
    ),
    '.SH OPTIONS',
    ...optionLines(root),
    '.SH COMMANDS',
    ...commands.flatMap(commandLines),
    '.SH EXIT STATUS',
    ...Object.values(exitCodes).flatMap(({ code, means }) => item(bold(String(code)), means)),
    '.SH ENVIRONMENT',
    ...environment.flatMap(([name, means]) => item(bold(name), means)),
    '.SH EXAMPLES',
    ...exampleLines(root),
    '',
  ].join('\n');
}

/** Every command that the help shows, each group before its own. */
function allOf(command: Command): Command[] {
  const below = command
    .createHelp()
    .visibleCommands(command)
    .filter((each) => each.name() !== 'help');
  return [command, ...below.flatMap(allOf)];
}

function commandLines(command: Command): string[] {
  return [
    `.SS ${quoted(nameOf(command))}`,
    '.B iamready',
    text(`${nameOf(command)} ${command.usage()}`.trimEnd()),
    '.PP',
    text(sentence(command.description())),
    ...command.registeredArguments.flatMap((argument) =>
      item(italic(argument.name()), withChoices(argument.description, argument.argChoices)),
    ),
    ...optionLines(command),
    ...(examplesOf(command).length === 0 ? [] : ['.PP', 'Examples:', ...exampleLines(command)]),
  ];
}

/** From the program on, without its own name. */
function nameOf(command: Command): string {
  const above = command.parent?.parent ? `${nameOf(command.parent)} ` : '';
  return `${above}${command.name()}`;
}

function optionLines(command: Command): string[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .flatMap(({ flags, description, argChoices, envVar }) =>
      item(
        bold(flags),
        `${withChoices(description, argChoices)}${envVar === undefined ? '' : ` (variable ${envVar})`}`,
      ),
    );
}

function withChoices(about: string, choices: readonly string[] | undefined): string {
  return choices === undefined || choices.length === 0 ? about : `${about} (${choices.join(', ')})`;
}

function exampleLines(command: Command): string[] {
  return ['.RS 4', '.nf', ...examplesOf(command).map((line) => asText(escaped(line))), '.fi', '.RE'];
}

const item = (tag: string, about: string): string[] => ['.TP', tag, text(about)];
const bold = (words: string): string => `.B ${quoted(words)}`;
const italic = (words: string): string => `.I ${quoted(words)}`;
const quoted = (words: string): string => `"${escaped(words).replaceAll('"', '\\(dq')}"`;

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1).replace(/\.$/u, '')}.`;
}

/** Lines of text, short enough for whoever edits them; one that begins as a request would is none. */
function text(words: string): string {
  return wrap(escaped(words), 78).map(asText).join('\n');
}

const asText = (line: string): string => line.replace(/^(?=[.'])/u, '\\&');

function escaped(words: string): string {
  return words
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('~', '\\(ti')
    .replaceAll('^', '\\(ha')
    .replaceAll('`', '\\(ga')
    .replaceAll('…', '...');
}
