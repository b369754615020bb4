// The board of open incidents. Streamlit calls the default export on each run of the page with fresh texts; what is open
// comes from the server's stream (the second half of this module) and is drawn here without a run of the page.

const BOARDS = new WeakMap();
// How long an incident bears the word "new".
const NEW_MS = 20000;
const SAY_EVERY_MS = 3000;
const SOUND = 'golmok-board-sound';

export default function (component) {
  const { data, parentElement } = component;
  const box = parentElement.querySelector('.board');
  if (!box || !data) return;
  let board = BOARDS.get(box);
  if (!board) {
    board = beginBoard(box, data);
    BOARDS.set(box, board);
  }
  board.tell = component.setTriggerValue;
  const texts = JSON.stringify([data.lang, data.texts]);
  board.data = data;
  if (board.told !== texts) {
    board.told = texts;
    redraw(board);
  } else {
    markOpened(board);
  }
  return () => {
    // Also called between runs by some versions: only an element that has left the page loses its stream.
    requestAnimationFrame(() => {
      if (box.isConnected) return;
      clearInterval(board.ticking);
      endStream(board.stream);
      BOARDS.delete(box);
    });
  };
}

function beginBoard(box, data) {
  const part = (name) => box.querySelector(`.${name}`);
  const board = {
    box, data, rows: new Map(), cards: new Map(), clock: 0, health: null, lastAt: null, known: false,
    parts: { title: part('title'), health: part('health'), sound: part('sound'), banner: part('banner'), empty: part('empty'), list: part('list'), said: part('said') },
  };
  board.parts.sound.addEventListener('click', () => turnSound(board));
  board.parts.list.addEventListener('keydown', (event) => rove(board, event));
  box.dataset.events = 0;
  board.ticking = setInterval(() => tick(board), 1000);
  board.stream = beginStream(data.address, {
    reset: (told) => takeReset(board, told),
    incident: (told) => takeIncident(board, told),
    closed: (told) => { drop(board, told.incident_key); noteEvent(board, told); },
    health: (told) => { board.health = told; noteEvent(board, told); drawFrame(board); },
    beat: (told) => { board.clock = Date.parse(told.now) - Date.now(); },
    lost: (why, since) => sayLoss(board, why, since),
    back: () => sayBack(board),
  });
  return board;
}

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (blank, name) => values[name] ?? blank);
const timeOf = (board, moment) => new Date(moment).toLocaleTimeString('sv-SE', { timeZone: board.data.timezone });

function takeReset(board, told) {
  const fresh = new Map(told.incidents.map((row) => [row.incident_key, row]));
  for (const key of [...board.rows.keys()]) if (!fresh.has(key)) drop(board, key);
  for (const [key, row] of fresh) {
    const isNew = board.known && !board.rows.has(key);
    board.rows.set(key, row);
    drawCard(board, key, { isNew });
    if (isNew) announce(board, row);
  }
  board.health = told;
  board.lastAt = told.last_event_at;
  board.known = true;
  board.box.dataset.last = told.last_event;
  drawFrame(board);
}

function takeIncident(board, told) {
  const { incident } = told;
  const isNew = !board.rows.has(incident.incident_key);
  board.rows.set(incident.incident_key, incident);
  drawCard(board, incident.incident_key, { isNew, told });
  noteEvent(board, told);
  if (isNew) announce(board, incident);
}

function noteEvent(board, told) {
  if (told.event_id === undefined) return;
  board.lastAt = told.at;
  board.box.dataset.events = Number(board.box.dataset.events) + 1;
  board.box.dataset.last = told.event_id;
  drawFrame(board);
}

function drop(board, key) {
  board.rows.delete(key);
  const card = board.cards.get(key);
  if (!card) return;
  board.cards.delete(key);
  const hadFocus = card.item.contains(focusedIn(board));
  const next = card.item.nextElementSibling || card.item.previousElementSibling;
  card.item.remove();
  if (hadFocus) next?.firstElementChild.focus();
  keepOneStop(board);
}

// The most urgent first, of equals the newest.
function before(one, other) {
  const rank = (row) => row.urgency ?? 9;
  if (rank(one) !== rank(other)) return rank(one) < rank(other);
  if (one.occurred_at !== other.occurred_at) return one.occurred_at > other.occurred_at;
  return one.incident_key > other.incident_key;
}

