// What the toolbar and the keys write: Markdown, and nothing else than what was asked for.
import { EditorSelection } from '@codemirror/state';
import { indentLess, indentMore, redo, undo } from '@codemirror/commands';
import { openSearchPanel } from '@codemirror/search';
import { inCode } from './markdown.js';
import { insertTable, nextCell, previousCell, rowBelow } from './table.js';

// Puts marks around each selection, or takes them away where they stand.
const wrap = (before, after = before) => view => {
  const { state } = view;
  view.dispatch(
    state.changeByRange(range => {
      const { from, to } = range;
      const around = state.sliceDoc(from - before.length, from) === before && state.sliceDoc(to, to + after.length) === after;
      if (around)
        return {
          changes: [{ from: from - before.length, to: from }, { from: to, to: to + after.length }],
          range: EditorSelection.range(from - before.length, to - before.length),
        };
      return {
        changes: [{ from, insert: before }, { from: to, insert: after }],
        range: EditorSelection.range(from + before.length, to + before.length),
      };
    }),
    { userEvent: 'input', scrollIntoView: true },
  );
  return true;
};

function selectedLines(state) {
  const lines = new Map();
  for (const { from, to } of state.selection.ranges)
    for (let at = from; at <= to;) {
      const line = state.doc.lineAt(at);
      lines.set(line.number, line);
      at = line.to + 1;
    }
  return [...lines.values()];
}

// Gives each selected line a beginning, or takes it away where all have it.
const prefix = (wanted, instead) => view => {
  const lines = selectedLines(view.state).filter((line, _, all) => all.length === 1 || line.text.trim());
  const has = lines.every(line => wanted.test(line.text));
  const changes = lines.map((line, number) => {
    const own = /^\s*/.exec(line.text)[0].length;
    const old = instead.strip.exec(line.text.slice(own))?.[0].length ?? 0;
    return { from: line.from + own, to: line.from + own + old, insert: has ? '' : instead.text(number) };
  });
  view.dispatch({ changes, userEvent: 'input', scrollIntoView: true });
  return true;
};

const LIST = /^(?:[-*+]\s+|\d{1,9}[.)]\s+)/;
const bullets = prefix(/^\s*[-*+]\s/, { strip: LIST, text: () => '- ' });
const numbers = prefix(/^\s*\d{1,9}[.)]\s/, { strip: LIST, text: number => `${number + 1}. ` });
const quotes = prefix(/^\s*>/, { strip: /^>\s?/, text: () => '> ' });
const heading = level => prefix(new RegExp(`^#{${level}}\\s`), { strip: /^#{1,6}\s+/, text: () => `${'#'.repeat(level)} ` });

// A text on lines of its own, the cursor at `|`.
export const block = text => view => {
  const { state } = view;
  const { from, to } = state.selection.main;
  const line = state.doc.lineAt(from);
  const before = line.text.trim() ? '\n\n' : '';
  const at = line.text.trim() ? line.to : line.from;
  const end = line.text.trim() ? line.to : line.to;
  const inner = from === to ? '' : state.sliceDoc(from, to);
  const [head, tail] = text.split('|');
  const insert = before + head + inner + tail;
  const change = from === to ? { from: at, to: end, insert } : { from, to, insert: (from === line.from ? '' : '\n') + head + inner + tail };
  const cursor = change.from + (change.insert.length - tail.length);
  view.dispatch({ changes: change, selection: { anchor: cursor }, userEvent: 'input', scrollIntoView: true });
  return true;
};

const link = view => {
  const { state } = view;
  const { from, to } = state.selection.main;
  const text = state.sliceDoc(from, to);
  view.dispatch({ changes: { from, to, insert: `[[${text}]]` }, selection: { anchor: to + 2 }, userEvent: 'input.type', scrollIntoView: true });
  return true;
};

export const tools = {
  heading: heading(2),
  bold: wrap('**'),
  italic: wrap('*'),
  list: bullets,
  numbers,
  quote: quotes,
  table: insertTable,
  link,
  straight: block(':::straight\n|\n:::\n'),
  undo,
  redo,
  find: openSearchPanel,
};

// Keys by their place, so that they work under a Hebrew layout, too. `false` lets the key go on.
export function byPlace(event, view, extra) {
  if (!(event.ctrlKey || event.metaKey) || event.isComposing) return false;
  const name = `${event.altKey ? 'Alt+' : ''}${event.shiftKey ? 'Shift+' : ''}${event.code}`;
  const run = {
    KeyB: tools.bold,
    KeyI: tools.italic,
    'Shift+KeyK': tools.link,
    KeyF: tools.find,
    KeyZ: undo,
    'Shift+KeyZ': redo,
    KeyY: redo,
    'Shift+Digit7': numbers,
    'Shift+Digit8': bullets,
    'Shift+Digit9': quotes,
    'Alt+Digit1': heading(1),
    'Alt+Digit2': heading(2),
    'Alt+Digit3': heading(3),
    'Alt+Digit4': heading(4),
    ...extra,
  }[name];
  if (!run) return false;
  event.preventDefault();
  event.stopPropagation();
  run(view);
  return true;
}

const ITEM = /^(\s*(?:>\s?)*)(?:([-*+])|(\d{1,9})([.)]))(\s+)(\[[ xX]\]\s+)?/;
const QUOTE = /^\s*(?:>\s?)+/;

// Enter in a list begins the next item, in an empty one ends the list; quotes go on, too.
export function continueList(view) {
  const { state } = view;
  const { main } = state.selection;
  if (!main.empty || state.selection.ranges.length > 1 || inCode(state, main.head)) return false;
  if (rowBelow(view)) return true;
  const line = state.doc.lineAt(main.head);
  const item = ITEM.exec(line.text);
  const start = item?.[0] ?? QUOTE.exec(line.text)?.[0];
  if (!start || main.head < line.from + start.length) return false;
  if (!line.text.slice(start.length).trim()) {
    const kept = item ? item[1] : '';
    view.dispatch({ changes: { from: line.from, to: line.to, insert: kept }, selection: { anchor: line.from + kept.length }, userEvent: 'input' });
    return true;
  }
  const next = item ? `${item[1]}${item[2] ?? `${Number(item[3]) + 1}${item[4]}`}${item[5]}${item[6] ? '[ ] ' : ''}` : start;
  view.dispatch({
    changes: { from: main.head, insert: `\n${next}` },
    selection: { anchor: main.head + 1 + next.length },
    userEvent: 'input',
    scrollIntoView: true,
  });
  return true;
}

const inList = state => ITEM.test(state.doc.lineAt(state.selection.main.head).text) && !inCode(state, state.selection.main.head);

// Tab goes through cells and indents items; anywhere else it leaves the text, as it does in every field.
export const keys = [
  { key: 'Enter', run: continueList },
  { key: 'Tab', run: view => nextCell(view) || (inList(view.state) && indentMore(view)), shift: view => previousCell(view) || (inList(view.state) && indentLess(view)) },
];
