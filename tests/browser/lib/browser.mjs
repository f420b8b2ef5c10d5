// Chromium, and a watch on everything it complains about: a journey fails on console errors, script errors, violations
// of the content security policy, and answers of 500 and above, whatever else it looked at.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export const DESK = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

export async function launch() {
  const found = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const executablePath = found.find((path) => path && existsSync(path));
  if (!executablePath) throw new Error('no Chromium: set CHROMIUM to its path, or run tests/run --only browser');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}

export async function newContext(browser, site, { phone = false, scripts = true, language = 'en', dark = false, state } = {}) {
  const context = await browser.newContext({
    baseURL: site.url,
    viewport: phone ? PHONE : DESK,
    hasTouch: phone,
    isMobile: phone,
    deviceScaleFactor: 1,
    locale: language === 'he' ? 'he-IL' : 'en-GB',
    timezoneId: 'Asia/Jerusalem',
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    javaScriptEnabled: scripts,
    storageState: state,
  });
  context.setDefaultTimeout(20_000);
  return context;
}

// Collects into `complaints` what the page does wrong while it is used.
export function watch(page, complaints) {
  const where = () => page.url().replace(/^http:\/\/[^/]+/, '');
  page.on('pageerror', (error) => complaints.push(`script error at ${where()}: ${error.message}`));
  page.on('console', (message) => {
    const text = message.text();
    // Answers with an error status are judged below, where it is known what was asked for.
    if (message.type() !== 'error' || text.startsWith('Failed to load resource')) return;
    complaints.push(`console at ${where()}: ${text}`);
  });
  page.on('response', (response) => {
    const status = response.status();
    const navigation = response.request().isNavigationRequest();
    if (status >= 500 || (status >= 400 && !navigation && !expected(response))) {
      complaints.push(`${status} for ${response.request().method()} ${response.url()}`);
    }
  });
}

// A script may be told that a form field is wrong, or that a page has moved on.
function expected(response) {
  return [409, 412, 422, 429].includes(response.status()) && response.request().method() !== 'GET';
}

// What axe has against the page as it stands, one line for each rule.
export async function axe(page) {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags, resultTypes: ['violations'] }), AXE_TAGS);
  return violations.map((v) => `axe ${v.id} (${v.impact}): ${v.help}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 4).join(' | ')}`);
}

// Whether something makes the whole page wider than the window.
export async function sideways(page) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return wide > 1 ? [`the page scrolls sideways by ${wide} px`] : [];
}
