/**
 * npm run released: keeps, in test/released/<version>/, workflows as the version of package.json stores them: every operation
 * of every node, with the requests that it sends. From then on the tests open and run them with each later version. Run it
 * once for each release, just before. `-- --again` replaces what was kept of a version that is not out yet.
 * Exit code 0: kept; 1: the version is kept already, or a node sent nothing.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';

import { startMockServer } from '../support/mockServer';
import { keep, nodesOfToday } from './kept';
import { generate } from '../../scripts/generate';
import { Problem } from '../../scripts/n8n/problem';

const root = path.resolve(__dirname, '../..');

async function main(again: boolean): Promise<void> {
	const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
	const folder = path.join(root, 'test/released', version);
	if (fs.existsSync(folder) && !again) throw new Problem(`${version} is kept already. If it is not out yet: npm run released -- --again`);
	generate(root);
	const mockServer = await startMockServer();
	try {
		const files: Array<[string, object]> = [];
		for (const today of nodesOfToday()) {
			const { workflow, requests } = await keep(today, version, mockServer);
			const silent = Object.keys(requests.requests).filter((name) => requests.requests[name].length === 0);
			if (silent.length > 0) throw new Problem(`${today.name} sends nothing in: ${silent.join(', ')}.`);
			files.push([`${today.name}.json`, workflow], [`${today.name}.requests.json`, requests]);
			console.log(`${today.name}: ${workflow.nodes.length} nodes`);
		}
		fs.rmSync(folder, { recursive: true, force: true });
		fs.mkdirSync(folder, { recursive: true });
		for (const [name, content] of files) fs.writeFileSync(path.join(folder, name), `${JSON.stringify(content, null, '\t')}\n`);
	} finally {
		await mockServer.close();
	}
}

main(process.argv.includes('--again')).then(
	// n8n-core keeps a timer running.
	() => process.exit(0),
	(error) => {
		console.error(error instanceof Problem ? error.message : error);
		process.exit(1);
	},
);
