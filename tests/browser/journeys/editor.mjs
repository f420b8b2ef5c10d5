// Writing in the real editor: nothing is lost when a tab dies, two tabs and two people know of each other, and what is
// pasted, dropped or typed becomes exactly the Markdown that it should.
import { readFile } from 'node:fs/promises';
import { journey } from '../lib/runner.mjs';
import { CAST } from '../lib/screens.mjs';
import { publishPage } from '../lib/work.mjs';
import { cursor, onServer, paste, press, saved, text } from '../lib/editor.mjs';

const { marketer } = CAST.en;

const page = (who, title, body, language = 'en') => publishPage(who, { space: 'product-sheets', language, title, body });

journey('editor: a tab that dies in mid-typing loses nothing, and the draft is offered with what differs', async ({ open }) => {
  const noa = await open({ as: marketer, language: 'en' });
  const { id } = await page(noa, 'A sheet that crashes', 'First line.\n\nSecond line.\n');
  await noa.go(`/p/${id}/-/edit`);
  await cursor(noa, 'Second line.');
  await press(noa, 'This was typed before the crash.');
  await saved(noa);
  await noa.sees('Saved', '[data-save]');
  await noa.page.keyboard.type(' And this had no time to be saved.');
  await noa.page.waitForTimeout(400);
  // The tab goes without a word: no event of leaving reaches the page.
  const context = noa.page.context();
  await noa.page.evaluate(() => { window.fetch = () => new Promise(() => {}); });
  await noa.page.close({ runBeforeUnload: false });
  noa.page = await context.newPage();
  await noa.go(`/p/${id}`);
  noa.is(await noa.page.locator('article').innerText().then((words) => words.includes('crash')), false, 'readers see nothing of a draft');
  await noa.go(`/p/${id}/-/edit`);
  await noa.page.waitForSelector('[data-offer] details');
  await noa.page.waitForFunction(() => document.querySelector('[data-offer]')?.textContent.includes('no time to be saved'));
  await noa.page.click('[data-offer] summary');
  await noa.sees('This was typed before the crash.', '[data-offer]');
  await noa.judge('edit with an offered draft');
  await noa.navigates(() => noa.page.click('[data-offer] a.btn'));
  noa.is(await text(noa), 'First line.\n\nSecond line.This was typed before the crash. And this had no time to be saved.\n', 'the restored text');
  await noa.page.fill('[name=summary]', 'Kept through a crash');
  await noa.submit('form[data-editor]', 'button[value=save]');
  await noa.go(`/p/${id}/-/edit`);
  await noa.page.waitForTimeout(500);
  noa.is(await noa.page.locator('[data-offer]').count(), 0, 'drafts offered after saving');
});

journey('editor: a draft that was given up can be put back', async ({ open }) => {
  const noa = await open({ as: marketer, language: 'en' });
  const { id } = await page(noa, 'A sheet to give up', 'Text.\n');
  await noa.go(`/p/${id}/-/edit`);
  await cursor(noa, 'Text.');
  await press(noa, ' Words that I give up.');
  await saved(noa);
  await noa.navigates(() => noa.page.click('[data-discard]'));
  noa.is(noa.path(), '/drafts', 'after discarding');
  await noa.sees('Discarded');
  await noa.judge('drafts');
  await noa.navigates(() => noa.page.locator('form[action$="/restore"] button').first().click());
  await noa.go(`/p/${id}/-/edit`);
  await noa.sees('Words that I give up.', '[data-offer]').catch(async () => {
    await noa.page.click('[data-offer] summary');
    await noa.sees('Words that I give up.', '[data-offer]');
  });
});

journey('editor: failures are red, stay, and say where the text is', async ({ open }) => {
  const noa = await open({ as: marketer, language: 'en' });
  const { id } = await page(noa, 'A sheet without a network', 'Text.\n');
  await noa.go(`/p/${id}/-/edit`);
  await cursor(noa, 'Text.');
  await noa.page.context().setOffline(true);
  await press(noa, ' Typed in a tunnel.');
  await noa.page.waitForSelector('[data-save][data-state=bad]');
  await noa.sees('kept in this browser', '[data-save]');
  await noa.page.waitForTimeout(1_000);
  noa.is(await noa.page.getAttribute('[data-save]', 'data-state'), 'bad', 'the failure stays');
  await noa.judge('edit with a failed save');
  // Who leaves now is asked first.
  const asked = noa.page.waitForEvent('dialog');
  await noa.page.close({ runBeforeUnload: true });
  const dialog = await asked;
  noa.is(dialog.type(), 'beforeunload', 'the question before leaving');
  await dialog.dismiss();
  await noa.page.context().setOffline(false);
  await noa.page.waitForSelector('[data-save][data-state=saved]');
  noa.is((await onServer(noa, id)).body.trim(), 'Text. Typed in a tunnel.', 'the draft on the server');
});

