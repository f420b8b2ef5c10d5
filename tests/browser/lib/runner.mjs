// A very small test runner: named journeys, one after the other, each with browser contexts of its own.
import { mkdir } from 'node:fs/promises';
import { axe, newContext, sideways, watch } from './browser.mjs';
import { Person } from './person.mjs';

const journeys = [];

export function journey(name, run) {
  journeys.push({ name, run });
}

export async function runAll({ browser, site, only, pictures }) {
  let passed = 0;
  const failed = [];
  for (const { name, run } of journeys) {
    if (only && !name.includes(only)) continue;
    const before = Date.now();
    const world = new World(browser, site);
    try {
      await run({ open: (options) => world.open(options), site });
      if (world.complaints.length > 0) throw new Error(world.complaints.join('\n'));
      passed += 1;
      console.log(`ok    ${name} (${Date.now() - before} ms)`);
    } catch (error) {
      failed.push(name);
      console.log(`FAIL  ${name} (${Date.now() - before} ms)\n${indent(error.stack ?? String(error))}`);
      const said = world.complaints.filter((c) => !String(error.message).includes(c));
      if (said.length > 0) console.log(indent(said.join('\n')));
      await world.pictures(pictures, name);
    }
    await world.close();
  }
  return { passed, failed };
}

function indent(text) {
  return text.replace(/^/gm, '      ');
}

// What one journey uses: people, and the complaints of their browsers.
export class World {
  constructor(browser, site) {
    Object.assign(this, { browser, site, complaints: [], contexts: [], people: [] });
  }

  // Somebody with a browser, signed in unless `as` is left out.
  async open({ as, ...options } = {}) {
    const state = as ? await signedIn(this.browser, this.site, as) : undefined;
    const context = await newContext(this.browser, this.site, { ...options, state });
    this.contexts.push(context);
    const page = await context.newPage();
    watch(page, this.complaints);
    const person = new Person(page, this, { ...options, email: as });
    this.people.push(person);
    if (as && options.language && spoken.get(as) !== options.language) {
      await person.go('/');
      await person.speak(options.language);
      spoken.set(as, options.language);
    }
    return person;
  }

  // Judges the screen as it stands: accessibility and width.
  async judge(person, name) {
    const found = [...(await axe(person.page)), ...(await sideways(person.page))];
    this.complaints.push(...found.map((line) => `${name}: ${line}`));
  }

  async pictures(folder, name) {
    if (!folder) return;
    await mkdir(folder, { recursive: true });
    for (const [index, person] of this.people.entries()) {
      const file = `${folder}/${name.replace(/[^\w]+/g, '-')}-${index + 1}.png`;
      await person.page.screenshot({ path: file, fullPage: true }).catch(() => {});
      console.log(`      picture: ${file} at ${person.page.url()}`);
    }
  }

  async close() {
    for (const context of this.contexts) await context.close();
  }
}

// Signing in is slow on purpose and throttled, so each person does it once; the journey of the sign-in does it itself.
const states = new Map();

// The language that each person has now: it is kept with the person, so an earlier journey may have changed it.
const spoken = new Map();

async function signedIn(browser, site, email) {
  if (!states.has(email)) {
    const context = await newContext(browser, site);
    const person = new Person(await context.newPage(), undefined, { email });
    await person.signIn(email, site.password);
    states.set(email, await context.storageState());
    await context.close();
  }
  return states.get(email);
}
