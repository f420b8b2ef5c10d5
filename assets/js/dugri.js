// Dugri in the browser. Every page works without this; it only makes things quicker.
// Plain modules, served as written: nothing has to be rebuilt. (The editor is a bundle of its own, on the pages that write.)
import { theme } from './theme.js';
import { shortcuts } from './keys.js';
import { panel } from './panel.js';
import { guard } from './guard.js';
import { copy } from './copy.js';
import { dialogs } from './dialogs.js';
import { triage } from './triage.js';
import { command } from './command.js';
import { preview } from './preview.js';
import { presence } from './presence.js';
import { intel } from './intel.js';

document.documentElement.classList.add('js');
for (const start of [theme, shortcuts, panel, guard, copy, dialogs, triage, command, preview, presence, intel]) start();
