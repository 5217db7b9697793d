/** The index of the largest number; of equal ones, the first. @param {ArrayLike<number>} values */
export function argmax(values) {
  let best = 0;
  for (let index = 1; index < values.length; index++) if (Number(values[index]) > Number(values[best])) best = index;
  return best;
}
