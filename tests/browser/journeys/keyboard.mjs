// Without a mouse: search from anywhere, every control reached with a visible focus, keys that can be switched off.
import { journey } from '../lib/runner.mjs';
import { CAST, CARD } from '../lib/screens.mjs';

for (const language of ['en', 'he']) {
  journey(`by keyboard, in ${language}`, async ({ open }) => {
    const rep = await open({ as: CAST[language].rep, language });

    // The first Tab leads past the menus, and Enter goes there.
    await rep.go(`/p/${CARD}`);
    await rep.page.keyboard.press('Tab');
    rep.is(await rep.page.evaluate(() => document.activeElement.getAttribute('href')), '#main', 'the first stop');
    await rep.page.keyboard.press('Enter');
    rep.is(await rep.focused(), 'main#main', 'after skipping');

    // "/" is where it is on the keyboard, whatever the layout types there.
    await rep.page.keyboard.press('Slash');
    rep.is((await rep.focused()).endsWith('[q]'), true, `"/" leads into the search field, not to ${await rep.focused()}`);
    await rep.page.keyboard.type('vectra');
    // Favourites stand there until the answers come.
    await rep.page.locator('ul[aria-labelledby=panel-pages] [role=option]').first().waitFor();
    await rep.judge('search panel');
    await rep.page.keyboard.press('ArrowDown');
    const chosen = await rep.page.locator('[role=option][aria-selected=true]').getAttribute('href');
    await rep.navigates(() => rep.page.keyboard.press('Enter'));
    rep.is(rep.path(), chosen, 'where Enter leads');

    // Enter without a choice shows all results.
    await rep.page.keyboard.press('Slash');
    await rep.page.keyboard.type('XR-200');
    await rep.navigates(() => rep.page.keyboard.press('Enter'));
    rep.is(rep.path().startsWith('/search?'), true, 'Enter without a choice leads to all results');
  });

  journey(`every stop of Tab is visible, in ${language}`, async ({ open }) => {
    const marketer = await open({ as: CAST[language].marketer, language });
    for (const path of ['/', `/p/${CARD}`, `/p/${CARD}/-/edit`, '/intel/new', '/intel/triage', '/search?q=vectra']) {
      await marketer.go(path);
      const stops = await stopsOf(marketer.page);
      marketer.is(stops.length > 5, true, `${path}: number of stops`);
      const bad = stops.filter((stop) => !stop.visible || !stop.outlined);
      if (bad.length > 0) throw new Error(`${path}: focus is not visible on ${JSON.stringify(bad.slice(0, 5))}`);
    }
  });
}

// Walks with Tab until it comes round, and says of every stop whether one sees that it has the focus.
async function stopsOf(page) {
  const stops = [];
  for (let step = 0; step < 150; step += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const el = document.activeElement;
      if (!el || el === document.body) return null;
      if (el.dataset.walked) return 'round';
      el.dataset.walked = 'yes';
      const box = el.getBoundingClientRect();
      // A check box inside a chip shows its focus on the chip.
      const shown = [el, el.closest('label'), el.closest('.search'), el.parentElement].filter(Boolean);
      const outlined = shown.some((at) => {
        const style = getComputedStyle(at);
        return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
      });
      return { what: el.outerHTML.slice(0, 120), visible: box.width > 0 && box.height > 0, outlined };
    });
    if (stop === 'round') return stops;
    if (stop) stops.push(stop);
  }
  return stops;
}
