// The editor takes the place of the text field, which stays the field of the form: what is typed here stands there, and
// what is put there stands here. Without this script the form works as it is.
import { closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, Prec, Transaction } from '@codemirror/state';
import { EditorView, drawSelection, dropCursor, highlightActiveLine, keymap } from '@codemirror/view';
import { looks } from './style.js';
import { byPlace, keys, tools } from './commands.js';
import { cites, picker } from './cites.js';
import { completion } from './complete.js';
import { directions, dominant } from './direction.js';
import { Draft, leftovers } from './draft.js';
import { livePreview, markdown, references } from './markdown.js';
import { notes } from './notes.js';
import { drop, paste, toMarkdown } from './paste.js';
import { presence, standing } from './presence.js';
import { tableAt, tableTools } from './table.js';
import { places, upload } from './upload.js';
import { learn, say } from './words.js';

const WORDS_A_MINUTE = 200;
const COUNT_WAIT_MS = 300;

const phrases = () => ({
  Find: say('find'), Replace: say('replace-with'), next: say('next'), previous: say('previous'), all: say('all'),
  'match case': say('match-case'), regexp: say('regexp'), 'by word': say('by-word'), replace: say('replace'), 'replace all': say('replace-all'), close: say('close'),
});

function start(form) {
  learn(form.dataset.words);
  const field = form.elements.body;
  const page = form.dataset.page;
  const settings = { upload: form.dataset.upload };
  const base = field.dir === 'rtl' ? 'rtl' : 'ltr';
  let draft, pane, counting;

  // Only where it differs: a text of a megabyte is not copied at each key.
  let behind = false;
  const sync = () => {
    if (!behind) return;
    behind = false;
    field.value = view.state.doc.toString();
  };
  const told = new Event('input', { bubbles: true });
  const changed = () => {
    behind = true;
    clearTimeout(counting);
    counting = setTimeout(() => {
      sync();
      field.dispatchEvent(told);
      count(view.state.doc.toString());
    }, COUNT_WAIT_MS);
    draft?.touch();
    pane?.check();
  };

  const view = new EditorView({
    parent: field.parentElement,
    state: EditorState.create({
      doc: field.value,
      extensions: [
        EditorState.phrases.of(phrases()),
        EditorState.tabSize.of(4),
        history(),
        drawSelection(),
        dropCursor(),
        highlightActiveLine(),
        highlightSelectionMatches(),
        search({ top: true }),
        markdown,
        livePreview,
        references,
        directions(base),
        looks,
        places,
        completion(page),
        closeBrackets(),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': say('edit-body'), spellcheck: 'true', autocapitalize: 'sentences', lang: field.lang }),
        Prec.highest(
          EditorView.domEventHandlers({
            keydown: (event, view) => byPlace(event, view, { KeyS: () => draft.save() }),
            paste: (event, view) => paste(event, view, settings),
            drop: (event, view) => drop(event, view, settings),
          }),
        ),
        Prec.high(keymap.of([...completionKeymap, ...keys])),
        keymap.of([...closeBracketsKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap]),
        EditorView.updateListener.of(update => {
          if (update.docChanged) changed();
          if (update.docChanged || update.selectionSet) tableBar(update.state);
        }),
      ],
    }),
  });

  // The field stays in the form, out of sight and out of the way of the keyboard.
  field.classList.add('vh');
  field.tabIndex = -1;
  field.setAttribute('aria-hidden', 'true');
  for (const label of field.labels) label.addEventListener('click', event => {
    event.preventDefault();
    view.focus();
  });
  field.addEventListener('input', event => {
    if (event === told || field.value === view.state.doc.toString()) return;
    take(view, field.value);
  });
  form.addEventListener('submit', sync, true);

  draft = new Draft(form, { page, changed: body => standing(body.standing) });
  draft.sync = sync;
  const discard = document.getElementById('f-discard');
  discard?.addEventListener('submit', async event => {
    if (draft.sent) return;
    event.preventDefault();
    await draft.flush();
    discard.action = `/drafts/${draft.key}/discard`;
    discard.submit();
  });
  presence(form, page);
  cites(form, page);
  pane = notes(view, form);
  toolbar(view, page, settings);
  lookAt();
  count(field.value);
  leftovers().then(fresh => {
    // What a dead tab left behind is offered by the server; once, and not over what is written already.
    if (fresh && !draft.isDirty() && !sessionStorage.getItem('dugri-offered')) {
      sessionStorage.setItem('dugri-offered', 'yes');
      location.reload();
    } else if (!fresh) sessionStorage.removeItem('dugri-offered');
  });
  // For tests in a browser, which type through the real thing.
  form.editor = { view, dominant, toMarkdown, draft };
}

