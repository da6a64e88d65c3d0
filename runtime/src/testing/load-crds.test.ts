import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadCrds } from './load-crds.js';

describe('loadCrds', () => {
  it('says of a folder that files are wanted', async () => {
    const folder = fileURLToPath(new URL('.', import.meta.url));
    await expect(loadCrds([folder])).rejects.toMatchObject({
      code: 'usage',
      message: `cannot read CustomResourceDefinitions from ${folder}: it is a folder; name the files in it`,
    });
  });

  it('says which file is not there', async () => {
    await expect(loadCrds(['crds/none.yaml'])).rejects.toThrow(
      /^cannot read CustomResourceDefinitions from crds\/none\.yaml: ENOENT/,
    );
  });
});
