import { giveUp } from './give-up.js';
import { colon, skipSpaces, space } from './character-codes.js';
import type { Lines } from './lines.js';
import { resolvePlain } from './plain.js';

/** Reads a list or map in brackets that ends on its line, and goes to the next line. `from` is the place of the first bracket. */
export function readFlow(lines: Lines, from: number): unknown {
  const flow: Flow = { text: lines.text, at: from };
  const value = readValue(flow, 0);
  lines.leave(flow.at);
  return value;
}

interface Flow {
  readonly text: string;
  at: number;
}

const maxDepth = 50;

function readValue(flow: Flow, depth: number): unknown {
  if (depth > maxDepth) giveUp();
  const char = flow.text[flow.at];
  if (char === '[') return readItems(flow, depth);
  if (char === '{') return readPairs(flow, depth);
  return readWord(flow);
}

function readItems(flow: Flow, depth: number): unknown[] {
  const items: unknown[] = [];
  for (let isFirst = true; !isEnd(flow, ']', isFirst); isFirst = false) items.push(readValue(flow, depth + 1));
  return items;
}

function readPairs(flow: Flow, depth: number): Record<string, unknown> {
  const map: Record<string, unknown> = {};
  for (let isFirst = true; !isEnd(flow, '}', isFirst); isFirst = false) {
    const key = readWord(flow);
    if (typeof key !== 'string' || key === '__proto__' || Object.hasOwn(map, key)) return giveUp();
    if (flow.text.charCodeAt(flow.at) !== colon || flow.text.charCodeAt(flow.at + 1) !== space) giveUp();
    flow.at += 1;
    goOn(flow);
    map[key] = readValue(flow, depth + 1);
  }
  return map;
}

/** Goes past the opening bracket or to the next part; whether the closing bracket was there. */
function isEnd(flow: Flow, bracket: string, isFirst: boolean): boolean {
  if (!isFirst) goOn(flow);
  const isPast = flow.text[flow.at] === bracket;
  if (!isFirst && !isPast && flow.text[flow.at] !== ',') giveUp();
  flow.at += 1;
  if (isPast) return true;
  goOn(flow);
  if (!isFirst || flow.text[flow.at] !== bracket) return false;
  flow.at += 1;
  return true;
}

/** One word, or several with single spaces between them, or plain text in quotes: no sign in it means anything to YAML. */
const word = /[\w$./-]+(?: [\w$./-]+)*|'[^'\n]*'(?!')|"[^"\\\n]*"/y;

function readWord(flow: Flow): unknown {
  word.lastIndex = flow.at;
  const source = word.exec(flow.text)?.[0] ?? giveUp();
  flow.at += source.length;
  return source.startsWith("'") || source.startsWith('"') ? source.slice(1, -1) : resolvePlain(source);
}

function goOn(flow: Flow): void {
  flow.at = skipSpaces(flow.text, flow.at);
}
