/** What Markdown takes for a tag of HTML and shows nothing of, but for line breaks. */
const tag = /<(?!br\b)\/?[a-z][\w-]*(?:\s+[a-z_:][\w.:-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*\s*\/?>/gi;
/**
 * Signs that mean themselves, of which two would be emphasis of what is between or strike it out: a star with no word beside it, or
 * between a word and a quotation mark, which stands for anything, the low lines that a name in quotes or behind a dot begins with, and tildes.
 */
const sign = /(?<![\w*)\\])\*(?![\w*\s(])|(?<=")\*(?=\w)|(?<=\w)\*(?=")|(?<=['".]_?)_|~/g;
const tagOrSign = new RegExp(`${tag.source}|${sign.source}`, 'gi');
const mayHoldMarkup = /[<*~]|['".]_/;

/** A line that begins or ends a block of code. */
export const fence = /^[ \t]*```[^`\n]*$/m;
const beforeFence = new RegExp(`(?=${fence.source})`, 'm');

/**
 * A description of which editors show all, which read comments as Markdown: there `<name>` is a tag of HTML, and `'*' or '*'` is
 * emphasis. What stands in backquotes or is a block of code they show as it is.
 */
export function asMarkdown(text: string): string {
  if (!mayHoldMarkup.test(text)) return text;
  if (!text.includes('```')) return prose(text);
  let isFenced = false;
  return text
    .split(beforeFence)
    .map((part) => {
      if (fence.test(part)) isFenced = !isFenced;
      return isFenced ? part : prose(part);
    })
    .join('');
}

/** Backquotes and signs pair within a paragraph or an item of a list only. */
function prose(text: string): string {
  const paragraphs = text.split(/\n(?=[ \t]*(?:\n|[-*+] |\d+[.)] ))/);
  return paragraphs.map((part) => (/^\n?(?: {4}|\t)/.test(part) ? part : outsideCode(part))).join('\n');
}

function outsideCode(paragraph: string): string {
  const markup = (paragraph.match(sign)?.length ?? 0) > 1 ? tagOrSign : tag;
  if (!paragraph.includes('`')) return paragraph.replace(markup, '\\$&');
  const parts = paragraph.split(/(`+)/);
  const last = new Map(parts.map((part, i) => [part, i]));
  let open = '';
  return parts
    .map((part, i) => {
      if (i % 2 === 0) return open === '' ? part.replace(markup, '\\$&') : part;
      if (open === part) open = '';
      else if (open === '' && (last.get(part) ?? 0) > i) open = part;
      return part;
    })
    .join('');
}
