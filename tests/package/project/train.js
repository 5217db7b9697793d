/** Trains, reads the first digit, which is a 5, and takes the network away and back. */
export async function train(convscope, images, labels) {
  const network = await convscope.createNetwork('codelab');
  let steps = 0;
  for await (const { step } of network.train(images, labels, { steps: 200 })) steps = step;
  const probabilities = await network.predict(images.subarray(0, 784));
  const read = probabilities.indexOf(Math.max(...probabilities));
  const fingerprint = await network.fingerprint();
  const again = await convscope.importNetwork(await network.exportAs('onnx'));
  if ((await again.fingerprint()) !== fingerprint) throw new Error('ONNX gave other weights back');
  convscope.close();
  return `${steps} steps, read ${labels[0]} as ${read}, fingerprint ${fingerprint}`;
}
