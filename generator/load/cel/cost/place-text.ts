import type { SchemaPlace } from '../../check/schema-place.js';

/** Where a place of a schema, and what is some steps below, stands in an object: `spec.rules[].name`, `spec.labels.*`. */
export function placeText(place: SchemaPlace, below: readonly string[] = []): string {
  const steps: string[] = [...below].reverse();
  for (let at = place; at.above !== undefined; at = at.above) {
    const [keyword, name] = at.steps;
    steps.push(keyword === 'items' ? '[]' : keyword === 'properties' ? String(name) : '*');
  }
  const text = steps.reduceRight((text, step) => (step === '[]' ? `${text}[]` : `${text}.${step}`), '');
  return text === '' ? 'the object' : text.replace(/^\./, '');
}
