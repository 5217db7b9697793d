/** Trains, and reads the first digit, which is a 5. */
export async function train(convscope, images, labels) {
  const network = await convscope.createNetwork('codelab');
  let steps = 0;
  for await (const { step } of network.train(images, labels, { steps: 200 })) steps = step;
  const probabilities = await network.predict(images.subarray(0, 784));
  const read = probabilities.indexOf(Math.max(...probabilities));
  const fingerprint = await network.fingerprint();
  convscope.close();
  return `${steps} steps, read ${labels[0]} as ${read}, fingerprint ${fingerprint}`;
}
