// Who else writes here. Signs of life go to the server; tabs of one browser tell each other at once. Nothing is locked.
import { tab } from './draft.js';
import { el, icon, say } from './words.js';

const BEAT_MS = 20_000;

export function presence(form, page) {
  const shown = document.querySelector('[data-presence]');
  const notices = document.querySelector('.notices');
  const neighbours = new Set();
  let elsewhere = false, others = [];

  const show = () => {
    if (!shown) return;
    const said = [];
    if (others.length > 0) said.push(say(others.length === 1 ? 'is-editing' : 'are-editing', { names: others.join(', ') }));
    if (elsewhere || neighbours.size > 0) said.push(say('elsewhere'));
    shown.hidden = said.length === 0;
    shown.querySelector('span').textContent = said.join(' · ');
  };

  const channel = 'BroadcastChannel' in window ? new BroadcastChannel('dugri-editing') : null;
  const here = kind => channel?.postMessage({ page, tab, kind });
  channel?.addEventListener('message', ({ data }) => {
    if (data.page !== page || data.tab === tab) return;
    if (data.kind === 'leaves') neighbours.delete(data.tab);
    else neighbours.add(data.tab);
    if (data.kind === 'comes') here('is here');
    show();
  });
  here('comes');

  let told = '';
  const newer = found => {
    if (!found || !notices || told === found.at) return;
    told = found.at;
    document.querySelector('[data-newer]')?.remove();
    const said = found.number ? say('newer-number', { name: found.author, number: found.number }) : say('newer', { name: found.author });
    const link = el('a', { class: 'btn', href: `/p/${page}/-/history`, target: '_blank', rel: 'noopener', text: say('see-newer') });
    notices.append(el('div', { class: 'banner', 'data-st': 'due', role: 'alert', 'data-newer': true }, large('git-merge'), el('div', { text: said }), el('div', { class: 'btns' }, link)));
  };

  const ask = body =>
    fetch(`/api/v1/pages/${page}/editing`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ tab, ...body }), keepalive: Boolean(body.leaves) });
  const beat = async () => {
    const answer = await ask({ base_revision: Number(form.elements.base_revision.value) }).catch(() => null);
    if (answer?.status === 404) return standing('forbidden');
    if (!answer?.ok) return;
    const found = await answer.json();
    ({ others, elsewhere } = found);
    show();
    newer(found.newer);
  };
  if (page) {
    beat();
    setInterval(beat, BEAT_MS);
    document.addEventListener('visibilitychange', () => document.hidden || beat());
  }
  addEventListener('pagehide', () => {
    here('leaves');
    if (page) ask({ leaves: true }).catch(() => {});
  });
  addEventListener('pageshow', event => {
    if (!event.persisted) return;
    here('comes');
    if (page) beat();
  });
}

function large(name) {
  const made = icon(name);
  made.classList.add('l');
  return made;
}

// What the page says to a save, once it says something else than yes.
export function standing(word) {
  const notices = document.querySelector('.notices');
  if (!notices || !['archived', 'forbidden', 'gone'].includes(word) || document.querySelector(`[data-standing=${word}]`)) return;
  if (word === 'archived' && document.querySelector('.notices [data-st=archived]')) return;
  const drafts = el('a', { class: 'btn', href: '/drafts', target: '_blank', rel: 'noopener', text: say('your-drafts') });
  notices.append(el('div', { class: 'banner', 'data-st': 'superseded', role: 'alert', 'data-standing': word }, large('circle-alert'), el('div', { text: say(word) }), el('div', { class: 'btns' }, drafts)));
}
