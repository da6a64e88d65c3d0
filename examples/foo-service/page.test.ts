import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, skipReason } from './browser.js';
import { openPage as open } from './page-view.js';
import { Foo } from './src/generated/example.kube-gen.dev/v1/foo.js';
import { foo, run } from './service-fixture.js';

if (skipReason !== undefined) console.warn(`The live page is not tested: ${skipReason}.`);

describe.skipIf(skipReason !== undefined)('the live page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  it('shows Foos as they appear, change and vanish', async () => {
    await using running = await run({ objects: [foo('apps/shop', { replicas: 2, ready: 2 })] });
    const foos = running.cluster.resource(Foo);
    await using view = await open(browser, running.service.url);
    await view.sees('apps/shop', '2 of 2', 'Ready');
    await view.says('pill-text', 'Live');
    const nothingYet = view.page.getByText('What changes while this page is open is told here.');
    expect(await nothingYet.isVisible()).toBe(true);

    await foos.create(foo('apps/cart', { tier: 'frontend', replicas: 3 }));
    await view.sees('apps/cart', 'frontend', '0 of 3', 'Pending');
    expect(await view.keys()).toEqual(['apps/cart', 'apps/shop']);
    await view.logs('added apps/cart');
    expect(await nothingYet.isVisible()).toBe(false);

    await foos.status.patch(
      'cart',
      { status: { phase: 'Ready', replicas: 3, readyReplicas: 3 } },
      { namespace: 'apps' },
    );
    await view.sees('apps/cart', '3 of 3', 'Ready');
    await view.logs('updated apps/cart copies 0 of 3 → 3 of 3, phase Pending → Ready');

    await foos.delete('shop', { namespace: 'apps' });
    await view.misses('apps/shop');
    await view.logs('deleted apps/shop');
    const version = running.service.state.foos.status.resourceVersion;
    await view.says('fact-version', version);
    await view.says('fact-objects', '1');
  });

  it('says plainly when the cache is out of touch with the cluster, and when it is back', async () => {
    await using running = await run({ objects: [foo('apps/shop')] });
    await using view = await open(browser, running.service.url);
    await view.says('pill-text', 'Live');
    expect(await view.page.locator('#banner').isVisible()).toBe(false);

    await running.server.restart({
      async whileDown() {
        await view.says('banner-title', 'The cache is out of touch with the cluster.');
        await view.says('banner-detail', /^You see the state of .+ It will catch up by itself\./);
        await view.says('pill-text', 'Out of touch');
        await view.says('fact-live', 'no');
        expect(await view.keys()).toEqual(['apps/shop']);
      },
    });
    await running.cluster.resource(Foo).create(foo('apps/cart'));
    await view.sees('apps/cart');
    await view.says('pill-text', 'Live');
    await view.page.locator('#banner').waitFor({ state: 'hidden' });
  });

  it('tells a lost history from a lost connection', async () => {
    await using running = await run({ objects: [foo('apps/shop')] });
    await using view = await open(browser, running.service.url);
    await view.says('pill-text', 'Live');
    const slow = running.server.fault({ match: { verb: 'list', plural: 'foos' }, do: 'stall' });
    const expired = running.server.fault({ match: { verb: 'watch', plural: 'foos' }, do: 'expire' });
    await view.says('pill-text', 'Catching up');
    await view.says('banner-title', /lost its place in the history/);
    expired[Symbol.dispose]();
    slow[Symbol.dispose]();
    await view.says('pill-text', 'Live');
    expect(await view.keys()).toEqual(['apps/shop']);
  });

  it('says when the page itself lost the service, and shows what differs when it is back', async () => {
    await using running = await run({ objects: [foo('apps/shop'), foo('apps/cart')] });
    const foos = running.cluster.resource(Foo);
    await using view = await open(browser, running.service.url);
    await view.sees('apps/cart');
    await running.restartService({
      async whileDown() {
        await view.says('pill-text', 'Service lost');
        await view.says('banner-title', 'This page lost the service.');
        await view.says('fact-live', 'unknown');
        expect(await view.keys()).toEqual(['apps/cart', 'apps/shop']);
        await foos.delete('cart', { namespace: 'apps' });
        await foos.create(foo('apps/search'));
      },
    });
    await view.says('pill-text', 'Live');
    await view.sees('apps/search');
    await view.misses('apps/cart');
    await view.logs('deleted apps/cart');
    expect(await view.keys()).toEqual(['apps/search', 'apps/shop']);
  });

  it('says that it waits before the first list, and why', async () => {
    await using running = await run({
      objects: [foo('apps/shop')],
      fault: { match: { plural: 'foos' }, do: 'status', status: 403 },
    });
    await using view = await open(browser, running.service.url);
    await view.says('banner-title', 'The cache has not reached the cluster yet.');
    await view.says('banner-detail', /foos/);
    await view.says('note', 'Waiting for the first list.');
    expect(await view.keys()).toEqual([]);
    running.fault?.[Symbol.dispose]();
    await view.sees('apps/shop');
    await view.says('pill-text', 'Live');
  });

  it('shows text from the cluster as text', async () => {
    const image = '<img src=x onerror=alert(1)>';
    await using running = await run({ objects: [foo('apps/shop', { image })] });
    await using view = await open(browser, running.service.url);
    await view.sees('apps/shop', image);
    expect(await view.page.locator('main img').count()).toBe(0);
  });

  it('fits a phone', async () => {
    const image = 'registry.example.com/a/very/long/path/to/an/image/that/does/not/end/soon@sha256:0f3c2a';
    await using running = await run({
      objects: [
        {
          ...foo('apps/a-name-as-long-as-names-may-be-in-kubernetes-when-they-are-long', { image }),
          status: { phase: 'Progressing' },
        },
      ],
    });
    await using view = await open(browser, running.service.url, { width: 360, height: 740 });
    await view.page.locator('#foos tr').waitFor();
    const [inner, scroll] = await view.page.evaluate<number[]>('[innerWidth, document.documentElement.scrollWidth]');
    expect(scroll).toBe(inner);
    const [cell, pill] = await view.page.evaluate<number[]>(
      `['#foos .phase', '#foos .phase span'].map((each) => document.querySelector(each).getBoundingClientRect().right)`,
    );
    expect(pill).toBeLessThanOrEqual(cell ?? 0);
  });
});
