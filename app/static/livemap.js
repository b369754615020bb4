// The live map. Streamlit calls the default export on each run of the page with fresh `data`; the map itself is
// made once for an element and lives until the element goes. Nothing is asked of another host: library, tiles and
// fonts come from the server that sent the page. Without `glyphs` in the style, labels are drawn from local fonts.

const LIVES = new WeakMap();
const ASSETS = '/vendor/maplibre';
const VECTORS = ['boundaries', 'zones', 'alleys', 'buildings', 'fields', 'gaps', 'cameras'];
const VIEWS = ['view-possible', 'view-possible-edge', 'view-certain', 'view-certain-edge'];
const FONT = ['Pretendard'];
const NOTHING = { type: 'FeatureCollection', features: [] };

// What the map is drawn with. One accent says "seen"; the warm tone says "not seen", and nothing else uses it.
const INKS = {
  light: {
    ground: '#f4f5f5', inside: '#fbfbfa', edge: '#9aa3a6', dong: '#c9cfd1', building: '#e4e7e7', outline: '#d3d8d8',
    road: '#ffffff', casing: '#d5dada', steps: '#c3c9c9', text: '#3c4648', halo: '#ffffff',
    camera: '#6c777a', accent: '#0f766e', gap: '#c2410c', place: '#111827', old: '#7c3aed', way: '#111827', flood: '#c5dce8', wildfire: '#e6ddc9',
  },
  dark: {
    ground: '#101415', inside: '#161b1c', edge: '#586367', dong: '#30393c', building: '#232a2c', outline: '#2d3639',
    road: '#3a4447', casing: '#1b2122', steps: '#4a5558', text: '#c4cdcf', halo: '#101415',
    camera: '#8b979a', accent: '#2dd4bf', gap: '#fb923c', place: '#ffffff', old: '#b79cf7', way: '#ffffff', flood: '#1a313c', wildfire: '#332c1c',
  },
};

export default function (component) {
  const { data, parentElement } = component;
  const box = parentElement.querySelector('.map');
  if (!box || !data) return;
  let live = LIVES.get(box);
  if (!live) {
    live = { box, note: parentElement.querySelector('.note'), legend: parentElement.querySelector('.legend'), data, tell: component.setTriggerValue, shown: {} };
    LIVES.set(box, live);
    keepViewInAddress(live);
    live.ready = begin(live).catch((error) => {
      say(live, error.sentence || data.texts.no_assets);
      console.warn(error);
    });
  }
  live.data = data;
  live.tell = component.setTriggerValue;
  box.setAttribute('aria-label', data.texts.label);
  live.ready.then(() => (live.frame ? showSimple(live) : live.map && apply(live)));
  return () => {
    // Also called between runs by some versions: only an element that has left the page loses its map.
    requestAnimationFrame(() => {
      if (!box.isConnected && live.map) {
        window.navigation?.removeEventListener('currententrychange', live.addressed);
        live.map.remove();
        live.map = null;
        LIVES.delete(box);
      }
    });
  };
}

async function begin(live) {
  if (!document.createElement('canvas').getContext('webgl2')) {
    simply(live);
    return;
  }
  const library = await import(`${location.origin}${ASSETS}/maplibre-gl.mjs`);
  library.setWorkerUrl(`${location.origin}${ASSETS}/maplibre-gl-worker.mjs`);
  live.library = library;
  tint(live);
  const { view, texts } = live.data;
  // A link shows what it showed: neither the extent nor a focus moves the map that it names.
  const wished = wishedView();
  if (wished) Object.assign(live, { moved: true, shown: { focus: live.data.focus?.token ?? null } });
  live.map = new library.Map({
    container: live.box,
    style: styleOf(live),
    ...(wished ? wished : view.bounds ? { bounds: view.bounds, fitBoundsOptions: { padding: 16 } } : { center: view.center, zoom: view.zoom }),
    minZoom: 9,
    maxZoom: 20,
    dragRotate: false,
    pitchWithRotate: false,
    attributionControl: false,
    fadeDuration: 0,
    locale: { 'NavigationControl.ZoomIn': texts.zoom_in, 'NavigationControl.ZoomOut': texts.zoom_out },
  });
  live.map.touchZoomRotate.disableRotation();
  live.map.addControl(new library.NavigationControl({ showCompass: false }), 'top-right');
  live.map.addControl(new library.ScaleControl({ unit: 'metric', maxWidth: 90 }), 'bottom-left');
  live.map.on('click', (event) => clicked(live, event));
  live.map.on('moveend', () => { live.moved = true; keepView(live); });
  live.map.on('error', (event) => tilesFailed(live, event));
  live.map.on('idle', () => {
    nameDong(live);
    live.box.dataset.drawn = live.data.token;
    live.box.dataset.centre = live.map.getCenter().toArray().map((degrees) => degrees.toFixed(5)).join(',');
  });
  watchTheme(live);
  await new Promise((done) => live.map.once('load', done));
}

