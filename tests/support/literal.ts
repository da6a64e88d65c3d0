/** A JSON value as a TypeScript literal, a field a line. */
export function literal(value: unknown, indent: string): string {
  const inner = `${indent} `;
  if (Array.isArray(value)) {
    return value.length === 0
      ? '[]'
      : `[\n${value.map((item) => `${inner}${literal(item, inner)},\n`).join('')}${indent}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(([key, item]) => {
      const name = key === '__proto__' ? "['__proto__']" : JSON.stringify(key);
      return `${inner}${name}: ${literal(item, inner)},\n`;
    });
    return fields.length === 0 ? '{}' : `{\n${fields.join('')}${indent}}`;
  }
  return JSON.stringify(value);
}
