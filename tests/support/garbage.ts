import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

/** Collects what nobody holds, now; all of it unless only the young is meant. */
export const collectGarbage = runInNewContext('gc') as (o?: { readonly type: 'major' | 'minor' }) => void;
