import * as fs from 'node:fs';
import * as path from 'node:path';

import { expectSoon, useEditor } from './editor';
import { ROOT } from './setup/folders';

const EXAMPLES = ['onboard-a-customer', 'import-api-keys', 'rotate-a-secret', 'offboard', 'agent'];

interface Pasted {
	nodes: Array<{ name: string; type: string }>;
}

describe('The example workflows', () => {
	const editor = useEditor('mielto');

	for (const name of EXAMPLES) {
		editor.step(`${name} can be pasted into the editor, which knows each of its nodes`, async () => {
			const text = fs.readFileSync(path.join(ROOT, 'examples', `${name}.json`), 'utf8');
			const { nodes } = JSON.parse(text) as Pasted;
			const notes = nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
			await editor.paste(text);
			await expectSoon(() => editor.onCanvas(), { nodes: nodes.length - notes.length, notes: notes.length, unknown: 0 });
			await editor.canvas(`example-${name}`);
		});
	}
});
