// Finding: a rep looks for something that nobody wrote about and asks marketing; marketing leads the words to a page; the rep is
// told and finds it by them. And the box: what one did last before anything is typed, arrows, Enter, Ctrl-Enter, Escape.
import { journey } from '../lib/runner.mjs';
import { CAST } from '../lib/screens.mjs';
import { publishPage } from '../lib/work.mjs';

const TEXT = {
  en: { words: 'zebranox', title: 'Mounting bracket of the trial', body: 'It holds the sensor on a concrete wall.', note: 'Carmon asks' },
  he: { words: 'קקצצגגטטפ', title: 'תושבת הניסיון', body: 'היא מחזיקה את החיישן על קיר בטון.', note: 'כרמון שואלים' },
};

for (const language of ['en', 'he']) {
  journey(`searched in vain, asked for and answered, in ${language}`, async ({ open }) => {
    const { words, title, body, note } = TEXT[language];
    const marketer = await open({ as: CAST[language].marketer, language });
    const rep = await open({ as: CAST[language].rep, language, phone: true });
    const { id } = await publishPage(marketer, { space: 'product-sheets', language, title, body });

    const results = `/search?${new URLSearchParams({ q: words })}`;
    await rep.go(results);
    await rep.judge('nothing found');
    await rep.page.fill('form[action="/gaps/ask"] [name=note]', note);
    await rep.submit('form[action="/gaps/ask"]');
    rep.is(await rep.page.locator('form[action="/gaps/ask"]').count(), 0, 'asking once is enough');

    await marketer.go('/gaps');
    await marketer.sees(words);
    await marketer.sees(note);
    const gap = marketer.page.locator('ul.gaps > li').filter({ hasText: words });
    await gap.locator('summary').click();
    await marketer.judge('gaps');
    // What can't be done keeps what was typed.
    const lead = gap.locator('form[action="/gaps/redirect"]').last();
    await lead.locator('[name=page]').fill('no such page');
    await marketer.navigates(() => lead.locator('button').click());
    const again = marketer.page.locator('ul.gaps > li').filter({ hasText: words }).locator('form[action="/gaps/redirect"]').last();
    marketer.is(await again.locator('[name=page]').inputValue(), 'no such page', 'what was typed');
    await again.locator('[name=page]').fill(title);
    await marketer.navigates(() => again.locator('button').click());

    await rep.until('/notifications', `.told a[href^="/p/${id}"]`);
    await rep.sees(words);
    await rep.until(results, `ol.hits a[href^="/p/${id}"]`);
    await rep.navigates(() => rep.page.locator(`ol.hits a[href^="/p/${id}"]`).first().click());
    await rep.until('/me/searches', `a[href="${results}"]`);
    await rep.judge('own searches');
    await rep.submit('form[action="/me/searches/forget"]');
    rep.is(await rep.page.locator(`main a[href^="/search?"]`).count(), 0, 'own searches after they were deleted');
  });
}

journey('the box by keyboard alone', async ({ open }) => {
  const rep = await open({ as: CAST.en.rep, language: 'en' });
  const { page } = rep;
  await rep.go('/topics');
  await page.keyboard.press('/');
  // Before anything is typed: favourites are there from the start.
  await page.waitForSelector('.search-panel:not([hidden]) #panel-kept');
  await page.keyboard.press('Escape');
  rep.is(await page.locator('.search-panel:not([hidden])').count(), 0, 'closed by Escape');
  await page.keyboard.type('v');
  await page.waitForTimeout(400);
  rep.is(await page.locator('#panel-pages').count(), 0, 'one letter says nothing');
  await page.keyboard.type('ectra');
  await page.waitForSelector('#panel-pages');
  await page.keyboard.press('ArrowDown');
  const chosen = page.locator('.search-panel [aria-selected=true]');
  rep.is(await chosen.count(), 1, 'the option that is chosen');
  const href = await chosen.getAttribute('href');
  const [tab] = await Promise.all([page.context().waitForEvent('page'), page.keyboard.press('Control+Enter')]);
  await tab.waitForLoadState();
  rep.is(new URL(tab.url()).pathname, new URL(href, page.url()).pathname, 'the page in the new tab');
  await tab.close();
  await rep.navigates(() => page.keyboard.press('Enter'));
  rep.is(rep.path(), href, 'the page');
  // It is offered again.
  await page.waitForTimeout(2500);
  await page.keyboard.press('/');
  await page.waitForSelector('#panel-opened');
  rep.is(await page.locator(`.search-panel a[href="${href}"]`).count() > 0, true, 'the page opened last');
});
