/** What the test of this script, which runs before there is anything to run TypeScript, needs of it. */
export function inParentheses(code: string, starts: ReadonlySet<number>): string;
