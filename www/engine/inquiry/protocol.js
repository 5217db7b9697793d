/**
 * Messages between the page and the worker that asks a network questions. Types only.
 *
 * - Each question of model/inquiry.js is asked of the network in use or, with a `checkpoint`, of that one alone. Questions are
 *   worked at in turns, so a short one need not wait for a long one.
 * - `useNetwork`: the network in use from now on. Questions under way are answered by the one before.
 * - `useImages`: those that accuracies are of, until others are sent.
 * - `cancel`: the question `id` is no longer wanted, and is not answered.
 * - `progress` comes any number of times before an answer.
 *
 * @typedef {import('../../model/inquiry.js').Question} Question
 * @typedef {import('../../model/inquiry.js').Questions} Questions
 * @typedef {import('../../model/reports.js').Problem} Problem
 *
 * @typedef {{
 *   useNetwork: { ask: { checkpoint: Uint8Array }, answer: null, progress: {} },
 *   useImages: { ask: { pixels: Uint8Array, labels: Uint8Array }, answer: null, progress: {} },
 * }} Uses
 *
 * @typedef {Questions & Uses} InquiryRequests
 * @typedef {keyof InquiryRequests} InquiryRequest
 *
 * @typedef {{
 *   [Name in InquiryRequest]: { id: number, name: Name, ask: InquiryRequests[Name]['ask'], checkpoint: Uint8Array | null }
 * }[InquiryRequest]} InquiryAsk
 * @typedef {InquiryAsk | { cancel: number }} InquiryCommand
 *
 * @typedef {{ id: number, answer: unknown, problem: Problem | null, progress?: never } | { id: number, progress: any }} InquiryAnswer
 */

export {};
