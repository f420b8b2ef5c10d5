// The editor's looks. The content security policy forbids style elements: the rules go into constructed sheets, which
// it allows, and no nonce is needed.
import { EditorView } from '@codemirror/view';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { tags } from '@lezer/highlight';
import { StyleModule } from 'style-mod';

const mounted = new WeakMap();

StyleModule.mount = (root, modules) => {
  const known = mounted.get(root) ?? { sheet: new CSSStyleSheet(), modules: [] };
  if (!mounted.has(root)) {
    mounted.set(root, known);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, known.sheet];
  }
  const wanted = Array.isArray(modules) ? modules : [modules];
  known.modules = [...known.modules.filter(module => !wanted.includes(module)), ...wanted];
  known.sheet.replaceSync(known.modules.map(module => module.getRules()).join('\n'));
};

const theme = EditorView.theme({
  '&': { backgroundColor: 'var(--paper)', color: 'var(--ink)', minBlockSize: '26rem', fontSize: '1rem' },
  '&.cm-focused': { outline: 'none' },
  '& .cm-content:focus-visible': { outline: '2px solid var(--focus)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', fontSize: '.875rem', lineHeight: '1.75', overflowX: 'auto' },
  '.cm-content': { padding: 'var(--s5) 0', minBlockSize: '26rem', caretColor: 'var(--acc)' },
  '.cm-line': { padding: '0 var(--s6)' },
  '.cm-cursor': { borderInlineStartColor: 'var(--acc)', borderInlineStartWidth: '2px' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--acc-tint)' },
  '.cm-activeLine': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--acc-tint) 45%, transparent)' },
  '.cm-heading': { fontWeight: '700' },
  '.cm-h1': { fontSize: '1.35em' },
  '.cm-h2': { fontSize: '1.2em' },
  '.cm-h3': { fontSize: '1.08em' },
  '.cm-quote': { borderInlineStart: '3px solid var(--line-2)' },
  '.cm-ref': { color: 'var(--acc)' },
  '.cm-fence': { color: 'var(--acc)' },
  '.cm-tableline': { whiteSpace: 'pre' },
  '.cm-searchMatch': { backgroundColor: 'var(--warn-tint)', outline: '1px solid var(--warn-line)' },
  '.cm-searchMatch-selected': { backgroundColor: 'var(--acc-tint)', outline: '2px solid var(--acc)' },
  '.cm-panels': { backgroundColor: 'var(--sunk)', color: 'var(--ink)', fontFamily: 'var(--font, inherit)' },
  '.cm-panels-top': { borderBlockEnd: '1px solid var(--line)' },
  '.cm-panel.cm-search': { padding: 'var(--s2) var(--s6)', display: 'flex', flexWrap: 'wrap', gap: 'var(--s2)', alignItems: 'center' },
  '.cm-panel.cm-search br': { display: 'none' },
  '.cm-panel.cm-search label': { display: 'inline-flex', gap: '.35rem', alignItems: 'center', fontSize: 'var(--t-13)', color: 'var(--ink-2)', minBlockSize: 'var(--ctl)' },
  '.cm-panel.cm-search [name=close]': { position: 'static', marginInlineStart: 'auto', minInlineSize: 'var(--ctl)', minBlockSize: 'var(--ctl)', fontSize: '1.25rem', color: 'var(--ink-2)' },
  '.cm-textfield': { fontSize: 'var(--t-14)', minBlockSize: 'var(--ctl)', border: '1px solid var(--ctl-line)', borderRadius: 'var(--r2)', backgroundColor: 'var(--paper)', color: 'var(--ink)', paddingInline: 'var(--s2)' },
  '.cm-button': { fontSize: 'var(--t-13)', minBlockSize: 'var(--ctl)', border: '1px solid var(--line-2)', borderRadius: 'var(--r2)', backgroundImage: 'none', backgroundColor: 'var(--paper)', color: 'var(--ink)', paddingInline: 'var(--s3)' },
  '.cm-tooltip': { backgroundColor: 'var(--raised)', color: 'var(--ink)', border: '1px solid var(--line)', borderRadius: 'var(--r3)', boxShadow: 'var(--pop)', overflow: 'clip' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'inherit', fontSize: 'var(--t-14)', maxHeight: 'none', overflow: 'visible' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '.4rem var(--s3)', minBlockSize: '2.25rem', unicodeBidi: 'plaintext', display: 'flex', gap: 'var(--s3)', alignItems: 'baseline' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--acc-tint)', color: 'var(--ink)' },
  '.cm-completionDetail': { fontStyle: 'normal', color: 'var(--ink-3)', fontSize: 'var(--t-13)', marginInlineStart: '0' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '650' },
  '.cm-diagnostic': { borderInlineStartWidth: '4px', padding: 'var(--s2) var(--s3)' },
  '@media (width < 48rem)': {
    '.cm-line': { padding: '0 var(--s4)' },
    '.cm-scroller': { fontSize: '1rem' },
  },
});

const highlight = HighlightStyle.define([
  { tag: tags.heading, fontWeight: '700' },
  { tag: tags.strong, fontWeight: '700' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: tags.strikethrough, textDecoration: 'line-through' },
  { tag: tags.monospace, color: 'var(--ink-2)' },
  { tag: [tags.link, tags.url], color: 'var(--acc)' },
  { tag: [tags.processingInstruction, tags.contentSeparator, tags.meta], color: 'var(--ink-3)' },
  { tag: tags.quote, color: 'var(--ink-2)' },
]);

export const looks = [theme, syntaxHighlighting(highlight)];
