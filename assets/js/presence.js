// On a page that one may edit: who is editing it now, so that two people don't begin the same.
const ASK_MS = 30_000;

export function presence() {
  const shown = document.querySelector('[data-editing]');
  if (!shown) return;
  const ask = async () => {
    if (document.hidden) return;
    const answer = await fetch(`/api/v1/pages/${shown.dataset.editing}/editing`).catch(() => null);
    if (!answer?.ok) return;
    const { others } = await answer.json();
    const sentence = others.length === 1 ? shown.dataset.one : shown.dataset.many;
    shown.hidden = others.length === 0;
    shown.querySelector('span').textContent = sentence.replace('{names}', `\u2068${others.join(', ')}\u2069`);
  };
  ask();
  setInterval(ask, ASK_MS);
  document.addEventListener('visibilitychange', ask);
}