journey('editor: two tabs know of each other at once, and neither writes over the other', async ({ open }) => {
  const noa = await open({ as: marketer, language: 'en' });
  const { id } = await page(noa, 'A sheet in two tabs', 'Text.\n');
  await noa.go(`/p/${id}/-/edit`);
  await cursor(noa, 'Text.');
  await press(noa, ' One.');
  await saved(noa);
  const key = await noa.page.inputValue('[name=client_id]');
  const second = await noa.page.context().newPage();
  await second.goto(`/p/${id}/-/edit?draft=${key}`);
  await second.waitForSelector('.cm-content');
  await noa.page.waitForSelector('[data-presence]:not([hidden])');
  await noa.sees('elsewhere', '[data-presence]');
  await second.waitForSelector('[data-presence]:not([hidden])');
  const other = { ...noa, page: second };
  await cursor(other, 'One.');
  await second.keyboard.type(' Two.');
  await second.waitForSelector('[data-save][data-state=saved]');
  await noa.page.bringToFront();
  await cursor(noa, 'One.');
  await noa.page.keyboard.type(' Three.');
  await noa.page.waitForSelector('[data-save][data-state=bad]');
  await noa.sees('another tab', '[data-save]');
  noa.is((await onServer(noa, id)).body.trim(), 'Text. One. Two.', 'the draft is the second tab’s');
  await noa.page.click('[data-save] button');
  await noa.page.waitForSelector('[data-save][data-state=saved]');
  noa.is((await onServer(noa, id)).body.trim(), 'Text. One. Three.', 'the draft is the first tab’s again');
  await second.close();
});

journey('editor: two people see each other, and what one publishes is told to the other', async ({ open }) => {
  const noa = await open({ as: marketer, language: 'en' });
  const shira = await open({ as: CAST.he.marketer, language: 'he' });
  const { id, path } = await page(noa, 'A sheet for two', 'One.\n\nTwo.\n\nThree.\n');
  await noa.go(`/p/${id}/-/edit`);
  await noa.page.waitForSelector('.cm-content');
  await noa.page.waitForTimeout(500);
  await shira.go(path);
  await shira.page.waitForSelector('[data-editing]:not([hidden])');
  await shira.sees('בעריכת הדף', '[data-editing]');
  await shira.go(`/p/${id}/-/edit`);
  await shira.page.waitForSelector('[data-presence]:not([hidden])');
  await cursor(noa, 'Three.');
  await press(noa, ' Noa was here.');
  await noa.page.fill('[name=summary]', 'Noa adds to the third');
  await noa.submit('form[data-editor]', 'button[value=save]');
  if (noa.path().includes('/-/change/')) {
    await noa.page.fill('form[action$="/-/publish"] [name=reason]', 'Noa adds to the third');
    await noa.submit('form[action$="/-/publish"]');
  }
  await cursor(shira, 'One.');
  await press(shira, ' גם שירה כתבה.');
  await shira.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await shira.page.waitForSelector('[data-newer]');
  await shira.judge('edit with a newer text');
  await shira.page.fill('[name=summary]', 'שירה מוסיפה לראשון');
  await shira.submit('form[data-editor]', 'button[value=save]');
  const change = shira.path().match(/change\/(\d+)/)?.[1];
  await shira.go(`/p/${id}/-/edit${change ? `?change=${change}` : ''}`);
  noa.is(await text(shira), 'One. גם שירה כתבה.\n\nTwo.\n\nThree. Noa was here.\n', 'both texts, merged');
});

