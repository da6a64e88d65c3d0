/** What Java and others have under names of POSIX. RE2 knows the others of these by now. */
const ofPosix = /^(?:Alnum|Blank|Graph|Print|Word|XDigit)$/i;

/**
 * Whether `\p{name}` is a class of other languages, which RE2 does not know: one of POSIX, a property (`Alphabetic`, `Emoji`), or a script or
 * category with a prefix (`IsGreek`). Any other name that is not known here may be a script of Unicode to come.
 */
export function isForeignClass(name: string): boolean {
  const [, base] = /^I[ns][ _-]?(\w+)$/.exec(name) ?? [];
  return ofPosix.test(name) || isProperty(name) || (base !== undefined && (isOfRe2(base) || isProperty(base)));
}

function isProperty(name: string): boolean {
  return isKnown(name) && !isOfRe2(name);
}

function isOfRe2(name: string): boolean {
  const isSet = name === 'Any' || name === 'ASCII' || name === 'Assigned';
  return isSet || isKnown(`General_Category=${name}`) || isKnown(`Script=${name}`);
}

function isKnown(name: string): boolean {
  try {
    return new RegExp(`^\\p{${name}}$`, 'u').source !== '';
  } catch {
    return false; // a Node without Unicode knows none
  }
}
