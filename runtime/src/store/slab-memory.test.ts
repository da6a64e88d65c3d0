import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

describe('memory of slabs', () => {
  beforeEach(() => vi.resetModules());
  afterEach(() => vi.unstubAllGlobals());

  const kinds = async (): Promise<string[]> => {
    const { slabMemory } = await import('./slab-memory.js');
    return Array.from({ length: 16 }, (_, nth) => slabMemory(64, nth).constructor.name);
  };

  it('is not counted by the engine but for one slab in eight', async () => {
    expect((await kinds()).filter((kind) => kind === 'ArrayBuffer')).toHaveLength(2);
  });

  it('is plain memory where there is no other', async () => {
    vi.stubGlobal('SharedArrayBuffer', undefined);
    expect(new Set(await kinds())).toEqual(new Set(['ArrayBuffer']));
  });

  it('is plain memory where no text can be decoded from any other', async () => {
    class Strict extends TextDecoder {
      override decode(bytes: Uint8Array): string {
        if (bytes.buffer instanceof SharedArrayBuffer) throw new TypeError('must not be shared');
        return super.decode(bytes);
      }
    }
    vi.stubGlobal('TextDecoder', Strict);
    expect(new Set(await kinds())).toEqual(new Set(['ArrayBuffer']));
  });
});
