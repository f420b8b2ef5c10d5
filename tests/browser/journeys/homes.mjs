// What changed since I was here: a rep watches a page, is told with the reason, finds the changed part marked, and keeps
// the page at hand. On the phone, in both languages, with two people.
import { journey } from '../lib/runner.mjs';
import { CAST } from '../lib/screens.mjs';
import { edit, publishChange, publishPage } from '../lib/work.mjs';

const TEXT = {
  en: { title: 'Beam angle of the trial antenna', before: 'The beam is eight degrees.', after: 'The beam is six degrees.', rest: 'It fits a two inch nozzle.' },
  he: { title: 'זווית האלומה של אנטנת הניסיון', before: 'האלומה היא שמונה מעלות.', after: 'האלומה היא שש מעלות.', rest: 'היא מתאימה לצוואר של שני צול.' },
};

for (const language of ['en', 'he']) {
  journey(`told, marked and kept at hand, in ${language}`, async ({ open }) => {
    const { title, before, after, rest } = TEXT[language];
    const marketer = await open({ as: CAST[language].marketer, language });
    const rep = await open({ as: CAST[language].rep, language, phone: true });
    const { id } = await publishPage(marketer, { space: 'product-sheets', language, title, body: `${before}\n\n${rest}` });

    // The rep reads it, watches it and keeps it at hand.
    await rep.go(`/p/${id}`);
    rep.is(await rep.page.locator('.prose .since').count(), 0, 'marks on the first visit');
    await rep.navigates(() => rep.page.evaluate(() => document.querySelector('form[action="/watch"]').requestSubmit()));
    await rep.go(`/p/${id}`);
    await rep.submit('form[action$="/-/favourite"]');
    await rep.go('/');
    rep.is(await rep.page.locator(`.fav a[href^="/p/${id}"]`).count(), 1, 'the favourite on home');
    // What was opened is written down about once a second.
    await rep.page.waitForTimeout(2500);

    await edit(marketer, id, before, after);
    await publishChange(marketer, after);

    // The rep is told, once, with the reason; home says what changed.
    await rep.until('/notifications', `.told a[href^="/p/${id}"]`);
    rep.is(await rep.page.locator(`.told a[href^="/p/${id}"]`).count(), 1, 'notices of the page');
    await rep.judge('notifications');
    await rep.go('/');
    rep.is(await rep.page.locator(`section a.t[href^="/p/${id}"]`).count() > 0, true, 'the change on home');

    // The changed part is marked, the other one is not; the old words are gone.
    await rep.go(`/p/${id}`);
    rep.is(await rep.page.locator('.prose .since').count(), 1, 'marked parts');
    rep.is((await rep.text('.prose .since')).trim(), after, 'the marked part');
    await rep.judge('page with marks');
    await rep.submit('form[action$="/-/seen"]');
    rep.is(await rep.page.locator('.prose .since, .since-box').count(), 0, 'marks after it was seen');

    // Reading the page was reading the notice.
    await gone(rep, '/notifications', `section[aria-labelledby=h-new] a[href^="/p/${id}"]`);
  });
}

async function gone(person, path, selector) {
  for (let tries = 0; tries < 40; tries += 1) {
    await person.go(path);
    if ((await person.page.locator(selector).count()) === 0) return;
    await person.page.waitForTimeout(250);
  }
  throw new Error(`${path}: ${selector} did not go`);
}
