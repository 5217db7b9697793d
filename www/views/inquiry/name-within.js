/**
 * The name of a class within a sentence: a digit as it is, any other so that it cannot be taken for a word of the sentence.
 * @param {Pick<import('../../model/data-sets.js').Classes, 'kind' | 'long' | 'articled'>} classes
 * @param {number} label
 */
export const nameWithin = ({ kind, long, articled }, label) => String((kind === 'digit' ? long : articled)[label]);
