/** The text has something that the quick reader does not know. Nothing is wrong with it for that. */
export class UnknownYaml extends Error {
  override readonly name = 'UnknownYaml';
}

/** Gives the text up to the complete reader. */
export function giveUp(): never {
  throw new UnknownYaml('left to the complete reader');
}
