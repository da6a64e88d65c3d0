/** What Markdown takes for a tag of HTML and shows nothing of, but for line breaks. */
const tag = /<(?!br\b)\/?[a-z][\w-]*(?:\s+[a-z_:][\w.:-]*)*\s*\/?>/gi;
/** A star with no word beside it stands for anything: two of them would be emphasis of what is between. */
const wildcard = /(?<![\w*)\\])\*(?![\w*\s(])/g;
const tagOrWildcard = new RegExp(`${tag.source}|${wildcard.source}`, 'gi');

/** A line that begins or ends a block of code. */
export const fence = /^[ \t]*```[^`\n]*$/m;
const beforeFence = new RegExp(`(?=${fence.source})`, 'm');

/**
 * A description of which editors show all, which read comments as Markdown: there `<name>` is a tag of HTML, and `'*' or '*'` is
 * emphasis. What stands in backquotes or is a block of code they show as it is.
 */
export function asMarkdown(text: string): string {
  if (!text.includes('<') && !text.includes('*')) return text;
  let isFenced = false;
  return text
    .split(beforeFence)
    .map((part) => {
      if (fence.test(part)) isFenced = !isFenced;
      return isFenced ? part : prose(part);
    })
    .join('');
}

/** Backquotes and stars pair within a paragraph or an item of a list only. */
function prose(text: string): string {
  const paragraphs = text.split(/\n(?=[ \t]*(?:\n|[-*+] |\d+[.)] ))/);
  return paragraphs.map((part) => (/^\n?(?: {4}|\t)/.test(part) ? part : outsideCode(part))).join('\n');
}

function outsideCode(paragraph: string): string {
  const markup = (paragraph.match(wildcard)?.length ?? 0) > 1 ? tagOrWildcard : tag;
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
