// Dugri in the browser. Every page works without this; it only makes things quicker.
// Plain modules, served as written: nothing has to be rebuilt. (The editor is a bundle of its own, on the pages that write.)
import { theme } from './theme.js';
import { shortcuts } from './keys.js';
import { panel } from './panel.js';
import { copy } from './copy.js';
import { dialogs } from './dialogs.js';
import { command } from './command.js';

document.documentElement.classList.add('js');
for (const start of [theme, shortcuts, panel, copy, dialogs, command]) start();

// Fetched only by pages that have use for it.
const has = selector => document.querySelector(selector) !== null;
if (has('form[data-guard]')) import('./guard.js').then(part => part.guard());
if (has('[data-keys-list]')) import('./triage.js').then(part => part.triage());
if (has('textarea[data-preview]')) import('./preview.js').then(part => part.preview());
if (has('[data-editing]')) import('./presence.js').then(part => part.presence());
if (/^\/intel(\/|$)/.test(location.pathname)) import('./intel.js').then(part => part.intel());
