// The ways out of a place: where he may be, the ring about it, and its exits. An exit is told by its shape, too: a cross is
// open, a square is closed; the signs are drawn from the fonts of the machine, as all labels are.

const WAYS = ['ways-areas', 'ways-exits'];

function putWays(live) {
  const { areas = [], exits = [] } = live.data.ways || {};
  const collection = (features) => ({ type: 'FeatureCollection', features });
  put(live, 'ways-areas', collection(areas.map(({ kind, geometry }) => ({ type: 'Feature', properties: { kind }, geometry }))));
  put(live, 'ways-exits', collection(exits.map(({ lat, lon, closed, no }) => ({
    ...pointOf({ lon, lat }), properties: { closed, no, sign: closed ? '■' : '✕' },
  }))));
  live.box.dataset.exits = exits.length;
  live.box.dataset.open = exits.filter(({ closed }) => !closed).length;
}

function wayLayers(ink) {
  const closed = ['boolean', ['get', 'closed'], false];
  const colour = ['case', closed, ink.accent, ink.gap];
  return [
    { id: 'ways-may-be', type: 'fill', source: 'ways-areas', filter: isKind('may_be'), paint: { 'fill-color': ink.place, 'fill-opacity': 0.1 } },
    { id: 'ways-may-be-edge', type: 'line', source: 'ways-areas', filter: isKind('may_be'), paint: { 'line-color': ink.place, 'line-width': 1.6 } },
    { id: 'ways-ring', type: 'line', source: 'ways-areas', filter: isKind('ring'), paint: { 'line-color': ink.edge, 'line-width': 1.6, 'line-dasharray': [4, 2] } },
    { id: 'ways-exit', type: 'symbol', source: 'ways-exits',
      layout: { 'text-field': ['get', 'sign'], 'text-font': FONT, 'text-size': ['case', closed, 17, 15], 'text-allow-overlap': true, 'text-ignore-placement': true, 'symbol-sort-key': ['case', closed, 1, 0] },
      paint: { 'text-color': colour, 'text-halo-color': ink.halo, 'text-halo-width': 2 } },
    { id: 'ways-exit-no', type: 'symbol', source: 'ways-exits', minzoom: 15.5,
      layout: { 'text-field': ['get', 'no'], 'text-font': FONT, 'text-size': 11, 'text-offset': [0, 1.1], 'text-anchor': 'top' },
      paint: { 'text-color': ink.text, 'text-halo-color': ink.halo, 'text-halo-width': 1.6 } },
  ];
}
