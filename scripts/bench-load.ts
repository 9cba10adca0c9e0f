/** npm run bench:load [runs]: measures how long n8n takes to load the built package at each start, and its size. */
import * as path from 'node:path';

import { measureLoad } from './bench/load';

const runs = Math.max(1, Number(process.argv[2] ?? 9) || 9);
const { median, least, most, nodes, credentials, bytes, size } = measureLoad(path.resolve(__dirname, '..'), runs);
console.log(`loadAll: median ${median.toFixed(1)} ms of ${runs} runs (${least.toFixed(1)} to ${most.toFixed(1)} ms)`);
console.log(`loaded: ${nodes} nodes, ${credentials} credentials`);
console.log(`types/nodes.json: ${bytes} bytes`);
console.log(`tarball: ${size} bytes`);
