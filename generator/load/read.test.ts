import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readInputs } from './read.js';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'kube-gen-read-'));
  mkdirSync(join(dir, 'crds/deep'), { recursive: true });
  mkdirSync(join(dir, 'crds/node_modules/x'), { recursive: true });
  mkdirSync(join(dir, 'crds/.git'));
  for (const file of [
    'a.yaml',
    'b.yml',
    'c.json',
    'd.txt',
    'deep/e.YAML',
    'node_modules/x/f.yaml',
    '.git/g.yaml',
    '.h.yaml',
  ]) {
    writeFileSync(join(dir, 'crds', file), `# ${file}`);
  }
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const names = (sources: readonly { file: string }[]): string[] =>
  sources.map(({ file }) => file.slice(dir.length + 1)).sort();

describe('readInputs', () => {
  it('reads the YAML and JSON files below a folder', async () => {
    const { sources, diagnostics } = await readInputs([join(dir, 'crds')]);
    expect(diagnostics).toEqual([]);
    expect(names(sources)).toEqual(['crds/a.yaml', 'crds/b.yml', 'crds/c.json', 'crds/deep/e.YAML']);
    expect(sources.every(({ found }) => found)).toBe(true);
  });

  it('reads a file whatever its name, and calls it given', async () => {
    const { sources } = await readInputs([join(dir, 'crds/d.txt')]);
    expect(sources).toEqual([{ file: join(dir, 'crds/d.txt'), text: '# d.txt', found: false }]);
  });

  it('reads what a glob matches', async () => {
    const { sources } = await readInputs([`${dir}/crds/**/*.{yaml,YAML}`]);
    expect(names(sources)).toEqual(['crds/a.yaml', 'crds/deep/e.YAML']);
  });

  it('takes folders as they are written, also where their names hold signs of globs', async () => {
    for (const name of ['[slug]', '(group)', '{a,b}', 'what?']) {
      mkdirSync(join(dir, name, 'crds'), { recursive: true });
      writeFileSync(join(dir, name, 'crds/a.yaml'), '# a');
      const { sources } = await readInputs([`${dir}/${name}/crds/*.yaml`]);
      expect(names(sources)).toEqual([`${name}/crds/a.yaml`]);
    }
    const { sources } = await readInputs([`${dir}/[b-d]rds/a.yaml`, `${dir}/[[]slug[]]/**/*.yaml`]);
    expect(names(sources)).toEqual(['[slug]/crds/a.yaml', 'crds/a.yaml']);
  });

  it('reads a file once that several inputs name; what was named itself counts as given', async () => {
    symlinkSync(join(dir, 'crds/a.yaml'), join(dir, 'crds/link.yaml'));
    for (const inputs of [
      [join(dir, 'crds'), join(dir, 'crds/a.yaml')],
      [join(dir, 'crds/a.yaml'), join(dir, 'crds')],
    ]) {
      const { sources } = await readInputs(inputs);
      expect(sources.filter(({ text }) => text === '# a.yaml').map(({ found }) => found)).toEqual([false]);
      expect(sources).toHaveLength(4);
    }
  });

  it('does not walk linked folders, which may lead back up', async () => {
    symlinkSync(dir, join(dir, 'crds/loop'));
    expect((await readInputs([join(dir, 'crds')])).sources).toHaveLength(4);
  });

  it('drops byte order marks, of which files that were joined have several', async () => {
    writeFileSync(join(dir, 'bom.yaml'), '\uFEFFkind: A\n---\n\uFEFFkind: B\n--- \r\n\uFEFFkind: "\uFEFF"\n');
    const text = 'kind: A\n---\nkind: B\n--- \r\nkind: "\uFEFF"\n';
    expect((await readInputs([join(dir, 'bom.yaml')])).sources[0]?.text).toBe(text);
  });

  it('goes up from where a link leads, as any program does', async () => {
    symlinkSync(join(dir, 'crds/deep'), join(dir, 'link'));
    writeFileSync(join(dir, 'a.yaml'), '# another');
    const { sources } = await readInputs([`${dir}/link/../a.yaml`, `${dir}/./crds//c.json`, `${dir}/link/..`]);
    expect(names(sources)).toEqual(['crds/c.json', 'link/../a.yaml', 'link/../b.yml', 'link/../deep/e.YAML']);
    expect(sources[0]?.text).toBe('# a.yaml');
  });

  it('names a link that leads in a circle, and reads the rest', async () => {
    symlinkSync('loop.yaml', join(dir, 'crds/loop.yaml'));
    symlinkSync('nowhere.yaml', join(dir, 'crds/old.yaml'));
    const { sources, diagnostics } = await readInputs([join(dir, 'crds')]);
    expect(diagnostics).toEqual([
      { severity: 'error', file: join(dir, 'crds/loop.yaml'), message: 'too many symbolic links (ELOOP)' },
    ]);
    expect(sources).toHaveLength(4);
  });

  it.each<[string, string]>([
    ['missing.yaml', 'no such file or folder'],
    ['missing/*.yaml', 'no file matches this pattern'],
    ['crds/deep/empty', 'no *.yaml, *.yml or *.json file in this folder'],
    ['crds/a.yaml/x', 'a part of the path is a file, not a folder (ENOTDIR)'],
    ['latin1.yaml', 'is not UTF-8 text'],
    ['utf16.yaml', 'is UTF-16 text, as the > of PowerShell may write it: save it as UTF-8'],
  ])('of %s it says: %s', async (input, message) => {
    mkdirSync(join(dir, 'crds/deep/empty'));
    writeFileSync(join(dir, 'latin1.yaml'), Buffer.from([0x61, 0xe9, 0x62]));
    writeFileSync(join(dir, 'utf16.yaml'), Buffer.from('\uFEFFa: 1\n', 'utf16le'));
    const { sources, diagnostics } = await readInputs([join(dir, input), join(dir, 'crds/a.yaml')]);
    expect(diagnostics).toEqual([{ severity: 'error', file: join(dir, input), message }]);
    expect(names(sources)).toEqual(['crds/a.yaml']);
  });

  it.skipIf(!existsSync('/dev/zero'))('reads a device no further than any file', async () => {
    const { sources, diagnostics } = await readInputs(['/dev/zero']);
    expect(sources).toEqual([]);
    expect(diagnostics).toEqual([{ severity: 'error', file: '/dev/zero', message: 'is too large' }]);
  });

  describe('from a URL', () => {
    it('reads it, and shows no credentials in its name', async () => {
      const server = createServer((request, response) => {
        if (request.url?.startsWith('/crd.yaml') === true) response.end('kind: A');
        else response.writeHead(404).end();
      });
      await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      try {
        const { sources } = await readInputs([`http://127.0.0.1:${port}/crd.yaml?token=secret`]);
        expect(sources).toEqual([{ file: `http://127.0.0.1:${port}/crd.yaml`, text: 'kind: A' }]);
        const { diagnostics } = await readInputs([`http://127.0.0.1:${port}/other?token=secret`]);
        expect(diagnostics).toEqual([
          { severity: 'error', file: `http://127.0.0.1:${port}/other`, message: 'the server answered 404 Not Found' },
        ]);
      } finally {
        await new Promise((resolve) => server.close(resolve));
      }
    });

    it('gives its user to the server, and not to another one that this one sends it to', async () => {
      const seen: unknown[] = [];
      const other = createServer((request, response) => {
        seen.push(request.headers.authorization);
        response.end('kind: A');
      });
      const first = createServer((request, response) => {
        seen.push(request.headers.authorization);
        response.writeHead(302, { location: `http://127.0.0.1:${portOf(other)}/` }).end();
      });
      for (const server of [other, first])
        await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
      try {
        const { sources } = await readInputs([`http://me:a%40%@127.0.0.1:${portOf(first)}/`]);
        expect(sources).toEqual([{ file: `http://127.0.0.1:${portOf(first)}/`, text: 'kind: A' }]);
        expect(seen).toEqual([`Basic ${Buffer.from('me:a%40%').toString('base64')}`, undefined]);
        seen.length = 0;
        await readInputs([`http://me:a%40@127.0.0.1:${portOf(first)}/`]);
        expect(seen).toEqual([`Basic ${Buffer.from('me:a@').toString('base64')}`, undefined]);
      } finally {
        for (const server of [other, first]) await new Promise((resolve) => server.close(resolve));
      }
    });

    it('waits for no end of a page that says no', async () => {
      let isLeft = (): void => undefined;
      const left = new Promise<void>((resolve) => (isLeft = resolve));
      const server = createServer((_request, response) => {
        response.once('close', isLeft);
        response.writeHead(404).write('it goes on');
      });
      await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
      try {
        const { diagnostics } = await readInputs([`http://127.0.0.1:${portOf(server)}/`]);
        expect(diagnostics).toMatchObject([{ message: 'the server answered 404 Not Found' }]);
        await left;
      } finally {
        await new Promise((resolve) => server.close(resolve));
      }
    });

    it('says why a server cannot be reached, without the secret', async () => {
      const { diagnostics } = await readInputs(['http://user:secret@127.0.0.1:1/x?token=secret']);
      expect(diagnostics).toHaveLength(1);
      expect(JSON.stringify(diagnostics)).not.toContain('secret');
      expect(diagnostics[0]?.file).toBe('http://127.0.0.1:1/x');
    });

    it('says of a server that does not speak TLS that it does not, in words that are the same on each machine', async () => {
      const server = createServer();
      await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
      try {
        const { diagnostics } = await readInputs([`https://127.0.0.1:${portOf(server)}/`]);
        const message = 'cannot be reached: it does not speak TLS (ERR_SSL_WRONG_VERSION_NUMBER). Is it http://?';
        expect(diagnostics).toMatchObject([{ message }]);
      } finally {
        await new Promise((resolve) => server.close(resolve));
      }
    });
  });
});

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
