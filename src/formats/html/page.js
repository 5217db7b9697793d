/** What is off by more than this share of the largest score is not the same network. */
const TOLERANCE = 1e-4;

const { said, tensors } = JSON.parse(document.querySelector('#model').textContent);
const model = { spec: said.spec, tensors };
for (const tensor of Object.values(tensors)) tensor.values = numbersOf(tensor.numbers);
const [channels, rows, columns] = said.spec.input;
/** Colours cannot be drawn, so a picture is chosen in their place. */
const hasColours = channels === 3;
const [pad, seen] = [document.querySelector('#pad'), document.querySelector('#seen')];
const [answer, button] = [document.querySelector('#answer'), document.querySelector('button')];
const main = document.querySelector('main');

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

/** What the network sees, and what it makes of it. @param {Uint8Array | null} pixels */
function show(pixels) {
  main.classList.toggle('drawn', pixels !== null);
  const plane = rows * columns;
  const image = new ImageData(columns, rows);
  for (let index = 0; index < plane; index++) {
    const value = (channel) => pixels?.[channel * plane + index] ?? 0;
    const light = hasColours ? [0, 1, 2].map(value) : [0, 0, 0].map((channel) => 255 - value(channel));
    image.data.set([...light, pixels || !hasColours ? 255 : 0], 4 * index);
  }
  seen.getContext('2d').putImageData(image, 0, 0);
  // Of nothing there is nothing to say, whatever the network makes of it.
  const shares = pixels && softmax(logits(model, pixels));
  meters.forEach(({ meter, share }, index) => {
    meter.value = shares ? shares[index] : 0;
    share.textContent = shares ? `${(100 * shares[index]).toFixed(1)} %` : '–';
  });
  answer.textContent = shares ? said.classes[shares.indexOf(Math.max(...shares))] : '';
}

/** A canvas to draw on. */
function takeStrokes() {
  const strokes = [];
  let pointer = null;
  const paint = () => {
    const context = pad.getContext('2d');
    context.clearRect(0, 0, pad.width, pad.height);
    context.strokeStyle = getComputedStyle(pad).color;
    [context.lineWidth, context.lineCap, context.lineJoin] = [0.075 * pad.width, 'round', 'round'];
    for (const stroke of strokes) {
      context.beginPath();
      for (const { x, y } of [stroke[0], ...stroke]) context.lineTo(x * pad.width, y * pad.height);
      context.stroke();
    }
    show(digitFromStrokes(strokes, ALL_STEPS, { rows, columns }));
  };
  const placeOf = ({ clientX, clientY }) => {
    const box = pad.getBoundingClientRect();
    return { x: (clientX - box.left) / box.width, y: (clientY - box.top) / box.height };
  };
  pad.addEventListener('pointerdown', (event) => {
    if (!event.isPrimary) return;
    pointer = event.pointerId;
    pad.setPointerCapture(pointer);
    strokes.push([placeOf(event)]);
    paint();
  });
  pad.addEventListener('pointermove', (event) => {
    if (event.pointerId !== pointer) return;
    strokes.at(-1).push(placeOf(event));
    paint();
  });
  for (const end of ['pointerup', 'pointercancel']) pad.addEventListener(end, () => (pointer = null));
  button.addEventListener('click', () => {
    strokes.length = 0;
    paint();
  });
}

/** A picture from a file: its middle, as wide as the network's images are, and scaled to their size. */
function takePictures() {
  const input = document.querySelector('#file');
  document.title = 'A network that classifies a picture';
  document.querySelector('h1').textContent = 'Choose a picture, and a network classifies it';
  button.textContent = 'Choose a picture';
  pad.setAttribute('aria-label', 'The picture');
  pad.style.cursor = 'pointer';
  // Pixels are numbers from 0 to 255, channel by channel.
  const draw = (canvas, picture) => {
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context.imageSmoothingQuality = 'high';
    const scale = Math.min(picture.width / columns, picture.height / rows);
    const [width, height] = [columns * scale, rows * scale];
    const corner = [(picture.width - width) / 2, (picture.height - height) / 2];
    // What is transparent is on white.
    context.fillStyle = '#fff';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(picture, ...corner, width, height, 0, 0, canvas.width, canvas.height);
    return context.getImageData(0, 0, canvas.width, canvas.height).data;
  };
  const take = async (file) => {
    const picture = file && (await createImageBitmap(file).catch(() => null));
    if (!picture) {
      document.querySelector('#hint').textContent = 'That is not a picture. Choose a PNG, JPEG or WebP file.';
      show(null);
      return;
    }
    draw(pad, picture);
    const colours = draw(seen, picture);
    const plane = rows * columns;
    show(Uint8Array.from({ length: 3 * plane }, (_, at) => colours[4 * (at % plane) + Math.floor(at / plane)]));
  };
  for (const opener of [pad, button]) opener.addEventListener('click', () => input.click());
  input.addEventListener('change', () => {
    if (input.files[0]) take(input.files[0]);
    input.value = '';
  });
  addEventListener('dragover', (event) => event.preventDefault());
  addEventListener('drop', (event) => {
    event.preventDefault();
    take(event.dataTransfer.files[0]);
  });
}

[seen.width, seen.height] = [columns, rows];
seen.style.width = `${(84 * columns) / Math.max(rows, columns)}px`;
seen.style.height = `${(84 * rows) / Math.max(rows, columns)}px`;
if (hasColours)
  [pad.width, pad.height] = [columns, rows].map((side) => Math.round((640 * side) / Math.max(rows, columns)));

const isDigits = said.classes.every((name) => /^\d$/.test(name));
const hint = isDigits ? 'Draw a digit here' : 'Draw here';
document.querySelector('#hint').textContent = hasColours ? 'Choose a picture, or drop one here' : hint;

say(said.proof);
(hasColours ? takePictures : takeStrokes)();
show(null);
