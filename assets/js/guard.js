// What was changed in a form is not lost by a slip: the browser asks before it leaves. The editor guards its own form, and
// keeps its text on the server.
export function guard() {
  for (const form of document.querySelectorAll('form[data-guard]')) watch(form);
}

function watch(form) {
  const first = read(form);
  let sent = false;
  form.addEventListener('submit', () => { sent = true; });
  addEventListener('pageshow', () => { sent = false; });
  addEventListener('beforeunload', event => { if (!sent && read(form) !== first) event.preventDefault(); });
}

function read(form) {
  const fields = [...new FormData(form)].filter(([, value]) => typeof value === 'string');
  return JSON.stringify(fields.filter(([name]) => name !== 'client_id'));
}