// The smallest change that makes the text this one: undo, places and the cursor outlive it.
function take(view, text) {
  const now = view.state.doc.toString();
  let from = 0;
  while (from < now.length && from < text.length && now[from] === text[from]) from += 1;
  let end = 0;
  while (end < now.length - from && end < text.length - from && now[now.length - 1 - end] === text[text.length - 1 - end]) end += 1;
  view.dispatch({ changes: { from, to: now.length - end, insert: text.slice(from, text.length - end) }, annotations: Transaction.userEvent.of('input') });
}

function count(text) {
  const shown = document.querySelector('[data-count]');
  if (!shown) return;
  const words = text.match(/[\p{L}\p{N}]+(?:['’"״׳.,-][\p{L}\p{N}]+)*/gu)?.length ?? 0;
  const minutes = Math.max(1, Math.round(words / WORDS_A_MINUTE));
  shown.textContent = `${words === 1 ? say('word') : say('words', { count: words })} · ${say('minutes', { count: minutes })}`;
}

function tableBar(state) {
  const bar = document.querySelector('[data-table-tools]');
  if (bar) bar.hidden = !tableAt(state);
}

function toolbar(view, page, settings) {
  const bar = document.querySelector('[data-tools]');
  if (!bar) return;
  bar.hidden = false;
  const all = { ...tools, ...tableTools };
  for (const button of document.querySelectorAll('[data-tool]')) {
    const run = all[button.dataset.tool];
    if (!run) continue;
    // The text keeps its selection while a button is pressed.
    button.addEventListener('mousedown', event => event.preventDefault());
    button.addEventListener('click', () => {
      run(view);
      if (button.dataset.tool !== 'find') view.focus();
    });
  }
  const file = document.createElement('input');
  Object.assign(file, { type: 'file', multiple: true, hidden: true });
  file.addEventListener('change', () => {
    upload(view, [...file.files], view.state.selection.main.head, settings);
    file.value = '';
  });
  const pick = document.querySelector('[data-tool=file]');
  pick?.after(file);
  pick?.addEventListener('click', () => file.click());
  const cite = document.querySelector('[data-tool=cite]');
  if (cite)
    picker(cite, page, number => {
      const at = view.state.selection.main.head;
      const space = /\S/.test(view.state.sliceDoc(Math.max(0, at - 1), at)) ? ' ' : '';
      const text = `${space}[[intel:${number}]]`;
      view.dispatch({ changes: { from: at, insert: text }, selection: { anchor: at + text.length }, userEvent: 'input' });
      view.focus();
    });
}

// Write, side by side, or preview: remembered in this browser.
function lookAt() {
  const ed = document.querySelector('[data-ed]');
  const buttons = [...document.querySelectorAll('[data-look]')];
  const set = look => {
    ed.dataset.look = look;
    for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset.look === look));
    document.querySelector('textarea[data-preview]')?.dispatchEvent(new Event('input'));
  };
  const remembered = () => {
    try {
      return localStorage.getItem('dugri-look');
    } catch {
      return null;
    }
  };
  const wide = matchMedia('(width >= 64rem)').matches;
  set(wide ? remembered() ?? 'both' : 'write');
  for (const button of buttons)
    button.addEventListener('click', () => {
      const look = button.dataset.look === 'preview' && ed.dataset.look === 'preview' ? 'write' : button.dataset.look;
      set(look);
      try {
        localStorage.setItem('dugri-look', look);
      } catch {
        /* then it is not remembered */
      }
    });
}

for (const form of document.querySelectorAll('form[data-editor]')) start(form);

