import { applyEdits, findNodeAtLocation, getNodeValue, modify, parseTree } from 'jsonc-parser';

import { Problem } from '../../scripts/n8n/problem';

/**
 * The text of package.json with a node and a credential type added to its lists, otherwise unchanged.
 * @throws Problem if it has no such lists
 */
export function registered(manifest: string, files: { nodes: string; credentials: string }): string {
	return Object.entries(files).reduce((text, [list, file]) => withEntry(text, list, file), manifest);
}

function withEntry(text: string, list: string, file: string): string {
	const place = ['n8n', list];
	const root = parseTree(text);
	const found = root && findNodeAtLocation(root, place);
	if (found?.type !== 'array') throw new Problem(`package.json has no list "n8n.${list}". Add an empty one: "n8n": { "${list}": [] }.`);
	const entries = [...new Set([...(getNodeValue(found) as string[]), file])].sort();
	const [indent] = /^[\t ]+/m.exec(text) ?? ['\t'];
	const formattingOptions = { insertSpaces: indent.startsWith(' '), tabSize: indent.length };
	return applyEdits(text, modify(text, place, entries, { formattingOptions }));
}
