// The sentences come from the page: no word stands in the scripts.
let words = {};

export function learn(json) {
  words = JSON.parse(json);
}

// The sentence with its values put in, each isolated, so that a Latin name cannot turn a Hebrew line around.
export function say(key, values = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (all, name) => (name in values ? `\u2068${values[name]}\u2069` : all));
}

// A small element: `el('button', { type: 'button', text: 'x' }, child)`.
export function el(name, { text, ...attributes } = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined && value !== false) made.setAttribute(key, value === true ? '' : value);
  if (text !== undefined) made.textContent = text;
  made.append(...children);
  return made;
}

// An icon of the sprite, whose address the page knows from any icon on it.
export function icon(name) {
  const sprite = document.querySelector('svg.i use')?.getAttribute('href')?.split('#')[0] ?? '';
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'i');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `${sprite}#${name}`);
  svg.append(use);
  return svg;
}
