// Two write at once: apart it is merged and said so; in the same block nobody loses a word.
import { journey } from '../lib/runner.mjs';
import { CAST } from '../lib/screens.mjs';
import { edit, publishPage } from '../lib/work.mjs';

const BODY = ['## Range', 'Thirty metres.', '## Price', 'Ask the price list.', '## Proof', 'See the IP68 report.'].join('\n\n');

for (const language of ['en', 'he']) {
  journey(`two write at once, in ${language}`, async ({ open }) => {
    const one = await open({ as: CAST[language].marketer, language });
    const two = await open({ as: CAST[language].admin, language });
    const page = await publishPage(one, { space: 'product-sheets', language: 'en', title: `Two writers, ${language}`, body: BODY });

    // In different blocks.
    await two.go(`/p/${page.id}/-/edit`);
    await edit(one, page.id, 'Thirty metres.', 'Forty metres.');
    const status = await edit(two, page.id, 'See the IP68 report.', 'See the IP68 report of 2026.', { go: false });
    two.is(status, 303, 'status of a save that could be merged');
    await two.go(page.path);
    await two.sees('Forty metres.', 'article');
    await two.sees('See the IP68 report of 2026.', 'article');

    // In the same block.
    await two.go(`/p/${page.id}/-/edit`);
    await edit(one, page.id, 'Forty metres.', 'Forty-five metres.');
    two.is(await edit(two, page.id, 'Forty metres.', 'Fifty metres.', { go: false }), 409, 'status of a conflict');
    for (const words of ['Fifty metres.', 'Forty-five metres.', 'Forty metres.']) await two.sees(words);
    await two.judge('conflict');
    await two.page.locator('label:has(input[name^="choice."][value=own])').first().click();
    await two.page.locator('textarea[name^="own."]').first().fill('Forty-five to fifty metres.');
    await two.submit('form[action$="/-/edit"]', 'button[value=save]');
    await two.go(page.path);
    await two.sees('Forty-five to fifty metres.', 'article');
    await two.sees('See the IP68 report of 2026.', 'article');

    // The history holds every step.
    await two.go(`/p/${page.id}/-/history`);
    for (const number of [1, 2, 3, 4, 5]) {
      const there = await two.page.locator(`a[href*="/p/${page.id}/v/${number}"], a[href*="to=${number}"], a[href*="from=${number}"]`).count();
      two.is(there > 0, true, `revision ${number} in the history`);
    }
    await two.judge('history');
  });
}

journey('the same words twice are no conflict', async ({ open }) => {
  const one = await open({ as: CAST.en.marketer, language: 'en' });
  const two = await open({ as: CAST.en.admin, language: 'en' });
  const page = await publishPage(one, { space: 'product-sheets', language: 'en', title: 'The same words', body: BODY });
  await two.go(`/p/${page.id}/-/edit`);
  await edit(one, page.id, 'Thirty metres.', 'Forty metres.');
  two.is(await edit(two, page.id, 'Thirty metres.', 'Forty metres.', { go: false }), 303, 'status of the same change');
});
