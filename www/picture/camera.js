/** A camera, on request only. */

/** The names of what browsers throw. @type {Record<string, string>} */
const REASONS = {
  NotAllowedError: 'The camera may not be used here. Allow it in your browser, or choose a file.',
  NotFoundError: 'There is no camera here. Choose a file instead.',
  NotReadableError: 'The camera is in use by another program. Close that, or choose a file.',
};

/** @param {Pick<MediaDevices, 'getUserMedia'> | undefined} devices there are none on pages without encryption @returns {Promise<MediaStream>} */
export async function openCamera(devices) {
  if (!devices)
    throw new Error('There is no camera here: browsers allow it on secure pages only. Choose a file instead.');
  try {
    return await devices.getUserMedia({ video: { facingMode: 'environment' } });
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    throw new Error(REASONS[name] ?? 'The camera could not be started. Choose a file instead.', { cause: error });
  }
}

/** What the camera sees now, as a file of a picture. @param {HTMLVideoElement} video @returns {Promise<Blob>} */
export async function shotOf(video) {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  const shot = await new Promise((/** @type {(blob: Blob | null) => void} */ done) => canvas.toBlob(done));
  if (!shot) throw new Error('Your browser has no room for this picture. Close other pages and try again.');
  return shot;
}
