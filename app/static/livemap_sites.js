// The sites of a plan, and the workbench: a site is dragged, or turned by its handle, and the server says what the plan
// then sees. Nothing is kept until it is asked for; what stands elsewhere is in the address, so that a link shows it.

const SITES = ['was', 'hand'];
const ARM_PX = 52;
const HIT_PX = 14;
const MOVED_PX = 3;
const STEP_M = 1;
const TURN_DEG = 5;
const M_PER_DEG = 111320;

// What the map draws: the plan, with the sites that a hand has put elsewhere.
function byHand(live) {
  const { data, hand } = live;
  if (!data.bench || !hand || hand.plan !== data.bench.plan_id || !hand.altered.size) return data;
  const cameras = data.cameras.map((camera, at) => ({ ...camera, ...placeOf(hand, at + 1) }));
  const planned = [...data.planned];
  for (const [no, view] of hand.views) {
    const at = data.bench.sites[no - 1]?.view_at;
    if (!hand.altered.has(no)) continue;
    if (at === null || at === undefined) planned.push(view);
    else planned[at] = view;
  }
  return { ...data, cameras, planned: planned.filter(Boolean) };
}

function placeOf(hand, no) {
  const { lat, lon } = hand.altered.get(no) || {};
  return lat === undefined ? {} : { lat, lon };
}

// The site as it stands now: where a hand has put it, else where the plan has it.
const standing = ({ hand, data }, no) => hand.altered.get(no) || data.bench.sites[no - 1];

function putSites(live) {
  const { data } = live;
  put(live, 'was', wasOf(data));
  if (!data.bench) {
    live.hand = null;
    live.panel?.root.remove();
    live.panel = null;
    put(live, 'hand', NOTHING);
    return;
  }
  if (live.hand?.plan !== data.bench.plan_id) {
    const altered = live.hand === undefined ? alteredInAddress(data.bench) : new Map();
    live.hand = { plan: data.bench.plan_id, altered, views: new Map(), chosen: null, told: null, found: null };
    if (altered.size) live.hand.chosen = [...altered.keys()][0];
    live.panel?.root.remove();
    live.panel = null;
  }
  if (!live.panel || live.panel.lang !== data.lang) benchPanel(live);
  if (data.bench.chosen && data.bench.chosen !== live.hand.told) choose(live, data.bench.chosen);
  live.hand.told = data.bench.chosen;
  if (!live.takesHands) takeHands(live);
  if (live.hand.altered.size && !live.hand.found) reckon(live);
  showHand(live);
}

function alteredInAddress({ sites }) {
  const asked = (new URLSearchParams(location.search).get('alter') || '').split(';').map((text) => text.split(',').map(Number));
  return new Map(asked.filter((each) => each.length === 4 && each.every(Number.isFinite) && sites[each[0] - 1]?.movable)
    .map(([no, lat, lon, heading_deg]) => [no, { lat, lon, heading_deg }]));
}

function keepAltered({ hand, box, path }) {
  if (!hand || !box.isConnected || location.pathname !== path) return;
  const told = [...hand.altered].map(([no, at]) => [no, at.lat, at.lon, at.heading_deg].join(',')).join(';');
  const address = new URL(location.href);
  if ((address.searchParams.get('alter') || '') === told) return;
  if (told) address.searchParams.set('alter', told);
  else address.searchParams.delete('alter');
  history.replaceState(history.state, '', address.href.replaceAll('%2C', ',').replaceAll('%3B', ';'));
}

function wasOf({ was, outlines }) {
  const seen = (outlines || []).map((geometry) => ({ type: 'Feature', properties: { kind: 'view' }, geometry }));
  const features = (was || []).flatMap(({ lat, lon, heading_deg, to }) => [
    { ...pointOf({ lat, lon }), properties: { kind: 'was' } },
    ...(heading_deg === null ? [] : [lineOf([lon, lat], along({ lat, lon }, heading_deg, 12), 'aim')]),
    ...(to ? [lineOf([lon, lat], [to.lon, to.lat], 'way')] : []),
  ]);
  return { type: 'FeatureCollection', features: [...seen, ...features] };
}

const lineOf = (from, to, kind) => ({ type: 'Feature', properties: { kind }, geometry: { type: 'LineString', coordinates: [from, to] } });
const shrink = (lat) => Math.cos((lat * Math.PI) / 180);
const along = ({ lat, lon }, heading_deg, metres) => {
  const angle = (heading_deg * Math.PI) / 180;
  return [lon + (metres * Math.sin(angle)) / (M_PER_DEG * shrink(lat)), lat + (metres * Math.cos(angle)) / M_PER_DEG];
};

