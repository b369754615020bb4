// Keys and buttons of the cameras in an answer. A press goes to the server, which writes it down and sends back the
// address that opens the picture: nothing opens that is not written. Keys are known by their place on the keyboard
// (event.code), so that an input method for Korean does not change them.

const LIVES = new WeakMap();
const SWITCH = 'golmok.watch.keys';
const SECONDS_OF_FRAME = 5;
const AGAIN_MS = 3000;
const KEYS = { KeyY: 'see', KeyN: 'not', KeyU: 'undo' };
const TYPED_INTO = 'input, textarea, select, [contenteditable], [role=textbox], [role=combobox], [role=listbox], [role=option], [role=spinbutton]';

export default function (component) {
  const { data, parentElement } = component;
  const box = parentElement.querySelector('.watch');
  if (!box || !data) return;
  let live = LIVES.get(box);
  if (!live) {
    live = { box, queue: [], sent: new Set(), last: 0, data };
    LIVES.set(box, live);
    begin(live);
  }
  live.data = data;
  live.tell = component.setTriggerValue;
  draw(live);
  open(live);
  // What was pressed while the server was at work goes now; what it answered does not go again.
  live.queue = live.queue.filter((press) => press.n > data.done);
  if (live.queue.length) live.tell('press', { presses: live.queue });
  return () => requestAnimationFrame(() => {
    if (!box.isConnected) end(live);
  });
}

function begin(live) {
  const one = (name) => live.box.querySelector(name);
  live.parts = { title: one('.title'), list: one('.list'), ask: one('.ask'), said: one('.said'), status: one('.status'), box: one('input') };
  live.parts.box.checked = localStorage.getItem(SWITCH) !== 'off';
  live.parts.box.addEventListener('change', () => {
    localStorage.setItem(SWITCH, live.parts.box.checked ? 'on' : 'off');
    live.box.classList.toggle('off', !live.parts.box.checked);
  });
  for (const what of Object.values(KEYS)) one(`.${what}`).addEventListener('click', () => press(live, what));
  live.pressed = (event) => keyed(live, event);
  window.addEventListener('keydown', live.pressed);
}

function end(live) {
  window.removeEventListener('keydown', live.pressed);
  LIVES.delete(live.box);
}

function keyed(live, event) {
  if (!live.box.isConnected) {
    end(live);
    return;
  }
  if (!live.parts.box.checked || event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing) return;
  const at = event.composedPath()[0];
  if (at instanceof Element && at !== live.parts.box && at.closest(TYPED_INTO)) return;
  if (document.querySelector('[role=dialog][aria-modal=true]')) return;
  const number = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
  const camera = number && live.data.cameras[Number(number) - 1];
  const what = camera ? 'open' : KEYS[event.code];
  if (!what || (!camera && !live.data.asked) || (number && event.shiftKey)) return;
  event.preventDefault();
  press(live, what, camera);
}

function press(live, what, camera) {
  if (what === 'undo' && !live.data.undo) return;
  const n = Math.max(Date.now(), live.last + 1);
  live.last = n;
  live.queue.push({ n, what, ...(camera ? { camera_id: camera.camera_id } : {}) });
  live.sent.add(n);
  if (camera) button(live, camera.camera_id)?.classList.add('busy');
  live.tell('press', { presses: live.queue });
  urge(live);
}

// A press that meets a run of the page may be passed over by it; it is said again until it is answered, and counts once.
function urge(live) {
  clearTimeout(live.timer);
  live.timer = setTimeout(() => {
    if (!live.box.isConnected || !live.queue.some((press) => press.n > live.data.done)) return;
    live.tell('press', { presses: live.queue });
    urge(live);
  }, AGAIN_MS);
}

function button(live, id) {
  return live.parts.list.querySelector(`[data-camera="${id}"]`);
}

function draw(live) {
  const { data, parts, box } = live;
  parts.title.textContent = data.texts.title;
  parts.box.nextElementSibling.textContent = data.texts.keys;
  parts.list.setAttribute('aria-label', data.texts.title);
  box.classList.toggle('off', !parts.box.checked);
  const focused = box.getRootNode().activeElement?.dataset?.camera;
  parts.list.replaceChildren(...data.cameras.map((camera) => item(live, camera)));
  if (focused) button(live, focused)?.focus();
  parts.ask.hidden = !data.asked;
  parts.said.textContent = data.asked || '';
  for (const [code, what] of Object.entries(KEYS)) label(box.querySelector(`.${what}`), code.slice(-1), data.texts[what]);
  box.querySelector('.undo').hidden = !data.undo;
  if (parts.status.textContent !== data.status) parts.status.textContent = data.status;
  box.dataset.done = data.done;
}

function item(live, camera) {
  const row = document.createElement('li');
  const made = document.createElement('button');
  made.type = 'button';
  made.className = [camera.sight, camera.locked && 'locked', camera.chosen && 'chosen'].filter(Boolean).join(' ');
  made.dataset.camera = camera.camera_id;
  made.setAttribute('aria-label', camera.label);
  made.setAttribute('aria-pressed', String(camera.chosen));
  label(made, String(camera.no), camera.text, camera.no <= 9);
  if (camera.locked) {
    const why = document.createElement('em');
    why.textContent = live.data.texts.locked;
    made.append(why);
  }
  made.addEventListener('click', () => press(live, 'open', camera));
  row.append(made);
  return row;
}

function label(made, key, text, shortcut = true) {
  const sign = document.createElement('kbd');
  sign.textContent = key;
  made.replaceChildren(sign, text);
  if (shortcut) made.setAttribute('aria-keyshortcuts', key);
}

function open(live) {
  const { opened } = live.data;
  // Only what was pressed here and now: a page that comes back opens nothing anew.
  if (!opened || !live.sent.delete(opened.n)) return;
  live.box.dataset.opened = opened.url;
  if (/^https?:/i.test(opened.url)) {
    const shown = window.open('', `golmok-video-${opened.camera_id}`);
    if (!shown) {
      live.parts.status.textContent = live.data.texts.blocked;
      return;
    }
    try {
      shown.opener = null;
    } catch {
      // the window of an earlier opening, which is the video system's by now and was let go of then
    }
    shown.location.replace(opened.url);
    return;
  }
  // In a frame of its own: a program's address in the page itself would cut the page's own connection in some browsers.
  const frame = document.createElement('iframe');
  frame.hidden = true;
  frame.className = 'golmok-video';
  frame.src = opened.url;
  document.body.append(frame);
  setTimeout(() => frame.remove(), SECONDS_OF_FRAME * 1000);
}
