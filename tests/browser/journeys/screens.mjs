// Every screen, in both languages, on desk and phone, in light and dark: it answers, axe finds nothing, nothing scrolls
// sideways.
import { journey } from '../lib/runner.mjs';
import { CAST, SCREENS } from '../lib/screens.mjs';

for (const language of ['en', 'he']) {
  for (const { name, path, as, status = 200 } of SCREENS) {
    journey(`screen ${name} in ${language}`, async ({ open }) => {
      for (const phone of [false, true]) {
        const somebody = await open({ as: as && CAST[language][as], language, phone });
        somebody.is(await somebody.go(path), status, 'status');
        somebody.is(await somebody.page.getAttribute('html', 'lang'), language, 'language');
        somebody.is(await somebody.page.getAttribute('html', 'dir'), language === 'he' ? 'rtl' : 'ltr', 'direction');
        somebody.is(await somebody.page.locator('h1').count(), 1, 'number of first headings');
        await somebody.judge(name);
        await somebody.page.emulateMedia({ colorScheme: 'dark' });
        await somebody.judge(`${name}, dark`);
      }
    });
  }
}
