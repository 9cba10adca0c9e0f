import { isScalar, isSeq, parseDocument } from 'yaml';

import { Problem } from '../../scripts/n8n/problem';

/**
 * The text of package.json with a node and a credential type added to its lists, everything else as it stands.
 * @throws Problem where it has no such lists
 */
export function registered(manifest: string, files: { nodes: string; credentials: string }): string {
	return Object.entries(files).reduce((text, [list, file]) => withEntry(text, list, file), manifest);
}

function withEntry(text: string, list: string, file: string): string {
	// JSON is YAML, and the YAML reader knows where each part stands.
	const found = parseDocument(text).getIn(['n8n', list], true);
	if (!isSeq(found) || !found.range)
		throw new Problem(`package.json has no list "n8n.${list}". Add an empty one: "n8n": { "${list}": [] }.`);
	const known = found.items.map((item) => String(isScalar(item) ? item.value : item));
	const entries = [...new Set([...known, file])].sort();
	const [start, end] = found.range;
	const indent = /^[\t ]*/.exec(text.slice(text.lastIndexOf('\n', start) + 1))?.[0] ?? '';
	const step = indent.includes('\t') || indent === '' ? '\t' : ' '.repeat(Math.max(1, indent.length / 2));
	const lines = entries.map((entry) => `${indent}${step}${JSON.stringify(entry)}`);
	return `${text.slice(0, start)}[\n${lines.join(',\n')}\n${indent}]${text.slice(end)}`;
}
