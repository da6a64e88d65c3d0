/**
 * The JSON of a value, cut after `longest` characters, since only people read it. Of a value that is huge, thousands of levels deep, or a part
 * of itself no more is looked at than is shown.
 */
export function shortJson(value: unknown, longest: number): string {
  const json = startOf(value, longest + 1);
  return json.length > longest ? `${json.slice(0, longest)} …` : json;
}

/** The JSON of a value; where that is longer than `room`, at least so much of it. */
function startOf(value: unknown, room: number): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, room));
  if (typeof value === 'number') return numberJson(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const isList = Array.isArray(value);
  const entries: [key: string, value: unknown][] = Object.entries(value);
  let json = isList ? '[' : '{';
  for (const [i, [key, inner]] of entries.entries()) {
    if (json.length >= room) return json;
    if (i > 0) json += ',';
    if (!isList) json += `${startOf(key, room)}:`;
    json += startOf(inner, Math.max(room - json.length, 0));
  }
  return json + (isList ? ']' : '}');
}

/** The last digits of an integer beyond 2^53 got lost when it was read: an exponent makes up none in their place. */
function numberJson(value: number): string {
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? value.toExponential() : JSON.stringify(value);
}