journey('editor: lists, tables, links and headings by keys, under a Hebrew layout, too', async ({ open }) => {
  const noa = await open({ as: marketer, language: 'en' });
  await noa.go('/new?space=product-sheets&kind=article&language=en');
  const { keyboard } = noa.page;
  const fresh = async (words) => {
    await noa.page.locator('.cm-content').click();
    await noa.page.evaluate((words) => {
      const { view } = document.querySelector('form[data-editor]').editor;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: words }, selection: { anchor: words.length } });
    }, words);
  };
  await fresh('');
  await keyboard.type('- one');
  await keyboard.press('Enter');
  await keyboard.type('two');
  await keyboard.press('Enter');
  await keyboard.press('Enter');
  await keyboard.type('after');
  noa.is(await text(noa), '- one\n- two\nafter', 'a list');
  await fresh('1. one');
  await keyboard.press('Enter');
  await keyboard.type('two');
  noa.is(await text(noa), '1. one\n2. two', 'a numbered list');
  await fresh('- [x] done');
  await keyboard.press('Enter');
  await keyboard.type('next');
  noa.is(await text(noa), '- [x] done\n- [ ] next', 'a task list');

  await fresh('| a | b |\n| --- | --- |\n| 1 | 2 |\n');
  await noa.page.evaluate(() => document.querySelector('form[data-editor]').editor.view.dispatch({ selection: { anchor: 2 } }));
  await noa.page.waitForSelector('[data-table-tools]:not([hidden])');
  await keyboard.press('Tab');
  await keyboard.type('B');
  await keyboard.press('Tab');
  await keyboard.type('one');
  noa.is(await text(noa), '| a | B |\n| --- | --- |\n| one | 2 |\n', 'cells by Tab');
  await keyboard.press('Tab');
  await keyboard.press('Tab');
  await keyboard.type('new');
  noa.is(await text(noa), '| a | B |\n| --- | --- |\n| one | 2 |\n| new |  |\n', 'a row by Tab');
  await keyboard.press('Shift+Tab');
  await noa.page.click('[data-tool=table-align]');
  noa.is(await text(noa), '| a | B |\n| --- | :--- |\n| one | 2 |\n| new |  |\n', 'a column aligned');
  await noa.page.click('[data-tool=table-column]');
  noa.is(await text(noa), '| a | B |  |\n| --- | :--- | --- |\n| one | 2 |  |\n| new |  |  |\n', 'a column added');
  await noa.page.click('[data-tool=table-format]');
  noa.is(await text(noa), '| a   | B   |     |\n| --- | :-- | --- |\n| one | 2   |     |\n| new |     |     |\n', 'a table tidied');

  await fresh('word');
  await keyboard.press('Control+a');
  // A key of a Hebrew layout: what it types is not what it is.
  await noa.page.locator('.cm-content').dispatchEvent('keydown', { key: 'נ', code: 'KeyB', ctrlKey: true, bubbles: true });
  noa.is(await text(noa), '**word**', 'bold by place');
  await noa.page.click('[data-tool=bold]');
  noa.is(await text(noa), 'word', 'bold taken away');
  await noa.page.click('[data-tool=heading]');
  noa.is(await text(noa), '## word', 'a heading');
  await keyboard.press('Control+End');
  await keyboard.type(' [[XR-200 vs. Vec');
  await noa.page.waitForSelector('.cm-tooltip-autocomplete li');
  await noa.sees('XR-200 vs. Vectra V8', '.cm-tooltip-autocomplete');
  await noa.page.waitForTimeout(150);
  await keyboard.press('Enter');
  noa.is(await text(noa), '## word [[XR-200 vs. Vectra V8]]', 'a link completed');
  await keyboard.type(' @No');
  await noa.page.waitForSelector('.cm-tooltip-autocomplete li');
  await noa.sees('Noa Barak', '.cm-tooltip-autocomplete');
  await keyboard.press('Escape');
  await keyboard.type('a [[XR-200 vs. Vectra V8#When');
  await noa.page.waitForSelector('.cm-tooltip-autocomplete li');
  await noa.sees('When Vectra is in the room', '.cm-tooltip-autocomplete');
  await keyboard.press('Escape');
  await keyboard.type(']] [[intel:23');
  await noa.page.waitForSelector('.cm-tooltip-autocomplete li');
  await noa.sees('#236', '.cm-tooltip-autocomplete');
  await noa.judge('the editor with a list of names');
  await keyboard.press('Escape');
  await noa.page.click('[data-tool=find]');
  await noa.page.waitForSelector('.cm-search');
  await noa.judge('the editor with its search');
});