function choose(live, no) {
  live.hand.chosen = live.data.bench.sites[no - 1]?.movable ? no : null;
  warm(live);
  showHand(live);
}

function goToSite(live) {
  if (!live.hand.chosen) return;
  const { lat, lon } = standing(live, live.hand.chosen);
  fit(live, [[lon, lat], [lon, lat]], matchMedia('(prefers-reduced-motion: reduce)').matches);
}

// The server lays a plan out when somebody comes near: the first drag need not wait for it.
function warm(live) {
  if (live.hand && !live.hand.warmed) {
    live.hand.warmed = true;
    if (!live.hand.altered.size) reckon(live);
  }
}

function takeHands(live) {
  const { map, box } = live;
  live.takesHands = true;
  box.addEventListener('pointerenter', () => warm(live));
  for (const [down, move, up] of [['mousedown', 'mousemove', 'mouseup'], ['touchstart', 'touchmove', 'touchend']]) {
    map.on(down, (event) => {
      if (!live.hand || event.points?.length > 1) return;
      const grip = gripAt(live, event.point);
      if (!grip) return;
      event.preventDefault();
      if (live.hand.chosen !== grip.no) choose(live, grip.no);
      const drag = (moved) => dragged(live, grip, event.point, moved);
      map.on(move, drag);
      map.once(up, () => { map.off(move, drag); box.classList.remove('held'); keepAltered(live); });
    });
  }
  for (const change of ['zoom', 'moveend']) map.on(change, () => live.hand && showHand(live));
  map.on('mousemove', ({ point }) => {
    if (live.hand && !box.classList.contains('held')) map.getCanvas().style.cursor = gripAt(live, point) ? 'grab' : '';
  });
  map.getCanvas().addEventListener('keydown', (event) => keyedSite(live, event), true);
}

// What the pointer takes hold of: the handle of the chosen site, else a site; the place and number of it.
function gripAt(live, point) {
  const { hand, data, map } = live;
  const near = ({ lat, lon }) => { const at = map.project([lon, lat]); return Math.hypot(at.x - point.x, at.y - point.y); };
  if (hand.chosen) {
    const [lon, lat] = handleOf(live);
    if (near({ lat, lon }) <= HIT_PX) return { no: hand.chosen, turns: true };
  }
  let best = null;
  data.bench.sites.forEach(({ movable, no }) => {
    const apart = movable ? near(standing(live, no)) : Infinity;
    if (apart <= HIT_PX && apart < (best?.apart ?? Infinity)) best = { no, turns: false, apart };
  });
  return best;
}

function handleOf({ map, hand, ...live }) {
  const at = standing({ hand, ...live }, hand.chosen);
  const { x, y } = map.project([at.lon, at.lat]);
  const angle = (at.heading_deg * Math.PI) / 180;
  return map.unproject([x + ARM_PX * Math.sin(angle), y - ARM_PX * Math.cos(angle)]).toArray();
}

function dragged(live, { no, turns }, from, { point, lngLat }) {
  if (!live.box.classList.contains('held') && Math.hypot(point.x - from.x, point.y - from.y) < MOVED_PX) return;
  live.box.classList.add('held');
  const at = standing(live, no);
  const centre = live.map.project([at.lon, at.lat]);
  alter(live, no, turns
    ? { heading_deg: (Math.atan2(point.x - centre.x, centre.y - point.y) * 180) / Math.PI }
    : { lat: lngLat.lat, lon: lngLat.lng });
}

