// Without JavaScript everything still works: forms are plain posts, errors come back beside the fields with what was typed.
import { journey } from '../lib/runner.mjs';
import { CAST } from '../lib/screens.mjs';
import { edit, findByWords, publishPage, report } from '../lib/work.mjs';

journey('the round without scripts', async ({ open, site }) => {
  const marketer = await open({ scripts: false });
  await marketer.signIn(CAST.en.marketer, site.password);

  // A wrong form comes back as it was.
  await marketer.go('/new?space=product-sheets&kind=article&language=en');
  await marketer.page.evaluate(() => document.querySelectorAll('form').forEach((form) => { form.noValidate = true; }));
  await marketer.page.fill('[name=body]', 'Typed before anything went wrong.');
  const form = 'form[action="/new"][method=post]';
  marketer.is(await marketer.submit(form, 'button[value=save]'), 422, 'status of a page without a title');
  marketer.is((await marketer.page.inputValue('[name=body]')).trim(), 'Typed before anything went wrong.', 'what was typed');
  marketer.is((await marketer.page.locator('.err').count()) > 0, true, 'a message beside the field');

  // Preview is a button.
  await marketer.page.fill(`${form} [name=title]`, 'Written without scripts');
  await marketer.page.fill('[name=body]', 'A **strong** word.');
  await marketer.submit(form, 'button[value=preview]');
  marketer.is(await marketer.page.locator('#preview strong').innerText(), 'strong', 'the preview');

  const page = await publishPage(marketer, {
    space: 'product-sheets',
    language: 'en',
    title: 'Read without scripts',
    body: '## Cable\n\nTen metres of cable are in the box.\n',
  });
  await edit(marketer, page.id, 'Ten metres', 'Twelve metres');
  await marketer.go(page.path);
  await marketer.sees('Twelve metres of cable', 'article');

  const field = await open({ scripts: false, phone: true });
  await field.signIn(CAST.en.field, site.password);
  await field.go(page.path);
  await field.page.locator('article a[href*="/intel/new"]').first().click();
  const number = await report(field, { what: 'There were only ten metres in my box.', subject: 'material' });

  await marketer.go(`/intel/triage?at=${number}`);
  await marketer.submit(`form[action="/intel/${number}/-/acknowledge"]`);
  await marketer.go(`/intel/${number}`);
  await marketer.sees('There were only ten metres in my box.');

  const hit = await findByWords(marketer, 'read without scripts cable', page.id);
  await hit.click();
  await marketer.sees('Twelve metres of cable', 'article');
});
