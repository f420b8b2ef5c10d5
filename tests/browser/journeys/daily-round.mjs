// The main job from end to end, in each language: a marketer publishes a page; a rep finds and reads it; somebody in the
// field reports from the phone what is wrong with it; the marketer triages by keyboard, edits with the report cited and
// publishes; the reporter sees the changed words.
import { journey } from '../lib/runner.mjs';
import { CAST } from '../lib/screens.mjs';
import { edit, findByWords, publishChange, publishPage, report } from '../lib/work.mjs';

const WORDS = {
  en: {
    title: 'Mounting the XR-300 in a mash tun',
    heading: 'Distance to the wall',
    before: 'Keep 30 cm from the wall.',
    after: 'Keep 45 cm from the wall, 60 cm beside an agitator.',
    words: 'mounting mash tun',
    what: 'At the brewery the echo came from the wall at 30 cm. At 45 cm it was gone.',
  },
  he: {
    title: 'התקנת XR-300 במיכל תסיסה',
    heading: 'מרחק מהדופן',
    before: 'לשמור על מרחק 30 ס״מ מהדופן.',
    after: 'לשמור על מרחק 45 ס״מ מהדופן, ו־60 ס״מ ליד בוחש.',
    words: 'התקנה במיכל תסיסה',
    what: 'במבשלה חזר הד מהדופן במרחק 30 ס״מ. במרחק 45 ס״מ הוא נעלם.',
  },
};

for (const language of ['en', 'he']) {
  const cast = CAST[language];
  const w = WORDS[language];

  journey(`the daily round in ${language}`, async ({ open }) => {
    const marketer = await open({ as: cast.marketer, language });
    const body = `${w.title}.\n\n## ${w.heading}\n\n${w.before}\n\n- XR-300\n- LM-40\n`;
    const { id, path } = await publishPage(marketer, { space: 'product-sheets', language, title: w.title, body });
    await marketer.sees(w.title, 'h1');

    const rep = await open({ as: cast.rep, language });
    await (await findByWords(rep, w.words, id)).click();
    await rep.page.waitForURL(`**/p/${id}/**`);
    await rep.sees(w.before, 'article');
    rep.is(await rep.page.getAttribute('article', 'dir'), language === 'he' ? 'rtl' : 'ltr', 'direction of the text');
    await rep.judge('a page just published');

    const field = await open({ as: cast.field, language, phone: true });
    await field.go(path);
    await field.page.locator('article h2', { hasText: w.heading }).locator('a[href*="/intel/new"]').click();
    await field.page.waitForURL('**/intel/new?**');
    await field.judge('report about a passage');
    await field.sees(w.title);
    const number = await report(field, { what: w.what });
    await field.sees(w.what);
    await field.judge('my reports');

    await triage(marketer, number, w);
    await marketer.judge('a report in triage');
    await marketer.submit(`form[action="/intel/${number}/-/edit"]:has([name=page][value="${id}"])`);
    marketer.is(marketer.path().startsWith(`/p/${id}/-/edit`), true, `the editor opens, not ${marketer.path()}`);
    marketer.is((await marketer.page.inputValue('[name=cites]')).includes(String(number)), true, 'the report is cited');
    await marketer.judge('editing with a report cited');
    await edit(marketer, id, w.before, w.after, { go: false });
    await publishChange(marketer, w.heading);
    await marketer.go(path);
    await marketer.sees(w.after, 'article');

    await rep.go(path);
    await rep.sees(w.after, 'article');
    await field.go('/intel/mine');
    const card = field.page.locator('main li', { hasText: w.what.slice(0, 40) }).last();
    const told = await card.innerText();
    for (const changed of ['45', '60']) {
      if (!told.includes(changed)) throw new Error(`the reporter does not see the changed words (${changed}):\n${told}`);
    }
    await field.judge('my reports with the changed words');
  });
}

// From the queue, with keys only: down to the report, acknowledge.
async function triage(marketer, number, w) {
  await marketer.go('/intel/triage');
  const chosen = async () => {
    const current = marketer.page.locator('[data-keys-list] a[aria-current]');
    return (await current.count()) > 0 ? current.first().getAttribute('href') : '';
  };
  const all = await marketer.page.locator('[data-keys-list] a').count();
  for (let step = 0; !String(await chosen()).match(new RegExp(`at=${number}\\b`)); step += 1) {
    if (step > all) throw new Error(`#${number} was not reached with J`);
    await marketer.navigates(() => marketer.page.keyboard.press('KeyJ'));
  }
  await marketer.sees(w.what);
  await marketer.navigates(() => marketer.page.keyboard.press('KeyA'));
}
