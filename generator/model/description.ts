/** What a description says as its author wrote it, as far as can be told, without the paragraph that says that it is deprecated. */
export function readDescription(text: string): { description: string; deprecated: string | undefined } {
  return splitDeprecation(withoutBullet(notesApart(withFences(withParagraphs(withLineFeeds(text).trim())))));
}

/** Lines may end as they do on Windows. */
function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replaceAll('\r\n', '\n').replaceAll('\r', '\n') : text;
}

const item = /^(?:[-*+]|\d+[.)])\s/;

/**
 * controller-gen before 0.13 made a blank of each line break, and " \n " of each empty line. Indented lines, which keep their tab, are
 * lines again too. Other texts stay as they are.
 */
function withParagraphs(text: string): string {
  if (!text.includes(' \n ') || /[^ ]\n|\n[^ ]/.test(text)) return text;
  const parts = text.split(' \n ').map((part) => (part.startsWith('\t') ? part.replaceAll(' \t', '\n\t') : part));
  return parts.reduce((before, part, i) => {
    const isList = item.test(part) && item.test(parts[i - 1] ?? '');
    return `${before}${isList ? '\n' : '\n\n'}${part}`;
  });
}

/** The fences of a block of code, which stand in the lines of its first and last words: in Markdown they need lines of their own. */
function withFences(text: string): string {
  return text.includes('``` ') ? text.replace(/^``` (?=\S)([^`]*\S) ```$/gm, '```\n$1\n```') : text;
}

/**
 * A description whose notes for developers are a paragraph. In Go's sources they stand below a line `---`, and controller-gen before 0.15
 * left them in: in Markdown, which editors read, such a line makes a heading of the text above it. Older ones made one line of it all.
 */
function notesApart(text: string): string {
  // In a block of code the dashes part documents.
  if (!text.includes('---') || text.includes('```')) return text;
  return withoutLastDashes(text)
    .replace(/(\S[ \t]*)\n---[ \t]*\n(?=[ \t]*\S)/g, '$1\n\n')
    .replace(/(?<=[.!?:)]) --- (?=[A-Z])/g, '\n\n');
}

/** Of dashes with no notes below them nothing is left: in Markdown they make a heading, too. */
function withoutLastDashes(text: string): string {
  const above = text.endsWith('---') ? text.slice(0, -3) : '';
  return /(?:\n|[.!?:)] )$/.test(above) ? above.trimEnd() : text;
}

/** The one line that is left of a list of all fields, as in the documentation of Terraform, is no list. */
function withoutBullet(text: string): string {
  return /^[-*] (?!.*\n)/.test(text) ? text.slice(2) : text;
}

const deprecatedStart =
  /^\s*(?:[[(]?DEPRECATED[\])]?(?!\w)|[[(]?[Dd]eprecated[\])]?(?=\s*(?:[:.;!]|-|$))|Deprecated,|[[(]Deprecated[\])]|Deprecated (?:in|since|as of|by|and|use|field|API)\b)/;
/** `**Deprecated** The old one.`, as those write who think of Markdown. */
const deprecatedInBold = /^\s*(\*\*|__)[[(]?deprecated[\])]?[:.!]?\1(?!\w)/i;
/** A sentence that says it of the field: "baseImage is deprecated: use image instead.", "NOTE: This field is deprecated". */
const deprecatedSentence =
  /^\s*(?:(?:note|warning|important)[:!] )?(?:This (?:field|setting|option|parameter|property|attribute|API|type)|["'`]?[\w.]+["'`]?) (?:is|has been|was)(?: now)? deprecated\b/i;
/** What the tag says already, if that is a sentence of its own. */
const saidByTag = /^\s*(?:\*\*|__)?[[(]?deprecated[\])]?[:.!]?(?:\*\*|__)?\s*[:.,;!–—-]*\s*/i;
const saidAsSentence = new RegExp(`${deprecatedSentence.source}\\s*(?:[:.;!]+\\s+|[.!]?$)`, 'i');

/** Takes the paragraph that begins with "Deprecated", or says so in its first words, out of a description. */
function splitDeprecation(text: string): { description: string; deprecated: string | undefined } {
  if (!text.includes('eprecated') && !text.includes('EPRECATED')) return { description: text, deprecated: undefined };
  const paragraphs = text.split(/\n[ \t]*\n/);
  for (const [i, paragraph] of paragraphs.entries()) {
    const lines = paragraph.split('\n').flatMap(beforeDeprecation);
    const at = lines.findIndex((line, j) => saysDeprecated(line, lines[j - 1]));
    if (at < 0) continue;
    const rest = [...paragraphs.slice(0, i), lines.slice(0, at).join('\n'), ...paragraphs.slice(i + 1)];
    const reason = lines.slice(at).join('\n').replace(saidByTag, '').replace(saidAsSentence, '');
    return { description: rest.filter((part) => part.trim() !== '').join('\n\n'), deprecated: reason.trim() };
  }
  return { description: text, deprecated: undefined };
}

/** Whether a line speaks of the field. Where it goes on with the sentence of the line before, it may speak of anything. */
function saysDeprecated(line: string, before: string | undefined): boolean {
  const goesOn = before !== undefined && before.trim() !== '' && !/[.:;!?)]\s*$/.test(before);
  if (goesOn && /^\s*["'`(]*[a-z]/.test(line)) return false;
  return [deprecatedStart, deprecatedInBold, deprecatedSentence].some((form) => form.test(line));
}

/** Where "Deprecated:" begins a sentence: also behind a word, where a tool made one line of two, but not behind "is". */
const deprecationWithin =
  /(?:[.!?)]|\w(?<!\b(?:an?|and|are|as|be|been|considered|is|marked|not|now|or|the|was))) (?=(?:Deprecated|DEPRECATED): )/;

/** A line whose last sentences begin with "Deprecated:" as two, as the built-in kinds have it; in a list it speaks of one item only. */
function beforeDeprecation(line: string): string[] {
  if (/^\s*(?:[-*+]|\d+[.)])\s/.test(line)) return [line];
  const at = deprecationWithin.exec(line)?.index;
  return at === undefined ? [line] : [line.slice(0, at + 1), line.slice(at + 2)];
}
