/** How large something is at least and at most: characters of a text, items of a list, entries of a map. */
export interface Size {
  readonly min: number;
  readonly max: number;
}

/**
 * The end of all counting: the API server counts in 64 bits and stays at their end. Up to 2^53 what is counted here is exact; beyond,
 * nothing comes near a limit again.
 */
export const endless = 2 ** 64;

export const unknownSize: Size = { min: 0, max: endless };
export const fixedSize = (size: number): Size => ({ min: size, max: size });

export const sum = (a: number, b: number): number => Math.min(a + b, endless);
export const product = (a: number, b: number): number => Math.min(a * b, endless);
/** Rounded up, as the API server does. */
export const scaled = (a: number, factor: number): number => Math.min(Math.ceil(a * factor), endless);

export const addSizes = (a: Size, b: Size): Size => ({ min: sum(a.min, b.min), max: sum(a.max, b.max) });
export const multiplySizes = (a: Size, b: Size): Size => ({ min: product(a.min, b.min), max: product(a.max, b.max) });
/** What holds both. */
export const joinSizes = (a: Size, b: Size): Size => ({ min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) });

/** Thrown where it is not certain what the API server comes to: nothing is said then. Never leaves this folder. */
export class Uncertain extends Error {
  override name = 'Uncertain';
}