function keyedSite(live, event) {
  const no = live.hand?.chosen;
  if (!no || event.ctrlKey || event.metaKey || event.altKey) return;
  const metres = event.shiftKey ? 10 * STEP_M : STEP_M;
  const heading = { ArrowUp: 0, ArrowRight: 90, ArrowDown: 180, ArrowLeft: 270 }[event.key];
  const turn = { BracketLeft: -TURN_DEG, BracketRight: TURN_DEG }[event.code];
  if (heading === undefined && turn === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  const at = standing(live, no);
  if (turn !== undefined) return alter(live, no, { heading_deg: at.heading_deg + turn }, true);
  const [lon, lat] = along(at, heading, metres);
  alter(live, no, { lat, lon }, true);
}

function alter(live, no, change, done = false) {
  const at = { ...standing(live, no), ...change };
  const heading_deg = Math.round((((at.heading_deg % 360) + 360) % 360) * 10) / 10 % 360;
  live.hand.altered.set(no, { lat: Number(at.lat.toFixed(7)), lon: Number(at.lon.toFixed(7)), heading_deg });
  live.hand.since ??= performance.now();
  if (done) keepAltered(live);
  redraw(live);
  reckon(live);
}

function undo(live, numbers) {
  for (const no of numbers) { live.hand.altered.delete(no); live.hand.views.delete(no); }
  keepAltered(live);
  redraw(live);
  reckon(live);
}

// One question is on its way at a time; what a hand did meanwhile is asked next.
async function reckon(live) {
  const { hand } = live;
  if (hand.busy) { hand.again = true; return; }
  const since = hand.since ?? performance.now();
  Object.assign(hand, { busy: true, again: false, since: null });
  const asked = new URLSearchParams({ lang: live.data.lang });
  for (const [no, at] of hand.altered) asked.append('alter', [no, at.lat, at.lon, at.heading_deg].join(','));
  const key = asked.getAll('alter').join(';');
  showHand(live);
  try {
    const answer = await fetch(`${location.origin}/workbench/${hand.plan}?${asked}`);
    if (!answer.ok) throw new Error(await answer.text());
    hand.found = await answer.json();
    hand.fault = null;
    hand.views = new Map(hand.found.sites.filter(({ altered }) => altered).map(({ no, view }) => [no, view]));
  } catch (error) {
    hand.fault = error.message;
    console.warn(error);
  }
  hand.busy = false;
  if (live.hand !== hand || !live.map) return;
  redraw(live);
  Object.assign(live.box.dataset, { reckoned: key, reckonedMs: Math.round(performance.now() - since) });
  if (hand.again) reckon(live);
}

function redraw(live) {
  const drawn = byHand(live);
  put(live, 'answer', camerasOf(drawn));
  put(live, 'planned', plannedOf(drawn));
  showHand(live);
}

function showHand(live) {
  const { hand, panel } = live;
  if (!hand || !panel) return;
  if (hand.chosen) {
    const { lat, lon } = standing(live, hand.chosen);
    const places = [[lon, lat], handleOf(live)].map((at) => live.map.project(at));
    live.box.dataset.hand = places.map(({ x, y }) => `${Math.round(x)},${Math.round(y)}`).join(' ');
    put(live, 'hand', { type: 'FeatureCollection', features: [
      lineOf([lon, lat], handleOf(live), 'arm'),
      { ...pointOf({ lat, lon }), properties: { kind: 'site' } },
      { ...pointOf({ lon: handleOf(live)[0], lat: handleOf(live)[1] }), properties: { kind: 'handle' } },
    ] });
  } else put(live, 'hand', NOTHING);
  panel.show();
}

const isKind = (kind) => ['==', ['get', 'kind'], kind];

// What stood there before lies under the signs of what is done now.
function wasLayers(ink) {
  return [
    { id: 'was-view', type: 'line', source: 'was', filter: isKind('view'), paint: { 'line-color': ink.place, 'line-width': 1.3, 'line-dasharray': [3, 2] } },
    { id: 'was-way', type: 'line', source: 'was', filter: isKind('way'), paint: { 'line-color': ink.place, 'line-width': 1.4, 'line-dasharray': [2, 2] } },
    { id: 'was-aim', type: 'line', source: 'was', filter: isKind('aim'), paint: { 'line-color': ink.camera, 'line-width': 2.4, 'line-dasharray': [1, 1] } },
    { id: 'was', type: 'circle', source: 'was', filter: isKind('was'), paint: { 'circle-radius': 12, 'circle-color': ink.halo, 'circle-opacity': 0.6, 'circle-stroke-width': 1.8, 'circle-stroke-color': ink.camera } },
  ];
}

function handLayers(ink) {
  return [
    { id: 'hand-arm', type: 'line', source: 'hand', filter: isKind('arm'), paint: { 'line-color': ink.place, 'line-width': 2 } },
    { id: 'hand-site', type: 'circle', source: 'hand', filter: isKind('site'), paint: { 'circle-radius': 12, 'circle-color': 'transparent', 'circle-stroke-width': 2, 'circle-stroke-color': ink.place } },
    { id: 'hand-handle', type: 'circle', source: 'hand', filter: isKind('handle'), paint: { 'circle-radius': 9, 'circle-color': ink.halo, 'circle-stroke-width': 3, 'circle-stroke-color': ink.place } },
  ];
}
