// The stream behind the board. The browser would come back by itself after an error, but neither after silence nor with
// a reason: so each connection is made here, and a lost one is told, with the moment since when nothing was heard.

const SILENCE_MS = 12000;
const PAUSES_MS = [500, 1000, 2000, 5000];
const KINDS = ['reset', 'incident', 'closed', 'health', 'beat', 'state'];
const REFUSED = { 401: 'signed_out', 403: 'not_yours', 503: 'lost_database' };

function beginStream(address, tell) {
  const stream = { address, tell, last: null, failed: 0, why: null, heard: Date.now(), ended: false, databaseSince: null };
  stream.watching = setInterval(() => {
    if (stream.source && Date.now() - Math.max(stream.heard, stream.tried) > SILENCE_MS) lose(stream);
  }, 1000);
  // A machine that slept or was off the network need not wait for silence.
  stream.online = () => { if (!stream.source) connect(stream); };
  stream.offline = () => lose(stream);
  window.addEventListener('online', stream.online);
  window.addEventListener('offline', stream.offline);
  connect(stream);
  return stream;
}

function endStream(stream) {
  stream.ended = true;
  clearInterval(stream.watching);
  clearTimeout(stream.retry);
  window.removeEventListener('online', stream.online);
  window.removeEventListener('offline', stream.offline);
  stream.source?.close();
}

function connect(stream) {
  clearTimeout(stream.retry);
  if (stream.ended) return;
  const known = stream.last === null ? '' : `?after=${stream.last}`;
  const source = new EventSource(`${location.origin}${stream.address}${known}`);
  stream.source = source;
  for (const kind of KINDS) {
    source.addEventListener(kind, (event) => { if (stream.source === source) take(stream, kind, event); });
  }
  source.addEventListener('error', () => { if (stream.source === source) lose(stream); });
  stream.tried = Date.now();
}

function take(stream, kind, event) {
  Object.assign(stream, { heard: Date.now(), failed: 0, why: null });
  const told = JSON.parse(event.data);
  if (kind === 'state') {
    stream.databaseSince = told.database === 'lost' ? told.since : null;
  } else {
    // An event that came twice changes nothing, and is not told as a second one.
    const number = told.event_id;
    if (number !== undefined && stream.last !== null && number <= stream.last) return;
    if (event.lastEventId) stream.last = Number(event.lastEventId);
    stream.tell[kind](told);
  }
  if (stream.databaseSince) stream.tell.lost('lost_database', stream.databaseSince);
  else stream.tell.back();
}

async function lose(stream) {
  if (!stream.source) return;
  stream.source.close();
  stream.source = null;
  const since = stream.heard;
  stream.databaseSince = null;
  stream.tell.lost(stream.why || 'lost', since);
  const pause = PAUSES_MS[Math.min(stream.failed, PAUSES_MS.length - 1)];
  stream.failed += 1;
  clearTimeout(stream.retry);
  stream.retry = setTimeout(() => connect(stream), pause);
  // An EventSource keeps to itself why it got nothing.
  stream.why = await fetch(`${location.origin}${stream.address}?ask=1`).then(({ status }) => REFUSED[status], () => null);
  if (stream.why && stream.heard === since) stream.tell.lost(stream.why, since);
}
