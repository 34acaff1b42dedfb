// Small helps for the form of a story. Without them the form works, and shows what the public will see after a save.
'use strict';

const form = document.getElementById('story');

function debounced(wait, run) {
  let timer = 0;
  return () => { clearTimeout(timer); timer = setTimeout(run, wait); };
}

function showCounts() {
  for (const count of document.querySelectorAll('[data-count]')) {
    const length = document.getElementById(count.dataset.count).value.trim().length;
    const most = Number(count.dataset.most);
    count.textContent = `${length} characters; a card holds about ${most}.`;
    count.classList.toggle('over', length > most);
  }
}

// -- what the public will see: the server says it, for what is in the form now -----------------

let asked = 0;

async function look() {
  const sent = new FormData(form), number = ++asked;
  if (sent.get('photo') && sent.get('photo').size) sent.set('new-photo', 'yes');
  sent.delete('photo');
  const answer = await fetch('/_desk/look', { method: 'POST', body: sent });
  if (!answer.ok || number !== asked) return;
  const { part, page } = await answer.json();
  const view = document.getElementById('view'), frame = document.getElementById('page');
  if (view.innerHTML !== part) view.innerHTML = part;
  if (page && frame.srcdoc !== page) {
    const top = frame.contentWindow ? frame.contentWindow.scrollY : 0;
    frame.addEventListener('load', () => frame.contentWindow.scrollTo(0, top), { once: true });
    frame.srcdoc = page;
  }
}

// -- Markdown: buttons that write its signs ----------------------------------------------------

const SIGNS = [
  ['Bold', '**', '**'], ['Italic', '*', '*'], ['Heading', '\n## ', ''], ['Quote', '\n> ', ''], ['List', '\n- ', ''],
  ['Link', '[', '](https://)'],
];

function write(text, before, after) {
  const { selectionStart: start, selectionEnd: end, value } = text;
  const lead = before.startsWith('\n') && (start === 0 || value[start - 1] === '\n') ? before.slice(1) : before;
  const words = value.slice(start, end);
  text.focus();
  // unlike setRangeText, it can be undone
  document.execCommand('insertText', false, lead + words + after);
  text.setSelectionRange(start + lead.length, start + lead.length + words.length);
}

function setUpToolbar(text) {
  const bar = document.createElement('div');
  bar.className = 'signs';
  bar.setAttribute('role', 'group');
  bar.setAttribute('aria-label', 'Signs for the text');
  for (const [name, before, after] of SIGNS) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = name;
    button.addEventListener('click', () => write(text, before, after));
    bar.append(button);
  }
  text.before(bar);
}

// -- the focal point -------------------------------------------------------------------------

function placeFocus(fieldset) {
  const [x, y] = fieldset.querySelectorAll('input[type=range]');
  const point = fieldset.querySelector('.whole span');
  point.style.left = `${x.value}%`;
  point.style.top = `${y.value}%`;
}

function setUpFocus(fieldset) {
  const whole = fieldset.querySelector('.whole'), image = whole.querySelector('img');
  const unseen = fieldset.querySelector('.unseen'), chosen = document.getElementById('photo');
  const [x, y] = fieldset.querySelectorAll('input[type=range]');
  const shown = () => { whole.hidden = !image.naturalWidth; if (image.naturalWidth) unseen.hidden = true; };
  image.addEventListener('load', shown);
  image.addEventListener('error', () => { whole.hidden = true; unseen.hidden = !chosen.files.length; });
  shown();
  placeFocus(fieldset);
  whole.addEventListener('click', (event) => {
    const box = image.getBoundingClientRect();
    x.value = Math.round((event.clientX - box.left) / box.width * 100);
    y.value = Math.round((event.clientY - box.top) / box.height * 100);
    placeFocus(fieldset);
    form.dispatchEvent(new Event('input'));
  });
  fieldset.addEventListener('input', () => placeFocus(fieldset));
  chosen.addEventListener('change', () => {
    const [file] = chosen.files;
    document.getElementById('alt').required = Boolean(file);
    if (file) image.src = URL.createObjectURL(file);
  });
}

if (form) {
  let dirty = Boolean(document.getElementById('refused'));
  const lookSoon = debounced(300, look);
  form.addEventListener('input', () => { dirty = true; showCounts(); lookSoon(); });
  form.addEventListener('change', lookSoon);
  form.addEventListener('submit', () => { dirty = false; });
  addEventListener('beforeunload', (event) => { if (dirty) event.preventDefault(); });
  setUpToolbar(document.getElementById('body'));
  document.querySelectorAll('fieldset.focus').forEach(setUpFocus);
  showCounts();
  document.getElementById('refused')?.focus();
}
