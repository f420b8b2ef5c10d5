// Dialogs, menus that close when one clicks elsewhere, and the first wrong field of a form.
export function dialogs() {
  document.addEventListener('click', event => {
    const opener = event.target.closest('[data-dialog]');
    if (opener) {
      const dialog = document.getElementById(opener.dataset.dialog);
      if (dialog?.showModal) { event.preventDefault(); dialog.showModal(); }
    }
    if (event.target.closest('[data-close]')) event.target.closest('dialog')?.close();
    for (const menu of document.querySelectorAll('details.menu-box[open], details.more-menu[open]'))
      if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener('keydown', event => {
    if (event.code !== 'Escape') return;
    for (const menu of document.querySelectorAll('details.menu-box[open], details.more-menu[open]')) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  });
  // A filter acts when it is ticked; without scripts there is the button.
  document.addEventListener('change', event => {
    if (event.target.matches('[data-submit]')) event.target.form.requestSubmit();
  });
  // Sent twice by a double click is sent once.
  document.addEventListener('submit', event => {
    const form = event.target;
    if (form.method !== 'post' || event.defaultPrevented) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = 'yes';
    setTimeout(() => delete form.dataset.sent, 4000);
  });
  (document.querySelector('[data-focus]') ?? document.querySelector('[aria-invalid=true]'))?.focus();
}