// The viewport stands in the address as lon,lat,zoom; the page is not run for it. What the page itself writes there
// leaves it out, so it is put back whenever the address changes.
function wishedView() {
  const asked = new URLSearchParams(location.search).get('view') || '';
  const [lon, lat, zoom] = (/^-?[\d.]+,-?[\d.]+,[\d.]+$/.test(asked) ? asked : '').split(',').map(parseFloat);
  const sound = Math.abs(lon) <= 180 && Math.abs(lat) <= 85 && zoom >= 0 && zoom <= 22;
  return sound ? { center: [lon, lat], zoom } : null;
}

function keepViewInAddress(live) {
  live.path = location.pathname;
  live.addressed = () => { if (live.moved) keepView(live); keepAltered(live); };
  window.navigation?.addEventListener('currententrychange', live.addressed);
}

function keepView({ map, box, path }) {
  if (!map || !box.isConnected || location.pathname !== path) return;
  const { lng, lat } = map.getCenter();
  const view = `${lng.toFixed(5)},${lat.toFixed(5)},${map.getZoom().toFixed(2)}`;
  const address = new URL(location.href);
  if (address.searchParams.get('view') === view) return;
  address.searchParams.set('view', view);
  history.replaceState(history.state, '', address.href.replaceAll('%2C', ','));
}

function clicked(live, event) {
  if (!live.data.asks) return;
  const { lng, lat } = event.lngLat.wrap();
  const place = { lat: Number(lat.toFixed(7)), lon: Number(lng.toFixed(7)) };
  // The question leaves before anything is drawn; the mark stands at once, and the answer follows.
  live.tell('click', place);
  live.map.getSource('place').setData(pointOf(place));
  live.box.style.cursor = 'progress';
}

function tilesFailed(live, event) {
  if (!event.sourceId) {
    console.warn(event.error);
    return;
  }
  say(live, live.data.texts.no_tiles);
  clearTimeout(live.retry);
  live.retry = setTimeout(() => {
    say(live, '');
    live.map?.setStyle(styleOf(live));
    live.shown = {};
    live.map?.once('idle', () => apply(live));
  }, 8000);
}

// A dong lies on several tiles and would be named on each: its name stands once, amid what is known of it so far.
function nameDong(live) {
  if (!live.map?.getSource('names') || live.map.getZoom() > 16) return;
  const seen = (live.dong ??= new Map());
  let grown = false;
  for (const { properties, geometry } of live.map.querySourceFeatures('boundaries', { sourceLayer: 'boundaries' })) {
    if (properties.level !== 'dong') continue;
    const box = seen.get(properties.code) || { west: 180, south: 90, east: -180, north: -90 };
    const [west, south, east, north] = boundsOf(geometry.coordinates.flat(geometry.type === 'Polygon' ? 1 : 2));
    if (west < box.west || south < box.south || east > box.east || north > box.north) {
      grown = true;
      seen.set(properties.code, {
        ...properties, west: Math.min(west, box.west), south: Math.min(south, box.south),
        east: Math.max(east, box.east), north: Math.max(north, box.north),
      });
    }
  }
  if (!grown && live.named) return;
  live.named = true;
  const features = [...seen.values()].map(({ west, south, east, north, ...properties }) => ({
    ...pointOf({ lon: (west + east) / 2, lat: (south + north) / 2 }), properties,
  }));
  live.map.getSource('names').setData({ type: 'FeatureCollection', features });
}

