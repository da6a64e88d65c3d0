import { itemAt, mostRepeats, repeatAt, short, unbalanced } from './pattern-items.js';

/** The items between two parentheses. */
interface Level {
  /** How often the last item repeats what is in it; `undefined` where there is no item that could be repeated. */
  last: number | undefined;
  /** The largest of them all. */
  most: number;
}

/**
 * Why the API server cannot read a pattern, or `undefined`: it reads patterns as Go does. What only a table of Unicode or the limits of
 * its memory could tell is not judged.
 * @see https://github.com/google/re2/wiki/Syntax
 */
export function patternFault(pattern: string): string | undefined {
  const lastName = pattern.lastIndexOf(':]');
  const levels: Level[] = [{ last: undefined, most: 1 }];
  let wasRepeat = false;
  for (let at = 0; at < pattern.length;) {
    const level = levels.at(-1);
    if (level === undefined) return unbalanced.fault;
    const repeat = repeatAt(pattern, at);
    if (repeat !== undefined) {
      if (repeat.fault !== undefined) return repeat.fault;
      const text = short(pattern.slice(at, repeat.end));
      if (level.last === undefined) return `there is nothing that ${text} repeats`;
      if (wasRepeat) return `${text} repeats a repetition, which RE2 cannot`;
      const times = repeat.counts ? level.last * repeat.times : level.last;
      if (repeat.counts && times > mostRepeats) return `${text} repeats more than ${mostRepeats} times`;
      add(level, repeat.times === 0 ? 1 : times);
      at = repeat.end;
      wasRepeat = true;
      continue;
    }
    wasRepeat = false;
    const item = itemAt(pattern, at, lastName);
    if (item.fault !== undefined) return item.fault;
    if (item.is === 'open') levels.push({ last: undefined, most: 1 });
    else if (item.is === 'close') {
      levels.pop();
      const outer = levels.at(-1);
      if (outer !== undefined) add(outer, level.most);
    } else if (item.is === 'bar') level.last = undefined;
    else if (item.is === 'item') add(level, 1);
    at = item.end;
  }
  return levels.length === 1 ? undefined : unbalanced.fault;
}

function add(level: Level, repeats: number): void {
  level.last = repeats;
  level.most = Math.max(level.most, repeats);
}
