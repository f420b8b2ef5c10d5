// What may be meant by the beginning of a name: asked from the server, which knows what the writer may see.
import { autocompletion, pickedCompletion } from '@codemirror/autocomplete';
import { inCode } from './markdown.js';

async function ask(values, context) {
  const request = new AbortController();
  context.addEventListener('abort', () => request.abort());
  try {
    const answer = await fetch(`/api/v1/complete?${new URLSearchParams(values)}`, { signal: request.signal });
    return answer.ok ? (await answer.json()).results : [];
  } catch {
    return [];
  }
}

// Puts in what was chosen, and closes what the writer opened, once.
const put = (text, close) => (view, completion, from, to) => {
  const closed = view.state.sliceDoc(to, to + close.length) === close;
  view.dispatch({
    changes: { from, to, insert: text + (closed ? '' : close) },
    selection: { anchor: from + text.length + close.length },
    annotations: pickedCompletion.of(completion),
    userEvent: 'input.complete',
  });
};

function list(from, results, close, text = result => result.text) {
  return {
    from,
    filter: false,
    options: results.map(result => ({ label: text(result), displayLabel: result.shown ?? result.text, detail: result.detail, apply: put(text(result), close) })),
  };
}

// A title that holds what a link uses itself is named by its id.
const target = result => (/[[\]|#]/.test(result.text) && result.id ? `${result.id}|${result.text.replace(/[[\]|]/g, '')}` : result.text);

const pages = page => async context => {
  const typed = context.matchBefore(/\[\[[^[\]\n|]*/);
  if (!typed || inCode(context.state, context.pos)) return null;
  const text = typed.text.slice(2);
  const intel = /^intel:\s*(.*)$/.exec(text);
  if (intel) {
    const results = await ask({ of: 'intel', q: intel[1], ...(page && { page }) }, context);
    return list(context.pos - intel[1].length, results.map(result => ({ ...result, shown: `#${result.text}` })), ']]');
  }
  const hash = text.indexOf('#');
  if (hash >= 0) {
    const results = await ask({ of: 'sections', page: text.slice(0, hash) }, context);
    const wanted = text.slice(hash + 1).trim().toLowerCase();
    const found = results.filter(result => result.text.toLowerCase().includes(wanted));
    return list(typed.from + 2 + hash + 1, found, ']]');
  }
  const found = list(typed.from + 2, await ask({ of: 'pages', q: text }, context), ']]', target);
  if ('intel:'.startsWith(text.toLowerCase())) found.options.push({ label: 'intel:', detail: '#', apply: 'intel:' });
  return found;
};

const people = async context => {
  const typed = context.matchBefore(/(?:^|(?<=[\s(]))@[\p{L}'"״׳-]*/u);
  if (!typed || inCode(context.state, context.pos)) return null;
  const results = await ask({ of: 'people', q: typed.text.slice(1) }, context);
  return list(typed.from, results.map(result => ({ ...result, shown: result.text, text: `@${result.text}` })), '');
};

// Facts have no list of their own yet: the names that this text uses already.
const facts = context => {
  const typed = context.matchBefore(/\{\{[^{}\n]*/);
  if (!typed) return null;
  const names = new Set([...context.state.doc.toString().matchAll(/\{\{(fact:[^{}\n]+)\}\}/g)].map(([, name]) => name));
  const results = [...names, 'fact:'].filter(name => name.startsWith(typed.text.slice(2)));
  return { from: typed.from + 2, filter: false, options: results.map(name => ({ label: name, apply: name === 'fact:' ? name : put(name, '}}') })) };
};

const notes = context => {
  const typed = context.matchBefore(/^:::[\p{L}-]*/u);
  if (!typed) return null;
  return { from: typed.from, options: ['straight', 'never', 'internal'].map(name => ({ label: `:::${name}`, apply: put(`:::${name}\n`, '') })) };
};

export const completion = page =>
  autocompletion({ override: [pages(page), people, facts, notes], icons: false, interactionDelay: 30, maxRenderedOptions: 20 });
