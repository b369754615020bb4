
// Without WebGL2: a map that the server drew with folium, in a frame of this page. It needs no more than SVG.
function simply(live) {
  live.frame = document.createElement('iframe');
  live.frame.className = 'plain';
  live.box.parentElement.classList.add('simple');
  live.box.replaceChildren(live.frame);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => setTimeout(() => tintFrame(live), 300));
  if (!live.data.simple) live.tell('webgl', 'absent');
}

function showSimple(live) {
  const { frame, data } = live;
  frame.title = data.texts.label;
  live.legend.hidden = true;
  if (!data.simple) return;
  say(live, data.simple.note);
  if (live.shown.simple === data.simple.html) {
    live.box.dataset.answer = data.token;
    return;
  }
  live.shown.simple = data.simple.html;
  frame.onload = () => {
    const chart = frame.contentDocument.querySelector('.folium-map');
    if (!chart?.golmokMap) {
      say(live, data.texts.no_assets);
      return;
    }
    tintFrame(live);
    if (data.asks) {
      chart.style.cursor = 'crosshair';
      chart.golmokMap.on('click', ({ latlng }) => {
        const { lat, lng } = latlng.wrap();
        chart.style.cursor = 'progress';
        live.tell('click', { lat: Number(lat.toFixed(7)), lon: Number(lng.toFixed(7)) });
      });
    }
    live.box.dataset.answer = live.data.token;
  };
  frame.srcdoc = data.simple.html;
}

function tintFrame({ frame, box }) {
  frame.contentDocument?.documentElement.classList.toggle('dark', isDark(box));
}
