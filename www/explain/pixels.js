/** What is said of a pixel of an image in which each channel has a number of its own. */

/**
 * One number for each pixel: the sum over the channels, which is what all of them do together.
 * @param {Float32Array} values channel by channel
 * @param {number} area the pixels of a channel
 */
export function overChannels(values, area) {
  if (values.length <= area) return values;
  const sums = new Float32Array(area);
  values.forEach((value, index) => {
    sums[index % area] = Number(sums[index % area]) + value;
  });
  return sums;
}

/**
 * The values of a pixel: one in each channel.
 * @param {ArrayLike<number>} values channel by channel
 * @param {number} index of the pixel
 * @param {number} area the pixels of a channel
 */
export const pixelOf = (values, index, area) =>
  Array.from({ length: Math.floor(values.length / area) }, (_, channel) => Number(values[channel * area + index]));

/**
 * The image with all channels of one pixel at one value.
 * @param {Uint8Array} pixels
 * @param {number} index of the pixel
 * @param {number} area the pixels of a channel
 * @param {number} value
 */
export const withPixel = (pixels, index, area, value) => pixels.map((old, at) => (at % area === index ? value : old));

const CHANNELS = ['red', 'green', 'blue'];

/** @param {readonly number[]} values of a pixel */
export const pixelWords = (values) =>
  values.length === 1 ? String(values[0]) : values.map((value, channel) => `${CHANNELS[channel]} ${value}`).join(', ');
