// One-key shortcuts, by the place of the key (event.code), so that they work under a Hebrew layout too.
// A person can switch them off; "/" and Escape stay, since they type nothing.
const actions = new Map();

// Whether one-key shortcuts are on for this person.
export const on = () => document.body.dataset.keys === 'on';

// Binds a key on this page.
export function bind(code, act) {
  actions.set(code, act);
}

const typing = target => target.closest('input, textarea, select, [contenteditable], dialog[open]');

function openSearch(event) {
  const field = document.querySelector('main input[type=search]') ?? document.querySelector('input[type=search]');
  if (!field || field.offsetParent === null) return;
  event.preventDefault();
  field.focus();
  field.select();
}

export function shortcuts() {
  document.addEventListener('keydown', event => {
    if (event.metaKey || event.ctrlKey || event.altKey || event.isComposing || typing(event.target)) return;
    if (event.code === 'Slash' && !event.shiftKey) return openSearch(event);
    if (!on()) return;
    const act = actions.get(event.shiftKey ? `Shift+${event.code}` : event.code);
    if (act && act(event) !== false) event.preventDefault();
  });
}
