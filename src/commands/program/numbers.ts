import { InvalidArgumentError } from 'commander';

export function number(from: number, to: number, kind = 'number'): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= from && value <= to))
      throw new InvalidArgumentError(`It takes a ${kind} from ${from} to ${to}.`);
    return value;
  };
}

export function wholeNumber(from: number, to: number): (text: string) => number {
  const parse = number(from, to, 'whole number');
  return (text) => {
    const value = parse(text);
    if (!Number.isInteger(value))
      throw new InvalidArgumentError(`It takes a whole number from ${from} to ${to}.`);
    return value;
  };
}
