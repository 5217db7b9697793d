import { FormatsClient } from '../client/formats-client.js';

/** What writes and reads files of networks. Its worker starts with the first request and ends with `dispose`. */
export const openFormats = () => new FormatsClient();
