import type { Line } from './transcript.js';

/** A place where two transcripts differ. */
export interface Difference {
  /** Which step of the scenario, counted from 0. */
  readonly step: number;
  readonly asked: string;
  /** `body.message`, in the answer. */
  readonly at: string;
  readonly real: unknown;
  readonly ours: unknown;
}

/** Where what we said differs from what a real server said. */
export function differences(real: readonly Line[], ours: readonly Line[]): Difference[] {
  const steps = Array.from({ length: Math.max(real.length, ours.length) }, (_, step) => step);
  return steps.flatMap((step) => {
    const asked = real[step]?.asked ?? ours[step]?.asked ?? '';
    return leaves(real[step]?.got, ours[step]?.got, '').map((leaf) => ({ step, asked, ...leaf }));
  });
}

function leaves(real: unknown, ours: unknown, at: string): Pick<Difference, 'at' | 'real' | 'ours'>[] {
  if (JSON.stringify(real) === JSON.stringify(ours)) return [];
  if (typeof real !== 'object' || typeof ours !== 'object' || real === null || ours === null)
    return [{ at, real, ours }];
  const [left, right] = [real as Record<string, unknown>, ours as Record<string, unknown>];
  const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  return keys.flatMap((key) => leaves(left[key], right[key], at === '' ? key : `${at}.${key}`));
}
