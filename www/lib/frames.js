/**
 * The page's one animation frame. All painting is asked for here and done together, each job at most once a
 * frame; then the jobs that wait for the paint run.
 */

/** @type {Set<() => void>} */
let jobs = new Set();
/** @type {Set<() => void>} */
let followers = new Set();
let asked = false;

/** @param {() => void} job runs in the next frame, once, however often it is asked for */
export function paintSoon(job) {
  jobs.add(job);
  ask();
}

/** @param {() => void} follower runs after the jobs of the next frame */
export function afterPaint(follower) {
  followers.add(follower);
  ask();
}

/** @param {() => void} job that shall not run any more */
export function forget(job) {
  jobs.delete(job);
}

function ask() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    const [now, then] = [jobs, followers];
    jobs = new Set();
    followers = new Set();
    for (const job of now) job();
    for (const follower of then) follower();
  });
}
