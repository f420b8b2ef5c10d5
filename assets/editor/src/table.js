// Tables: Tab goes from cell to cell and changes nothing; rows and columns come, a column is aligned, a table is tidied
// only when asked. Lines that an action does not concern stay as they are.
import { syntaxTree } from '@codemirror/language';

// The cells of a row: where the text of each begins and ends, without the spaces around it.
export function cells(line) {
  const bars = [];
  for (let at = 0; at < line.text.length; at += 1) {
    if (line.text[at] === '\\') at += 1;
    else if (line.text[at] === '|') bars.push(at);
  }
  if (bars.length === 0) return [];
  const edges = [...(line.text.slice(0, bars[0]).trim() ? [-1] : []), ...bars];
  if (line.text.slice(edges.at(-1) + 1).trim()) edges.push(line.text.length);
  return edges.slice(1).map((end, n) => {
    const start = edges[n] + 1;
    const raw = line.text.slice(start, end);
    const lead = raw.trim() ? raw.length - raw.trimStart().length : Math.min(1, raw.length);
    const from = line.from + start + lead;
    return { from, to: from + raw.trim().length, end: line.from + end };
  });
}

// The table around the cursor: its lines, which of them is the cursor's, and in which cell it stands.
export function tableAt(state) {
  const { head } = state.selection.main;
  let node = syntaxTree(state).resolveInner(head, -1);
  while (node && node.name !== 'Table') node = node.parent;
  if (!node) {
    node = syntaxTree(state).resolveInner(head, 1);
    while (node && node.name !== 'Table') node = node.parent;
  }
  if (!node) return null;
  const lines = [];
  for (let at = node.from; at <= node.to;) {
    const line = state.doc.lineAt(at);
    lines.push(line);
    at = line.to + 1;
  }
  const row = lines.findIndex(line => head >= line.from && head <= line.to);
  if (row < 0) return null;
  const own = cells(lines[row]);
  let column = own.findIndex(cell => head <= cell.end);
  if (column < 0) column = own.length - 1;
  return { lines, row, column };
}

const select = (view, cell) => {
  view.dispatch({ selection: { anchor: cell.from, head: cell.to }, scrollIntoView: true });
  return true;
};

const emptyRow = count => `|${'  |'.repeat(count)}`;

export function nextCell(view) {
  const table = tableAt(view.state);
  if (!table) return false;
  for (let { row, column } = table; row < table.lines.length; row += 1, column = -1) {
    if (row === 1) continue;
    const next = cells(table.lines[row])[column + 1];
    if (next) return select(view, next);
  }
  return addRow(view, table, table.lines.length - 1);
}

export function previousCell(view) {
  const table = tableAt(view.state);
  if (!table) return false;
  for (let { row, column } = table; row >= 0; row -= 1, column = Infinity) {
    if (row === 1) continue;
    const found = cells(table.lines[row]);
    const cell = found[Math.min(column, found.length) - 1];
    if (cell) return select(view, cell);
  }
  return true;
}

function addRow(view, table, after) {
  const line = table.lines[Math.max(after, Math.min(1, table.lines.length - 1))];
  const indent = /^\s*/.exec(table.lines[0].text)[0];
  const row = indent + emptyRow(cells(table.lines[0]).length);
  view.dispatch({
    changes: { from: line.to, insert: `\n${row}` },
    selection: { anchor: line.to + 1 + indent.length + 2 },
    userEvent: 'input',
    scrollIntoView: true,
  });
  return true;
}

// Enter in the body of a table begins a row; in an empty last row it leaves the table.
export function rowBelow(view) {
  const table = tableAt(view.state);
  if (!table || table.row < 2) return false;
  const line = table.lines[table.row];
  if (table.row === table.lines.length - 1 && cells(line).every(cell => cell.from === cell.to)) {
    view.dispatch({ changes: { from: line.from, to: line.to }, selection: { anchor: line.from }, userEvent: 'input' });
    return true;
  }
  return addRow(view, table, table.row);
}

export function insertTable(view) {
  const { state } = view;
  const line = state.doc.lineAt(state.selection.main.head);
  const before = line.text.trim() ? '\n\n' : '';
  const text = `${before}|  |  |\n| --- | --- |\n|  |  |\n`;
  view.dispatch({ changes: { from: line.to, insert: text }, selection: { anchor: line.to + before.length + 2 }, userEvent: 'input', scrollIntoView: true });
  return true;
}

export function rowTool(view) {
  const table = tableAt(view.state);
  return table ? addRow(view, table, table.row) : false;
}

export function columnTool(view) {
  const table = tableAt(view.state);
  if (!table) return false;
  const changes = table.lines.map((line, row) => {
    const cell = cells(line)[table.column] ?? cells(line).at(-1);
    const at = cell.end;
    return { from: at, insert: row === 1 ? '| --- ' : '|  ' };
  });
  view.dispatch({ changes, userEvent: 'input' });
  nextCell(view);
  return true;
}

const ALIGN = [[/^:?-+:?$/, '---'], [/^-+$/, ':---'], [/^:-+$/, ':---:'], [/^:-+:$/, '---:'], [/^-+:$/, '---']];

// From none to start, middle, end and back.
export function alignTool(view) {
  const table = tableAt(view.state);
  const cell = table && table.lines[1] && cells(table.lines[1])[table.column];
  if (!cell) return false;
  const now = view.state.sliceDoc(cell.from, cell.to);
  const next = ALIGN.slice(1).find(([is]) => is.test(now))?.[1] ?? ':---';
  view.dispatch({ changes: { from: cell.from, to: cell.to, insert: next }, userEvent: 'input' });
  return true;
}

// Pads the cells so that the bars stand below each other.
export function formatTool(view) {
  const table = tableAt(view.state);
  if (!table) return false;
  const rows = table.lines.map(line => cells(line).map(cell => view.state.sliceDoc(cell.from, cell.to)));
  const count = Math.max(...rows.map(row => row.length));
  const width = text => [...text].length;
  const widths = Array.from({ length: count }, (_, n) => Math.max(3, ...rows.filter((_, row) => row !== 1).map(row => width(row[n] ?? ''))));
  const changes = table.lines.map((line, row) => {
    const indent = /^\s*/.exec(line.text)[0];
    const texts = widths.map((wide, n) => {
      const text = rows[row][n] ?? '';
      if (row !== 1) return text + ' '.repeat(wide - width(text));
      const start = text.startsWith(':') ? ':' : '', end = text.endsWith(':') && text.length > 1 ? ':' : '';
      return start + '-'.repeat(wide - start.length - end.length) + end;
    });
    return { from: line.from, to: line.to, insert: `${indent}| ${texts.join(' | ')} |` };
  });
  const changed = changes.filter(({ from, to, insert }) => view.state.sliceDoc(from, to) !== insert);
  if (changed.length > 0) view.dispatch({ changes: changed, userEvent: 'input' });
  return true;
}

export const tableTools = { 'table-row': rowTool, 'table-column': columnTool, 'table-align': alignTool, 'table-format': formatTool };