function drawCard(board, key, { isNew = false, told = null } = {}) {
  const row = board.rows.get(key);
  let card = board.cards.get(key);
  if (!card) {
    const [item, button] = [document.createElement('li'), document.createElement('button')];
    button.type = 'button';
    button.tabIndex = -1;
    button.addEventListener('click', () => open(board, key));
    button.addEventListener('focus', () => keepOneStop(board, button));
    item.append(button);
    item.dataset.key = key;
    card = { item, button, newUntil: 0 };
    board.cards.set(key, card);
  }
  if (isNew) card.newUntil = Date.now() + NEW_MS;
  fillCard(board, card, row);
  place(board, card, row);
  if (!told?.event_id) return;
  card.item.dataset.event = told.event_id;
  card.item.dataset.at = Date.parse(told.at);
  // What the next frame shows is on the screen with it.
  requestAnimationFrame(() => { card.item.dataset.shown = Date.now(); });
}

function place(board, card, row) {
  const { list } = board.parts;
  const others = [...list.children].filter((item) => item !== card.item);
  const after = others.find((item) => before(row, board.rows.get(item.dataset.key))) || null;
  if (card.item.parentNode === list && card.item.nextElementSibling === after) return;
  const hadFocus = card.item.contains(focusedIn(board));
  list.insertBefore(card.item, after);
  if (hadFocus) card.button.focus();
  keepOneStop(board);
}

function fillCard(board, card, row) {
  const { texts, urgencies, calls } = board.data;
  const { button } = card;
  const code = row.urgency ?? 'unknown';
  const element = (name, words = '', tag = 'span') => {
    const made = document.createElement(tag);
    made.className = name;
    made.textContent = words;
    return made;
  };
  const what = element('what', whatOf(board, row), 'strong');
  const shape = element(`shape u${code}`, row.urgency ?? '?');
  shape.setAttribute('aria-hidden', 'true');
  card.age = element('age');
  card.fresh = element('fresh', texts.new);
  const [first, second, third] = [element('line'), element('line place'), element('line cameras')];
  first.append(shape, what, card.fresh, card.age);
  second.append(element('urgency', urgencies[code]), ' · ', whereOf(board, row));
  const answer = element(`told ${row.answer?.headline_code || 'unknown'}`, answerOf(board, row.answer));
  third.append(...chipsOf(board, row.answer), answer);
  button.replaceChildren(first, second, third);
  button.classList.toggle('still', row.lat === null || row.place_m !== null);
  button.setAttribute('aria-disabled', row.lat === null || row.place_m !== null);
  ageCard(board, card, row);
  markOpened(board);
}

// A loaded name beats ours only where we have none: ours are in the reader's language.
function whatOf({ data }, row) {
  const named = data.calls[row.class_code];
  return named ? named.replace(/^\d+ /, '') : row.class_name || row.class_code || data.texts.no_class;
}

function whereOf({ data: { texts } }, row) {
  const bell = row.bell_key ? fill(texts.bell, { bell: row.bell_key }) : null;
  if (row.lat === null) return bell || texts.no_place;
  if (row.place_m !== null) return fill(texts.coarse, { m: row.place_m });
  return [row.address || row.street || (bell ? null : texts.unnamed), bell].filter(Boolean).join(', ');
}

function answerOf({ data: { texts } }, answer) {
  if (!answer) return '';
  const code = answer.headline_code;
  const none = code === 'none' && answer.other_purpose ? 'none_usable' : code;
  const key = none === 'seen' && answer.may_be_seen_by ? 'seen_may' : none;
  const other = answer.other_purpose ? `, ${fill(texts.other, { n: answer.other_purpose })}` : '';
  return fill(texts[key], { n: answer.seen_by, may: answer.may_be_seen_by }) + other;
}

// The numbers of the first cameras as Find and the map number them; their marks differ in form, not in colour alone.
function chipsOf({ data: { texts } }, answer) {
  return (answer?.cameras || []).filter((camera) => camera.sight !== 'none').map((camera) => {
    const chip = document.createElement('span');
    const mark = camera.sees ? 'sees' : 'may';
    chip.className = `chip ${mark}`;
    chip.textContent = camera.no;
    chip.title = `${camera.camera_key} · ${texts[`mark_${mark}`]} · ${Math.round(camera.distance_m)} m`;
    chip.setAttribute('aria-hidden', 'true');
    return chip;
  });
}

