import { describe, expect, it } from 'vitest';
import { printOpenApi, ref, smallOpenApi } from '../../../tests/support/small-openapi.js';

describe('an OpenAPI document', () => {
  it.each([2, 3] as const)('that was cut off (v%i) is one clear error, wherever it was cut', async (v) => {
    const whole = smallOpenApi(
      [
        {
          kind: 'Deployment',
          schema: { type: 'object', description: 'a "text" with \\ in it', properties: { spec: ref('a.Spec') } },
        },
      ],
      { 'a.Spec': { type: 'object', properties: { on: { type: 'boolean', default: true }, n: { maximum: -1.5e3 } } } },
      { v },
    );
    for (let end = 1; end < whole.length; end += 7) {
      const { files, messages } = await printOpenApi(whole.slice(0, end));
      expect([Object.keys(files), messages, end]).toEqual([
        [],
        ['error: openapi-0.json:1: the JSON ends too early: it was cut off'],
        end,
      ]);
    }
  });
});
