import { Agent } from 'node:http';

import axios from 'axios';

/** For calls to this machine, each on a new connection: on a busy machine, n8n may close an idle one just as it is reused. */
export const http = axios.create({ proxy: false, httpAgent: new Agent({ keepAlive: false }) });
