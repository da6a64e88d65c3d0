import { type AnyObject, isObject } from '../any-object.js';
import { KubeError } from '../errors.js';

/** What a server answered, when it may be an object of Kubernetes. Throws `protocol` for anything else, a `Status` or `Table` among it. */
export function objectAnswer(answer: unknown, what: string): AnyObject {
  const kind = isObject(answer) ? answer['kind'] : undefined;
  const isOther = kind === 'Status' || kind === 'Table';
  if (isObject(answer) && !isOther) return answer;
  throw new KubeError('protocol', `the answer to ${what} is ${isOther ? `a ${kind}, not an` : 'no'} object`);
}

/** As `objectAnswer`, of a call to which a server may answer that it is done: with a `Status`, or nothing. */
export function objectOrDone(answer: unknown, what: string): AnyObject | undefined {
  const isDone = answer === undefined || (isObject(answer) && answer['kind'] === 'Status');
  return isDone ? undefined : objectAnswer(answer, what);
}

/** As `objectAnswer`, of a creation. Of a kind of which nothing is kept, as a Binding, a server only says that it is done: then it is what was sent. */
export function createdObject(answer: unknown, sent: unknown, what: string): unknown {
  const isDone = isObject(answer) && answer['kind'] === 'Status' && answer['status'] === 'Success';
  return isDone ? sent : objectAnswer(answer, what);
}
