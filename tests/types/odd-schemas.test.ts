import { describe } from 'vitest';
import { judgeCases } from '../support/judge-cases.js';
import { literal } from '../support/literal.js';
import { oddPlaces } from './odd-places.js';
import { oddSchemas } from './odd-schemas.js';

describe('schemas that are odd in more than one way', () => {
  const texts = (values: readonly unknown[]): string[] => values.map((value) => inOneLine(literal(value, '')));
  judgeCases(
    Object.fromEntries(
      [...oddSchemas, ...oddPlaces].map(({ name, spec, accept, reject }) => [
        name,
        { crd: { spec }, accept: texts(accept), reject: texts(reject) },
      ]),
    ),
  );
});

/** Verdicts are by line, and to a compiler U+2028 ends one. */
function inOneLine(text: string): string {
  return text.replaceAll('\n', ' ').replaceAll('\u2028', '\\u2028');
}
