// Hands on the keyboard of the editor.

// Puts the cursor behind the first place of these words.
export async function cursor(who, words) {
  await who.page.waitForSelector('.cm-content');
  await who.page.evaluate((words) => {
    const { view } = document.querySelector('form[data-editor]').editor;
    const at = view.state.doc.toString().indexOf(words);
    if (at < 0) throw new Error(`not in the text: ${words}`);
    view.dispatch({ selection: { anchor: at + words.length } });
    view.focus();
  }, words);
}

export const press = (who, words) => who.page.keyboard.type(words);

export const text = async (who) => {
  await who.page.waitForSelector('.cm-content');
  return who.page.evaluate(() => document.querySelector('form[data-editor]').editor.view.state.doc.toString());
};


// Waits until the server has said that it has everything.
export async function saved(who) {
  await who.page.waitForFunction(() => {
    const { draft } = document.querySelector('form[data-editor]').editor;
    return document.querySelector('[data-save]').dataset.state === 'saved' && !draft.isDirty();
  });
}

// The newest own draft of a page, as the server has it.
export async function onServer(who, id) {
  const answer = await who.page.request.get('/api/v1/drafts');
  const { results } = await answer.json();
  const found = results.find((draft) => draft.page === id && !draft.discarded_at);
  if (!found) throw new Error(`no draft of ${id}`);
  return found.form;
}

// Pastes data by type, or files, where the cursor is.
export async function paste(who, data, files = []) {
  await who.page.evaluate(
    ({ data, files }) => {
      const clipboardData = new DataTransfer();
      for (const [type, value] of Object.entries(data)) clipboardData.setData(type, value);
      for (const { name, type, bytes } of files) clipboardData.items.add(new File([new Uint8Array(bytes)], name, { type }));
      document.querySelector('.cm-content').dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    },
    { data, files },
  );
}
