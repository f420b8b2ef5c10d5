// Triage by keyboard: J K move, A L M S R act, Z takes back, ? shows the keys. By place, so a Hebrew layout is fine.
import { bind } from './keys.js';

export function triage() {
  const list = document.querySelector('[data-keys-list]');
  if (!list) return;
  const links = () => [...document.querySelectorAll('[data-keys-list] a')];
  const move = step => {
    const all = links();
    const at = all.findIndex(link => link.hasAttribute('aria-current'));
    const next = all[Math.max(0, Math.min(all.length - 1, at + step))];
    if (!next || next === all[at]) return false;
    location.assign(next.href);
  };
  bind('KeyJ', () => move(1));
  bind('KeyK', () => move(-1));
  for (const element of document.querySelectorAll('[data-key]')) bind(element.dataset.key, () => act(element));
  bind('Shift+Slash', () => document.getElementById('keys')?.showModal());
  document.querySelector('[data-keys-list] a[aria-current]')?.scrollIntoView({ block: 'nearest' });
}

// A button is pressed; a form behind a summary is opened and its first field focused.
function act(element) {
  const details = element.closest('details');
  if (element.tagName === 'SUMMARY' && details) {
    details.open = true;
    details.querySelector('input:not([type=hidden]), textarea, select')?.focus();
  } else element.click();
}
