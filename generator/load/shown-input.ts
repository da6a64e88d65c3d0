/** Whether an input is the address of a download. */
export function isUrl(input: string): boolean {
  return /^https?:\/\//i.test(input);
}

/** An input as messages and reports may show it: tokens of a URL stand in its user part and in its query. */
export function shownInput(input: string): string {
  if (!isUrl(input)) return input;
  return input.replace(/^(https?:\/\/)[^/?#]*@/i, '$1').replace(/[?#].*$/s, '');
}
