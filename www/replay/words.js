/** What each action does, in a few words. */

import { integer } from '../lib/format.js';
import { same } from '../lib/same.js';
import { presetOf } from '../link/specs.js';
import { setOf } from '../model/data-sets.js';
import { PRESETS } from '../model/presets.js';
import { describeChanges } from '../model/settings.js';
import { specBefore } from './actions.js';

/** @typedef {import('./actions.js').Action} Action */
/** @typedef {import('../model/spec.js').Spec} Spec */

/** @param {readonly Action[]} actions @param {number} index */
export function wordsOf(actions, index) {
  const action = actions[index];
  switch (action?.do) {
    case 'restart':
      return beginningOf(specBefore(actions, index), action.spec);
    case 'settings':
      return changeOf(specBefore(actions, index), action.spec);
    case 'train':
      return `trains to step ${integer(action.to)}`;
    case 'draw':
      return action.strokes.length === 0 ? 'clears the drawing' : 'draws';
    case 'look':
      return `looks at ${action.split} image ${integer(action.image)}`;
    case 'view':
      return 'changes the view';
    case 'card':
      return action.card ? `opens card ${action.card.card} of a lesson` : 'leaves the lesson';
    case 'back':
      return `goes to step ${integer(action.step)}`;
    case 'recover':
      return 'takes the last good weights';
    case 'weight':
      return `sets a ${action.place.kind} of layer ${action.place.layer + 1}`;
    default:
      return '';
  }
}

/** @param {Spec | null} before @param {Spec} spec */
function beginningOf(before, spec) {
  if (before && same(before, spec)) return 'starts over';
  const preset = PRESETS.find(({ id }) => id === presetOf(spec));
  return `starts ${preset?.name ?? 'a network of its own'} on ${setOf(spec.data.set).name}`;
}

/** @param {Spec | null} before @param {Spec} after */
function changeOf(before, after) {
  const changes = before ? describeChanges(before, after) : '';
  if (changes) return `sets ${changes}`;
  return before && !same(before.layers, after.layers) ? 'edits the layers' : 'changes the settings';
}
