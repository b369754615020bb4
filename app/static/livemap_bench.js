// The panel of the workbench, over the map: the totals, and fields that do what dragging does, for the keyboard.

function benchPanel(live) {
  const { bench, lang } = live.data;
  const { texts } = bench;
  const root = made('section', { className: 'bench' });
  root.setAttribute('aria-label', texts.title);
  const totals = made('p', { className: 'totals', textContent: texts.title });
  totals.setAttribute('role', 'status');
  const [gap, adds, help] = ['gap', 'adds', 'help'].map((className) => made('p', { className }));
  help.textContent = texts.help;
  const select = made('select', {}, made('option', { value: '', textContent: texts.choose }),
    ...bench.sites.filter(({ movable }) => movable).map(({ no, text }) => made('option', { value: no, textContent: text })));
  select.addEventListener('change', () => { choose(live, Number(select.value) || -1); goToSite(live); });
  // The arrows choose in the list; the keys that turn are no letters of a site's name.
  select.addEventListener('keydown', (event) => {
    if (!live.hand.chosen || (event.code !== 'BracketLeft' && event.code !== 'BracketRight')) return;
    event.preventDefault();
    const turn = event.code === 'BracketLeft' ? -TURN_DEG : TURN_DEG;
    alter(live, live.hand.chosen, { heading_deg: standing(live, live.hand.chosen).heading_deg + turn }, true);
  });
  const fields = { lat: 0.00001, lon: 0.00001, heading_deg: TURN_DEG };
  for (const [name, step] of Object.entries(fields)) {
    // `any` takes what is typed; the arrows of the field go by the step.
    const field = made('input', { type: 'number', name, step: name === 'heading_deg' ? step : 'any' });
    field.addEventListener('change', () => field.value !== '' && typed(live, name, Number(field.value)));
    fields[name] = field;
  }
  const held = made('div', { className: 'held-site' },
    made('div', { className: 'fields' }, ...Object.entries(fields).map(([name, field]) => made('label', { textContent: texts[name] }, field))),
    adds);
  const name = made('input', { type: 'text', maxLength: 80 });
  const back = made('button', { type: 'button', textContent: texts.undo });
  const all = made('button', { type: 'button', textContent: texts.undo_all });
  const keep = made('button', { type: 'button', className: 'keep', textContent: texts.keep });
  back.addEventListener('click', () => undo(live, [live.hand.chosen]));
  all.addEventListener('click', () => undo(live, [...live.hand.altered.keys()]));
  keep.addEventListener('click', () => {
    keep.disabled = true;
    const altered = [...live.hand.altered].map(([no, at]) => ({ no, lat: at.lat, lon: at.lon, heading_deg: at.heading_deg }));
    live.tell('keep', { plan_id: live.hand.plan, altered, name: name.value });
  });
  const done = made('div', { className: 'done' }, made('div', { className: 'row' }, back, all),
    made('label', { textContent: texts.name }, name), keep);
  root.append(totals, gap, made('label', { textContent: texts.site }, select), held, help, done);
  live.box.parentElement.append(root);
  live.panel = { root, lang, show: () => showPanel(live, { totals, gap, adds, help, select, fields, held, back, done, keep, texts }) };
}

function showPanel(live, { totals, gap, adds, help, select, fields, held, back, done, keep, texts }) {
  const { hand } = live;
  const { chosen, found, altered, fault } = hand;
  const set = (part, text) => { if (part.textContent !== text) part.textContent = text; };
  set(totals, fault ? `${texts.failed} ${fault}` : found && (altered.size || chosen) ? found.said.totals : chosen && hand.busy ? texts.laying : texts.title);
  set(gap, !fault && found && (altered.size || found.stale) ? found.said.gap : '');
  set(adds, !fault && found && chosen ? found.said.sites[chosen] : '');
  select.value = chosen || '';
  held.hidden = !chosen;
  set(help, chosen ? texts.arrows : texts.help);
  done.hidden = !altered.size;
  back.disabled = !altered.has(chosen);
  keep.disabled = hand.busy || Boolean(fault) || Boolean(found?.stale);
  if (!chosen) return;
  const at = standing(live, chosen);
  const active = live.panel.root.getRootNode().activeElement;
  for (const [name, field] of Object.entries(fields)) {
    const text = name === 'heading_deg' ? String(at[name]) : at[name].toFixed(6);
    if (field !== active || hand.typed !== field.value) field.value = text;
  }
}

function typed(live, name, value) {
  if (!Number.isFinite(value) || (name === 'lat' && Math.abs(value) > 85) || (name === 'lon' && Math.abs(value) > 180)) return;
  alter(live, live.hand.chosen, { [name]: value }, true);
}

function made(tag, given, ...inside) {
  const part = Object.assign(document.createElement(tag), given);
  part.append(...inside);
  return part;
}
