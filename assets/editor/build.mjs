// Makes assets/js/editor.js of the sources here: `npm ci && npm run build`. The bundle is committed and says of which
// sources it was made; a test compares that with the sources of now.
import { createHash } from 'node:crypto';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, '../js/editor.js');

// The same as `sources` in crates/dugri-web/src/assets.rs: names and contents, in order.
const names = ['build.mjs', 'package-lock.json', ...(await readdir(join(here, 'src'))).map(name => `src/${name}`)].sort();
const hash = createHash('sha256');
for (const name of names) hash.update(name).update('\0').update(await readFile(join(here, name))).update('\0');
const digest = hash.digest('hex');

const made = await build({
  entryPoints: [join(here, 'src/main.js')],
  bundle: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  legalComments: 'none',
  charset: 'utf8',
  metafile: true,
  write: false,
  absWorkingDir: here,
});
const code = `// Made of assets/editor by \`npm run build\`; licences: assets/editor/LICENSES.txt\n// sources ${digest}\n${made.outputFiles[0].text}`;
await writeFile(out, code);

// The licences of what is inside.
const packages = new Set();
for (const input of Object.keys(made.metafile.inputs)) {
  const found = input.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//);
  if (found) packages.add(found[1]);
}
const parts = [];
for (const name of [...packages].sort()) {
  const folder = join(here, 'node_modules', name);
  const { version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const file = (await readdir(folder)).find(entry => /^licen[cs]e/i.test(entry));
  const text = file ? await readFile(join(folder, file), 'utf8') : '';
  parts.push(`${name} ${version} (${license})\n\n${text.replaceAll('\r\n', '\n').trim()}\n`);
}
await writeFile(join(here, 'LICENSES.txt'), `What assets/js/editor.js holds of others.\n\n${parts.join(`\n${'-'.repeat(72)}\n\n`)}`);
console.log(`${relative(process.cwd(), out)}: ${Math.round(code.length / 1024)} KB, ${Math.round(gzipSync(code).length / 1024)} KB gzipped`);
