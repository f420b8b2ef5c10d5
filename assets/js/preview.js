// Beside the Markdown stands what it becomes: the server renders, so it is what readers will get.
const WAIT_MS = 350;

export function preview() {
  const source = document.querySelector('textarea[data-preview]');
  const shown = document.getElementById('preview');
  if (!source || !shown) return;
  let timer, turn = 0, last;
  const render = async () => {
    // Nobody looks at it, or it is the same text.
    if (shown.offsetParent === null || source.value === last) return;
    const mine = ++turn;
    const text = source.value;
    const body = new URLSearchParams({ body: text, language: source.lang });
    const answer = await fetch(source.dataset.preview, { method: 'POST', body, headers: { Accept: 'text/html' } }).catch(() => null);
    if (!answer?.ok || mine !== turn) return;
    last = text;
    const made = new DOMParser().parseFromString(await answer.text(), 'text/html');
    shown.replaceChildren(...made.body.childNodes);
  };
  source.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(render, WAIT_MS); });
  render();
}
