interface SyntaxFault {
  /** In the words of the YAML reader. */
  readonly reason: string;
  /** Where it noticed, from 1. */
  readonly line: number | undefined;
}

/** What to do about text that is no YAML, where the reader's own words do not say it: the commonest slips, seen by their lines. */
export function yamlHint(text: string, { reason, line }: SyntaxFault): string | undefined {
  if (/^\s*<(?:!doctype|html|\?xml)\b/i.test(text)) return 'It is a web page: name the address of the raw file.';
  const conflict = /^(?:<{7}|>{7})(?: |$)/m.exec(text);
  if (conflict !== null)
    return `Settle the merge conflict at line ${text.slice(0, conflict.index).split('\n').length}.`;
  const [above, own] = linesTo(text, line ?? 1);
  const value = /^[\s-]*(?:[^\s:'"#]+:\s+)?(.*)$/.exec(own.trimEnd())?.[1] ?? '';
  const first = /^['"@`%*&{[|>]/.exec(value)?.[0] ?? '';
  if (first !== '' && '@`%'.includes(first)) return `Write text that begins with ${first} in quotes.`;
  if (reason === 'unknown escape sequence')
    return String.raw`In double quotes a \ is written \\; in single quotes it stands for itself.`;
  if (reason === 'deficient indentation') return 'Is a quote or a bracket not closed above?';
  if (!/^(?:bad indentation of a|a line break is expected)/.test(reason)) return undefined;
  if (whole.test(value)) return undefined;
  if (first === "'") return "In single quotes a ' is written ''.";
  if (first === '"') return String.raw`In double quotes a " is written \".`;
  if (first !== '') return `Write text that begins with ${first} in quotes.`;
  if (/^[\s-]*[^\s:'"#]+:\s[^#]*:(?:\s|$)/.test(own)) return 'Write text that has a colon and a space in it in quotes.';
  if (/^[\s-]*[\w.-]+:[^\s:/]/.test(above)) return 'The colon in the line above needs a space behind it.';
  return undefined;
}

/** A value that begins with a sign and is nothing but what the sign begins: it is not what is wrong. */
const whole = /^(?:'[^']*'|"[^"]*"|\{[^}]*\}|\[[^\]]*\]|[*&]\S*|[|>]\S*)(?:\s+#.*)?$/;

/** Nobody writes longer lines, and a hostile one takes its time. */
const longestLine = 500;

/** A line, and the one above it. */
function linesTo(text: string, line: number): [above: string, own: string] {
  let start = 0;
  let above = '';
  for (let at = 1; ; at += 1) {
    const end = text.indexOf('\n', start);
    const own = text.slice(start, end === -1 ? undefined : end).slice(0, longestLine);
    if (at >= line || end === -1) return [above, own];
    above = own;
    start = end + 1;
  }
}