function ageCard(board, card, row) {
  const { texts } = board.data;
  const seconds = Math.max(0, Math.round((Date.now() + board.clock - Date.parse(row.occurred_at)) / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const text = fill(h ? texts.hours : m ? texts.minutes : texts.seconds, { h, m, s });
  if (card.age.textContent !== text) card.age.textContent = text;
  const fresh = card.newUntil > Date.now();
  card.fresh.hidden = !fresh;
  card.item.classList.toggle('isNew', fresh);
  return seconds;
}

function tick(board) {
  if (!board.box.isConnected) {
    clearInterval(board.ticking);
    endStream(board.stream);
    return;
  }
  for (const [key, card] of board.cards) {
    const row = board.rows.get(key);
    if (ageCard(board, card, row) > board.data.open_hours * 3600) drop(board, key);
  }
  drawFrame(board);
}

function drawFrame(board) {
  const { parts, health, rows, lastAt } = board;
  const { texts } = board.data;
  const put = (element, text) => { if (element.textContent !== text) element.textContent = text; };
  put(parts.title, board.known ? `${texts.title} ${rows.size}` : texts.title);
  put(parts.health, health ? fill(texts.out_of_order, { n: health.out_of_order, of: health.cameras.toLocaleString('en-US') }) : '');
  const last = lastAt ? fill(texts.last, { time: timeOf(board, lastAt) }) : texts.never;
  put(parts.empty, board.known ? `${texts.empty} ${last}` : texts.waiting);
  parts.empty.hidden = rows.size > 0;
  put(parts.sound, texts.sound);
}

function redraw(board) {
  const { parts, data } = board;
  board.box.setAttribute('aria-label', data.texts.title);
  parts.list.setAttribute('aria-label', data.texts.label);
  parts.sound.title = data.texts.sound_help;
  parts.sound.setAttribute('aria-pressed', localStorage.getItem(SOUND) === 'on');
  for (const [key, card] of board.cards) fillCard(board, card, board.rows.get(key));
  if (board.loss) sayLoss(board, board.loss.why, board.loss.since);
  drawFrame(board);
}

function markOpened(board) {
  for (const [key, { button }] of board.cards) {
    if (key === board.data.opened) button.setAttribute('aria-current', 'true');
    else button.removeAttribute('aria-current');
  }
}

function open(board, key) {
  const row = board.rows.get(key);
  if (!row || row.lat === null || row.place_m !== null) return;
  board.data.opened = key;
  markOpened(board);
  board.tell('open', { incident_key: key, lat: row.lat, lon: row.lon, class_code: row.class_code, occurred_at: row.occurred_at });
}

// One stop of the tabulator; the arrows go on from there.
function rove(board, event) {
  const buttons = [...board.parts.list.querySelectorAll('button')];
  const at = buttons.indexOf(focusedIn(board));
  const to = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (to === undefined || at < 0) return;
  event.preventDefault();
  buttons[Math.min(Math.max(to, 0), buttons.length - 1)].focus();
}

function keepOneStop(board, wanted = null) {
  const buttons = [...board.parts.list.querySelectorAll('button')];
  const stop = wanted || buttons.find((button) => button.tabIndex === 0) || buttons[0];
  for (const button of buttons) button.tabIndex = button === stop ? 0 : -1;
}

const focusedIn = (board) => board.box.getRootNode().activeElement;

function announce(board, row) {
  const { texts, urgencies } = board.data;
  if (localStorage.getItem(SOUND) === 'on') beep(row.urgency);
  board.toSay = fill(texts.said, {
    urgency: urgencies[row.urgency ?? 'unknown'], what: whatOf(board, row), where: whereOf(board, row), cameras: answerOf(board, row.answer),
  });
  // A flood of sentences tells nobody anything: the last of some seconds is said.
  board.saying ??= setTimeout(() => {
    Object.assign(board, { saying: null, saidAt: Date.now() });
    board.parts.said.textContent = board.toSay;
  }, Math.max(0, (board.saidAt || 0) + SAY_EVERY_MS - Date.now()));
}

function turnSound(board) {
  const on = localStorage.getItem(SOUND) !== 'on';
  localStorage.setItem(SOUND, on ? 'on' : 'off');
  board.parts.sound.setAttribute('aria-pressed', on);
  if (on) beep(null);
}

let audio = null;

function beep(urgency) {
  audio ??= new AudioContext();
  const [tone, loudness] = [audio.createOscillator(), audio.createGain()];
  tone.frequency.value = urgency === 0 ? 880 : 587;
  loudness.gain.setValueAtTime(0.12, audio.currentTime);
  loudness.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.35);
  tone.connect(loudness).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + 0.35);
}

function sayLoss(board, why, since) {
  const { banner } = board.parts;
  board.loss = { why, since };
  const text = fill(board.data.texts[why], { time: timeOf(board, since) });
  // Said once: an alert that is written anew is read anew.
  if (banner.textContent !== text) banner.textContent = text;
  banner.className = 'banner lost';
  banner.hidden = false;
  board.box.dataset.connection = why;
}

function sayBack(board) {
  const { banner } = board.parts;
  board.box.dataset.connection = 'there';
  if (!board.loss) return;
  board.loss = null;
  banner.textContent = board.data.texts.back;
  banner.className = 'banner back';
  setTimeout(() => { if (!board.loss) banner.hidden = true; }, 6000);
}
