import { expect, it } from 'vitest';
import { onAbort } from './on-abort.js';

it('who took his wish back while others were called is not called', () => {
  const controller = new AbortController();
  const called: string[] = [];
  let forgetSecond = (): void => undefined;
  onAbort(controller.signal, () => {
    called.push('first');
    forgetSecond();
  });
  forgetSecond = onAbort(controller.signal, () => called.push('second'));
  onAbort(controller.signal, () => called.push('third'));
  controller.abort();
  expect(called).toEqual(['first', 'third']);
});
