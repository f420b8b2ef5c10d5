// Guessing passwords is slowed down. It comes last: it uses up what this address may try.
import { journey } from '../lib/runner.mjs';

const FORM = 'form:has(input[name=password])';

journey('signing in too often is slowed down, and it says for how long', async ({ open }) => {
  const stranger = await open();
  let status = 0;
  for (let tries = 0; tries < 30 && status !== 429; tries += 1) {
    await stranger.go('/signin');
    await stranger.page.fill('input[name=email]', 'somebody.else@orion.example');
    await stranger.page.fill('input[name=password]', `guess number ${tries}`);
    status = await stranger.submit(FORM);
  }
  stranger.is(status, 429, 'status after many guesses');
  await stranger.judge('too many sign-ins');
});
