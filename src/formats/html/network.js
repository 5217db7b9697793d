/**
 * The forward pass of the network, as plainly as can be: one image at a time, in plain loops.
 *
 * @typedef {{ channels: number, height: number, width: number, values: Float64Array }} Maps
 * @typedef {{ type: string, kernel_size: number[], stride: number[], padding: number[], slope: number }} Layer
 * @typedef {{ dims: number[], values: Float32Array }} Tensor
 */

/** @param {Maps} x @param {Layer} layer @returns {Maps} all zero, of the size of the output */
function sized({ height, width }, { kernel_size, stride, padding = [0, 0] }, channels) {
  const along = (size, axis) => Math.floor((size + 2 * padding[axis] - kernel_size[axis]) / stride[axis]) + 1;
  const [rows, columns] = [along(height, 0), along(width, 1)];
  return { channels, height: rows, width: columns, values: new Float64Array(channels * rows * columns) };
}

/** The numbers of a channel under the window at a position, each with its place in the window; padding is left out. */
function* windowAt({ height, width, values }, { kernel_size, stride, padding = [0, 0] }, channel, row, column) {
  for (let i = 0; i < kernel_size[0]; i++) {
    for (let j = 0; j < kernel_size[1]; j++) {
      const y = row * stride[0] + i - padding[0];
      const x = column * stride[1] + j - padding[1];
      const inside = y >= 0 && y < height && x >= 0 && x < width;
      if (inside) yield { place: i * kernel_size[1] + j, value: values[(channel * height + y) * width + x] };
    }
  }
}

/** @param {Maps} x @param {Layer} layer @param {Tensor} weight @param {Tensor} bias */
function conv2d(x, layer, weight, bias) {
  const out = sized(x, layer, weight.dims[0]);
  const taps = layer.kernel_size[0] * layer.kernel_size[1];
  for (let filter = 0, at = 0; filter < out.channels; filter++) {
    for (let row = 0; row < out.height; row++) {
      for (let column = 0; column < out.width; column++, at++) {
        let sum = bias.values[filter];
        for (let channel = 0; channel < x.channels; channel++) {
          const first = (filter * x.channels + channel) * taps;
          for (const { place, value } of windowAt(x, layer, channel, row, column)) {
            sum += weight.values[first + place] * value;
          }
        }
        out.values[at] = sum;
      }
    }
  }
  return out;
}

/** @param {Maps} x @param {Layer} layer @param {(numbers: number[]) => number} pick */
function pooled(x, layer, pick) {
  const out = sized(x, layer, x.channels);
  for (let channel = 0, at = 0; channel < out.channels; channel++) {
    for (let row = 0; row < out.height; row++) {
      for (let column = 0; column < out.width; column++, at++) {
        out.values[at] = pick([...windowAt(x, layer, channel, row, column)].map(({ value }) => value));
      }
    }
  }
  return out;
}

/** @param {Maps} x @param {Tensor} weight @param {Tensor} bias */
function dense({ values }, weight, bias) {
  const out = Float64Array.from(bias.values);
  out.forEach((sum, unit) => {
    for (let input = 0; input < values.length; input++)
      sum += weight.values[unit * values.length + input] * values[input];
    out[unit] = sum;
  });
  return row(out);
}

const row = (values) => ({ channels: values.length, height: 1, width: 1, values });
const each = (x, f) => ({ ...x, values: x.values.map(f) });

/** The error function, by Abramowitz and Stegun 7.1.5 and 7.1.14: a series near 0, a continued fraction beyond. */
function erf(x) {
  const size = Math.abs(x);
  if (size > 6) return Math.sign(x);
  if (size > 2.5) {
    let fraction = 0;
    for (let k = 60; k > 0; k--) fraction = k / 2 / (size + fraction);
    return Math.sign(x) * (1 - Math.exp(-size * size) / Math.sqrt(Math.PI) / (size + fraction));
  }
  let [sum, term] = [x, x];
  for (let k = 1; k < 60; k++) {
    term *= (-x * x) / k;
    sum += term / (2 * k + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

const FORWARD = {
  conv2d,
  dense: (x, _, weight, bias) => dense(x, weight, bias),
  max_pool2d: (x, layer) => pooled(x, layer, (numbers) => Math.max(...numbers)),
  avg_pool2d: (x, layer) => pooled(x, layer, (numbers) => numbers.reduce((a, b) => a + b) / numbers.length),
  flatten: (x) => row(x.values),
  dropout: (x) => x,
  relu: (x) => each(x, (number) => Math.max(number, 0)),
  leaky_relu: (x, { slope }) => each(x, (number) => (number > 0 ? number : slope * number)),
  tanh: (x) => each(x, Math.tanh),
  sigmoid: (x) => each(x, (number) => 1 / (1 + Math.exp(-number))),
  gelu: (x) => each(x, (number) => (number * (1 + erf(number / Math.SQRT2))) / 2),
};

/** The scores of an image. @param {ArrayLike<number>} pixels 0 to 255 @returns {number[]} */
function logits({ spec, tensors }, pixels) {
  const [channels, height, width] = spec.input;
  const { mean, deviation } = spec.normalization;
  let x = { channels, height, width, values: Float64Array.from(pixels, (pixel) => (pixel / 255 - mean) / deviation) };
  spec.layers.forEach((layer, index) => {
    x = FORWARD[layer.type](x, layer, tensors[`${index}.weight`], tensors[`${index}.bias`]);
  });
  return [...x.values];
}

/** Shares that sum to 1. @param {number[]} scores */
function softmax(scores) {
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - most));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
}

/** @param {string} text numbers of four bytes each, in base64 */
function numbersOf(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new Float32Array(bytes.buffer);
}
