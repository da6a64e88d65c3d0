import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../../examples/foo-service/browser.js';
import type { PageApp } from '../browser/page-app.js';
import { afterwards } from './test-servers.js';

const entry = fileURLToPath(new URL('../browser/page-app.ts', import.meta.url));

/** Bundles the page for a browser: anything of Node in its graph is an error here. Returns the folder. */
export async function bundlePage(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'kube-gen-page-'));
  afterwards(() => rmSync(folder, { recursive: true, force: true }));
  await build({
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    outfile: join(folder, 'page.js'),
    logLevel: 'silent',
  });
  writeFileSync(
    join(folder, 'index.html'),
    '<!doctype html><title>foos</title><script type="module" src="page.js"></script>',
  );
  return folder;
}

/** Serves the page and, on the same origin, the API server of a kubeconfig: `kubectl proxy`. Resolves to the page's address. */
export async function serveKubectlProxy(o: {
  kubectl: string;
  kubeconfigFile: string;
  folder: string;
}): Promise<string> {
  const proxy: ChildProcess = spawn(
    o.kubectl,
    ['--kubeconfig', o.kubeconfigFile, 'proxy', '--port=0', `--www=${o.folder}`, '--www-prefix=/page/'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  afterwards(() => proxy.kill());
  if (proxy.stdout === null) throw new Error('kubectl has no stdout');
  for await (const line of createInterface(proxy.stdout)) {
    const address = /127\.0\.0\.1:\d+/.exec(line)?.[0];
    if (address !== undefined) return `http://${address}/page/index.html`;
  }
  throw new Error('kubectl proxy ended');
}

/** The app on an open page. */
export interface OpenPage {
  run<K extends keyof PageApp>(name: K, ...args: Parameters<PageApp[K]>): Promise<Awaited<ReturnType<PageApp[K]>>>;
  readonly complaints: string[];
}

/** Opens the page in a headless Chromium, and waits until its app is there. */
export async function openPage(url: string): Promise<OpenPage> {
  const browser = await launchBrowser();
  afterwards(() => browser.close());
  const page: Page = await browser.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('404')) complaints.push(message.text());
  });
  await page.goto(url);
  await page.waitForFunction('globalThis.app !== undefined', undefined, { timeout: 15_000 }).catch((error: unknown) => {
    throw new Error(`the page did not start: ${complaints.join('; ')}`, { cause: error });
  });
  return {
    complaints,
    run: (name, ...args) => page.evaluate(`globalThis.app.${name}(...${JSON.stringify(args)})`),
  };
}
