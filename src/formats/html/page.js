/** What is off by more than this share of the largest score is not the same network. */
const TOLERANCE = 1e-4;

const { said, tensors } = JSON.parse(document.querySelector('#model').textContent);
const model = { spec: said.spec, tensors };
for (const tensor of Object.values(tensors)) tensor.values = numbersOf(tensor.numbers);
const [pad, seen] = [document.querySelector('#pad'), document.querySelector('#seen')];
const answer = document.querySelector('#answer');
const main = document.querySelector('main');
const strokes = [];
let pointer = null;

const meters = said.classes.map((name) => {
  const item = document.createElement('li');
  const [label, meter, share] = ['span', 'meter', 'span'].map((tag) => item.appendChild(document.createElement(tag)));
  label.textContent = name;
  meter.setAttribute('aria-label', name);
  document.querySelector('#classes').append(item);
  return { meter, share };
});

function say(proofs) {
  const wrong = proofs.filter(({ pixels, logits: expected }) => {
    const found = logits(model, pixels);
    const largest = Math.max(...expected.map(Math.abs));
    return !found.every((score, index) => Math.abs(score - expected[index]) <= TOLERANCE * largest);
  });
  document.querySelector('#proof').textContent =
    wrong.length > 0
      ? `Careful: for ${wrong.length} of ${proofs.length} images it does not give the scores that it gave there.`
      : `For ${proofs.length} images it has just given the same scores as there.`;
}

function paint() {
  const context = pad.getContext('2d');
  context.clearRect(0, 0, pad.width, pad.height);
  context.strokeStyle = getComputedStyle(pad).color;
  [context.lineWidth, context.lineCap, context.lineJoin] = [0.075 * pad.width, 'round', 'round'];
  for (const stroke of strokes) {
    context.beginPath();
    for (const { x, y } of [stroke[0], ...stroke]) context.lineTo(x * pad.width, y * pad.height);
    context.stroke();
  }
}

function read() {
  const pixels = digitFromStrokes(strokes) ?? new Uint8Array(SIDE * SIDE);
  const image = new ImageData(SIDE, SIDE);
  pixels.forEach((ink, index) => image.data.set([255 - ink, 255 - ink, 255 - ink, 255], 4 * index));
  seen.getContext('2d').putImageData(image, 0, 0);
  // Of an empty canvas there is nothing to say, whatever the network makes of it.
  const isEmpty = strokes.length === 0;
  main.classList.toggle('drawn', !isEmpty);
  const shares = softmax(logits(model, pixels));
  meters.forEach(({ meter, share }, index) => {
    meter.value = isEmpty ? 0 : shares[index];
    share.textContent = isEmpty ? '–' : `${(100 * shares[index]).toFixed(1)} %`;
  });
  answer.textContent = isEmpty ? '' : said.classes[shares.indexOf(Math.max(...shares))];
}

function placeOf({ clientX, clientY }) {
  const box = pad.getBoundingClientRect();
  return { x: (clientX - box.left) / box.width, y: (clientY - box.top) / box.height };
}

pad.addEventListener('pointerdown', (event) => {
  if (!event.isPrimary) return;
  pointer = event.pointerId;
  pad.setPointerCapture(pointer);
  strokes.push([placeOf(event)]);
  paint();
  read();
});
pad.addEventListener('pointermove', (event) => {
  if (event.pointerId !== pointer) return;
  strokes.at(-1).push(placeOf(event));
  paint();
  read();
});
for (const end of ['pointerup', 'pointercancel']) pad.addEventListener(end, () => (pointer = null));
document.querySelector('#clear').addEventListener('click', () => {
  strokes.length = 0;
  paint();
  read();
});

const isDigits = said.classes.every((name) => /^\d$/.test(name));
document.querySelector('#hint').textContent = isDigits ? 'Draw a digit here' : 'Draw here';

say(said.proof);
read();
