// Beside the Markdown stands what it becomes: the server renders, so it is what readers will get.
const WAIT_MS = 350;

export function preview() {
  const source = document.querySelector('textarea[data-preview]');
  const shown = document.getElementById('preview');
  if (!source || !shown) return;
  let timer, turn = 0;
  const render = async () => {
    const mine = ++turn;
    const body = new URLSearchParams({ body: source.value, fragment: 'yes' });
    const answer = await fetch(source.dataset.preview, { method: 'POST', body, headers: { Accept: 'text/html' } }).catch(() => null);
    if (!answer?.ok || mine !== turn) return;
    const made = new DOMParser().parseFromString(await answer.text(), 'text/html');
    shown.replaceChildren(...made.body.childNodes);
  };
  source.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(render, WAIT_MS); });
  document.addEventListener('click', event => {
    const tool = event.target.closest('[data-wrap]');
    if (!tool) return;
    event.preventDefault();
    const [before, after = ''] = tool.dataset.wrap.split('|');
    const { selectionStart: from, selectionEnd: to, value } = source;
    source.focus();
    // Through the browser's own editing, so that Ctrl+Z takes it back.
    document.execCommand('insertText', false, before.replaceAll('\\n', '\n') + value.slice(from, to) + after.replaceAll('\\n', '\n'));
  });
  render();
}
