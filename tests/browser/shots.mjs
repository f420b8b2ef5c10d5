// Pictures of the screens: desk and phone, English and Hebrew, light and dark.
//
//   node tests/browser/shots.mjs --out DIR [--binary target/debug/dugri] [--only home,triage] [--lang en] [--url URL --password P]
//
// With --url it uses a Dugri that runs already. Files are named SCREEN-LANGUAGE-desk|phone-light|dark.png.
import { mkdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { launch } from './lib/browser.mjs';
import { World } from './lib/runner.mjs';
import { CAST, SCREENS } from './lib/screens.mjs';
import { startDemo } from './lib/server.mjs';

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    binary: { type: 'string', default: fileURLToPath(new URL('../../target/debug/dugri', import.meta.url)) },
    only: { type: 'string' },
    lang: { type: 'string', default: 'en,he' },
    look: { type: 'string', default: 'desk-light,desk-dark,phone-light,phone-dark' },
    url: { type: 'string' },
    password: { type: 'string' },
    full: { type: 'boolean', default: false },
  },
});
if (!values.out) {
  console.error('shots.mjs: --out DIR says where the pictures go');
  process.exit(2);
}

await mkdir(values.out, { recursive: true });
const site = values.url ? { url: values.url, password: values.password, stop: async () => 0 } : await startDemo(values.binary);
const browser = await launch();
const wanted = SCREENS.filter(({ name }) => !values.only || values.only.split(',').includes(name));
for (const language of values.lang.split(',')) {
  for (const { name, path, as } of wanted) {
    for (const look of values.look.split(',')) {
      const world = new World(browser, site);
      const somebody = await world.open({
        as: as && CAST[language][as],
        language,
        phone: look.startsWith('phone'),
        dark: look.endsWith('dark'),
      });
      const status = await somebody.go(path);
      const file = `${values.out}/${name}-${language}-${look}.png`;
      await somebody.page.screenshot({ path: file, fullPage: values.full });
      console.log(`${file} (${status})`);
      world.complaints.forEach((line) => console.log(`      ${line}`));
      await world.close();
    }
  }
}
await browser.close();
await site.stop();
