import type { Browser, Page } from 'playwright-core';

const patienceMs = 20_000;

/** The live page as its reader sees it. Everything waits until it is so, or fails after 20 s. */
export interface PageView extends AsyncDisposable {
  readonly page: Page;
  /** The row of this key is there and holds these texts. */
  sees(key: string, ...texts: string[]): Promise<void>;
  /** There is no row of this key, not even a fading one. */
  misses(key: string): Promise<void>;
  /** The element with this id shows exactly this. */
  says(id: string, text: string | RegExp): Promise<void>;
  /** A line of "What changed" holds this. */
  logs(text: string): Promise<void>;
  /** The keys of the rows, from the top, right now. */
  keys(): Promise<string[]>;
}

export interface ViewOptions {
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: 'light' | 'dark';
}

/** Opens the page. Closing the view fails when the page had an error of its own. */
export async function openPage(browser: Browser, url: string, options: ViewOptions = {}): Promise<PageView> {
  const { width = 1280, height = 800, colorScheme = 'light' } = options;
  const page = await browser.newPage({ viewport: { width, height }, colorScheme });
  page.setDefaultTimeout(patienceMs);
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await page.goto(url);

  const row = (key: string): string => `#foos tr[data-key="${key}"]`;
  return {
    page,
    async sees(key, ...texts) {
      let found = page.locator(`${row(key)}:not(.gone)`);
      for (const text of texts) found = found.filter({ hasText: text });
      await found.waitFor();
    },
    misses: (key) => page.locator(row(key)).waitFor({ state: 'detached' }),
    says: (id, text) =>
      page
        .locator(`#${id}`)
        .filter({ hasText: whole(text) })
        .waitFor(),
    logs: (text) => page.locator('#log li').filter({ hasText: text }).first().waitFor(),
    keys: () =>
      page.locator('#foos tr:not(.gone)').evaluateAll((rows) => rows.map((each) => each.dataset['key'] ?? '')),
    async [Symbol.asyncDispose]() {
      await page.close();
      if (errors.length > 0) throw new AggregateError(errors, 'the page had errors of its own');
    },
  };
}

function whole(text: string | RegExp): RegExp {
  return typeof text === 'string' ? new RegExp(`^\\s*${text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`) : text;
}
