import type { CommanderError } from 'commander';
import type { Problem } from '../wizard/problem.ts';

/**
 * What an argument that is wrong means to a person.
 * @param command the command that was called, where there is one of that name
 */
export function usageProblem({ code, message }: CommanderError, command: string | undefined): Problem {
  const [said = '', meant] = message.replace(/^error: /, '').split(/\n\(Did you mean (?:one of )?(.+)\?\)$/);
  const help = `iamready ${command === undefined ? '' : `${command} `}--help shows what there is`;
  return {
    mover: 'person',
    what: whatIsWrong(code, said, command),
    next:
      meant === undefined
        ? help
        : `write ${meant.replace(/, ([^,]+)$/, ' or $1')} if that was meant; ${help}`,
    exit: 'usage',
  };
}

function whatIsWrong(code: string, said: string, command: string | undefined): string {
  switch (code) {
    case 'commander.help':
      return 'there is no such command';
    case 'commander.excessArguments':
      return `${command ?? 'iamready'} takes flags only, and a word was given that belongs to none`;
    case 'commander.optionMissingArgument':
      return shortened(said.replace(/ argument missing$/, ' needs a value'));
    default:
      return shortened(said);
  }
}

/** Arguments can be of any length; what is wrong with one shows in its beginning. */
function shortened(text: string): string {
  const whole = text.replace(/\.$/, '');
  return whole.length > 160 ? `${whole.slice(0, 160).toWellFormed()}…` : whole;
}