function boundsOf(places) {
  const lons = places.map(([lon]) => lon);
  const lats = places.map(([, lat]) => lat);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

function watchTheme(live) {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => setTimeout(() => retint(live), 300));
}

function tint(live) {
  live.dark = isDark(live.box);
  live.lang = live.data.lang;
  live.named = false;
  live.box.parentElement.classList.toggle('dark', live.dark);
}

function retint(live) {
  if (!live.map || (isDark(live.box) === live.dark && live.data.lang === live.lang)) return;
  tint(live);
  live.map.setStyle(styleOf(live));
  live.map.once('idle', () => { live.shown = { focus: live.shown.focus }; apply(live); });
}

// Put this run's answer on the map.
function apply(live) {
  const { map, data } = live;
  retint(live);
  live.box.style.cursor = data.asks ? 'crosshair' : '';
  map.getCanvas().style.cursor = data.asks ? 'crosshair' : '';
  if (!map.getSource('place')) return;
  putSites(live);
  const drawn = byHand(live);
  map.getSource('place').setData(data.point ? pointOf(data.point) : NOTHING);
  put(live, 'answer', camerasOf(drawn));
  put(live, 'lines', linesOf(data));
  put(live, 'approaches', approachesOf(data));
  put(live, 'chosen', data.focus?.geometry ? { type: 'Feature', properties: {}, geometry: data.focus.geometry } : NOTHING);
  put(live, 'planned', plannedOf(drawn));
  putWays(live);
  filterViews(map, data);
  explain(live);
  for (const layer of VECTORS) {
    const address = tileAddress(live, layer);
    if (live.shown[layer] !== undefined && live.shown[layer] !== address) map.getSource(layer).setTiles([address]);
    live.shown[layer] = address;
  }
  go(live);
  live.addressed();
  live.box.dataset.lines = data.cameras.filter((camera) => camera.sight !== 'none').length;
  live.box.dataset.answer = data.token;
  noteShown(live, data.token);
}

// Note when a frame has drawn this answer: its marks and lines come from a worker, a frame or two after they are set.
function noteShown(live, token) {
  const { map } = live;
  const seen = () => {
    const stale = live.data.token !== token;
    if (!stale && !['place', 'answer', 'lines'].every((source) => map.isSourceLoaded(source))) return;
    map.off('render', seen);
    if (!stale) live.box.dataset.shown = token;
  };
  map.on('render', seen);
  map.triggerRepaint();
}

// Give a source what it draws, unless it draws that already: every change costs frames.
function put(live, source, content) {
  const text = JSON.stringify(content);
  if (live.shown[`source ${source}`] === text) return;
  live.shown[`source ${source}`] = text;
  live.map.getSource(source).setData(content);
}

// What the colours mean.
function explain({ legend, data, dark }) {
  const inks = INKS[dark ? 'dark' : 'light'];
  legend.replaceChildren(...data.legend.map(({ ink, text, sign }) => {
    const [row, swatch] = [document.createElement('li'), document.createElement('i')];
    swatch.className = ink;
    swatch.style[sign ? 'color' : ink === 'old' ? 'borderColor' : 'background'] = inks[ink];
    if (sign) Object.assign(swatch, { className: 'sign', textContent: sign });
    row.append(swatch, text);
    return row;
  }));
  legend.hidden = data.legend.length === 0;
}

function filterViews(map, data) {
  const ids = (sight) => data.cameras.filter((camera) => camera.sight === sight).map((camera) => camera.camera_id);
  const of = (sight) => ['all', ['==', ['get', 'sight'], sight], ['in', ['get', 'camera_id'], ['literal', ids(sight)]]];
  for (const layer of ['view-certain', 'view-certain-edge']) map.setFilter(layer, of('certain'));
  for (const layer of ['view-possible', 'view-possible-edge']) map.setFilter(layer, of('possible'));
  // A source whose layers are all hidden loads nothing.
  const show = (layer, wanted) => map.setLayoutProperty(layer, 'visibility', wanted ? 'visible' : 'none');
  for (const layer of VIEWS) show(layer, data.layers.includes('fields') && data.cameras.length > 0);
  show('gap', data.layers.includes('gaps'));
  show('zone', data.layers.includes('zones'));
  const { purpose, dong, zone } = data.marks || {};
  map.setFilter('camera', purpose ? ['==', ['get', 'purpose_code'], purpose] : null);
  map.setFilter('dong-chosen', ['all', ['==', ['get', 'level'], 'dong'], ['==', ['get', 'code'], dong ?? '']]);
  map.setFilter('zone-chosen', ['==', ['get', 'zone_id'], zone ?? -1]);
}

