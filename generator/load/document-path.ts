/** The way from the root of a document to one of its values: keys of maps and numbers of list items. */
export type DocumentPath = readonly (string | number)[];

const plain = /^[A-Za-z_$][\w$-]*$/;

/** Longer keys are no names: of such a one only the beginning is shown. */
const longestStep = 200;

/** `['spec', 'versions', 0, 'a.b']` as people read it: `spec.versions[0]["a.b"]`. */
export function formatPath(path: DocumentPath): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (step.length > longestStep) text += `[${JSON.stringify(`${step.slice(0, longestStep)}...`)}]`;
    else if (plain.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text;
}

const step = /\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|\.?([A-Za-z_$][\w$-]*)/y;

/** The steps of what `formatPath` wrote; stops at the first character that it cannot have written. */
export function parsePath(text: string): DocumentPath {
  const path: (string | number)[] = [];
  step.lastIndex = 0;
  for (let match = step.exec(text); match !== null; match = step.exec(text)) {
    if (match[1] !== undefined) path.push(Number(match[1]));
    else if (match[2] !== undefined) path.push(String(JSON.parse(match[2])));
    else path.push(match[3] ?? '');
  }
  return path;
}
