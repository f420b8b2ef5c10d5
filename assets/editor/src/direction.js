// Which way a line runs: the rule of crates/dugri-text/src/direction.rs, with its table. Whoever changes one changes both;
// a journey asks both the same questions.
import { Decoration, EditorView, ViewPlugin } from '@codemirror/view';
import { syntaxTree } from '@codemirror/language';
import { MARKS, RTL } from './direction-table.js';

const LOOK_BACK_MAX = 200;

const within = (ranges, code) => {
  let low = 0, high = ranges.length / 2 - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (code < ranges[2 * middle]) high = middle - 1;
    else if (code > ranges[2 * middle + 1]) low = middle + 1;
    else return true;
  }
  return false;
};

function ofChar(c) {
  const code = c.codePointAt(0);
  if (code < 0x80) return /[a-z]/i.test(c) ? 'ltr' : null;
  if (code >= 0x5d0 && code <= 0x5ea) return 'rtl';
  if ((code >= 0x2000 && code <= 0x206f) || (code >= 0x20a0 && code <= 0x20cf)) return null;
  if (within(RTL, code)) return 'rtl';
  return /\p{Alphabetic}/u.test(c) && !within(MARKS, code) ? 'ltr' : null;
}

function letters(word) {
  let rtl = 0, ltr = 0;
  for (const c of word) {
    const direction = ofChar(c);
    if (direction === 'rtl') rtl += 1;
    else if (direction === 'ltr') ltr += 1;
  }
  return [rtl, ltr];
}

// Ordinary words weigh as much as they have letters, names little, codes and acronyms least.
function latinWeight(word, count) {
  if (/[0-9]/.test(word)) return 1;
  const upper = word.match(/[A-Z]/g)?.length ?? 0;
  if (upper === 0) return count;
  return upper === count ? 1 : 2;
}

function isAddress(word) {
  if (!/[:@.]/.test(word)) return false;
  const bare = word.replace(/^[(<["]+/, '');
  const at = bare.indexOf('@');
  return bare.startsWith('www.') || bare.includes('://') || (at >= 0 && bare.slice(at + 1).includes('.'));
}

// The direction of the dominant script, or null where there are no letters.
export function dominant(text) {
  let rtl = 0, ltr = 0;
  for (const word of text.split(/[ \t\n\f\r]+/)) {
    if (!word || isAddress(word)) continue;
    const [r, l] = letters(word);
    rtl += r;
    if (l > 0) ltr += latinWeight(word, l);
  }
  if (rtl === 0 && ltr === 0) return null;
  return rtl * 3 > ltr * 2 ? 'rtl' : 'ltr';
}

// The letters of a line, without what is Markdown's and not the writer's.
const CODE = /^(FencedCode|CodeBlock|CodeText|CodeMark|CodeInfo)$/;

function isCode(state, line) {
  return CODE.test(syntaxTree(state).resolveInner(line.from, 1).name);
}

// The direction of a line; one without letters has that of the line before it, and in the end the page's.
function ofLine(state, line, base) {
  for (let number = line.number, steps = 0; number >= 1 && steps < LOOK_BACK_MAX; number -= 1, steps += 1) {
    const found = dominant(state.doc.line(number).text);
    if (found) return found;
  }
  return base;
}

const marks = {
  ltr: Decoration.line({ attributes: { dir: 'ltr' } }),
  rtl: Decoration.line({ attributes: { dir: 'rtl' } }),
};

export function directions(base) {
  const read = view => {
    const found = [];
    for (const { from, to } of view.visibleRanges) {
      for (let at = from; at <= to;) {
        const line = view.state.doc.lineAt(at);
        const direction = isCode(view.state, line) ? 'ltr' : ofLine(view.state, line, base);
        found.push(marks[direction].range(line.from));
        at = line.to + 1;
      }
    }
    return Decoration.set(found, true);
  };
  const plugin = ViewPlugin.fromClass(
    class {
      constructor(view) {
        this.decorations = read(view);
      }
      update(update) {
        if (update.docChanged || update.viewportChanged || syntaxTree(update.startState) !== syntaxTree(update.state)) this.decorations = read(update.view);
      }
    },
    { decorations: value => value.decorations },
  );
  return [EditorView.perLineTextDirection.of(true), plugin];
}