// Move only when asked anew: a rerun must not snatch the map from the hand that drags it.
function go(live) {
  const { focus } = live.data;
  if (!focus || focus.token === live.shown.focus) return;
  const first = live.shown.focus === undefined;
  live.shown.focus = focus.token;
  // An answer that lies in sight at a useful scale needs no move.
  const view = live.map.getBounds();
  if (focus.stays && live.map.getZoom() >= 15.5 && focus.bounds.every((corner) => view.contains(corner))) return;
  const still = first || matchMedia('(prefers-reduced-motion: reduce)').matches;
  fit(live, focus.bounds, still);
}

function fit(live, bounds, still) {
  // What the panel of the workbench covers is no room.
  const left = live.panel ? Math.min(300, 0.4 * live.box.clientWidth) : 90;
  live.map.fitBounds(bounds, { padding: { top: 90, right: 90, bottom: 90, left }, maxZoom: 17.5, duration: still ? 0 : 700 });
}

const plannedOf = ({ planned }) => ({ type: 'FeatureCollection', features: (planned || []).map((geometry) => ({ type: 'Feature', properties: {}, geometry })) });
const pointOf = ({ lon, lat }) => ({ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [lon, lat] } });

function camerasOf({ cameras }) {
  const features = cameras.map((camera) => ({ ...pointOf(camera), properties: { sight: camera.sight, text: camera.text, old: camera.old, sign: camera.sign || '' } }));
  return { type: 'FeatureCollection', features };
}

function linesOf({ cameras, point, planned, ways }) {
  if (!point || planned || ways) return NOTHING;
  const features = cameras.filter((camera) => camera.sight !== 'none').map((camera) => ({
    type: 'Feature',
    properties: { sight: camera.sight },
    geometry: { type: 'LineString', coordinates: [[camera.lon, camera.lat], [point.lon, point.lat]] },
  }));
  for (const camera of cameras) {
    if (camera.approach) features.push({
      type: 'Feature',
      properties: { sight: 'approach' },
      geometry: { type: 'LineString', coordinates: [[camera.lon, camera.lat], [camera.approach.lon, camera.approach.lat]] },
    });
  }
  return { type: 'FeatureCollection', features };
}

// Junctions and ends of streets on the ways to the place: filled where a camera surely sees them.
function approachesOf({ approaches }) {
  const features = (approaches || []).map((way) => ({ ...pointOf(way), properties: { mark: way.seen_by ? '◆' : '◇' } }));
  return { type: 'FeatureCollection', features };
}

function say(live, text) {
  live.note.textContent = text;
  live.note.hidden = !text;
}

function isDark(box) {
  const colour = getComputedStyle(box).getPropertyValue('--st-background-color').trim();
  const hex = /^#([0-9a-f]{6})/i.exec(colour);
  if (!hex) return matchMedia('(prefers-color-scheme: dark)').matches;
  const n = parseInt(hex[1], 16);
  return 0.299 * (n >> 16) + 0.587 * ((n >> 8) & 255) + 0.114 * (n & 255) < 128;
}

function tileAddress({ data }, layer) {
  const { at, density_class, run_id } = data.filter;
  const wanted = { fields: { at, density_class }, gaps: { at, density_class, run_id }, cameras: { at }, zones: { at } }[layer] || {};
  const asked = new URLSearchParams({ v: data.version, edition: data.edition });
  for (const [name, value] of Object.entries(wanted)) if (value !== undefined && value !== null) asked.set(name, value);
  return `${location.origin}/tiles/${layer}/{z}/{x}/{y}.mvt?${asked}`;
}

function styleOf(live) {
  const ink = INKS[live.dark ? 'dark' : 'light'];
  const sources = {};
  for (const layer of VECTORS) {
    sources[layer] = { type: 'vector', tiles: [tileAddress(live, layer)], minzoom: 8, maxzoom: 16 };
  }
  for (const name of ['place', 'answer', 'lines', 'approaches', 'chosen', 'names', 'planned', ...WAYS, ...SITES]) sources[name] = { type: 'geojson', data: NOTHING };
  return { version: 8, sources, layers: [...groundLayers(ink), ...answerLayers(ink, live.data.lang)] };
}

