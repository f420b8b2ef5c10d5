// The command menu: Ctrl-K (or Cmd-K) opens it anywhere, also while one types; `?` goes to the list of the keys.
import { bind } from './keys.js';

export function command() {
  const dialog = document.getElementById('command');
  if (!dialog?.showModal) return;
  const field = dialog.querySelector('input');
  document.addEventListener('keydown', event => {
    if (event.code !== 'KeyK' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    // In the editor the same keys make a link of what is selected.
    if (event.defaultPrevented) return;
    event.preventDefault();
    if (dialog.open) return dialog.close();
    dialog.showModal();
    field.value = '';
    field.focus();
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
  dialog.addEventListener('click', event => { if (event.target === dialog) dialog.close(); });
  // Triage shows its own keys beside the queue.
  if (!document.getElementById('keys')) bind('Shift+Slash', () => location.assign('/keys'));
}
