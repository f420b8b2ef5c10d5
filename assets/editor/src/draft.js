// The draft on the server. 'Saved 14:02' is said on the server's word alone; what it does not have yet lies in this
// browser, and a failure stays in sight until it is mended.
import { el, icon, say } from './words.js';

const WAIT_MS = 900;
const WAIT_MS_MAX = 4_000;
const RETRY_MS = [3_000, 8_000, 20_000, 60_000];
const COPY = 'dugri-draft:';
// What `keepalive` may carry when the tab goes away.
const LAST_BYTES_MAX = 60_000;
const OWN = new Set(['client_id', 'base_revision', 'change', 'action', 'cites_search']);

export const tab = crypto.randomUUID();

export class Draft {
  constructor(form, { page, changed }) {
    Object.assign(this, { form, page, version: Number(form.dataset.version ?? 0), status: document.querySelector('[data-save]'), failures: 0 });
    this.first = this.read();
    this.kept = this.first;
    this.changed = changed;
    this.hold = null;
    form.addEventListener('input', () => this.touch());
    form.addEventListener('change', () => this.touch());
    form.addEventListener('submit', event => this.send(event));
    addEventListener('online', () => this.isDirty() && this.save());
    addEventListener('pagehide', () => this.last());
    addEventListener('beforeunload', event => {
      if (!this.sent && this.isDirty()) event.preventDefault();
    });
    // Back from where a save led: what is written now is a new save with a key of its own.
    addEventListener('pageshow', event => {
      if (event.persisted && this.sent) this.anew();
      this.sent = false;
    });
    document.addEventListener('visibilitychange', () => document.hidden && this.isDirty() && this.save());
  }

  get key() {
    return this.form.elements.client_id.value;
  }

  read() {
    this.sync?.();
    const fields = [...new FormData(this.form)].filter(([name, value]) => typeof value === 'string' && !OWN.has(name));
    return JSON.stringify(Object.fromEntries(fields));
  }

  isDirty() {
    return this.read() !== this.kept;
  }

  touch() {
    if (this.sent) return;
    clearTimeout(this.timer);
    this.since ??= Date.now();
    const wait = Math.min(WAIT_MS, Math.max(0, WAIT_MS_MAX - (Date.now() - this.since)));
    this.timer = setTimeout(() => this.save(), wait);
    clearTimeout(this.copying);
    this.copying = setTimeout(() => this.copy(), 250);
  }

  number(name) {
    const value = this.form.elements[name]?.value;
    return value ? Number(value) : undefined;
  }

  body(form) {
    return { page: this.page, base_revision: this.number('base_revision'), change: this.number('change'), version: this.version, tab, form };
  }

  // The copy in this browser; gone once the server has it.
  copy() {
    if (!this.isDirty()) return true;
    try {
      localStorage.setItem(COPY + this.key, JSON.stringify({ at: Date.now(), where: location.pathname, body: this.body(JSON.parse(this.read())) }));
      return true;
    } catch {
      return false;
    }
  }

  async save() {
    if (this.sent || this.hold || this.saving) {
      this.again = this.saving;
      return;
    }
    clearTimeout(this.timer);
    const text = this.read();
    if (text === this.kept) return;
    this.since = undefined;
    this.saving = true;
    if (this.failures === 0) this.say('saving', say('saving'));
    this.request = new AbortController();
    const answer = await put(this.key, this.body(JSON.parse(text)), { signal: this.request.signal });
    this.saving = false;
    if (this.sent) return;
    if (answer.ok) this.done(text, answer.body);
    else if (answer.body?.code === 'error-draft-moved') this.moved(answer.body);
    else if (answer.body?.code === 'error-draft-saved') {
      // The save of this key is done, and here something else is written: it needs a key of its own.
      this.forget();
      this.anew();
      this.touch();
    } else this.failed(answer);
    if (this.again) {
      this.again = false;
      this.touch();
    }
  }

  anew() {
    this.form.elements.client_id.value = crypto.randomUUID();
    this.version = 0;
  }

