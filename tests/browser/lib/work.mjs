// What several journeys do on the way to their point.

// Writes a new page and publishes it. Says with which id and at which address it stands.
export async function publishPage(writer, { space, kind = 'article', language, title, body }) {
  const query = new URLSearchParams({ space, kind, language, title });
  await writer.go(`/new?${query}`);
  await writer.page.fill('form[action="/new"][method=post] [name=title]', title);
  await writer.page.fill('[name=body]', body);
  await writer.page.fill('[name=summary]', title);
  await writer.submit('form[action="/new"][method=post]', 'button[value=save]');
  await publishChange(writer, title);
  const [, id] = writer.path().match(/^\/p\/([0-9a-z]{8})/) ?? [];
  if (!id) throw new Error(`no page after saving, but ${writer.path()}: ${await writer.text()}`);
  return { id, path: writer.path() };
}

// Publishes the pending change that the writer has before them, if the save did not publish at once.
export async function publishChange(writer, reason) {
  if (!writer.path().includes('/-/change/')) return;
  const form = 'form[action$="/-/publish"]';
  await writer.page.fill(`${form} [name=reason]`, reason);
  await writer.submit(form);
}

// Saves an edit that turns `from` into `to` in the text.
export async function edit(writer, id, from, to, { summary, go = true } = {}) {
  if (go) await writer.go(`/p/${id}/-/edit`);
  const body = await writer.page.inputValue('[name=body]');
  if (!body.includes(from)) throw new Error(`the text in the editor does not hold: ${from}\n${body.slice(0, 500)}`);
  await writer.page.fill('[name=body]', body.replace(from, to));
  await writer.page.fill('[name=summary]', summary ?? `${from} → ${to}`);
  return writer.submit('form[action$="/-/edit"]', 'button[value=save]');
}

// The index follows within a second; asks again until the page is found.
export async function findByWords(reader, words, id) {
  for (let tries = 0; ; tries += 1) {
    await reader.go(`/search?q=${encodeURIComponent(words)}`);
    const hit = reader.page.locator(`main a[href^="/p/${id}"]`).first();
    if ((await hit.count()) > 0) return hit;
    if (tries === 20) throw new Error(`${words}: not found: ${await reader.text()}`);
    await reader.page.waitForTimeout(250);
  }
}

// Fills in and sends the report form; says which number the report got.
export async function report(reporter, { what, subject = 'competitor', certainty = 'document' }) {
  const form = 'form[action="/intel"]';
  await reporter.page.fill(`${form} [name=what]`, what);
  for (const [name, value] of Object.entries({ subject, certainty })) {
    await reporter.page.locator(`${form} label:has([name=${name}][value=${value}])`).click();
  }
  await reporter.submit(form);
  await reporter.go('/intel/mine');
  const card = reporter.page.locator('main li', { hasText: what.slice(0, 40) }).last();
  const href = await card.locator('a[href^="/intel/"]').first().getAttribute('href');
  return Number(href.match(/^\/intel\/(\d+)/)[1]);
}
