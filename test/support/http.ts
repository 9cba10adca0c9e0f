import { Agent } from 'node:http';

import axios from 'axios';

/** Calls on this machine, each with a connection of its own: on a busy machine n8n ends an idle one just when it is taken again. */
export const http = axios.create({ proxy: false, httpAgent: new Agent({ keepAlive: false }) });
