// The door: what it says to who may not come in, where it leads who may, and that signing out ends it.
import { journey } from '../lib/runner.mjs';
import { CAST } from '../lib/screens.mjs';

const FORM = 'form:has(input[name=password])';

journey('signing in: wrong passwords and unknown people get the same answer, and what was typed stays', async ({ open }) => {
  const stranger = await open();
  const said = [];
  for (const email of [CAST.en.rep, 'nobody@orion.example']) {
    await stranger.go('/signin');
    await stranger.page.fill('input[name=email]', email);
    await stranger.page.fill('input[name=password]', 'wrong horse battery staple');
    const status = await stranger.submit(FORM);
    stranger.is(await stranger.page.inputValue('input[name=email]'), email, 'the address that was typed');
    stranger.is(await stranger.page.inputValue('input[name=password]'), '', 'the password field');
    await stranger.judge('refused sign-in');
    said.push(`${status} ${(await stranger.text(FORM)).replaceAll(email, '')}`);
  }
  stranger.is(said[0], said[1], 'the answer');
  stranger.is(await stranger.page.locator('.err').count() > 0, true, 'an error beside the fields');
});

journey('signing in leads where one was going, but never to another site', async ({ open, site }) => {
  const rep = await open();
  await rep.go('/s/battlecards');
  rep.is(new URL(rep.page.url()).pathname, '/signin', 'who is not signed in is sent to');
  await rep.page.fill('input[name=email]', CAST.en.rep);
  await rep.page.fill('input[name=password]', site.password);
  await rep.submit(FORM);
  rep.is(rep.path(), '/s/battlecards', 'after signing in');

  for (const next of ['//evil.example/', 'https://evil.example/', '/\\evil.example']) {
    const other = await open();
    await other.go(`/signin?next=${encodeURIComponent(next)}`);
    await other.page.fill('input[name=email]', CAST.en.marketer);
    await other.page.fill('input[name=password]', site.password);
    await other.submit(FORM);
    other.is(other.page.url(), `${site.url}/`, `after next=${next}`);
  }
});

journey('signing out ends the session everywhere it was copied to', async ({ open, site }) => {
  const rep = await open({ language: 'en' });
  await rep.signIn(CAST.en.rep, site.password);
  const copy = await rep.page.context().storageState();
  await rep.go('/me');
  await rep.submit('main form[action="/signout"]');
  await rep.go('/me');
  rep.is(new URL(rep.page.url()).pathname, '/signin', 'after signing out');

  const thief = await open({ language: 'en' });
  await thief.page.context().addCookies(copy.cookies);
  await thief.go('/me');
  thief.is(new URL(thief.page.url()).pathname, '/signin', 'a copied cookie leads to');
});
