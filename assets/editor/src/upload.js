// Files on their way up, with what has gone and a way to stop. The text gets its link when the server has the file, at
// the place where it was dropped, wherever that has moved meanwhile.
import { StateEffect, StateField } from '@codemirror/state';
import { el, say } from './words.js';

const begin = StateEffect.define();
const end = StateEffect.define();

// Where each upload will put its link.
export const places = StateField.define({
  create: () => new Map(),
  update(value, transaction) {
    let now = value;
    if (transaction.docChanged && value.size > 0) now = new Map([...value].map(([id, at]) => [id, transaction.changes.mapPos(at, 1)]));
    for (const effect of transaction.effects) {
      if (effect.is(begin)) now = new Map(now).set(effect.value.id, effect.value.at);
      if (effect.is(end)) (now = new Map(now)).delete(effect.value);
    }
    return now;
  },
});

const shelf = () => document.querySelector('[data-uploads]');

// A sentence that stays until it is closed; `bad` ones are said at once.
export function tell(text, bad) {
  const close = el('button', { type: 'button', class: 'btn quiet sm', text: say('close') });
  const line = el('p', { class: bad ? 'err' : 'm', role: bad ? 'alert' : undefined }, el('span', { text }), close);
  close.addEventListener('click', () => line.remove());
  shelf()?.append(line);
}

const label = name => name.replace(/[[\]\\`\n]/g, '').trim();

export function upload(view, files, at, settings) {
  for (const file of files) one(view, file, at, settings);
}

function one(view, file, at, settings) {
  const id = crypto.randomUUID();
  const name = file.name || 'image.png';
  view.dispatch({ effects: begin.of({ id, at }) });
  const request = new XMLHttpRequest();
  const said = el('span');
  const bar = el('progress', { max: '100', value: '0', 'aria-label': name });
  const cancel = el('button', { type: 'button', class: 'btn quiet sm', text: say('upload-cancel') });
  const line = el('p', { class: 'm', 'data-upload-line': true }, said, bar, cancel);
  const progress = percent => {
    bar.value = percent;
    said.textContent = say('uploading', { name, percent });
  };
  const done = () => {
    view.dispatch({ effects: end.of(id) });
    line.remove();
  };
  const failed = why => {
    done();
    if (why !== null) tell(say('upload-failed', { name, why }), true);
  };
  progress(0);
  shelf()?.append(line);
  cancel.addEventListener('click', () => request.abort());
  request.upload.addEventListener('progress', event => event.lengthComputable && progress(Math.round((event.loaded / event.total) * 100)));
  request.addEventListener('abort', () => failed(null));
  request.addEventListener('error', () => failed(say('why-offline')));
  request.addEventListener('load', () => {
    const body = parse(request.responseText);
    if (request.status !== 201) return failed(body?.errors?.[0]?.message ?? body?.detail ?? say('why-server'));
    const place = view.state.field(places).get(id) ?? view.state.selection.main.head;
    const link = `${body.media_type.startsWith('image/') ? '!' : ''}[${label(body.name)}](${body.path})`;
    view.dispatch({ changes: { from: place, insert: link }, userEvent: 'input.upload' });
    done();
  });
  request.open('POST', `${settings.upload}?${new URLSearchParams({ name })}`);
  request.setRequestHeader('Content-Type', 'application/octet-stream');
  request.setRequestHeader('Idempotency-Key', id);
  request.send(file);
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
