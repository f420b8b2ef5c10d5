// The browser journeys: starts a demo of its own, walks every journey, ends with `N passed, N failed`.
//
//   node tests/browser/run.mjs [--binary target/debug/dugri] [--only WORDS] [--pictures DIR]
//
// --only takes a part of a journey's name; --pictures keeps a picture of every browser of a failed journey.
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { launch } from './lib/browser.mjs';
import { runAll } from './lib/runner.mjs';
import { startDemo } from './lib/server.mjs';

// In this order; the last one uses up what this address may try at the door.
import './journeys/signin.mjs';
import './journeys/daily-round.mjs';
import './journeys/conflict.mjs';
import './journeys/editor.mjs';
import './journeys/finding.mjs';
import './journeys/homes.mjs';
import './journeys/steps.mjs';
import './journeys/keyboard.mjs';
import './journeys/noscript.mjs';
import './journeys/screens.mjs';
import './journeys/throttle.mjs';

const { values } = parseArgs({
  options: {
    binary: { type: 'string', default: fileURLToPath(new URL('../../target/debug/dugri', import.meta.url)) },
    only: { type: 'string' },
    pictures: { type: 'string' },
  },
});

const site = await startDemo(values.binary);
console.log(`the demo answers at ${site.url}`);
const browser = await launch();
const result = await runAll({ browser, site, only: values.only, pictures: values.pictures });
await browser.close();

const code = await site.stop();
if (code === 0) {
  result.passed += 1;
  console.log('ok    the server stops on SIGTERM');
} else {
  result.failed.push('the server stops on SIGTERM');
  console.log(`FAIL  the server stops on SIGTERM: ${code}\n${site.log.slice(-20).join('\n')}`);
}
if (result.failed.length > 0) console.log(`the last lines of the server:\n${site.log.slice(-30).join('\n')}`);
console.log(`${result.passed} passed, ${result.failed.length} failed`);
process.exitCode = result.failed.length > 0 ? 1 : 0;
