// Somebody in front of a browser. Journeys find things by address and by the names of form fields, which are the same in
// both languages; words are looked at where the words are the point.
export class Person {
  constructor(page, world, { email, language, phone = false } = {}) {
    Object.assign(this, { page, world, email, language, phone });
  }

  // Opens an address and says with which status it answered.
  async go(path) {
    const response = await this.page.goto(path);
    return response?.status();
  }

  path() {
    const url = new URL(this.page.url());
    return url.pathname + url.search;
  }

  async signIn(email, password) {
    await this.go('/signin');
    await this.page.fill('input[name=email]', email);
    await this.page.fill('input[name=password]', password);
    await this.submit('form:has(input[name=password])');
    if (this.path().startsWith('/signin')) throw new Error(`${email} could not sign in: ${await this.text('main')}`);
  }

  // Sends the form that matches and waits for what comes back. `button` names one of several.
  async submit(form, button = 'button[type=submit], button:not([type])') {
    const target = this.page.locator(form).first().locator(button).first();
    return this.navigates(() => target.click());
  }

  // Does something that leads to another page, waits for that, and says the status of the first answer on the way.
  async navigates(act) {
    const [last] = await Promise.all([this.page.waitForNavigation({ waitUntil: 'load' }), act()]);
    let request = last.request();
    while (request.redirectedFrom()) request = request.redirectedFrom();
    return (await request.response()).status();
  }

  // Looks at an address again and again until something stands there.
  async until(path, selector) {
    for (let tries = 0; tries < 40; tries += 1) {
      await this.go(path);
      if ((await this.page.locator(selector).count()) > 0) return;
      await this.page.waitForTimeout(250);
    }
    throw new Error(`${path}: ${selector} did not come`);
  }

  // Sets the language of the interface by the switch that every screen has.
  async speak(language) {
    if ((await this.page.getAttribute('html', 'lang')) === language) return;
    const path = this.path();
    // On the phone the switch may stand in a menu that is closed: the form is there all the same.
    const form = this.page.locator(`form[action="/language"]:has([name=language][value=${language}])`).first();
    await this.navigates(() => form.evaluate((element) => element.requestSubmit(element.querySelector('button'))));
    await this.go(path);
    this.is(await this.page.getAttribute('html', 'lang'), language, 'the language of the interface');
  }

  text(selector = 'main') {
    return this.page.locator(selector).first().innerText();
  }

  async sees(words, selector = 'main') {
    const text = await this.text(selector);
    if (!flat(text).includes(flat(words))) throw new Error(`${this.path()}: not to be seen: ${words}\n--- but:\n${text.slice(0, 2000)}`);
  }

  async seesNot(words, selector = 'main') {
    const text = await this.text(selector);
    if (flat(text).includes(flat(words))) throw new Error(`${this.path()}: should not be seen: ${words}`);
  }

  is(found, wanted, what) {
    if (found !== wanted) throw new Error(`${this.path()}: ${what}: ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`);
  }

  // Axe and width, with the name of the screen in the complaint.
  async judge(name) {
    await this.world.judge(this, `${name} [${this.language ?? '?'}${this.phone ? ', phone' : ''}]`);
  }

  async focused() {
    return this.page.evaluate(() => {
      const el = document.activeElement;
      return el ? `${el.tagName.toLowerCase()}${el.id ? `#${el.id}` : ''}${el.getAttribute('name') ? `[${el.getAttribute('name')}]` : ''}` : '';
    });
  }
}

// Marks that isolate directions, no-break spaces and line ends are no part of what one reads.
export function flat(text) {
  return text.replace(/[\u2066-\u2069\u200e\u200f\u202a-\u202e]/g, '').replace(/[\s\u00a0\u202f]+/g, ' ');
}
