/** The images of the batch that comes next, for the page to show. */

/** @typedef {import('./session.js').Session} Session */
/** @typedef {import('../protocol.js').BatchImages} BatchImages */
/** @typedef {import('../protocol.js').Weighing} Weighing */
/** @typedef {import('../spec.js').Spec} Spec */

const PIXELS = 784;
/** Bytes of an image in a request to a helper: its pixels, which come last, label and index. */
const IN_REQUEST = PIXELS + 5;

/**
 * As they pass, where that can be told: the engine warps an image only when it loads it into the network, and it is
 * the input of a first convolution that it then shows.
 * @param {Session} session
 * @param {Pick<Spec, 'layers' | 'normalization' | 'training'>} spec
 * @param {Weighing} weighing of the same batch
 * @returns {BatchImages}
 */
export function batchImages(session, { layers, normalization, training }, { place, images, inputs }) {
  const warped = Object.values(training.augmentation).some((most) => most > 0);
  if (!warped || layers[0]?.type !== 'conv2d') return { pixels: gathered(session, images.length), asFed: !warped };
  const first = place.layer === 0 && place.kind === 'weight';
  return { pixels: bytesOf(first ? inputs : session.weigh('0.weight', 0).inputs, normalization), asFed: true };
}

/** Before they are warped. @param {Session} session @param {number} count */
function gathered(session, count) {
  const blocks = session.beginStep();
  const request = new Uint8Array(session.shareRoom(0) + count * IN_REQUEST);
  const length = session.request(0, blocks, request);
  return request.slice(length - count * PIXELS, length);
}

/** @param {Float32Array} inputs @param {Spec['normalization']} normalization */
function bytesOf(inputs, { mean, deviation }) {
  return Uint8Array.from(inputs, (value) => Math.round(255 * (value * deviation + mean)));
}