  done(text, body) {
    this.kept = text;
    this.version = body.version;
    this.failures = 0;
    this.say('saved', say('saved', { time: body.clock }), 'cloud-check');
    this.changed?.(body);
    if (this.isDirty()) this.touch();
    else this.forget();
  }

  failed({ status, body }) {
    const why = status === 0 ? 'why-offline' : status === 401 || status === 403 ? 'why-signin' : status === 413 || status === 422 ? 'why-large' : 'why-server';
    const kept = this.copy();
    const said = status === 404 ? say('forbidden') : say(kept ? 'not-saved' : 'kept-nowhere', { why: body?.errors?.[0]?.message ?? (status === 503 && body?.detail ? body.detail : say(why)) });
    this.say('bad', said, 'cloud-off');
    const wait = RETRY_MS[Math.min(this.failures, RETRY_MS.length - 1)];
    this.failures += 1;
    this.timer = setTimeout(() => this.save(), wait);
  }

  // Another tab has it now. Nothing is written over it unasked.
  moved({ version, saved_at: at }) {
    this.hold = { version };
    this.copy();
    const time = new Date(at).toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' });
    const take = el('button', { type: 'button', class: 'btn sm', text: say('go-on-here') });
    take.addEventListener('click', () => {
      this.version = this.hold.version;
      this.hold = null;
      this.kept = '';
      this.save();
    });
    this.say('bad', say('draft-moved', { time }), 'circle-alert', take);
  }

  say(state, text, symbol, ...more) {
    if (!this.status) return;
    this.status.dataset.state = state;
    this.status.replaceChildren(...(symbol ? [icon(symbol)] : []), el('span', { text }), ...more);
    const discard = document.querySelector('[data-discard]');
    if (discard && state === 'saved') discard.hidden = false;
    const form = document.getElementById('f-discard');
    if (form) form.action = `/drafts/${this.key}/discard`;
  }

  forget() {
    clearTimeout(this.copying);
    try {
      localStorage.removeItem(COPY + this.key);
    } catch {
      /* a browser that keeps nothing has nothing to forget */
    }
  }

  // The form goes: the save carries the key, and the draft goes with it.
  send(event) {
    if (event.defaultPrevented) return;
    this.sync?.();
    this.copy();
    this.sent = true;
    clearTimeout(this.timer);
    clearTimeout(this.copying);
    this.request?.abort();
  }

  // Given up: first the server gets what it has not, so that it can be put back.
  async flush() {
    this.failures = 0;
    while (this.saving) await new Promise(resolve => setTimeout(resolve, 50));
    await this.save();
    this.sent = true;
    clearTimeout(this.timer);
    this.forget();
  }

  last() {
    if (this.sent || this.hold || !this.isDirty()) return;
    this.copy();
    const body = JSON.stringify(this.body(JSON.parse(this.read())));
    if (body.length * 2 < LAST_BYTES_MAX) send(this.key, body, { keepalive: true }).catch(() => {});
  }
}

const send = (key, body, how) => fetch(`/api/v1/drafts/${key}`, { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body, ...how });

async function put(key, body, how) {
  try {
    const answer = await send(key, JSON.stringify(body), how);
    return { ok: answer.ok, status: answer.status, body: await answer.json().catch(() => null) };
  } catch {
    return { ok: false, status: 0, body: null };
  }
}

// What a tab that died had not sent: the server gets it now, and offers it as it offers every draft. Says whether there
// is something new to be offered.
export async function leftovers() {
  let fresh = false;
  for (const name of kept()) {
    const copy = JSON.parse(localStorage.getItem(name));
    if (copy.where !== location.pathname) continue;
    const key = name.slice(COPY.length);
    let answer = await put(key, copy.body);
    // Somebody wrote it again elsewhere: both are kept.
    if (answer.body?.code === 'error-draft-moved') answer = await put(crypto.randomUUID(), { ...copy.body, version: 0 });
    if (answer.ok) fresh = true;
    if (answer.ok || answer.body?.code === 'error-draft-saved') localStorage.removeItem(name);
  }
  return fresh;
}

function kept() {
  try {
    return Object.keys(localStorage).filter(name => name.startsWith(COPY));
  } catch {
    return [];
  }
}
