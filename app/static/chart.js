// A chart that the server has drawn as SVG: Streamlit's own HTML leaves SVG out. It takes the page's face and colours.

export default function ({ data, parentElement }) {
  const box = parentElement.querySelector('.chart');
  if (!box || !data || box.dataset.token === data.token) return;
  box.innerHTML = data.svg;
  box.dataset.token = data.token;
}
