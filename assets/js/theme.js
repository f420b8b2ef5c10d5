// The theme switch acts at once and is remembered by the form that it stands in.
export function theme() {
  document.addEventListener('submit', event => {
    const button = event.submitter;
    if (!button?.matches('[data-theme-toggle]')) return;
    event.preventDefault();
    const root = document.documentElement;
    const set = root.dataset.theme;
    const dark = set ? set === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = dark ? 'light' : 'dark';
    const body = new URLSearchParams({ theme: root.dataset.theme, next: '/' });
    fetch('/theme', { method: 'POST', body, redirect: 'manual' }).catch(() => {});
  });
}
