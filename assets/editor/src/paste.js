// What is pasted or dropped: files go up, HTML becomes Markdown, an address on a selection becomes a link.
import TurndownService from 'turndown';
import { gfm } from 'turndown-plugin-gfm';
import { say } from './words.js';
import { tell, upload } from './upload.js';

// A page holds 1 MiB; what would not fit is not pasted.
const TEXT_BYTES_MAX = 1 << 20;
// Beyond this many elements, or characters of HTML, converting would freeze the window.
const ELEMENTS_MAX = 8_000;
const HTML_CHARS_MAX = 2 << 20;

const MEANS = 'h1,h2,h3,h4,h5,h6,ul,ol,table,a[href],b,strong,em,i,code,pre,blockquote,hr,img,del,s';

let service;

function turndown() {
  if (service) return service;
  service = new TurndownService({ headingStyle: 'atx', bulletListMarker: '-', codeBlockStyle: 'fenced', emDelimiter: '*' });
  service.use(gfm);
  // Pictures of other places are not shown by Dugri: the link stays, the picture can be uploaded.
  service.addRule('picture', {
    filter: 'img',
    replacement: (_, node) => {
      const from = node.getAttribute('src') ?? '';
      return /^https?:/.test(from) ? `[${node.getAttribute('alt') || from}](${from})` : '';
    },
  });
  // Google Docs wraps everything in a bold that is none.
  service.addRule('no bold', {
    filter: node => /^(B|STRONG)$/.test(node.nodeName) && /font-weight:\s*(normal|[1-4]00)/.test(node.dataset.style ?? ''),
    replacement: content => content,
  });
  service.addRule('bold span', {
    filter: node => node.nodeName === 'SPAN' && /font-weight:\s*(bold|[6-9]00)/.test(node.dataset.style ?? ''),
    replacement: content => (content.trim() ? `**${content.trim()}**` : content),
  });
  service.addRule('no address', {
    filter: node => node.nodeName === 'A' && !/^(https?:|mailto:)/.test(node.getAttribute('href') ?? ''),
    replacement: content => content,
  });
  return service;
}

// `null` where the text alone says as much, or where there is too much of it.
export function toMarkdown(html) {
  if (html.length > HTML_CHARS_MAX) return { tooLarge: true };
  // As data: the policy would report each style, and nothing of it is looked at but the weight of letters.
  const safe = html.replace(/<(style|script|head|title)\b[\s\S]*?<\/\1\s*>/gi, '').replace(/<[a-z][^<>]*>/gi, tag => tag.replace(/[\s"'/](style|on\w+)\s*=/gi, ' data-$1='));
  const body = new DOMParser().parseFromString(safe, 'text/html').body;
  if (!body.querySelector(MEANS)) return { plain: true };
  if (body.getElementsByTagName('*').length > ELEMENTS_MAX) return { tooLarge: true };
  for (const node of body.querySelectorAll('svg, math, object, iframe, form input, button')) node.remove();
  return { text: turndown().turndown(body).replace(/\u00a0/g, ' ').replace(/[ \t]+$/gm, '') };
}

const size = text => new Blob([text]).size;

function put(view, text) {
  if (size(text) + size(view.state.doc.toString()) > TEXT_BYTES_MAX) {
    tell(say('paste-refused'), true);
    return;
  }
  view.dispatch(view.state.replaceSelection(text), { userEvent: 'input.paste', scrollIntoView: true });
}

const ADDRESS = /^(?:https?:\/\/|mailto:)[^\s<>]+$/;

export function paste(event, view, settings) {
  const { clipboardData: data } = event;
  if (!data) return false;
  if (data.files.length > 0 && !data.types.includes('text/html')) {
    event.preventDefault();
    upload(view, [...data.files], view.state.selection.main.head, settings);
    return true;
  }
  const text = data.getData('text/plain').replace(/\r\n?/g, '\n');
  const { from, to } = view.state.selection.main;
  if (from !== to && ADDRESS.test(text.trim()) && !view.state.sliceDoc(from, to).includes('\n')) {
    event.preventDefault();
    view.dispatch(view.state.replaceSelection(`[${view.state.sliceDoc(from, to)}](${text.trim()})`), { userEvent: 'input.paste' });
    return true;
  }
  const html = data.getData('text/html');
  if (html) {
    const made = toMarkdown(html);
    if (made.tooLarge) tell(say('pasted-plain'), false);
    event.preventDefault();
    put(view, made.text ?? text);
    return true;
  }
  if (size(text) > TEXT_BYTES_MAX / 2) {
    event.preventDefault();
    put(view, text);
    return true;
  }
  return false;
}

export function drop(event, view, settings) {
  if (!event.dataTransfer?.files.length) return false;
  event.preventDefault();
  const at = view.posAtCoords({ x: event.clientX, y: event.clientY }) ?? view.state.selection.main.head;
  upload(view, [...event.dataTransfer.files], at, settings);
  return true;
}
