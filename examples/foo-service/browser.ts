import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const program = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== undefined && existsSync(path));

/** Why the browser tests are skipped here, or undefined when they run. Under `CI=true` they always run, and fail without a browser. */
export const skipReason =
  program === undefined && process.env['CI'] !== 'true'
    ? 'no Chromium found: install Debian’s chromium, or set CHROMIUM to a browser'
    : undefined;

export function launchBrowser(): Promise<Browser> {
  if (program === undefined)
    throw new Error('no Chromium found: install Debian’s chromium, or set CHROMIUM to a browser');
  return chromium.launch({
    executablePath: program,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