journey('editor: what is pasted becomes Markdown, and too much of it is answered', async ({ open }) => {
  const noa = await open({ as: marketer, language: 'en' });
  await noa.go('/new?space=product-sheets&kind=article&language=en');
  const clear = () => noa.page.evaluate(() => {
    const { view } = document.querySelector('form[data-editor]').editor;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length } });
    view.focus();
  });
  await noa.page.waitForSelector('.cm-content');
  await clear();
  await paste(noa, { 'text/html': '<meta charset="utf-8"><style>p{color:red}</style><h2 style="color:red" onclick="alert(1)">Title</h2><p>Some <b style="font-weight:700">bold</b> and <a href="https://example.com/">a link</a>, <a href="javascript:alert(1)">none</a>.</p><ul><li>one</li><li>two</li></ul><table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table><script>alert(1)</script>', 'text/plain': 'x' });
  noa.is(await text(noa), '## Title\n\nSome **bold** and [a link](https://example.com/), none.\n\n-   one\n-   two\n\n| a | b |\n| --- | --- |\n| 1 | 2 |', 'pasted HTML');
  await clear();
  await paste(noa, { 'text/html': '<span style="color:red">just words</span>', 'text/plain': 'just words' });
  noa.is(await text(noa), 'just words', 'HTML that says no more than its text');
  await noa.page.keyboard.press('Control+a');
  await paste(noa, { 'text/plain': 'https://example.com/a?b=c' });
  noa.is(await text(noa), '[just words](https://example.com/a?b=c)', 'an address on a selection');

  await clear();
  const begun = Date.now();
  const took = await noa.page.evaluate(() => {
    const html = `<table>${'<tr><td><p style="margin:0"><b>cell</b> of a sheet</p></td><td>2</td></tr>'.repeat(70_000)}</table>`;
    const data = new DataTransfer();
    data.setData('text/html', html);
    data.setData('text/plain', 'cell of a sheet\t2\n'.repeat(20_000));
    const before = performance.now();
    document.querySelector('.cm-content').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    return { size: html.length, ms: performance.now() - before };
  });
  if (took.size < 5_000_000) throw new Error(`${took.size} is no 5 MB`);
  if (took.ms > 3_000 || Date.now() - begun > 10_000) throw new Error(`pasting 5 MB froze the window for ${took.ms} ms`);
  await noa.sees('pasted as plain text', '[data-uploads]');
  await clear();
  await noa.page.evaluate(() => {
    const data = new DataTransfer();
    data.setData('text/plain', 'x'.repeat(1_200_000));
    document.querySelector('.cm-content').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  noa.is(await text(noa), '', 'what is too large is not pasted');
  await noa.sees('1 MB', '[data-uploads] [role=alert]');
  await noa.judge('the editor after large pastes');
  await clear();
  await noa.page.waitForFunction(() => !document.querySelector('form[data-editor]').editor.draft.isDirty());
});

journey('editor: pictures go up when pasted or dropped, and what is none is refused', async ({ open }) => {
  const noa = await open({ as: marketer, language: 'en' });
  const { id } = await page(noa, 'A sheet with a picture', 'Before. After.\n');
  await noa.go(`/p/${id}/-/edit`);
  await cursor(noa, 'Before.');
  await paste(noa, {}, [{ name: 'tank.png', type: 'image/png', bytes: PNG }]);
  await noa.page.waitForFunction(() => document.querySelector('form[data-editor]').editor.view.state.doc.toString().includes('/f/'));
  const made = await text(noa);
  if (!/^Before\.!\[tank\.png\]\(\/f\/[0-9a-z]{8}\) After\.\n$/.test(made)) throw new Error(`not the link of a picture: ${made}`);
  await noa.page.waitForFunction(() => document.querySelector('#preview img')?.naturalWidth > 0);
  await paste(noa, {}, [{ name: 'broken.png', type: 'image/png', bytes: [1, 2, 3, 0, 4] }]);
  await noa.page.waitForSelector('[data-uploads] [role=alert]');
  await noa.sees('called a picture and is none', '[data-uploads]');
  noa.is(await text(noa), made, 'the text after a refused picture');
  await noa.judge('the editor after a refused picture');

  // Slow, and stopped on the way.
  await noa.page.route('**/files?**', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await route.continue().catch(() => {});
  });
  await paste(noa, {}, [{ name: 'slow.png', type: 'image/png', bytes: PNG }]);
  await noa.page.click('[data-upload-line] button');
  noa.is(await noa.page.locator('[data-upload-line]').count(), 0, 'lines of uploads after a cancel');
  await noa.page.unroute('**/files?**');
  noa.is(await text(noa), made, 'the text after a cancelled upload');
  await saved(noa);
});

