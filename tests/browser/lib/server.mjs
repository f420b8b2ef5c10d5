// Starts `dugri demo` on a port of its choice with a folder of its own, and reads from what it prints where it answers
// and with which sign-ins.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const START_MS = 180_000;

export async function startDemo(binary) {
  const data = await mkdtemp(join(tmpdir(), 'dugri-journeys-'));
  const args = ['demo', '--data', data, '--listen', '127.0.0.1:0'];
  const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, RUST_BACKTRACE: '1' } });
  const site = { url: '', password: '', emails: [], log: [], data, child };
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));

  await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no address after ${START_MS / 1000} s`)), START_MS);
    child.once('error', reject);
    ended.then((code) => reject(new Error(`it ended with ${code} before it printed an address`)));
    const read = (line) => {
      site.log.push(line);
      note(site, line);
      if (site.url && site.emails.length > 0 && site.password) {
        clearTimeout(timer);
        resolve();
      }
    };
    lines(child.stdout, read);
    lines(child.stderr, read);
  }).catch(async (error) => {
    child.kill('SIGKILL');
    await rm(data, { recursive: true, force: true });
    throw new Error(`${binary} ${args.join(' ')}: ${error.message}\n${site.log.slice(-40).join('\n')}`);
  });

  site.stop = async () => {
    child.kill('SIGTERM');
    const code = await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 15_000, 'no end within 15 s'))]);
    child.kill('SIGKILL');
    await rm(data, { recursive: true, force: true });
    return code;
  };
  return site;
}

// The address is the first http URL; a sign-in is a line that begins with an e-mail address; the password stands on a
// line of its own ("password  …") or behind the address.
function note(site, line) {
  const url = line.match(/http:\/\/[^\s/]+:\d+/);
  if (url && !site.url) site.url = url[0];
  for (const [email] of line.matchAll(/[\w.+-]+@[\w-]+\.[\w.-]+\w/g)) {
    if (!site.emails.includes(email)) site.emails.push(email);
  }
  const password = line.match(/password\b[^:]*:?\s+["'`]?([^\s"'`]+)/i);
  if (password && !site.password) site.password = password[1];
}

function lines(stream, read) {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk) => {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop();
    parts.forEach(read);
  });
}
