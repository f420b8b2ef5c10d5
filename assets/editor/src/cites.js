// The reports that caused the change: marks that can be taken away, and a list to choose from. The field of the form
// stays what it is: numbers with commas.
import { el, icon, say } from './words.js';

const WAIT_MS = 120;

async function find(q, page) {
  const answer = await fetch(`/api/v1/complete?${new URLSearchParams({ of: 'intel', q, ...(page && { page }) })}`).catch(() => null);
  return answer?.ok ? (await answer.json()).results : [];
}

// A list under `anchor` from which a report is chosen; the keys stay in its field.
export function picker(button, page, choose) {
  const anchor = button.closest('.anchor') ?? button.parentElement;
  let box = null;
  const close = focus => {
    box?.remove();
    box = null;
    button.setAttribute('aria-expanded', 'false');
    if (focus) button.focus();
  };
  const open = () => {
    const id = `pick-${Math.random().toString(36).slice(2)}`;
    const field = el('input', { type: 'search', name: 'cites_search', role: 'combobox', 'aria-expanded': 'true', 'aria-controls': id, 'aria-autocomplete': 'list', 'aria-label': say('find-intel'), placeholder: say('find-intel'), autocomplete: 'off' });
    const list = el('ul', { id, role: 'listbox', 'aria-label': say('about-page') });
    const none = el('p', { class: 'm chooser-none', text: say('nothing-found'), hidden: true });
    box = el('div', { class: 'pop pal chooser' }, el('div', { class: 'search' }, icon('search'), field), list, none, el('p', { class: 'foot', text: say('cites-mark') }));
    anchor.append(box);
    button.setAttribute('aria-expanded', 'true');
    let turn = 0, timer;
    const show = async () => {
      const mine = ++turn;
      const found = await find(field.value, page);
      if (mine !== turn || !box) return;
      none.hidden = found.length > 0;
      list.replaceChildren(
        ...found.map((report, n) => {
          const option = el('li', { id: `${id}-${n}`, role: 'option', 'aria-selected': String(n === 0), 'data-number': report.text }, icon('radio-tower'), el('span', { text: report.detail, dir: 'auto' }), el('bdi', { class: 'm', text: `#${report.text}` }));
          return option;
        }),
      );
      field.setAttribute('aria-activedescendant', found.length > 0 ? `${id}-0` : '');
    };
    const options = () => [...list.children];
    const chosen = () => options().findIndex(option => option.getAttribute('aria-selected') === 'true');
    const take = option => {
      if (!option) return;
      close(false);
      choose(option.dataset.number);
    };
    field.addEventListener('input', event => {
      event.stopPropagation();
      clearTimeout(timer);
      timer = setTimeout(show, WAIT_MS);
    });
    field.addEventListener('keydown', event => {
      if (event.code === 'Escape') close(true);
      else if (event.code === 'Enter') take(options()[chosen()]);
      else if (event.code === 'ArrowDown' || event.code === 'ArrowUp') {
        const all = options(), next = all[Math.min(Math.max(chosen() + (event.code === 'ArrowDown' ? 1 : -1), 0), all.length - 1)];
        for (const option of all) option.setAttribute('aria-selected', String(option === next));
        if (next) field.setAttribute('aria-activedescendant', next.id);
        next?.scrollIntoView({ block: 'nearest' });
      } else return;
      event.preventDefault();
    });
    list.addEventListener('mousedown', event => event.preventDefault());
    list.addEventListener('click', event => take(event.target.closest('[role=option]')));
    box.addEventListener('focusout', event => {
      if (box && !box.contains(event.relatedTarget) && event.relatedTarget !== button) close(false);
    });
    field.focus();
    show();
  };
  button.addEventListener('click', () => (box ? close(true) : open()));
}

export function cites(form, page) {
  const place = form.querySelector('[data-cites]');
  const field = form.elements.cites;
  if (!place || !field) return;
  const add = el('button', { type: 'button', class: 'btn quiet sm', 'aria-expanded': 'false' }, icon('plus'), say('add-intel'));
  const marks = el('div', { class: 'tags', role: 'group', 'aria-label': say('edit-cites') });
  const anchor = el('div', { class: 'anchor up' }, add);
  const numbers = () => [...new Set(field.value.split(/[\s,#]+/).filter(Boolean))];
  const set = list => {
    field.value = list.join(', ');
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const show = () =>
    marks.replaceChildren(
      ...numbers().map(number => {
        const remove = el('button', { type: 'button', 'aria-label': `${say('remove')} #${number}` }, icon('x'));
        remove.addEventListener('click', () => set(numbers().filter(other => other !== number)));
        return el('span', { class: 'tag' }, icon('radio-tower'), el('bdi', { text: `#${number}` }), remove);
      }),
      anchor,
    );
  picker(add, page, number => {
    set([...numbers(), number]);
    add.focus();
  });
  field.addEventListener('input', show);
  // What was refused is mended where it was typed.
  if (field.getAttribute('aria-invalid') !== 'true' && !place.querySelector('.err')) {
    field.classList.add('vh');
    field.tabIndex = -1;
    field.setAttribute('aria-hidden', 'true');
    place.classList.add('on');
  }
  place.querySelector('.hint')?.before(marks);
  show();
}