journey('editor: lines turn by the rule of the renderer', async ({ open }) => {
  const noa = await open({ as: CAST.he.marketer, language: 'he' });
  const cases = JSON.parse(await readFile(new URL('../../fixtures/direction.json', import.meta.url), 'utf8'));
  await noa.go('/new?space=product-sheets&kind=article&language=he');
  await noa.page.waitForSelector('.cm-content');
  const wrong = await noa.page.evaluate((cases) => {
    const { dominant } = document.querySelector('form[data-editor]').editor;
    return cases.filter(([text, answer]) => dominant(text) !== answer).map(([text, answer]) => `${text}: ${answer}`);
  }, cases);
  noa.is(wrong.length, 0, `lines that the editor turns otherwise: ${wrong.join('\n')}`);
  await noa.page.evaluate(() => {
    const { view } = document.querySelector('form[data-editor]').editor;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: 'XR-200 מול Vectra V8\n\nPlain English.\n₪15,800\n```\nקוד\n```\n' } });
  });
  const turned = await noa.page.evaluate(() => {
    const { view } = document.querySelector('form[data-editor]').editor;
    return [...Array(view.state.doc.lines - 1).keys()].map((n) => (view.textDirectionAt(view.state.doc.line(n + 1).from) === 1 ? 'rtl' : 'ltr'));
  });
  noa.is(turned.join(' '), 'rtl rtl ltr ltr ltr ltr ltr', 'the lines');
  await noa.judge('a new page in Hebrew');
});

journey('editor: text outside an edit stays byte for byte', async ({ open }) => {
  const noa = await open({ as: marketer, language: 'en' });
  const original = 'Title line\r\n===\r\n\r\n* star  \r\n- dash\t\r\n1) paren\n\n_a_ and __b__ `code `\n\n| a|b |\n|-|:-:|\n|  1 | ₪2 |\r\n\r\nשורה בעברית עם XR-200 ורווח בסוף \n\t\ttabs\tinside\r\n\n<!-- note -->\n[ref]: https://example.com  "t"\r\n~~~\ncode  \n~~~\nlast line without end';
  const made = await noa.page.request.post('/api/v1/pages', { data: { space: 'product-sheets', kind: 'article', language: 'en', title: 'Bytes', summary: 'Bytes', body: original } });
  if (made.status() !== 201) throw new Error(`${made.status()} ${await made.text()}`);
  const saved = await made.json();
  const seed = Number(process.env.SEED ?? Date.now() % 100_000);
  console.log(`      seed ${seed}`);
  const random = numbers(seed);
  let body = original, { id } = saved;
  for (let round = 0; round < 8; round += 1) {
    const before = await (await noa.page.request.get(`/api/v1/pages/${id}`)).json();
    noa.is(before.body, body, `the text before round ${round}`);
    await noa.go(`/p/${id}/-/edit`);
    await noa.page.waitForSelector('.cm-content');
    const lines = body.split(/(?<=\r\n|\n)/);
    const edited = new Set();
    for (let step = 0; step < 3; step += 1) {
      const at = random(lines.length);
      if (edited.has(at)) continue;
      edited.add(at);
      const [, content, end] = lines[at].match(/^([^]*?)(\r\n|\n|)$/);
      const column = random(content.length + 1);
      const words = ['x', ' מילה', 'Word ', '42'][random(4)];
      const line = at + 1;
      await noa.page.evaluate(({ line, column }) => {
        const { view } = document.querySelector('form[data-editor]').editor;
        view.dispatch({ selection: { anchor: view.state.doc.line(line).from + column } });
        view.focus();
      }, { line, column });
      await noa.page.keyboard.type(words);
      if (random(3) === 0 && words.length > 1) {
        await noa.page.keyboard.press('Backspace');
        lines[at] = content.slice(0, column) + words.slice(0, -1) + content.slice(column) + end;
      } else lines[at] = content.slice(0, column) + words + content.slice(column) + end;
    }
    body = lines.join('');
    noa.is(await text(noa), body.replaceAll('\r\n', '\n'), `what the editor holds in round ${round}`);
    await noa.page.fill('[name=summary]', `Round ${round}`);
    await noa.submit('form[data-editor]', 'button[value=save]');
    const after = await (await noa.page.request.get(`/api/v1/pages/${id}`)).json();
    noa.is(after.body, body, `the text after round ${round}, seed ${seed}`);
  }
});

function numbers(seed) {
  let state = BigInt(seed) + 1n;
  return (below) => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & ((1n << 64n) - 1n);
    return Number((state >> 33n) % BigInt(below));
  };
}

// A picture of one point.
const PNG = [...Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')];
