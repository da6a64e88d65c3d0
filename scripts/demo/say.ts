import process from 'node:process';

const colored = process.stdout.isTTY && process.env['NO_COLOR'] === undefined;
const paint =
  (code: number) =>
  (text: string): string =>
    colored ? `\u001B[${code}m${text}\u001B[0m` : text;

export const bold = paint(1);
export const dim = paint(2);
export const red = paint(31);
export const green = paint(32);
export const yellow = paint(33);

let steps = 0;

/** The heading of the next step. */
export function step(title: string): void {
  steps += 1;
  process.stdout.write(`\n${bold(`${steps}  ${title}`)}\n`);
}

/** One or more lines below a heading. */
export function say(text: string): void {
  for (const line of text.trimEnd().split('\n')) process.stdout.write(`   ${line}\n`);
}
