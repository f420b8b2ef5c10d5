// Notes on the text: links that lead nowhere, pictures without a description, a page without an owner.
import { setDiagnostics } from '@codemirror/lint';
import { syntaxTree } from '@codemirror/language';
import { inCode } from './markdown.js';
import { el, icon, say } from './words.js';

const WAIT_MS = 1_200;
const NOTES_MAX = 100;

async function dead(body) {
  const answer = await fetch('/api/v1/links', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ body }) }).catch(() => null);
  return new Set(answer?.ok ? (await answer.json()).targets : []);
}

function read(state, missing) {
  const found = [];
  const text = state.doc.toString();
  for (const match of text.matchAll(/!?\[\[([^[\]\n|#]*)[^[\]\n]*\]\]/g)) {
    const name = match[1].trim();
    if (missing.has(name) && !inCode(state, match.index + 2)) found.push({ from: match.index, to: match.index + match[0].length, message: say('dead-link', { name }) });
  }
  syntaxTree(state).iterate({
    enter: node => {
      if (node.name === 'Image' && /^!\[\s*\]/.test(state.sliceDoc(node.from, node.to))) found.push({ from: node.from, to: node.to, message: say('no-alt') });
    },
  });
  return found.sort((a, b) => a.from - b.from).slice(0, NOTES_MAX);
}

export function notes(view, form) {
  const pane = document.querySelector('[data-notes]');
  const button = document.querySelector('[data-tool=notes]');
  const count = document.querySelector('[data-notes-count]');
  if (!pane || !button) return { check: () => {} };
  let timer, turn = 0;
  const show = found => {
    const lines = found.map(note => {
      const go = el('button', { type: 'button', class: 'btn quiet sm', text: say('show') });
      go.addEventListener('click', () => {
        view.dispatch({ selection: { anchor: note.from, head: note.to }, scrollIntoView: true });
        view.focus();
      });
      return el('li', {}, icon('circle-alert'), el('span', { text: note.message }), el('bdi', { class: 'm', text: String(view.state.doc.lineAt(note.from).number) }), go);
    });
    if (form.dataset.owner === 'no') lines.unshift(el('li', {}, icon('user'), el('span', { text: say('no-owner') })));
    pane.replaceChildren(el('h2', { text: say('notes') }), lines.length > 0 ? el('ul', {}, ...lines) : el('p', { class: 'm', text: say('no-notes') }));
    count.hidden = lines.length === 0;
    count.textContent = String(lines.length);
  };
  const check = async () => {
    const mine = ++turn;
    const body = view.state.doc.toString();
    const missing = body.includes('[[') ? await dead(body) : new Set();
    if (mine !== turn) return;
    const found = read(view.state, missing);
    view.dispatch(setDiagnostics(view.state, found.map(note => ({ ...note, severity: 'warning' }))));
    show(found);
  };
  button.addEventListener('click', () => {
    pane.hidden = !pane.hidden;
    button.setAttribute('aria-expanded', String(!pane.hidden));
  });
  show([]);
  check();
  return {
    check: () => {
      clearTimeout(timer);
      timer = setTimeout(check, WAIT_MS);
    },
  };
}
