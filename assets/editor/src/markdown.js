// Markdown as the editor reads it (@lezer/markdown alone: the ready-made language brings grammars of HTML, CSS and
// JavaScript, a third of the bundle), and the live preview: marks are hidden where the cursor is not.
import { Language, defineLanguageFacet, languageDataProp, syntaxTree } from '@codemirror/language';
import { Decoration, MatchDecorator, ViewPlugin } from '@codemirror/view';
import { GFM, parser } from '@lezer/markdown';

const data = defineLanguageFacet({ closeBrackets: { brackets: ['(', '[', '{', '"'] } });

export const markdown = new Language(
  data,
  parser.configure([GFM, { props: [languageDataProp.add(type => (type.isTop ? data : undefined))] }]),
  [],
  'markdown',
);

const HIDDEN = new Set(['HeaderMark', 'EmphasisMark', 'CodeMark', 'LinkMark', 'StrikethroughMark']);
const hide = Decoration.replace({});
const heading = [1, 2, 3, 4, 5, 6].map(level => Decoration.line({ class: `cm-heading cm-h${level}` }));
const quote = Decoration.line({ class: 'cm-quote' });
const tableLine = Decoration.line({ class: 'cm-tableline' });

// The lines that a selection touches: there the source is shown as it is. With or without the focus: marks that came into
// sight only with it would move the place of the first letter typed.
function openLines(view) {
  return view.state.selection.ranges.map(({ from, to }) => [view.state.doc.lineAt(from).from, view.state.doc.lineAt(to).to]);
}

function isHidden(node) {
  if (HIDDEN.has(node.name)) {
    const parent = node.node.parent?.name;
    // The line below a heading is a line of its own.
    if (/^Setext/.test(parent)) return false;
    // The fence of a code block is no decoration; nor are brackets that lead nowhere else: `[[page]]`, `[1]`, pictures.
    if (node.name === 'LinkMark') return parent === 'Link' && node.node.parent.getChild('URL') !== null;
    return !(node.name === 'CodeMark' && parent === 'FencedCode');
  }
  return node.name === 'URL' && node.node.parent?.name === 'Link' && node.node.prevSibling?.name === 'LinkMark';
}

function read(view) {
  const { doc } = view.state;
  const open = openLines(view);
  const isOpen = at => open.some(([from, to]) => at >= from && at <= to);
  const found = [];
  for (const { from, to } of view.visibleRanges) {
    syntaxTree(view.state).iterate({
      from,
      to,
      enter: node => {
        const level = /^(?:ATX|Setext)Heading([1-6])$/.exec(node.name)?.[1];
        if (level) found.push(heading[level - 1].range(doc.lineAt(node.from).from));
        else if (node.name === 'Blockquote' || node.name === 'Table') {
          const mark = node.name === 'Table' ? tableLine : quote;
          for (let at = Math.max(node.from, from); at <= Math.min(node.to, to);) {
            const line = doc.lineAt(at);
            found.push(mark.range(line.from));
            at = line.to + 1;
          }
        } else if (isHidden(node) && node.to > node.from && !isOpen(node.from)) {
          // With the space behind the marks of a heading.
          const end = node.name === 'HeaderMark' && node.from === doc.lineAt(node.from).from && doc.sliceString(node.to, node.to + 1) === ' ' ? node.to + 1 : node.to;
          if (end <= doc.lineAt(node.from).to) found.push(hide.range(node.from, end));
        }
      },
    });
  }
  return Decoration.set(found, true);
}

export const livePreview = ViewPlugin.fromClass(
  class {
    constructor(view) {
      this.decorations = read(view);
    }
    update(update) {
      if (update.docChanged || update.viewportChanged || update.selectionSet || syntaxTree(update.startState) !== syntaxTree(update.state))
        this.decorations = read(update.view);
    }
  },
  { decorations: value => value.decorations },
);

// What Dugri adds to Markdown: links, facts and citations, and the lines of notes.
const refs = new MatchDecorator({
  regexp: /!?\[\[[^\]\n]+\]\]|\{\{[^}\n]+\}\}|^:::[\p{L}-]*[ \t]*$/gmu,
  decoration: match => Decoration.mark({ class: match[0].startsWith(':::') ? 'cm-fence' : 'cm-ref' }),
});

export const references = ViewPlugin.fromClass(
  class {
    constructor(view) {
      this.decorations = refs.createDeco(view);
    }
    update(update) {
      this.decorations = refs.updateDeco(update, this.decorations);
    }
  },
  { decorations: value => value.decorations },
);

// Whether a place stands in code, where nothing of this means anything.
export function inCode(state, at) {
  for (let node = syntaxTree(state).resolveInner(at, -1); node; node = node.parent)
    if (/Code/.test(node.name)) return true;
  return false;
}
