/** What the collector says, as the page's types have it. */

/** @typedef {import('../../model/collected.js').SetReport} SetReport */
/** @typedef {import('../../model/collected.js').Survey} Survey */

/** @param {string} json @returns {Survey} */
export const surveyIn = (json) => JSON.parse(json);

/** @param {string} json @returns {SetReport} */
export const reportIn = (json) => JSON.parse(json);
