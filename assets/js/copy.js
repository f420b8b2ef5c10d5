// Copy buttons: the text stands in data-copy; an address is made whole. Says so to everybody, seeing or not.
export function copy() {
  document.addEventListener('click', async event => {
    const button = event.target.closest('[data-copy]');
    if (!button) return;
    const text = button.dataset.copy.startsWith('/') ? new URL(button.dataset.copy, location.href).href : button.dataset.copy;
    try {
      await navigator.clipboard.writeText(text);
      say(document.body.dataset.copied);
    } catch {
      // Without the permission, or on plain http: select it, so that one key copies it.
      const shown = button.parentElement.querySelector('code, p');
      if (shown) getSelection().selectAllChildren(shown);
    }
  });
  // One with a button stays three times as long, and while it is pointed at or has the focus.
  for (const toast of document.querySelectorAll('[data-toast]')) leave(toast, toast.dataset.toast === 'long' ? 18000 : 6000);
}

// A short confirmation.
export function say(text) {
  if (!text) return;
  const toast = document.createElement('div');
  toast.className = 'toast';
  toast.setAttribute('role', 'status');
  document.body.append(toast);
  toast.textContent = text;
  setTimeout(() => toast.remove(), 3000);
}

function leave(toast, after) {
  setTimeout(() => (toast.matches(':hover, :focus-within') ? leave(toast, 2000) : toast.remove()), after);
}
