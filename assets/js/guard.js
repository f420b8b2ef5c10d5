// Text that is not saved is not lost by a slip: the browser asks before it leaves, and the text is kept in this tab.
const KEY = 'dugri-text:';

export function guard() {
  for (const form of document.querySelectorAll('form[data-guard]')) watch(form);
}

function watch(form) {
  const key = KEY + location.pathname + (form.dataset.guard || '');
  const first = read(form);
  let sent = false;
  const changed = () => read(form) !== first;

  // Only in an untouched form: one that the server sent back with errors holds what was typed.
  const kept = sessionStorage.getItem(key);
  if (kept && kept !== first && !form.querySelector('[aria-invalid=true]')) offer(form, key, kept);

  form.addEventListener('input', () => {
    if (changed()) sessionStorage.setItem(key, read(form)); else sessionStorage.removeItem(key);
  });
  form.addEventListener('submit', () => { sent = true; });
  addEventListener('pageshow', () => { sent = false; });
  addEventListener('beforeunload', event => { if (!sent && changed()) event.preventDefault(); });
}

function read(form) {
  const fields = [...new FormData(form)].filter(([, value]) => typeof value === 'string');
  return JSON.stringify(fields.filter(([name]) => name !== 'client_id'));
}

// Shown as a button: nothing is put into a form behind the writer's back.
function offer(form, key, kept) {
  const words = form.querySelector('template[data-restore]');
  if (!words) return;
  const bar = words.content.cloneNode(true).firstElementChild;
  bar.addEventListener('click', event => {
    const button = event.target.closest('button');
    if (!button) return;
    if (button.value === 'restore') {
      for (const [name, value] of JSON.parse(kept)) {
        const field = form.elements[name];
        if (!field || field.type === 'hidden') continue;
        if (field.type === 'checkbox') field.checked = true; else field.value = value;
      }
      form.dispatchEvent(new Event('input'));
    } else sessionStorage.removeItem(key);
    bar.remove();
  });
  form.prepend(bar);
}