const from = (source, id, type, rest) => ({ id, type, source, 'source-layer': source, ...rest });
const width = (narrow, wide) => ['interpolate', ['exponential', 1.6], ['zoom'], 12, narrow, 19, wide];
// A street as wide as it is on the ground: metres to pixels double with each zoom.
const wide = (extra) => ['interpolate', ['exponential', 2], ['zoom'], 12, 0.4 + extra,
  20, ['+', ['*', 8, ['coalesce', ['get', 'width_m'], 4]], extra]];

function groundLayers(ink) {
  const steps = ['==', ['get', 'kind'], 'steps'];
  return [
    { id: 'ground', type: 'background', paint: { 'background-color': ink.ground } },
    from('boundaries', 'inside', 'fill', { filter: ['==', ['get', 'level'], 'district'], paint: { 'fill-color': ink.inside } }),
    from('zones', 'zone', 'fill', { layout: { visibility: 'none' }, paint: {
      'fill-color': ['match', ['get', 'kind'], 'flood', ink.flood, ink.wildfire], 'fill-opacity': 0.55 } }),
    from('alleys', 'casing', 'line', { minzoom: 14, layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': ink.casing, 'line-width': wide(1.6) } }),
    from('buildings', 'building', 'fill', { minzoom: 14, paint: { 'fill-color': ink.building, 'fill-outline-color': ink.outline } }),
    from('alleys', 'alley', 'line', { filter: ['!', steps], layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': ['step', ['zoom'], ink.casing, 14, ink.road], 'line-width': wide(0) } }),
    from('alleys', 'steps', 'line', { filter: steps, minzoom: 14, paint: { 'line-color': ink.steps, 'line-width': width(0.6, 14), 'line-dasharray': [0.4, 0.3] } }),
    from('boundaries', 'dong', 'line', { filter: ['==', ['get', 'level'], 'dong'], paint: { 'line-color': ink.dong, 'line-width': 1, 'line-dasharray': [3, 2] } }),
    from('boundaries', 'edge', 'line', { filter: ['==', ['get', 'level'], 'district'], paint: { 'line-color': ink.edge, 'line-width': 1.4 } }),
  ];
}

function answerLayers(ink, lang) {
  const none = ['==', ['get', 'camera_id'], -1];
  const hidden = { visibility: 'none' };
  const isSight = (sight) => ['==', ['get', 'sight'], sight];
  const bySight = (certain, possible, no) => ['match', ['get', 'sight'], 'certain', certain, 'possible', possible, no];
  const text = { 'text-color': ink.text, 'text-halo-color': ink.halo, 'text-halo-width': 1.4 };
  return [
    from('fields', 'view-possible', 'fill', { filter: none, layout: hidden, paint: { 'fill-color': ink.accent, 'fill-opacity': 0.07 } }),
    from('fields', 'view-possible-edge', 'line', { filter: none, layout: hidden, paint: { 'line-color': ink.accent, 'line-width': 1.2, 'line-opacity': 0.8, 'line-dasharray': [2, 2] } }),
    from('fields', 'view-certain', 'fill', { filter: none, layout: hidden, paint: { 'fill-color': ink.accent, 'fill-opacity': 0.24 } }),
    from('fields', 'view-certain-edge', 'line', { filter: none, layout: hidden, paint: { 'line-color': ink.accent, 'line-width': 1.4 } }),
    { id: 'planned', type: 'fill', source: 'planned', paint: { 'fill-color': ink.accent, 'fill-opacity': 0.22 } },
    { id: 'planned-edge', type: 'line', source: 'planned', paint: { 'line-color': ink.accent, 'line-width': 1.3 } },
    from('gaps', 'gap', 'line', { layout: { 'line-cap': 'round', ...hidden }, paint: { 'line-color': ink.gap, 'line-width': width(1.2, 9), 'line-opacity': 0.9 } }),
    from('boundaries', 'dong-chosen', 'line', { filter: none, paint: { 'line-color': ink.place, 'line-width': 1.8 } }),
    from('zones', 'zone-chosen', 'line', { filter: none, paint: { 'line-color': ink.place, 'line-width': 1.8, 'line-dasharray': [2, 1.5] } }),
    { id: 'gap-chosen', type: 'line', source: 'chosen', layout: { 'line-cap': 'round' },
      paint: { 'line-color': ink.place, 'line-width': width(1.5, 3), 'line-gap-width': width(5, 15) } },
    from('cameras', 'camera', 'circle', { minzoom: 12, paint: { 'circle-color': ink.camera, 'circle-radius': width(2.6, 7), 'circle-stroke-color': ink.halo, 'circle-stroke-width': 0.8 } }),
    { id: 'line-possible', type: 'line', source: 'lines', filter: isSight('possible'), paint: { 'line-color': ink.accent, 'line-width': 1.6, 'line-dasharray': [2, 2] } },
    { id: 'line-approach', type: 'line', source: 'lines', filter: isSight('approach'), paint: { 'line-color': ink.way, 'line-width': 1.2, 'line-dasharray': [1, 2.5] } },
    { id: 'line-certain', type: 'line', source: 'lines', filter: isSight('certain'), paint: { 'line-color': ink.accent, 'line-width': 2.4 } },
    ...wasLayers(ink),
    { id: 'answer', type: 'circle', source: 'answer', filter: ['==', ['get', 'sign'], ''], layout: { 'circle-sort-key': bySight(2, 1, 0) }, paint: {
      'circle-radius': bySight(7, 6, 5), 'circle-color': bySight(ink.accent, ink.halo, ink.halo),
      'circle-stroke-width': 2, 'circle-stroke-color': bySight(ink.halo, ink.accent, ink.camera) } },
    { id: 'answer-old', type: 'circle', source: 'answer', filter: ['==', ['get', 'old'], true], paint: {
      'circle-radius': 11, 'circle-color': 'transparent', 'circle-stroke-width': 2.5, 'circle-stroke-color': ink.old } },
    { id: 'answer-sign', type: 'symbol', source: 'answer', filter: ['!=', ['get', 'sign'], ''], layout: { 'text-field': ['get', 'sign'], 'text-font': FONT, 'text-size': 21, 'text-allow-overlap': true, 'text-ignore-placement': true },
      paint: { 'text-color': bySight(ink.accent, ink.place, ink.gap), 'text-halo-color': ink.halo, 'text-halo-width': 2 } },
    ...handLayers(ink),
    ...wayLayers(ink),
    { id: 'way', type: 'symbol', source: 'approaches', minzoom: 15, layout: { 'text-field': ['get', 'mark'], 'text-font': FONT, 'text-size': 16, 'text-allow-overlap': true, 'text-ignore-placement': true }, paint: { 'text-color': ink.way, 'text-halo-color': ink.halo, 'text-halo-width': 1.6 } },
    { id: 'place-halo', type: 'circle', source: 'place', paint: { 'circle-radius': 11, 'circle-color': 'transparent', 'circle-stroke-color': ink.place, 'circle-stroke-width': 1.5 } },
    { id: 'place', type: 'circle', source: 'place', paint: { 'circle-radius': 4, 'circle-color': ink.place, 'circle-stroke-color': ink.halo, 'circle-stroke-width': 1.5 } },
    from('alleys', 'alley-name', 'symbol', { minzoom: 16, filter: ['has', 'name'], layout: { 'symbol-placement': 'line', 'text-field': ['get', 'name'], 'text-font': FONT, 'text-size': 11 }, paint: text }),
    { id: 'dong-name', type: 'symbol', source: 'names', maxzoom: 16, layout: { 'text-field': ['coalesce', ['get', `name_${lang}`], ['get', 'name_ko']], 'text-font': FONT, 'text-size': 12.5 }, paint: text },
    { id: 'answer-text', type: 'symbol', source: 'answer', layout: { 'text-field': ['get', 'text'], 'text-font': FONT, 'text-size': 12, 'text-max-width': 30, 'text-variable-anchor': ['top', 'bottom', 'left', 'right', 'top-left', 'bottom-right'], 'text-radial-offset': 0.9 }, paint: { ...text, 'text-halo-width': 2 } },
  ];
}
