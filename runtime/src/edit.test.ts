import { describe, expect, it } from 'vitest';
import { edit } from './edit.js';
import type { Draft } from './resource.js';

const foo = { spec: { replicas: 1, tags: ['a'] } };

describe('edit', () => {
  it('changes a copy and leaves the original as it is', () => {
    const changed = edit(foo, (draft) => {
      draft.spec.replicas += 1;
      draft.spec.tags.push('b');
    });
    expect([changed, foo]).toEqual([
      { spec: { replicas: 2, tags: ['a', 'b'] } },
      { spec: { replicas: 1, tags: ['a'] } },
    ]);
  });

  it('takes no notice of what a short function gives', () => {
    expect(edit(foo, (draft) => draft.spec.tags.push('b')).spec.tags).toEqual(['a', 'b']);
  });

  it('refuses an async function, whose later changes would be lost', () => {
    const change = async (draft: Draft<typeof foo>): Promise<void> => {
      draft.spec.replicas = await Promise.resolve(3);
    };
    // As plain JavaScript does, where no compiler or linter sees it.
    const edited = (): unknown => edit(foo, change as unknown as () => void);
    expect(edited).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringContaining('not an async one') }),
    );
  });
});
