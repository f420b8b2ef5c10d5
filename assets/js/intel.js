// The report form on a phone: what is typed is kept on it until the report is in, a report has the id that was made with
// its first word, and a photo is made small, which also leaves behind where it was taken.
const DRAFT = 'dugri-report';
const KEPT = ['what', 'subject', 'certainty', 'kind', 'account', 'channel', 'quote'];
const SIDE_MAX = 1600;

export function intel() {
  forget();
  const form = document.querySelector('form[data-intel-form]');
  if (form) keep(form);
  for (const field of document.querySelectorAll('input[type=file][data-photo]')) field.addEventListener('change', () => shrink(field));
  const seen = document.querySelector('form[data-seen]');
  if (seen) fetch(seen.action, { method: 'POST', body: new URLSearchParams({ from: 'script' }), keepalive: true }).catch(() => {});
}

const read = () => {
  try { return JSON.parse(localStorage.getItem(DRAFT)); } catch { return null; }
};
const write = draft => {
  try { draft ? localStorage.setItem(DRAFT, JSON.stringify(draft)) : localStorage.removeItem(DRAFT); } catch { /* a full or forbidden store: the form works all the same */ }
};

// A report that was sent and has its page is in: the draft has done its work.
function forget() {
  if (read()?.sent && /^\/intel\/\d+$/.test(location.pathname)) write(null);
}

function keep(form) {
  const untouched = !form.querySelector('[aria-invalid=true], [role=alert]') && !form.elements.what.value;
  const draft = read();
  // A report about a passage is another one than the draft.
  if (draft && untouched && draft.page === form.elements.page.value) restore(form, draft);
  form.addEventListener('input', () => write(typed(form)));
  form.addEventListener('submit', () => write({ ...typed(form), sent: true }));
}

function typed(form) {
  const draft = { client_id: form.elements.client_id.value, page: form.elements.page.value };
  for (const name of KEPT) draft[name] = form.elements[name].value;
  return draft;
}

function restore(form, draft) {
  form.elements.client_id.value = draft.client_id;
  for (const name of KEPT) if (draft[name]) form.elements[name].value = draft[name];
  const more = form.querySelector('details');
  if (more && (draft.kind || draft.channel || draft.quote)) more.open = true;
}

async function shrink(field) {
  const [file] = field.files;
  if (!file || !/^image\/(jpeg|png|webp)$/.test(file.type)) return;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, SIDE_MAX / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise(resolve => canvas.toBlob(resolve, 'image/jpeg', 0.85));
    if (!blob) return;
    const small = new DataTransfer();
    small.items.add(new File([blob], file.name.replace(/\.\w+$/, '') + '.jpg', { type: 'image/jpeg' }));
    field.files = small.files;
  } catch { /* what cannot be drawn goes as it is */ }
}
