// What is found while typing: a listbox under the search field, filled by the server with HTML.
const WAIT_MS = 90;

export function panel() {
  for (const field of document.querySelectorAll('input[data-panel]')) attach(field);
}

function attach(field) {
  const box = document.createElement('div');
  const id = `panel-${field.id}`;
  box.id = id;
  box.className = 'pop pal search-panel';
  box.hidden = true;
  field.closest('form').append(box);
  field.setAttribute('role', 'combobox');
  field.setAttribute('aria-autocomplete', 'list');
  field.setAttribute('aria-controls', id);
  field.setAttribute('aria-expanded', 'false');

  let timer, asked = 0, request;
  const options = () => [...box.querySelectorAll('[role=option]')];
  const chosen = () => box.querySelector('[aria-selected=true]');
  const close = () => {
    box.hidden = true;
    field.setAttribute('aria-expanded', 'false');
    field.removeAttribute('aria-activedescendant');
  };
  const choose = option => {
    chosen()?.setAttribute('aria-selected', 'false');
    if (!option) return field.removeAttribute('aria-activedescendant');
    option.setAttribute('aria-selected', 'true');
    option.scrollIntoView({ block: 'nearest' });
    field.setAttribute('aria-activedescendant', option.id);
  };
  const ask = async () => {
    const words = field.value.trim();
    const turn = ++asked;
    request?.abort();
    // Before anything is typed: where one was. One letter says nothing yet.
    if (words && words.length < Number(field.dataset.panelMin ?? 2)) return close();
    request = new AbortController();
    try {
      const url = `${field.dataset.panel}?${new URLSearchParams({ q: words })}`;
      const answer = await fetch(url, { signal: request.signal, headers: { Accept: 'text/html' } });
      if (!answer.ok || turn !== asked) return;
      const made = new DOMParser().parseFromString(await answer.text(), 'text/html');
      box.replaceChildren(...made.body.childNodes);
      if (!box.firstElementChild) return close();
      options().forEach((option, n) => { option.id ||= `${id}-${n}`; option.tabIndex = -1; });
      box.hidden = false;
      field.setAttribute('aria-expanded', 'true');
    } catch (error) {
      if (error.name !== 'AbortError') close();
    }
  };

  field.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(ask, WAIT_MS); });
  field.addEventListener('focus', () => { if (box.hidden && !field.value.trim()) ask(); });
  field.addEventListener('keydown', event => {
    // In a dialog, Escape closes the dialog.
    if (event.code === 'Escape') { if (field.closest('dialog')) return; if (box.hidden) field.blur(); else close(); return; }
    if (box.hidden) return;
    const all = options(), at = all.indexOf(chosen());
    if (event.code === 'ArrowDown') choose(all[Math.min(at + 1, all.length - 1)]);
    else if (event.code === 'ArrowUp') choose(all[at - 1]);
    else if (event.code === 'Enter' && at >= 0) {
      const link = all[at];
      if (event.ctrlKey || event.metaKey) window.open(link.href, '_blank', 'noopener');
      else location.assign(link.href);
    } else return;
    event.preventDefault();
  });
  field.closest('form').addEventListener('focusout', event => {
    if (!event.currentTarget.contains(event.relatedTarget)) close();
  });
}
