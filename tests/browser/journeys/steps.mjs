// A page is renamed, moved, becomes part of another and is split; each says before what it touches, and each is undone.
import { journey } from '../lib/runner.mjs';
import { CAST } from '../lib/screens.mjs';
import { publishPage } from '../lib/work.mjs';

const BODY = ['Thirty metres.', '## Rain', 'Twenty metres.', '## Price', 'Ask the price list.'].join('\n\n');
const CONFIRM = 'main form[method=post]:has(.btns)';
const UNDO = '.toast form';

// Asks by the form that stands there, looks at what is told, confirms; says with which status.
async function step(admin, page, verb, fields, judged) {
  await admin.go(`/p/${page.id}/-/${verb}`);
  for (const [name, value] of Object.entries(fields)) {
    const field = admin.page.locator(`main form[method=get] [name=${name}]`);
    if ((await field.evaluate((element) => element.tagName)) === 'SELECT') await field.selectOption(value);
    else await field.fill(value);
  }
  await admin.submit('main form[method=get]');
  await admin.judge(judged);
}

for (const language of ['en', 'he']) {
  journey(`a page is renamed, moved, merged and split, in ${language}`, async ({ open }) => {
    const admin = await open({ as: CAST[language].admin, language });
    const rep = await open({ as: CAST[language].rep, language });
    const space = { space: 'product-sheets', language: 'en' };
    const page = await publishPage(admin, { ...space, title: `Range of the tests ${language}`, body: BODY });
    const other = await publishPage(admin, { ...space, title: `Reach of the tests ${language}`, body: 'Forty metres.' });

    await step(admin, page, 'rename', { title: `Distance of the tests ${language}`, summary: 'The field calls it so' }, 'rename-told');
    await admin.submit(CONFIRM);
    await admin.sees(`Distance of the tests ${language}`, 'h1');
    await admin.judge('renamed, with a way back');
    await rep.go(page.path);
    await rep.sees(`Distance of the tests ${language}`, 'h1');
    await admin.submit(UNDO);
    await admin.sees(`Range of the tests ${language}`, 'h1');

    await step(admin, page, 'move', { space: 'cases-and-decks' }, 'move-told');
    await admin.submit(CONFIRM);
    await admin.go(`/p/${page.id}/-/history`);
    await admin.judge('history with steps');
    const back = admin.page.locator(`form[action^="/p/${page.id}/-/steps/"]`).first();
    await admin.navigates(() => back.locator('button').click());
    admin.is(await admin.page.locator('nav.where a[href="/s/product-sheets"]').count(), 1, 'the page is back in its space');

    await step(admin, page, 'merge', { into: `Reach of the tests ${language}` }, 'merge-told');
    await admin.page.locator(`${CONFIRM} [name=text][value=publish]`).check();
    await admin.page.fill(`${CONFIRM} [name=summary]`, 'They say the same');
    await admin.submit(CONFIRM);
    await admin.sees('Thirty metres.', 'article');
    await rep.go(page.path);
    rep.is(rep.path().startsWith(`/p/${other.id}/`), true, 'the old address leads to the other page');
    await rep.navigates(() => rep.page.locator('.toast a').click());
    await rep.sees('Thirty metres.', 'article');
    await admin.submit(UNDO);
    await rep.go(page.path);
    rep.is(rep.path().startsWith(`/p/${page.id}/`), true, 'the old address leads to the page again');

    await step(admin, page, 'split', { section: 'h-rain' }, 'split-told');
    await admin.page.fill(`${CONFIRM} [name=title]`, `Rain of the tests ${language}`);
    await admin.page.fill(`${CONFIRM} [name=summary]`, 'Long enough');
    await admin.submit(CONFIRM);
    await admin.sees(`Rain of the tests ${language}`, 'h1');
    await admin.sees('Twenty metres.', 'article');
    await rep.go(page.path);
    await rep.sees(`Rain of the tests ${language}`, 'article');
    await rep.go(`/p/${page.id}/-/blame`);
    await rep.sees('Long enough');
    await rep.judge('blame');
  });
}
